"""Grouping within an article: which mentions name one thing.

Names are joined by what a reader goes by: the same name; an acronym that is explained or that fits; a surname after a
full name; a name shortened or misspelt. Every join is kept with its rule, so that it can be shown and undone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from polnlp.entities.forms import KIND_OF, Form, Gender, Kind, read_form
from polnlp.entities.similarity import (
    fits_acronym,
    is_described,
    is_head,
    is_plural,
    is_shortened,
    is_tail,
    is_town,
    is_variant,
    people_agree,
)
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
        """The most telling form: the one with the most words, acronyms and offices last."""
        return max(
            self.forms,
            key=lambda form: (not form.office, not form.acronym, len(form.words), len(form.key), form.name),
        )


_REACH = 40  # characters before a name in which the text may say that it is another's
_SENTENCE = 200  # characters from a name to its other name at most
_KNOWN_AS = re.compile(
    r"\b(?:known (?:as|by|under)|nicknamed|a\.?k\.?a\.?|pseudonym|pen name|stage name|formerly|renamed|n[ée]e|born)\s"
    r"[\"'“”‘’(]?(?:the )?[\"'“”‘’]?$"
)
_LESSER = frozenset({"vice", "deputy", "shadow", "assistant"})

Apart = Callable[[Form, Form], bool]
"""Whether two names are known to be of two things, so that only a definition in the text may join them."""


def group_mentions(text: str, mentions: Sequence[Mention], apart: Apart | None = None) -> list[Group]:
    """Group the mentions of one article.

    Args:
        text: The article's text, for what stands between two names.
        mentions: Ordered by start.
        apart: Asked before two unlike names are joined.

    Returns:
        Groups in the order of their first mention; every mention is in exactly one.
    """
    forms = [read_form(mention.text, mention.label) for mention in mentions]
    builder = _Builder(text, mentions, forms, apart or (lambda _one, _other: False))
    builder.join_equal()
    builder.join_definitions()
    builder.join_known_as()
    builder.join_people()
    builder.join_offices()
    builder.join_bodies()
    builder.join_places()
    return builder.finish()


class _Builder:
    def __init__(self, text: str, mentions: Sequence[Mention], forms: list[Form], apart: Apart) -> None:
        self.text = text
        self.apart = apart
        self.mentions = mentions
        self.forms = forms
        self.groups: dict[int, Group] = {}
        self.group_of: list[int] = [-1] * len(mentions)

    def join_equal(self) -> None:
        """Start a group for every distinct name; one name is one thing, but for a person and a place of that name."""
        kinds = self._settle_kinds()
        by_key: dict[tuple[str, str], int] = {}
        for index, form in enumerate(self.forms):
            where = self._sense(index, kinds[form.key])
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

    def _kind(self, index: int, kinds: dict[Kind, float]) -> Kind:
        form = self.forms[index]
        # A work, a prize or a thing may bear a person's name.
        if form.kind == "misc" and "person" in kinds:
            return "misc"
        if {"person", "place"} <= set(kinds) and form.kind in ("person", "place"):
            return form.kind
        return max(kinds, key=lambda kind: (kind != "misc" or len(kinds) == 1, kinds[kind], kind == form.kind))

    def _sense(self, index: int, kinds: dict[Kind, float]) -> str:
        """Tell apart namesakes of one spelling: a person and a place, a government and its capital."""
        kind = self._kind(index, kinds)
        mention = self.mentions[index]
        if kind == "place" and KIND_OF[mention.label] == "place":
            return mention.label
        return kind

    def join_definitions(self) -> None:
        """Join a name and the short or other name that stands beside it, bracketed or after a comma."""
        for first, second in zip(range(len(self.mentions)), range(1, len(self.mentions)), strict=False):
            one, two = self.forms[first], self.forms[second]
            if self._number(first) == self._number(second) or not self._bodies(one, two):
                continue
            rule = self._definition(first, second)
            if rule is not None:
                self._join(second, first, rule) if two.acronym or not one.acronym else self._join(first, second, rule)

    def join_known_as(self) -> None:
        """Join a name to the one that the text says is also its bearer's: "Jenna Mourey, known as Jenna Marbles"."""
        for index, mention in enumerate(self.mentions):
            before = self.text[max(0, mention.start - _REACH) : mention.start]
            if _KNOWN_AS.search(before) is None:
                continue
            kind = self.groups[self._number(index)].kind
            if kind not in ("person", "body"):
                continue
            near = [
                other
                for other in range(max(0, index - 4), index)
                if self.groups[self._number(other)].kind == kind
                and self.mentions[other].paragraph == mention.paragraph
                and self.mentions[other].start > mention.start - _SENTENCE
            ]
            if near and self._number(near[-1]) != self._number(index):
                self._join(index, near[-1], "alias-definition")

    def _bodies(self, one: Form, two: Form) -> bool:
        kinds = {one.kind, two.kind}
        return ("body" in kinds and kinds <= {"body", "misc"}) or kinds == {"event"} or kinds == {"misc"}

    def _definition(self, first: int, second: int) -> str | None:
        one, two = self.forms[first], self.forms[second]
        gap = self.text[self.mentions[first].end : self.mentions[second].start]
        if len(gap) > 12 or "\n" in gap:
            return None
        bare = gap.replace("the ", "").replace("'s", "").replace("’s", "").strip(" \"'“”‘’")
        if bare == "(":
            after = self.text[self.mentions[second].end : self.mentions[second].end + 2].lstrip("\"'”’")
            if not after.startswith((")", ",", ";")):
                return None
            if one.acronym != two.acronym:
                short, long = (one, two) if one.acronym else (two, one)
                return "acronym-definition" if fits_acronym(short, long, defined=True) else None
            same = self.mentions[first].label == self.mentions[second].label
            bodies = one.kind == two.kind == "body"
            return "alias-definition" if same and bodies and not one.acronym and len(two.words) > 1 else None
        if bare in (",", ", or", "or", ", known as", "-", "–") and one.acronym != two.acronym:
            short, long = (one, two) if one.acronym else (two, one)
            return "acronym-definition" if fits_acronym(short, long, defined=False) else None
        return None

    def join_people(self) -> None:
        """Join shorter names of people to fuller ones; a surname that several bear goes to whoever was named last."""
        people = [
            number
            for number, group in self.groups.items()
            if group.kind == "person" and not any(form.several or form.office for form in group.forms)
        ]
        full = [number for number in people if len(self.groups[number].forms[0].words) > 1]
        full.sort(key=lambda number: (-len(self.groups[number].forms[0].words), number))
        full = [number for number in full if not self._runs_together(number, full)]
        for number in full:
            if number in self.groups:
                self._join_full(number, [other for other in full if other != number and other in self.groups])
        for number in people:
            if number in self.groups and len(self.groups[number].forms[0].words) == 1:
                self._join_single(number)

    def _runs_together(self, number: int, full: list[int]) -> bool:
        """Tell whether a name is two people's, run together by a caption or a list: "Vladimir Putin Sergei Lavrov"."""
        form = self.groups[number].forms[0]
        if len(form.words) < 4:
            return False
        within = [self.groups[other].forms[0] for other in full if other != number]
        within = [held for held in within if len(held.words) < len(form.words) and people_agree(form, held)]
        heads, tails = ({held.words for held in within if form.words[at] == held.words[at]} for at in (0, -1))
        return any(not set(head) & set(tail) for head in heads for tail in tails)

    def _join_full(self, number: int, others: list[int]) -> None:
        form = self.groups[number].forms[0]
        agreeing = []
        for other in others:
            rule = people_agree(form, self.groups[other].full)
            if rule is not None:
                agreeing.append((other, rule))
        if len(agreeing) == 1 and not self.apart(form, self.groups[agreeing[0][0]].full):
            other, rule = agreeing[0]
            mine, theirs = self.groups[number], self.groups[other]
            if len(mine.full.words) > len(theirs.full.words):
                number, other = other, number
            self._merge(number, other, rule)

    def _join_single(self, number: int) -> None:
        """Join the mentions of a bare surname or first name, each to the bearer who was named last before it."""
        group = self.groups[number]
        word = group.forms[0].words[0]
        bearers = []
        for other, candidate in self.groups.items():
            if other == number or candidate.kind != "person" or any(form.several for form in candidate.forms):
                continue
            rule = _surname_rule(word, candidate)
            if rule is not None:
                bearers.append((other, rule))
        if any(rule == "surname" and self._is_last(word, other) for other, rule in bearers):
            bearers = [(other, rule) for other, rule in bearers if self._is_last(word, other)]
        elif any(rule == "surname" for _, rule in bearers):
            bearers = [(other, rule) for other, rule in bearers if rule == "surname"]
        elif any(rule == "first-name" for _, rule in bearers):
            bearers = [(other, rule) for other, rule in bearers if rule == "first-name"]
        if not bearers:
            return
        if len(bearers) == 1:
            self._merge(number, bearers[0][0], bearers[0][1])
            return
        self._share(number, dict(bearers))

    def _is_last(self, word: str, number: int) -> bool:
        return any(form.words[-1] == word for form in self.groups[number].forms if len(form.words) > 1)

    def _share(self, number: int, bearers: dict[int, str]) -> None:
        group = self.groups[number]
        chosen = {index: self._nearest(index, bearers) for index in group.members}
        for index, other in chosen.items():
            if other is None:
                continue
            form = self.forms[index]
            group.members.remove(index)
            target = self.groups[other]
            target.members.append(index)
            target.members.sort()
            self.group_of[index] = other
            if form not in target.forms:
                target.forms.append(form)
                target.joins[form.key] = Join(self.mentions[index].text, bearers[other])
        if not group.members:
            del self.groups[number]

    def _nearest(self, index: int, bearers: dict[int, str]) -> int | None:
        """Give the bearer whom a bare name means; a title must not gainsay.

        Of those named before it, the one whom its paragraph alone has named in full so far, else the one whom the
        article brought up first: a father in passing does not take the name from whom the article is about.
        """
        form = self.forms[index]
        fitting = [other for other in bearers if form.gender in ("", *self._genders(other)) or not self._genders(other)]
        known = [other for other in fitting if form.gender and form.gender in self._genders(other)]
        called = [other for other in known or fitting if self._is_called(other, form.titles)]
        fitting = called or known or fitting
        here = [other for other in fitting if any(self._is_before(m, index) for m in self.groups[other].members)]
        if len(here) == 1 and any(self._full_before(m, index) for m in self.groups[here[0]].members):
            return here[0]

        def place(other: int) -> tuple[bool, int]:
            first = min(self.groups[other].members)
            return first > index, first

        return min(fitting, key=place, default=None)

    def _genders(self, number: int) -> set[Gender]:
        return {form.gender for form in self.groups[number].forms if form.gender}

    def _is_called(self, number: int, titles: tuple[str, ...]) -> bool:
        return bool(titles) and any(form.titles == titles for form in self.groups[number].forms)

    def _is_before(self, member: int, index: int) -> bool:
        return member < index and self.mentions[member].paragraph == self.mentions[index].paragraph

    def _full_before(self, member: int, index: int) -> bool:
        return self._is_before(member, index) and len(self.forms[member].words) > 1

    def join_offices(self) -> None:
        """Join "the President" to the one person of the article who is called so before his name."""
        bearers = [
            (form.titles, number)
            for number, group in self.groups.items()
            if group.kind == "person"
            for form in group.forms
            if form.titles and not form.several
        ]
        for number, group in list(self.groups.items()):
            office = group.forms[0].office
            if group.kind == "person" and office:
                found = {other for titles, other in bearers if titles == office} or {
                    other for titles, other in bearers if _is_office_of(office, titles)
                }
                if len(found) == 1:
                    self._merge(number, found.pop(), "office")

    def join_bodies(self) -> None:
        """Join acronyms to the names whose initials they are, and shortened names to full ones; only where one fits."""
        self._join_unique(
            {"body", "misc"}, "acronym", lambda one, two: one.acronym and fits_acronym(one, two, defined=False)
        )
        self._join_given()
        self._join_unique({"body", "misc"}, "described", is_described)
        self._join_unique({"body"}, "variant", is_variant)
        self._join_unique({"body"}, "shortened", is_shortened)
        self._join_unique({"body", "misc"}, "head", is_head)
        self._join_unique({"body"}, "shortened", is_tail)
        self._join_unique({"event"}, "variant", is_variant)
        self._join_unique({"misc"}, "variant", is_plural)

    def _join_given(self) -> None:
        """Join an acronym to the form that gives it in brackets within the mention itself."""
        given = {form.short: number for number, group in self.groups.items() for form in group.forms if form.short}
        for number, group in list(self.groups.items()):
            other = given.get(group.forms[0].key)
            if other is not None and other != number and other in self.groups and number in self.groups:
                self._merge(number, other, "acronym-definition")

    def join_places(self) -> None:
        """Join "Mobile" to "Mobile, Alabama", and spelling variants."""
        self._join_unique({"place"}, "acronym", lambda one, two: one.acronym and fits_acronym(one, two, defined=False))
        self._join_unique({"place"}, "variant", is_variant)
        for _ in range(2):  # "Mobile, Alabama, United States" first, so that "Mobile" meets one group
            self._join_unique({"place"}, "shortened", is_town)

    def _join_unique(self, kinds: set[Kind], rule: str, test: Callable[[Form, Form], bool]) -> None:
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
                and any(test(form, held) for held in self.groups[other].forms)
            ]
            if len(fitting) == 1 and not self.apart(form, self.groups[fitting[0]].full):
                self._merge(number, fitting[0], rule)

    def _number(self, index: int) -> int:
        return self.group_of[index]

    def _join(self, index: int, other: int, rule: str) -> None:
        self._merge(self._number(index), self._number(other), rule)

    def _merge(self, number: int, other: int, rule: str) -> None:
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

    def finish(self) -> list[Group]:
        return sorted(self.groups.values(), key=lambda group: group.members[0])


def _is_office_of(office: tuple[str, ...], titles: tuple[str, ...]) -> bool:
    """Tell whether an office is the titles cut short: "the Secretary" of "Home Secretary", but no vice president."""
    rest = titles[: -len(office)]
    return titles[-len(office) :] == office and not _LESSER & set(rest)


def _surname_rule(word: str, group: Group) -> str | None:
    rule = None
    for form in group.forms:
        if len(form.words) < 2 or form.office:
            continue
        if word == form.words[-1]:
            return "surname"
        if len(form.words) > 2 and word in form.words[1:-1]:
            rule = "surname"  # the father's name of a Spanish double surname, or a middle name by which one goes
        elif word == form.words[0]:
            rule = rule or "first-name"
        elif word == f"{form.words[-1]}s":
            continue  # "the Clintons" are a family, none of its members
        elif len(word) > 5 and is_variant(read_form(word, "PERSON"), read_form(form.words[-1], "PERSON")):
            rule = rule or "misspelling"
    return rule
