"""A tie's evidence out of a run's tables, for networks that one page cannot hold."""

from pathlib import Path
from typing import Any

import networkx as nx

from polnlp.errors import CorpusError
from polnlp.graph.cooccurrence import ARTICLE_FIELDS
from polnlp.graph.page_data import PageBook, earliest
from polnlp.reports import page_name
from polnlp.sentences import split_sentences

Row = dict[str, Any]
ENDS = ("source", "target")


def read_evidence(output: Path, a: str, b: str, *, offset: int = 0, limit: int = 500) -> dict[str, Any]:
    """Read the windows in which two entities meet, in the form in which the page holds them.

    Args:
        output: A run's folder; ``tables/`` must hold ``evidence``, ``articles`` and ``paragraphs``.
        a: An entity's id.
        b: Another's; their order does not matter.
        offset: Windows to pass over, in the order of the ledger.
        limit: Windows to give at most.

    Returns:
        ``total`` windows of the tie (0 if there is none), and ``articles``, ``sentences`` and ``evidence`` as in
        ``page_data``, but that a window's date and topic stand there by name.

    Raises:
        CorpusError: If a table is missing or cannot be read.
    """
    source, target = sorted((a, b))
    ledger = read_table(output, "evidence", [("source", "=", source), ("target", "=", target)])
    entries = [_entry(row) for row in ledger[offset : offset + limit]]
    names = sorted({entry["article"] for entry in entries})
    articles = _articles(output, names)
    graph = nx.Graph(articles=articles, sentences=_sentences(output, entries), stances=[])
    book = PageBook(graph, evidence_cap=limit)
    evidence = [
        book.evidence_row(entry, earliest(_dates(entry, articles)), entry["topic"])
        for entry in entries
        if entry["article"] in articles
    ]
    for article in book.articles:
        if (output / "reports" / page_name(article["id"])).is_file():
            article["page"] = f"reports/{page_name(article['id'])}"
    return {"total": len(ledger), "articles": book.articles, "sentences": book.sentences, "evidence": evidence}


def read_table(output: Path, table: str, filters: Any, columns: list[str] | None = None) -> list[Row]:
    """Read the rows of one of a run's tables that pass the filters of ``pyarrow.parquet.read_table``.

    Raises:
        CorpusError: If the table is missing or cannot be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = output / "tables" / f"{table}.parquet"
    try:
        rows: list[Row] = pq.read_table(path, filters=filters, columns=columns).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"{path}: cannot read the table: {error}. Make it anew with `polnlp graph`.") from error
    return rows


def _entry(row: Row) -> Row:
    """Undo what ``evidence_rows`` does."""
    a, b = ({name: row[f"{end}_{name}"] for name in ("start", "end", "text", "score")} for end in ENDS)
    a |= {"paragraph": row["paragraph"], "sentence": row["sentence"]}
    b |= {"paragraph": row["target_paragraph"], "sentence": row["target_sentence"]}
    dates = row.get("dates")  # tables of polnlp before this column was there
    return {**row, "a": a, "b": b, "dates": None if dates is None else [date for date in dates.split(" | ") if date]}


def _dates(entry: Row, articles: dict[str, Row]) -> list[str]:
    if entry["dates"] is not None:
        return list(entry["dates"])
    date = articles[entry["article"]]["date"]
    return [date] if date else []


def _articles(output: Path, names: list[str]) -> dict[str, Row]:
    columns = ["article", "title", "date", *ARTICLE_FIELDS]
    rows = read_table(output, "articles", [("article", "in", names)], columns) if names else []
    return {row.pop("article"): row for row in rows}


def _sentences(output: Path, entries: list[Row]) -> dict[str, dict[str, list[Any]]]:
    """Cut the sentences of the names out of their paragraphs; none where the reports carry no texts."""
    mentions = [(entry["article"], entry[end]) for entry in entries for end in ("a", "b")]
    wanted = {(article, mention["paragraph"]) for article, mention in mentions}
    names, places = sorted({article for article, _ in wanted}), sorted({place for _, place in wanted})
    filters = [("article", "in", names), ("paragraph", "in", places)]
    rows = read_table(output, "paragraphs", filters, ["article", "paragraph", "start", "text"]) if entries else []
    texts = {(row["article"], row["paragraph"]): (row["start"], row["text"]) for row in rows if row["text"] is not None}
    cut = {key: split_sentences(text) for key, (_, text) in texts.items() if key in wanted}
    found: dict[str, dict[str, list[Any]]] = {}
    for article, mention in mentions:
        key = article, mention["paragraph"]
        if key in texts:
            begin, text = texts[key]
            low, high = _around(cut[key], mention["start"] - begin, mention["end"] - begin) or (0, len(text))
            name = f"{mention['paragraph']}.{mention['sentence']}"
            found.setdefault(article, {})[name] = [begin + low, begin + high, text[low:high]]
    return found


def _around(sentences: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    return next(((low, high) for low, high in sentences if low <= start and end <= high), None)
