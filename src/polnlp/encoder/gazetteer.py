"""Names known beforehand, matched on word pieces: evidence that the encoder reads beside the words.

A name is kept as the sequence of its pieces, so that case, accents and spelling of the text are treated as the encoder
treats them. The encoder learns how far to trust a match; nothing is decided here.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

KINDS: tuple[str, ...] = (
    "party",
    "party_acronym",
    "leader",
    "leader_surname",
    "country",
    "region",
    "city",
    "organisation",
    "demonym",
)
_PIECE_BYTES = 2  # a vocabulary of 30,522 pieces fits in 16 bits


class PieceGazetteer:
    """Finds the longest known names in a sequence of pieces, from left to right, without overlaps."""

    def __init__(self, kinds_of: Mapping[bytes, int], longest: Mapping[bytes, int]) -> None:
        """Take the names.

        Args:
            kinds_of: A name's pieces (16 bits each) to its kinds, one bit each in the order of ``KINDS``.
            longest: A name's first piece to the number of pieces of the longest name that begins so.
        """
        self._kinds_of = kinds_of
        self._longest = longest

    @classmethod
    def of_pieces(cls, names: Iterable[tuple[Sequence[int], int]]) -> "PieceGazetteer":
        """Build from pairs of piece ids and kinds; kinds of a name given twice are joined."""
        kinds_of: dict[bytes, int] = {}
        longest: dict[bytes, int] = {}
        for pieces, kinds in names:
            key = np.asarray(pieces, dtype="<u2").tobytes()
            kinds_of[key] = kinds_of.get(key, 0) | kinds
            first = key[:_PIECE_BYTES]
            longest[first] = max(longest.get(first, 0), len(pieces))
        return cls(kinds_of, longest)

    @classmethod
    def load(cls, path: Path) -> "PieceGazetteer":
        """Read what ``save`` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            pieces, lengths, kinds = (arrays[name] for name in ("pieces", "lengths", "kinds"))
        buffer = pieces.astype("<u2").tobytes()
        ends = (np.cumsum(lengths, dtype=np.int64) * _PIECE_BYTES).tolist()
        starts = [0, *ends[:-1]]
        keys = [buffer[start:end] for start, end in zip(starts, ends, strict=True)]
        longest: dict[bytes, int] = {}
        for key, length in zip(keys, lengths.tolist(), strict=True):
            first = key[:_PIECE_BYTES]
            if length > longest.get(first, 0):
                longest[first] = length
        return cls(dict(zip(keys, kinds.tolist(), strict=True)), longest)

    def save(self, path: Path) -> None:
        """Write to an ``.npz`` file, sorted, so that the same names give the same bytes."""
        keys = sorted(self._kinds_of)
        np.savez_compressed(
            path,
            pieces=np.frombuffer(b"".join(keys), dtype="<u2"),
            lengths=np.array([len(key) // _PIECE_BYTES for key in keys], dtype=np.uint8),
            kinds=np.array([self._kinds_of[key] for key in keys], dtype=np.uint16),
        )

    def __len__(self) -> int:
        return len(self._kinds_of)

    def match(
        self, ids: npt.NDArray[np.int64], word_starts: Sequence[int], capitalised: Sequence[bool]
    ) -> list[tuple[int, int, int]]:
        """Find names that begin at a capitalised word and end with a word.

        Args:
            ids: Piece ids.
            word_starts: Index of each word's first piece, ascending.
            capitalised: Whether a name may begin at this word, one per word.

        Returns:
            ``(first piece, end piece, kinds)`` in order.
        """
        buffer = ids.astype("<u2").tobytes()
        bounds = [*word_starts, len(ids)]
        found, word = [], 0
        while word < len(word_starts):
            end_word, kinds = self._match_at(buffer, bounds, word) if capitalised[word] else (word, 0)
            if kinds:
                found.append((bounds[word], bounds[end_word], kinds))
            word = max(end_word, word + 1)
        return found

    def _match_at(self, buffer: bytes, bounds: Sequence[int], word: int) -> tuple[int, int]:
        start = bounds[word] * _PIECE_BYTES
        limit = bounds[word] + self._longest.get(buffer[start : start + _PIECE_BYTES], 0)
        best, kinds = word, 0
        for end_word in range(word + 1, len(bounds)):
            if bounds[end_word] > limit:
                break
            found = self._kinds_of.get(buffer[start : bounds[end_word] * _PIECE_BYTES], 0)
            if found:
                best, kinds = end_word, found
        return best, kinds
