"""Pages: the date is read before anything is stripped, and the comments come last."""

import pytest

from polnlp.articles.dating import find_article_date
from polnlp.articles.drafts import finish_draft
from polnlp.articles.pages import read_pages
from polnlp.articles.rows import BadFile
from polnlp.config import ArticlesConfig
from polnlp.paragraphs import split_paragraphs

ARTICLE = """<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Mining law passes</h1>{byline}
<p>The assembly of Ecuador passed the mining law on Thursday after a debate that went on for eleven hours.</p>
<blockquote><p>We shall not sign, said the mayor of Guayaquil, and we shall not be moved by it.</p></blockquote>
<p>President Correa thanked the deputies and said that the law would bring order to the sector.</p></article>"""
COMMENTS = """<div id="comments"><h3>2 Comments</h3>
<ol><li>Ron said on <time datetime="2009-02-05T10:00">3 days ago</time>
<p>I agree with this.</p></li><li>Eve said on February 7th, 2009 at 12:01pm # <p>I do not.</p></li></ol></div>"""


def make_page(head="", byline="", after="", body=ARTICLE):
    head = f"<head><title>Mining law passes | Andes Post</title>{head}</head>"
    return f"<html lang='en-US'>{head}<body>{body.format(byline=byline)}{after}</body></html>"


def read(markup):
    (draft,) = read_pages(markup if isinstance(markup, bytes) else markup.encode(), ArticlesConfig())
    draft.default_id = "page"
    return finish_draft(draft)


def test_the_text_is_the_article_without_the_menu():
    article = read(make_page())
    blocks = article.text.split("\n\n")
    assert blocks[0] == article.title == "Mining law passes"
    assert blocks[2].startswith("> We shall not sign")
    assert len(blocks) == 4
    assert "News" not in article.text
    assert article.language == "en"
    assert any("characters" in note for note in article.notes)


JSON_LD = '{"@graph":[{"@type":"NewsArticle","headline":"x","datePublished":"2009-01-29"}]}'
CANONICAL = '<link rel="canonical" href="http://a.example/2009/01/29/law">'
DATED = [
    (
        '<meta property="article:published_time" content="2009-01-29T10:00Z">',
        "",
        "metadata",
        "meta article:published_time",
    ),
    ('<meta name="DC.date.issued" content="2009-01-29">', "", "metadata", "meta dc.date.issued"),
    (f'<script type="application/ld+json">{JSON_LD}</script>', "", "metadata", "JSON-LD datePublished"),
    ("", '<time datetime="2009-01-29">Thursday</time>', "metadata", "time"),
    (CANONICAL, '<p class="byline">March 3, 2010</p>', "url", "2009/01/29"),
    ("", '<p class="byline">By Ana Lucero, January 29, 2009</p>', "byline", "January 29, 2009"),
]


@pytest.mark.parametrize(("head", "byline", "source", "text"), DATED)
def test_the_date_is_found_before_anything_is_stripped(head, byline, source, text):
    article = read(make_page(head, byline, COMMENTS))
    date = find_article_date(article, split_paragraphs(article))
    assert (date.value, date.source, date.text) == ("2009-01-29", source, text)


def test_comments_come_last_and_their_stamps_bound_the_date():
    article = read(make_page(after=COMMENTS))
    paragraphs = split_paragraphs(article)
    zones = [(paragraph.zone, article.text[paragraph.start : paragraph.end]) for paragraph in paragraphs]
    assert [text for zone, text in zones if zone == "comment"][1:] == [
        "2 Comments",
        "Ron said on 2009-02-05T10:00",
        "I agree with this.",
        "Eve said on February 7th, 2009 at 12:01pm #",
        "I do not.",
    ]
    date = find_article_date(article, paragraphs)
    assert (date.value, date.source, date.upper_bound) == ("2009-02-05", "comment", True)


def test_known_metadata_are_read():
    head = """<meta name="author" content="Ana Lucero"><meta property="og:site_name" content="Andes Post">
    <meta property="og:url" content="http://a.example/law"><meta name="description" content="A law.">"""
    metadata = read(make_page(head)).metadata
    assert metadata == {
        "author": "Ana Lucero",
        "source": "Andes Post",
        "url": "http://a.example/law",
        "description": "A law.",
    }


def test_the_declared_encoding_is_used():
    page = make_page('<meta charset="windows-1251">', body="<p>Президент подписал закон о выборах.</p>")
    assert "Президент подписал" in read(page.encode("cp1251")).text


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<script>alert(1)</script>", "<html></html>"])
def test_a_page_without_text_is_refused(markup):
    with pytest.raises(BadFile, match="page"):
        read(markup)


@pytest.mark.parametrize(
    "markup",
    ["<p>a\0b", "<div>" * 5_000 + "words in a well", "<p>&#xD800; lone", "<![CDATA[x]]><p>y", "<" * 2_000 + "z"],
)
def test_hostile_markup_is_survived(markup):
    try:
        assert read(markup).text
    except BadFile as error:
        assert "page" in str(error)
