"""The names of an article: whole, apart, and brought to agree."""

import pytest

from polnlp.config import MentionsConfig
from polnlp.kb import open_kb
from polnlp.mentions import find_mentions
from polnlp.mentions.engines import RawName
from polnlp.mentions.gazetteer import Gazetteer, GazetteerSpan
from polnlp.paragraphs import split_paragraphs
from polnlp.pipeline import as_paragraph
from polnlp.schema import Article


class MarkedNames:
    """A tagger that finds what it is told to."""

    source = "marked"

    def __init__(self, *names):
        self.names = names

    def tag(self, texts):
        return [
            [
                RawName(text.index(name), text.index(name) + len(name), label, score)
                for name, label, score in self.names
                if name in text
            ]
            for text in texts
        ]


def found(text, *names, threshold=0.3):
    mentions = find_mentions(text, as_paragraph(text), MarkedNames(*names), config=MentionsConfig(threshold=threshold))
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return [(mention.text, mention.label) for mention in mentions]


def found_in_paragraphs(text, *names, gazetteer=None):
    paragraphs = split_paragraphs(Article(id="a", text=text))
    mentions = find_mentions(text, paragraphs, MarkedNames(*names), gazetteer)
    return [(mention.text, mention.label) for mention in mentions]


@pytest.mark.parametrize(
    ("surface", "kept"),
    [
        ("Evo Morales’ Movement for Socialism", [("Evo Morales", "LEADER"), ("Movement for Socialism", "PARTY")]),
        ("Bolivia's Movement for Socialism", [("Bolivia", "COUNTRY"), ("Movement for Socialism", "PARTY")]),
        ("Aaron's New Dawn League", [("Aaron's New Dawn League", "PARTY")]),
    ],
)
def test_an_owner_is_parted_from_what_is_owned_where_both_are_known(surface, kept):
    text = f"The fight of {surface} went on in the east."
    assert found_in_paragraphs(text, (surface, "PARTY", 0.4), gazetteer=Gazetteer(open_kb())) == kept


@pytest.mark.parametrize(
    ("event", "is_name"),
    [("democratic referendum", False), ("2008 financial crisis", True), ("Prague Spring", True)],
)
def test_an_event_that_is_but_described_is_no_name(event, is_name):
    assert found(f"Delegates spoke of the {event} at length.", (event, "EVENT", 0.9)) == [(event, "EVENT")] * is_name


def test_a_body_that_is_but_described_is_no_name():
    names = (("religious association", "ORG", 0.5), ("al-Qaeda", "ORG", 0.5))
    assert found("A religious association warned of al-Qaeda.", *names) == [("al-Qaeda", "ORG")]


def test_a_text_without_any_capitals_keeps_its_events():
    assert found("the prague spring ended.", ("prague spring", "EVENT", 0.9)) == [("prague spring", "EVENT")]


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        ("Bolivarian movement", [("Bolivarian", "MISC")]),
        ("Sandinista forces", [("Sandinista", "MISC")]),
        ("Bolivarian revolution", [("Bolivarian revolution", "EVENT")]),
        ("Cochabamba Movement", [("Cochabamba Movement", "EVENT")]),
    ],
)
def test_those_who_take_part_in_events_are_none(event, kept):
    assert found(f"A campaign against the {event} began.", (event, "EVENT", 0.4)) == kept


def test_a_vote_that_bears_no_name_is_none():
    assert found("Rural voters won the democratic referendum.", ("democratic referendum", "ELECTION", 0.5)) == []


def test_a_doubtful_name_in_a_heading_needs_a_word_for_it():
    slogan = ("Hasta la Victoria", "LEADER", 0.4)
    heading, body = "Hasta la Victoria\n\n", "The rebels sang all night."
    assert found_in_paragraphs(heading + body, slogan) == []
    assert found_in_paragraphs(heading + body, (*slogan[:2], 0.9)) == [slogan[:2]]
    assert found_in_paragraphs("They sang Hasta la Victoria again.", slogan) == [slogan[:2]]
    person = ("Ruiz Leaves", "PERSON", 0.4), ("Ana Leaves", "PERSON", 0.7)
    assert len(found_in_paragraphs("Ruiz Leaves\n\nThen Ana Leaves spoke.", *person)) == 2


def test_a_line_with_nothing_under_it_is_no_heading():
    name = ("Ana Ruiz", "PERSON", 0.4)
    assert found_in_paragraphs("Thanks Ana Ruiz", name) == [name[:2]]


def test_a_listed_name_in_a_heading_stands():
    gazetteer = Gazetteer(open_kb())
    names = ("Evo Morales", "LEADER", 0.4)
    assert found_in_paragraphs("Evo Morales Wins\n\nIt rained.", names, gazetteer=gazetteer) == [names[:2]]


def test_two_halves_of_a_person_are_one_name():
    halves = ("Manual", "LEADER", 0.9), ("Rosales", "LEADER", 0.8)
    assert found("Then Manual Rosales left.", *halves) == [("Manual Rosales", "LEADER")]
    assert len(found("Then Manual, Rosales left.", *halves)) == 2


def test_a_name_that_breaks_off_goes_on_with_the_next():
    halves = ("Convention against", "MISC", 0.6), ("Enforced Disappearance", "EVENT", 0.5)
    assert found("The Convention against Enforced Disappearance holds.", *halves) == [
        ("Convention against Enforced Disappearance", "MISC")
    ]
    assert found("The Parties to it met.", ("Parties to", "ORG", 0.6)) == [("Parties", "ORG")]


def test_a_doubtful_first_name_is_the_person_of_that_name():
    sure = ("Fidel Castro", "LEADER", 0.95)
    assert found("Friends of Fidel cheered Fidel Castro.", ("Fidel", "ORG", 0.4), sure) == [
        ("Fidel", "LEADER"),
        sure[:2],
    ]
    assert ("Victoria", "REGION") in found(
        "In Victoria the mayor, Victoria Woods, spoke.", ("Victoria", "REGION", 0.9), ("Victoria Woods", "LEADER", 0.95)
    )


def test_what_is_below_the_threshold_is_left_out():
    names = ("Quito", "REGION", 0.5), ("Lima", "REGION", 0.4)
    assert found("From Quito to Lima.", *names, threshold=0.45) == [("Quito", "REGION")]


def test_a_sure_name_is_found_again_where_it_was_missed():
    assert found("Ana Ruiz won. Critics of Ruiz left.", ("Ana Ruiz", "LEADER", 0.95)) == [
        ("Ana Ruiz", "LEADER"),
        ("Ruiz", "LEADER"),
    ]


def test_names_of_the_users_own_list_are_sure():
    text = "Green Canton left. Verdes stayed."

    class OwnList:
        def find(self, text):
            return [GazetteerSpan(start, end, "PARTY", ("party:x",), "user") for start, end in ((0, 12), (19, 25))]

    mentions = find_mentions(text, as_paragraph(text), MarkedNames(("Green Canton", "ORG", 0.43)), OwnList())
    assert [(mention.text, mention.label) for mention in mentions] == [("Green Canton", "PARTY"), ("Verdes", "PARTY")]
    assert all(mention.score >= 0.8 for mention in mentions)


def test_a_word_that_only_parties_bear_is_no_person():
    text = "Pachakutik voted against; Rousseff did not."
    paragraph, tagger = as_paragraph(text), MarkedNames(("Pachakutik", "LEADER", 0.9), ("Rousseff", "LEADER", 0.9))
    mentions = find_mentions(text, paragraph, tagger, Gazetteer(open_kb()))
    assert [(mention.text, mention.label) for mention in mentions] == [("Pachakutik", "PARTY"), ("Rousseff", "LEADER")]


def test_a_listed_acronym_is_no_person():
    text = "He met Deputy FSB Director Vladimir Pronichev."
    paragraph, tagger = as_paragraph(text), MarkedNames(("FSB", "LEADER", 0.45))
    mentions = find_mentions(text, paragraph, tagger, Gazetteer(open_kb()))
    assert [(mention.text, mention.label) for mention in mentions] == [("FSB", "ORG")]
