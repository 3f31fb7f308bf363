"""Scores, on cases that can be counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.evaluation.formatting import format_scores
from polnlp.evaluation.scores import (
    Scores,
    bootstrap,
    confuse_spans,
    f1_of_counts,
    match_relaxed,
    score_classes,
    score_counts,
    score_groups,
    score_spans,
)


def test_a_span_is_right_with_its_label_and_both_ends():
    gold = [[(0, 5, "PARTY"), (9, 12, "ORG")], [(0, 4, "LEADER")]]
    found = [[(0, 5, "PARTY"), (9, 12, "MISC")], [(0, 3, "LEADER"), (0, 4, "LEADER")]]
    micro, labels, counts = score_spans(gold, found)
    assert (micro.precision, micro.recall, micro.f1) == (0.5, 0.6667, 0.5714)
    assert (labels["ORG"].recall, labels["PARTY"].f1, labels["LEADER"].precision) == (0.0, 1.0, 0.5)
    assert counts.tolist() == [[1, 2, 2], [1, 2, 1]]


def test_errors_are_told_apart():
    gold = [[(0, 5, "PARTY"), (6, 12, "ORG"), (20, 25, "MISC")]]
    found = [[(0, 5, "ORG"), (6, 10, "ORG"), (30, 35, "EVENT")]]
    assert confuse_spans(gold, found) == {
        "MISC → nothing": 1,
        "ORG → other span": 1,
        "PARTY → ORG": 1,
        "nothing → EVENT": 1,
    }


def test_nothing_found_and_nothing_to_find_is_no_division_by_zero():
    assert score_counts(0, 0, 0).f1 == 0.0
    assert score_spans([[]], [[]])[0].f1 == 0.0
    assert score_groups([], []) == (0.0, 0.0, 0.0)
    assert bootstrap(np.zeros((0, 3)), f1_of_counts) == (0.0, 0.0)


def test_overlapping_spans_are_paired_once_the_same_ones_first():
    assert match_relaxed([(0, 10), (12, 20)], [(0, 4), (0, 10), (15, 30)]) == [(0, 1), (1, 2)]
    assert match_relaxed([(0, 10)], [(2, 4), (5, 7)]) == [(0, 0)]
    assert match_relaxed([(0, 2)], [(2, 4)]) == []


def test_macro_f1_is_over_the_labels_of_the_gold():
    accuracy, macro, labels, errors = score_classes(["a", "a", "b", "b"], ["a", "b", "b", "c"])
    assert accuracy == 0.5
    assert macro == pytest.approx((2 / 3 + 1 / 2) / 2, abs=1e-4)
    assert labels["c"].gold == 0
    assert errors == {"a → b": 1, "b → c": 1}


def test_b_cubed_as_in_the_paper():
    # Bagga and Baldwin (1998), figures 3 and 4: two wrong merges, of which the one between large groups costs more.
    truth = [{1, 2, 3, 4, 5}, {6, 7}, {8, 9, "A", "B", "C"}]
    small = [{1, 2, 3, 4, 5}, {6, 7, 8, 9, "A", "B", "C"}]
    large = [{1, 2, 3, 4, 5, 8, 9, "A", "B", "C"}, {6, 7}]
    assert score_groups(truth, small)[:2] == (0.7619, 1.0)
    assert score_groups(truth, large)[:2] == (0.5833, 1.0)


def test_a_mention_of_one_side_alone_counts_against_it():
    assert score_groups([{1, 2}], [{1, 2}, {3}]) == (0.6667, 1.0, 0.8)
    assert score_groups([{1, 2}, {3}], [{1, 2}]) == (1.0, 0.6667, 0.8)


groups = st.lists(st.integers(0, 12), unique=True, max_size=12).map(
    lambda items: [set(items[first : first + 3]) for first in range(0, len(items), 3)]
)


@given(groups, groups)
def test_grouping_scores_mirror_when_sides_are_swapped(one, two):
    precision, recall, f1 = score_groups(one, two)
    assert score_groups(two, one) == (recall, precision, f1)
    assert 0 <= f1 <= 1
    if one:
        assert score_groups(one, one) == (1.0, 1.0, 1.0)


def test_an_interval_holds_the_figure_and_is_the_same_every_time():
    counts = np.array([[8, 10, 10], [2, 6, 5], [5, 5, 7], [1, 4, 4]], dtype=float)
    low, high = bootstrap(counts, f1_of_counts)
    assert low < f1_of_counts(counts.sum(axis=0)) < high
    assert bootstrap(counts, f1_of_counts) == (low, high)


def test_documents_that_are_alike_leave_no_doubt():
    assert bootstrap(np.array([[3.0, 4, 5]] * 6), f1_of_counts) == (0.6667, 0.6667)


def test_scores_print_as_a_table():
    scores = Scores(
        task="names",
        gold="mine.jsonl",
        documents=2,
        values={"F1": 0.5},
        intervals={"F1": (0.25, 0.75)},
        labels={"PARTY": score_counts(1, 2, 2)},
        confusion={"PARTY → ORG": 1},
        notes=("left out",),
    )
    table = format_scores(scores)
    for part in ("mine.jsonl, 2 texts", "50.0   (25.0 to 75.0)", "PARTY", "1  PARTY → ORG", "Note: left out"):
        assert part in table
