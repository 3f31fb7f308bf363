"""The evidence behind a name and behind an edge."""

import msgspec
import pytest

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.errors import PolnlpError
from polnlp.graph import build_graph
from polnlp.graph.explain import explain, format_explanation


@pytest.fixture
def reports():
    return [
        make_report(
            "Talks. [LEADER=leader:chavez Hugo Chávez] met [ORG CONAIE]. A pause. [LEADER=leader:chavez Chávez] left.",
            date="2009-01-29",
            title="A meeting",
            topics=[(0, "Public Lands")],
            stances=[(0, "nil:CONAIE", "leader:chavez", "against", 0.8), (0, "author", "nil:CONAIE", "favor", 0.7)],
        ),
        make_report("[LEADER=leader:chavez Chávez] flew.\n\n[ORG CONAIE] and [PARTY PSUV].", article="a2", date="2008"),
    ]


def test_a_pair_is_explained_by_the_sentences_of_both_names(reports):
    found = explain(reports, "hugo chavez", "conaie")
    (passage,) = found.passages
    assert (found.a.id, found.b.id, found.count) == ("leader:chavez", "nil:CONAIE", 1)
    assert (passage.article, passage.date, passage.topic) == ("a1", "2009-01-29", "Public Lands")
    assert passage.text == "Hugo Chávez met CONAIE."
    assert [passage.text[mark.start : mark.end] for mark in passage.marks] == ["Hugo Chávez", "CONAIE"]
    assert [(said.holder_name, said.target_name, said.label) for said in passage.stances] == [
        ("CONAIE", "Hugo Chávez", "against"),
        ("the author", "CONAIE", "favor"),
    ]


def test_names_in_two_sentences_give_both(reports):
    report = make_report("[LEADER Correa] spoke. It rained. Then [ORG CONAIE] left.")
    (passage,) = explain([report], "Correa", "CONAIE").passages
    assert passage.text == "Correa spoke. … Then CONAIE left."
    assert [passage.text[mark.start : mark.end] for mark in passage.marks] == ["Correa", "CONAIE"]


@pytest.mark.parametrize("window", ["sentence", "paragraph", "article", "tokens"])
def test_the_count_is_the_edges(reports, window):
    config = GraphConfig(window=window)
    edge = build_graph(reports, config=config).edges["leader:chavez", "nil:CONAIE"]
    assert explain(reports, "leader:chavez", "CONAIE", config=config).count == edge["count"]


def test_a_name_is_explained_by_its_mentions_and_neighbours(reports):
    found = explain(reports, "Chavez")
    assert found.b is None
    assert found.a.names == {"Chávez": 2, "Hugo Chávez": 1}
    assert [passage.date for passage in found.passages] == ["2008", "2009-01-29", "2009-01-29"]
    assert [(near.name, near.count) for near in found.neighbours] == [("CONAIE", 1)]
    assert (found.topics, found.stances) == ({"Public Lands": 1}, {"against": 1})


def test_an_ambiguous_name_lists_who_may_be_meant():
    reports = [make_report("[PERSON=nil:1 Chávez]."), make_report("[LEADER=leader:chavez Chávez].", article="a2")]
    with pytest.raises(PolnlpError, match=r"'Chavez' may be 2 entities(.|\n)*leader:chavez  Chávez(.|\n)*nil:1"):
        explain(reports, "Chavez")
    assert explain(reports, "nil:1").a.label == "PERSON"


@pytest.mark.parametrize(
    ("wanted", "hint"), [("CONAI", "Did you mean: CONAIE"), ("Hugo", "Hugo Chávez"), ("Zzz", "nodes.csv")]
)
def test_an_unknown_name_gets_the_nearest_ones(reports, wanted, hint):
    with pytest.raises(PolnlpError, match=hint):
        explain(reports, wanted)


def test_two_that_never_meet_have_no_passages(reports):
    found = explain(reports, "Chavez", "PSUV")
    assert (found.count, found.passages) == (0, ())
    assert "Named in the same paragraph: 0 times" in format_explanation(found)


def test_reports_without_texts_still_give_names_and_places():
    report = make_report("[LEADER Correa] met [ORG CONAIE].", with_text=False)
    (passage,) = explain([report], "Correa", "CONAIE").passages
    assert (passage.text, passage.names) == (None, ("Correa", "CONAIE"))
    assert "Correa … CONAIE" in format_explanation(explain([report], "Correa", "CONAIE"))


def test_an_iterator_will_do(reports):
    assert explain(iter(reports), "Chavez", "CONAIE").count == 1


def test_the_text_form_marks_both_names(reports):
    text = format_explanation(explain(reports, "Chavez", "CONAIE"))
    assert '1. 2009-01-29  a1 "A meeting", paragraph 0, characters 7-18, score 1' in text
    assert "[Hugo Chávez] met [CONAIE]." in text
    assert "CONAIE speaks against Hugo Chávez (0.8)" in text


def test_a_hostile_article_cannot_steer_the_terminal():
    report = make_report("\x1b[2J[ORG Evil\u202e]\x07 and [ORG Good].", title="\x1b]0;title\x07")
    text = format_explanation(explain([report], "Good"))
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_it_is_ready_for_json(reports):
    found = explain(reports, "Chavez", "CONAIE")
    assert msgspec.json.decode(msgspec.json.encode(found), type=type(found)) == found


def test_an_entity_of_unsure_mentions_alone_stands_in_no_ones_way():
    sure = make_report("[LEADER=leader:correa Rafael Correa] met [ORG CONAIE]. [LEADER=leader:correa Correa] left.")
    unsure = make_report("For [REGION Correa] it rained.", article="a2", score=0.4)
    found = explain([unsure, sure], "Correa")
    assert (found.a.id, found.a.names) == ("leader:correa", {"Correa": 1, "Rafael Correa": 1})
    with pytest.raises(PolnlpError, match="No entity is called"):
        explain([unsure], "Correa")
