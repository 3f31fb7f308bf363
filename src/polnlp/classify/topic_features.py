"""What a text is about, as named features: its words, parts of words, topic words and kind of text."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from polnlp.classify.topic_words import TOPIC_WORDS

# Block → the length that its part of a row is scaled to.
TOPIC_BLOCKS: Mapping[str, float] = {"words": 1.0, "parts": 1.0, "topics": 2.0, "kind": 0.3}
TOPIC_COUNTS = ("kind",)

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_SHORTEST, _LONGEST = 3, 5  # letters in a part of a word
_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us"})


def describe_topic(text: str) -> dict[str, dict[str, float]]:
    """Give the features of a text: block → feature name → value (damped counts)."""
    original = _WORD.findall(text)
    words = [word.lower().replace("’", "'") for word in original]
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    parts = Counter(part for word in words for part in split_word(word))
    topics = Counter(topic for form in (*words, *pairs) for topic in find_topics(form))
    return {
        "words": damp(Counter([*words, *pairs])),
        "parts": damp(parts),
        "topics": damp(topics),
        "kind": dict.fromkeys(describe_kind(text, original), 1.0),
    }


def damp(counts: Counter[str]) -> dict[str, float]:
    """Give each count's square root: the tenth occurrence of a word says less than the first."""
    return {name: count**0.5 for name, count in counts.items()}


@lru_cache(maxsize=65_536)
def split_word(word: str) -> tuple[str, ...]:
    """Give a word's parts of 3 to 5 letters, with ``_`` for its borders: ``tax`` has ``_ta``, ``tax``, ``_tax_`` ..."""
    framed = f"_{word}_"
    if len(framed) > 64:  # no word: a link or a broken line
        return ()
    return tuple(
        framed[start : start + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(framed) - size + 1)
    )


@lru_cache(maxsize=65_536)
def find_topics(form: str) -> tuple[str, ...]:
    """Name the topics that a word or a pair of words speaks for, by the topic words."""
    found = list(_FORMS.get(form, ()))
    for end in range(3, min(len(form), _LONGEST_STEM) + 1):
        found += _STEMS.get(form[:end], ())
    return tuple(found)


def describe_kind(text: str, words: list[str]) -> list[str]:
    """Name what tells a headline from a speech or a bill: length, final mark, capitals, first person."""
    count = len(words)
    capitals = sum(word[0].isupper() for word in words) / max(count, 1)
    found = [f"length {min(8, (count + 1).bit_length())}", f"capitals {int(capitals * 5)}"]
    if count and sum(word.isdigit() for word in words) * 4 >= count:
        found.append("figures")
    if text.startswith(("To ", "A bill ", "A resolution ")):
        found.append("bill")
    if text.rstrip()[-1:] not in tuple(".!?;,:”\"'"):
        found.append("no final mark")
    if any(word.lower() in _FIRST_PERSON for word in words):
        found.append("first person")
    return found


def _index_topic_words() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Index whole forms and stems; a hyphen also stands for a space ("free-trade")."""
    forms: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    for topic, entries in TOPIC_WORDS.items():
        for entry in entries.split():
            index = stems if entry.endswith("*") else forms
            for form in {entry.rstrip("*"), entry.rstrip("*").replace("-", " ")}:
                index.setdefault(form, []).append(topic)
    return forms, stems


_FORMS, _STEMS = _index_topic_words()
_LONGEST_STEM = max(map(len, _STEMS))
