"""GEXF 1.3, valid by its schema, static or with a spell for every day on which two entities meet.

networkx's own writer fails Gephi's schema and stamps the file with today's date; this one is the same on every run.
Colours follow the types; what a viewer does not know of it may ignore.

References:
    GEXF Working Group (2022). GEXF 1.3 format. https://gexf.net
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

import networkx as nx

from polnlp.graph.colors import TYPE_COLORS
from polnlp.graph.flat import Row, Scalar, column_types, flat_edges, flat_nodes, write_value, xml_id, xml_text
from polnlp.graph.ledger import meeting_dates

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
)
# The names that GEXF gives these itself: a second column of that name would hide the first in Gephi.
_RENAMED = {"label": "type", "id": "entity_id"}


def format_gexf(graph: nx.Graph, *, dynamic: bool = False, description: str = "") -> bytes:
    """Write the graph as GEXF.

    Args:
        graph: As ``build_graph`` makes it.
        dynamic: Add spells, for full dates (``YYYY-MM-DD``) alone; what has none is there all the time.
        description: Goes into the file's head.
    """
    return b"".join(stream_gexf(graph, dynamic=dynamic, description=description))


def stream_gexf(graph: nx.Graph, *, dynamic: bool = False, description: str = "") -> Iterator[bytes]:
    """Do what ``format_gexf`` does line by line."""
    return (line.encode("utf-8") for line in _lines(graph, dynamic, description))


def _lines(graph: nx.Graph, dynamic: bool, description: str) -> Iterator[str]:
    kind = "directed" if graph.is_directed() else "undirected"
    time = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if dynamic else ' mode="static"'
    yield _OPEN
    yield f"<meta><creator>polnlp</creator><description>{_escape(description)}</description></meta>\n"
    yield f'<graph defaultedgetype="{kind}" idtype="string"{time}>\n'
    yield from _columns("node", (_rename(row) for _, row in flat_nodes(graph)))
    yield from _columns("edge", (_rename(row) for _, _, row in flat_edges(graph)))
    spells = _node_days(graph) if dynamic else {}
    yield f'<nodes count="{len(graph)}">\n'
    for node, told in flat_nodes(graph):
        row = _rename(told)
        color = "viz:color " + " ".join(f'{channel}="{value}"' for channel, value in _rgb(row.get("type")))
        label = quoteattr(xml_text(str(row.get("name", node))))
        inner = f"{_values(row)}{_spells(spells.get(node, ()))}<{color}/>"
        yield f"<node id={quoteattr(xml_id(node))} label={label}>{inner}</node>\n"
    yield f'</nodes>\n<edges count="{graph.number_of_edges()}">\n'
    for number, (a, b, told) in enumerate(flat_edges(graph)):
        ends = f"source={quoteattr(xml_id(a))} target={quoteattr(xml_id(b))}"
        days = _days(graph.edges[a, b]) if dynamic else ()
        weight = write_value(graph.edges[a, b].get("weight", 1))
        yield f'<edge id="{number}" {ends} weight="{weight}">{_values(_rename(told))}{_spells(days)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _rename(row: Row) -> Row:
    return {_RENAMED.get(name, name): value for name, value in row.items() if name != "weight"}


def _columns(kind: str, rows: Iterable[Row]) -> Iterator[str]:
    yield f'<attributes class="{kind}">\n'
    for name, found in column_types(rows).items():
        title = _title(name)
        yield f'<attribute id={title} title={title} type="{_TYPES[found]}"/>\n'
    yield "</attributes>\n"


def _values(row: Row) -> str:
    values = "".join(f"<attvalue for={_title(name)} value={_quote(value)}/>" for name, value in row.items())
    return f"<attvalues>{values}</attvalues>" if values else ""


@cache
def _title(column: str) -> str:
    return quoteattr(xml_text(column))


def _quote(value: Scalar) -> str:
    # A number holds nothing to escape, and most values are numbers.
    return quoteattr(xml_text(value)) if isinstance(value, str) else f'"{write_value(value)}"'


def _rgb(label: Any) -> Iterable[tuple[str, int]]:
    color = TYPE_COLORS.get(str(label), "#888888")
    return ((channel, int(color[at : at + 2], 16)) for channel, at in (("r", 1), ("g", 3), ("b", 5)))


def _days(data: dict[str, Any]) -> set[str]:
    """Give the full dates of an edge's evidence."""
    return {date for date in meeting_dates(data.get("evidence", ())) if len(date) == 10}


def _node_days(graph: nx.Graph) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for a, b, data in graph.edges(data=True):
        days = _days(data)
        found[a] |= days
        found[b] |= days
    return found


def _spells(days: Collection[str]) -> str:
    if not days:
        return ""
    return "<spells>" + "".join(f'<spell start="{day}" end="{day}"/>' for day in sorted(days)) + "</spells>"


def _escape(text: str) -> str:
    return xml_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
