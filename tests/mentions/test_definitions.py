"""Names that an article itself explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.mentions.definitions import follow_full_names, is_short_form, label_definitions
from polnlp.mentions.parts import repair_marks
from polnlp.schema import Mention


def mention(text, words, label, score=0.9, start=0):
    at = text.index(words, start)
    return Mention(start=at, end=at + len(words), text=words, label=label, score=score)


@pytest.mark.parametrize(
    "text",
    ["the Movement for Socialism (MAS) won", "MAS (Movement for Socialism) won", "the Movement for Socialism (MAS)."],
)
def test_a_short_form_in_brackets_has_the_label_of_the_long_one(text):
    given = sorted(
        [mention(text, "Movement for Socialism", "PARTY", 0.6), mention(text, "MAS", "ORG", 0.8)], key=lambda m: m.start
    )
    assert {found.label for found in label_definitions(text, given)} == {"PARTY"}


@pytest.mark.parametrize(
    ("text", "long", "short", "labels"),
    [
        ("Bernie Sanders (I) spoke", "Bernie Sanders", "I", ("LEADER", "PARTY")),
        ("Springfield (US) voted", "Springfield", "US", ("REGION", "COUNTRY")),
        ("the Greens and MAS", "Greens", "MAS", ("PARTY", "ORG")),
        ("the Greens (Labour) won", "Greens", "Labour", ("PARTY", "ORG")),
    ],
)
def test_other_brackets_define_nothing(text, long, short, labels):
    given = [mention(text, long, labels[0]), mention(text, short, labels[1], start=len(long))]
    assert label_definitions(text, given) == given


def test_short_forms_are_one_word_mostly_of_capitals():
    assert [is_short_form(text) for text in ("MAS", "PAIS", "EnBW", "EU-27", "Greens", "A B", "X", "")] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_a_word_of_a_full_name_is_that_person():
    text = "Henrique Capriles Radonski spoke. Then Capriles left Radonski."
    mentions = [
        mention(text, "Henrique Capriles Radonski", "LEADER"),
        mention(text, "Capriles", "REGION", 0.8, 30),
        mention(text, "Radonski", "MISC", 0.5, 50),
    ]
    assert [found.label for found in follow_full_names(mentions)] == ["LEADER"] * 3


@pytest.mark.parametrize(
    ("full", "score", "label"),
    [("Tamara Jordan", 0.9, "COUNTRY"), ("Tamara Serra", 0.4, "REGION"), ("Serra", 0.9, "REGION")],
)
def test_a_country_or_a_doubtful_full_name_changes_nothing(full, score, label):
    surname = full.split()[-1]
    text = f"{full} spoke. Then to {surname}."
    mentions = [mention(text, full, "LEADER", score), mention(text, surname, label, 0.8, len(full))]
    assert follow_full_names(mentions) == mentions


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Russiaâ€™s army", "Russia  ’s army"),
        ("Russiaâ\x80\x99s army", "Russia  ’s army"),
        ("â€œYesâ€\x9d", "  “Yes”  "),
        ("château, â la carte", "château, â la carte"),
    ],
)
def test_marks_that_were_decoded_wrongly_are_read_as_marks(text, repaired):
    assert repair_marks(text) == repaired


@given(st.text(st.sampled_from("ab â€™“\x80\x99\x9c\x9d¦\xa6"), max_size=30))
def test_repair_keeps_the_length_and_what_is_no_mark(text):
    repaired = repair_marks(text)
    assert len(repaired) == len(text)
    assert repair_marks(repaired) == repaired
