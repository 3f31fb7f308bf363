"""Who is who in an article: bracketed names are mentions, and the table says who they are."""

import pytest

from helpers import read_marked
from polnlp.config import EntitiesConfig
from polnlp.entities import resolve_entities
from polnlp.kb import open_kb


@pytest.fixture(scope="module")
def kb():
    return open_kb()


def resolve(kb, marked, **options):
    article, mentions = read_marked(marked, **options)
    return resolve_entities(article, (), mentions, kb)


def ids(resolution):
    return [mention.entity_id for mention in resolution.mentions]


ANDES = (
    "In [COUNTRY Venezuela], [LEADER Hugo Chavez] and his [PARTY PSUV] (the [PARTY United Socialist Party of "
    "Venezuela]) won; [LEADER Manual Rosales] kept [REGION Zulia]. [LEADER Chavez] thanked [LEADER Rosales].\n\n"
    "In [COUNTRY Bolivia], [LEADER Evo Morales]' [PARTY Movement for Socialism], [PARTY MAS], won everywhere but in "
    "[REGION Santa Cruz] and the [REGION Media Luna]. [LEADER Morales] thanked [ORG UNASUR]; [COUNTRY Washington] was "
    "silent.\n\n"
    "In [COUNTRY Ecuador], [PARTY Alianza PAIS] ([PARTY Proud and Sovereign Fatherland Alliance]) of [LEADER Rafael "
    "Correa] quarrelled with [ORG CONAIE]. [PARTY APAIS] is weak in [REGION Guayas], where the [PARTY Patriotic "
    "Alliance] of [PERSON Pablo Perez Alvarez] is unknown."
)


def test_the_andes_in_2009(kb):
    resolution = resolve(kb, ANDES)
    expected = [
        "country:VEN",
        "leader:VEN:hugo-chavez",
        "party:VEN:united-socialist-party-of-venezuela",
        "party:VEN:united-socialist-party-of-venezuela",
        "leader:VEN:manuel-rosales",
        "region:VE-V",
        "leader:VEN:hugo-chavez",
        "leader:VEN:manuel-rosales",
        "country:BOL",
        "leader:BOL:evo-morales",
        "party:BOL:movement-for-socialism",
        "party:BOL:movement-for-socialism",
        "region:BO-S",
        "region:media-luna",
        "leader:BOL:evo-morales",
        "org:unasur",
        "country:USA",
        "country:ECU",
        "party:ECU:pais-alliance",
        "party:ECU:pais-alliance",
        "leader:ECU:rafael-correa",
        "org:conaie",
        "party:ECU:pais-alliance",
        "region:EC-G",
    ]
    assert ids(resolution)[: len(expected)] == expected
    assert all(entity_id.startswith("nil:") for entity_id in ids(resolution)[len(expected) :])


def test_every_decision_has_its_receipt(kb):
    resolution = resolve(kb, ANDES)
    rows = {(merge.kind, merge.source): merge for merge in resolution.merges}
    assert rows["group", "Chavez"].into == "leader:VEN:hugo-chavez"
    assert rows["group", "Chavez"].rule == "surname (Hugo Chavez)"
    assert rows["link", "Manual Rosales"].rule == "fuzzy"
    assert rows["link", "Movement for Socialism"].runner_up.startswith("party:VEN:movement-for-socialism ")
    assert rows["nil", "Pablo Perez Alvarez"].into in ids(resolution)
    assert all(0 <= merge.score <= 1 and round(merge.score, 4) == merge.score for merge in resolution.merges)


def test_mentions_keep_their_place_and_entities_count_them(kb):
    article, mentions = read_marked(ANDES)
    resolution = resolve_entities(article, (), mentions, kb)
    assert [(m.start, m.end, m.text) for m in resolution.mentions] == [(m.start, m.end, m.text) for m in mentions]
    assert sum(entity.count for entity in resolution.entities) == len(mentions)
    assert len({entity.id for entity in resolution.entities}) == len(resolution.entities)


def test_the_same_input_gives_the_same_answer(kb):
    assert resolve(kb, ANDES) == resolve(open_kb(), ANDES)


@pytest.mark.parametrize(
    ("marked", "date", "expected"),
    [
        ("[PARTY MAS] lost votes in [COUNTRY Venezuela] again.", "1999", "party:VEN:movement-for-socialism"),
        ("[PARTY MAS] lost votes in [COUNTRY Bolivia] again.", "2010", "party:BOL:movement-for-socialism"),
        ("[REGION Georgia] votes; [COUNTRY United States] senators wait.", "2021", "region:US-GA"),
        ("[COUNTRY Georgia] fought [COUNTRY Russia] over [REGION South Ossetia].", "2008", "country:GEO"),
        (
            "[PARTY Democrats] and [PARTY Republicans] met in the [ORG Senate]; [COUNTRY US] voters yawned.",
            "2012",
            "party:USA:democratic-party",
        ),
        # names that passed from one state or party to another
        ("The [COUNTRY Federal Republic of Germany] agreed.", "1970", "country:DEW"),
        ("The [COUNTRY Federal Republic of Germany] agreed.", "2009", "country:DEU"),
        ("[PARTY AC] won seats in [COUNTRY Benin].", "1998", "party:BEN:alliance-chameleon"),
        ("[PARTY AC] won seats in [COUNTRY Benin].", "2001", "party:BEN:cameleon-alliance"),
    ],
)
def test_country_and_date_tell_namesakes_apart(kb, marked, date, expected):
    assert ids(resolve(kb, marked, date=date))[0] == expected


def test_a_country_in_the_metadata_is_context_enough(kb):
    assert ids(resolve(kb, "The [PARTY Labour Party] won.", country="NZL"))[0] == "party:NZL:new-zealand-labour-party"
    assert ids(resolve(kb, "The [PARTY Labour Party] won.", country="Norway"))[0] == "party:NOR:labour-party"


def test_a_link_settles_the_label(kb):
    resolution = resolve(kb, "[PERSON Angela Merkel] led the [ORG Christian Democratic Union] of [COUNTRY Germany].")
    assert [mention.label for mention in resolution.mentions] == ["LEADER", "PARTY", "COUNTRY"]
    assert any("PERSON to LEADER" in merge.rule for merge in resolution.merges)


def test_two_people_of_one_surname_stay_apart(kb):
    marked = (
        "[LEADER Bill Clinton] was president; [LEADER Clinton] left in 2001.\n\n"
        "[LEADER Hillary Clinton] became secretary; [LEADER Clinton] travelled. [PERSON Mrs Clinton] resigned."
    )
    first, second = "leader:USA:bill-clinton", "leader:USA:hillary-clinton"
    assert ids(resolve(kb, marked, date="2013-02-01")) == [first, first, second, second, second]


def test_an_unknown_name_is_an_entity_of_its_own(kb):
    resolution = resolve(kb, "[PERSON Aurelia Quibble] met [PERSON Quibble]'s sister [PERSON Berta Quibble].")
    first, second, third = ids(resolution)
    assert first.startswith("nil:person:aurelia-quibble:")
    assert first == second != third


def test_nothing_in_gives_nothing_out(kb):
    assert resolve(kb, "No names.") == ((), (), ())


def test_without_linking_all_entities_are_their_own(kb):
    article, mentions = read_marked(ANDES)
    resolution = resolve_entities(article, (), mentions, kb, EntitiesConfig(link=False))
    assert all(entity.id.startswith("nil:") for entity in resolution.entities)


def test_what_was_resolved_before_makes_no_difference(kb):
    """One process after another, or a worker for each: an article's answer is its own."""
    cases = [
        ("[PARTY MAS] of [COUNTRY Bolivia]", "2009"),
        ("[PARTY MAS] of [COUNTRY Venezuela]", "1995"),
        (ANDES, "2009"),
    ]
    forwards = [resolve(kb, marked, date=date) for marked, date in cases]
    backwards = [resolve(kb, marked, date=date) for marked, date in reversed(cases)]
    alone = [resolve(open_kb(), marked, date=date) for marked, date in cases]
    assert forwards == backwards[::-1] == alone


def test_a_second_surname_that_the_list_does_not_know_is_passed_over(kb):
    resolution = resolve(kb, "[LEADER Evo Morales Aima], President of [COUNTRY Bolivia], met [PERSON Ana Ruiz Montes].")
    assert ids(resolution)[0] == "leader:BOL:evo-morales"
    assert ids(resolution)[2].startswith("nil:")
    assert any(merge.rule == "second-surname" for merge in resolution.merges)


def test_a_direction_is_no_province(kb):
    resolution = resolve(kb, "In [COUNTRY Lebanon] we are men and women of the [REGION South].")
    assert ids(resolution)[1].startswith("nil:")
