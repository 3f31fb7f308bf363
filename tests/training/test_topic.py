"""Training a topic model on one's own texts."""

import json

import pytest

from polnlp.classify import TopicModel, classify_texts
from polnlp.errors import CorpusError
from polnlp.training.heads import calibration_error, is_held_out
from polnlp.training.topic import SOURCES, read_own_texts, train_topic

WORDS = {"fruit": "apple pear plum cherry", "metal": "iron zinc copper tin"}


@pytest.fixture
def own_texts(tmp_path):
    rows = [
        {"text": f"{first} and {second} are sold here", "label": label}
        for label, words in WORDS.items()
        for first in words.split()
        for second in words.split()
        if first != second
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_a_scheme_of_ones_own_can_be_learned(own_texts, tmp_path):
    report = train_topic(own_texts, tmp_path / "model")
    model = TopicModel.load(tmp_path / "model")
    assert model.labels == ("fruit", "metal")
    assert [topic.label for topic in classify_texts(["a cherry", "some copper"], model)] == ["fruit", "metal"]
    assert set(report["own"]) == {"n", "accuracy", "accuracy_2", "macro_f1", "ece"}


def test_rows_without_a_label_are_left_out_and_counted(own_texts, tmp_path):
    full = train_topic(own_texts, tmp_path / "full")
    with own_texts.open("a", encoding="utf-8") as file:
        file.write('{"text": "nobody judged this", "choice": null}\n{"text": "nor this", "topic": ""}\n')
    assert train_topic(own_texts, tmp_path / "model") == full | {"left_out": {"unlabelled": 2}}
    assert TopicModel.load(tmp_path / "model").labels == ("fruit", "metal")


def test_the_same_texts_give_the_same_model(own_texts, tmp_path):
    for name in ("one", "two"):
        train_topic(own_texts, tmp_path / name)
    one, two = (TopicModel.load(tmp_path / name) for name in ("one", "two"))
    assert (one.predict(["plum and tin"]) == two.predict(["plum and tin"])).all()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"text": "a", "label": "b"}\n', "1 labelled texts of 1 labels"),
        ('{"label": "b"}\n', "own.jsonl:1: expected a row"),
        ('{"text": "a", "topic": null}\n', "0 labelled texts of 0 labels"),
        ('{"text": "a", "label": "b"}\n[]\n', "own.jsonl:2: expected a JSON object"),
        ("no json\n", "cannot read"),
        ("\n".join(['{"text": "a", "label": "b"}'] * 30), "30 labelled texts of 1 labels"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(tmp_path, content, message):
    path = tmp_path / "own.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        train_topic(path, tmp_path / "model")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CorpusError, match="cannot read"):
        train_topic(tmp_path / "none.jsonl", tmp_path / "model")


def test_no_source_forbids_to_ship_a_model():
    assert not any("marpor" in source.path or "crowd" in source.path for source in SOURCES)


def test_own_texts_are_labelled_lines():
    assert all(row["text"].strip() for _, row in read_own_texts())


def test_groups_are_held_out_as_a_whole_and_for_good():
    held = {f"speech:{number}" for number in range(1_000) if is_held_out(f"speech:{number}", 0.2)}
    assert 150 < len(held) < 250
    assert all(is_held_out(group, 0.5) for group in held)


def test_calibration_error_is_the_gap_between_score_and_share():
    import numpy as np

    scores = np.full(100, 0.7)
    assert calibration_error(scores, np.arange(100) < 70) == pytest.approx(0)
    assert calibration_error(scores, np.arange(100) < 40) == pytest.approx(0.3)


@pytest.mark.data
@pytest.mark.slow
def test_the_shipped_model_reads_whole_articles(data_folder):
    """Articles that the model has not been fitted on: the share of paragraphs with the first or second topic."""
    model = TopicModel.load()
    right = count = 0
    for file in sorted((data_folder / "gold").glob("*.json")):
        article = json.loads(file.read_text(encoding="utf-8"))
        texts = [article["text"][part["start"] : part["end"]] for part in article["paragraphs"]]
        for part, topic in zip(article["paragraphs"], classify_texts(texts, model), strict=True):
            right += topic.label in (part["topic"], part["topic2"])
            count += 1
    assert right / count >= 0.65
