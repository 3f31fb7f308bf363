"""Compile the knowledge base's name tables into the encoder's gazetteer of word pieces."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from polnlp.encoder.gazetteer import KINDS, PieceGazetteer

# Rows that only these sources know stay out: their terms were not seen, or ask for the same licence of what is derived.
_UNCLEAR = ("parlspeech", "leadglob", "wikidata:", "ODbL", "LGPL", "curated-from-seed", "vparty", "parlgov")
# Single words that are among the most common pieces are words of the language first ("Will", "Union"); countries apart.
_COMMON_PIECES = 4000
_MIN_CITY = 50_000
_MAX_PIECES = 16
_CORPORATE = ("company",)


def compile_gazetteer(folder: Path, tokenizer: Tokenizer) -> PieceGazetteer:
    """Read ``parties``, ``leaders``, ``regions``, ``organisations`` and ``demonyms`` of a folder.

    Args:
        folder: Tables as ``.tsv`` or ``.tsv.gz``, with a ``source`` column.
        tokenizer: The encoder's own.
    """
    names = sorted(set(read_names(folder)))
    encodings = tokenizer.encode_batch([name for name, _ in names], add_special_tokens=False)
    kept = []
    for (name, kind), encoding in zip(names, encodings, strict=True):
        if _is_telling(name, kind, encoding.ids, len(set(encoding.word_ids))):
            kept.append((encoding.ids, 1 << KINDS.index(kind)))
    return PieceGazetteer.of_pieces(kept)


def _is_telling(name: str, kind: str, ids: list[int], n_words: int) -> bool:
    if not ids or len(ids) > _MAX_PIECES or 100 in ids or len(name) < 2 or not name[:1].isupper():
        return False
    return n_words > 1 or kind in ("country", "demonym") or len(ids) > 1 or ids[0] >= _COMMON_PIECES


def read_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every name with its kind, from rows of clear licence."""
    for row in _rows(folder, "parties"):
        yield from ((name, "party") for name in _cells(row, "name", "english_name", "native_name", "aliases"))
        yield from ((name, "party_acronym") for name in _cells(row, "acronyms") if name.isupper())
    for row in _rows(folder, "leaders"):
        for name in _cells(row, "name", "aliases"):
            words = name.split()
            if len(words) > 1:
                yield name, "leader"
                yield words[-1], "leader_surname"
    for row in _rows(folder, "organisations"):
        if row["kind"] not in _CORPORATE:
            yield from ((name, "organisation") for name in _cells(row, "name", "acronyms", "aliases"))
    for row in _rows(folder, "demonyms"):
        if row["lang"] == "eng":
            yield row["demonym"], "demonym"
    yield from _places(folder)


def _places(folder: Path) -> Iterator[tuple[str, str]]:
    for row in _rows(folder, "regions"):
        if row["kind"] in ("country", "historical-country"):
            yield from ((name, "country") for name in _cells(row, "name", "aliases"))
        elif row["kind"] == "city":
            if float(row["pop"] or 0) >= _MIN_CITY:
                yield from ((name, "city") for name in _cells(row, "name", "ascii_name"))
        else:
            yield from ((name, "region") for name in _cells(row, "name", "ascii_name"))


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    path = folder / f"{table}.tsv"
    packed = folder / f"{table}.tsv.gz"
    with path.open(encoding="utf-8") if path.is_file() else gzip.open(packed, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            sources = row["source"].replace("|", ",").split(",")
            if not all(any(mark in source for mark in _UNCLEAR) for source in sources):
                yield row


def _cells(row: dict[str, str], *columns: str) -> list[str]:
    return [name.strip() for column in columns for name in (row[column] or "").split("|") if name.strip()]
