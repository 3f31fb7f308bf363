"""Own paragraphs with names, topic and stances: what is written is what is learnt."""

import pytest

from polnlp.errors import CorpusError
from polnlp.schema import TOPICS
from polnlp.training.judged import read_judged, read_own_judged

ITEM = """
# A line of remark.
topic: Energy | Environment
[LEADER Rafael Correa] gave the forest away; [ORG CONAIE] stood up. [LEADER Correa] laughed at [PARTY|MISC Liberals].
against: Rafael Correa = Correa
favor: CONAIE; Liberals
"""


def test_an_item_has_text_names_topic_and_stances():
    (item,) = read_judged(ITEM)
    assert item.text == "Rafael Correa gave the forest away; CONAIE stood up. Correa laughed at Liberals."
    assert (item.topic, item.second) == ("Energy", "Environment")
    assert [item.text[span.start : span.end] for span in item.codebook] == [
        "Rafael Correa",
        "CONAIE",
        "Correa",
        "Liberals",
    ]
    assert [span.label for span in item.crossner] == ["LEADER", "ORG", "LEADER", "MISC"]
    found = [([item.text[slice(*span)] for span in stance.spans], stance.label) for stance in item.stances]
    assert found == [(["Rafael Correa", "Correa"], "against"), (["CONAIE"], "favor"), (["Liberals"], "favor")]


def test_items_are_parted_by_blank_lines_and_may_lack_stances():
    items = read_judged("topic: Health\nThe clinic closed.\n\n\ntopic: None\nBy our staff\n")
    assert [(item.topic, item.second, item.stances) for item in items] == [("Health", None, ()), ("None", None, ())]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The clinic closed.", "judged:1: an item begins with"),
        ("topic: Sports\nThey won.", "unknown topic 'Sports'"),
        ("topic: Health\nHe won.\nliked: He", "expected 'favor:', 'against:' or 'neutral:'"),
        ("topic: Health\n[LEADER Ana] won.\nfavor: Eva", "does not stand in the text"),
        ("topic: Health\nAna won.\nfavor: Ana", "no marked name"),
        ("topic: Health\n[EVENT Arab Spring] came.\nfavor: Arab Spring", "no marked name"),
        ("\n\ntopic: Health\n[LEDER Ana] won.", "judged:3: unknown label 'LEDER'"),
    ],
)
def test_a_faulty_item_is_named(text, message):
    with pytest.raises(CorpusError, match=message):
        read_judged(text)


def test_the_package_has_items_on_every_topic():
    items = read_own_judged()
    assert {item.topic for item in items} == set(TOPICS)
    assert len({item.text for item in items}) == len(items)
