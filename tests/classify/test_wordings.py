"""Stances by wording: ``tests/data/stances``."""

import pytest

from classify.wordings import read_cases
from polnlp.classify import StanceModel
from polnlp.schema import STANCE_LABELS

CASES = read_cases()


def test_each_kind_of_wording_has_cases_whose_target_stands_there():
    assert len({case.kind for case in CASES}) == 8
    assert all(case.label in STANCE_LABELS and case.text[case.start : case.end].strip() for case in CASES)


@pytest.mark.slow
def test_most_wordings_are_understood():
    """First measured: 48 of 70; of irony 3 of 8, and of good or bad fortune, which is no attitude, 3 of 10."""
    chances = StanceModel.load().predict([(case.text, case.start, case.end) for case in CASES])
    found = [STANCE_LABELS[int(row.argmax())] for row in chances]
    assert sum(label == case.label for label, case in zip(found, CASES, strict=True)) / len(CASES) >= 0.6
