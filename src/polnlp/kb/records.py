"""The records of the knowledge base."""

from typing import Literal

import msgspec

from polnlp.schema import Label

AliasKind = Literal["name", "alias", "acronym", "derived", "foreign", "surname", "user"]
ALIAS_KINDS: tuple[AliasKind, ...] = ("name", "alias", "acronym", "derived", "foreign", "surname", "user")


class Alias(msgspec.Struct, frozen=True):
    """A name of an entry.

    Attributes:
        kind: ``name`` (the entry's own), ``alias`` (as a source gives it), ``acronym``, ``derived`` (made by rule:
            parts of a person's name left out, ...), ``foreign`` (a place in another language), ``surname`` (the bare
            surname of a well-known leader; never enough by itself), ``user``.
    """

    text: str
    kind: AliasKind


class Term(msgspec.Struct, frozen=True):
    """An office with its years; ``None`` is an open or unknown end. ``party`` is an entry's id or a bare name."""

    title: str
    start: str | None = None
    end: str | None = None
    party: str | None = None


class Tenure(msgspec.Struct, frozen=True):
    """Who held an office, from which year to which; an ``end`` of ``None`` is not known or still to come."""

    entry_id: str
    name: str
    title: str
    start: int
    end: int | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entity of the knowledge base.

    Attributes:
        id: Stable and readable: ``country:VEN``, ``region:EC-G``, ``city:3646738``, ``party:VEN:a-new-time``, ...
        kind: Finer than ``label``: ``admin1``, ``city``, ``igo``, ``armed-group``, ...
        name: Best-known English form in full.
        iso: ISO 3166-1 alpha-3 or ISO 3166-2 of a place.
        country: ISO 3166-1 alpha-3 code (3166-3 style for past states) of the country that it belongs to.
        population: Persons.
        prior: How well known it is among its namesakes, in [0, 1].
        since: First year in which it is known to exist or to be in office.
        until: Last such year; ``None`` where it lasts or is not known.
        years: Of a state's names that changed: name to the years from which to which it was official, several where it
            came back; ``None`` is an open end.
        source: Sources, joined by commas; ``licence`` gives theirs.
    """

    id: str
    label: Label
    name: str
    kind: str = ""
    aliases: tuple[Alias, ...] = ()
    qid: str | None = None
    iso: str | None = None
    geonames: str | None = None
    partyfacts: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    terms: tuple[Term, ...] = ()
    prior: float = 0.0
    since: int | None = None
    until: int | None = None
    years: dict[str, tuple[tuple[int | None, int | None], ...]] = {}
    source: str = ""
    licence: str = ""


class Candidate(msgspec.Struct, frozen=True):
    """What the linker needs of an entry: found by a name, not yet chosen.

    Attributes:
        how: Kind of the alias that matched.
    """

    id: str
    label: Label
    kind: str
    name: str
    country: str | None
    prior: float
    since: int | None
    until: int | None
    how: AliasKind
