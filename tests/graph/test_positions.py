"""Betweenness and communities over redraws, on the backbone."""

import networkx as nx
import numpy as np
import pytest

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.graph import build_graph, positions
from polnlp.graph.positions import Positions, compare_communities

TWO_GROUPS = (
    [(i, j) for i in range(5) for j in range(i)] + [(i, j) for i in range(5, 9) for j in range(5, i)] + [(0, 5)]
)


def gather(pairs, counts, community, **options):
    ends = tuple(np.array(column) for column in zip(*pairs, strict=True))
    return Positions(ends, np.array(counts, dtype=float), np.array(community), min_count=1, seed=1, **options)


def test_the_backbones_betweenness_is_networkxs_where_it_is_the_whole():
    found = gather(TWO_GROUPS, [1.0] * len(TWO_GROUPS), [0] * 5 + [1] * 4)
    expected = nx.betweenness_centrality(nx.Graph(TWO_GROUPS))
    assert found.betweenness.tolist() == pytest.approx([expected[node] for node in range(9)])


def test_a_backbone_keeps_the_ties_of_the_smallest_disparity(monkeypatch):
    monkeypatch.setattr(positions, "BACKBONE_EDGES", 3)
    hub = [(0, node) for node in range(1, 11)]
    found = gather(hub, [9, 1, 1, 8, 1, 1, 7, 1, 1, 1], [0] * 11)
    assert found.edges.tolist() == [0, 3, 6]
    assert found.present.nonzero()[0].tolist() == [0, 1, 4, 7]
    found.add(np.array([0, 5, 1, 9, 1, 1, 8, 1, 1, 1.0]))  # a draw has a backbone of its own
    assert np.flatnonzero(found.drawn[0]).tolist() == [0]
    assert found.seen.nonzero()[0].tolist() == [1, 3, 6]


def test_a_draw_that_changes_nothing_supports_all():
    counts = [1.0] * len(TWO_GROUPS)
    found = gather(TWO_GROUPS, counts, [0] * 5 + [1] * 4)
    for _ in range(3):
        found.add(np.array(counts))
    assert found.describe_nodes()["community_support"].tolist() == [1.0] * 9
    assert found.share_together().tolist() == [1.0] * (len(TWO_GROUPS) - 1) + [0.0]


def test_a_draw_without_ties_says_nothing():
    found = gather(TWO_GROUPS, [1.0] * len(TWO_GROUPS), [0] * 5 + [1] * 4)
    found.add(np.zeros(len(TWO_GROUPS)))
    assert np.isnan(found.describe_nodes()["community_support"]).all()
    assert np.isnan(found.share_together()).all()
    assert found.drawn[0].tolist() == [0.0] * 9


@pytest.mark.parametrize(
    ("given", "drawn", "support"),
    [
        ([0, 0, 1, 1], [5, 5, 2, 2], [1, 1, 1, 1]),  # the same groups by other numbers
        ([0, 0, 1, 1], [0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]),  # merged
        ([0, 0, 0, 0], [0, 0, 0, 1], [0.75, 0.75, 0.75, 0.25]),  # one split off
        ([0, 0, 0, 1], [0, 0, -1, 1], [1, 1, None, 1]),  # one is not in the draw: the others are compared without it
    ],
)
def test_support_is_the_overlap_of_given_and_drawn(given, drawn, support):
    found = compare_communities(np.array(given), np.array(drawn))
    assert [None if value != value else value for value in found.tolist()] == support


def test_what_articles_agree_on_has_more_support_than_what_one_article_says():
    groups = {"Quito": "ABCD", "La Paz": "EFGH"}
    reports = [
        make_report(" and ".join(f"[ORG {name}]" for name in names), article=f"{city}-{number}")
        for city, names in groups.items()
        for number in range(20)
    ]
    once = [make_report(f"[ORG L{n}] met [ORG L{n + 1}].", article=f"once-{n}") for n in range(12)]
    graph = build_graph([*reports, *once], config=GraphConfig(draws=40))
    support = dict(graph.nodes(data="community_support"))
    assert graph.graph["position_draws"] == positions.DRAWS
    assert min(support[f"nil:{name}"] for name in "ABCDEFGH") == 1.0
    assert max(support[f"nil:L{number}"] for number in range(13)) < 0.9
    assert graph.edges["nil:A", "nil:B"]["same_community"] == 1.0
    middle = graph.nodes["nil:L6"]
    assert middle["backbone_betweenness_low"] < middle["backbone_betweenness_high"]
    assert middle["backbone_betweenness"] == middle["betweenness"] > 0


def test_without_draws_there_are_no_positions():
    graph = build_graph([make_report("[ORG A] met [ORG B].")], config=GraphConfig(draws=0))
    assert "position_draws" not in graph.graph
    assert "backbone_betweenness" not in graph.nodes["nil:A"]
