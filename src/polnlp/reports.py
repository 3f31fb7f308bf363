"""Stage 6: all that was found in an article → Report → JSON, and back."""

import gzip
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from polnlp.arguments import check_type, each_of
from polnlp.errors import CorpusError, PolnlpError
from polnlp.quoting import part_quotations
from polnlp.schema import (
    CONTENT_ZONES,
    Article,
    Coverage,
    DateMention,
    Entity,
    MadeBy,
    Mention,
    Merge,
    Paragraph,
    Reference,
    Report,
    ReportArticle,
    Stance,
    Topic,
)

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Report)
_NO_REPORTS = frozenset({"graph.json", "run.json"})  # JSON that a run or a network writes beside its reports


def build_report(
    article: Article,
    *,
    paragraphs: tuple[Paragraph, ...],
    made_by: MadeBy,
    mentions: tuple[Mention, ...] = (),
    dates: tuple[DateMention, ...] = (),
    entities: tuple[Entity, ...] = (),
    topics: tuple[Topic, ...] = (),
    stances: tuple[Stance, ...] = (),
    merges: tuple[Merge, ...] = (),
    references: tuple[Reference, ...] = (),
    left_out: dict[str, int] | None = None,
    unread: str | None = None,
    keep_text: bool = True,
) -> Report:
    """Put an article's results together and count what of it was read.

    Args:
        left_out: Reason to number of items that a stage did not report.
        unread: Why the article's content was not read at all, if so.
        keep_text: Without it the report holds offsets only; title and surface forms of mentions and dates stay, what
            else of the metadata quotes the text goes.
    """
    metadata, notes = article.metadata, article.notes
    if not keep_text:
        metadata, quoting = part_quotations(metadata, article.text, article.title)
        notes = (*notes, f"left out, for they quote the text: {', '.join(quoting)}") if quoting else notes
    return Report(
        article=ReportArticle(
            id=article.id,
            title=article.title,
            date=article.date,
            language=article.language,
            sha256=article.sha256,
            metadata=metadata,
            notes=notes,
            copy_of=article.copy_of,
        ),
        text=article.text if keep_text else None,
        paragraphs=paragraphs,
        mentions=mentions,
        dates=dates,
        entities=entities,
        topics=topics,
        stances=stances,
        merges=merges,
        references=references,
        coverage=measure_coverage(article.text, paragraphs, left_out or {}, unread=unread),
        made_by=made_by,
    )


def measure_coverage(
    text: str, paragraphs: Iterable[Paragraph], left_out: dict[str, int], *, unread: str | None = None
) -> Coverage:
    """Count the characters of each zone; what no paragraph holds is ``between paragraphs``."""
    by_zone: dict[str, int] = {}
    zone_of = {}
    for paragraph in paragraphs:
        zone_of[paragraph.index] = paragraph.zone
        length = paragraph.end - paragraph.start
        by_zone[paragraph.zone] = by_zone.get(paragraph.zone, 0) + length
        if paragraph.within is not None:
            by_zone[zone_of[paragraph.within]] -= length
    read = sum(count for zone, count in by_zone.items() if zone in CONTENT_ZONES)
    skipped: dict[str, int] = {zone: count for zone, count in sorted(by_zone.items()) if zone not in CONTENT_ZONES}
    between = len(text) - read - sum(skipped.values())
    if unread is not None and read:
        skipped[unread], read = read, 0
    if between:
        skipped["between paragraphs"] = between
    return Coverage(characters=len(text), read=read, skipped=skipped, left_out=left_out)


def encode_report(report: Report, *, indent: int | None = None) -> bytes:
    """Give a report as JSON in UTF-8; the same report always gives the same bytes."""
    encoded = _encoder.encode(report)
    return encoded if indent is None else msgspec.json.format(encoded, indent=indent) + b"\n"


def decode_report(data: bytes, origin: str = "report") -> Report:
    """Read one report and check it against the schema.

    Raises:
        CorpusError: If ``data`` is not JSON or not a report; the message names ``origin`` and the field.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise CorpusError(f"{origin}: not a polnlp report: {error}. Make it anew with `polnlp run`.") from error


def report_name(article_id: str) -> str:
    """Give the file name of an article's report: a slug of at most 80 characters and 8 of the id's sha256.

    Examples:
        >>> report_name("Quito: mining law?")
        'quito-mining-law-3414d09e.json'
    """
    ascii_id = unicodedata.normalize("NFKD", article_id).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_id.lower()).strip("-")[:80].strip("-") or "article"
    digest = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug}-{digest[:8]}.json"


def page_name(article_id: str) -> str:
    """Give the file name of an article's page: that of its report, ending in ``.html``."""
    return report_name(article_id).removesuffix(".json") + ".html"


def write_atomically(path: Path, data: bytes | Iterable[bytes], *, sync: bool = False) -> None:
    """Write a file so that a reader, or a crash, meets the old one or the new one and never half of it.

    Args:
        data: All of it, or its parts one after the other.
        sync: Wait until it is on the disk, so that it outlives a power cut as well.

    Raises:
        PolnlpError: If it cannot be written: no right to, no space left, a folder in the way.
    """
    name = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-", suffix=path.suffix)
        with os.fdopen(handle, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise PolnlpError(f"{path}: cannot write: {error.strerror}. What was written before stays.") from error
    finally:
        if name is not None:
            Path(name).unlink(missing_ok=True)


def remove_leftovers(*folders: Path) -> None:
    """Delete what a killed run had begun to write; call it only where no other run can be writing."""
    for folder in folders:
        for leftover in folder.glob(".tmp-*"):
            leftover.unlink(missing_ok=True)


def write_report(report: Report, folder: str | Path) -> Path:
    """Write a report into a folder under the name that its article's id gives, and return its path.

    Examples:
        >>> from polnlp import load
        >>> file = write_report(load().analyze("Correa spoke.", id="quito"), "reports")
        >>> file.name
        'quito-....json'

    Args:
        report: Its article's id gives the file's name.
        folder: Made where it is missing.

    Returns:
        The file; one of that name is replaced.

    Raises:
        PolnlpError: If the folder cannot be written to. A file is there whole or not at all.
        TypeError: If ``report`` is none, such as the ``Failure`` that a run gives for an article.
    """
    check_type("report", report, Report, "give one report; of what run gives, pass over each Failure")
    path = Path(folder) / report_name(report.article.id)
    write_atomically(path, encode_report(report, indent=1))
    return path


def each_report(reports: Iterable[Report]) -> Iterator[Report]:
    """Give reports one by one.

    Raises:
        TypeError: If ``reports`` is one report or a file's name, or an item is none, such as a ``Failure``.
    """
    hint = "give [report], read_reports(path), or what run gives without each Failure"
    return each_of(Report, reports, "reports", hint)


def read_reports(path: str | Path) -> Iterator[Report]:
    """Read reports one by one, ordered by file name: a run's folder, its ``reports/``, or one file.

    Examples:
        >>> from polnlp import load
        >>> file = write_report(load().analyze("Correa spoke.", id="quito"), "out/reports")
        >>> [report.article.id for report in read_reports("out")]
        ['quito']

    Args:
        path: A run's folder, its ``reports/``, or one file (``.json``, ``.jsonl``, ``.jsonl.gz``).

    Returns:
        One report after the other; one alone is in memory.

    Raises:
        CorpusError: If nothing is there, or a file is not a report (``.json``) or reports (``.jsonl``, ``.jsonl.gz``).
    """
    files = find_report_files(Path(path))
    if not files:
        raise CorpusError(f"{path}: no reports here. Give a folder that `polnlp run` wrote, or its reports/.")
    for file in files:
        yield from read_report_file(file)


def find_report_files(path: Path) -> list[Path]:
    """List the files of reports under a run's folder or ``reports/``, sorted by name."""
    if path.is_file():
        return [path]
    folder = path / "reports" if (path / "reports").is_dir() else path
    if not folder.is_dir():
        return []
    names = [*folder.glob("*.json"), *folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")]
    return sorted(name for name in names if not name.name.startswith(".") and name.name not in _NO_REPORTS)


def read_report_file(file: Path) -> Iterator[Report]:
    """Read the reports of one file: a single one as ``.json``, one a line as ``.jsonl`` or ``.jsonl.gz``."""
    try:
        if file.suffix == ".json":
            yield decode_report(file.read_bytes(), str(file))
            return
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield decode_report(line, f"{file}:{number}")
    except (OSError, EOFError) as error:
        raise CorpusError(f"{file}: cannot read the reports: {error}.") from error


def report_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) that every report validates against."""
    schema = msgspec.json.schema(Report)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "polnlp report", **schema}
