"""Line breaks: which part paragraphs, and which only wrap a line."""

import textwrap

import pytest

from polnlp.paragraphs.lines import find_blocks

WRAPPED = (
    "The assembly met for eleven hours in Quito and passed the law\n"
    "on mining in the small hours of the morning, when nobody but\n"
    "the deputies was left in the building.\n"
)
SECOND = (
    "The court is bound by no deadline in this matter, and it is\n"
    "not known whether it will hear the suit before the vote is\n"
    "held in April.\n"
)
LINES = (
    "The assembly met for eleven hours.\nNobody outside had been told.\n"
    "The plaza was empty at dawn.\nThe court has no deadline.\n"
)
ANSWER = "A: It will wait for the vote, as it always has, and then it\nwill say that it had no choice."


def texts(text, join="auto"):
    return [text[start:end] for start, end in find_blocks(text, join)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n", "\u2028"])
def test_wrapped_lines_are_one_paragraph_whatever_the_line_ends(end):
    text = f"{WRAPPED}\n{SECOND}".replace("\n", end)
    assert texts(text) == [WRAPPED.replace("\n", end).strip(), SECOND.replace("\n", end).strip()]


def test_a_text_of_one_paragraph_a_line_is_cut_at_its_lines():
    assert texts(LINES) == LINES.splitlines()


def test_the_setting_goes_before_the_guess():
    assert texts(LINES, "always") == [LINES.strip()]
    assert texts(WRAPPED, "never") == WRAPPED.splitlines()


def test_paragraphs_of_a_wrapped_text_without_blank_lines_are_told_by_their_short_last_lines():
    assert texts(WRAPPED + SECOND) == [WRAPPED.strip(), SECOND.strip()]


@pytest.mark.parametrize(
    "parts",
    [
        ["# The mining law", WRAPPED],
        ["The mining law", WRAPPED],
        [WRAPPED, "> We shall not sign, said the mayor, and we\n> shall not be moved by it."],
        ["The law has parts:", "- it opens the south\nto mining,", "- it taxes gold."],
        [
            WRAPPED,
            "Q: What will the court do?",
            "A: It will wait for the vote, as it always has, and then it\nwill say that it had no choice.",
        ],
        ["The mining law", "=========", WRAPPED],
    ],
)
def test_headings_lists_quotes_and_speakers_begin_a_paragraph(parts):
    parts = [part.strip() for part in parts]
    assert texts("\n".join(parts)) == parts


def test_white_space_alone_gives_no_paragraph():
    assert texts("") == texts(" \n\t\r\n \u00a0") == []


def test_where_a_program_wrapped_the_lines_a_nearly_full_last_line_ends_a_paragraph_too():
    sentence = "The deputies of the assembly voted on the law on mining and water after a debate of eleven hours"
    parts = [" ".join([sentence] * 4) + end for end in (" in Quito.", ".", " and went home.", " at dawn.")]
    text = "\n".join(textwrap.fill(part, 60) for part in parts)
    assert [" ".join(block.split()) for block in texts(text)] == parts
