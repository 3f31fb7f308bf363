"""The network of who is named in paragraphs about what."""

import networkx as nx

from polnlp.graph.entity_graph import check_graph
from polnlp.schema import TOPICS


def topic_graph(graph: nx.Graph) -> nx.Graph:
    """Join entities to the topics of the paragraphs that name them.

    Examples:
        >>> from polnlp import build_graph, load
        >>> from polnlp.config import GraphConfig
        >>> report = load().analyze("Evo Morales promised the hospitals more nurses and doctors for their patients.")
        >>> graph = topic_graph(build_graph([report], config=GraphConfig(draws=0)))
        >>> graph.edges["leader:BOL:evo-morales", "topic:Health"]["share"]
        1.0

    Args:
        graph: As ``build_graph`` makes it.

    Returns:
        Bipartite graph: entities keep ``name`` and ``label`` (``bipartite`` 0), topics have the id ``topic:Name`` and
        the label ``TOPIC`` (``bipartite`` 1). An edge's ``count`` and ``weight`` are paragraphs, its ``share`` is that
        of the entity's paragraphs with a topic, in (0, 1]. Entities without a topic are not in it.

    Raises:
        TypeError: If ``graph`` is no graph, such as a list of reports.
        ValueError: If ``graph`` is none that ``build_graph`` made.
    """
    check_graph(graph)
    joined = nx.Graph()
    told = {node: data["topics"] for node, data in graph.nodes(data=True) if data["topics"]}
    used = {topic for topics in told.values() for topic in topics}
    for node in told:
        joined.add_node(node, bipartite=0, **{key: graph.nodes[node].get(key) for key in ("name", "label", "country")})
    for topic in (*(topic for topic in TOPICS if topic in used), *sorted(used - {*TOPICS})):
        joined.add_node(f"topic:{topic}", bipartite=1, name=topic, label="TOPIC")
    for node, topics in told.items():
        total = sum(topics.values())
        for topic, count in topics.items():
            joined.add_edge(node, f"topic:{topic}", count=count, weight=count, share=round(count / total, 4))
    return joined
