"""Topics and stances of paragraphs, added up."""

import numpy as np
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


def test_topics_of_any_scheme_have_shares():
    report = make_report("a", topics=[{"protest": 0.7, "law": 0.3}, {"law": 0.6, "protest": 0.4}])
    assert [(share.label, share.share, share.counted) for share in share_topics([report])] == [
        ("protest", 0.55, 0.5),
        ("law", 0.45, 0.5),
    ]


def draw_corpus(seed, labels, prevalence, *, n_articles=25, n_paragraphs=6):
    """Give what a calibrated classifier says of a corpus, article by article, and the labels that are true.

    Paragraphs of one article are alike; the true label of each is drawn from its probabilities.
    """
    rng = np.random.default_rng(seed)
    articles, truths = [], []
    for _ in range(n_articles):
        chances = rng.dirichlet(4 * rng.dirichlet(4 * prevalence) + 1e-3, size=n_paragraphs)
        truths += [labels[rng.choice(len(labels), p=row)] for row in chances]
        articles.append([dict(zip(labels, map(float, row), strict=True)) for row in chances])
    return articles, truths


def test_shares_of_a_calibrated_classifier_are_right_where_counts_are_not():
    """Of 200 corpora: no bias, intervals on the wide side, and counts that starve rare topics."""
    labels, prevalence = ("Government Operations", "Health", "Energy"), np.array([0.7, 0.2, 0.1])
    gaps, counted_gaps, held = [], [], []
    for seed in range(200):
        articles, truths = draw_corpus(seed, labels, prevalence)
        reports = [make_report(str(number), topics=rows) for number, rows in enumerate(articles)]
        found = {one.label: one for one in share_topics(reports, draws=200)}
        true = [truths.count(label) / len(truths) for label in labels]
        gaps.append([found[label].share - share for label, share in zip(labels, true, strict=True)])
        counted_gaps.append([found[label].counted - share for label, share in zip(labels, true, strict=True)])
        for shares in (true, prevalence):  # of this corpus, and of all of its kind
            held += [found[name].low <= share <= found[name].high for name, share in zip(labels, shares, strict=True)]
    assert np.abs(np.mean(gaps, axis=0)).max() < 0.01
    many, *few = np.mean(counted_gaps, axis=0)
    assert many > 0.05
    assert max(few) < -0.02
    assert np.mean(held) > 0.95


def test_balances_of_a_calibrated_classifier_are_right():
    labels, prevalence = ("favor", "against", "neutral"), np.array([0.2, 0.3, 0.5])
    gaps, held = [], []
    for seed in range(200):
        articles, truths = draw_corpus(seed, labels, prevalence, n_paragraphs=3)
        reports = [make_report(str(n), stances=[("x", row) for row in rows]) for n, rows in enumerate(articles)]
        (found,) = balance_stances(reports, draws=200)
        gaps.append(found.balance - (truths.count("favor") - truths.count("against")) / len(truths))
        held.append(found.low <= prevalence[0] - prevalence[1] <= found.high)
    assert abs(np.mean(gaps)) < 0.01
    assert np.mean(held) > 0.95


@pytest.mark.parametrize("summarise", [share_topics, balance_stances])
def test_an_interval_without_a_draw_is_refused(summarise):
    with pytest.raises(ValueError, match="draws=0: an interval takes draws"):
        summarise([make_report("a", topics=[{"Labor": 1.0}], stances=[("x", {"favor": 1.0})])], draws=0)
