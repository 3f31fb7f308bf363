"""What one mention of an article says about another."""

import pytest

from polnlp.mentions.consistency import agree_on_labels, find_again, stands_alone
from polnlp.schema import Mention


def mention(text, words, label, score=0.9, start=0):
    at = text.index(words, start)
    return Mention(start=at, end=at + len(words), text=words, label=label, score=score)


def test_a_surname_takes_the_label_of_its_full_name():
    text = "Tamara Ycaza spoke. Ycaza won."
    mentions = [mention(text, "Tamara Ycaza", "LEADER", 0.95), mention(text, "Ycaza", "PERSON", 0.5, 19)]
    assert [found.label for found in agree_on_labels(mentions)] == ["LEADER", "LEADER"]


def test_labels_that_are_no_rivals_stay():
    text = "Jordan met Jordan."
    mentions = [mention(text, "Jordan", "COUNTRY", 0.9), mention(text, "Jordan", "PERSON", 0.5, 8)]
    assert agree_on_labels(mentions) == mentions


def test_a_doubtful_place_is_the_person_of_that_surname():
    text = "Tamara Ycaza spoke. For Ycaza the risk is small."
    mentions = [mention(text, "Tamara Ycaza", "LEADER", 0.95), mention(text, "Ycaza", "REGION", 0.43, 19)]
    assert [found.label for found in agree_on_labels(mentions)] == ["LEADER", "LEADER"]


def test_a_doubtful_name_follows_the_sure_one():
    text = "Bolivarian forces won. The Bolivarian camp cheered."
    mentions = [mention(text, "Bolivarian", "MISC", 0.98), mention(text, "Bolivarian", "REGION", 0.71, 20)]
    assert [found.label for found in agree_on_labels(mentions)] == ["MISC", "MISC"]


@pytest.mark.parametrize("score", [0.43, 0.7])
def test_a_place_that_is_sure_somewhere_stays(score):
    text = "Barbara Jordan flew to Jordan. Jordan won."
    mentions = [
        mention(text, "Barbara Jordan", "LEADER", 0.85),
        mention(text, "Jordan", "COUNTRY", 0.97, 19),
        mention(text, "Jordan", "COUNTRY", score, 30),
    ]
    assert agree_on_labels(mentions) == mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONAIE marched. Later CONAIE left.", [22]),
        ("CONAIE marched. The CONAIEs left.", []),
        ("CONAIE marched. The CONAIE Youth left.", []),
        ("CONAIE marched. The word conaie is common.", []),
        ("CONAIE marched, pro-CONAIE groups too.", [20]),
    ],
)
def test_a_sure_name_is_found_where_it_stands_alone(text, expected):
    sure = mention(text, "CONAIE", "ORG")
    again = find_again([(0, 0, text)], [sure])
    assert [found.start for found in again if found.start] == expected
    assert all(text[found.start : found.end] == "CONAIE" and found.score < sure.score for found in again)


def test_a_doubtful_name_speaks_for_no_other():
    text = "Ycaza met Ycaza."
    assert find_again([(0, 0, text)], [mention(text, "Ycaza", "PERSON", 0.5)]) == []


def test_a_title_may_stand_before_a_person():
    text = "President Ycaza"
    assert stands_alone(text, 10, 15, "LEADER")
    assert not stands_alone(text, 10, 15, "ORG")


def test_offsets_are_those_of_the_article():
    text = "Shuar.\n\nThe Ycaza Group met Ycaza Group."
    parts = [(3, 8, text[8:])]
    again = find_again(parts, [mention(text, "Ycaza Group", "ORG")])
    assert {(found.start, found.paragraph) for found in again} == {(12, 3), (28, 3)}
