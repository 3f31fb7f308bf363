"""The network as an object: a networkx graph that shows itself in a notebook."""

import networkx as nx

from polnlp.notebook import format_graph


class EntityGraph(nx.Graph):  # type: ignore[misc]
    """What ``build_graph`` makes: a ``networkx.Graph`` in everything but its looks."""

    def _repr_html_(self) -> str:
        return format_graph(self)
