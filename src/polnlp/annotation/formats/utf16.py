"""Offsets in UTF-16 code units, as Java and JavaScript count, and in code points, as polnlp does."""

from bisect import bisect_left
from itertools import accumulate


class Utf16:
    """Turns offsets into one text from code points to UTF-16 units and back."""

    def __init__(self, text: str) -> None:
        self._units = [0, *accumulate(1 + (character > "\uffff") for character in text)]

    def of(self, offset: int) -> int:
        """Give the UTF-16 offset of a code point's."""
        return self._units[offset]

    def back(self, units: int) -> int:
        """Give the code point's offset; one inside a surrogate pair, or beyond the text, is a ``ValueError``."""
        place = bisect_left(self._units, units)
        if place == len(self._units) or self._units[place] != units:
            raise ValueError(f"UTF-16 offset {units} is no place in the text")
        return place
