"""A text cut into pieces, where every mark begins and ends with a piece: tokens for formats that know tokens only."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from polnlp.annotation.items import Mark

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def cut_pieces(
    text: str, marks: Iterable[Mark], words: Sequence[tuple[int, int]] | None = None
) -> list[tuple[int, int]]:
    """Give ``(start, end)`` of pieces that cover the text without a gap.

    Args:
        words: Where a tokenizer cuts; without it words, white space and single signs.
    """
    cuts = {0, len(text)}
    for start, end in words if words is not None else (found.span() for found in _WORD.finditer(text)):
        cuts |= {start, end}
    for mark in marks:
        cuts |= {mark.start, mark.end}
    ordered = sorted(cuts)
    return list(pairwise(ordered))
