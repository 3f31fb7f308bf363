"""The network as an object: a networkx graph that shows itself in a notebook."""

import networkx as nx

from polnlp.arguments import check_type
from polnlp.notebook import format_graph


class EntityGraph(nx.Graph):  # type: ignore[misc]
    """What ``build_graph`` makes: a ``networkx.Graph`` in everything but its looks."""

    def _repr_html_(self) -> str:
        return format_graph(self)


def check_graph(graph: nx.Graph) -> None:
    """Refuse what ``build_graph`` did not make.

    Raises:
        TypeError: If it is no graph, such as a list of reports.
        ValueError: If it lacks what ``build_graph`` says of a corpus.
    """
    check_type("graph", graph, nx.Graph, "build_graph(reports) makes one")
    if not {"articles", "stances"} <= graph.graph.keys():
        raise ValueError("graph: this network does not tell its articles and stances; build_graph(reports) makes one.")
