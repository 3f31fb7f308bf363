"""A pipeline is scored for each task; a pipeline that copies the gold is right in everything."""

import json
from types import SimpleNamespace

import pytest

from polnlp.errors import CorpusError
from polnlp.evaluation import evaluate, format_scores
from polnlp.schema import TOPICS, Entity, Mention, Stance, Topic


class Copying:
    """Says of each text what it was told to say."""

    def __init__(self, names=None, topics=None, stances=None, reports=None):
        self.names, self.labels, self.attitudes = names or {}, topics or {}, stances or {}
        self.reports = reports or {}
        self.schemes = []

    def extract_batch(self, texts, *, scheme="codebook"):
        self.schemes.append(scheme)
        for text in texts:
            yield [
                Mention(start=start, end=end, text=text[start:end], label=label, score=0.9)
                for start, end, label in self.names.get(text, ())
            ]

    topic_labels = TOPICS

    def topics(self, texts):
        return iter(Topic(label=self.labels[text][0], second=self.labels[text][1], score=0.9) for text in texts)

    def stances(self, pairs):
        return iter(
            Stance(holder="author", target=text[slice(*place)], label=self.attitudes[text], score=0.9)
            for text, place in pairs
        )

    def analyze(self, text, **_):
        return self.reports[text]


def write(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_names_of_crossner_are_found_in_its_conventions_and_mapped(tmp_path):
    row = {
        "id": "crossner-1",
        "text": "Greens beat Ycaza.",
        "spans": [{"start": 0, "end": 6, "label": "politicalparty"}, {"start": 12, "end": 17, "label": "politician"}],
    }
    pipeline = Copying({row["text"]: [(0, 6, "PARTY"), (12, 17, "PERSON")]})
    scores = evaluate("names", write(tmp_path / "gold.jsonl", row), pipeline)
    assert scores.values == {"F1": 0.5, "precision": 0.5, "recall": 0.5}
    assert scores.confusion == {"LEADER → PERSON": 1}
    assert pipeline.schemes == ["crossner"]


def test_sets_with_coarse_labels_are_scored_at_their_grain(tmp_path):
    row = {"id": "x", "text": "Ycaza left Quito, a Shuar.", "spans": [
        {"start": 0, "end": 5, "label": "PER"}, {"start": 11, "end": 16, "label": "LOC"}]}  # fmt: skip
    pipeline = Copying({row["text"]: [(0, 5, "LEADER"), (11, 16, "REGION"), (20, 25, "MISC")]})
    scores = evaluate("names", write(tmp_path / "gold.jsonl", row), pipeline)
    assert scores.values["F1"] == 1.0
    assert "coarse labels" in scores.notes[0]


def test_labels_without_a_counterpart_are_named(tmp_path):
    row = {"id": "x", "text": "Ycaza paid $5.", "spans": [
        {"start": 0, "end": 5, "label": "PERSON"}, {"start": 11, "end": 13, "label": "MONEY"}]}  # fmt: skip
    scores = evaluate("names", write(tmp_path / "gold.jsonl", row), Copying({row["text"]: [(0, 5, "PERSON")]}))
    assert scores.values["F1"] == 1.0
    assert "left out: MONEY" in scores.notes[1]


def test_topics_count_a_gold_topic_that_is_second(tmp_path):
    rows = [{"id": "1", "text": "a", "label": "Labor"}, {"id": "2", "text": "b", "label": "Arts and Entertainment"}]
    pipeline = Copying(topics={"a": ("Energy", "Labor"), "b": ("Culture", None)})
    scores = evaluate("topic", write(tmp_path / "gold.jsonl", *rows), pipeline)
    assert (scores.values["accuracy"], scores.values["first or second"]) == (0.5, 1.0)


def test_topics_of_another_scheme_are_refused(tmp_path):
    gold = write(tmp_path / "gold.jsonl", {"id": "1", "text": "a", "label": "Welfare State Expansion"})
    with pytest.raises(CorpusError, match="another scheme: Welfare State Expansion"):
        evaluate("topic", gold, Copying())


def test_stances_without_a_target_in_the_text_are_counted_and_left_out(tmp_path):
    row = {"id": "1", "text": "Ycaza lied.", "target": "Ycaza", "target_start": 0, "target_end": 5, "label": "against"}
    away = {"id": "2", "text": "b", "target": "Ycaza", "target_start": None, "target_end": None, "label": "favor"}
    scores = evaluate("stance", write(tmp_path / "gold.jsonl", row, away), Copying(stances={row["text"]: "against"}))
    assert (scores.values["macro F1"], scores.documents) == (1.0, 1)
    assert "1 targets" in scores.notes[0]


def test_links_are_scored_on_named_mentions(tmp_path):
    text = "Tamara Ycaza won. Ycaza is in Quito."
    row = {"id": "1", "text": text, "wiki": ["Tamara_Ycaza", "Quito"], "clusters": [
        [{"start": 0, "end": 12, "form": "name"}, {"start": 18, "end": 23, "form": "name"},
         {"start": 24, "end": 26, "form": "nominal"}],
        [{"start": 30, "end": 35, "form": "name"}]]}  # fmt: skip
    mentions = [
        Mention(start=0, end=12, text="Tamara Ycaza", label="LEADER", score=1.0, entity_id="a"),
        Mention(start=18, end=23, text="Ycaza", label="LEADER", score=1.0, entity_id="b"),
        Mention(start=30, end=35, text="Quito", label="REGION", score=1.0, entity_id="c"),
    ]
    entities = [
        Entity(id="a", label="LEADER", name="Tamara Ycaza"),
        Entity(id="b", label="LEADER", name="Ycaza Perez"),
        Entity(id="c", label="REGION", name="Quito"),
    ]
    report = SimpleNamespace(mentions=mentions, entities=entities)
    scores = evaluate("links", write(tmp_path / "gold.jsonl", row), Copying(reports={text: report}))
    assert (scores.values["B3 precision"], scores.values["B3 recall"]) == (1.0, 0.6667)
    assert scores.values["link accuracy"] == 0.6667


def test_gold_without_the_task_is_refused(tmp_path):
    gold = write(tmp_path / "gold.jsonl", {"id": "1", "text": "a", "label": "Labor"})
    with pytest.raises(CorpusError, match="nothing to score for 'names'"):
        evaluate("names", gold, Copying())
    with pytest.raises(ValueError, match="task='colours' is none of names, dates"):
        evaluate("colours", gold, Copying())


def test_dates_are_scored_by_span_type_and_value(tmp_path):
    row = {"id": "1", "text": "It began on 2007-05-03.", "dct": "2009-01-29", "timexes": [
        {"start": 12, "end": 22, "type": "DATE", "value": "2007-05-03"}]}  # fmt: skip
    scores = evaluate("dates", write(tmp_path / "gold.jsonl", row), Copying())
    assert scores.values["value F1"] == scores.values["strict F1"] == scores.values["type accuracy"] == 1.0
    assert "value F1" in format_scores(scores)
