"""Linking: which entry of the knowledge base a group names, or none."""

from collections.abc import Sequence

import msgspec

from polnlp.entities.context import ArticleContext
from polnlp.entities.forms import KIND_OF, Form
from polnlp.entities.grouping import Group
from polnlp.entities.ranking import choose_probability, measure, score
from polnlp.entities.similarity import people_agree
from polnlp.kb import KnowledgeBase
from polnlp.kb.names import fold_name
from polnlp.kb.records import Candidate
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
_CLEAR = 0.9  # from here on a link is sure enough to speak for others


class Link(msgspec.Struct, frozen=True):
    """A group's entry and the decision that led to it.

    Attributes:
        entry_id: ``None`` where no candidate was good enough.
        runner_up: The best other candidate and its probability, empty if there was none.
    """

    entry_id: str | None
    rule: str
    score: float
    runner_up: str = ""


class Linker:
    """Link the groups of one article; the sure ones first, for they help with the others."""

    def __init__(
        self, kb: KnowledgeBase, context: ArticleContext, mentions: Sequence[Mention], threshold: float
    ) -> None:
        self.kb = kb
        self.context = context
        self.mentions = mentions
        self.threshold = threshold
        self.parties: dict[str, set[int]] = {}
        self.members: dict[str, set[int]] = {}

    def link(self, groups: Sequence[Group]) -> list[Link]:
        """Link all groups; the order of the answer is theirs."""
        found = [self._find(group) for group in groups]
        links = [self._choose(group, candidates) for group, candidates in zip(groups, found, strict=True)]
        for group, link in zip(groups, links, strict=True):
            if link.entry_id is not None and link.score >= _CLEAR:
                self._learn(group, link.entry_id)
        return [self._choose(group, candidates) for group, candidates in zip(groups, found, strict=True)]

    def _find(self, group: Group) -> list[tuple[Candidate, int, str]]:
        """Give a group's candidates, each with the words of the name that found it and the rule."""
        held: dict[str, tuple[Candidate, int, str]] = {}
        for form in group.forms:
            if form.office or form.key in _DIRECTIONS:  # "the President" is whoever the article calls so
                continue
            for candidate in self.kb.candidates(form.name) or self.kb.candidates(form.key):
                if not _may_be(candidate, group, form):
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
        if group.kind == "place":
            held.update(self._find_metonym(group))
        return list(held.values())

    def _find_without_second_surname(self, group: Group) -> dict[str, tuple[Candidate, int, str]]:
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

    def _find_misspelt(self, group: Group) -> dict[str, tuple[Candidate, int, str]]:
        """Look among well-known leaders of the surname for one whose first name differs by a slip."""
        form = group.full
        held = {}
        for candidate in self.kb.candidates(form.words[-1]):
            if candidate.how != "surname":
                continue
            name = _as_form(candidate.name)
            if people_agree(form, name) is not None:
                near = msgspec.structs.replace(candidate, how="derived")
                held[candidate.id] = (near, len(form.words), "fuzzy")
        return held

    def _find_country(self, group: Group) -> dict[str, tuple[Candidate, int, str]]:
        """Look for a country where a tagger saw a body: a state's own name is seldom anything else."""
        return {
            candidate.id: (candidate, len(form.words), candidate.how)
            for form in group.forms
            for candidate in self.kb.candidates(form.name)
            if candidate.label == "COUNTRY" and candidate.how in ("name", "acronym")
        }

    def _find_metonym(self, group: Group) -> dict[str, tuple[Candidate, int, str]]:
        if self._label(group) != "COUNTRY":
            return {}
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

    def _choose(self, group: Group, found: list[tuple[Candidate, int, str]]) -> Link:
        if not found:
            return Link(None, "unknown", 1.0)
        label = self._label(group)
        paragraphs = {self.mentions[index].paragraph for index in group.members}
        scores = []
        for candidate, words, _ in found:
            company = self._company(candidate, paragraphs)
            scores.append(score(measure(candidate, label, self.context, paragraphs, words=words, company=company)))
        own = found[0][0].how == "user"
        chances = choose_probability(scores, none=not own)
        order = sorted(range(len(found)), key=lambda place: (-chances[place], found[place][0].id))
        best = order[0]
        second = f"{found[order[1]][0].id} {round(chances[order[1]], 4)}" if len(order) > 1 else ""
        candidate, _, rule = found[best]
        # A city and the province or district of its name are one place at two levels, no rivals.
        chances[best] += sum(chances[place] for place in order[1:] if _is_same_place(candidate, found[place][0]))
        chances[best] = min(chances[best], 1.0)
        if chances[best] < self.threshold:
            return Link(
                None, "below-threshold", round(1 - chances[best], 4), f"{candidate.id} {round(chances[best], 4)}"
            )
        return Link(candidate.id, rule, round(chances[best], 4), second)

    def _company(self, candidate: Candidate, paragraphs: set[int]) -> float:
        """Tell how strongly sure entities speak for a candidate: a leader for his party, a party for its leaders."""
        held = self.parties.get(candidate.id, set()) | self.members.get(candidate.id, set())
        if held & paragraphs:
            return 1.0
        return 0.5 if held else 0.0

    def _learn(self, group: Group, entry_id: str) -> None:
        entry = self.kb.entry(entry_id)
        if entry is None:
            return
        paragraphs = {self.mentions[index].paragraph for index in group.members}
        for term in entry.terms:
            if term.party and ":" in term.party:
                self.parties.setdefault(term.party, set()).update(paragraphs)
        if entry.country and entry.label != "COUNTRY":
            for index in group.members:
                self.context.add(entry.country, self.mentions[index].paragraph)

    def _label(self, group: Group) -> Label:
        return group_label(group, self.mentions)


def group_label(group: Group, mentions: Sequence[Mention]) -> Label:
    """Give the label that most of a group's mentions bear, by their scores."""
    weights: dict[Label, float] = {}
    for index in group.members:
        label = mentions[index].label
        if KIND_OF[label] == group.kind or group.kind == "misc":
            weights[label] = weights.get(label, 0.0) + mentions[index].score
    if not weights:
        return mentions[group.members[0]].label
    return max(weights, key=lambda label: (weights[label], label))


def _may_be(candidate: Candidate, group: Group, form: Form) -> bool:
    # A scholar knows better than a tagger what his name names, but not that a part of another's name is it.
    if candidate.how == "user" and form == group.full:
        return True
    if KIND_OF[candidate.label] != group.kind:
        return False
    # A bare surname names its famous bearer only where the article has no fuller name.
    return candidate.how != "surname" or len(group.full.words) == 1


def _is_same_place(one: Candidate, other: Candidate) -> bool:
    if one.label != "REGION" or other.label != "REGION" or one.country != other.country:
        return False
    return one.kind != other.kind and fold_name(one.name) == fold_name(other.name)


def _as_form(name: str) -> Form:
    from polnlp.entities.forms import read_form

    return read_form(name, "PERSON")
