"""All that reports hold, as Parquet tables or as pandas data frames: one row per article, paragraph, mention, ..."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from polnlp.errors import PolnlpError
from polnlp.reports import each_report
from polnlp.schema import AUTHOR, Entity, Report

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

Row = dict[str, Any]
Identity = Callable[[str, Entity], str]

ROWS_PER_GROUP = 50_000
ROWS_PER_BATCH = 1_000  # rows that are held as Python objects before they become columns, a tenth of the size

_TEXT, _WHOLE, _REAL, _FLAG = "string", "int64", "float64", "bool_"
_IDENTIFIERS = {
    **dict.fromkeys(("qid", "iso", "geonames", "partyfacts"), _TEXT),
    **dict.fromkeys(("lat", "lon"), _REAL),
}
# Columns and their types, in order; every table of a report begins with the article's id.
COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "article": _TEXT,
        "title": _TEXT,
        "date": _TEXT,
        "date_source": _TEXT,
        "date_is_upper_bound": _FLAG,
        "language": _TEXT,
        "sha256": _TEXT,
        "author": _TEXT,
        "source": _TEXT,
        "url": _TEXT,
        "country": _TEXT,
        "copy_of": _TEXT,
        "metadata": _TEXT,
        "characters": _WHOLE,
        "characters_read": _WHOLE,
        "mentions": _WHOLE,
        "polnlp": _TEXT,
        "settings": _TEXT,
    },
    "paragraphs": {
        "article": _TEXT,
        "paragraph": _WHOLE,
        "start": _WHOLE,
        "end": _WHOLE,
        "zone": _TEXT,
        "within": _WHOLE,
        "sentences": _WHOLE,
        "topic": _TEXT,
        "topic_score": _REAL,
        "second_topic": _TEXT,
        "text": _TEXT,
    },
    "mentions": {
        "article": _TEXT,
        "date": _TEXT,
        "paragraph": _WHOLE,
        "sentence": _WHOLE,
        "start": _WHOLE,
        "end": _WHOLE,
        "text": _TEXT,
        "label": _TEXT,
        "score": _REAL,
        "source": _TEXT,
        "entity_id": _TEXT,
        "article_entity_id": _TEXT,
        "name": _TEXT,
        "qid": _TEXT,
        "iso": _TEXT,
    },
    "dates": {
        "article": _TEXT,
        "paragraph": _WHOLE,
        "start": _WHOLE,
        "end": _WHOLE,
        "text": _TEXT,
        "type": _TEXT,
        "value": _TEXT,
        "mod": _TEXT,
        "relative": _TEXT,
        "rule": _TEXT,
        "alternatives": _TEXT,
    },
    "entities": {
        "article": _TEXT,
        "entity_id": _TEXT,
        "article_entity_id": _TEXT,
        "label": _TEXT,
        "name": _TEXT,
        "aliases": _TEXT,
        "count": _WHOLE,
        "score": _REAL,
        **_IDENTIFIERS,
    },
    "stances": {
        "article": _TEXT,
        "date": _TEXT,
        "paragraph": _WHOLE,
        "holder": _TEXT,
        "holder_name": _TEXT,
        "target": _TEXT,
        "target_name": _TEXT,
        "label": _TEXT,
        "score": _REAL,
        "favor": _REAL,
        "against": _REAL,
        "neutral": _REAL,
        "rule": _TEXT,
    },
}
_BOUNDS = ("windows", "strength", "degree", "rank")
NODE_COLUMNS = {
    "id": _TEXT,
    "name": _TEXT,
    "label": _TEXT,
    "aliases": _TEXT,
    **_IDENTIFIERS,
    "country": _TEXT,
    **dict.fromkeys(("count", "articles", "windows"), _WHOLE),
    "first_date": _TEXT,
    "last_date": _TEXT,
    "topics": _TEXT,
    **dict.fromkeys(("favor", "against", "neutral"), _WHOLE),
    "stance": _REAL,
    "sign": _TEXT,
    **dict.fromkeys(("degree", "strength"), _WHOLE),
    **dict.fromkeys(("betweenness", "pagerank"), _REAL),
    **dict.fromkeys(("core", "community"), _WHOLE),
    **dict.fromkeys(("community_stability", "community_support"), _REAL),
    "rank": _WHOLE,
    **{f"{name}_{end}": _WHOLE for name in _BOUNDS for end in ("low", "high")},
    **{f"pagerank_{end}": _REAL for end in ("low", "high")},
    **{f"backbone_betweenness{end}": _REAL for end in ("", "_low", "_high")},
}
EDGE_COLUMNS = {
    "source": _TEXT,
    "target": _TEXT,
    "source_name": _TEXT,
    "target_name": _TEXT,
    "count": _WHOLE,
    "articles": _WHOLE,
    "weight": _REAL,
    "npmi": _REAL,
    "jaccard": _REAL,
    "log_likelihood": _REAL,
    "proximity": _REAL,
    "p_value": _REAL,
    "q_value": _REAL,
    "significance": _REAL,
    "disparity": _REAL,
    "noise_corrected": _REAL,
    "stance": _REAL,
    "stance_count": _WHOLE,
    "sign": _TEXT,
    "stance_a": _REAL,
    "stance_b": _REAL,
    "alignment": _REAL,
    "a_to_b": _REAL,
    "b_to_a": _REAL,
    "first_date": _TEXT,
    "last_date": _TEXT,
    "topics": _TEXT,
    "count_low": _WHOLE,
    "count_high": _WHOLE,
    "npmi_low": _REAL,
    "npmi_high": _REAL,
    "stance_low": _REAL,
    "stance_high": _REAL,
    "same_community": _REAL,
}
EVIDENCE_COLUMNS = {
    "source": _TEXT,
    "target": _TEXT,
    "article": _TEXT,
    "paragraph": _WHOLE,
    "sentence": _WHOLE,
    "window": _WHOLE,
    "distance": _WHOLE,
    "topic": _TEXT,
    "dates": _TEXT,
    "source_start": _WHOLE,
    "source_end": _WHOLE,
    "source_text": _TEXT,
    "source_score": _REAL,
    "target_paragraph": _WHOLE,
    "target_sentence": _WHOLE,
    "target_start": _WHOLE,
    "target_end": _WHOLE,
    "target_text": _TEXT,
    "target_score": _REAL,
}


def write_tables(
    reports: Iterable[Report], graph: "nx.Graph | None", output: Path, *, identity: Identity | None = None
) -> list[Path]:
    """Write Parquet tables, compressed with zstd; the same reports give the same bytes.

    Reports are read once, in their order; ``ROWS_PER_GROUP`` rows of each table are in memory at a time, as columns.

    Args:
        reports: One after the other.
        graph: Its nodes become ``nodes.parquet``, its edges ``edges.parquet``, their ledger ``evidence.parquet``;
            without it none of them is written.
        output: Folder of the tables; made where it is missing.
        identity: Gives an entity's corpus-wide id; ``article_entity_id`` keeps the report's own.

    Returns:
        The files: one per key of ``COLUMNS``, then those of the graph.
    """
    output.mkdir(parents=True, exist_ok=True)
    tables = {name: _TableFile(output / f"{name}.parquet", columns) for name, columns in COLUMNS.items()}
    if graph is not None:
        tables["nodes"] = _TableFile(output / "nodes.parquet", NODE_COLUMNS)
        tables["edges"] = _TableFile(output / "edges.parquet", EDGE_COLUMNS)
        tables["evidence"] = _TableFile(output / "evidence.parquet", EVIDENCE_COLUMNS)
    try:
        for report in reports:
            for name, rows in report_rows(report, identity).items():
                tables[name].add(rows)
        if graph is not None:
            tables["nodes"].add(node_rows(graph))
            tables["edges"].add(edge_rows(graph))
            tables["evidence"].add(evidence_rows(graph))
        return [table.finish() for table in tables.values()]
    finally:
        for table in tables.values():
            table.discard()


class _TableFile:
    """A Parquet file that grows group by group under another name, and takes its own when it is whole."""

    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.path = path
        self.schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in columns.items()])
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-", suffix=".parquet")
        os.close(handle)
        self.partial = Path(name)
        self.writer = pq.ParquetWriter(name, self.schema, compression="zstd")
        self.rows: list[Row] = []
        self.batches: list[Any] = []

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows.append(row)
            if len(self.rows) == ROWS_PER_BATCH:
                self._pack()

    def _pack(self) -> None:
        import pyarrow as pa

        self.batches.append(pa.RecordBatch.from_pylist(self.rows, schema=self.schema))
        self.rows = []
        if len(self.batches) * ROWS_PER_BATCH >= ROWS_PER_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self.writer.write_table(pa.Table.from_batches(self.batches, schema=self.schema))
        self.batches = []

    def finish(self) -> Path:
        if self.rows:
            self._pack()
        if self.batches:
            self._flush()
        self.writer.close()
        self.partial.chmod(0o644)
        return self.partial.replace(self.path)

    def discard(self) -> None:
        """Close and delete what was not finished."""
        self.writer.close()
        self.partial.unlink(missing_ok=True)


def report_rows(report: Report, identity: Identity | None = None) -> dict[str, list[Row]]:
    """Give a report's rows, table by table."""
    article = report.article.id
    entities = {entity.id: entity for entity in report.entities}
    ids = {key: identity(article, entity) if identity else key for key, entity in entities.items()}
    return {
        "articles": [_article_row(report)],
        "paragraphs": _paragraph_rows(report),
        "mentions": _mention_rows(report, entities, ids),
        "dates": [
            {**_shared(report, date), "alternatives": _json(date.alternatives) if date.alternatives else None}
            for date in report.dates
        ],
        "entities": [
            {
                **_shared(report, entity),
                "entity_id": ids[entity.id],
                "article_entity_id": entity.id,
                "aliases": " | ".join(entity.aliases),
            }
            for entity in report.entities
        ],
        "stances": _stance_rows(report, entities, ids),
    }


def _shared(report: Report, record: Any) -> Row:
    """Give a record's fields, with its article's id and date; columns that a table does not have are left to it."""
    date = report.article.date
    return {"article": report.article.id, "date": date.value if date else None, **msgspec.structs.asdict(record)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def _article_row(report: Report) -> Row:
    article, date = report.article, report.article.date
    told = {key: article.metadata.get(key) for key in ("author", "source", "url", "country")}
    return {
        "article": article.id,
        "title": article.title,
        "date": date.value if date else None,
        "date_source": date.source if date else None,
        "date_is_upper_bound": date.upper_bound if date else None,
        "language": article.language,
        "sha256": article.sha256,
        **{key: value if isinstance(value, str) else None for key, value in told.items()},
        "copy_of": article.copy_of,
        "metadata": _json(article.metadata),
        "characters": report.coverage.characters,
        "characters_read": report.coverage.read,
        "mentions": len(report.mentions),
        "polnlp": report.made_by.polnlp,
        "settings": report.made_by.settings,
    }


def _paragraph_rows(report: Report) -> list[Row]:
    topics = {topic.paragraph: topic for topic in report.topics}
    rows = []
    for paragraph in report.paragraphs:
        topic = topics.get(paragraph.index)
        rows.append(
            {
                **_shared(report, paragraph),
                "paragraph": paragraph.index,
                "sentences": len(paragraph.sentences),
                "topic": topic.label if topic else None,
                "topic_score": topic.score if topic else None,
                "second_topic": topic.second if topic else None,
                "text": None if report.text is None else report.text[paragraph.start : paragraph.end],
            }
        )
    return rows


def _mention_rows(report: Report, entities: dict[str, Entity], ids: dict[str, str]) -> list[Row]:
    rows = []
    for mention in report.mentions:
        entity = entities.get(mention.entity_id or "")
        known = {"name": entity.name, "qid": entity.qid, "iso": entity.iso} if entity else {}
        rows.append(
            {
                **_shared(report, mention),
                "entity_id": ids.get(mention.entity_id or "", mention.entity_id),
                "article_entity_id": mention.entity_id,
                **known,
            }
        )
    return rows


def _stance_rows(report: Report, entities: dict[str, Entity], ids: dict[str, str]) -> list[Row]:
    def name(entity_id: str) -> str | None:
        return entities[entity_id].name if entity_id in entities else None

    return [
        {
            **_shared(report, stance),
            "holder": stance.holder if stance.holder == AUTHOR else ids.get(stance.holder, stance.holder),
            "holder_name": name(stance.holder),
            "target": ids.get(stance.target, stance.target),
            "target_name": name(stance.target),
            **{label: stance.probabilities.get(label) for label in ("favor", "against", "neutral")},
        }
        for stance in report.stances
    ]


def node_rows(graph: "nx.Graph") -> Iterator[Row]:
    """Give a row per entity, as ``nodes.csv`` has them."""
    from polnlp.graph.flat import flat_nodes  # opens networkx: not before it is needed

    for node, row in flat_nodes(graph):
        yield {"id": node, **{name: row.get(name) for name in NODE_COLUMNS if name != "id"}}


def edge_rows(graph: "nx.Graph") -> Iterator[Row]:
    """Give a row per edge; ``source`` is the end whose id sorts first."""
    from polnlp.graph.flat import flat_edges

    names = dict(graph.nodes(data="name"))
    for source, target, data in flat_edges(graph):
        ends = {"source": source, "target": target, "source_name": names[source], "target_name": names[target]}
        yield {**ends, **{name: data.get(name) for name in EDGE_COLUMNS if name not in ends}}


def evidence_rows(graph: "nx.Graph") -> Iterator[Row]:
    """Give a row per window of every edge: the ledger."""
    for source, target, evidence in graph.edges(data="evidence"):
        for entry in evidence:
            a, b = entry["a"], entry["b"]
            yield {
                "source": source,
                "target": target,
                "target_paragraph": b["paragraph"],
                "target_sentence": b["sentence"],
                "dates": " | ".join(entry["dates"]),
                **{name: entry[name] for name in ("article", "paragraph", "sentence", "window", "distance", "topic")},
                **{f"source_{name}": a[name] for name in ("start", "end", "text", "score")},
                **{f"target_{name}": b[name] for name in ("start", "end", "text", "score")},
            }


def to_dataframe(
    reports: Report | Iterable[Report], table: str = "mentions", *, identity: Identity | None = None
) -> "pd.DataFrame":
    """Give one table of reports as a pandas data frame.

    Examples:
        >>> list(to_dataframe([], "stances").columns[:4])
        ['article', 'date', 'paragraph', 'holder']

    Args:
        reports: A report, or many.
        table: ``articles``, ``paragraphs``, ``mentions``, ``dates``, ``entities`` or ``stances``.
        identity: As in ``write_tables``.

    Returns:
        One row a record, columns as ``polnlp.tables.COLUMNS`` names and types them; no rows for no reports.

    Raises:
        PolnlpError: If pandas is not installed.
        ValueError: If there is no such table.
        TypeError: If ``reports`` is a file's name, or an item is no report, such as a ``Failure``.
    """
    if table not in COLUMNS:
        raise ValueError(f"to_dataframe: no table {table!r}; there are {', '.join(COLUMNS)}.")
    try:
        import pandas as pd
    except ImportError as error:
        raise PolnlpError("to_dataframe needs pandas: pip install pandas") from error
    columns = COLUMNS[table]
    many = each_report([reports] if isinstance(reports, Report) else reports)
    rows = [
        {name: row.get(name) for name in columns} for report in many for row in report_rows(report, identity)[table]
    ]
    kinds = {_TEXT: "string", _WHOLE: "Int64", _REAL: "Float64", _FLAG: "boolean"}
    return pd.DataFrame(rows, columns=list(columns)).astype({name: kinds[kind] for name, kind in columns.items()})
