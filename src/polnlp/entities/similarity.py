"""When two forms of a name may be one: acronyms, shortened names, variants, misspellings."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from polnlp.entities.forms import Form
from polnlp.entities.similarity_words import (
    ARMS,
    COMPANY,
    COMPASS,
    HEADS,
    NICKNAMES,
    RELATING,
    SCHOOLS,
    SMALL,
    TRADES,
    TURNING,
    UNITS,
)
from polnlp.kb.names import fold_name


@lru_cache(maxsize=5_000)
def fits_acronym(short: Form, long: Form, *, defined: bool) -> bool:
    """Tell whether an acronym may stand for a name.

    Args:
        defined: The two stand side by side, one in brackets: then the letters need only occur in the name in any
            language's order (PSUV for the United Socialist Party of Venezuela, APAIS for Alianza PAIS).
    """
    if not short.acronym or long.acronym or len(long.words) < 2:
        return False
    letters = short.key.replace(" ", "")
    full = "".join(word[0] for word in long.words)
    bare = "".join(word[0] for word in long.words if word not in SMALL)
    if letters in (full, bare):
        return True
    if len(letters) >= 3 and _covers(letters, [word for word in long.words if word not in SMALL]):
        return True
    if not defined:
        return False
    return (
        sorted(letters) == sorted(bare) or _shares(letters, bare) or _runs_through(letters, long.key.replace(" ", ""))
    )


def _covers(letters: str, words: list[str]) -> bool:
    """Tell whether the letters are beginnings of all the words in order (CONAIE, Benelux)."""
    if not words:
        return not letters
    return any(letters[:size] == words[0][:size] and _covers(letters[size:], words[1:]) for size in range(1, 4))


def _shares(letters: str, initials: str) -> bool:
    left = list(initials)
    for letter in letters:
        if letter in left:
            left.remove(letter)
    return len(initials) - len(left) >= max(2, len(letters) - 1) and len(initials) <= len(letters) + 2


def _runs_through(letters: str, name: str) -> bool:
    left = iter(name)
    return letters[0] == name[0] and all(letter in left for letter in letters)


@lru_cache(maxsize=5_000)
def people_agree(one: Form, two: Form) -> str | None:
    """Give the rule by which two full names may be of one person, ``None`` where they may not."""
    short, long = sorted((one.words, two.words), key=lambda words: (len(words), words))
    if len(short) < 2 or (one.gender and two.gender and one.gender != two.gender):
        return None
    if len(short) == len(long):
        return _same_length(short, long)
    if short[0] == long[0] and (short[-1] in long[1:]) and _in_order(short, long):
        return "full-name"
    if short[-1] == long[-1] and _given_agree(short[0], long[0]) and _in_order(short[1:], long[1:]):
        return "full-name"
    if short == long[-len(short) :] or (len(short) > 1 and short == long[: len(short)]):
        return "full-name"
    return None


def _same_length(one: tuple[str, ...], two: tuple[str, ...]) -> str | None:
    if one == two:
        return "full-name"
    unlike = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(unlike) > 1:
        return "full-name" if len(one) == 2 and one == two[::-1] else None
    first, second = unlike[0]
    if one[0] != two[0] and _given_agree(first, second):
        return "full-name"
    return "misspelling" if _is_typo(first, second) else None


def _given_agree(one: str, two: str) -> bool:
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    return (
        one == two
        or frozenset((one, two)) in NICKNAMES
        or ((one.startswith(two) or two.startswith(one)) and min(len(one), len(two)) > 2)
    )


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    left = iter(long)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in left) for word in short)


def _is_typo(one: str, two: str) -> bool:
    """Tell whether two words may be one, misspelt: one slip, and two from eight letters on; the first letter stays."""
    if min(len(one), len(two)) < 4 or one[0] != two[0] or one.isdigit() or two.isdigit():
        return False
    if one.removesuffix("ern").endswith(COMPASS) and two.removesuffix("ern").endswith(COMPASS):
        return False
    if one.startswith(two) or two.startswith(one):  # a country and its people, not a slip
        return False
    allowed = 2 if min(len(one), len(two)) >= 8 else 1
    return DamerauLevenshtein.distance(one, two, score_cutoff=allowed) <= allowed


def is_plural(one: Form, two: Form) -> bool:
    """Tell whether the second name is the first one's plural: "Bolivian" and "Bolivians"."""
    return len(one.key) > 3 and two.key == f"{one.key}s"


def _without_company(form: Form) -> tuple[str, ...]:
    return tuple(word for word in form.words if word not in COMPANY) or form.words


@lru_cache(maxsize=5_000)
def is_variant(one: Form, two: Form) -> bool:
    """Tell whether two names are one but for spelling: a plural, hyphens, one slip in a long name."""
    if one.acronym or two.acronym or one.key == two.key:
        return False
    if one.key.replace(" ", "") == two.key.replace(" ", "") or _without_company(one) == _without_company(two):
        return True
    if len(one.words) != len(two.words):
        bare = [tuple(word for word in form.words if word not in SMALL) for form in (one, two)]
        return len(bare[0]) > 1 and bare[0] == bare[1]
    unlike = [(a, b) for a, b in zip(one.words, two.words, strict=True) if a != b]
    if len(unlike) != 1:
        return False
    first, second = unlike[0]
    if len(one.words) == 1 and min(len(first), len(second)) < 6:
        return False
    if first.isdigit() or second.isdigit():
        return False
    return (first.rstrip("s") == second.rstrip("s") and len(first) > 3) or (len(first) > 5 and _is_typo(first, second))


@lru_cache(maxsize=5_000)
def is_described(one: Form, two: Form) -> bool:
    """Tell whether the second name is the first with a description or an owner before it.

    "German airline Lufthansa", "Washington-based Human Rights Watch", "Apple's iTunes Store".
    """
    words = two.name.split()
    if one.several or two.several or len(one.words) >= len(two.words) or two.words[-len(one.words) :] != one.words:
        return False
    for size in range(1, len(words)):
        if fold_name(" ".join(words[-size:])) == one.key:
            before = words[-size - 1]
            if RELATING & {word.lower() for word in words[:-size]}:
                return False
            owned = before.endswith(("'s", "’s", "s'", "s’"))
            plain = before.isalpha() and before.islower() and len(before) > 2
            return owned or plain or before.endswith("based")
    return False


@lru_cache(maxsize=5_000)
def is_head(one: Form, two: Form) -> bool:
    """Tell whether a capitalised common word is the head of a name: "the Assembly" of "Constituent Assembly"."""
    return is_common_head(one) and heads_name(one.key, two.words)


def is_common_head(form: Form) -> bool:
    """Tell whether a form is but a common word by which bodies are called that were named in full before."""
    return len(form.words) == 1 and form.key in HEADS


def heads_name(word: str, words: Sequence[str]) -> bool:
    """Tell whether a word is the head of a folded name, which may go on with "of" or the like."""
    if len(words) < 2:
        return False
    return words[-1] == word or (words[0] == word and words[1] in ("of", "for", "on", "to"))


@lru_cache(maxsize=5_000)
def is_town(one: Form, two: Form) -> bool:
    """Tell whether the second name is the first with "City" or what follows a comma: "Mobile, Alabama"."""
    return two.words == (*one.words, "city") or (two.name.startswith(f"{one.name},") and not two.several)


@lru_cache(maxsize=5_000)
def is_shortened(one: Form, two: Form) -> bool:
    """Tell whether the first name is the second one cut short: "Northrop" of "Northrop Grumman"."""
    if one.acronym or one.several or two.several or len(one.words) >= len(two.words) or len(one.key) < 4:
        return False
    size = len(one.words)
    if two.words[:size] == one.words:
        rest = two.words[size:]
        bodies = one.kind == two.kind == "body"
        if set(rest) <= COMPANY | TRADES or (bodies and len(rest) == 1 and rest[0] in SCHOOLS):
            return True
        if bodies and size > 1 and rest[0] == "for":
            return True
        # More than a word more is another body: "African Union Mission in the Sudan".
        return len(rest) == 1 and not set(rest) & (TURNING | UNITS | ARMS)
    if two.words[-size:] == one.words and size > 1:
        return len(two.words) - size == 1 and two.words[0] not in TURNING
    return False


@lru_cache(maxsize=5_000)
def is_clipped(one: Form, two: Form) -> bool:
    """Tell whether the first name leaves out a word within the second: "Kruger Park" of "Kruger National Park"."""
    if one.several or two.several or len(one.words) < 2 or len(two.words) != len(one.words) + 1:
        return False
    first = one.words[0]
    ends = first == two.words[0] and one.words[-1] == two.words[-1]
    return ends and len(first) > 4 and first not in TURNING | HEADS and _in_order(one.words, two.words)


@lru_cache(maxsize=5_000)
def is_tail(one: Form, two: Form) -> bool:
    """Tell whether the first name is the second one's last word: "Pirates", "Firefox"."""
    if one.acronym or len(one.words) != 1 or two.several or len(two.words) > 3 or len(one.key) < 4 or one.key in HEADS:
        return False
    return two.words[-1:] == one.words and len(two.words) > 1 and not TURNING & set(two.words)
