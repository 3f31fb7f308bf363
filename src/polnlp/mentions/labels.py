"""How label sets of another origin map to the codebook's nine; the codebook's last section as a table."""

from collections.abc import Mapping
from typing import Literal

from polnlp.schema import LABELS, Label

Scheme = Literal["codebook", "crossner"]

CODEBOOK: dict[str, Label] = {label: label for label in LABELS}

CROSSNER: dict[str, Label] = {
    "politicalparty": "PARTY",
    "politician": "LEADER",
    "person": "PERSON",
    "organisation": "ORG",
    "country": "COUNTRY",
    "location": "REGION",
    "election": "ELECTION",
    "event": "EVENT",
    "misc": "MISC",
}

# GPE is a country only where the name says so; the caller looks it up, and a GPE that is none stays REGION. Dates and
# numbers (DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL) are not named here and thereby dropped.
ONTONOTES: dict[str, Label] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "REGION",
    "LOC": "REGION",
    "FAC": "REGION",
    "EVENT": "EVENT",
    "NORP": "MISC",
    "LAW": "MISC",
    "WORK_OF_ART": "MISC",
    "LANGUAGE": "MISC",
    "PRODUCT": "MISC",
}

CONLL: dict[str, Label] = {"PER": "PERSON", "ORG": "ORG", "LOC": "REGION", "MISC": "MISC"}
HIPE: dict[str, Label] = {"pers": "PERSON", "org": "ORG", "loc": "REGION", "prod": "MISC"}

# Few-NERD's coarse types with the fine ones that map elsewhere.
FEWNERD: dict[str, Label] = {
    "organization-politicalparty": "PARTY",
    "person-politician": "LEADER",
    "event-election": "ELECTION",
    "person": "PERSON",
    "organization": "ORG",
    "location": "REGION",
    "building": "REGION",
    "event": "EVENT",
    "other": "MISC",
    "art": "MISC",
    "product": "MISC",
}

# What sets with few labels call the finer ones.
_COARSE: dict[Label, Label] = {"LEADER": "PERSON", "PARTY": "ORG", "COUNTRY": "REGION", "ELECTION": "EVENT"}

# Few-NERD's coarse names "person", "organization" and GUM's lower-case ones come last: CrossNER has them too.
GUM: dict[str, Label] = {"person": "PERSON", "place": "REGION", "organization": "ORG", "event": "EVENT"}
RE3D: dict[str, Label] = {"Person": "PERSON", "Location": "REGION", "Organisation": "ORG", "Nationality": "MISC"}

_SCHEMES: tuple[Mapping[str, Label], ...] = (CODEBOOK, CROSSNER, ONTONOTES, CONLL, HIPE, GUM, RE3D)


def map_label(label: str) -> Label | None:
    """Give the codebook's label for a label of any of the known sets; ``None`` where there is none (dates, numbers).

    Examples:
        >>> map_label("politician"), map_label("GPE"), map_label("organization-politicalparty"), map_label("CARDINAL")
        ('LEADER', 'REGION', 'PARTY', None)
    """
    for scheme in _SCHEMES:
        if label in scheme:
            return scheme[label]
    return FEWNERD.get(label) or FEWNERD.get(label.partition("-")[0])


def coarsen_label(label: Label) -> Label:
    """Give the label at the grain of sets that know persons, bodies, places and events only.

    Examples:
        >>> coarsen_label("LEADER"), coarsen_label("MISC")
        ('PERSON', 'MISC')
    """
    return _COARSE.get(label, label)
