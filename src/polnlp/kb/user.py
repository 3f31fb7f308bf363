"""A scholar's own entities: a CSV file, checked line by line."""

import csv
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from polnlp.errors import CorpusError
from polnlp.kb.names import fold_name
from polnlp.kb.records import Alias, Entry
from polnlp.schema import LABELS
from polnlp.spreadsheets import open_table

REQUIRED = ("id", "label", "name")
OPTIONAL = ("aliases", "country", "since", "until", "qid", "iso", "geonames", "partyfacts", "lat", "lon", "kind")
_ID = re.compile(r"[a-z]+:[\w:.\-]+")
_QID = re.compile(r"Q[1-9]\d*")
_COUNTRY = re.compile(r"[A-Z]{3}")


def load_user_entities(path: Path) -> list[Entry]:
    """Read a scholar's own entities.

    Args:
        path: CSV with a header line: ``id``, ``label``, ``name``, and any of ``aliases`` (joined by ``|``), ``country``
            (ISO 3166-1 alpha-3), ``since``, ``until`` (years), ``qid``, ``iso``, ``geonames``, ``partyfacts``,
            ``lat``, ``lon`` (degrees), ``kind``.

    Raises:
        CorpusError: If the file cannot be read, a column is unknown or missing, or a cell is wrong; the message names
            line and column.
    """
    try:
        reader = open_table(path.read_bytes(), str(path))
    except OSError as error:
        raise CorpusError(f"{path}: cannot read the entities: {error.strerror}.") from error
    entries: dict[str, Entry] = {}
    try:
        header = _check_header(path, next(reader, []))
        for cells in reader:
            if any(cells):
                entry = _read_row(path, reader.line_num, header, cells)
                if entry.id in entries:
                    raise CorpusError(f"{path}, line {reader.line_num}, column id: {entry.id!r} stands twice.")
                entries[entry.id] = entry
    except csv.Error as error:
        raise CorpusError(f"{path}, line {reader.line_num}: not valid CSV: {error}.") from error
    return list(entries.values())


def load_own_entities(paths: Iterable[str | Path]) -> list[Entry]:
    """Read several files of own entities.

    Raises:
        CorpusError: As ``load_user_entities``, and if two files hold the same id.
    """
    held: dict[str, tuple[Path, Entry]] = {}
    for path in dict.fromkeys(map(Path, paths)):
        for entry in load_user_entities(path):
            if entry.id in held:
                raise CorpusError(f"{path} and {held[entry.id][0]} both hold {entry.id!r}; keep one of the two.")
            held[entry.id] = path, entry
    return [entry for _, entry in held.values()]


def hash_own_entities(paths: Iterable[str | Path]) -> str:
    """Give one sha256 over what files of own entities hold, so that a report tells by which it was made.

    Raises:
        CorpusError: If one cannot be read.
    """
    digest = hashlib.sha256()
    for path in dict.fromkeys(map(Path, paths)):
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise CorpusError(f"{path}: cannot read the entities: {error.strerror}.") from error
    return digest.hexdigest()


def _check_header(path: Path, header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    missing = [name for name in REQUIRED if name not in names]
    unknown = [name for name in names if name not in REQUIRED + OPTIONAL]
    if missing or unknown:
        problem = f"lacks {', '.join(missing)}" if missing else f"has unknown columns {', '.join(map(repr, unknown))}"
        raise CorpusError(f"{path}, line 1: the header {problem}; known are {', '.join(REQUIRED + OPTIONAL)}.")
    return names


def _read_row(path: Path, line: int, header: list[str], cells: list[str]) -> Entry:
    if len(cells) != len(header):
        raise CorpusError(f"{path}, line {line}: {len(cells)} cells, the header has {len(header)}.")
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}

    def refuse(column: str, expected: str) -> CorpusError:
        return CorpusError(f"{path}, line {line}, column {column}: {row[column]!r}; expected {expected}.")

    if not _ID.fullmatch(row["id"]) or row["id"].startswith("nil:"):
        raise refuse("id", "kind:name in ASCII such as 'party:VEN:my-party', and not 'nil:'")
    if row["label"] not in LABELS:
        raise refuse("label", f"one of {', '.join(LABELS)}")
    if not fold_name(row["name"]):
        raise refuse("name", "a name")
    if row.get("qid") and not _QID.fullmatch(row["qid"]):
        raise refuse("qid", "a Wikidata item such as Q717")
    if row.get("country") and not _COUNTRY.fullmatch(row["country"]):
        raise refuse("country", "an ISO 3166-1 alpha-3 code such as VEN")
    numbers: dict[str, float | None] = {}
    for column, low, high in (("lat", -90, 90), ("lon", -180, 180), ("since", 1, 3000), ("until", 1, 3000)):
        cell = row.get(column, "")
        try:
            number = (float(cell) if column in ("lat", "lon") else int(cell)) if cell else None
        except ValueError:
            raise refuse(column, "a number") from None
        if number is not None and not low <= number <= high:
            raise refuse(column, f"a number from {low} to {high}")
        numbers[column] = number
    aliases = tuple(Alias(alias.strip(), "user") for alias in row.get("aliases", "").split("|") if fold_name(alias))
    return Entry(
        id=row["id"],
        label=row["label"],
        name=row["name"],
        aliases=aliases,
        prior=1.0,
        source="user",
        kind=row.get("kind", ""),
        country=row.get("country") or None,
        qid=row.get("qid") or None,
        iso=row.get("iso") or None,
        geonames=row.get("geonames") or None,
        partyfacts=row.get("partyfacts") or None,
        **numbers,  # type: ignore[arg-type]
    )
