"""Stamps: what metadata, bylines and comments write is read as fine as it is given, and never finer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.articles.stamps import find_stamps, parse_stamp

READ = [
    ("2009-01-29", "2009-01-29"),
    ("2009-01-29T23:30:00-05:00", "2009-01-29"),
    ("2009-01-29 12:01:33.123Z", "2009-01-29"),
    ("20090129", "2009-01-29"),
    ("20090129T120100Z", "2009-01-29"),
    ("2009-01", "2009-01"),
    ("2009", "2009"),
    ("2009-01-00", "2009-01"),
    ("Thu, 29 Jan 2009 12:01:00 +0000", "2009-01-29"),
    ("Thu Jan 29 12:01:00 UTC 2009", "2009-01-29"),
    ("29 January 2009", "2009-01-29"),
    ("29th of January 2009", "2009-01-29"),
    ("January 29th, 2009 at 12:01pm", "2009-01-29"),
    ("January 29, 2009 5:00 PM ET", "2009-01-29"),
    ("10:15 GMT, Thursday, 29 January 2009", "2009-01-29"),
    ("18-Apr-00", "2000-04-18"),
    ("18-Apr-85", "1985-04-18"),
    ("Jan. 5, 2011", "2011-01-05"),
    ("January 2009", "2009-01"),
    ("29 de enero de 2009", "2009-01-29"),
    ("jueves, 29 de enero de 2009", "2009-01-29"),
    ("Published: 12 March 2009", "2009-03-12"),
    ("Last updated: 2009-03-12 at 10:00 a.m. EST", "2009-03-12"),
    ("29/01/2009", "2009-01-29"),
    ("1/29/2009", "2009-01-29"),
    ("03.04.2009", "2009-04-03"),
    ("1233230460", "2009-01-29"),
]


@pytest.mark.parametrize(("written", "value"), READ)
def test_a_stamp_is_read_as_fine_as_it_is_given(written, value):
    assert parse_stamp(written) == value


def test_day_and_month_that_could_be_either_way_round_give_the_year_alone():
    assert parse_stamp("03/04/2009") == "2009"
    assert parse_stamp("03/03/2009") == "2009-03-03"


@pytest.mark.parametrize(
    "written",
    [
        *("", "hello", "2009-02-31", "2009-13-01", "9999-01-01", "0", "12", "in 2009", "3009", "yesterday", "12 March"),
        *("three days ago", "She left Quito on 12 March 2009 and never came back.", "x" * 10_000),
    ],
)
def test_what_is_no_date_of_the_calendar_is_none(written):
    assert parse_stamp(written) is None


@given(st.dates().filter(lambda date: 1800 <= date.year < 2100))
def test_every_day_is_read_back_from_its_usual_forms(date):
    iso = date.isoformat()
    long = f"{date:%B} {date.day}, {date.year}"
    assert parse_stamp(iso) == parse_stamp(long) == parse_stamp(f"{date.day} {date:%b} {date.year}") == iso


@given(st.text(max_size=200))
def test_any_text_is_survived_and_stamps_lie_in_it(text):
    parse_stamp(text)
    for stamp in find_stamps(text):
        assert 0 <= stamp.start < stamp.end <= len(text)


def test_stamps_are_found_in_a_byline_with_their_places():
    text = "By Ana Lucero | March 12, 2009 | Updated 14 March 2009"
    assert [(text[start:end], value) for start, end, value in find_stamps(text)] == [
        ("March 12, 2009", "2009-03-12"),
        ("14 March 2009", "2009-03-14"),
    ]
