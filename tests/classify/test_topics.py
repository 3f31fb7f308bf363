"""Topics of paragraphs and texts, with a small model fitted on the spot and with the shipped one."""

import itertools

import numpy as np
import pytest

from polnlp.classify import TopicModel, classify_texts, classify_topics
from polnlp.classify.topics import make_topic
from polnlp.config import TopicConfig
from polnlp.schema import TOPICS, Paragraph

TEXT = "The bank raised its rates.\n\nThe clinic has no doctor. ((Tinyurl)) It closed.\n\nComments RSS feed\n\n * * *"
PARAGRAPHS = (
    Paragraph(index=0, start=0, end=26, zone="body"),
    Paragraph(index=1, start=28, end=78, zone="quote"),
    Paragraph(index=2, start=54, end=65, zone="stub", within=1),
    Paragraph(index=3, start=80, end=97, zone="boilerplate"),
    Paragraph(index=4, start=99, end=len(TEXT), zone="body"),
)


class FixedModel:
    """Says what it is told, and keeps what it was asked."""

    labels = TOPICS

    def __init__(self, **shares):
        self.row = np.array([shares.get(label.replace(" ", "_"), 0.0) for label in TOPICS])
        self.asked = []

    def predict(self, texts):
        self.asked.append(list(texts))
        return np.tile(self.row, (len(texts), 1))


def test_content_paragraphs_alone_are_read_in_one_call_with_stubs_blanked():
    model = FixedModel(Health=0.9, Labor=0.1)
    found = classify_topics(TEXT, PARAGRAPHS, model)
    assert [topic.paragraph for topic in found.items] == [0, 1]
    assert len(model.asked) == 1
    assert "Tinyurl" not in model.asked[0][1]
    assert len(model.asked[0][1]) == 50


def test_what_is_unsure_is_left_out_and_counted():
    found = classify_topics(TEXT, PARAGRAPHS, FixedModel(Health=0.15, Labor=0.14), TopicConfig(threshold=0.2))
    assert found.items == ()
    assert found.left_out == 2


def test_no_paragraphs_give_no_topics():
    assert classify_topics("", (), FixedModel(Health=1.0)) == ((), 0)


@pytest.mark.parametrize(
    ("shares", "label", "second"),
    [
        ({"Health": 0.6, "Labor": 0.3}, "Health", "Labor"),
        ({"Health": 0.6, "Labor": 0.2}, "Health", None),
        ({"None": 0.5, "Labor": 0.4}, "None", None),
        ({"Labor": 0.5, "None": 0.4}, "Labor", None),
    ],
)
def test_a_second_topic_is_clear_and_never_none(shares, label, second):
    topic = make_topic(TOPICS, FixedModel(**shares).row, TopicConfig(second=0.25))
    assert (topic.label, topic.second) == (label, second)
    assert topic.probabilities == shares


def test_texts_come_back_in_order_whatever_their_score():
    model = FixedModel(Health=0.05)
    endless = (f"Text {number}." for number in itertools.count())
    topics = list(itertools.islice(classify_texts(endless, model), 200))
    assert len(topics) == 200
    assert [text for batch in model.asked for text in batch][:3] == ["Text 0.", "Text 1.", "Text 2."]


@pytest.fixture(scope="module")
def shipped():
    return TopicModel.load()


@pytest.mark.slow
def test_the_shipped_model_has_the_codebooks_topics(shipped):
    assert shipped.labels == TOPICS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The unions demand a higher minimum wage and shorter working hours for nurses and drivers.", "Labor"),
        ("Pupils in rural schools lack teachers, and university tuition has doubled.", "Education"),
        ("The navy ordered six frigates, and the air force wants new fighter jets and missiles.", "Defense"),
        (
            "Voters elect a new parliament on Sunday; polls see the opposition ahead.",
            "Government Operations",
        ),
        ("Emissions of carbon dioxide must fall by half if global warming is to be stopped.", "Environment"),
        (
            "The foreign ministers signed a treaty and will reopen both embassies.",
            "International Affairs",
        ),
        ("Inflation reached nine per cent, and the central bank raised interest rates.", "Macroeconomics"),
        ("Hospitals ran out of vaccines against measles, doctors warned.", "Health"),
        ("By our correspondent", "None"),
        ("Read other articles by Anna, or visit Anna's website.", "None"),
    ],
)
def test_plain_cases_are_right(shipped, text, label):
    (topic,) = classify_texts([text], shipped)
    assert topic.label == label


@pytest.mark.slow
def test_neighbours_do_not_change_the_answer(shipped):
    texts = ["The army shelled the town.", "A new school opened.", "", "The tax was cut.", "Oil and gas fields burn."]
    together = shipped.predict(texts)
    for text, row in zip(texts, together, strict=True):
        assert (shipped.predict([text])[0] == row).all()
    assert (shipped.predict(texts[::-1])[::-1] == together).all()
