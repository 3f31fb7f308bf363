"""Lines → blocks: which line breaks part paragraphs, and which only wrap a line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Span = tuple[int, int]


class Line(NamedTuple):
    """A line without the white space around it; ``indent`` is the number of characters before it."""

    start: int
    end: int
    indent: int
    text: str


_LONG = 50  # characters; a line of prose that is shorter and has no stop is likely a heading
_SHARE = 0.4  # of a text's line breaks that must look like wrapping
_SPACED = 4  # groups of lines, from which on blank lines are taken to part all paragraphs
_STOPPED, _UNSTOPPED = 0.8, 0.7  # of the width of lines that are wrapped by hand
_ENOUGH, _LOOSE = 8, 0.02  # line breaks within sentences that show a program's wrapping, and exceptions among them
_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]*_]{0,4}$")
_LIST_ITEM = re.compile(r"(?:[-*•+–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_HEADING = re.compile(r"#{1,6}\s|={3,}$|-{3,}$|[*_ ]{3,}$")
_SPEAKER = re.compile(r"(?:[QA]|Question|Answer|[A-Z][\w.’'-]{0,20}(?:\s[A-Z][\w.’'-]{0,20}){0,3})\s?:(?:\s|$)")


def find_blocks(text: str, join_lines: Literal["auto", "always", "never"] = "auto") -> list[Span]:
    """Find the paragraphs of a text by its lines.

    Blank lines always part paragraphs. Lines without a blank line between them are one paragraph where the text is
    hard-wrapped, and one each where it is written one paragraph a line; ``auto`` tells by the lines: wrapped ones go
    on in lower case, or are long and end without a stop.

    Returns:
        ``(start, end)`` of each block, in order, without white space at either end.
    """
    groups = _group_lines(text)
    if join_lines == "never":
        return [(line.start, line.end) for group in groups for line in group]
    if join_lines == "always":
        return [(group[0].start, group[-1].end) for group in groups]
    wrapped = _looks_wrapped([group for group in groups if len(group) > 1])
    width = max((len(line.text) for group in groups if len(group) > 1 for line in group), default=0)
    spaced = sum(len(group) > 1 for group in groups) >= _SPACED
    blocks: list[Span] = []
    for group in groups:
        blocks += [(group[0].start, group[0].end)] if len(group) == 1 else _split_group(group, wrapped, width, spaced)
    return blocks


def _group_lines(text: str) -> list[list[Line]]:
    """Cut a text into lines, and these into groups at blank lines."""
    # Same length, so that offsets hold: a page break is no line break, and a doubled carriage return is one.
    lines = text.replace("\r\r\n", "  \n").replace("\f", " ").splitlines(keepends=True)
    groups: list[list[Line]] = []
    group: list[Line] = []
    position = 0
    for line in lines:
        stripped = line.strip()
        if stripped:
            indent = len(line) - len(line.lstrip())
            group.append(Line(position + indent, position + indent + len(stripped), indent, stripped))
        elif group:
            groups.append(group)
            group = []
        position += len(line)
    if group:
        groups.append(group)
    return groups


def _looks_wrapped(groups: Sequence[Sequence[Line]]) -> bool:
    """Tell whether most line breaks inside groups only wrap a line."""
    total = wrapping = 0
    for group in groups:
        for line, following in pairwise(group):
            if _LIST_ITEM.match(following.text) or _HEADING.match(following.text):
                continue
            total += 1
            wrapping += _goes_on(line.text, following.text)
    return total > 0 and wrapping >= _SHARE * total


def _goes_on(line: str, following: str) -> bool:
    following = following.lstrip("> ") if line.startswith(">") else following
    if following[:1].islower():
        return True
    return len(line) >= _LONG and not _TERMINAL.search(line[-8:])


def _split_group(group: Sequence[Line], wrapped: bool, width: int, spaced: bool) -> Iterator[Span]:
    """Part the lines of one group; a long group is judged by its own lines.

    Where blank lines part the paragraphs, a line that is short on purpose is looked for at a group's head alone.
    """
    if len(group) >= 4:
        wrapped = _looks_wrapped([group])
        width = max(len(line.text) for line in group)
    shares = (1.0, 1.0) if wrapped and not spaced and _is_filled(group, width) else (_STOPPED, _UNSTOPPED)
    start = group[0].start
    for line, following in pairwise(group):
        if not wrapped or _parts(line, following, 0 if spaced and line is not group[0] else width, shares):
            yield start, line.end
            start = following.start
    yield start, group[-1].end


def _is_filled(group: Sequence[Line], width: int) -> bool:
    """Tell whether a program wrapped the lines: where a sentence goes on, the next word never would have fitted."""
    going = [(line, following) for line, following in pairwise(group) if following.text[:1].islower()]
    loose = sum(_filled_to(line, following) <= width for line, following in going)
    return len(going) >= _ENOUGH and loose <= _LOOSE * len(going)


def _filled_to(line: Line, following: Line) -> int:
    """Give the length of a line with the first word of the next one."""
    return len(line.text) + 1 + len(following.text.split(None, 1)[0])


def _parts(line: Line, following: Line, width: int, shares: tuple[float, float]) -> bool:
    """Tell whether a break between two lines of a wrapped text begins a paragraph.

    Args:
        width: Characters of the longest line; 0 where a short line tells nothing.
        shares: Of the width: up to where a line with a stop, or one without, was broken on purpose if the next word
            would have fitted.
    """
    if _HEADING.match(line.text) or _HEADING.match(following.text):
        return True
    if line.text.startswith(">") != following.text.startswith(">"):
        return True
    stopped = _TERMINAL.search(line.text[-8:]) is not None
    if _LIST_ITEM.match(following.text):
        return stopped or line.text.endswith(",") or _LIST_ITEM.match(line.text) is not None
    if stopped and (_SPEAKER.match(following.text) or following.indent >= line.indent + 2):
        return True
    if following.text[:1].islower():
        return False
    return _filled_to(line, following) <= width * shares[0 if stopped else 1]
