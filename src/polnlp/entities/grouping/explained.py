"""Names that the text itself explains: "United Socialist Party of Venezuela (PSUV)", "Jenna Mourey, known as ..."."""

import re

from polnlp.entities.forms import Form
from polnlp.entities.grouping.groups import Grouping
from polnlp.entities.similarity import fits_acronym

_REACH = 40  # characters before a name in which the text may say that it is another's
# Where one of these stands between, another thing is spoken of: "fought others, such as the group known as ...".
_ANOTHER = re.compile(r"\b(?:such|like|including|others?|and|but|while|against|with|allow\w*|find)\b")
_BRACKETED = re.compile(r"\([^()]*\)")
_SENTENCE = 200  # characters from a name to its other name at most
_KNOWN_AS = re.compile(
    r"\b(?:known (?:as|by|under)|nicknamed|a\.?k\.?a\.?|pseudonym|pen name|stage name|formerly|renamed|n[ée]e|born)\s"
    r"[\"'“”‘’(]?(?:the )?[\"'“”‘’]?$"
)


def join_definitions(state: Grouping) -> None:
    """Join a name and the short or other name that stands beside it, bracketed or after a comma."""
    for first, second in zip(range(len(state.mentions)), range(1, len(state.mentions)), strict=False):
        one, two = state.forms[first], state.forms[second]
        if state.group_of[first] == state.group_of[second] or not _bodies(one, two):
            continue
        rule = _definition(state, first, second)
        if rule is not None:
            state.join(second, first, rule) if two.acronym or not one.acronym else state.join(first, second, rule)


def join_known_as(state: Grouping) -> None:
    """Join a name to the one that the text says is also its bearer's: "Jenna Mourey, known as Jenna Marbles"."""
    for index, mention in enumerate(state.mentions):
        before = state.text[max(0, mention.start - _REACH) : mention.start]
        if _KNOWN_AS.search(before) is None:
            continue
        kind = state.groups[state.group_of[index]].kind
        if kind not in ("person", "body"):
            continue
        near = [
            other
            for other in range(max(0, index - 4), index)
            if state.groups[state.group_of[other]].kind == kind
            and state.mentions[other].paragraph == mention.paragraph
            and state.mentions[other].start > mention.start - _SENTENCE
        ]
        if not near or _ANOTHER.search(_BRACKETED.sub("", state.text[state.mentions[near[-1]].end : mention.start])):
            continue
        if state.group_of[near[-1]] != state.group_of[index]:
            state.join(index, near[-1], "alias-definition")


def _bodies(one: Form, two: Form) -> bool:
    kinds = {one.kind, two.kind}
    return ("body" in kinds and kinds <= {"body", "misc"}) or kinds == {"event"} or kinds == {"misc"}


def _definition(state: Grouping, first: int, second: int) -> str | None:
    one, two = state.forms[first], state.forms[second]
    gap = state.text[state.mentions[first].end : state.mentions[second].start]
    if len(gap) > 12 or "\n" in gap:
        return None
    bare = gap.replace("the ", "").replace("'s", "").replace("’s", "").strip(" \"'“”‘’")
    if bare == "(":
        after = state.text[state.mentions[second].end : state.mentions[second].end + 2].lstrip("\"'”’")
        if not after.startswith((")", ",", ";")):
            return None
        if one.acronym != two.acronym:
            short, long = (one, two) if one.acronym else (two, one)
            return "acronym-definition" if fits_acronym(short, long, defined=True) else None
        same = state.mentions[first].label == state.mentions[second].label
        bodies = one.kind == two.kind == "body"
        return "alias-definition" if same and bodies and not one.acronym and len(two.words) > 1 else None
    if bare in (",", ", or", "or", ", known as", "-", "–") and one.acronym != two.acronym:
        short, long = (one, two) if one.acronym else (two, one)
        return "acronym-definition" if fits_acronym(short, long, defined=False) else None
    return None
