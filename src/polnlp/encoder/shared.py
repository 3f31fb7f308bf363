"""One reading for all who ask in turn: names, topics and stances are read off the same vectors."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from polnlp.encoder.reader import WIDTH, Encoder, Reading
from polnlp.models import find_model, hash_file

Floats = npt.NDArray[np.float32]
Span = tuple[int, int]

CAPACITY = 20_000  # pieces whose readings are kept, 31 MB: more than a long article has
_LETTERS_A_PIECE = 2  # at least, in text that has words


class SharedReader:
    """Reads a text once, and keeps the readings of the last texts for who asks next.

    What is kept changes nothing but the time: a text's reading depends on the text alone.
    """

    def __init__(self, encoder: Encoder, *, fingerprint: str = "", capacity: int = CAPACITY) -> None:
        """Take an encoder; ``fingerprint`` is the hash of its weights, by which a head knows it."""
        self.encoder = encoder
        self.fingerprint = fingerprint
        self._capacity = capacity
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._n_pieces = 0

    def read(self, texts: Iterable[str], *, vectors: bool = True) -> Iterator[Reading]:
        """Give a reading per text, in order.

        Args:
            texts: Usually one paragraph each. Taken lazily.
            vectors: Without them a text too long to be kept takes less memory while it is read.
        """
        for text in texts:
            reading = self._kept.get(text)
            if reading is None:
                long = len(text) > _LETTERS_A_PIECE * self._capacity
                (reading,) = self.encoder.read([text], vectors=vectors or not long)
                if not long:
                    self._keep(text, reading)
            else:
                self._kept.move_to_end(text)
            yield reading

    def _keep(self, text: str, reading: Reading) -> None:
        self._kept[text] = reading
        self._n_pieces += len(reading.offsets)
        while self._n_pieces > self._capacity and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._n_pieces -= len(oldest.offsets)


@cache
def load_reader(folder: Path) -> SharedReader:
    """Open the encoder of a model folder, once for all who use it.

    Raises:
        ModelError: As ``Encoder.load``.
    """
    return SharedReader(Encoder.load(folder), fingerprint=hash_file(folder / "encoder.onnx"))


def default_reader() -> SharedReader:
    """Open the shipped encoder, once."""
    return load_reader(find_model("encoder"))


def mean_vector(reading: Reading) -> Floats:
    """Give the mean of a text's vectors, ``(384,)``; zeros for a text without words."""
    return reading.vectors.mean(axis=0) if len(reading.vectors) else np.zeros(WIDTH, np.float32)


def target_vector(reading: Reading, spans: Iterable[Span]) -> Floats:
    """Give the mean of the pieces that lie in one of the spans, at least in part, beside the text's mean, ``(768,)``.

    Spans in which no piece lies give the text's mean twice.
    """
    pieces = pieces_in(reading.offsets, spans)
    whole = mean_vector(reading)
    return np.concatenate([reading.vectors[pieces].mean(axis=0) if len(pieces) else whole, whole])


def pieces_in(offsets: npt.NDArray[np.int32], spans: Iterable[Span]) -> npt.NDArray[np.int64]:
    """Give the indices of the pieces that lie in one of the spans, at least in part."""
    inside = np.zeros(len(offsets), dtype=bool)
    for start, end in spans:
        inside |= (offsets[:, 0] < end) & (offsets[:, 1] > start)
    return np.flatnonzero(inside)
