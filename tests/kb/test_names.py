"""Folding: what spellings are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.kb.names import fold_name, is_acronym


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hugo Chávez", "hugo chavez"),
        ("U.S.", "US"),
        ("U.S", "US"),
        ("the United States", "United States"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Guinea-Bissau", "Guinea Bissau"),
        ("Łódź", "Lodz"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("Morales'", "Morales"),
        ("People's Party", "Peoples Party's"),
        ("J. F. Kennedy", "J F Kennedy"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("Mali", "Malí Grande"), ("US", "USA"), ("Niger", "Nigeria")])
def test_other_names_stay_apart(one, other):
    assert fold_name(one) != fold_name(other)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_but_a_leading_article(text):
    key = fold_name(text)
    assert key == key.strip()
    assert fold_name(key) in (key, key.removeprefix("the "), fold_name(key))
    assert len(fold_name(key)) <= len(key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PSUV", True), ("U.N.", True), ("M13", True), ("Mas", False), ("A", False), ("THE PARTY", False)],
)
def test_acronyms_are_written_in_capitals(text, expected):
    assert is_acronym(text) is expected
