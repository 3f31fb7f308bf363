"""Writing the entries into one SQLite file, byte for byte the same for the same entries."""

import json
import sqlite3
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path

from polnlp.kb.base import FORMAT, hash_key
from polnlp.kb.names import fold_name
from polnlp.kb.records import ALIAS_KINDS
from polnlp.training.kb.drafts import LICENCES, Draft
from polnlp.training.kb.safety import NameSafety

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE entry (n INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT, kind TEXT, name TEXT, country TEXT,
    prior REAL, since INTEGER, until INTEGER, sources INTEGER, details TEXT);
CREATE TABLE office (n INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE source (n INTEGER PRIMARY KEY, name TEXT, licence TEXT);
CREATE TABLE name (key TEXT, n INTEGER, how INTEGER, safe INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(names, content='', detail='none', prefix='3');
"""
# Where SQLite notes its own version: fixed, so that another build of it writes the same bytes.
_VERSION_AT, _VERSION = 96, 3_045_000


def write_database(drafts: list[Draft], demonyms: dict[str, str], path: Path) -> None:
    """Write entries, names, demonyms, the search index and the gazetteer's filter."""
    target, path = path, path.with_name(path.name + ".part")  # readers of the old file are not disturbed
    path.unlink(missing_ok=True)
    drafts = sorted(drafts, key=lambda draft: draft.id)
    safety = NameSafety(drafts)
    titles = sorted({term.title for draft in drafts for term in draft.terms})
    offices = {title: n for n, title in enumerate(titles)}
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?)", _entry_rows(drafts, offices))
        connection.executemany("INSERT INTO office VALUES (?,?)", [(n, title) for title, n in offices.items()])
        connection.executemany("INSERT INTO source VALUES (?,?,?)", _source_rows())
        names = sorted(_name_rows(drafts, safety))
        connection.executemany("INSERT INTO name VALUES (?,?,?,?)", names)
        connection.executemany("INSERT INTO demonym VALUES (?,?)", sorted(demonyms.items()))
        connection.executemany("INSERT INTO search (rowid, names) VALUES (?,?)", _search_rows(drafts))
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        hashes = array("Q", sorted({hash_key(key) for key, _, _, safe in names if safe}))
        if struct.pack("=H", 1) != struct.pack("<H", 1):
            hashes.byteswap()
        meta = {"format": FORMAT, "entries": len(drafts), "names": len(names), "filter": hashes.tobytes()}
        connection.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()
    with path.open("r+b") as file:
        file.seek(_VERSION_AT)
        file.write(struct.pack(">I", _VERSION))
    path.replace(target)


def _source_rows() -> Iterator[tuple[int, str, str]]:
    for n, (name, licence) in enumerate(sorted(LICENCES.items())):
        yield n, name, licence


def _entry_rows(drafts: list[Draft], offices: dict[str, int]) -> Iterator[tuple[object, ...]]:
    numbers = {name: n for n, name, _ in _source_rows()}
    for n, draft in enumerate(drafts):
        sources = sum(1 << numbers[source] for source in draft.sources)
        yield (
            n, draft.id, draft.label, draft.kind, draft.name, draft.country,
            draft.prior, draft.since, draft.until, sources, _details(draft, offices),
        )  # fmt: skip


def _details(draft: Draft, offices: dict[str, int]) -> str | None:
    """Give what is read only once an entry is chosen, as compact JSON.

    What is empty is left out, and so is a GeoNames id or ISO code that the entry's id already is.
    """
    aliases = sorted((ALIAS_KINDS.index(kind), text) for text, kind in draft.aliases.items() if text != draft.name)
    kinds: dict[int, list[str]] = {}
    for kind, text in aliases:
        kinds.setdefault(kind, []).append(text)
    last = draft.id.rpartition(":")[2]
    fields: dict[str, object] = {
        "aliases": {str(kind): texts for kind, texts in kinds.items()},
        "qid": draft.qid,
        "iso": draft.iso if draft.iso != last else None,
        "geonames": draft.geonames if draft.geonames != last else None,
        "partyfacts": draft.partyfacts,
        "lat": draft.lat,
        "lon": draft.lon,
        "population": draft.population,
        "years": dict(sorted(draft.years.items())),
        "terms": [_shorten([offices[term.title], term.start, term.end, term.party]) for term in draft.terms],
    }
    held = {key: value for key, value in fields.items() if value is not None and value != [] and value != {}}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")) if held else None


def _shorten(values: list[object]) -> list[object]:
    values = [int(value) if isinstance(value, str) and value.isdigit() else value for value in values]
    while values[-1] is None:
        values.pop()
    return values


def _name_rows(drafts: list[Draft], safety: NameSafety) -> Iterator[tuple[str, int, int, int]]:
    for n, draft in enumerate(drafts):
        best: dict[str, tuple[int, int]] = {}
        for text, kind in draft.aliases.items():
            key, how = fold_name(text), ALIAS_KINDS.index(kind)
            safe = int(safety.is_safe(draft, text, kind))
            held = best.get(key, (how, safe))
            best[key] = (min(held[0], how), max(held[1], safe))
        for key, (how, safe) in best.items():
            yield key, n, how, safe


def _search_rows(drafts: list[Draft]) -> Iterator[tuple[int, str]]:
    for n, draft in enumerate(drafts):
        kinds = ("name", "alias", "acronym", "derived")
        keys = dict.fromkeys(fold_name(text) for text, kind in draft.aliases.items() if kind in kinds)
        yield n, " ".join(dict.fromkeys(" ".join(sorted(keys)).split()))
