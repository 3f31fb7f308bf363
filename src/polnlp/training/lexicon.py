"""The knowledge base's source tables → the lexicon that the small names tagger reads beside the words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from polnlp.mentions.lexicon import Lexicon
from polnlp.training.encoder.gazetteer import read_names

_KIND_OF = {
    "party": "party",
    "party_acronym": "party-acronym",
    "leader": "leader",
    "leader_surname": "surname",
    "country": "country",
    "region": "region",
    "city": "city",
    "organisation": "org",
    "demonym": "demonym",
}
# A given name or surname that fewer bear is left out: it says little, and there are many.
_MIN_FIRST = 3
_MIN_SURNAME = 2


def compile_lexicon(tables: Path, nlp: Language) -> Lexicon:
    """Read the names of clear licence, as the encoder's gazetteer does, and cut them into words as the tagger does.

    Args:
        tables: Folder with ``parties``, ``leaders``, ``regions``, ``organisations`` and ``demonyms``.
        nlp: Its tokenizer cuts.
    """
    return Lexicon.of_names(
        ([token.text for token in nlp.make_doc(name)], kind) for name, kind in sorted(set(list_names(tables)))
    )


def list_names(tables: Path) -> Iterator[tuple[str, str]]:
    """Give names with their kinds; those without a capital are left out."""
    surnames: Counter[str] = Counter()
    first_names: Counter[str] = Counter()
    for name, kind in read_names(tables):
        if kind == "leader":
            first_names[name.split()[0]] += 1
        if kind == "leader_surname":
            surnames[name] += 1
        elif len(name) > 1 and any(char.isupper() for char in name):
            yield name, "org-acronym" if kind == "organisation" and name.isupper() else _KIND_OF[kind]
            if kind == "demonym" and not name.endswith("s"):
                yield f"{name}s", "demonym"
    yield from ((name, "surname") for name, count in surnames.items() if count >= _MIN_SURNAME and len(name) > 2)
    yield from ((name, "first-name") for name, count in first_names.items() if count >= _MIN_FIRST and len(name) > 2)
