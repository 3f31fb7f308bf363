"""Topics and stances of paragraphs, added up."""

import pytest

from polnlp.schema import Coverage, MadeBy, Report, ReportArticle, Stance, Topic
from polnlp.summaries import balance_stances, share_topics


def best(probabilities):
    label = max(probabilities, key=probabilities.get)
    return {"label": label, "score": probabilities[label], "probabilities": probabilities}


def make_report(name, *, topics=(), stances=()):
    return Report(
        article=ReportArticle(id=name, title=None, date=None, language="en", sha256=""),
        topics=tuple(Topic(**best(one)) for one in topics),
        stances=tuple(
            Stance(paragraph=k, holder="author", target=target, **best(one)) for k, (target, one) in enumerate(stances)
        ),
        coverage=Coverage(characters=1, read=1),
        made_by=MadeBy(polnlp="0", settings=""),
    )


def test_a_topic_that_never_comes_first_has_its_share():
    report = make_report("a", topics=[{"Health": 0.6, "Labor": 0.4}] * 10)
    health, labor = share_topics([report])
    assert (health.label, health.share, health.counted) == ("Health", 0.6, 1.0)
    assert (labor.label, labor.share, labor.counted) == ("Labor", 0.4, 0.0)
    assert labor.low < 0.4 < labor.high


def test_shares_add_up_to_one_and_lie_in_their_intervals():
    reports = [make_report(str(k), topics=[{"Health": 0.9}, {"Energy": 0.5, "None": 0.3}]) for k in range(5)]
    shares = share_topics(reports)
    assert sum(share.share for share in shares) == pytest.approx(1, abs=1e-3)
    assert all(0 <= share.low <= share.share <= share.high <= 1 for share in shares)


def test_no_topics_have_no_shares():
    assert share_topics([make_report("a")]) == []
    assert balance_stances([make_report("a")]) == []


def test_one_paragraph_is_no_certainty_and_many_are():
    against = {"against": 0.95, "neutral": 0.04, "favor": 0.01}
    (one,) = balance_stances([make_report("a", stances=[("leader:ECU:rafael-correa", against)])])
    many = [make_report(str(k), stances=[("leader:ECU:rafael-correa", against)] * 4) for k in range(20)]
    (all_of_them,) = balance_stances(many)
    assert one.high > 0
    assert all_of_them.high < 0
    assert one.balance == all_of_them.balance == -0.94
    assert all_of_them.paragraphs == 80


def test_an_article_is_judged_by_itself_and_the_seed_alone_decides():
    favor, against = {"favor": 1.0}, {"against": 1.0}
    reports = [make_report("a", stances=[("x", favor)] * 3), make_report("b", stances=[("x", against)] * 3)]
    first, second = balance_stances(reports, by_article=True)
    assert (first.article, first.balance, second.article, second.balance) == ("a", 1.0, "b", -1.0)
    assert balance_stances(reports[1:], by_article=True) == [second]
    (whole,) = balance_stances(reports)
    assert whole.article is None
    assert whole.low < 0 < whole.high


def test_uneven_articles_make_the_interval_wider_than_even_ones():
    favor, against = {"favor": 1.0}, {"against": 1.0}
    even = [make_report(str(k), stances=[("x", favor), ("x", against)] * 5) for k in range(10)]
    uneven = [make_report(str(k), stances=[("x", favor if k % 2 else against)] * 10) for k in range(10)]
    (narrow,), (wide,) = balance_stances(even), balance_stances(uneven)
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)
