"""Which entry a name is linked to, and which it is not: bracketed names are mentions, the first one is asked for."""

import msgspec
import pytest

from helpers import read_marked
from polnlp.entities import resolve_entities
from polnlp.entities.candidates import misspell
from polnlp.kb import open_kb


@pytest.fixture(scope="module")
def kb():
    return open_kb()


def link(kb, marked, score=0.9, **options):
    article, mentions = read_marked(marked, **options)
    mentions = [msgspec.structs.replace(mention, score=score) for mention in mentions[:1]] + mentions[1:]
    return resolve_entities(article, (), mentions, kb)


def asked(kb, marked, **options):
    return link(kb, marked, **options).mentions[0].entity_id


def test_a_doubtful_word_is_no_citys_name_in_another_language(kb):
    marked = "Some [COUNTRY Greece] lovers worship [REGION Athena]."
    article, mentions = read_marked(marked)
    weak = [mentions[0], msgspec.structs.replace(mentions[1], score=0.43)]
    assert resolve_entities(article, (), weak, kb).mentions[1].entity_id.startswith("nil:")
    assert resolve_entities(article, (), mentions, kb).mentions[1].entity_id == "city:264371"


def test_a_doubtful_word_that_was_taken_for_no_party_is_none(kb):
    marked = "The defenders of the [ORG Fatherland] won, said [COUNTRY Russia]."
    assert asked(kb, marked, score=0.43, date="2019-05-09").startswith("nil:")
    party = "The [PARTY Fatherland] won, said [COUNTRY Russia]."
    assert asked(kb, party, score=0.43, date="2000-05-09").startswith("party:RUS:")


def test_a_doubtful_name_is_linked_as_it_is_written(kb):
    assert asked(kb, "In [REGION Quito] it rained in [COUNTRY Ecuador].", score=0.4) == "city:3652462"
    assert asked(kb, "[PARTY Movement for Socialism] of [COUNTRY Bolivia]", score=0.4) == (
        "party:BOL:movement-for-socialism"
    )


@pytest.mark.parametrize(
    "marked", ["The [COUNTRY GUAM] states met in [COUNTRY Ukraine].", "The [ORG GUAM] states met."]
)
def test_an_acronym_is_no_place_that_is_written_like_it(kb, marked):
    assert asked(kb, marked) != "country:GUM"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ships left [COUNTRY Guam].", "country:GUM"),
        ("[REGION QUITO], 3 March - Miners met in [COUNTRY Ecuador].", "city:3652462"),
        ("FLOODS IN [COUNTRY PERU] KILL TEN", "country:PER"),
        ("The [COUNTRY UAE] and the [COUNTRY USSR] met.", "country:ARE"),
        ("[COUNTRY U.S.] troops left.", "country:USA"),
    ],
)
def test_a_place_in_capitals_is_known_where_all_is_in_capitals_or_it_is_an_acronym(kb, marked, expected):
    assert asked(kb, marked) == expected


def test_a_body_is_called_by_its_head_where_the_article_has_its_acronym(kb):
    commonwealth = "[ORG Commonwealth] leaders of the [ORG CIS] met in [COUNTRY Russia] and [COUNTRY Belarus]."
    assert asked(kb, commonwealth) == "org:cis"
    assert asked(kb, "The [ORG Commonwealth] suspended [COUNTRY Fiji].") == "org:commonwealth"
    organization = (
        "This [ORG Organization] is old. The [ORG United Nations] and the [ORG United Nations] again; [ORG WHO]."
    )
    assert asked(kb, organization) == "org:un"
    rows = {merge.source: merge.rule for merge in link(kb, organization).merges}
    assert rows["Organization"] == "head"


def test_a_world_city_is_no_small_town_of_a_country_that_is_spoken_of(kb):
    attacks = "The attacks in [REGION Paris] worried the [COUNTRY United States] and [COUNTRY Austria]."
    assert asked(kb, attacks) == "city:2988507"
    assert asked(kb, "They met in [REGION Geneva], said the [COUNTRY United States].") == "city:2660646"


def test_a_name_in_another_language_gives_way_to_a_citys_own(kb):
    assert asked(kb, "At [REGION Cancun] [COUNTRY China] spoke; so did [COUNTRY India].") != "city:2038180"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("A hub in [REGION Almaty], our southern capital, in [COUNTRY Kazakhstan].", "city:1526384"),
        ("The [REGION Astrakhan] Region of [COUNTRY Russia] has gas.", "region:RU-AST"),
        ("The [REGION Livorno] and Pisa provinces of [COUNTRY Italy] voted.", "region:IT-LI"),
        ("Schools in [REGION Livorno], Tuscany, paid [COUNTRY Italy].", "city:3174659"),
        ("The siege of [REGION Aleppo] in [COUNTRY Syria] went on.", "city:170063"),
        ("The [REGION Municipality of Livorno] in [COUNTRY Italy] asked.", "city:3174659"),
    ],
)
def test_the_words_beside_a_name_tell_a_city_from_its_region(kb, marked, expected):
    assert asked(kb, marked) == expected


def test_a_state_body_of_a_country_that_is_not_named_is_not_meant(kb):
    assert asked(kb, "The [ORG State Council] met in [COUNTRY Russia].").startswith("nil:")
    assert asked(kb, "The [ORG State Council] met in [COUNTRY China].") == "org:state-council-china"


def test_what_is_a_place_elsewhere_is_no_party(kb):
    marked = "The [ORG Motherland] calls, [COUNTRY Russia]. The [COUNTRY Motherland] weeps."
    assert asked(kb, marked, date="2020-06-30").startswith("nil:")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[LEADER Angela Merkle] of [COUNTRY Germany] spoke.", "leader:DEU:angela-merkel"),
        ("[LEADER Manuel Rosalez] of [COUNTRY Venezuela] spoke.", "leader:VEN:manuel-rosales"),
        ("[LEADER Manual Rosales] of [COUNTRY Venezuela] spoke.", "leader:VEN:manuel-rosales"),
    ],
)
def test_a_leaders_name_with_one_slip_is_known(kb, marked, expected):
    assert asked(kb, marked) == expected


def test_two_slips_are_another_person(kb):
    assert asked(kb, "[LEADER Angola Merkle] of [COUNTRY Germany] spoke.").startswith("nil:")
    assert misspell("Paz") == []


@pytest.mark.parametrize(
    ("marked", "date", "expected", "rule"),
    [
        ("[COUNTRY Zaire] voted.", "1985-03-01", "country:COD", "alias"),
        ("[COUNTRY Zaire] voted.", "2020-03-01", "country:COD", "alias, official 1971-1997"),
        ("[COUNTRY Burma] voted.", "1985-03-01", "country:MMR", "alias"),
        ("[COUNTRY Burma] voted.", "2020-11-08", "country:MMR", "alias, official 1948-1989"),
        ("[COUNTRY Myanmar] voted.", "2020-11-08", "country:MMR", "name"),
        ("[COUNTRY Swaziland] voted.", "2018-09-21", "country:SWZ", "alias"),
        ("[COUNTRY Siam] voted.", "1946-01-06", "country:THA", "alias"),
        ("[COUNTRY Siam] voted.", "1960-01-06", "country:THA", "alias, official until 1939, 1945-1949"),
        ("[COUNTRY Eswatini] voted.", "2010-09-21", "country:SWZ", "name, official since 2018"),
        ("[COUNTRY Congo] voted.", "1985-03-01", "country:COG", "alias"),
        ("[COUNTRY Ecuador] voted.", "2009-04-26", "country:ECU", "name"),
    ],
)
def test_a_states_name_says_when_it_was_official(kb, marked, date, expected, rule):
    resolution = link(kb, marked, date=date)
    assert resolution.mentions[0].entity_id == expected
    assert resolution.merges[0].rule == rule


def test_an_acronym_that_is_taken_for_a_place_is_the_body(kb):
    resolution = link(kb, "The [REGION GUAM] states met in [COUNTRY Ukraine] and [COUNTRY Moldova].")
    assert [(m.entity_id, m.label) for m in resolution.mentions[:1]] == [("org:guam-organization", "ORG")]
