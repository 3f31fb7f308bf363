"""Across articles: unknown entities meet by full name, conservatively, whatever the order."""

import itertools

from helpers import make_report
from polnlp.entities.corpus import join_entities
from polnlp.entities.merges import Decisions, MergeRow
from polnlp.schema import Entity


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
