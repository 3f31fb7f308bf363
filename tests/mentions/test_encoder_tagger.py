"""Names read off the encoder."""

import itertools
import unicodedata

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polnlp.encoder import Encoder, Reading
from polnlp.encoder.tags import NAME_TAGS, TagSpan, decode_tags
from polnlp.mentions.encoder_tagger import EncoderTagger, span_probabilities
from polnlp.schema import LABELS


class FakeEncoder:
    """Gives logits by hand: a word that begins with a capital is a party with the given logit, others are outside."""

    schemes = ("codebook",)

    def __init__(self, logit=5.0, calibration=None):
        self.logit = logit
        self.calibration = calibration or {}

    def read(self, texts, *, vectors=True):
        for text in texts:
            yield self.reading(text)

    def reading(self, text):
        offsets, at = [], 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word.rstrip("".join(c for c in word if unicodedata.combining(c))) or word)
            offsets.append((start, at))
        logits = np.zeros((len(offsets), len(NAME_TAGS)), np.float32)
        for row, (start, _) in enumerate(offsets):
            logits[row, NAME_TAGS.index("B-PARTY") if text[start].isupper() else 0] = self.logit
        table = np.array(offsets, np.int32).reshape(-1, 2)
        return Reading(text, np.zeros((0, 384), np.float32), table, np.arange(len(offsets)), {"codebook": logits})


@pytest.fixture(scope="module")
def tagger():
    return EncoderTagger(Encoder.load())


def test_names_come_with_their_place_label_and_score():
    tagger = EncoderTagger(FakeEncoder())
    (names,) = tagger.tag(["vote Labour now"])
    assert [(name.start, name.end, name.label) for name in names] == [(5, 11, "PARTY")]
    assert 0.8 < names[0].score < 1


def test_a_combining_mark_at_the_end_belongs_to_the_name():
    text = "vote Labore\u0301 now"
    (names,) = EncoderTagger(FakeEncoder()).tag([text])
    assert [text[name.start : name.end] for name in names] == ["Labore\u0301"]


def test_scores_are_calibrated():
    calibration = {"codebook": {"raw": [0.0, 1.0], "score": [0.25, 0.25]}}
    (names,) = EncoderTagger(FakeEncoder(calibration=calibration)).tag(["vote Labour now"])
    assert names[0].score == 0.25


def test_a_surer_word_gives_a_higher_score():
    scores = [EncoderTagger(FakeEncoder(logit)).tag(["vote Labour now"])[0][0].score for logit in (4.0, 6.0, 9.0)]
    assert scores == sorted(scores)
    assert len(set(scores)) == 3


def test_a_name_that_may_go_on_is_less_sure():
    logits = np.zeros((2, 19), np.float32)
    logits[0, 1] = 9.0
    logits[1, 0] = 4.0
    tags = decode_tags(logits)
    sure = span_probabilities(logits, tags, [TagSpan(0, 1, 0)])[0]
    logits[1, 2] = 4.0
    assert span_probabilities(logits, tags, [TagSpan(0, 1, 0)])[0] < 0.6 * sure


def test_an_unknown_scheme_is_refused():
    with pytest.raises(ValueError, match="conll"):
        EncoderTagger(FakeEncoder(), scheme="conll")


@pytest.mark.parametrize("text", ["", "   ", "no name here"])
def test_without_a_name_there_is_none(text):
    assert EncoderTagger(FakeEncoder()).tag([text]) == [[]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "surface", "label"),
    [
        ("Last year Venezuela signed a trade agreement with Iran.", "Venezuela", "COUNTRY"),
        ("The Social Democratic Party left the coalition.", "Social Democratic Party", "PARTY"),
        ("Prime Minister Angela Merkel spoke in parliament.", "Angela Merkel", "LEADER"),
        ("The United Nations adopted the resolution.", "United Nations", "ORG"),
        ("He was elected in the 2016 presidential election.", "2016 presidential election", "ELECTION"),
    ],
)
@pytest.mark.parametrize("scheme", ["codebook", "crossner"])
def test_plain_names_are_found(tagger, scheme, text, surface, label):
    (names,) = EncoderTagger(tagger.encoder, scheme).tag([text])
    assert (surface, label) in [(text[name.start : name.end], name.label) for name in names]


@pytest.mark.slow
def test_the_last_line_of_a_text_of_200_000_words_is_read(tagger):
    text = (
        "the committee met again and nothing new was decided there \n" * 20_000 + "Prime Minister Angela Merkel spoke."
    )
    (names,) = tagger.tag([text])
    assert [text[name.start : name.end] for name in names][-1] == "Angela Merkel"


@pytest.mark.slow
@given(st.text(alphabet=st.characters(codec=None), max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_names_lie_in_the_text_without_overlaps(tagger, text):
    (names,) = tagger.tag([text])
    bounds = [(name.start, name.end) for name in names]
    assert all(0 <= start < end <= len(text) for start, end in bounds)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(bounds))
    assert all(name.label in LABELS and 0 <= name.score <= 1 for name in names)
