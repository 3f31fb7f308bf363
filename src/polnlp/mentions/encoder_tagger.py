"""Names read off the encoder: the best legal tag sequence, with calibrated scores."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from polnlp.encoder import Encoder, Reading, SharedReader
from polnlp.encoder.tags import SCHEMES, TagSpan, decode_tags, tag_spans
from polnlp.mentions.engines import RawName
from polnlp.schema import LABELS


class EncoderTagger:
    """Finds names by one of the two ways of marking."""

    def __init__(self, encoder: Encoder | SharedReader, scheme: str = "codebook") -> None:
        """Take an encoder; ``scheme`` is ``codebook`` or ``crossner`` (its conventions, our labels).

        Raises:
            ValueError: If the encoder has no such output layer.
        """
        known = encoder.encoder if isinstance(encoder, SharedReader) else encoder
        if scheme not in known.schemes:
            raise ValueError(f"unknown scheme {scheme!r}; there are {', '.join(known.schemes or SCHEMES)}")
        self.encoder = encoder
        self.scheme = scheme
        self.source = "encoder"
        self._calibration = known.calibration.get(scheme, {})

    def tag(self, texts: Sequence[str]) -> list[list[RawName]]:
        """Find the names of each text, in order, without overlaps."""
        return list(self.pipe(texts))

    def pipe(self, texts: Iterable[str]) -> Iterator[list[RawName]]:
        """Find names lazily, for many texts."""
        for reading in self.encoder.read(texts, vectors=False):
            yield self.names_of(reading)

    def names_of(self, reading: Reading) -> list[RawName]:
        """Find names in a text that was read already."""
        logits = reading.names[self.scheme]
        tags = decode_tags(logits)
        spans = tag_spans(tags)
        if not spans:
            return []
        bounds = reading.word_spans()
        raw = span_probabilities(logits, tags, spans)
        scores = np.interp(raw, self._calibration["raw"], self._calibration["score"]) if self._calibration else raw
        return [
            RawName(
                int(bounds[span.start, 0]),
                _with_marks(reading.text, int(bounds[span.end - 1, 1])),
                LABELS[span.label],
                score,
            )
            for span, score in zip(spans, np.round(scores, 4).tolist(), strict=True)
        ]


def span_probabilities(
    logits: npt.NDArray[np.float32], tags: npt.NDArray[np.int64], spans: Sequence[TagSpan]
) -> npt.NDArray[np.float64]:
    """Give each span's raw probability: that each of its words has its tag, and the next word does not go on."""
    exponents = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    share = exponents / exponents.sum(axis=1, keepdims=True)
    own = np.log(share[np.arange(len(tags)), tags] + 1e-12)
    raw = np.empty(len(spans))
    for i, (start, end, label) in enumerate(spans):
        goes_on = share[end, 2 + 2 * label] if end < len(tags) else 0.0
        raw[i] = np.exp(own[start:end].sum()) * (1 - goes_on)
    return raw


def _with_marks(text: str, end: int) -> int:
    # A combining mark that closes a word is dropped by the pieces; it belongs to the letter before it.
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
