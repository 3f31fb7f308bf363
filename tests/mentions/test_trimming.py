"""A mention is the shortest span that names the thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.mentions.trimming import trim_name
from polnlp.schema import LABELS


def trimmed(text, label):
    place = trim_name(text, 0, len(text), label)
    return None if place is None else text[slice(*place)]


@pytest.mark.parametrize(
    ("span", "label", "name"),
    [
        ("President Evo Morales's", "LEADER", "Evo Morales"),
        ("the United Socialist Party of Venezuela", "PARTY", "United Socialist Party of Venezuela"),
        ("former Prime Minister Jacinda Ardern", "LEADER", "Jacinda Ardern"),
        ("Sen. Bernie Sanders", "LEADER", "Bernie Sanders"),
        ("the Socialists’", "PARTY", "Socialists"),
        ("“Movement for Socialism”,", "PARTY", "Movement for Socialism"),
        ("The Hague", "REGION", "The Hague"),
        ("U.S.", "COUNTRY", "U.S."),
        ("Venezuela.", "COUNTRY", "Venezuela"),
        ("Petrobras Inc.", "ORG", "Petrobras Inc."),
        ("General Motors", "ORG", "General Motors"),
        ("King", "PERSON", "King"),
        ("Movement (Chile)", "PARTY", "Movement (Chile)"),
        ("PSUV)", "PARTY", "PSUV"),
        ("Rafael Correa", "LEADER", "Rafael Correa"),
    ],
)
def test_article_title_possessive_and_stray_marks_go(span, label, name):
    assert trimmed(span, label) == name


@pytest.mark.parametrize("span", ["", " ", "—", "'s", "“”"])
def test_nothing_is_left_of_mere_marks(span):
    assert trimmed(span, "ORG") in (None, "s")


@given(st.text(max_size=40), st.sampled_from(LABELS), st.data())
def test_the_result_lies_within_the_span_and_trims_to_itself(text, label, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = trim_name(text, start, end, label)
    if place is not None:
        assert start <= place[0] < place[1] <= end
        assert trim_name(text, *place, label) == place


def test_what_someone_is_for_or_against_is_the_name():
    assert trim_name("pro-Chávez", 0, 10, "LEADER") == (4, 10)
    assert trim_name("Anti-Correa", 0, 11, "LEADER") == (5, 11)
    assert trim_name("post-war", 0, 8, "EVENT") == (0, 8)
    assert trim_name("anti-PSUV", 0, 9, "PARTY") == (5, 9)


def test_an_article_with_a_capital_may_stay_where_a_scheme_marks_it():
    assert trim_name("The Sunday Herald", 0, 17, "ORG", keep_article=True) == (0, 17)
    assert trim_name("the Sunday Herald", 0, 17, "ORG", keep_article=True) == (4, 17)


def test_a_longer_name_that_begins_so_is_whole():
    assert trimmed("Anti-Masonic Party", "PARTY") == "Anti-Masonic Party"
    assert trimmed("ex-President Rafael Correa", "LEADER") == "Rafael Correa"
