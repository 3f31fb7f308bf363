"""The whole way for one article: the laws, on the articles that come with the project."""

import itertools
import json
import re

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polnlp.articles import read_articles
from polnlp.reports import decode_report, encode_report, report_schema
from polnlp.schema import CONTENT_ZONES, Article, Failure

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def articles(corpus):
    read = list(read_articles(corpus))
    assert not [article for article in read if isinstance(article, Failure)]
    return {article.id.split("/")[-1].split("#")[-1]: article for article in read}


@pytest.fixture(scope="module")
def reports(articles, pipeline):
    return {name: pipeline.analyze_article(article) for name, article in articles.items()}


def test_offsets_index_the_text(reports):
    for report in reports.values():
        for found in (*report.mentions, *report.dates):
            assert report.text[found.start : found.end] == found.text


def test_every_mention_is_of_an_entity_that_the_report_lists(reports):
    for report in reports.values():
        counts = {entity.id: entity.count for entity in report.entities}
        for entity_id, count in counts.items():
            assert sum(mention.entity_id == entity_id for mention in report.mentions) == count
        assert {mention.entity_id for mention in report.mentions} == set(counts)


def test_names_topics_and_stances_come_from_content_alone(reports):
    for report in reports.values():
        zones = {paragraph.index: paragraph.zone for paragraph in report.paragraphs}
        for found in (*report.mentions, *report.topics, *report.stances):
            assert zones[found.paragraph] in CONTENT_ZONES


def test_names_and_dates_do_not_overlap(reports):
    for report in reports.values():
        spans = sorted((found.start, found.end) for found in (*report.mentions, *report.dates))
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_coverage_accounts_for_every_character(reports):
    for report in reports.values():
        coverage = report.coverage
        assert coverage.read + sum(coverage.skipped.values()) == coverage.characters == len(report.text)


def test_every_report_validates_against_the_schema(reports):
    validator = jsonschema.Draft202012Validator(report_schema())
    for report in reports.values():
        validator.validate(json.loads(encode_report(report)))


def test_the_same_article_gives_the_same_bytes(articles, reports, pipeline):
    for name in list(articles)[::-5]:
        assert encode_report(pipeline.analyze_article(articles[name])) == encode_report(reports[name])


def test_an_article_without_a_date_gets_none_and_its_relative_dates_stay_open(reports):
    report = reports["platinum_speech"]
    assert report.article.date is None
    assert not [date for date in report.dates if date.relative and date.value]


def test_the_articles_date_comes_with_its_source(reports):
    found = {name: (r.article.date.value, r.article.date.source) for name, r in reports.items() if r.article.date}
    assert found["ecuador_mining_law"] == ("2009-03-12", "byline")
    assert found["guayaquil_column"] == ("2010-10-08", "metadata")
    assert found["turkey_gezi"] == ("2013-06-16", "url")


def test_a_comments_stamp_is_the_last_resort(pipeline):
    text = (
        "A vote in the mountains\n\n"
        "Rafael Correa won the referendum last year, and hardly anybody in Quito was surprised by the count.\n\n"
        "Comments\n\nAna said on March 3rd, 2011 at 9:14am #\n\nGood.\n"
    )
    report = pipeline.analyze(text)
    assert (report.article.date.value, report.article.date.source) == ("2011-03-03", "comment")
    assert report.article.date.upper_bound
    assert [date.value for date in report.dates if date.text == "last year"] == ["2010"]


def test_a_given_date_wins(pipeline):
    report = pipeline.analyze("Published: 3 March 2011\n\nCorrea won last year.", date="2008")
    assert (report.article.date.value, report.article.date.source) == ("2008", "argument")


def test_a_given_date_that_is_none_is_refused(pipeline):
    for date in ("soon", ""):
        with pytest.raises(
            ValueError, match=rf"date={re.escape(repr(date))} is not a date as text; give it as 2009-01"
        ):
            pipeline.analyze("Correa won.", date=date)


@pytest.mark.parametrize("text", [None, float("nan"), b"Correa won."])
def test_what_is_no_text_is_refused(pipeline, text):
    for read in (pipeline.analyze, pipeline.extract_entities, lambda text: [*pipeline.extract_batch([text])]):
        with pytest.raises(TypeError, match=f"is of type {type(text).__name__}, expected str; give"):
            read(text)
    with pytest.raises(TypeError, match="texts: item 2 is of type"):
        list(pipeline.topics(["Correa won.", text]))


def test_what_comes_with_a_text_can_be_written(pipeline):
    metadata = {"author": "A\ud800", "pages": np.int64(3), "share": np.float64(0.5), "kind": np.str_("news")}
    report = pipeline.analyze(np.str_("Correa won."), id="a\ud800", title="T\ud800", metadata=metadata)
    assert decode_report(encode_report(report)).article.metadata == {
        "author": "A\ufffd",
        "pages": "3",
        "share": 0.5,
        "kind": "news",
    }
    assert (report.article.id, report.article.title) == ("a\ufffd", "T\ufffd")


def test_a_bad_article_never_stops_a_run(pipeline, monkeypatch):
    from polnlp import pipeline as module

    def refuse(article, *_):
        if article.id == "bad":
            raise RuntimeError("boom")
        return split(article)

    split = module.split_paragraphs
    monkeypatch.setattr(module, "split_paragraphs", refuse)
    results = list(pipeline.run(Article(id=name, text="Correa spoke.") for name in ("a", "bad", "b")))
    assert [getattr(result, "article_id", None) for result in results] == [None, "bad", None]
    assert results[1].reason == "RuntimeError: boom"


def test_batches_come_back_in_order(pipeline):
    texts = ["Evo Morales spoke.", "", "Angela Merkel spoke."]
    found = [[mention.text for mention in mentions] for mentions in pipeline.extract_batch(texts)]
    assert found == [["Evo Morales"], [], ["Angela Merkel"]]


def test_a_name_in_the_last_line_of_a_long_text_is_found(pipeline):
    text = "The meeting went on without a vote. " * 5_000 + "\n\nThen Angela Merkel left."
    report = pipeline.analyze(text)
    assert [mention.text for mention in report.mentions][-1] == "Angela Merkel"


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_no_text_is_refused_and_offsets_hold(pipeline, text):
    report = pipeline.analyze(text)
    assert len(report.text) == len(text)
    for found in (*report.mentions, *report.dates):
        assert report.text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "\x00" * 20,
        "\ud800 Correa",
        "Ñ́" * 50,
        "🇪🇨 Correa 👍🏽",
        "\u202eaerroC\u202c said",
        "<script>alert(1)</script>",
    ],
)
def test_odd_texts_give_a_report(pipeline, text):
    assert pipeline.analyze(text).coverage.characters == len(text)
