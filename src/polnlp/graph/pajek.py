"""Pajek's ``.net``, which UCINET, Pajek and VOSviewer read: names and counts, nothing else.

References:
    Batagelj, Mrvar (1998). Pajek: program for large network analysis. Connections 21(2), 47-57.
"""

from collections import Counter

import networkx as nx

from polnlp.graph.flat import xml_text


def format_pajek(graph: nx.Graph) -> bytes:
    """Write vertices by number with their names, and edges with their ``count``.

    The form knows no escapes: double quotes in names become single ones, and equal names get their ids behind them.
    """
    names = {node: xml_text(str(data.get("name", node))).replace('"', "'") for node, data in graph.nodes(data=True)}
    uses = Counter(names.values())
    place = {node: number for number, node in enumerate(graph, 1)}
    lines = [f"*Vertices {len(graph)}"]
    for node, name in names.items():
        label = f"{name} ({xml_text(str(node))})".replace('"', "'") if uses[name] > 1 or not name else name
        lines.append(f'{place[node]} "{label}"')
    lines.append("*Arcs" if graph.is_directed() else "*Edges")
    lines += [f"{place[a]} {place[b]} {data.get('count', 1)}" for a, b, data in graph.edges(data=True)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
