"""Lines as a page shows them → paragraphs: by gaps, first-line indents, size, and short last lines."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_INDENT = 0.5  # of the letters' size, from which on a line is indented
_GAP = 1.35  # times the usual distance of two lines, from which on a paragraph begins
_SHORT = 0.85  # of the column's width, below which a full stop ends a paragraph
_STOP = re.compile(r"[.!?:…][\"'”’»)\]]{0,2}$")
_PARTED = re.compile(r"(?<=[^\W\d_])[-\xad‐]$")


class Line(NamedTuple):
    """A line of text on a page; lengths in points, ``y`` upwards, ``size`` that of its letters."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    page: int


def join_paragraphs(lines: Sequence[Line]) -> list[str]:
    """Join lines, in reading order, into paragraphs; one that goes on in the next column or page stays whole."""
    leading = _usual_distance(lines)
    right = _right_edges(lines)
    words = Counter(word.casefold() for line in lines for word in re.findall(r"[\w-]+", line.text))
    paragraphs: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        after = lines[number + 1] if number + 1 < len(lines) else None
        if before is None or _begins(before, line, after, leading, right[number - 1]):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _join(paragraphs[-1], line.text, words)
    return [paragraph.replace("\xad", "") for paragraph in paragraphs]


def _follows(a: Line, b: Line) -> bool:
    """Tell whether one line stands below another in one column."""
    return a.page == b.page and b.y1 <= a.y1 - 0.5 * a.size and b.x0 < a.x1 and a.x0 < b.x1


def _usual_distance(lines: Sequence[Line]) -> float:
    gaps = [a.y0 - b.y0 for a, b in pairwise(lines) if _follows(a, b) and a.size == b.size]
    return median(gaps) if gaps else 0.0


def _right_edges(lines: Sequence[Line]) -> list[float]:
    """Give for each line where its column ends at the right: the farthest end of the lines that follow each other."""
    edges: list[float] = []
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or not _follows(lines[number - 1], lines[number]):
            edges += [max(line.x1 for line in lines[start:number])] * (number - start)
            start = number
    return edges


def _begins(before: Line, line: Line, after: Line | None, leading: float, right: float) -> bool:
    """Tell whether a line begins a paragraph."""
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size):
        return True
    stopped = _STOP.search(before.text) is not None
    indented = after is not None and _follows(line, after) and line.x0 > after.x0 + _INDENT * line.size
    if not _follows(before, line):
        return stopped and (indented or line.text[:1].isupper()) and (indented or _is_short(before, right))
    if before.y0 - line.y0 > _GAP * max(leading, line.size):
        return True
    if indented or line.x0 > before.x0 + _INDENT * line.size:
        return True
    return stopped and _is_short(before, right)


def _is_short(line: Line, right: float) -> bool:
    return line.x1 - line.x0 < _SHORT * (right - line.x0)


def _join(text: str, line: str, words: Counter[str]) -> str:
    """Join a line; a hyphen at the end goes unless the text writes the word with it elsewhere, or a capital follows."""
    if not _PARTED.search(text) or not line[:1].isalpha():
        return f"{text} {line}"
    first = (re.findall(r"[\w-]+$", text) or [""])[0]
    rest = (re.findall(r"^[\w-]+", line) or [""])[0]
    kept = line[0].isupper() or words[f"{first}{rest}".casefold()] > words[f"{first[:-1]}{rest}".casefold()]
    return (text if kept else text[:-1]) + line
