"""A report or a network as a few lines of HTML for a notebook: small, and with every text escaped."""

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from polnlp.wording import name_window

if TYPE_CHECKING:
    import networkx as nx

    from polnlp.schema import Report

ROWS = 10
LONGEST = 80  # characters of a name; longer ones are cut


def format_report(report: "Report") -> str:
    """Show an article's date, its entities by mentions, its topics, and how it speaks of whom."""
    article = report.article
    date = f"{article.date.value} ({article.date.source})" if article.date else "undated"
    count = f"{len(report.mentions):,} mentions of {len(report.entities):,} entities, {len(report.dates):,} dates"
    topics = Counter(topic.label for topic in report.topics if topic.label != "None")
    stances: dict[str, Counter[str]] = {}
    for stance in report.stances:
        stances.setdefault(stance.target, Counter())[stance.label] += 1
    entities = sorted(report.entities, key=lambda entity: (-entity.count, entity.id))
    rows = [
        (entity.name, entity.label, entity.count, *_spoken(stances.get(entity.id, Counter())), entity.id)
        for entity in entities[:ROWS]
    ]
    about = "; ".join(f"{label} {count}" for label, count in topics.most_common(5))
    return "".join(
        [
            f"<div><p><strong>{_cell(article.title or article.id)}</strong> · {_cell(date)}<br>",
            f"{_cell(count)} in {report.coverage.read:,} of {report.coverage.characters:,} characters",
            f"<br>Topics: {_cell(about)}" if about else "",
            "</p>",
            _table(("entity", "type", "mentions", "for", "against", "neutral", "id"), rows),
            _rest(len(entities) - len(rows), "entities"),
            "</div>",
        ]
    )


def _spoken(counts: Counter[str]) -> tuple[int, int, int]:
    return counts["favor"], counts["against"], counts["neutral"]


def format_graph(graph: "nx.Graph") -> str:
    """Show a network's size, its entities by strength and its ties by count, with intervals where there are some."""
    nodes = sorted(graph.nodes(data=True), key=lambda node: (-node[1].get("strength", 0), str(node[0])))
    edges = sorted(graph.edges(data=True), key=lambda edge: (-edge[2].get("count", 0), str(edge[0]), str(edge[1])))
    names = {node: data.get("name") or node for node, data in nodes}
    settings = graph.graph.get("settings", {})
    window = name_window(settings.get("window", "window"), settings.get("window_tokens", 0))
    node_rows = [
        (names[node], data.get("label"), data.get("count"), _figure(data, "strength"), _figure(data, "rank"), node)
        for node, data in nodes[:ROWS]
    ]
    edge_rows = [
        (
            names[a],
            names[b],
            _figure(data, "count"),
            _figure(data, "npmi"),
            data.get("q_value"),
            _figure(data, "stance"),
        )
        for a, b, data in edges[:ROWS]
    ]
    size = f"{len(nodes):,} entities, {len(edges):,} ties ({window})"
    articles = f", {len(graph.graph['articles']):,} articles" if "articles" in graph.graph else ""
    return "".join(
        [
            f"<div><p><strong>{_cell(size + articles)}</strong></p>",
            _table(("entity", "type", "mentions", "strength", "rank", "id"), node_rows),
            _rest(len(nodes) - len(node_rows), "entities"),
            _table(("one", "other", f"{window}s", "NPMI", "q", "stance"), edge_rows),
            _rest(len(edges) - len(edge_rows), "ties"),
            "</div>",
        ]
    )


def _figure(data: dict[str, Any], name: str) -> str:
    value, low, high = data.get(name), data.get(f"{name}_low"), data.get(f"{name}_high")
    if value is None:
        return ""
    return str(value) if low is None or high is None else f"{value} [{low}, {high}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["".join(f"<td>{_cell(value)}</td>" for value in row) for row in rows]
    if not lines:
        return ""
    titles = "".join(f"<th>{_cell(name)}</th>" for name in head)
    return f"<table><thead><tr>{titles}</tr></thead><tbody><tr>{'</tr><tr>'.join(lines)}</tr></tbody></table>"


def _rest(count: int, what: str) -> str:
    return f"<p>and {count:,} more {what}</p>" if count > 0 else ""


def _cell(value: Any) -> str:
    """Escape a value; ``bdi`` keeps right-to-left names from turning their neighbours round."""
    if value is None:
        return ""
    text = "".join(character if character.isprintable() else " " for character in str(value))
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"<bdi>{html.escape(text)}</bdi>" if isinstance(value, str) else html.escape(text)
