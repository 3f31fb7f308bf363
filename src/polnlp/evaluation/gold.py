"""Gold annotations of every form that polnlp reads → ``GoldText``: what stands where, in the codebook's labels.

A row's form is known by its fields: ``spans`` (names), ``timexes`` (dates), ``clusters`` (who is who), ``target``
(stance), ``label`` (topic), ``entities`` with ``paragraphs`` (a whole article with all of these), ``what`` with
``spans`` (an item of ``polnlp import``).
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from polnlp.errors import CorpusError
from polnlp.mentions.labels import CROSSNER, Scheme
from polnlp.sentences import split_sentences

FORMS = ".jsonl, .jsonl.gz, .json or a folder of them"


class GoldSpan(msgspec.Struct, frozen=True):
    """A marked stretch of text, its ``label`` as the origin has it."""

    start: int
    end: int
    label: str = ""


class GoldDate(msgspec.Struct, frozen=True):
    """A date with its value as the origin writes it; ``type`` and ``value`` are ``None`` where not given."""

    start: int
    end: int
    type: str | None = None
    value: str | None = None


class GoldEntity(msgspec.Struct, frozen=True):
    """All mentions of one thing; ``name`` is its canonical name or Wikipedia title, ``qid`` its Wikidata item."""

    mentions: tuple[GoldSpan, ...]
    name: str | None = None
    label: str | None = None
    qid: str | None = None


class GoldStance(msgspec.Struct, frozen=True):
    """An attitude; ``start`` and ``end`` are ``None`` where the target does not stand in the text."""

    target: str
    label: str
    start: int | None = None
    end: int | None = None


class GoldText(msgspec.Struct, frozen=True, kw_only=True):
    """A text with what its annotators marked; ``None`` is a layer that they did not mark.

    Attributes:
        date: Date against which relative expressions are resolved, ISO 8601.
        names: Marked names, labels as in the origin.
        scheme: Whose conventions the names follow.
        topic: Topic of the whole text.
        parts: Its paragraphs, where these carry topics or stances of their own.
        until: The annotators read no further than here; ``None`` is the whole text.
    """

    id: str
    text: str
    date: str | None = None
    title: str | None = None
    names: tuple[GoldSpan, ...] | None = None
    scheme: Scheme = "codebook"
    dates: tuple[GoldDate, ...] | None = None
    entities: tuple[GoldEntity, ...] | None = None
    topic: str | None = None
    second: str | None = None
    stances: tuple[GoldStance, ...] | None = None
    parts: tuple["GoldText", ...] = ()
    until: int | None = None
    license: str = ""


def read_gold(path: str | Path) -> Iterator[GoldText]:
    """Read gold from a file or a folder, ordered by file name; README and other files of a folder are passed over.

    Raises:
        CorpusError: If there is no gold, or a row is of no known form; the message names file and line.
    """
    for file in find_gold_files(Path(path)):
        for number, row in _read_rows(file):
            yield read_row(row, f"{file}:{number}" if number else str(file), default_id=f"{file.stem}-{number}")


def find_gold_files(path: Path) -> list[Path]:
    """List the files of gold: the file itself, or those of a folder, sorted by name."""
    if not path.exists():
        raise CorpusError(f"{path}: there is no such file or folder. Give gold: {FORMS}.")
    if path.is_file():
        return [path]
    files = [file for file in sorted(path.rglob("*")) if file.name.endswith((".json", ".jsonl", ".jsonl.gz"))]
    if not files:
        raise CorpusError(f"{path}: no gold here. Give {FORMS}.")
    return files


def _read_rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the rows of one file with their line numbers from 1; a ``.json`` file is one row of number 0."""
    if not file.name.endswith((".json", ".jsonl", ".jsonl.gz")):
        raise CorpusError(f"{file}: not gold; give {FORMS}.")
    try:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"{file}: cannot read the gold: {error}.") from error
    lines = [(0, data)] if file.suffix == ".json" else list(enumerate(data.splitlines(), 1))
    for number, line in lines:
        if line.strip():
            yield number, decode_row(line, f"{file}:{number}")


def decode_row(line: bytes, where: str) -> dict[str, Any]:
    """Decode one JSON object."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"{where}: not JSON: {error}.") from error
    if not isinstance(row, dict):
        raise CorpusError(f"{where}: expected a JSON object, found {type(row).__name__}.")
    return row


def read_row(row: dict[str, Any], where: str, *, default_id: str = "") -> GoldText:
    """Read one row, whatever its form.

    Raises:
        CorpusError: If it is of no known form, lacks a field, or marks characters outside its text.
    """
    reader = next((read for fields, read in _READERS if all(field in row for field in fields)), None)
    if reader is None:
        known = "; ".join(" + ".join(fields) for fields, _ in _READERS)
        raise CorpusError(f"{where}: gold of an unknown form with the fields {sorted(row)}; known forms: {known}.")
    try:
        gold = reader({"id": default_id, **row})
        check_offsets(gold, where)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorpusError(f"{where}: a row lacks a field or has one of the wrong type: {error!r}.") from error
    return gold


def check_offsets(gold: GoldText, where: str) -> None:
    """Refuse a span outside its text."""
    places = [(span.start, span.end) for span in gold.names or ()]
    places += [(date.start, date.end) for date in gold.dates or ()]
    places += [(span.start, span.end) for entity in gold.entities or () for span in entity.mentions]
    places += [(s.start, s.end) for s in gold.stances or () if s.start is not None and s.end is not None]
    for start, end in places:
        if not 0 <= start < end <= len(gold.text):
            raise CorpusError(f"{where}: span {start}-{end} lies outside the text of {len(gold.text)} characters.")


def _read_article(row: dict[str, Any]) -> GoldText:
    entities = tuple(
        GoldEntity(
            mentions=tuple(GoldSpan(m["start"], m["end"], entity["label"]) for m in entity["mentions"]),
            name=entity["canonical"],
            label=entity["label"],
            qid=entity.get("qid"),
        )
        for entity in row["entities"]
    )
    return GoldText(
        id=row["id"],
        text=row["text"],
        date=row.get("date"),
        title=row.get("title"),
        names=_sorted(span for entity in entities for span in entity.mentions),
        dates=tuple(_read_date(date) for date in row.get("dates", ())),
        entities=entities,
        parts=tuple(_read_part(row, part, entities) for part in row["paragraphs"]),
    )


def _read_part(row: dict[str, Any], part: dict[str, Any], entities: tuple[GoldEntity, ...]) -> GoldText:
    start, end = part["start"], part["end"]
    stances = []
    for stance in part.get("stance") or ():
        spans = [span for entity in entities if entity.name == stance["target"] for span in entity.mentions]
        first = next((span for span in sorted(spans, key=_by_start) if start <= span.start < end), None)
        place = (first.start - start, first.end - start) if first else (None, None)
        stances.append(GoldStance(stance["target"], stance["label"], *place))
    return GoldText(
        id=f"{row['id']}#{start}",
        text=row["text"][start:end],
        topic=part.get("topic"),
        second=part.get("topic2"),
        stances=tuple(stances),
    )


def _read_item(row: dict[str, Any]) -> GoldText:
    """Read an item that ``polnlp import`` wrote; its annotator read the whole paragraph for names and dates."""
    common = {"id": str(row["id"]), "text": row["text"], "date": row.get("date")}
    if row["what"] == "stances":
        return GoldText(**common, stances=(_read_stance(row),) if "label" in row else ())
    if row["what"] != "paragraphs":
        raise ValueError(f"verdicts on {row['what']} are of one run; `polnlp audit` reads them")
    spans = tuple(GoldSpan(span["start"], span["end"], span["label"]) for span in row["spans"])
    return GoldText(
        **common,
        names=_sorted(span for span in spans if span.label != "DATE"),
        dates=tuple(GoldDate(span.start, span.end) for span in spans if span.label == "DATE"),
        topic=row.get("topic"),
    )


def _read_names(row: dict[str, Any]) -> GoldText:
    spans = tuple(GoldSpan(span["start"], span["end"], span["label"]) for span in row["spans"])
    crossner = bool(spans) and all(span.label in CROSSNER for span in spans)
    stances = row.get("stances")
    return GoldText(
        id=str(row["id"]),
        text=row["text"],
        date=row.get("date"),
        title=row.get("title"),
        names=_sorted(span for span in spans if span.label != "DATE"),
        dates=tuple(GoldDate(s.start, s.end) for s in spans if s.label == "DATE") or None,
        scheme="crossner" if crossner or "crossner" in str(row["id"]).lower() else "codebook",
        topic=row.get("topic"),
        second=row.get("topic2"),
        stances=None if stances is None else tuple(_read_stance(stance) for stance in stances),
        license=row.get("license", ""),
    )


def _read_dates(row: dict[str, Any]) -> GoldText:
    dates = tuple(_read_date(date) for date in row["timexes"])
    return GoldText(
        id=str(row["id"]),
        text=row["text"],
        date=row.get("dct"),
        dates=dates,
        until=_read_until(row, [date.end for date in dates]),
        license=row.get("license", ""),
    )


def _read_until(row: dict[str, Any], ends: list[int]) -> int | None:
    """Tell how far the annotators read: MEANTIME marks the first sentences of its articles alone."""
    if not str(row["id"]).startswith("meantime") or not ends:
        return None
    return next((end for _, end in split_sentences(row["text"]) if end >= max(ends)), None)


def _read_date(date: dict[str, Any]) -> GoldDate:
    return GoldDate(date["start"], date["end"], date.get("type"), date.get("value"))


def _read_clusters(row: dict[str, Any]) -> GoldText:
    titles = row.get("wiki") or [None] * len(row["clusters"])
    entities = tuple(
        GoldEntity(mentions=tuple(_name_part(mention) for mention in cluster), name=title)
        for cluster, title in zip(row["clusters"], titles, strict=True)
        if cluster
    )
    return GoldText(
        id=str(row["id"]),
        text=row["text"],
        date=row.get("dct"),
        entities=entities,
        until=_read_until(row, [span.end for entity in entities for span in entity.mentions]),
        license=row.get("license", ""),
    )


def _name_part(mention: dict[str, Any]) -> GoldSpan:
    """Take the proper name inside a longer mention, where the origin marks it."""
    if mention.get("name_start") is not None:
        return GoldSpan(mention["name_start"], mention["name_end"], "name")
    return GoldSpan(mention["start"], mention["end"], mention.get("form") or "name")


def _read_stance(row: dict[str, Any]) -> GoldStance:
    return GoldStance(row["target"], row["label"], row.get("target_start"), row.get("target_end"))


def _read_stance_row(row: dict[str, Any]) -> GoldText:
    return GoldText(id=str(row["id"]), text=row["text"], stances=(_read_stance(row),), license=row.get("license", ""))


def _read_topic_row(row: dict[str, Any]) -> GoldText:
    return GoldText(id=str(row["id"]), text=row["text"], topic=str(row["label"]), license=row.get("license", ""))


def _sorted(spans: Iterable[GoldSpan]) -> tuple[GoldSpan, ...]:
    return tuple(sorted(spans, key=_by_start))


def _by_start(span: GoldSpan) -> tuple[int, int, str]:
    return span.start, span.end, span.label


_READERS: tuple[tuple[tuple[str, ...], Callable[[dict[str, Any]], GoldText]], ...] = (
    (("text", "what", "spans"), _read_item),
    (("text", "entities", "paragraphs"), _read_article),
    (("text", "spans"), _read_names),
    (("text", "timexes"), _read_dates),
    (("text", "clusters"), _read_clusters),
    (("text", "target", "label"), _read_stance_row),
    (("text", "label"), _read_topic_row),
)
