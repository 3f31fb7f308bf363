"""Measures against networkx's own and against networks whose answer is plain."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reports_by_hand import make_report
from polnlp.graph import backbone, build_graph
from polnlp.graph.backbone import disparity, noise_corrected
from polnlp.graph.measures import betweenness, count_balance, measure_nodes, transitivity


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 25), st.floats(0.02, 0.6), st.integers(0, 1000))
def test_betweenness_and_transitivity_are_networkxs(n, p, seed):
    graph = nx.gnp_random_graph(n, p, seed=seed)
    expected = nx.betweenness_centrality(graph)
    ours = betweenness(graph, seed=1)
    assert ours == {node: pytest.approx(expected[node], abs=1e-9) for node in graph}
    assert transitivity(graph) == pytest.approx(nx.transitivity(graph), abs=1e-4)


def test_betweenness_of_a_large_graph_is_close_to_the_exact(monkeypatch):
    graph = nx.barabasi_albert_graph(300, 3, seed=4)
    exact = betweenness(graph, seed=1)
    monkeypatch.setattr("polnlp.graph.measures.EXACT_UP_TO", 100)
    monkeypatch.setattr("polnlp.graph.measures.PIVOTS", 150)
    estimate = betweenness(graph, seed=1)
    assert np.corrcoef(list(exact.values()), list(estimate.values()))[0, 1] > 0.95


def test_two_groups_are_two_communities_the_larger_first():
    graph = nx.Graph()
    graph.add_edges_from((f"l{i}", f"l{j}", {"count": 5}) for i in range(5) for j in range(i))
    graph.add_edges_from((f"s{i}", f"s{j}", {"count": 5}) for i in range(4) for j in range(i))
    graph.add_edge("l0", "s0", count=1)
    measures = measure_nodes(graph, seed=1)
    assert {node: data["community"] for node, data in measures.items()} == {
        node: 0 if node.startswith("l") else 1 for node in graph
    }
    assert {data["community_stability"] for data in measures.values()} == {1.0}
    assert measures["l0"]["core"] == 4
    assert measures["l0"]["strength"] == 21
    assert measures["l0"]["betweenness"] == max(data["betweenness"] for data in measures.values())


def test_where_runs_disagree_stability_says_so():
    # A ring of equal ties has no communities of its own: every run cuts it elsewhere.
    graph = nx.cycle_graph(60)
    nx.set_edge_attributes(graph, 1, "count")
    measures = measure_nodes(graph, seed=1)
    assert min(data["community_stability"] for data in measures.values()) < 1.0
    assert all(0.0 <= data["community_stability"] <= 1.0 for data in measures.values())


def test_an_enemy_of_a_friends_friend_is_unbalanced():
    graph = nx.Graph()
    graph.add_edge("a", "b", alignment=0.5)
    graph.add_edge("b", "c", alignment=0.5)
    graph.add_edge("a", "c", alignment=-0.5)
    graph.add_edge("c", "d", alignment=None)
    assert count_balance(graph) == (0, 1)
    graph.edges["b", "c"]["alignment"] = -0.5
    assert count_balance(graph) == (1, 1)


def test_disparity_keeps_what_stands_out_to_one_end():
    # A hub with one strong and nine weak edges: (1 - 91/100) ** 9 against (1 - 1/100) ** 9.
    sources, targets = np.zeros(10, dtype=int), np.arange(1, 11)
    alphas = disparity(sources, targets, np.array([91.0] + [1.0] * 9), 11)
    assert alphas[0] == pytest.approx(0.09**9)
    assert alphas[1] == pytest.approx(0.99**9)


def test_noise_correction_prefers_the_pair_of_small_ones():
    # The same weight says more between two small nodes than between two hubs.
    edges = [(0, i, 5.0) for i in range(2, 20)] + [(1, i, 5.0) for i in range(20, 38)] + [(0, 1, 3.0), (38, 39, 3.0)]
    sources, targets, weights = (np.array(column) for column in zip(*edges, strict=True))
    scores = noise_corrected(sources, targets, weights, 40)
    assert scores[-1] > 1.64
    assert scores[-2] < 0


def test_the_backbone_keeps_to_its_caps_and_to_the_strongest():
    reports = [make_report(f"[ORG hub] [LEADER L{i % 9}].", article=str(i)) for i in range(30)]
    reports += [make_report("[ORG hub] [LEADER L0].", article=f"x{i}") for i in range(20)]
    graph = build_graph(reports)
    thin = backbone(graph, max_nodes=4, max_edges=2)
    assert (len(thin), thin.number_of_edges()) == (4, 2)
    assert ("nil:L0", "nil:hub") in thin.edges
    assert backbone(graph, max_nodes=100, max_edges=100) is graph
