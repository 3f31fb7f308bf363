"""All entities of a corpus in one plain list, for who opens it in a spreadsheet: a row an entity."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from polnlp.graph.export import format_csv
from polnlp.reports import write_atomically
from polnlp.tables import ROWS_PER_BATCH

_COLUMNS = ("id", "name", "label", "mentions", "articles", "first_date", "last_date", "written", "qid", "iso")
_KNOWN = ("qid", "iso", "geonames", "partyfacts")


@dataclass
class _Tally:
    names: Counter[tuple[str, str]] = field(default_factory=Counter)  # name and label to mentions
    written: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    mentions: int = 0
    articles: int = 0
    known: dict[str, str] = field(default_factory=dict)


def write_entity_list(tables: Path, path: Path) -> int:
    """Write ``entities.csv`` from a run's tables, the most frequent entity first.

    Every entity that a report names is there, also those that are too doubtful for the network.

    Args:
        tables: Folder of ``entities.parquet`` and ``articles.parquet``, as ``write_tables`` makes it.
        path: The file to write. Columns: ``id``, ``name``, ``label``, ``mentions``, ``articles``, ``first_date`` and
            ``last_date`` of the articles that name it, ``written`` (its surface forms), and its identifiers.

    Returns:
        The number of entities.
    """
    dates = {row["article"]: row["date"] for row in _read(tables / "articles.parquet", ["article", "date"])}
    tallies: dict[str, _Tally] = {}
    for row in _read(tables / "entities.parquet"):
        tally = tallies.setdefault(row["entity_id"], _Tally())
        tally.names[row["name"], row["label"]] += row["count"]
        tally.written.update(" ".join(form.split()) for form in row["aliases"].split(" | ") if form)
        tally.dates.update(filter(None, [dates.get(row["article"])]))
        tally.mentions += row["count"]
        tally.articles += 1
        tally.known.update({name: row[name] for name in _KNOWN if row[name]})
    ranked = sorted(tallies.items(), key=lambda pair: (-pair[1].mentions, pair[0]))
    write_atomically(path, format_csv([_row(key, tally) for key, tally in ranked], (*_COLUMNS, *_KNOWN[2:])))
    return len(tallies)


def _read(path: Path, columns: list[str] | None = None) -> Any:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(ROWS_PER_BATCH, columns=columns):
        yield from batch.to_pylist()


def _row(key: str, tally: _Tally) -> dict[str, Any]:
    name, label = min(tally.names, key=lambda named: (-tally.names[named], named))
    return {
        "id": key,
        "name": name,
        "label": label,
        "mentions": tally.mentions,
        "articles": tally.articles,
        "first_date": min(tally.dates, default=""),
        "last_date": max(tally.dates, default=""),
        "written": " | ".join(sorted(tally.written)),
        **tally.known,
    }
