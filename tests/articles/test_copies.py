"""Near copies: wire stories with another headline, a cut or a changed word."""

import random

import pytest

from helpers import make_report
from polnlp.articles import read_articles
from polnlp.articles.copies import CopyFinder, estimate_similarity, sign_text
from polnlp.config import GraphConfig
from polnlp.graph import build_graph
from polnlp.schema import ReportArticle
from polnlp.tables import report_rows

WORDS = [f"word{number}" for number in range(5_000)]


def story(seed, length=600):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


@pytest.mark.parametrize(
    "change",
    [
        lambda words: ["Reuters", "reports", *words],
        lambda words: words[:-40],
        lambda words: [*words[:300], "another", *words[301:]],
        lambda words: [word.upper() for word in words],
    ],
    ids=["headline", "cut", "word", "capitals"],
)
def test_a_story_that_was_changed_a_little_is_a_copy(change):
    finder = CopyFinder()
    assert finder.find("wire", story(1)) is None
    assert finder.find("paper", " ".join(change(story(1).split()))) == "wire"


def test_another_story_half_a_story_and_a_short_one_are_no_copies():
    finder = CopyFinder()
    finder.find("wire", story(1))
    assert finder.find("other", story(2)) is None
    assert finder.find("half", " ".join(story(1).split()[:300])) is None
    assert [finder.find(name, "Correa spoke in Quito.") for name in ("one", "two")] == [None, None]


def test_a_copy_of_a_copy_names_the_original():
    finder = CopyFinder()
    finder.find("wire", story(1))
    assert finder.find("one", story(1) + " end") == "wire"
    assert finder.find("two", story(1) + " end of it") == "wire"


def test_the_estimate_is_near_the_share_of_common_shingles():
    words = story(3, 2_000).split()
    shared = 1_500 - 4
    other = " ".join([*words[:1_500], *story(4, 500).split()])
    estimate = estimate_similarity(sign_text(" ".join(words)), sign_text(other))
    assert estimate == pytest.approx(shared / (2 * 1_996 - shared), abs=0.15)


def test_a_copy_is_read_as_an_article_that_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(story(1))
    (tmp_path / "b.txt").write_text("By our correspondent. " + story(1))
    first, second = read_articles(tmp_path)
    assert (first.copy_of, second.copy_of) == (None, "a")


def test_the_network_counts_copies_each_or_once():
    given = ReportArticle(id="b", title=None, date=None, language=None, sha256="1" * 64, copy_of="a")
    reports = [make_report("a"), make_report("b", article=given)]
    for copies, count in (("each", 2), ("once", 1)):
        graph = build_graph(reports, config=GraphConfig(copies=copies, draws=0))
        ((_, _, found),) = graph.edges(data="count")
        assert found == count
    assert graph.graph["left_out"] == {"article that is a copy of another": 1}
    assert report_rows(reports[1])["articles"][0]["copy_of"] == "a"
