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
        "comrade", "attorney", "delegate", "councillor", "councilman", "president-elect", "tsar", "czar", "shah",
        "sultan", "emperor", "empress", "chair", "chairperson", "spokesman", "spokeswoman", "spokesperson", "director",
        "administrator",
    ]
)
# fmt: on
_SUFFIXES = frozenset({"jr", "sr", "esq", "mp", "phd", "md"})
# Offices and ranks that do not stand before a name as a title does, but that their holder is called by.
_OFFICES = _TITLES | {"co-chair", "count", "earl", "head", "leader", "marquess", "viceroy", "viscount"}
# What an office is over, where that stands before it: "Home Secretary", "Shadow Foreign Minister".
# fmt: off
_FIELDS = frozenset(
    [
        "home", "foreign", "interior", "defence", "defense", "finance", "justice", "trade", "treasury", "health",
        "education", "energy", "labour", "labor", "agriculture", "environment", "transport", "shadow", "first",
        "general", "press", "opposition", "majority", "minority", "house", "senate", "party", "state", "national",
    ]
)
# fmt: on
_HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "miss", "madam", "sir", "dr", "doctor", "former", "ex", "acting", "interim"}
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_EDGES = re.compile(r"^[\W_]+|[^\w.)'’]+$|(?<=\w\w)\.$")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SEVERAL = re.compile(r"\s(?:and|or)\s|\s?&\s?|,\s.*,\s")
_PEOPLE = re.compile(r"(?:\b(?:and|or)|&|;)\s+(?:the\s)?[A-Z]\S*\s[A-Z]")
_ARTICLE = re.compile(
    r"^(?:the|an?|its|his|her|their|our|my|your|this|that|these|those|any|some|every)\s+", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s(?:himself|herself|itself|themselves|proper|alone)$|,?\s(?:which|who|whose|located|directed|based)\s.*$"
)
# A person's name ends where it is said of what he is: "Nathan Law of Demosisto", but "Joan of Arc".
_BELONGING = re.compile(r"^(\S+\s\S.*?)\s(?:of|from|at|in|for|with|on)\s.*$")
# "academic Simon Licen", "activist and philosopher Noam Chomsky": what he is stands before the name.
_DESCRIBED = re.compile(
    r"^(?:.*\s)?(?!(?:de|da|do|dos|das|del|della|di|du|la|le|el|al|bin|ibn|van|von|der|den|ter|ten|y|e|of)\s)"
    r"[a-z]{2,}\s(?=[A-Z]\S+\s[A-Z])"
)
_WHERE = re.compile(r"^(\S+)\s(?:at|in|from|with)\s.*$")
_OWNED = re.compile(r"^.*(?:'s|’s|s'|s’)\s(?=[A-Z]\S+\s[A-Z])")


class Form(msgspec.Struct, frozen=True):
    """A surface form, taken apart.

    Attributes:
        name: The form without article, title and possessive.
        key: Folded ``name``, "Jr." and the like left out.
        words: Of ``key``.
        several: The form lists several things ("Douglas and Hutton").
        gender: What a title tells; empty where none does.
        titles: Of a person, as they stand before the name, lower case, without "Mr." and the like.
        office: Of a form that calls a person by nothing else: "the President", "2nd Earl of Clare".
    """

    name: str
    key: str
    words: tuple[str, ...]
    kind: Kind
    acronym: bool
    titled: bool
    several: bool
    gender: Gender
    titles: tuple[str, ...] = ()
    office: tuple[str, ...] = ()


@lru_cache(maxsize=5_000)
def read_form(surface: str, label: Label) -> Form:
    """Take a surface form apart."""
    kind = KIND_OF[label]
    name = _POSSESSIVE.sub("", _EDGES.sub("", surface.strip()))
    name = name.partition(" (")[0]
    name = _TAIL.sub("", _ARTICLE.sub("", name)) or name
    gender: Gender = ""
    titled = several = False
    titles: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    if kind == "person":
        several = _PEOPLE.search(name) is not None
        office = _read_office(name)
        if not office and not several:
            name = _OWNED.sub("", _BELONGING.sub(r"\1", name.split(", ")[0]))
            name = _WHERE.sub(r"\1", _DESCRIBED.sub("", name))
            bare, gender, titled = _strip_titles(name)
            titles = _plain_titles(name.split()[: len(name.split()) - len(bare.split())])
            name = bare
    name = " ".join(name.split())
    key = fold_name(_strip_suffixes(name) if kind == "person" else name) or name.lower()
    return Form(
        name,
        key,
        tuple(key.split()),
        kind,
        is_acronym(name),
        titled,
        several or _SEVERAL.search(name) is not None,
        gender,
        titles=titles,
        office=office,
    )


def _read_office(name: str) -> tuple[str, ...]:
    """Give the office by which alone a form calls a person; empty where it names one."""
    words = [word.strip(".,").lower() for word in name.partition(" of ")[0].partition(" for ")[0].split()]
    while len(words) > 1 and (_ORDINAL.match(words[0]) or _POSSESSIVE.search(words[0])):
        words = words[1:]
    if not words or words[-1] not in _OFFICES or not all(word in _OFFICES or word in _FIELDS for word in words):
        return ()
    return _plain_titles(words)


def _plain_titles(words: list[str]) -> tuple[str, ...]:
    plain = [word.strip(".,").lower() for word in words]
    return tuple(word for word in plain if word not in _HONORIFICS)


def _strip_titles(name: str) -> tuple[str, Gender, bool]:
    """Strip titles from the front; what stands before a title goes with it: "Pennsylvania Senator Rick Santorum"."""
    words = name.split()
    for place in range(len(words) - 3, 0, -1):
        if words[place].strip(".,").lower() in _TITLES:
            words = words[place:]
            break
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
