"""The names stage: any tagger's names become mentions in article offsets; the shipped tagger as a spaCy component."""

import itertools
import re
from types import SimpleNamespace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import polnlp.mentions.names  # noqa: F401  registers the component where the package is not installed
from polnlp.config import MentionsConfig
from polnlp.errors import ConfigError, ModelError
from polnlp.mentions import find_mentions, load_tagger
from polnlp.mentions.engines import RawName
from polnlp.mentions.labels import coarsen_label, map_label
from polnlp.mentions.spacy_tagger import Calibration, SpacyTagger
from polnlp.schema import LABELS, DateMention, Paragraph

CAPITALS = re.compile(r"[^\W\d_a-z][\w’']+(?: [^\W\d_a-z][\w’']+)*")


class CapitalsTagger:
    """Takes every run of capitalised words for an organisation, unless it is told better."""

    source = "capitals"

    def __init__(self, **labels):
        self.labels = labels

    def tag(self, texts):
        return [[self._name(match) for match in CAPITALS.finditer(text)] for text in texts]

    def _name(self, match):
        label, score = self.labels.get(match.group().replace(" ", "_"), ("ORG", 0.9))
        return RawName(*match.span(), label, score)


class Known:
    """A gazetteer of a few names."""

    def __init__(self, **labels):
        self.labels = {words.replace("_", " "): label for words, label in labels.items()}

    def find(self, text):
        return [
            SimpleNamespace(start=match.start(), end=match.end(), label=label, entity_ids=("x",), kind="name")
            for words, label in self.labels.items()
            for match in re.finditer(re.escape(words), text)
        ]


def paragraphs_of(text, zone="body"):
    """One paragraph a line."""
    found, start = [], 0
    for line in text.split("\n"):
        if line:
            sentences = tuple((start + m.start(), start + m.end()) for m in re.finditer(r"[^.]+\.?", line))
            found.append(
                Paragraph(index=len(found), start=start, end=start + len(line), zone=zone, sentences=sentences)
            )
        start += len(line) + 1
    return tuple(found)


def read(text, tagger=None, gazetteer=None, **rest):
    return find_mentions(text, paragraphs_of(text), tagger or CapitalsTagger(), gazetteer, **rest)


def test_offsets_are_those_of_the_article():
    text = "in Quito.\nwith CONAIE today. and Lima waits."
    found = read(text)
    assert [(m.text, m.paragraph, m.sentence, m.source) for m in found] == [
        ("Quito", 0, 0, "capitals"),
        ("CONAIE", 1, 0, "capitals"),
        ("Lima", 1, 1, "capitals"),
    ]
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize("zone", ["comment", "boilerplate", "byline", "bio", "stub"])
def test_names_are_read_in_content_alone(zone):
    text = "in Quito."
    assert find_mentions(text, paragraphs_of(text, zone), CapitalsTagger()) == ()


def test_a_stub_inside_a_paragraph_is_not_read():
    text = "in Quito ((Tinyurl)) and Lima."
    paragraphs = (
        Paragraph(index=0, start=0, end=len(text), zone="body"),
        Paragraph(index=1, start=9, end=20, zone="stub", within=0),
    )
    assert [m.text for m in find_mentions(text, paragraphs, CapitalsTagger())] == ["Quito", "Lima"]


def test_mentions_are_trimmed_to_the_name():
    tagger = CapitalsTagger(President_Ycaza=("LEADER", 0.9))
    assert [
        m.text for m in read("so President Ycaza's party.", CapitalsTagger(**{"President_Ycaza's": ("LEADER", 0.9)}))
    ] == ["Ycaza"]
    assert [m.text for m in read("so President Ycaza.", tagger)] == ["Ycaza"]


def test_what_is_below_the_threshold_is_left_out():
    tagger = CapitalsTagger(Quito=("REGION", 0.2))
    assert read("in Quito.", tagger) == ()
    assert len(read("in Quito.", tagger, config=MentionsConfig(threshold=0.1))) == 1


def test_a_name_inside_a_date_is_no_mention():
    text = "on Easter Sunday."
    date = DateMention(start=3, end=16, text="Easter Sunday", type="DATE", value=None)
    assert read(text, dates=[date]) == ()


def test_a_name_missed_at_one_place_is_found_by_another():
    class Once(CapitalsTagger):
        def tag(self, texts):
            return [names[:1] for names in super().tag(texts)]

    found = read("with CONAIE. and CONAIE left.", Once())
    assert [(m.text, m.source) for m in found] == [("CONAIE", "capitals"), ("CONAIE", "article")]


def test_the_gazetteer_settles_what_the_words_cannot_tell():
    found = read("in Zulia.", CapitalsTagger(Zulia=("COUNTRY", 0.6)), Known(Zulia="REGION"))
    assert [m.label for m in found] == ["REGION"]
    assert [m.label for m in read("the Greens.", gazetteer=Known(Greens="PARTY"))] == ["PARTY"]


def test_the_gazetteer_never_overrules_the_words():
    found = read("with Paris.", CapitalsTagger(Paris=("PERSON", 0.6)), Known(Paris="REGION"))
    assert [m.label for m in found] == ["PERSON"]


def test_a_listed_name_that_was_missed_is_added():
    class Blind(CapitalsTagger):
        def tag(self, texts):
            return [[] for _ in texts]

    found = read("the Movement for Socialism of Evo Morales.", Blind(), Known(Movement_for_Socialism="PARTY"))
    assert [(m.text, m.label, m.source) for m in found] == [("Movement for Socialism", "PARTY", "gazetteer")]


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("Ab 'Ñé\u0301\u200d\u200f\u202e\ufeff\x00\n\t\ud800\udfff🗳👩‍⚖️שלוםЯ中."),
        st.characters(),
    ),
    max_size=60,
)


@settings(max_examples=200)
@given(HOSTILE)
def test_offsets_hold_in_any_text(text):
    found = read(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


def test_labels_of_others_are_mapped_by_the_codebook():
    given = ("NORP", "GPE", "politician", "person-politician", "PER", "DATE", "MONEY")
    assert [map_label(label) for label in given] == ["MISC", "REGION", "LEADER", "LEADER", "PERSON", None, None]
    assert {map_label(label) for label in LABELS} == set(LABELS)
    assert {coarsen_label(label) for label in LABELS} == {"PERSON", "ORG", "REGION", "EVENT", "MISC"}


def test_a_calibrated_score_never_falls_as_the_raw_one_rises():
    calibration = Calibration((0.1, 0.5, 0.9), (0.2, 0.2, 0.8))
    scores = [calibration.apply(raw / 20) for raw in range(21)]
    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0.2, 0.8)


# Another's pipeline


@pytest.fixture
def foreign():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Quito"}, {"label": "DATE", "pattern": "today"}])
    return nlp


def test_another_pipeline_takes_the_place_of_ours(foreign, tmp_path):
    foreign.to_disk(tmp_path / "ruler")
    tagger = load_tagger(str(tmp_path / "ruler"))
    text = "votes in Quito today"
    assert [(text[n.start : n.end], n.label) for n in tagger.tag([text])[0]] == [("Quito", "REGION")]


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="finds no names"):
        load_tagger(str(tmp_path / "blank"))


def test_a_damaged_pipeline_is_refused(foreign, tmp_path):
    foreign.to_disk(tmp_path)
    (tmp_path / "config.cfg").write_text("[nlp")
    with pytest.raises(ModelError, match="cannot open"):
        load_tagger(str(tmp_path))


# The shipped model


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("polnlp_names")
    return nlp


@pytest.mark.slow
def test_the_component_marks_names_with_scores_and_sources(nlp):
    doc = nlp("President Evo Morales of Bolivia met the Movement for Socialism in La Paz.")
    group = doc.spans["mentions"]
    assert {(span.text, span.label_) for span in group} >= {("Evo Morales", "LEADER"), ("Bolivia", "COUNTRY")}
    assert len(group) == len(group.attrs["scores"]) == len(group.attrs["sources"])
    assert all(0 <= score <= 1 for score in group.attrs["scores"])
    assert set(group.attrs["sources"]) == {"names-cnn"}
    assert [span.text for span in doc.ents] == [span.text for span in group]


@pytest.mark.slow
def test_neighbours_do_not_change_what_is_found():
    tagger = load_tagger("names-cnn")
    pairs = itertools.product(["Quito", "Lima"], ["PSUV", "Greens", "Senate"])
    texts = [f"In {place}, Hugo Chávez met the {body} on Monday. " * n for n, (place, body) in enumerate(pairs, 1)]
    alone = [tagger.tag([text])[0] for text in texts]
    assert tagger.tag(texts) == alone
    assert tagger.tag(texts[::-1]) == alone[::-1]


@pytest.mark.slow
@settings(max_examples=60)
@given(HOSTILE)
def test_the_shipped_tagger_reads_any_text(text):
    found = find_mentions(text, paragraphs_of(text), load_tagger("names-cnn"))
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.slow
def test_a_long_text_is_read_to_its_end():
    text = "Evo Morales went to La Paz. " * 3_000
    found = find_mentions(text, paragraphs_of(text.replace("\n", " ")), load_tagger("names-cnn"))
    assert found[-1].start > len(text) - 40


@pytest.mark.slow
def test_both_ways_of_marking_are_known():
    for scheme in ("codebook", "crossner"):
        assert isinstance(load_tagger("names-cnn", scheme=scheme), SpacyTagger)


def test_a_threshold_out_of_range_is_refused():
    with pytest.raises(ConfigError, match="threshold is 2"):
        spacy.blank("en").add_pipe("polnlp_names", config={"threshold": 2.0})
