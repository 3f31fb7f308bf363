"""Front matter: simple values are read; what only begins like it stays text."""

import pytest

from polnlp.articles.frontmatter import split_front_matter


def test_values_strings_and_lists_are_read():
    values, text, note = split_front_matter(
        "---\n"
        'title: "The gauntlet: a \\"report\\""\n'
        "date: 2009-01-29  # a comment\n"
        "source: 'The People''s Voice'\n"
        'tags: [mining, "law, new"]\n'
        "author:\n  - Ana Lucero\n  - John Roe\n"
        "summary: >\n  two lines\n  of words\n"
        "url: http://a.example/x#part\n"
        "---\n\nBody: not a value.\n"
    )
    assert values == {
        "title": 'The gauntlet: a "report"',
        "date": "2009-01-29",
        "source": "The People's Voice",
        "tags": ["mining", "law, new"],
        "author": ["Ana Lucero", "John Roe"],
        "summary": "two lines of words",
        "url": "http://a.example/x#part",
    }
    assert (text, note) == ("Body: not a value.\n", None)


def test_windows_line_ends_stay_in_the_text():
    assert split_front_matter("---\r\ntitle: x\r\n---\r\nOne.\r\n\r\nTwo.")[1] == "One.\r\n\r\nTwo."


@pytest.mark.parametrize(
    "text", ["---\ntitle: x\nno end", "---\na sentence without a colon\n---\nrest", "---\n- a\n- b\n---\n"]
)
def test_what_is_no_front_matter_stays_in_the_text_and_is_noted(text):
    values, rest, note = split_front_matter(text)
    assert (values, rest) == ({}, text)
    assert note is not None


def test_a_text_without_front_matter_is_left_alone():
    assert split_front_matter("Plain text.\n---\nmore") == ({}, "Plain text.\n---\nmore", None)
