"""Measures of association, checked against tables worked out by hand and by brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from polnlp.graph.association import (
    configuration_p,
    correct_p,
    hypergeometric_p,
    jaccard,
    log_likelihood,
    npmi,
)


def array(*values):
    return np.array(values, dtype=np.int64)


def test_npmi_knows_never_chance_and_always():
    values = npmi(array(10, 1, 0), array(10, 10, 5), array(10, 10, 5), 100)
    assert values[0] == pytest.approx(1.0)
    assert values[1] == pytest.approx(0.0)
    assert values[2] == -1.0


def test_a_pair_in_every_window_has_npmi_one():
    assert npmi(array(3), array(3), array(3), 3)[0] == 1.0


def test_jaccard_is_the_share_of_windows_that_hold_both():
    assert jaccard(array(2), array(4), array(3))[0] == pytest.approx(2 / 5)


def test_log_likelihood_of_dunnings_kind_of_table():
    # 110, 2442, 111, 29114: "the swiss" in Dunning (1993), table 2 gives 270.72.
    assert log_likelihood(array(110), array(110 + 2442), array(110 + 111), 110 + 2442 + 111 + 29114)[
        0
    ] == pytest.approx(270.72, abs=0.01)


def test_log_likelihood_is_negative_for_pairs_that_avoid_each_other():
    assert log_likelihood(array(1), array(50), array(50), 100)[0] < 0


@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 60))
def test_the_hypergeometric_test_is_fishers(both, only_first, only_second, neither):
    p = hypergeometric_p(
        array(both), array(both + only_first), array(both + only_second), both + only_first + only_second + neither
    )
    expected = fisher_exact([[both, only_first], [only_second, neither]], alternative="greater").pvalue
    assert p[0] == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_a_long_list_of_names_is_no_surprise_to_the_configuration_null():
    sizes = np.array([30] + [2] * 200)
    evenly = hypergeometric_p(array(1), array(1), array(1), 201)
    by_size = configuration_p(array(1), array(1), array(1), sizes)
    assert evenly[0] < 0.05 / 9
    assert by_size[0] > 2 * evenly[0] * 0.5
    assert by_size[0] == pytest.approx(1 - np.exp(-(900 + 800) / 430**2), rel=1e-6)


def test_correction_counts_the_pairs_that_never_met():
    p = np.array([0.01, 0.04, 0.03])
    assert correct_p(p, 3).tolist() == pytest.approx([0.03, 0.04, 0.04])
    assert correct_p(p, 300).tolist() == [1.0, 1.0, 1.0]


def test_nothing_to_correct_gives_nothing():
    assert correct_p(np.array([]), 1).tolist() == []
