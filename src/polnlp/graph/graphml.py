"""GraphML with scalars only, as Gephi, yEd, igraph and networkx read it.

References:
    Brandes, Eiglsperger, Herman, Himsolt, Marshall (2002). GraphML progress report. Graph Drawing, 501-512.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from polnlp.graph.flat import Row, Scalar, column_types, flat_edges, flat_nodes, write_value, xml_id, xml_text

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def stream_graphml(graph: nx.Graph) -> Iterator[bytes]:
    """Write the graph as GraphML, line by line; ids that XML cannot hold are changed as in the GEXF."""
    return (line.encode("utf-8") for line in _lines(graph))


def _lines(graph: nx.Graph) -> Iterator[str]:
    node_keys = _name_keys("n", (row for _, row in flat_nodes(graph)))
    edge_keys = _name_keys("e", (row for _, _, row in flat_edges(graph)))
    yield _OPEN
    for kind, keys in (("node", node_keys), ("edge", edge_keys)):
        for name, (key, found) in keys.items():
            yield f'<key id="{key}" for="{kind}" attr.name={quoteattr(xml_text(name))} attr.type="{_TYPES[found]}"/>\n'
    yield f'<graph id="G" edgedefault="{"directed" if graph.is_directed() else "undirected"}">\n'
    for node, row in flat_nodes(graph):
        yield f"<node id={quoteattr(xml_id(node))}>{_data(row, node_keys)}</node>\n"
    for a, b, row in flat_edges(graph):
        yield f"<edge source={quoteattr(xml_id(a))} target={quoteattr(xml_id(b))}>{_data(row, edge_keys)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _name_keys(prefix: str, rows: Iterable[Row]) -> dict[str, tuple[str, type]]:
    return {name: (f"{prefix}{number}", found) for number, (name, found) in enumerate(column_types(rows).items())}


def _data(row: Row, keys: dict[str, tuple[str, type]]) -> str:
    return "".join(f'<data key="{keys[name][0]}">{_escape(value)}</data>' for name, value in row.items())


def _escape(value: Scalar) -> str:
    return escape(xml_text(value)) if isinstance(value, str) else write_value(value)
