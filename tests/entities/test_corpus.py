"""Across articles: unknown entities meet by full name, conservatively, whatever the order."""

import itertools
import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import collect_merges, make_report
from polnlp.entities import resolve_entities
from polnlp.entities.company import Seen
from polnlp.entities.corpus import _cluster, join_entities
from polnlp.entities.merges import Decisions, MergeRow
from polnlp.kb import open_kb
from polnlp.schema import Article, Entity, Mention


def report(article_id, *entities):
    return make_report(article_id, entities=entities, mentions=(), stances=(), topics=())


def unknown(name, article_id, label="PERSON"):
    return Entity(id=f"nil:{label.lower()}:{name.lower().replace(' ', '-')}:{article_id * 8}", label=label, name=name)


def country(code):
    return Entity(id=f"country:{code}", label="COUNTRY", name=code, iso=code)


REPORTS = [
    report("a", unknown("Ron Horn", "a"), unknown("Horn", "a"), country("USA")),
    report("b", unknown("Ron Horn", "b"), country("USA")),
    report("c", unknown("Ron Horn", "c", "ORG"), unknown("Horn", "c"), country("FRA")),
]


def test_a_full_name_of_one_kind_is_one_entity():
    identity = join_entities(REPORTS)
    first, second, third = (identity(r.article.id, r.entities[0]) for r in REPORTS)
    assert first == second == "nil:person:ron-horn"
    assert third == "nil:org:ron-horn"


def test_a_bare_word_needs_company():
    identity = join_entities(REPORTS)
    assert identity("a", REPORTS[0].entities[1]) != identity("c", REPORTS[2].entities[1])


def test_known_entities_keep_their_id():
    assert join_entities(REPORTS)("a", country("USA")) == "country:USA"


def test_the_order_of_articles_does_not_matter():
    expected = join_entities(REPORTS)
    for order in itertools.permutations(REPORTS):
        found = join_entities(order)
        assert found.ids == expected.ids and found.merges == expected.merges


def test_a_join_has_its_receipt_and_can_be_undone():
    identity = join_entities(REPORTS)
    (merge,) = [row for row in identity.merges if row.into == "nil:person:ron-horn"]
    assert (merge.kind, merge.source, merge.articles) == ("corpus", "Ron Horn", 2)
    rejected = join_entities(
        REPORTS, Decisions([MergeRow(kind="corpus", source="Ron Horn", into=merge.into, decision="reject")])
    )
    ids = [rejected(r.article.id, r.entities[0]) for r in REPORTS[:2]]
    assert ids == [r.entities[0].id for r in REPORTS[:2]]
    other = join_entities(
        REPORTS,
        Decisions([MergeRow(kind="corpus", source="Ron Horn", into=merge.into, decision="leader:USA:ron-paul")]),
    )
    assert other("b", REPORTS[1].entities[0]) == "leader:USA:ron-paul"


NAMES = ("Ron Horn", "Horn", "Ana Vidal", "Vidal", "PFA", "Free Press")
LABELS = ("PERSON", "ORG", "PARTY")


def make_corpus(seed):
    """A few articles in which people, bodies and countries of few names meet as chance has it."""
    chance = random.Random(seed)
    held = []
    for article in "abcdef"[: chance.randint(1, 6)]:
        named = {(chance.choice(NAMES), chance.choice(LABELS)) for _ in range(chance.randint(0, 4))}
        around = chance.sample(["USA", "FRA", "BOL"], chance.randint(0, 3))
        held.append(report(article, *(unknown(n, article, label) for n, label in sorted(named)), *map(country, around)))
    return held


@pytest.mark.parametrize("seed", range(60))
def test_no_order_changes_who_meets_and_no_article_meets_itself(seed):
    held = make_corpus(seed)
    expected = join_entities(held)
    found = join_entities(random.Random(seed).sample(held, len(held)))
    assert found.ids == expected.ids and found.merges == expected.merges
    for one in held:
        unknowns = [entity for entity in one.entities if entity.id.startswith("nil:")]
        assert len({expected(one.article.id, entity) for entity in unknowns}) == len(unknowns)


def write_articles():
    """Forty small articles in which the same few people, known and unknown, meet in turn."""
    chance = random.Random(7)
    people = ["Evo Morales", "Morales", "Rafael Correa", "Lena Ask", "Ask", "Otto Brandt", "President Lena Ask"]
    bodies = [("PARTY", "MAS"), ("ORG", "Free Press Club"), ("ORG", "UNASUR"), ("PARTY", "Party of the Dawn")]
    articles = []
    for number in range(40):
        text, mentions = "", []
        names = [("LEADER", name) for name in chance.sample(people, 4)] + chance.sample(bodies, 2)
        names.append(("COUNTRY", chance.choice(["Bolivia", "Ecuador", "Norway"])))
        for label, name in names:
            mentions.append(Mention(start=len(text), end=len(text) + len(name), text=name, label=label, score=0.9))
            text += f"{name} spoke. "
        articles.append((Article(id=f"a{number:02}", text=text), mentions))
    return articles


def as_reports(articles, resolutions):
    return [
        make_report(
            article.id, article.text, mentions=found.mentions, entities=found.entities, merges=found.merges,
            stances=(), topics=(),
        )
        for (article, _), found in zip(articles, resolutions, strict=True)
    ]  # fmt: skip


def test_neither_order_nor_workers_change_who_is_who():
    articles = write_articles()
    texts, mentions, kb = [one for one, _ in articles], [held for _, held in articles], open_kb()
    nothing, same = itertools.repeat(()), itertools.repeat(kb)
    alone = as_reports(articles, map(resolve_entities, texts, nothing, mentions, same))
    turned = articles[::-1]
    backwards = as_reports(turned, [resolve_entities(one, (), held, open_kb()) for one, held in turned])
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        found = pool.map(resolve_entities, texts, [()] * len(texts), mentions, [kb] * len(texts))
        shared = as_reports(articles, found)
    for other in (backwards, shared):
        assert sorted(other, key=lambda one: one.article.id) == alone
        assert join_entities(other).ids == join_entities(alone).ids
        assert collect_merges(other) == collect_merges(alone)
    assert len({join_entities(alone)(one.article.id, e) for one in alone for e in one.entities if e.name == "Lena Ask"})


def cluster_by_comparing_each_with_each(key, held):
    """The definition of who is joined to whom, in the plain way that takes ever longer."""
    held = sorted(held, key=lambda seen: (seen.article, seen.entity))
    clusters = []
    for seen in held:
        if len(key.split()) > 1 or seen.name.isupper():
            fitting = next((cluster for cluster in clusters if next(iter(cluster)) != seen.article), None)
            if fitting is not None and seen.article not in fitting:
                fitting[seen.article] = seen
                continue
        else:
            near = [cluster for cluster in clusters if seen.article not in cluster]
            near = [cluster for cluster in near if any(keep_company(seen, other) for other in cluster.values())]
            if near:
                first = near[0]
                first[seen.article] = seen
                for other in near[1:]:
                    if not other.keys() & first.keys():
                        first.update(other)
                        clusters.remove(other)
                continue
        clusters.append({seen.article: seen})
    return [list(cluster.values()) for cluster in clusters]


def keep_company(one, other):
    shared = one.company & other.company
    smaller = min(len(one.company), len(other.company))
    return bool(one.countries & other.countries) and len(shared) >= max(2, 0.25 * smaller)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefghijkl"),
            st.sampled_from(["Hasan", "HASAN"]),
            st.frozensets(st.sampled_from(["ECU", "BOL", "PER"]), max_size=2),
            st.frozensets(st.integers(0, 25).map(str), max_size=16),
        ),
        max_size=30,
    ),
    st.sampled_from(["hasan", "hasan", "abdul hasan"]),
)
def test_clusters_are_those_of_comparing_each_with_each(rows, key):
    held = [
        Seen(article, f"nil:{number}", name, "PERSON", countries, company)
        for number, (article, name, countries, company) in enumerate(rows)
    ]
    assert _cluster(key, held) == cluster_by_comparing_each_with_each(key, held)
