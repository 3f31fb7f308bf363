"""Whose words a target stands in, on the marked texts of ``tests/data/holders``."""

from collections import Counter

import pytest

from classify.holders import is_right, predict_holder, read_case, read_cases

CASES = read_cases()


def test_at_least_two_hundred_cases_are_marked():
    assert len(CASES) >= 200
    assert all(case.text[case.start : case.end] for case in CASES)


def test_the_holder_is_found_in_most_cases(record_property):
    right = Counter(case.file for case in CASES if is_right(case, predict_holder(case)))
    count = Counter(case.file for case in CASES)
    record_property("holders", {file: f"{right[file]}/{count[file]}" for file in sorted(count)})
    assert right.total() / len(CASES) >= 0.93


@pytest.mark.parametrize("file", sorted({case.file for case in CASES}))
def test_no_kind_of_case_is_left_behind(file):
    cases = [case for case in CASES if case.file == file]
    right = sum(is_right(case, predict_holder(case)) for case in cases)
    assert right / len(cases) >= 0.85


def test_the_author_is_not_taken_for_a_speaker():
    authors = [case for case in CASES if case.holder == "author"]
    wrong = [case.text for case in authors if predict_holder(case) != "author"]
    assert len(wrong) / len(authors) <= 0.05


def test_a_wrong_holder_is_counted_as_wrong():
    case = read_case("here", 1, "Nebot | Correa said that the {banks} lie.")
    assert predict_holder(case) == "Correa"
    assert not is_right(case, predict_holder(case))
