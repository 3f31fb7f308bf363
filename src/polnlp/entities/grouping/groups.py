"""Groups of mentions that name one thing, as they grow."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from polnlp.entities.forms import KIND_OF, Form, Kind, read_form
from polnlp.schema import Mention

# Share of right joins by each rule on GUM's training part, MEANTIME and Re-DocRED's dev part, rounded. Re-DocRED leaves
# many a surname and acronym unjoined, so that the shares are too low rather than too high.
RULE_SCORES: dict[str, float] = {
    "exact": 0.98,
    "acronym-definition": 0.94,
    "head": 0.91,
    "office": 0.88,
    "acronym": 0.87,
    "surname": 0.86,
    "alias-definition": 0.8,
    "described": 0.8,
    "full-name": 0.74,
    "shortened": 0.68,
    "first-name": 0.65,
    "variant": 0.61,
    "misspelling": 0.56,
}


class Join(msgspec.Struct, frozen=True):
    """A surface form that joined a group, and why."""

    surface: str
    rule: str


class Group(msgspec.Struct):
    """Mentions that name one thing.

    Attributes:
        members: Indices of the mentions, in text order.
        forms: The distinct forms, the one that the group began with first.
        joins: Form's key to the join that brought it in; the first form has none.
    """

    kind: Kind
    members: list[int]
    forms: list[Form]
    joins: dict[str, Join] = {}

    @property
    def full(self) -> Form:
        """The most telling form: the one with the most words, acronyms and offices last; no plural of a people."""
        longer = -1 if self.kind == "misc" else 1
        return max(
            self.forms,
            key=lambda form: (not form.office, not form.acronym, len(form.words), longer * len(form.key), form.name),
        )


Apart = Callable[[Form, Form], bool]
"""Whether two names are known to be of two things, so that only a definition in the text may join them."""


class Grouping:
    """The groups of one article; every mention is in exactly one, and every join is kept with its rule."""

    def __init__(self, text: str, mentions: Sequence[Mention], apart: Apart) -> None:
        self.text = text
        self.apart = apart
        self.mentions = mentions
        self.forms = [read_form(mention.text, mention.label) for mention in mentions]
        self.groups: dict[int, Group] = {}
        self.group_of: list[int] = [-1] * len(mentions)

    def start(self) -> None:
        """Start a group for every distinct name; one name is one thing, but for a person and a place of that name."""
        kinds = self._settle_kinds()
        labels = self._settle_places()
        by_key: dict[tuple[str, str], int] = {}
        for index, form in enumerate(self.forms):
            where = self._sense(index, kinds[form.key], labels.get(form.key, ""))
            number = by_key.setdefault((form.key, where), index)
            if number == index:
                self.groups[index] = Group(self._kind(index, kinds[form.key]), [], [])
            group = self.groups[number]
            group.members.append(index)
            self.group_of[index] = number
            if form not in group.forms:
                group.forms.append(form)

    def _settle_kinds(self) -> dict[str, dict[Kind, float]]:
        kinds: dict[str, dict[Kind, float]] = defaultdict(lambda: defaultdict(float))
        for mention, form in zip(self.mentions, self.forms, strict=True):
            kinds[form.key][form.kind] += mention.score
        return kinds

    def _settle_places(self) -> dict[str, str]:
        """Give each name of places its likeliest label: country or region."""
        weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for mention, form in zip(self.mentions, self.forms, strict=True):
            if form.kind == "place":
                weights[form.key][mention.label] += mention.score
        return {key: max(held, key=lambda label: (held[label], label)) for key, held in weights.items()}

    def _kind(self, index: int, kinds: dict[Kind, float]) -> Kind:
        form = self.forms[index]
        # A work, a prize or a thing may bear a person's name.
        if form.kind == "misc" and "person" in kinds:
            return "misc"
        if {"person", "place"} <= set(kinds) and form.kind in ("person", "place") and self._is_borne(form):
            return form.kind
        return max(kinds, key=lambda kind: (kind != "misc" or len(kinds) == 1, kinds[kind], kind == form.kind))

    def _is_borne(self, form: Form) -> bool:
        """Tell whether a name is a person's here: of several words, or a title or a full name of the article has it."""
        if len(form.words) > 1:
            return True
        bearers = [held for held in self.forms if held.kind == "person" and form.words[0] in held.words]
        return any(len(held.words) > 1 or held.titled for held in bearers)

    def _sense(self, index: int, kinds: dict[Kind, float], place: str) -> str:
        """Tell apart namesakes of one spelling: a person and a place, a government and its capital."""
        kind = self._kind(index, kinds)
        mention = self.mentions[index]
        if kind == "place":
            if KIND_OF[mention.label] == "place":
                return mention.label
            # A body may be called after its town; only a person's label is a tagger's slip.
            return place if self.forms[index].kind == "person" else kind
        return kind

    def join(self, index: int, other: int, rule: str) -> None:
        """Let a mention's group join another mention's."""
        self.merge(self.group_of[index], self.group_of[other], rule)

    def merge(self, number: int, other: int, rule: str) -> None:
        """Let a whole group join another."""
        group, target = self.groups[number], self.groups[other]
        del self.groups[number]
        target.members = sorted(target.members + group.members)
        for index in group.members:
            self.group_of[index] = other
        for form in group.forms:
            if form not in target.forms:
                target.forms.append(form)
                target.joins.setdefault(form.key, group.joins.get(form.key) or Join(form.name, rule))
        if target.kind == "misc":
            target.kind = group.kind

    def join_unique(
        self, kinds: set[Kind], rule: str, test: Callable[[Form, Form], bool], *, behind: bool = False
    ) -> None:
        """Let each group of some kinds join the one group that passes a test; of several none.

        Args:
            behind: The other must have been named before.
        """
        numbers = [number for number, group in self.groups.items() if group.kind in kinds]
        for number in numbers:
            if number not in self.groups:
                continue
            form = self.groups[number].forms[0]
            fitting = [
                other
                for other in numbers
                if other != number
                and other in self.groups
                and not (behind and self.groups[other].members[0] > self.groups[number].members[0])
                and any(test(form, held) for held in self.groups[other].forms)
            ]
            if len(fitting) == 1 and not self.apart(form, self.groups[fitting[0]].full):
                self.merge(number, fitting[0], rule)

    def finish(self) -> list[Group]:
        """Give the groups in the order of their first mention."""
        return sorted(self.groups.values(), key=lambda group: group.members[0])
