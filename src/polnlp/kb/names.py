"""How names are compared: the folded key of a name, and what an acronym is."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ə": "a",
        "ʻ": "'", "ʼ": "'", "‘": "'", "’": "'", "`": "'", "´": "'", "ʿ": "'", "ʾ": "'",
        "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?|\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"(?<=\w)'s\s*$", re.IGNORECASE)
_OTHER = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=20_000)
def fold_name(text: str) -> str:
    """Give the key under which a name is looked up: no accents, case, punctuation, final possessive, or leading "the".

    ``U.S.`` and ``US`` fold alike, as do ``People's Party`` and ``Peoples Party's``.
    Characters of other scripts are kept. An empty key means that nothing of the name is left.
    """
    text = text.translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = _POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
    key = _OTHER.sub(" ", text).strip().lower()
    return key[4:] if key.startswith("the ") else key


def slug(text: str) -> str:
    """Give the name as a part of an identifier: ASCII letters, digits and hyphens where possible."""
    return fold_name(text).replace(" ", "-")


def is_acronym(text: str) -> bool:
    """Tell whether a surface form is written as an acronym: capitals and digits only, dots aside, at least two."""
    letters = text.replace(".", "").replace("-", "").replace("/", "")
    return 2 <= len(letters) <= 10 and " " not in letters and letters.isupper() and letters.isalnum()


def initials(key: str, *, skip: frozenset[str] = frozenset()) -> str:
    """Give the first letters of a folded name's words, those in ``skip`` left out."""
    return "".join(word[0] for word in key.split() if word not in skip)
