"""Spans that may overlap, as an order in which they can be opened and closed like tags."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Tagged:
    """A stretch of a text and what is to stand before and after it."""

    start: int
    end: int
    before: str
    after: str


def nest(start: int, end: int, spans: Iterable[Tagged]) -> Iterator[tuple[Literal["text"], int, int] | str]:
    """Give the pieces of ``start`` to ``end`` in order: stretches of text, and the tags between them.

    Of spans that cross, the later one is cut where the earlier ends and goes on after it; what lies outside
    ``start`` to ``end`` is left out. Every tag that is opened is closed.
    """
    inside = (Tagged(max(s.start, start), min(s.end, end), s.before, s.after) for s in spans)
    queue = [(s.start, -s.end, number, s) for number, s in enumerate(inside) if s.start < s.end]
    heapq.heapify(queue)
    number, at = len(queue), start
    opened: list[Tagged] = []
    while queue or opened:
        if opened and (not queue or opened[-1].end <= queue[0][0]):
            done = opened.pop()
            yield from _stretch(at, done.end)
            at = max(at, done.end)
            yield done.after
            continue
        _, _, _, span = heapq.heappop(queue)
        if opened and span.end > opened[-1].end:
            cut = opened[-1].end
            heapq.heappush(queue, (cut, -span.end, number, Tagged(cut, span.end, span.before, span.after)))
            number += 1
            span = Tagged(span.start, cut, span.before, span.after)
        yield from _stretch(at, span.start)
        at = max(at, span.start)
        yield span.before
        opened.append(span)
    yield from _stretch(at, end)


def _stretch(start: int, end: int) -> Iterator[tuple[Literal["text"], int, int]]:
    if start < end:
        yield "text", start, end
