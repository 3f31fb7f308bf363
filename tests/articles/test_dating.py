"""An article's date: the best source that there is, and none rather than a guess."""

import pytest

from polnlp.articles.dating import find_article_date, find_comment_stamp, find_url_date
from polnlp.paragraphs import split_paragraphs
from polnlp.schema import Article, ArticleDate

BODY = "The assembly met for eleven hours in Quito and passed the mining law in the small hours of the morning."
MORE = "Nobody outside the building had been told, and the plaza was empty when the deputies came out at last."
COMMENTS = (
    "2 comments on this article so far\n\nEve said on February 7th, 2009 at 9:00am #\n\nNo.\n\n"
    "Ron said on February 3rd, 2009 at 12:01pm #\n\nYes."
)


def date_of(text, **fields):
    article = Article(id="a", text=text, **fields)
    date = find_article_date(article, split_paragraphs(article))
    if date is not None and date.start is not None:
        assert text[date.start : date.end] == date.text
    return date


def test_metadata_go_before_all_else():
    given = ArticleDate(value="2001", source="metadata", text="date")
    assert date_of(f"12 March 2009\n\n{BODY}", date=given, metadata={"url": "http://a.example/2008/01/02/x"}) == given


def test_the_url_goes_before_the_byline():
    date = date_of(f"By Ana Lucero, 12 March 2009\n\n{BODY}", metadata={"url": "http://a.example/2008/01/02/x"})
    assert (date.value, date.source) == ("2008-01-02", "url")


@pytest.mark.parametrize(
    "opening",
    [
        f"By Ana Lucero, March 12, 2009\n\n{BODY}",
        f"The law is passed\n\nBy Ana Lucero | 12 March 2009\n\n{BODY}",
        f"QUITO, 12 March 2009 - {BODY}",
        f"QUITO, Ecuador, March 12, 2009 (AP) -- {BODY}",
        f"The law is passed\n\nQuito, 12 March 2009 (IPS) – {BODY}",
    ],
)
def test_a_byline_or_dateline_goes_before_other_lines(opening):
    date = date_of(f"{opening}\n\n{MORE}\n\nUpdated 20 March 2009")
    assert (date.value, date.source, date.upper_bound) == ("2009-03-12", "byline", False)


@pytest.mark.parametrize(
    "line", ["Thursday, 12 March 2009", "Published: March 12, 2009, 13:45", "Caracas, 12 March 2009", "2009-03-12"]
)
@pytest.mark.parametrize("place", ["{line}\n\n{body}", "The law is passed\n\n{line}\n\n{body}", "{body}\n\n{line}"])
def test_a_line_that_is_nothing_but_a_date_dates_the_article(line, place):
    date = date_of(place.format(line=line, body=f"{BODY}\n\n{MORE}"))
    assert (date.value, date.source) == ("2009-03-12", "body")


def test_a_publication_date_goes_before_a_later_change():
    date = date_of(f"Updated: 20 March 2009\n\nPublished: 12 March 2009\n\n{BODY}\n\n{MORE}")
    assert date.value == "2009-03-12"


def test_the_headings_of_a_chronology_date_nothing():
    days = "\n\n".join(f"{day} May 1998\n\n{BODY}" for day in (3, 9, 17, 21))
    assert date_of(days) is None


def test_the_earliest_comment_is_the_last_resort_and_an_upper_bound():
    date = date_of(f"The law is passed\n\n{BODY}\n\n{MORE}\n\n{COMMENTS}")
    assert (date.value, date.source, date.upper_bound) == ("2009-02-03", "comment", True)


def test_a_date_that_a_comment_tells_of_is_no_stamp():
    assert find_comment_stamp("We were married on May 4, 1998 and the strike began a week later.") is None
    assert find_comment_stamp("1. Ron Horn said on January 29th, 2009 at 12:01pm #").value == "2009-01-29"


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n\n{MORE}",
        f"In March 2009 – the month of the flood – {BODY}\n\n{MORE}",
        f"On 12 March 2009: {BODY}",
        f"WARSAW, Tuesday - {BODY}",
        f"{BODY} He had left on January 29, 2009.\n\n{MORE}",
        "",
    ],
)
def test_a_date_in_prose_does_not_date_the_article(text):
    assert date_of(text) is None


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("http://a.example/2009/01/29/title", "2009-01-29"),
        ("https://a.example/world/2009/jan/29/title", "2009-01-29"),
        ("https://a.example/20090129-title", "2009-01-29"),
        ("http://a.example/news_2009-01-29.html", "2009-01-29"),
        ("http://a.example/2009/1/5/title", "2009-01-05"),
        ("http://a.example/2009/01/title", "2009-01"),
        ("http://a.example/id/20095512", None),
        ("http://a.example/2009/13/45/", None),
        ("http://a.example/news/51746", None),
        ("http://a.example/2009", None),
    ],
)
def test_a_date_is_read_from_an_address(url, value):
    date = find_url_date(url)
    assert (date.value if date else None) == value
