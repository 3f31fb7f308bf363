"""Parts of a corpus, and windows that move through time."""

import pytest

from graph.reports_by_hand import make_report
from polnlp.graph import build_graph
from polnlp.graph.selection import moving_windows, select_reports
from polnlp.schema import DateMention


def said(value, paragraph):
    return DateMention(start=0, end=4, text=value, type="DATE", value=value, paragraph=paragraph)


@pytest.fixture
def reports():
    return [
        make_report(
            "[ORG A] [ORG B].\n\n[ORG C] [ORG D].",
            article="early",
            date="2008-12-30",
            metadata={"source": "Times", "country": "GBR"},
            topics=[(0, "Labor"), (1, "Health")],
            stances=[(0, "author", "nil:A", "favor", 0.9), (1, "author", "nil:C", "favor", 0.9)],
            dates=[said("1998", 0), said("2004-05", 1)],
        ),
        make_report("[ORG A] [ORG B].", article="late", date="2009", metadata={"source": "Post"}),
        make_report("[ORG A] [ORG B].", article="undated"),
    ]


@pytest.mark.parametrize(
    ("wanted", "articles"),
    [
        ({}, ["early", "late", "undated"]),
        ({"since": "2009"}, ["late"]),
        ({"until": "2008"}, ["early"]),
        ({"since": "2008-12", "until": "2009-03-01"}, ["early", "late"]),
        ({"sources": {"Post"}}, ["late"]),
        ({"countries": {"GBR"}}, ["early"]),
    ],
)
def test_articles_are_chosen_by_date_source_and_country(reports, wanted, articles):
    assert [report.article.id for report in select_reports(reports, **wanted)] == articles


@pytest.mark.parametrize(
    ("wanted", "edges"),
    [
        ({"topics": {"Health"}}, [("nil:C", "nil:D")]),
        ({"since": "1990", "until": "1999", "dates": "text"}, [("nil:A", "nil:B")]),
        ({"since": "2004-05-31", "dates": "text"}, [("nil:C", "nil:D")]),
        ({"topics": {"Health"}, "until": "1999", "dates": "text"}, []),
    ],
)
def test_paragraphs_are_chosen_by_topic_and_by_what_they_speak_of(reports, wanted, edges):
    graph = build_graph(select_reports(reports, **wanted))
    assert list(graph.edges) == edges
    assert len(graph.graph["stances"]) == len(edges)


def test_a_wrong_bound_is_refused(reports):
    with pytest.raises(ValueError, match="'May 2009' is no date: write YYYY"):
        list(select_reports(reports, since="May 2009"))


def test_slices_touch_and_windows_overlap():
    assert list(moving_windows("2009-01", "2009-01", days=15, step=15)) == [
        ("2009-01-01", "2009-01-15"),
        ("2009-01-16", "2009-01-30"),
        ("2009-01-31", "2009-01-31"),
    ]
    assert list(moving_windows("2009-01-01", "2009-01-10", days=6, step=2)) == [
        ("2009-01-01", "2009-01-06"),
        ("2009-01-03", "2009-01-08"),
        ("2009-01-05", "2009-01-10"),
    ]


def test_windows_of_no_days_are_refused():
    with pytest.raises(ValueError, match="at least 1, not 0 and 1"):
        list(moving_windows("2009", "2009", days=0, step=1))
