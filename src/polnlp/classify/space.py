"""From named features to rows of a sparse matrix."""

from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.preprocessing import normalize

# Block name → feature name → value: what the describe_* functions give.
Blocks = Mapping[str, Mapping[str, float]]


class FeatureSpace:
    """Gives every known feature a column; each block of features is weighed by rarity and scaled to one length.

    Attributes:
        lengths: Block name → Euclidean length that its part of a row is scaled to. Blocks of counts, named in
            ``counts``, are not scaled but multiplied by it.
        counts: Blocks whose values stay as they are: neither weighed by rarity nor scaled.
        columns: Block name → feature name → column within the block.
        rarity: Block name → inverse document frequency of each of its columns.
    """

    def __init__(
        self,
        lengths: Mapping[str, float],
        counts: Collection[str],
        columns: Mapping[str, Mapping[str, int]],
        rarity: Mapping[str, npt.NDArray[np.float32]],
    ) -> None:
        self.lengths = dict(lengths)
        self.counts = frozenset(counts)
        self.columns = columns
        self.rarity = rarity

    @classmethod
    def fit(
        cls, rows: Sequence[Blocks], lengths: Mapping[str, float], *, counts: Collection[str] = (), min_count: int = 2
    ) -> Self:
        """Learn the columns from training rows; a feature of fewer than ``min_count`` rows gets none."""
        columns, rarity = {}, {}
        for block in lengths:
            seen = Counter(name for row in rows for name in row[block])
            kept = sorted(name for name, count in seen.items() if count >= min_count)
            columns[block] = {name: index for index, name in enumerate(kept)}
            frequency = np.array([seen[name] for name in kept], dtype=np.float32)
            rarity[block] = (np.log((1 + len(rows)) / (1 + frequency)) + 1).astype(np.float32)
        return cls(lengths, counts, columns, rarity)

    @property
    def names(self) -> list[str]:
        """Name of each column, as ``block: feature``."""
        return [f"{block}: {name}" for block in self.lengths for name in self.columns[block]]

    def transform(self, rows: Sequence[Blocks]) -> csr_matrix:
        """Give the matrix of shape ``(n_rows, n_columns)``; features that were not learned are passed over."""
        return hstack([self._transform_block(rows, block) for block in self.lengths], format="csr", dtype=np.float32)

    def _transform_block(self, rows: Sequence[Blocks], block: str) -> csr_matrix:
        known = self.columns[block]
        ends, places, values = array("q", [0]), array("q"), array("f")
        for row in rows:
            found = [(known[name], value) for name, value in row[block].items() if name in known]
            places.extend([place for place, _ in found])
            values.extend([value for _, value in found])
            ends.append(len(places))
        data = np.array(values, dtype=np.float32)
        at = np.array(places, dtype=np.int64)
        if block in self.counts or not len(data):
            return csr_matrix((data * self.lengths[block], at, np.array(ends)), shape=(len(rows), len(known)))
        weighed = csr_matrix((data * self.rarity[block][at], at, np.array(ends)), shape=(len(rows), len(known)))
        return normalize(weighed) * np.float32(self.lengths[block])
