"""People: a surname after a full name, a first name, a misspelt one, and "the President" of whom is called so."""

from polnlp.entities.forms import Gender, read_form
from polnlp.entities.grouping.groups import Group, Grouping, Join
from polnlp.entities.similarity import is_variant, people_agree

_LESSER = frozenset({"vice", "deputy", "shadow", "assistant"})


def join_people(state: Grouping) -> None:
    """Join shorter names of people to fuller ones; a surname that several bear goes to whoever was named last."""
    people = [
        number
        for number, group in state.groups.items()
        if group.kind == "person" and not any(form.several or form.office for form in group.forms)
    ]
    full = [number for number in people if len(state.groups[number].forms[0].words) > 1]
    full.sort(key=lambda number: (-len(state.groups[number].forms[0].words), number))
    full = [number for number in full if not _runs_together(state, number, full)]
    for number in full:
        if number in state.groups:
            _join_full(state, number, [other for other in full if other != number and other in state.groups])
    for number in people:
        if number in state.groups and len(state.groups[number].forms[0].words) == 1:
            _join_single(state, number)


def _runs_together(state: Grouping, number: int, full: list[int]) -> bool:
    """Tell whether a name is two people's, run together by a caption or a list: "Vladimir Putin Sergei Lavrov"."""
    form = state.groups[number].forms[0]
    if len(form.words) < 4:
        return False
    within = [state.groups[other].forms[0] for other in full if other != number]
    within = [held for held in within if len(held.words) < len(form.words) and people_agree(form, held)]
    heads, tails = ({held.words for held in within if form.words[at] == held.words[at]} for at in (0, -1))
    return any(not set(head) & set(tail) for head in heads for tail in tails)


def _join_full(state: Grouping, number: int, others: list[int]) -> None:
    form = state.groups[number].forms[0]
    agreeing = []
    for other in others:
        rule = people_agree(form, state.groups[other].full)
        if rule is not None:
            agreeing.append((other, rule))
    if len(agreeing) == 1 and not state.apart(form, state.groups[agreeing[0][0]].full):
        other, rule = agreeing[0]
        mine, theirs = state.groups[number], state.groups[other]
        if len(mine.full.words) > len(theirs.full.words):
            number, other = other, number
        state.merge(number, other, rule)


def _join_single(state: Grouping, number: int) -> None:
    """Join the mentions of a bare surname or first name, each to the bearer who was named last before it."""
    group = state.groups[number]
    word = group.forms[0].words[0]
    bearers = []
    for other, candidate in state.groups.items():
        if other == number or candidate.kind != "person" or any(form.several for form in candidate.forms):
            continue
        rule = _surname_rule(word, candidate)
        if rule is not None:
            bearers.append((other, rule))
    if any(rule == "surname" and _is_last(state, word, other) for other, rule in bearers):
        bearers = [(other, rule) for other, rule in bearers if _is_last(state, word, other)]
    elif any(rule == "surname" for _, rule in bearers):
        bearers = [(other, rule) for other, rule in bearers if rule == "surname"]
    elif any(rule == "first-name" for _, rule in bearers):
        bearers = [(other, rule) for other, rule in bearers if rule == "first-name"]
    if not bearers:
        return
    if len(bearers) == 1:
        state.merge(number, bearers[0][0], bearers[0][1])
        return
    _share(state, number, dict(bearers))


def _is_last(state: Grouping, word: str, number: int) -> bool:
    return any(form.words[-1] == word for form in state.groups[number].forms if len(form.words) > 1)


def _share(state: Grouping, number: int, bearers: dict[int, str]) -> None:
    group = state.groups[number]
    chosen = {index: _nearest(state, index, bearers) for index in group.members}
    for index, other in chosen.items():
        if other is None:
            continue
        form = state.forms[index]
        group.members.remove(index)
        target = state.groups[other]
        target.members.append(index)
        target.members.sort()
        state.group_of[index] = other
        if form not in target.forms:
            target.forms.append(form)
            target.joins[form.key] = Join(state.mentions[index].text, bearers[other])
    if not group.members:
        del state.groups[number]


def _nearest(state: Grouping, index: int, bearers: dict[int, str]) -> int | None:
    """Give the bearer whom a bare name means; a title must not gainsay.

    Of those named before it, the one whom its paragraph alone has named in full so far, else the one whom the
    article brought up first: a father in passing does not take the name from whom the article is about.
    """
    form = state.forms[index]
    fitting = [other for other in bearers if form.gender in ("", *_genders(state, other)) or not _genders(state, other)]
    known = [other for other in fitting if form.gender and form.gender in _genders(state, other)]
    called = [other for other in known or fitting if _is_called(state, other, form.titles)]
    fitting = called or known or fitting
    here = [other for other in fitting if any(_is_before(state, m, index) for m in state.groups[other].members)]
    if len(here) == 1 and any(_full_before(state, m, index) for m in state.groups[here[0]].members):
        return here[0]

    def place(other: int) -> tuple[bool, int]:
        first = min(state.groups[other].members)
        return first > index, first

    return min(fitting, key=place, default=None)


def _genders(state: Grouping, number: int) -> set[Gender]:
    return {form.gender for form in state.groups[number].forms if form.gender}


def _is_called(state: Grouping, number: int, titles: tuple[str, ...]) -> bool:
    return bool(titles) and any(form.titles == titles for form in state.groups[number].forms)


def _is_before(state: Grouping, member: int, index: int) -> bool:
    return member < index and state.mentions[member].paragraph == state.mentions[index].paragraph


def _full_before(state: Grouping, member: int, index: int) -> bool:
    return _is_before(state, member, index) and len(state.forms[member].words) > 1


def join_offices(state: Grouping) -> None:
    """Join "the President" to the one person of the article who is called so before his name."""
    bearers = [
        (form.titles, number)
        for number, group in state.groups.items()
        if group.kind == "person"
        for form in group.forms
        if form.titles and not form.several
    ]
    for number, group in list(state.groups.items()):
        office = group.forms[0].office
        if group.kind == "person" and office:
            found = {other for titles, other in bearers if titles == office} or {
                other for titles, other in bearers if _is_office_of(office, titles)
            }
            if len(found) == 1:
                state.merge(number, found.pop(), "office")


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
