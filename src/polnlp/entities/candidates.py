"""Candidates: the entries of the knowledge base that a group's names may mean, and how each was found."""

import re
from collections.abc import Sequence
from itertools import chain

import msgspec

from polnlp.entities.forms import KIND_OF, Form, read_form
from polnlp.entities.grouping import Group
from polnlp.entities.similarity import people_agree
from polnlp.kb import KnowledgeBase
from polnlp.kb.names import fold_name, is_acronym
from polnlp.kb.records import Candidate
from polnlp.mentions.consistency import DOUBTFUL
from polnlp.mentions.metonyms import CAPITALS
from polnlp.schema import Label, Mention

# A direction is a part of the world before it is the province that is called so.
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "center"}
)
# Where people bear their mother's surname after their father's, and are known without it.
# fmt: off
_TWO_SURNAMES = frozenset({
    "ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "ESP", "GNQ", "GTM", "HND", "MEX", "NIC", "PAN", "PER",
    "PRI", "PRY", "SLV", "URY", "VEN",
})
# fmt: on
# Letters that are taken for each other when a name is written down by ear.
_ALIKE = {"s": "z", "z": "s", "k": "c", "c": "k", "y": "i", "i": "y", "w": "v", "v": "wb", "b": "v"}
# Names that a tagger's doubt leaves no room for: a word in another language, a part of a name.
_LOOSE = ("foreign", "derived")
_KNOWN = 0.3  # prior from which on a place takes its own name from those who bear it in another language
_WORD = re.compile(r"\w[\w.'’-]*")
# A year in a sentence, and what ends one.
_YEAR = re.compile(r"(?<![\w.,$€£-])(?:1[89]|20)\d\d(?![\w%]|[.,]\d)")
_ONWARD = re.compile(r"\b(?:since|later|preceded|predecessors?|precursors?|successors?)\b")
_SENTENCE_END = re.compile(r"(?<=[\w)\]\"”’]{2})[.!?]\s|\n")  # no initial: "John F. Kennedy"
_SENTENCE = 300  # characters of a sentence looked at on either side of a name
_LONG_BEFORE = 10  # years; what lists say of when a party was founded may be off by some

Found = tuple[Candidate, int, str]
"""A candidate, the number of words of the name that found it, and the rule."""


class CandidateFinder:
    """Find the candidates of one article's groups."""

    def __init__(self, kb: KnowledgeBase, text: str, mentions: Sequence[Mention]) -> None:
        self.kb = kb
        self.text = text
        self.mentions = mentions
        self.places = {fold_name(mention.text) for mention in mentions if KIND_OF[mention.label] == "place"}

    def find(self, group: Group, label: Label) -> list[Found]:
        """Give a group's candidates; those of the user alone, if there are any.

        Args:
            label: The group's, by its mentions.
        """
        held: dict[str, Found] = {}
        year = self._find_year(group)
        for form in group.forms:
            if form.office or form.key in _DIRECTIONS:  # "the President" is whoever the article calls so
                continue
            for candidate in self.kb.candidates(form.name) or self.kb.candidates(form.key):
                if not self._may_be(candidate, group, form) or _is_founded_long_after(candidate, year):
                    continue
                best = held.get(candidate.id)
                if best is None or (len(form.words), candidate.how) > (best[1], best[0].how):
                    held[candidate.id] = (candidate, len(form.words), candidate.how)
        own = [found for found in held.values() if found[0].how == "user"]
        if own:
            return own
        if group.kind == "person" and not held and len(group.full.words) > 1:
            held.update(self._find_without_second_surname(group) or self._find_misspelt(group))
        if group.kind in ("body", "misc") and not held:
            held.update(self._find_country(group))
        if group.kind == "place" and not held:
            held.update(self._find_acronym(group))
        if group.kind == "place":
            held.update(self._find_metonym(group) if label == "COUNTRY" else {})
        return _prefer_own_names(list(held.values()))

    def _may_be(self, candidate: Candidate, group: Group, form: Form) -> bool:
        # A scholar knows better than a tagger what his name names, but not that a part of another's name is it.
        if candidate.how == "user" and form == group.full:
            return True
        if KIND_OF[candidate.label] != group.kind:
            return False
        if len(form.words) == 1 and self.is_doubtful(group) and self._is_loose(candidate, group):
            return False
        if form.acronym and KIND_OF[candidate.label] == "place" and not self._is_written_so(candidate, form, group):
            return False
        if candidate.label == "PARTY" and candidate.how != "name" and self._is_place_too(form):
            return False
        # A bare surname names its famous bearer only where the article has no fuller name.
        return candidate.how != "surname" or len(group.full.words) == 1

    def _find_year(self, group: Group) -> int | None:
        """Give the last year that the sentences of a body's name speak of: "the Alliance for Progress of 1961"."""
        if group.kind != "body":
            return None
        years = []
        for index in group.members:
            mention = self.mentions[index]
            before = self.text[max(0, mention.start - _SENTENCE) : mention.start]
            after = self.text[mention.end : mention.end + _SENTENCE]
            sentence = f"{_SENTENCE_END.split(before)[-1]} {_SENTENCE_END.split(after)[0]}"
            found = [int(year) for year in _YEAR.findall(sentence)]
            if found and not _ONWARD.search(sentence):
                years.append(max(found))
        return max(years, default=None)

    def _is_loose(self, candidate: Candidate, group: Group) -> bool:
        """Tell whether a single word names a candidate but by the way: "the Fatherland", a body, is no party."""
        if candidate.label == "PARTY" and candidate.how == "alias":
            return all(self.mentions[index].label != "PARTY" for index in group.members)
        return candidate.how in _LOOSE

    def is_doubtful(self, group: Group) -> bool:
        """Tell whether a tagger was nowhere sure that a group's name is one."""
        return all(self.mentions[index].score < DOUBTFUL for index in group.members)

    def _is_place_too(self, form: Form) -> bool:
        """Tell whether a tagger took a single word for a country or region as well: "the Motherland" is no party."""
        return len(form.words) == 1 and form.key in self.places

    def _is_written_so(self, candidate: Candidate, form: Form, group: Group) -> bool:
        """Tell whether a place's name may stand in capitals: as its own acronym, or where all is in capitals.

        GUAM is a union of four states, Guam an island.
        """
        if candidate.how in ("acronym", "user"):
            return True
        entry = self.kb.entry(candidate.id)
        names = [entry.name, *(alias.text for alias in entry.aliases)] if entry else []
        if any(is_acronym(name) and fold_name(name) == form.key for name in names):
            return True
        return any(self._is_among_capitals(self.mentions[index]) for index in group.members)

    def _is_among_capitals(self, mention: Mention) -> bool:
        if not mention.text.isupper():
            return True
        line = self.text.rfind("\n", 0, mention.start) + 1
        before = self.text[max(line, mention.start - 30) : mention.start]
        after = self.text[mention.end : mention.end + 30].partition("\n")[0]
        if not _WORD.search(before):  # a dateline, or a heading's first word
            return True
        near = [*_WORD.findall(before)[-1:], *_WORD.findall(after)[:1]]
        return all(word.isupper() or not word.isalpha() for word in near)

    def _find_without_second_surname(self, group: Group) -> dict[str, Found]:
        """Look for "Evo Morales Aima" under the name that all know, "Evo Morales"."""
        words = group.full.words
        if len(words) < 3:
            return {}
        return {
            candidate.id: (msgspec.structs.replace(candidate, how="derived"), len(words), "second-surname")
            for candidate in self.kb.candidates(" ".join(words[:-1]))
            if candidate.how in ("name", "alias")
            and candidate.country in _TWO_SURNAMES
            and KIND_OF[candidate.label] == "person"
        }

    def _find_misspelt(self, group: Group) -> dict[str, Found]:
        """Look among well-known leaders for one whose name differs by a slip: "Manual Rosales", "Manuel Rosalez"."""
        form = group.full
        held: dict[str, Found] = {}
        for surname in chain([form.words[-1]], misspell(form.words[-1])):
            for candidate in self.kb.candidates(surname):
                if candidate.how == "surname" and people_agree(form, read_form(candidate.name, "PERSON")) is not None:
                    near = msgspec.structs.replace(candidate, how="derived")
                    held.setdefault(candidate.id, (near, len(form.words), "fuzzy"))
            if held:
                break
        return held

    def _find_country(self, group: Group) -> dict[str, Found]:
        """Look for a country where a tagger saw a body: a state's own name is seldom anything else."""
        return {
            candidate.id: (candidate, len(form.words), candidate.how)
            for form in group.forms
            for candidate in self.kb.candidates(form.name)
            if candidate.label == "COUNTRY"
            and candidate.how in ("name", "acronym")
            and (not form.acronym or self._is_written_so(candidate, form, group))
        }

    def _find_acronym(self, group: Group) -> dict[str, Found]:
        """Look for a body where a tagger took an acronym in capitals for a place."""
        return {
            candidate.id: (candidate, 1, candidate.how)
            for form in group.forms
            if form.acronym
            for candidate in self.kb.candidates(form.name)
            if candidate.label == "ORG" and candidate.how == "acronym"
        }

    def _find_metonym(self, group: Group) -> dict[str, Found]:
        held = {}
        for form in group.forms:
            for country in CAPITALS.get(form.key, "").split():
                entry = self.kb.entry(f"country:{country}")
                if entry is not None:
                    candidate = Candidate(
                        entry.id, entry.label, entry.kind, entry.name, entry.country,
                        entry.prior, entry.since, entry.until, "alias",
                    )  # fmt: skip
                    held[entry.id] = (candidate, 1, "metonym")
        return held


def misspell(word: str) -> list[str]:
    """Give a surname's likeliest misspellings: two letters swapped, one doubled or single, or one like another.

    Examples:
        >>> "merkel" in misspell("merkle"), "rosales" in misspell("rosalez")
        (True, True)
    """
    if len(word) < 5:
        return []
    swapped = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(1, len(word) - 1)]
    single = [word[:n] + word[n + 1 :] for n in range(1, len(word)) if word[n] == word[n - 1]]
    doubled = [word[:n] + word[n] + word[n:] for n in range(1, len(word)) if word[n] in "lmnprst"]
    alike = [word[:n] + new + word[n + 1 :] for n in range(1, len(word)) for new in _ALIKE.get(word[n], "")]
    return [other for other in dict.fromkeys([*swapped, *single, *doubled, *alike]) if other != word]


def _is_founded_long_after(candidate: Candidate, year: int | None) -> bool:
    """Tell whether a body cannot be meant where a year is spoken of, for it was founded long after."""
    if year is None or candidate.since is None or candidate.label not in ("PARTY", "ORG") or candidate.how == "user":
        return False
    return year < candidate.since - _LONG_BEFORE


def _prefer_own_names(found: list[Found]) -> list[Found]:
    """Leave out places that bear a name in another language alone, where another is called so in English."""
    own = any(
        candidate.how in ("name", "alias") and candidate.kind != "admin2" and candidate.prior >= _KNOWN
        for candidate, _, _ in found
    )
    return [held for held in found if held[0].how != "foreign" or held[0].label != "REGION" or not own]
