"""Linking: which entry of the knowledge base a group names, or none."""

from collections.abc import Sequence

import msgspec

from polnlp.entities.candidates import CandidateFinder, Found
from polnlp.entities.context import PLACE_WEIGHT, ArticleContext
from polnlp.entities.forms import KIND_OF
from polnlp.entities.grouping import RULE_SCORES, Group
from polnlp.entities.levels import choose_level
from polnlp.entities.ranking import Features, choose_probability, load_ranker, measure
from polnlp.entities.similarity import heads_name, is_common_head
from polnlp.entities.state_names import Years, find_years, is_official, tell_years
from polnlp.kb import Entry, KnowledgeBase
from polnlp.kb.names import fold_name
from polnlp.kb.records import Candidate
from polnlp.schema import Label, Mention

_CLEAR = 0.9  # from here on a link is sure enough to speak for others
_FAIR = 0.7  # from here on a body may be meant by its head word
_OFTENER = 2  # times that a body must be named oftener than another to be meant by "the Organization"


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
        self, kb: KnowledgeBase, context: ArticleContext, text: str, mentions: Sequence[Mention], threshold: float
    ) -> None:
        self.kb = kb
        self.finder = CandidateFinder(kb, text, mentions)
        self.text = text
        self.context = context
        self.mentions = mentions
        self.threshold = threshold
        self.ranker = load_ranker(kb.path)
        self.parties: dict[str, set[int]] = {}
        self.members: dict[str, set[int]] = {}

    def link(self, groups: Sequence[Group]) -> list[Link]:
        """Link all groups; the order of the answer is theirs."""
        found = [self.finder.find(group, self._label(group)) for group in groups]
        links = [self._choose(group, candidates) for group, candidates in zip(groups, found, strict=True)]
        taught = [
            self._learn(group, link.entry_id) if link.entry_id is not None and link.score >= _CLEAR else None
            for group, link in zip(groups, links, strict=True)
        ]
        links = [
            self._choose_again(group, candidates, country)
            for group, candidates, country in zip(groups, found, taught, strict=True)
        ]
        return self._link_heads(groups, links)

    def _link_heads(self, groups: Sequence[Group], links: Sequence[Link]) -> list[Link]:
        """Link "the Commonwealth" to the body of the article whose full name, by its acronym or not, begins so."""
        named: dict[str, tuple[Entry, int, float]] = {}
        for group, link in zip(groups, links, strict=True):
            entry = self.kb.entry(link.entry_id) if link.entry_id and link.score >= _FAIR else None
            if entry is not None and KIND_OF[entry.label] == "body":
                _, count, best = named.get(entry.id, (entry, 0, 0.0))
                named[entry.id] = (entry, count + len(group.members), max(best, link.score))
        return [
            self._link_head(group, link, list(named.values())) if named and is_common_head(group.full) else link
            for group, link in zip(groups, links, strict=True)
        ]

    def _link_head(self, group: Group, link: Link, named: list[tuple[Entry, int, float]]) -> Link:
        word = group.full.key
        fitting = [held for held in named if held[0].id != link.entry_id and _has_head(held[0], word)]
        fitting.sort(key=lambda held: (-held[1], held[0].id))
        if group.kind != "body" or link.rule == "user" or not fitting or (link.entry_id and link.score >= _CLEAR):
            return link
        if len(fitting) > 1 and fitting[0][1] < _OFTENER * fitting[1][1]:
            return link
        entry, _, sure = fitting[0]
        runner_up = f"{link.entry_id} {link.score}" if link.entry_id else link.runner_up
        return Link(entry.id, "head", round(RULE_SCORES["head"] * sure, 4), runner_up)

    def _choose(self, group: Group, found: list[Found]) -> Link:
        if not found:
            return Link(None, "unknown", 1.0)
        scores = [self.ranker.score(features) for features in self.measure(group, found)]
        own = found[0][0].how == "user"
        chances = choose_probability(scores, none=not own)
        order = sorted(range(len(found)), key=lambda place: (-chances[place], found[place][0].id))
        best = order[0]
        second = f"{found[order[1]][0].id} {round(chances[order[1]], 4)}" if len(order) > 1 else ""
        candidate, _, rule = found[best]
        if self._name_in_time(candidate, group) < 0:
            rule = f"{rule}, {tell_years(self._years(candidate, group))}"
        # A city and the province or district of its name are one place at two levels, no rivals.
        same = [place for place in order[1:] if is_same_place(candidate, found[place][0])]
        chances[best] = min(chances[best] + sum(chances[place] for place in same), 1.0)
        where = [self.mentions[index] for index in group.members]
        candidate = choose_level(self.text, where, [candidate, *(found[place][0] for place in same)])
        if chances[best] < self.threshold:
            return Link(
                None, "below-threshold", round(1 - chances[best], 4), f"{candidate.id} {round(chances[best], 4)}"
            )
        return Link(candidate.id, rule, round(chances[best], 4), second)

    def measure(self, group: Group, found: Sequence[Found]) -> list[Features]:
        """Measure a group's candidates by what is known so far; the order of the answer is theirs."""
        label = self._label(group)
        paragraphs = {self.mentions[index].paragraph for index in group.members}
        doubtful = float(len(group.full.words) == 1 and self.finder.is_doubtful(group))
        return [
            measure(
                candidate,
                # A body is a place group's candidate only where no place is written so: the label says nothing then.
                candidate.label if group.kind == "place" and candidate.label == "ORG" else label,
                self.context,
                paragraphs,
                words=words,
                company=self._company(candidate, paragraphs),
                official=self._name_in_time(candidate, group),
                doubtful=doubtful,
            )
            for candidate, words, _ in found
        ]

    def _years(self, candidate: Candidate, group: Group) -> Years:
        entry = self.kb.entry(candidate.id) if candidate.label == "COUNTRY" else None
        return find_years(entry, group.forms) if entry is not None and entry.years else ()

    def _name_in_time(self, candidate: Candidate, group: Group) -> float:
        """Tell whether a state bore the name in the article's year: 1, or -1 if not, 0 where that is not known."""
        years = self._years(candidate, group)
        if not years or self.context.year is None:
            return 0.0
        return 1.0 if is_official(years, self.context.year) else -1.0

    def _company(self, candidate: Candidate, paragraphs: set[int]) -> float:
        """Tell how strongly sure entities speak for a candidate: a leader for his party, a party for its leaders."""
        held = self.parties.get(candidate.id, set()) | self.members.get(candidate.id, set())
        if held & paragraphs:
            return 1.0
        return 0.5 if held else 0.0

    def _choose_again(self, group: Group, found: list[Found], taught: str | None) -> Link:
        """Choose by all that the others say: a group does not speak for itself."""
        if taught is None:
            return self._choose(group, found)
        self._add(group, taught, -1)
        link = self._choose(group, found)
        self._add(group, taught, 1)
        return link

    def _learn(self, group: Group, entry_id: str) -> str | None:
        """Let a sure entity speak for others; give the country that it speaks for."""
        entry = self.kb.entry(entry_id)
        if entry is None:
            return None
        paragraphs = {self.mentions[index].paragraph for index in group.members}
        for term in entry.terms:
            if term.party and ":" in term.party:
                self.parties.setdefault(term.party, set()).update(paragraphs)
        if not entry.country or entry.label == "COUNTRY":
            return None
        self._add(group, entry.country, 1)
        return entry.country

    def _add(self, group: Group, country: str, times: int) -> None:
        for index in group.members:
            self.context.add(country, self.mentions[index].paragraph, times * PLACE_WEIGHT)

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


def _has_head(entry: Entry, word: str) -> bool:
    return any(heads_name(word, fold_name(name).split()) for name in (entry.name, *(a.text for a in entry.aliases)))


def is_same_place(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates are one place at two levels: a city and the province of its name."""
    if one.label != "REGION" or other.label != "REGION" or one.country != other.country:
        return False
    return one.kind != other.kind and fold_name(one.name) == fold_name(other.name)
