"""Who is who in a whole article, read from its text: a polemic on three countries and their opponents."""

import pytest

from polnlp.pipeline import load

EXPECTED = {
    "Washington": "country:USA",
    "Venezuela": "country:VEN",
    "Bolivia": "country:BOL",
    "Ecuador": "country:ECU",
    "Canada": "country:CAN",
    "US": "country:USA",
    "Latin America": "region:latin-america",
    "Media Luna": "region:media-luna",
    "Santa Cruz": "region:BO-S",
    "Guayas": "region:EC-G",
    "Guayaquil": "city:3657509",
    "Zulia": "region:VE-V",
    "Hugo Chavez": "leader:VEN:hugo-chavez",
    "Chavez": "leader:VEN:hugo-chavez",
    "Manual Rosales": "leader:VEN:manuel-rosales",
    "Rosales": "leader:VEN:manuel-rosales",
    "Rafael Correa": "leader:ECU:rafael-correa",
    "Jaime Nebot": "leader:ECU:jaime-nebot",
    "Evo Morales": "leader:BOL:evo-morales",
    "Morales": "leader:BOL:evo-morales",
    "MAS": "party:BOL:movement-for-socialism",
    "Movement for Socialism": "party:BOL:movement-for-socialism",
    "PSUV": "party:VEN:united-socialist-party-of-venezuela",
    "APAIS": "party:ECU:pais-alliance",
    "CONAIE": "org:conaie",
    "UNASUR": "org:unasur",
    "Bolivian Army": "org:bolivian-army",
}


@pytest.fixture(scope="module")
def report(data_folder):
    text = (data_folder / "articles" / "seed_gauntlet.txt").read_text(encoding="utf-8")
    return load().analyze(text)


def test_every_name_is_whom_it_names(report):
    found = {}
    for mention in report.mentions:
        found.setdefault(mention.text, set()).add(mention.entity_id)
    assert {name: found.get(name) for name in EXPECTED} == {name: {entry} for name, entry in EXPECTED.items()}


def test_nothing_else_is_taken_for_somebody_of_the_knowledge_base(report):
    others = {
        "party:ECU:pais-alliance", "org:catholic-church", "region:wall-street", "org:santa-cruz-youth-union",
        "org:international-confederation-for-regional-freedom-and-autonomy",
    }  # fmt: skip
    known = {entity.id for entity in report.entities if not entity.id.startswith("nil:")}
    assert known - set(EXPECTED.values()) - others == set()


def test_slogans_movements_and_dated_votes_are_no_entities(report):
    names = {mention.text for mention in report.mentions}
    assert not names & {"Hasta la Victoria Siempre", "Bolivarian movement", "democratic referendum"}
    assert not any(name.startswith("November 23rd") for name in names)
    assert "November 23rd" in {date.text for date in report.dates}
