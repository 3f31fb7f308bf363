"""Text → word pieces with offsets, and what the pieces do not show: the word's case and known names.

The vocabulary is uncased. "turkey" and "Turkey" are one piece; the case of the word as written goes to the encoder as
a feature beside the piece, and so do matches of the gazetteer.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from polnlp.encoder.gazetteer import KINDS, PieceGazetteer

CASES = ("lower", "title", "upper", "initial", "digits", "mixed", "other")
# A feature per case, and per kind of name one for its first word's pieces and one for the rest.
N_FEATURES = len(CASES) + 2 * len(KINDS)


class Tokens(NamedTuple):
    """A text in pieces.

    Attributes:
        ids: ``(n_pieces,)``, without the marks that open and close a window.
        offsets: ``(n_pieces, 2)``, code points into the text.
        words: ``(n_words,)``, index of each word's first piece. A punctuation mark is a word of its own.
        features: ``(n_pieces, N_FEATURES)``, 0 or 1.
    """

    ids: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int32]
    words: npt.NDArray[np.int32]
    features: npt.NDArray[np.uint8]


class Tokenization:
    """Cuts texts into pieces; one per process is enough, it keeps no state of what it read."""

    def __init__(self, tokenizer: Tokenizer, gazetteer: PieceGazetteer | None = None) -> None:
        """Take a tokenizer; truncation and padding are switched off, for nothing may be dropped unseen."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._gazetteer = gazetteer
        self.open_id, self.close_id = (_id_of(tokenizer, mark) for mark in ("[CLS]", "[SEP]"))

    @classmethod
    def load(cls, folder: Path) -> "Tokenization":
        """Read ``tokenizer.json`` and, where there is one, ``gazetteer.npz``."""
        names = folder / "gazetteer.npz"
        gazetteer = PieceGazetteer.load(names) if names.is_file() else None
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), gazetteer)

    def __call__(self, text: str) -> Tokens:
        """Cut one text; an empty or blank one gives no pieces."""
        encoding = self._tokenizer.encode(_without_surrogates(text), add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int64)
        offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        word_of = np.array(encoding.word_ids, dtype=np.int64)
        words = np.flatnonzero(np.diff(word_of, prepend=-1)).astype(np.int32)
        return Tokens(ids, offsets, words, self._features(text, ids, offsets, words))

    def _features(
        self, text: str, ids: npt.NDArray[np.int64], offsets: npt.NDArray[np.int32], words: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.uint8]:
        features = np.zeros((len(ids), N_FEATURES), dtype=np.uint8)
        if not len(ids):
            return features
        bounds = np.append(words, len(ids))
        starts, ends = offsets[words, 0].tolist(), offsets[bounds[1:] - 1, 1].tolist()
        cases = [case_of(text[start:end]) for start, end in zip(starts, ends, strict=True)]
        features[np.arange(len(ids)), np.repeat(cases, np.diff(bounds))] = 1
        if self._gazetteer is not None:
            self._mark_names(self._gazetteer, features, ids, words, cases)
        return features

    @staticmethod
    def _mark_names(
        gazetteer: PieceGazetteer,
        features: npt.NDArray[np.uint8],
        ids: npt.NDArray[np.int64],
        words: npt.NDArray[np.int32],
        cases: list[int],
    ) -> None:
        starts = words.tolist()
        for start, end, kinds in gazetteer.match(ids, starts, [1 <= case <= 5 for case in cases]):
            columns = [len(CASES) + 2 * kind for kind in range(len(KINDS)) if kinds >> kind & 1]
            features[start, columns] = 1
            features[start + 1 : end, [column + 1 for column in columns]] = 1


def _id_of(tokenizer: Tokenizer, mark: str) -> int:
    number = tokenizer.token_to_id(mark)
    if number is None:
        raise ValueError(f"the tokenizer's vocabulary has no {mark}")
    return number


def case_of(word: str) -> int:
    """Give the index in ``CASES`` of how a word is written."""
    if word.islower():
        return 0
    if word.isdigit():
        return 4
    first = word[:1]
    if first.isupper():
        if len(word) == 1:
            return 3
        if word.isupper():
            return 2
        return 1 if word[1:].islower() else 5
    return 5 if any(map(str.isupper, word)) else 6


def _without_surrogates(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8, which the tokenizer needs; one code point stays one code point.
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("�" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
