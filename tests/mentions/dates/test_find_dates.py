"""The laws of ``find_dates``: nothing invented, nothing overlapping, passages and zones, refusals."""

import subprocess
import sys

import pytest

from polnlp.errors import ConfigError
from polnlp.mentions.dates import find_dates
from polnlp.schema import Paragraph


def values(text, **options):
    return [mention.value for mention in find_dates(text, **options)]


def test_an_empty_text_has_no_dates():
    assert find_dates("") == []


def test_without_a_reference_a_relative_date_stays_open():
    (mention,) = find_dates("They voted last year.")
    assert (mention.value, mention.relative) == (None, "P1Y-")


def test_a_reference_of_a_year_leaves_days_open():
    assert values("They voted last year, and yesterday.", reference="2005") == ["2004", None]


def test_an_open_year_gives_two_readings():
    (mention,) = find_dates("The August 10 rally.", reference="2009-01-29")
    assert mention.value == "2008-08-10"
    assert [other.value for other in mention.alternatives] == ["2009-08-10"]
    assert 0 < mention.alternatives[0].probability < 0.5


def test_a_clear_tense_gives_one_reading():
    (mention,) = find_dates("The rally was held on August 10.", reference="2009-01-29")
    assert mention.alternatives == ()


def test_a_date_that_is_the_whole_text_looks_ahead():
    (mention,) = find_dates("Tuesday evening", reference="2009-01-29")
    assert mention.value == "2009-02-03TEV"
    assert [other.value for other in mention.alternatives] == ["2009-01-27TEV"]


def test_a_paragraph_of_one_date_does_not_look_ahead():
    heading = Paragraph(index=0, start=0, end=7, zone="body")
    assert values("Tuesday", reference="2009-01-29", paragraphs=[heading]) == ["2009-01-27"]


def test_minutes_are_counted_from_a_time_alone():
    assert values("30 minutes later", reference="2009-01-29T23:45") == ["2009-01-30T00:15"]
    assert values("30 minutes later", reference="2009-01-29") == [None]


def test_an_ambiguous_numeric_date_keeps_both_readings():
    (mention,) = find_dates("Signed 9/3/2008.", reference="2009-01-29")
    assert [mention.value, *(other.value for other in mention.alternatives)] == ["2008-09-03", "2008-03-09"]


def test_day_first_can_be_said():
    assert values("Signed 9/3/2008.", day_first=True) == ["2008-03-09"]


def test_a_dateline_of_its_own_line_stands_for_the_missing_reference():
    text = "Parliament falls\nFebruary 3, 2009\nThe house was dissolved on Monday."
    assert values(text) == ["2009-02-03", "2009-02-02"]


def test_the_reference_may_carry_a_time_of_day():
    assert values("He left yesterday.", reference="2009-01-29T12:01") == ["2009-01-28"]


@pytest.mark.parametrize("reference", ["yesterday", "2009-13", "2009-02-30", "29.1.2009", ""])
def test_a_reference_that_is_no_date_is_refused(reference):
    with pytest.raises(ValueError, match="is no date; expected YYYY"):
        find_dates("They voted.", reference=reference)


@pytest.mark.parametrize("language", ["xx", "../en", "EN"])
def test_an_unknown_language_is_refused(language):
    with pytest.raises(ConfigError, match="language"):
        find_dates("They voted.", language=language)


def test_the_same_text_gives_the_same_dates():
    text = "On May 4th and August 10th they voted; in late 2007, too."
    assert find_dates(text, reference="2009-01-29") == find_dates(text, reference="2009-01-29")


class TestParagraphs:
    text = "Vote\n\nOn May 4, 2008 they voted.\n\nThe next day, they fled.\n\nAnn said on June 1, 2010.\n\nA day later."

    def paragraphs(self):
        bounds = []
        at = 0
        for part in self.text.split("\n\n"):
            bounds.append((at, at + len(part)))
            at += len(part) + 2
        zones = ["title", "body", "body", "comment", "body"]
        return [
            Paragraph(index=i, start=s, end=e, zone=z) for i, ((s, e), z) in enumerate(zip(bounds, zones, strict=True))
        ]

    def test_each_mention_knows_its_paragraph_and_its_place_in_the_text(self):
        found = find_dates(self.text, paragraphs=self.paragraphs())
        assert [(one.paragraph, one.value) for one in found][:2] == [(1, "2008-05-04"), (2, "2008-05-05")]
        assert all(self.text[one.start : one.end] == one.text for one in found)

    def test_a_date_in_a_comment_is_not_in_force_in_the_article(self):
        found = find_dates(self.text, paragraphs=self.paragraphs())
        assert [(one.paragraph, one.value) for one in found][2:] == [(3, "2010-06-01"), (4, "2008-05-06")]

    def test_a_stub_is_not_read(self):
        text = "They voted ((in 1999)) and left in 2001."
        paragraphs = [
            Paragraph(index=0, start=0, end=len(text), zone="body"),
            Paragraph(index=1, start=11, end=22, zone="stub", within=0),
        ]
        assert [one.value for one in find_dates(text, paragraphs=paragraphs) if one.paragraph == 0] == ["2001"]


def test_importing_needs_neither_spacy_nor_the_network_stack():
    code = (
        "import sys, polnlp.mentions.dates as dates; print(any(name in sys.modules for name in ('spacy', 'networkx')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
