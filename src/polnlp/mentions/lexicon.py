"""Names known beforehand, as evidence that the tagger reads beside the words.

A lexicon holds no text: a name is the hash of its words, with the kinds of thing that it may be. It says that a stretch
of words *could* name a party; the tagger learns how far to trust that. Accents are ignored, case is not.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

from polnlp.errors import ModelError

KINDS: tuple[str, ...] = (
    "party",
    "party-acronym",
    "leader",
    "surname",
    "first-name",
    "org",
    "org-acronym",
    "country",
    "region",
    "city",
    "demonym",
)
MAX_WORDS = 8
_SEPARATOR = "\x1f"
_FILE = "names.npz"


def fold_word(word: str) -> str:
    """Give a word without its accents: ``Chávez`` is found as ``Chavez``."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


class Lexicon:
    """Finds the longest known names in a sequence of words, from left to right, without overlaps."""

    def __init__(self, kinds_of: dict[int, int] | None = None) -> None:
        """Take the names: hash of the words to its kinds, one bit each in the order of ``KINDS``."""
        self.kinds_of = dict(kinds_of or {})

    @classmethod
    def of_names(cls, names: Iterable[tuple[Sequence[str], str]]) -> "Lexicon":
        """Build from pairs of words and kind; kinds of a name given twice are joined. Longer names are left out."""
        lexicon = cls()
        for words, kind in names:
            if 0 < len(words) <= MAX_WORDS:
                key = get_string_id(_SEPARATOR.join(fold_word(word) for word in words))
                lexicon.kinds_of[key] = lexicon.kinds_of.get(key, 0) | 1 << KINDS.index(kind)
        return lexicon

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Find known names that begin with a capital: ``(start, end, kinds)`` in words, ``kinds`` as bits."""
        folded = [fold_word(word) for word in words]
        found, start = [], 0
        while start < len(folded):
            length, kinds = self._match(folded, start) if folded[start][:1].isupper() else (1, 0)
            if kinds:
                found.append((start, start + length, kinds))
            start += length
        return found

    def knows(self, words: Sequence[str], kind: str) -> bool:
        """Tell whether these words are a name of that kind."""
        kinds = self.kinds_of.get(get_string_id(_SEPARATOR.join(fold_word(word) for word in words)), 0)
        return bool(kinds >> KINDS.index(kind) & 1)

    def _match(self, words: list[str], start: int) -> tuple[int, int]:
        for end in range(min(len(words), start + MAX_WORDS), start, -1):
            kinds = self.kinds_of.get(get_string_id(_SEPARATOR.join(words[start:end])))
            if kinds:
                return end - start, kinds
        return 1, 0

    def save(self, path: Path) -> None:
        """Write to an ``.npz`` file, sorted, so that the same names give the same bytes."""
        hashes = np.array(sorted(self.kinds_of), dtype=np.uint64)
        kinds = np.array([self.kinds_of[key] for key in sorted(self.kinds_of)], dtype=np.uint16)
        with path.open("wb") as file:
            np.savez(file, hashes=hashes, kinds=kinds)

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read what ``save`` wrote.

        Raises:
            ModelError: If the file is missing or damaged.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return cls(dict(zip(arrays["hashes"].tolist(), arrays["kinds"].tolist(), strict=True)))
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{path}: not a lexicon of names ({error}). Install polnlp anew.") from error


@Language.factory("polnlp_lexicon", assigns=["token.tag"])
def make_lexicon(nlp: Language, name: str) -> "LexiconMarker":
    """Make the component; its names come from disk or from ``LexiconMarker.lexicon``."""
    return LexiconMarker(Lexicon())


class LexiconMarker:
    """Writes what the lexicon knows of a word into ``token.tag_``: ``B-leader+surname``, ``I-party``.

    The tag is the one attribute of a token that spaCy's hash embeddings read and that our pipelines do not use
    otherwise. It runs on the tagger's own Docs, never on a user's.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Tag the words of one Doc."""
        for start, end, kinds in self.lexicon.find([token.text for token in doc]):
            names = "+".join(kind for bit, kind in enumerate(KINDS) if kinds >> bit & 1)
            for index in range(start, end):
                doc[index].tag_ = f"{'B' if index == start else 'I'}-{names}"
        return doc

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Write the names, as spaCy asks of a component."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.lexicon.save(Path(path) / _FILE)

    def from_disk(self, path: Path, exclude: Any = ()) -> "LexiconMarker":
        """Read the names, as spaCy asks of a component."""
        self.lexicon = Lexicon.load(Path(path) / _FILE)
        return self
