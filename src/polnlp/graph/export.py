"""The network in the forms that other programs read; each file is written whole or not at all."""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx

from polnlp.graph.bipartite import topic_graph
from polnlp.graph.flat import Row, attribute_names, column_types, flat_edges, flat_nodes
from polnlp.graph.gexf import stream_gexf
from polnlp.graph.graphml import stream_graphml
from polnlp.graph.pajek import format_pajek
from polnlp.graph.signs import stance_graph
from polnlp.reports import write_atomically
from polnlp.spreadsheets import FORMULA
from polnlp.wording import name_window

_encoder = msgspec.json.Encoder(enc_hook=list)  # the ledger of a pair that lies in a file


def export_graph(graph: nx.Graph, output: Path) -> list[Path]:
    """Write the graph as JSON, GEXF, GraphML, Pajek and CSV; the same graph gives the same bytes.

    The ledger stands in ``graph.json`` alone; the other forms hold scalars only.

    Args:
        graph: As ``build_graph`` makes it.
        output: Folder; made where it is missing.

    Returns:
        The files written: ``graph.json`` (node-link), ``graph.gexf``, ``graph-dynamic.gexf`` (with spells),
        ``graph.graphml``, ``graph.net``, ``nodes.csv``, ``edges.csv``; ``graph-stances.graphml``, the directed network
        of who speaks for or against whom; ``graph-topics.graphml``, the bipartite one of entities and topics.
    """
    output.mkdir(parents=True, exist_ok=True)
    files: dict[str, Callable[[nx.Graph], bytes | Iterable[bytes]]] = {
        "graph.json": stream_json,
        "graph.gexf": lambda g: stream_gexf(g, description=describe(g)),
        "graph-dynamic.gexf": lambda g: stream_gexf(g, dynamic=True, description=describe(g)),
        "graph.graphml": stream_graphml,
        "graph.net": format_pajek,
        "nodes.csv": stream_nodes,
        "edges.csv": stream_edges,
        "graph-stances.graphml": lambda g: stream_graphml(stance_graph(g, evidence=False)),
        "graph-topics.graphml": lambda g: stream_graphml(topic_graph(g)),
    }
    for name, write in files.items():
        write_atomically(output / name, write(graph))
    return [output / name for name in files]


def describe(graph: nx.Graph) -> str:
    """Say in one sentence what the network is."""
    settings = graph.graph.get("settings", {})
    window = name_window(settings.get("window", "window"), settings.get("window_tokens", 0))
    articles = len(graph.graph.get("articles", {}))
    return f"Entities named in the same {window} of {articles} articles; weights count {window}s."


def stream_json(graph: nx.Graph) -> Iterator[bytes]:
    """Give the graph in parts as node-link JSON, one node or edge a line.

    ``networkx.node_link_graph(data, edges="edges")`` reads it.
    """
    nodes = ({"id": node, **data} for node, data in graph.nodes(data=True))
    edges = ({"source": a, "target": b, **data} for a, b, data in graph.edges(data=True))
    directed = b"true" if graph.is_directed() else b"false"
    yield from (b'{"directed":', directed, b',"multigraph":false,\n"graph":')
    yield from _stream_value(graph.graph, depth=2)
    yield b',\n"nodes":[\n'
    yield from _join(map(_encoder.encode, nodes), b",\n")
    yield b'\n],\n"edges":[\n'
    yield from _join(map(_encoder.encode, edges), b",\n")
    yield b"\n]}\n"


def _stream_value(value: Any, depth: int) -> Iterator[bytes]:
    """Encode a value in parts, the entries of its entries each by itself: some are as many as there are articles."""
    if depth and isinstance(value, Mapping):
        yield b"{"
        for number, (key, entry) in enumerate(value.items()):
            yield (b"," if number else b"") + _encoder.encode(key) + b":"
            yield from _stream_value(entry, depth - 1)
        yield b"}"
    elif depth and isinstance(value, Collection) and not isinstance(value, str):
        yield b"["
        yield from _join(map(_encoder.encode, value), b",")
        yield b"]"
    else:
        yield _encoder.encode(value)


def _join(parts: Iterable[bytes], between: bytes) -> Iterator[bytes]:
    for number, part in enumerate(parts):
        yield between + part if number else part


def stream_nodes(graph: nx.Graph) -> Iterator[bytes]:
    """Write one row per node, ``id`` first."""
    names = attribute_names(data for _, data in graph.nodes(data=True))
    return stream_csv(({"id": node, **row} for node, row in flat_nodes(graph)), ("id", "name", "label", *names))


def stream_edges(graph: nx.Graph) -> Iterator[bytes]:
    """Write one row per edge with the ends' ids and names."""
    names = {node: str(name) for node, name in graph.nodes(data="name")}
    rows: Iterator[Row] = (
        {"source": a, "target": b, "source_name": names[a], "target_name": names[b], **row}
        for a, b, row in flat_edges(graph)
    )
    ends = ("source", "target", "source_name", "target_name")
    return stream_csv(rows, (*ends, *attribute_names(data for _, _, data in graph.edges(data=True))))


def format_csv(rows: list[Row], first: tuple[str, ...]) -> bytes:
    """Write rows as CSV in UTF-8; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return b"".join(stream_csv(rows, (*first, *column_types(rows))))


def stream_csv(rows: Iterable[Row], columns: Iterable[str]) -> Iterator[bytes]:
    """Do what ``format_csv`` does row by row; of columns that are named twice the first stands."""
    columns = [*dict.fromkeys(columns)]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    head: Row = {name: name for name in columns}
    for row in chain([head], rows):
        writer.writerow([_cell(row.get(column, "")) for column in columns])
        yield buffer.getvalue().encode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> Any:
    text = value.replace("\0", "") if isinstance(value, str) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text
