"""What a mention's surface form says by itself: its key, its words, a title, whether it is an acronym."""

import re
from functools import lru_cache
from typing import Literal

import msgspec

from polnlp.kb.names import fold_name, is_acronym
from polnlp.schema import Label

# What kind of thing a label is: names of one kind may be one entity, whatever the label.
Kind = Literal["person", "body", "place", "event", "misc"]
KIND_OF: dict[Label, Kind] = {
    "LEADER": "person",
    "PERSON": "person",
    "PARTY": "body",
    "ORG": "body",
    "COUNTRY": "place",
    "REGION": "place",
    "ELECTION": "event",
    "EVENT": "event",
    "MISC": "misc",
}
Gender = Literal["m", "f", ""]

# fmt: off
_FEMALE = frozenset(
    [
        "mrs", "ms", "miss", "madam", "lady", "dame", "queen", "princess", "baroness", "congresswoman", "chairwoman",
        "sister", "senora", "duchess",
    ]
)
# fmt: on
_MALE = frozenset(
    [
        "mr",
        "sir",
        "lord",
        "king",
        "prince",
        "baron",
        "congressman",
        "chairman",
        "brother",
        "senor",
        "father",
        "duke",
    ]
)
# fmt: off
_TITLES = _FEMALE | _MALE | frozenset(
    [
        "president", "prime", "minister", "premier", "chancellor", "vice", "deputy", "secretary", "senator", "sen",
        "representative", "rep", "governor", "gov", "mayor", "dr", "doctor", "prof", "professor", "general", "gen",
        "colonel", "col", "captain", "capt", "lieutenant", "lt", "major", "maj", "admiral", "adm", "sergeant", "sgt",
        "commander", "judge", "justice", "chief", "ambassador", "speaker", "former", "ex", "acting", "interim", "rev",
        "reverend", "pope", "bishop", "archbishop", "cardinal", "ayatollah", "sheikh", "imam", "rabbi", "saint",
        "comrade", "attorney", "delegate", "councillor", "councilman", "minister", "president-elect",
    ]
)
# fmt: on
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "mp", "phd", "md"})
_EDGES = re.compile(r"^[\W_]+|[^\w.)'’]+$|(?<=\w\w)\.$")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SEVERAL = re.compile(r"\s(?:and|or)\s|\s?&\s?|,\s.*,\s")
_ARTICLE = re.compile(
    r"^(?:the|an?|its|his|her|their|our|my|your|this|that|these|those|any|some|every)\s+", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s(?:himself|herself|itself|themselves|proper|alone)$|,?\s(?:which|who|whose|located|directed|based)\s.*$"
)
# A person's name ends where it is said of what he is: "Nathan Law of Demosisto", but "Joan of Arc".
_BELONGING = re.compile(r"^(\S+\s\S.*?)\s(?:of|from|at|in|for|with|on)\s.*$")
_OWNED = re.compile(r"^.*(?:'s|’s|s'|s’)\s(?=[A-Z]\S+\s[A-Z])")


class Form(msgspec.Struct, frozen=True):
    """A surface form, taken apart.

    Attributes:
        name: The form without article, title and possessive.
        key: Folded ``name``, "Jr." and "III" left out.
        words: Of ``key``.
        several: The form lists several things ("Douglas and Hutton").
        gender: What a title tells; empty where none does.
        short: Key of an acronym that the form itself gives in brackets: "European Union (EU)".
    """

    name: str
    key: str
    words: tuple[str, ...]
    kind: Kind
    acronym: bool
    titled: bool
    several: bool
    gender: Gender
    short: str = ""


@lru_cache(maxsize=50_000)
def read_form(surface: str, label: Label) -> Form:
    """Take a surface form apart."""
    kind = KIND_OF[label]
    name = _POSSESSIVE.sub("", _EDGES.sub("", surface.strip()))
    name = name.partition(" (")[0]
    name = _TAIL.sub("", _ARTICLE.sub("", name)) or name
    gender: Gender = ""
    titled = False
    if kind == "person":
        name = _OWNED.sub("", _BELONGING.sub(r"\1", name.split(", ")[0]))
        name, gender, titled = _strip_titles(name)
    name = " ".join(name.split())
    key = fold_name(_strip_suffixes(name) if kind == "person" else name) or name.lower()
    return Form(
        name, key, tuple(key.split()), kind, is_acronym(name), titled, _SEVERAL.search(name) is not None, gender
    )


def _is_short(name: str) -> bool:
    """Tell whether a form is an acronym, plural ("MDGs") and mixed ones ("IoT", "AfD") among them."""
    if is_acronym(name.removesuffix("s") if len(name) > 3 else name):
        return True
    return 3 <= len(name) <= 6 and name.isalpha() and name[0].isupper() and name[-1].isupper() and not name.isupper()


def _read_short(inner: str) -> str:
    inner = inner.rstrip(") ")
    return fold_name(inner) if is_acronym(inner) else ""


def _strip_titles(name: str) -> tuple[str, Gender, bool]:
    words = name.split()
    gender: Gender = ""
    titled = False
    while len(words) > 1 and (title := words[0].strip(".,").lower()) in _TITLES:
        gender = "f" if title in _FEMALE else "m" if title in _MALE else gender
        titled = True
        words = words[1:]
    return " ".join(words).rstrip(","), gender, titled


def _strip_suffixes(name: str) -> str:
    words = name.split()
    while len(words) > 2 and words[-1].strip(".,").lower() in _SUFFIXES:
        words = words[:-1]
    return " ".join(words)
