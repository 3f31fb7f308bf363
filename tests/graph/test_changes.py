"""Two slices beside each other: what rises, what falls, and what is no finding."""

import numpy as np
import pytest

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.graph import build_graph, find_changes
from polnlp.graph.changes import difference_interval, split_p

OLD = "[LEADER=l:correa Rafael Correa] met [ORG CONAIE]."
NEW = "[LEADER=l:correa Rafael Correa] met [PARTY PAIS]."


def slice_of(year, texts, **settings):
    made = [make_report(text, article=f"{year}-{number}") for number, text in enumerate(texts)]
    return build_graph(made, config=GraphConfig(draws=0, **settings))


def test_ties_rise_and_fall():
    changes = find_changes(slice_of(2001, [OLD] * 12), slice_of(2002, [NEW] * 12))
    assert changes.articles == (12, 12)
    told = {trend.names: (trend.first, trend.second, trend.change) for trend in changes.edges}
    assert told == {("Rafael Correa", "CONAIE"): (12, 0, -1.0), ("Rafael Correa", "PAIS"): (0, 12, 1.0)}
    assert all(trend.q_value < 0.001 for trend in changes.edges)
    steady = next(trend for trend in changes.nodes if trend.ids == ("l:correa",))
    assert (steady.change, steady.p_value) == (0.0, 1.0)
    assert steady.low < 0 < steady.high
    assert changes.nodes[-1] == steady  # the surest first


def test_many_windows_of_one_article_are_one_article():
    changes = find_changes(slice_of(2001, ["\n\n".join([OLD] * 30)]), slice_of(2002, [NEW]))
    assert {trend.first + trend.second for trend in changes.edges} == {1}
    assert {trend.p_value for trend in changes.edges} == {1.0}


def test_p_is_fishers():
    # Fisher's lady and her tea: 3 of 4 and 1 of 4; the smaller tail is 17/70.
    p = split_p(np.array([3]), np.array([1]), (4, 4))
    assert p == pytest.approx([2 * 17 / 70])


def test_the_interval_is_newcombes():
    # Newcombe (1998), table II, column (a), method 10: 56/70 less 48/80.
    low, high = difference_interval(np.array([48]), np.array([56]), (80, 70))
    assert (low[0], high[0]) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_what_cannot_be_compared_is_refused():
    one = slice_of(2001, [OLD])
    with pytest.raises(ValueError, match="share 1 articles, such as '2001-0'"):
        find_changes(one, one)
    with pytest.raises(ValueError, match="different settings of window"):
        find_changes(one, slice_of(2002, [OLD], window="sentence"))
    with pytest.raises(ValueError, match="min_count=1"):
        find_changes(slice_of(2001, [OLD], min_count=2), slice_of(2002, [OLD], min_count=2))


def test_an_empty_slice_compares_to_nothing():
    changes = find_changes(slice_of(2001, []), slice_of(2002, [OLD]))
    assert (changes.articles, changes.nodes, changes.edges) == ((0, 1), (), ())
