"""Signed edges and intervals."""

import networkx as nx
import numpy as np
import pytest

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.graph import build_graph
from polnlp.graph.intervals import pagerank

PAIR = "[LEADER Correa] met [ORG CONAIE]."


def edge_of(stances, marked=PAIR):
    return build_graph([make_report(marked, stances=stances)]).edges["nil:CONAIE", "nil:Correa"]


def test_an_edge_without_stances_has_no_sign():
    edge = edge_of([])
    assert (edge["stance"], edge["sign"], edge["stance_count"], edge["alignment"]) == (None, None, 0, None)


def test_opposites_in_one_paragraph_are_not_aligned():
    edge = edge_of([(0, "author", "nil:Correa", "against", 0.8), (0, "author", "nil:CONAIE", "favor", 0.5)])
    assert (edge["stance_a"], edge["stance_b"], edge["alignment"]) == (0.5, -0.8, -0.4)
    assert edge["sign"] == "mixed"


def test_what_one_says_of_the_other_is_kept_by_direction():
    edge = edge_of([(0, "nil:CONAIE", "nil:Correa", "against", 0.9)])
    assert (edge["a_to_b"], edge["b_to_a"], edge["sign"]) == (-0.9, None, "against")


def test_stances_in_other_paragraphs_do_not_sign_the_edge():
    marked = PAIR + "\n\n[LEADER Correa] lost."
    assert edge_of([(1, "author", "nil:Correa", "against", 0.9)], marked)["stance_count"] == 0


def test_a_node_counts_all_stances_toward_it():
    report = make_report(
        PAIR, stances=[(0, "author", "nil:Correa", "against", 0.9), (0, "x", "nil:Correa", "neutral", 0.9)]
    )
    node = build_graph([report]).nodes["nil:Correa"]
    assert (node["favor"], node["against"], node["neutral"], node["stance"]) == (0, 1, 1, -0.45)


def test_certain_mentions_of_one_article_have_no_width():
    edge = build_graph([make_report(PAIR)]).edges["nil:CONAIE", "nil:Correa"]
    assert (edge["count_low"], edge["count"], edge["count_high"]) == (1, 1, 1)


def test_doubt_in_mentions_and_links_widens_the_interval():
    def width(**doubt):
        reports = [make_report(PAIR, article=str(number), **doubt) for number in range(40)]
        edge = build_graph(reports).edges["nil:CONAIE", "nil:Correa"]
        return edge["count_high"] - edge["count_low"], edge["count_low"]

    sure, least_sure = width()
    doubtful, least_doubtful = width(score=0.7, link=0.8)
    assert sure == 0
    assert doubtful > 0
    assert least_doubtful < 40 * 0.7 * 0.7 * 0.8 < least_sure


def test_one_articles_weight_is_not_taken_for_the_corpus():
    long = make_report("\n\n".join([PAIR] * 20), article="long")
    others = [make_report("[LEADER Correa] alone.", article=str(number)) for number in range(30)]
    edge = build_graph([long, *others]).edges["nil:CONAIE", "nil:Correa"]
    assert (edge["count_low"], edge["count"]) == (0, 20)
    assert edge["count_high"] >= 60


def test_redraws_can_be_turned_off():
    graph = build_graph([make_report(PAIR)], config=GraphConfig(draws=0))
    assert graph.graph["draws"] == 0
    assert "count_low" not in nx.get_edge_attributes(graph, "count_low").values()


@pytest.mark.parametrize("weight", ["count", "npmi", "log_likelihood", "jaccard", "proximity"])
def test_the_weight_is_the_measure_that_was_asked_for(weight):
    edge = build_graph([make_report(PAIR)], config=GraphConfig(weight=weight)).edges["nil:CONAIE", "nil:Correa"]
    assert edge["weight"] == edge[weight]


def test_pagerank_is_networkxs():
    graph = nx.gnm_random_graph(30, 60, seed=1)
    graph.add_node(30)
    for number, (a, b) in enumerate(graph.edges):
        graph.edges[a, b]["count"] = 1 + number % 5
    a, b, counts = (np.array(column) for column in zip(*graph.edges(data="count"), strict=True))
    expected = nx.pagerank(graph, weight="count")
    assert pagerank(a, b, counts, 31) == pytest.approx([expected[node] for node in range(31)], abs=1e-5)


def test_pagerank_has_an_interval():
    pairs = [make_report(f"[LEADER Correa] met [ORG Body {n % 3}].", article=str(n)) for n in range(30)]
    graph = build_graph(pairs)
    for node in (graph.nodes[f"nil:Body {n}"] for n in range(3)):
        assert node["pagerank_low"] < node["pagerank"] < node["pagerank_high"]
