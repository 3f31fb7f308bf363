"""Stances: which targets are judged, from which mentions, and who holds them."""

import numpy as np
import pytest

from polnlp.classify import StanceModel, classify_stances, stances_of
from polnlp.classify.settings import is_setting
from polnlp.classify.stances import find_surface
from polnlp.config import StanceConfig
from polnlp.schema import STANCE_LABELS, Entity, Mention, Paragraph


class WordModel:
    """Judges by one word after the target; 'neutral' without it."""

    labels = STANCE_LABELS

    def __init__(self, sure=0.8):
        self.sure = sure
        self.asked = []

    def predict_mentions(self, targets):
        self.asked.append(targets)
        return np.array([self.judge(text, spans) for text, spans in targets]).reshape(-1, 3)

    def judge(self, text, spans):
        after = " ".join(text[end : end + 12] for _, end in spans)
        label = "favor" if "shine" in after else "against" if "lie" in after else "neutral"
        rest = (1 - self.sure) / 2
        return [self.sure if name == label else rest for name in STANCE_LABELS]


def make_article(text, names):
    """Make paragraphs, mentions and entities of a text: name → label."""
    paragraphs, start = [], 0
    for index, piece in enumerate(text.split("\n\n")):
        paragraphs.append(Paragraph(index=index, start=start, end=start + len(piece), zone="body"))
        start += len(piece) + 2
    mentions = []
    for name, label in names.items():
        at = text.find(name)
        while at >= 0:
            place = next(paragraph.index for paragraph in paragraphs if paragraph.start <= at < paragraph.end)
            mentions.append(
                Mention(start=at, end=at + len(name), text=name, label=label, score=1, entity_id=name, paragraph=place)
            )
            at = text.find(name, at + 1)
    return paragraphs, mentions, [Entity(id=name, label=label, name=name) for name, label in names.items()]


def judge(text, model=None, **names):
    paragraphs, mentions, entities = make_article(text, names)
    found = classify_stances(text, paragraphs, mentions, entities, model or WordModel())
    return [(stance.paragraph, stance.target, stance.label, stance.holder, stance.rule) for stance in found.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Correa shines.", ("favor", "author", "author")),
        ("Morales said that Correa lies.", ("against", "Morales", "reported")),
        ("“Correa lies,” Morales said.", ("against", "Morales", "quote")),
        ("According to Morales, Correa lies.", ("against", "Morales", "according-to")),
        ("Morales spoke. “Correa lies,” critics said.", ("against", "author", "unnamed")),
        ("Correa said that Correa shines.", ("favor", "author", "author")),
    ],
)
def test_the_holder_is_who_speaks(text, expected):
    found = {target: rest for _, target, *rest in judge(text, Correa="LEADER", Morales="LEADER")}
    assert tuple(found["Correa"]) == expected


def test_all_mentions_of_a_paragraph_are_judged_together():
    model = WordModel()
    assert len(judge("Correa came. Correa lies.\n\nCorrea shines.", model, Correa="LEADER")) == 2
    assert [len(spans) for _, spans in model.asked[0]] == [2, 1]


def test_an_attitude_in_a_quotation_is_the_speakers_if_the_authors_words_are_neutral():
    text = "Correa came. “Correa lies,” Morales said."
    assert judge(text, Correa="LEADER", Morales="LEADER")[0] == (0, "Correa", "against", "Morales", "quote")


def test_an_attitude_that_the_author_shares_is_the_authors():
    text = "Correa lies. “Correa lies,” Morales said."
    assert judge(text, Correa="LEADER", Morales="LEADER")[0] == (0, "Correa", "against", "author", "author")


def test_events_and_elections_are_no_targets():
    assert judge("The Arab Spring shines.", **{"Arab Spring": "EVENT"}) == []


def test_a_mere_setting_is_not_judged_but_a_subject_is():
    assert judge("They met in Geneva.", Geneva="REGION") == []
    assert [row[1] for row in judge("They met in Geneva. Geneva shines.", Geneva="REGION")] == ["Geneva"]


@pytest.mark.parametrize(
    ("text", "target", "label", "expected"),
    [
        ("They met in Geneva.", "Geneva", "REGION", True),
        ("They met in the northern Sahel.", "Sahel", "REGION", True),
        ("They love Geneva.", "Geneva", "REGION", False),
        ("Trust in Obama fell.", "Obama", "LEADER", False),
        ("Geneva slept.", "Geneva", "REGION", False),
    ],
)
def test_settings_follow_prepositions_of_place(text, target, label, expected):
    start = text.index(target)
    assert is_setting(text, start, start + len(target), label) is expected


def test_what_is_unsure_is_left_out_and_counted():
    text = "Correa shines."
    paragraphs, mentions, entities = make_article(text, {"Correa": "LEADER"})
    found = classify_stances(text, paragraphs, mentions, entities, WordModel(0.5), StanceConfig(threshold=0.6))
    assert found == ((), 1)


def test_other_zones_and_unresolved_mentions_are_passed_over():
    text = "Correa shines."
    paragraphs, mentions, entities = make_article(text, {"Correa": "LEADER"})
    bio = [Paragraph(index=0, start=0, end=len(text), zone="bio")]
    assert classify_stances(text, bio, mentions, entities, WordModel()).items == ()
    loose = [Mention(start=0, end=6, text="Correa", label="LEADER", score=1)]
    assert classify_stances(text, paragraphs, loose, entities, WordModel()).items == ()


def test_a_surface_form_means_all_its_places_as_whole_words():
    assert find_surface("MAS won. El MAS, not MASON.", "MAS") == [(0, 3), (12, 15)]
    assert find_surface("MAS won.", (0, 3)) == [(0, 3)]


@pytest.mark.parametrize("target", ["Correa", "", (5, 3), (0, 99), "MASO"])
def test_a_target_that_is_not_there_is_named(target):
    with pytest.raises(ValueError, match="does not stand in the text"):
        list(stances_of([("MAS won the MASON vote.", target)], WordModel()))


def test_pairs_come_back_in_order_with_surface_forms():
    pairs = [("Morales said that Correa lies.", "Correa"), ("Correa shines.", (0, 6))]
    found = list(stances_of(pairs, WordModel()))
    assert [(stance.holder, stance.target, stance.label, stance.rule) for stance in found] == [
        ("Morales", "Correa", "against", "reported"),
        ("author", "Correa", "favor", "author"),
    ]
    assert all(sum(stance.probabilities.values()) == pytest.approx(1) for stance in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("Rossi is a corrupt liar who betrayed the voters.", "Rossi", "against"),
        ("Critics accused Rossi of fraud and deceit.", "Rossi", "against"),
        ("Rossi won praise for her courage and her honest, brilliant leadership.", "Rossi", "favor"),
        ("Rossi deserves our thanks: a wise and generous leader.", "Rossi", "favor"),
        ("Rossi will speak in Turin on Tuesday.", "Rossi", "neutral"),
        ("The meeting was attended by Rossi and two aides.", "Rossi", "neutral"),
    ],
)
def test_plain_cases_are_right(text, target, label):
    (stance,) = stances_of([(text, target)], StanceModel.load())
    assert stance.label == label


@pytest.mark.slow
def test_two_targets_of_one_sentence_may_be_judged_apart():
    text = "Bianchi lied to the voters, and it was Rossi, patient and brave, who told them the truth."
    found = {
        stance.target: stance.label for stance in stances_of([(text, "Rossi"), (text, "Bianchi")], StanceModel.load())
    }
    assert found == {"Rossi": "favor", "Bianchi": "against"}
