"""Names without the word that says of what kind the named thing is: "province of Trapani", "Sir Ian", "Shas Party"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from polnlp.schema import PLACES, Label

_HEADS = (
    "province|state|department|region|county|district|republic|kingdom|principality|"
    "prefecture|governorate|oblast|voivodeship|canton|island|parish|emirate|sultanate|duchy|territory|colony"
)
_PARTIES: frozenset[Label] = frozenset({"PARTY"})
_LEADERS: frozenset[Label] = frozenset({"LEADER"})
_SETTLED = ("city", "admin1", "admin2", "country", "past-country", "county")
# A pattern of the whole name, the labels that the thing may have, and the kinds that it is not.
_KINDS = (
    (re.compile(rf"(?:{_HEADS}) of (?:the )?(.+)"), PLACES, ("city",)),
    (re.compile(rf"(.+) (?:{_HEADS}|counties)"), PLACES, ("city",)),
    (
        re.compile(r"(?:city|town|municipality|commune) of (?:the )?(.+)|(.+) (?:city|town|municipality)"),
        PLACES,
        ("admin1", "country"),
    ),
    (re.compile(r"(?:river|lake|mount|isle) (?:of )?(.+)|(.+) (?:river|lake|islands?|valley)"), PLACES, _SETTLED),
    (re.compile(r"(.+ .+) party"), _PARTIES, ()),
    (re.compile(r"(?:sir|dame|lord|lady|dr|president|senator|prime minister|mr|mrs|ms) (.+ .+)"), _LEADERS, ()),
)


class BareName(NamedTuple):
    """A folded name without the word, the labels that the word allows, and the kinds of thing that it rules out."""

    name: str
    labels: frozenset[Label]
    other_kinds: tuple[str, ...]


def strip_kinds(key: str) -> Iterator[BareName]:
    """Give a folded name without the word that says what it names, once for each way to read it.

    Examples:
        >>> [bare.name for bare in strip_kinds("province of trapani")]
        ['trapani']
    """
    for pattern, labels, other_kinds in _KINDS:
        match = pattern.fullmatch(key)
        if match is not None:
            yield BareName(next(filter(None, match.groups())), labels, other_kinds)
