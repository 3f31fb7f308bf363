"""The ledger's entries: one per window in which two entities meet, with the two nearest mentions."""

from itertools import pairwise
from typing import Any

from polnlp.schema import Mention

# {article, paragraph, sentence, window, distance, a: {start, end, text, paragraph, sentence, score}, b: {...}};
# paragraph and sentence are those of ``a``, window is the number of the stretch of tokens, ``None`` for other windows.
# A plain dict, because it goes as it is into JSON and onto a networkx edge.
Evidence = dict[str, Any]


def find_nearest(first: list[Mention], second: list[Mention]) -> tuple[Mention, Mention, int]:
    """Give the two mentions, one of each list, with the fewest characters between them.

    Args:
        first: Mentions of one entity, sorted by ``start``, not empty.
        second: Mentions of another; of pairs equally near the first in the text is taken.

    Returns:
        A mention of ``first``, a mention of ``second``, and the characters between them (0 if they touch).
    """
    # In the merged order only neighbours can be nearest: mentions do not overlap.
    merged = sorted([(m.start, m.end, 0, m) for m in first] + [(m.start, m.end, 1, m) for m in second], key=_place)
    best: tuple[Mention, Mention, int] | None = None
    for (_, end, side, left), (start, _, other, right) in pairwise(merged):
        gap = max(0, start - end)
        if side != other and (best is None or gap < best[2]):
            best = (left, right, gap) if side == 0 else (right, left, gap)
    if best is None:
        raise ValueError("find_nearest: both lists must hold a mention")
    return best


def _place(entry: tuple[int, int, int, Mention]) -> tuple[int, int, int]:
    return entry[:3]
