"""Quotation marks of all styles → the spans that they enclose, one within the other."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DOUBLE = {"“": "”", "«": "»", "„": "“”", "‟": "”", "「": "」", "``": "''"}
_SINGLE = {"‘": "’", "‹": "›", "‚": "‘’"}
_PARTNERS = {**_DOUBLE, **_SINGLE}
_CLOSING = frozenset("”»」’›")
_BREAK = "\n"
_MAX_DEPTH = 4
_MARK = re.compile(r"``|''|[\"'“”„‟«»‹›‘’‚「」\n]")


class Marked(NamedTuple):
    """What a pair of quotation marks encloses, without the marks; ``closed`` is false where the end mark is missing."""

    start: int
    end: int
    mark_start: int
    mark_end: int
    closed: bool = True


class _Open(NamedTuple):
    mark: str
    mark_start: int
    start: int


def find_marked(text: str) -> list[Marked]:
    """Find what quotation marks enclose, ordered by start, the outer before the inner.

    A quotation without its end mark runs on where the next paragraph begins with the same mark again, as speeches of
    several paragraphs are set; else it ends with its paragraph.
    """
    found: list[Marked] = []
    stack: list[_Open] = []
    reached = 0
    for match in _MARK.finditer(text):
        if match.start() < reached:
            continue  # white space after a paragraph's end, or a mark that takes a quotation up again
        if not match[0].isspace():
            _read_mark(text, match.start(), match[0], stack, found)
        elif is_paragraph_break(text, match.start()):
            reached = _end_paragraph(text, skip_space(text, match.start()), stack, found)
    _close_all(len(text.rstrip()), stack, found)
    return sorted(found, key=lambda span: (span.start, -span.end))


def is_paragraph_break(text: str, position: int) -> bool:
    """Tell whether the line break at ``position`` ends a paragraph: an empty line follows, or a new opening mark."""
    end = skip_space(text, position)
    return text.count(_BREAK, position, end) > 1 or text[end : end + 1] in ("“", "«", '"', "—", "–", "-", "")


def skip_space(text: str, position: int) -> int:
    """Give the next position that is no white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _end_paragraph(text: str, position: int, stack: list[_Open], found: list[Marked]) -> int:
    """Close what the paragraph left open, unless the next one takes it up with its mark; give where to read on."""
    if stack and text.startswith(stack[0].mark, position):
        del stack[1:]
        return position + len(stack[0].mark)
    _close_all(len(text[:position].rstrip()) if stack else position, stack, found)
    return position


def _close_all(end: int, stack: list[_Open], found: list[Marked]) -> None:
    for opened in stack:
        if end > opened.start and opened.mark not in ("'", "‘", "‚"):  # a lone single mark is an apostrophe
            found.append(Marked(opened.start, end, opened.mark_start, end, closed=False))
    stack.clear()


def _read_mark(text: str, position: int, mark: str, stack: list[_Open], found: list[Marked]) -> None:
    """Open or close a quotation at a mark, or pass an apostrophe over."""
    if mark in ('"', "'", "’", "''") or (mark == "“" and stack and stack[-1].mark == "„"):
        depth = next((at for at in range(len(stack) - 1, -1, -1) if closes(mark, stack[at].mark)), None)
        if depth is not None and can_close(text, position, mark):
            _close(depth, position, len(mark), stack, found)
        elif mark in ('"', "'") and depth is None and can_open(text, position) and len(stack) < _MAX_DEPTH:
            stack.append(_Open(mark, position, position + 1))
    elif mark in _PARTNERS:
        if (mark not in _SINGLE or can_open(text, position)) and len(stack) < _MAX_DEPTH:
            stack.append(_Open(mark, position, position + len(mark)))
    else:
        depth = next((at for at in range(len(stack) - 1, -1, -1) if closes(mark, stack[at].mark)), None)
        if depth is not None:
            _close(depth, position, len(mark), stack, found)


def closes(mark: str, opening: str) -> bool:
    """Tell whether a mark can end what ``opening`` began; writers mix straight and curly ones."""
    if opening == mark:
        return mark in ('"', "'")
    partners = _PARTNERS.get(opening, "")
    return mark in partners or (mark == '"' and opening in ("“", "„")) or (mark == "”" and opening == '"')


def _close(depth: int, position: int, length: int, stack: list[_Open], found: list[Marked]) -> None:
    opened = stack[depth]
    del stack[depth:]
    if position > opened.start:
        found.append(Marked(opened.start, position, opened.mark_start, position + length))


def can_open(text: str, position: int) -> bool:
    """Tell whether a mark may open a quotation: nothing wordlike before it, no space after it."""
    before = text[position - 1 : position] if position else ""
    after = text[position + 1 : position + 2]
    return not (before.isalnum() or (before in ("’", "'") and before)) and bool(after) and not after.isspace()


def can_close(text: str, position: int, mark: str) -> bool:
    """Tell whether a mark may end a quotation; between letters, a single one is an apostrophe."""
    after = text[position + 1 : position + 2]
    if mark in ("'", "’"):
        return not after.isalnum() and not _is_plural_possessive(text, position)
    return True


def _is_plural_possessive(text: str, position: int) -> bool:
    """Tell whether a single mark reads as in "the workers’ party": an s before it, a word after it, another to come."""
    if text[position - 1 : position] != "s" or not re.match(r" [^\W\d_A-Z]", text[position + 1 : position + 3]):
        return False
    rest = text[position + 1 : position + 300].split("\n", 1)[0]
    return re.search(rf"[\w.,!?]{text[position]}(?!\w)", rest) is not None


def iter_top(spans: list[Marked], start: int, end: int) -> Iterator[Marked]:
    """Give the outermost of the spans that lie between ``start`` and ``end``."""
    reached = start
    for span in spans:
        if span.mark_start >= reached and span.mark_end <= end:
            yield span
            reached = span.mark_end
