"""A names tagger is trained on one's own rows, and on the data sets with their rules."""

import json
import logging
import re

import pytest
import spacy

from polnlp.errors import CorpusError
from polnlp.evaluation.gold import GoldSpan
from polnlp.mentions import load_tagger
from polnlp.mentions.engines import RawName
from polnlp.mentions.lexicon import Lexicon
from polnlp.training import names
from polnlp.training.data import (
    DEFAULT_SOURCES,
    SOURCES,
    LabelledText,
    find_held_out,
    is_held_out,
    may_ship,
    read_own,
    read_source,
    relabel_by_codebook,
)
from polnlp.training.names import read_texts, train_names
from polnlp.training.silver import mark, read_silver
from polnlp.training.swapping import make_pool, swap_names
from polnlp.training.tagger import Settings, make_example, make_tokenizer

PLACES = ["Quito", "Lima", "Zulia", "Sucre", "Oruro", "Tarija"]
PEOPLE = ["Tamara Ycaza", "Rosa Gualán", "Owen Straker", "Philipp Stein"]


def write_rows(path, count=60):
    rows = []
    for number in range(count):
        person, place = PEOPLE[number % len(PEOPLE)], PLACES[number % len(PLACES)]
        text = f"On day {number} {person} spoke in {place}."
        spans = [
            {"start": text.index(words), "end": text.index(words) + len(words), "label": label}
            for words, label in ((person, "LEADER"), (place, "location"))
        ]
        rows.append(json.dumps({"text": text, "spans": spans}))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def few_names(monkeypatch):
    """No shipped model is needed to train one's own."""
    monkeypatch.setattr(names, "_load_names", lambda tables: (Lexicon.of_names([(["Quito"], "city")]), {}))


SHORT = Settings(epochs=6, patience=6, refit=False)


@pytest.mark.slow
def test_own_rows_make_a_tagger_with_a_card_that_the_pipeline_opens(tmp_path, few_names, caplog):
    caplog.set_level(logging.INFO, "polnlp")
    scores = train_names(write_rows(tmp_path / "own.jsonl"), tmp_path / "model", settings=SHORT)
    assert scores.values["F1"] > 0.8
    tagger = load_tagger(str(tmp_path / "model"))
    text = "Then Tamara Ycaza spoke in Lima."
    assert {(text[n.start : n.end], n.label) for n in tagger.tag([text])[0]} == {
        ("Tamara Ycaza", "LEADER"),
        ("Lima", "REGION"),
    }
    card = (tmp_path / "model" / "CARD.md").read_text(encoding="utf-8")
    assert "own data" in card
    assert "own.jsonl" not in card
    assert "epoch 6" in caplog.text


@pytest.mark.slow
def test_the_same_seed_gives_the_same_model(tmp_path, few_names):
    data = write_rows(tmp_path / "own.jsonl", 40)
    settings = Settings(epochs=2, patience=2)
    for name in ("one", "two"):
        train_names(data, tmp_path / name, settings=settings, seed=3)
    for file in ("tok2vec/model", "ner/model", "calibration.json", "CARD.md"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_too_few_rows_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="too few"):
        train_names(write_rows(tmp_path / "own.jsonl", 5), tmp_path / "model")


def test_rows_without_spans_are_refused(tmp_path):
    (tmp_path / "own.jsonl").write_text('{"id": "1", "text": "a", "label": "Labor"}')
    with pytest.raises(CorpusError, match="1 has no 'spans'"):
        read_own(tmp_path / "own.jsonl")


def test_an_unknown_source_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="No source 'conll' of labelled names"):
        read_texts(tmp_path, ["conll"])


def test_licences_that_forbid_passing_on_are_refused():
    for licence in (
        "CC BY-NC 3.0",
        "CC BY-NC-SA 4.0 (NON-COMMERCIAL)",
        "RESEARCH ONLY",
        "UNCLEAR - ask",
        "none stated",
    ):
        assert not may_ship(licence)
    for licence in ("CC BY 4.0", "MIT (repo: annotations); text Wikipedia CC BY-SA 3.0", "OGL v3.0", ""):
        assert may_ship(licence)


def test_the_codebook_s_own_articles_are_never_learnt_from(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "GUM_news_x.json").write_text("{}")
    held_out = find_held_out(tmp_path)
    assert is_held_out("GUM_news_x", held_out)
    assert is_held_out("GUM_news_x-12", held_out)
    assert is_held_out("GUM_news_x#3", held_out)
    assert not is_held_out("GUM_news_xy-12", held_out)


def test_members_of_a_party_are_the_party_by_the_codebook():
    text = "Texas Republicans and Poles of Northern Ireland"
    spans = ((0, 17, "MISC"), (22, 27, "MISC"), (31, 47, "COUNTRY"))
    given = LabelledText("1", text, tuple(GoldSpan(*span) for span in spans))
    assert [span.label for span in relabel_by_codebook(given).spans] == ["PARTY", "MISC", "REGION"]


def test_swapped_names_keep_their_labels_and_places():
    import random

    pool = make_pool([("Evo Morales", "leader"), ("PSUV", "party-acronym"), ("Zulia", "city")])
    text = LabelledText("1", "Rosa Gualán of MAS in Lima.", tuple(
        GoldSpan(*span) for span in ((0, 11, "LEADER"), (15, 18, "PARTY"), (22, 26, "REGION"))))  # fmt: skip
    swapped = swap_names(text, pool, random.Random(0), 1.0)
    assert swapped.text == "Evo Morales of PSUV in Zulia."
    assert [(swapped.text[s.start : s.end], s.label) for s in swapped.spans] == [
        ("Evo Morales", "LEADER"),
        ("PSUV", "PARTY"),
        ("Zulia", "REGION"),
    ]
    assert swap_names(text, pool, random.Random(0), 0.0) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pro-Chavez", ["pro", "-", "Chavez"]),
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("post-2015", ["post", "-", "2015"]),
        ("PAHO/WHO", ["PAHO", "/", "WHO"]),
    ],
)
def test_a_name_in_a_compound_is_a_word(text, words):
    assert [token.text for token in make_tokenizer()(text)] == words
    assert isinstance(make_tokenizer(), spacy.language.Language)


@pytest.mark.data
@pytest.mark.parametrize("name", DEFAULT_SOURCES)
def test_every_source_has_texts_and_only_labels_of_its_head(data_folder, name):
    texts = read_source(data_folder, name)
    assert len(texts) > 100
    assert {span.label for text in texts for span in text.spans} <= set(SOURCES[name].labels.values())
    held_out = find_held_out(data_folder)
    assert not any(is_held_out(text.id, held_out) for text in texts)


class CapitalsTeacher:
    """Is sure of long words with a capital, and doubts short ones."""

    source = "capitals"

    def tag(self, texts):
        return [
            [
                RawName(m.start(), m.end(), "ORG", 0.9 if len(m.group()) > 4 else 0.3)
                for m in re.finditer("[A-Z]\\w+", text)
            ]
            for text in texts
        ]


def test_a_teacher_s_doubts_are_neither_names_nor_none():
    text = mark(("1", "then CONAIE met Lima again"), CapitalsTeacher())
    assert [text.text[span.start : span.end] for span in text.spans] == ["CONAIE"]
    assert [text.text[start:end] for start, end in text.unknown] == ["Lima"]
    example = make_example(make_tokenizer()(text.text), text)
    assert [token.ent_iob_ for token in example.reference] == ["O", "B", "O", "", "O"]


def test_a_teacher_reads_no_text_that_is_measured_on(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "held.json").write_text("{}")
    marked = {"id": "a#1", "text": "The paragraph that was marked by hand.", "spans": []}
    (tmp_path / "gold" / "paragraphs.jsonl").write_text(json.dumps(marked))
    rows = [
        {"id": "held", "text": "A paragraph of an article that is held out.", "license": "CC0"},
        {"id": "a", "text": f"A paragraph that nobody marked.\n\n{marked['text']}", "license": "CC0"},
        {"id": "b", "text": "A paragraph that may not be passed on.", "license": "CC BY-NC 4.0"},
    ]
    (tmp_path / "corpus" / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    texts = read_silver(tmp_path, CapitalsTeacher(), count=10, seed=0)
    assert [text.text for text in texts] == ["A paragraph that nobody marked."]
