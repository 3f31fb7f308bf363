"""When two forms of a name may be one: acronyms, shortened names, variants, misspellings."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from polnlp.entities.forms import Form
from polnlp.kb.names import fold_name

# fmt: off
_SMALL = frozenset(
    [
        "of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "del", "los", "las", "el", "y", "e", "da",
        "do", "dos", "das", "du", "des", "et", "und", "van", "von", "der", "di",
    ]
)
# fmt: on
# Words that make another thing of what they stand before or behind.
# fmt: off
_TURNING = frozenset(
    [
        "north", "south", "east", "west", "new", "old", "northern", "southern", "eastern", "western", "upper",
        "lower", "central", "greater", "anti", "pro", "non", "vice", "deputy", "ex", "former", "university",
        "college", "school", "institute", "hospital", "airport", "stadium", "street", "party", "youth", "national",
        "international",
    ]
)
# fmt: on
# A company's or body's name with one of these is a part of it: "Sony Pictures", "Ford Australia".
_UNITS = frozenset(
    [
        "pictures",
        "entertainment",
        "games",
        "studios",
        "mobile",
        "electronics",
        "records",
        "music",
        "news",
        "sports",
        "television",
        "tv",
        "radio",
        "foundation",
        "orchestra",
        "europe",
        "asia",
        "africa",
        "america",
        "americas",
        "australia",
        "canada",
        "china",
        "india",
        "japan",
        "russia",
        "usa",
        "uk",
    ]
)  # fmt: skip
_COMPASS = ("north", "south", "east", "west")
# fmt: off
_NICKNAMES = {
    frozenset(pair.split("/"))
    for pair in [
        "bill/william", "bob/robert", "bobby/robert", "jim/james", "jimmy/james", "joe/joseph", "mike/michael",
        "tony/anthony", "tom/thomas", "ted/edward", "ed/edward", "dick/richard", "rick/richard", "chuck/charles",
        "charlie/charles", "dan/daniel", "dave/david", "steve/stephen", "steve/steven", "chris/christopher",
        "matt/matthew", "greg/gregory", "jeff/jeffrey", "ken/kenneth", "larry/lawrence", "nick/nicholas",
        "pat/patrick", "ron/ronald", "sam/samuel", "tim/timothy", "al/albert", "al/alan", "andy/andrew",
        "ben/benjamin", "don/donald", "fred/frederick", "jack/john", "jerry/gerald", "jon/jonathan", "kate/katherine",
        "liz/elizabeth", "maggie/margaret", "meg/margaret", "pete/peter", "rob/robert", "sue/susan", "vince/vincent",
        "walt/walter", "will/william", "alex/alexander", "abe/abraham", "gerry/gerald", "harry/harold", "hank/henry",
        "marty/martin", "mitch/mitchell", "newt/newton", "phil/philip", "ray/raymond", "rudy/rudolph",
        "sandy/alexander", "stan/stanley", "terry/terence", "theo/theodore", "wes/wesley", "zach/zachary",
        "debbie/deborah", "cathy/catherine", "kathy/katherine", "jenny/jennifer", "becky/rebecca", "sandra/sandy",
        "beth/elizabeth", "betsy/elizabeth", "bernie/bernard", "eli/ely", "mick/michael",
    ]
}
# fmt: on


# Words that tie two parts of one name together.
_RELATING = _SMALL | frozenset(
    [
        "toward", "towards", "against", "without", "with", "under", "over", "between", "among", "from", "through",
        "into", "by", "at", "upon", "near", "across", "who", "which", "that", "pour", "par", "para", "por", "contra",
        "sobre", "entre", "sur", "des", "aux", "della", "delle", "dei", "degli", "nel", "fuer", "zur", "zum", "voor",
        "bin", "ibn", "ben", "van", "den", "ter", "dos", "abu", "and", "or", "per", "pro", "sans",
    ]
)  # fmt: skip
_COMPANY = frozenset(
    {"inc", "corp", "corporation", "llc", "ltd", "plc", "co", "nv", "ag", "sa", "gmbh", "group", "company", "spa", "se"}
)
_TRADES = frozenset(
    {"motor", "motors", "computer", "computers", "holding", "holdings", "industries", "airlines", "bank"}
)
# Common words that stand, with a capital and an article, for a body or text named in full elsewhere.
_HEADS = frozenset(
    [
        "academy", "act", "administration", "agency", "agreement", "alliance", "army", "assembly", "association",
        "authority", "bank", "bill", "board", "brotherhood", "bureau", "cabinet", "charter", "church", "coalition",
        "college", "commission", "committee", "commonwealth", "community", "conference", "confederation", "congress",
        "constitution", "convention",
        "corps", "council", "county", "court", "covenant", "declaration", "department", "directorate", "federation",
        "force", "forum", "foundation", "front", "fund", "guard", "house", "institute", "league", "legislature",
        "ministry", "mission", "movement", "navy", "organisation", "organization", "pact", "parliament", "party",
        "press", "protocol", "secretariat", "senate", "service", "society", "summit", "treaty", "tribunal", "union",
        "university",
    ]
)  # fmt: skip
# A body's name with one of these is another body or a house: "United Nations Mission", "Security Council Committee".
_ARMS = frozenset(
    [
        "bureau", "center", "centre", "commission", "committee", "conference", "council", "court", "delegation",
        "force", "forces", "foundation", "fund", "headquarters", "mission", "office", "operation", "peace",
        "secretariat", "staff", "states", "summit", "team", "tribunal",
    ]
)  # fmt: skip
_SCHOOLS = frozenset({"university", "college", "institute", "school", "party", "movement"})


@lru_cache(maxsize=50_000)
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
    bare = "".join(word[0] for word in long.words if word not in _SMALL)
    if letters in (full, bare):
        return True
    if len(letters) >= 3 and _covers(letters, [word for word in long.words if word not in _SMALL]):
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


@lru_cache(maxsize=50_000)
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
        or frozenset((one, two)) in _NICKNAMES
        or ((one.startswith(two) or two.startswith(one)) and min(len(one), len(two)) > 2)
    )


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    left = iter(long)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in left) for word in short)


def _is_typo(one: str, two: str) -> bool:
    """Tell whether two words may be one, misspelt: one slip, and two from eight letters on; the first letter stays."""
    if min(len(one), len(two)) < 4 or one[0] != two[0] or one.isdigit() or two.isdigit():
        return False
    if one.removesuffix("ern").endswith(_COMPASS) and two.removesuffix("ern").endswith(_COMPASS):
        return False
    if one.startswith(two) or two.startswith(one):  # a country and its people, not a slip
        return False
    allowed = 2 if min(len(one), len(two)) >= 8 else 1
    return DamerauLevenshtein.distance(one, two, score_cutoff=allowed) <= allowed


def is_plural(one: Form, two: Form) -> bool:
    """Tell whether the second name is the first one's plural: "Bolivian" and "Bolivians"."""
    return len(one.key) > 3 and two.key == f"{one.key}s"


def _without_company(form: Form) -> tuple[str, ...]:
    return tuple(word for word in form.words if word not in _COMPANY) or form.words


@lru_cache(maxsize=50_000)
def is_variant(one: Form, two: Form) -> bool:
    """Tell whether two names are one but for spelling: a plural, hyphens, one slip in a long name."""
    if one.acronym or two.acronym or one.key == two.key:
        return False
    if one.key.replace(" ", "") == two.key.replace(" ", "") or _without_company(one) == _without_company(two):
        return True
    if len(one.words) != len(two.words):
        bare = [tuple(word for word in form.words if word not in _SMALL) for form in (one, two)]
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


@lru_cache(maxsize=50_000)
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
            if _RELATING & {word.lower() for word in words[:-size]}:
                return False
            owned = before.endswith(("'s", "’s", "s'", "s’"))
            plain = before.isalpha() and before.islower() and len(before) > 2
            return owned or plain or before.endswith("based")
    return False


@lru_cache(maxsize=50_000)
def is_head(one: Form, two: Form) -> bool:
    """Tell whether a capitalised common word is the head of a name: "the Assembly" of "Constituent Assembly"."""
    return is_common_head(one) and heads_name(one.key, two.words)


def is_common_head(form: Form) -> bool:
    """Tell whether a form is but a common word by which bodies are called that were named in full before."""
    return len(form.words) == 1 and form.key in _HEADS


def heads_name(word: str, words: Sequence[str]) -> bool:
    """Tell whether a word is the head of a folded name, which may go on with "of" or the like."""
    if len(words) < 2:
        return False
    return words[-1] == word or (words[0] == word and words[1] in ("of", "for", "on", "to"))


@lru_cache(maxsize=50_000)
def is_town(one: Form, two: Form) -> bool:
    """Tell whether the second name is the first with "City" or what follows a comma: "Mobile, Alabama"."""
    return two.words == (*one.words, "city") or (two.name.startswith(f"{one.name},") and not two.several)


@lru_cache(maxsize=50_000)
def is_shortened(one: Form, two: Form) -> bool:
    """Tell whether the first name is the second one cut short: "Northrop" of "Northrop Grumman"."""
    if one.acronym or one.several or two.several or len(one.words) >= len(two.words) or len(one.key) < 4:
        return False
    size = len(one.words)
    if two.words[:size] == one.words:
        rest = two.words[size:]
        bodies = one.kind == two.kind == "body"
        if set(rest) <= _COMPANY | _TRADES or (bodies and len(rest) == 1 and rest[0] in _SCHOOLS):
            return True
        if bodies and size > 1 and rest[0] == "for":
            return True
        # More than a word more is another body: "African Union Mission in the Sudan".
        return len(rest) == 1 and not set(rest) & (_TURNING | _UNITS | _ARMS)
    if two.words[-size:] == one.words and size > 1:
        return len(two.words) - size == 1 and two.words[0] not in _TURNING
    return False


@lru_cache(maxsize=50_000)
def is_clipped(one: Form, two: Form) -> bool:
    """Tell whether the first name leaves out a word within the second: "Kruger Park" of "Kruger National Park"."""
    if one.several or two.several or len(one.words) < 2 or len(two.words) != len(one.words) + 1:
        return False
    first = one.words[0]
    ends = first == two.words[0] and one.words[-1] == two.words[-1]
    return ends and len(first) > 4 and first not in _TURNING | _HEADS and _in_order(one.words, two.words)


@lru_cache(maxsize=50_000)
def is_tail(one: Form, two: Form) -> bool:
    """Tell whether the first name is the second one's last word: "Pirates", "Firefox"."""
    if one.acronym or len(one.words) != 1 or two.several or len(two.words) > 3 or len(one.key) < 4 or one.key in _HEADS:
        return False
    return two.words[-1:] == one.words and len(two.words) > 1 and not _TURNING & set(two.words)
