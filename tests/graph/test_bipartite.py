"""Who is named in paragraphs about what."""

import networkx as nx

from graph.reports_by_hand import make_report
from polnlp.graph import build_graph, topic_graph
from polnlp.graph.gexf import format_gexf


def test_entities_meet_topics():
    report = make_report(
        "[ORG A] [ORG B].\n\n[ORG A].\n\n[ORG A].\n\n[ORG C].",
        topics=[(0, "Labor"), (1, "Labor"), (2, "Health"), (3, "None")],
    )
    joined = topic_graph(build_graph([report]))
    assert sorted(joined.edges(data="count")) == [
        ("nil:A", "topic:Health", 1),
        ("nil:A", "topic:Labor", 2),
        ("nil:B", "topic:Labor", 1),
    ]
    assert joined.edges["nil:A", "topic:Labor"]["share"] == 0.6667
    assert nx.is_bipartite(joined)
    assert b"topic:Labor" in format_gexf(joined)
