"""When two spellings may be one person: transliteration, initials, order and number of names."""

import re
from functools import lru_cache

_SOUNDS = (
    (r"^(?:al|el|ad|ash|as|an|ar|at|az) ", ""), ("kh", "h"), ("dh", "d"), ("gh", "g"), ("zh", "j"), ("dj", "j"),
    ("ph", "f"), ("th", "t"), ("tz", "ts"), ("cz", "ch"), ("sz", "sh"), ("sch", "sh"), ("tch", "ch"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ey", "ei"), ("ay", "ai"), ("y", "i"), ("q", "k"),
    ("c(?![he])", "k"), ("ck", "k"),
    ("w", "v"), ("x", "ks"), (r"(.)\1+", r"\1"), ("ei$", "i"), ("ii", "i"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), to) for pattern, to in _SOUNDS)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Give a word's spelling with the habits of transliteration levelled: Yevgeniy, Evgeni and Jevgenij alike."""
    for pattern, to in _RULES:
        word = pattern.sub(to, word)
    return re.sub(r"^(?:ie|je|e)", "e", word)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Give a word's consonants: Muhammad and Mohamed alike; the first letter is kept whatever it is."""
    heard = sound(word)
    return heard[:1] + re.sub("[aeiou]", "", heard[1:])


def words_agree(one: str, other: str) -> bool:
    """Tell whether two folded words may be one name: equal, one the other's initial, or spelt differently."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if len(short) < 4:
        return sound(short) == sound(long)
    if sound(one) == sound(other):
        return True
    return (
        one[0] == other[0]
        and len(skeleton(short)) >= 3
        and skeleton(one) == skeleton(other)
        and len(long) - len(short) < 3
    )


def names_agree(one: list[str], other: list[str]) -> bool:
    """Tell whether two names (lists of folded words) may be of one person.

    Every word of the shorter must agree with a word of the longer, each used once; at least two whole words must
    agree, and one of them must be the last word of either name, or the first of both.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return False
    left = list(range(len(long)))
    pairs = []
    for place, word in enumerate(short):
        found = next((index for index in left if long[index] == word), None)
        if found is None:
            found = next((index for index in left if words_agree(word, long[index])), None)
        if found is None:
            return False
        left.remove(found)
        pairs.append((place, found))
    whole = [(i, j) for i, j in pairs if min(len(short[i]), len(long[j])) > 1]
    if len(whole) < 2:
        return False
    first = any(i == 0 and j == 0 for i, j in pairs)
    last = any(i == len(short) - 1 and j == len(long) - 1 for i, j in pairs)
    return (first and any(i == len(short) - 1 for i, _ in whole)) or last
