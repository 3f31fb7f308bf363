"""Paragraphs: the laws of their spans, and gold that they must reproduce."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.articles.dating import find_article_date
from polnlp.paragraphs import mask_paragraph, split_paragraphs
from polnlp.schema import CONTENT_ZONES, Article

PIECES = [
    *("The law passed. ", "((Tinyurl)) ", "(( ", "\n", "\r\n", "\n\n", "> quoted ", "3 Comments", "By Ana Lucero"),
    *("12 March 2009", "http://a.b ", "\0", "«", "- a", "# H"),
]
EXTREME = ["(( " * 5_000, "word\n\n" * 5_000, "a" * 300_000, "\r" * 9, "> " * 5_000, "By " + "Ana " * 5_000]


def check_laws(text):
    paragraphs = split_paragraphs(Article(id="a", text=text))
    position = 0
    for index, paragraph in enumerate(paragraphs):
        span = text[paragraph.start : paragraph.end]
        assert paragraph.index == index
        assert span
        assert span == span.strip()
        masked = mask_paragraph(text, paragraph, paragraphs)
        assert len(masked) == len(span)
        if paragraph.within is not None:
            outer = paragraphs[paragraph.within]
            assert (paragraph.zone, paragraph.sentences) == ("stub", ())
            assert outer.start <= paragraph.start < paragraph.end <= outer.end
            continue
        assert position <= paragraph.start
        assert not text[position : paragraph.start].strip()
        position = paragraph.end
        for start, end in paragraph.sentences:
            assert paragraph.start <= start < end <= paragraph.end
            assert text[start:end] == text[start:end].strip()
    assert not text[position:].strip()


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join))
def test_paragraphs_hold_all_but_white_space_in_order(text):
    check_laws(text)


@pytest.mark.parametrize(
    "text", ["(( " * 5_000, "word\n\n" * 5_000, "a" * 300_000, "\r" * 9, "> " * 5_000, "By " + "Ana " * 5_000]
)
def test_extreme_texts_keep_the_laws(text):
    check_laws(text)


def test_a_stub_is_cut_out_of_what_is_analysed():
    text = "It passed. ((Tinyurl)) Nobody knew [link]."
    paragraphs = split_paragraphs(Article(id="a", text=text))
    inner = [paragraph for paragraph in paragraphs if paragraph.within == 0]
    assert [(stub.zone, text[stub.start : stub.end]) for stub in inner] == [("stub", "((Tinyurl))"), ("stub", "[link]")]
    assert mask_paragraph(text, paragraphs[0], paragraphs) == "It passed.             Nobody knew       ."


@pytest.mark.data
def test_the_seed_article_is_zoned_and_dated(data_folder):
    text = (data_folder / "articles" / "seed_gauntlet.txt").read_text(encoding="utf-8")
    article = Article(id="seed", text=text)
    paragraphs = split_paragraphs(article)
    by_zone = {}
    for paragraph in paragraphs:
        by_zone.setdefault(paragraph.zone, []).append(text[paragraph.start : paragraph.end])
    assert by_zone["title"] == ["The Gauntlet Traversed: A Victory Report"]
    assert by_zone["stub"] == ["((", "((", "((", "((Tinyurl))", "((", "((Tinyurl))"]
    assert [bio[:15] for bio in by_zone["bio"]] == ["Walter Smolarek"]
    assert len(by_zone["comment"]) == 4
    date = find_article_date(article, paragraphs)
    assert (date.value, date.source, date.upper_bound) == ("2009-01-29", "comment", True)


@pytest.mark.data
def test_the_paragraphs_of_the_gold_are_reproduced(data_folder):
    for path in sorted((data_folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = gold["text"]
        found = {(paragraph.start, paragraph.end) for paragraph in split_paragraphs(Article(id="g", text=text))}
        for paragraph in gold["paragraphs"]:
            # The last one of the gold ends in a line break.
            assert (
                paragraph["start"],
                paragraph["start"] + len(text[paragraph["start"] : paragraph["end"]].rstrip()),
            ) in found


@pytest.mark.data
def test_hardly_any_text_of_real_articles_is_left_out(data_folder):
    left_out = total = 0
    for line in (data_folder / "corpus" / "articles.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        for paragraph in split_paragraphs(Article(id=row["id"], text=row["text"], title=row["title"])):
            total += (paragraph.end - paragraph.start) * (paragraph.within is None)
            left_out += (paragraph.end - paragraph.start) * (paragraph.zone not in CONTENT_ZONES)
    assert left_out <= 0.006 * total
