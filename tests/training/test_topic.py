"""Training a topic model on one's own texts."""

import json

import numpy as np
import pytest

import polnlp
from polnlp.classify import TopicModel, classify_texts
from polnlp.classify.store import read_scheme
from polnlp.config import Config, TopicConfig
from polnlp.errors import CorpusError
from polnlp.evaluation import evaluate
from polnlp.schema import CAP
from polnlp.summaries import share_topics
from polnlp.training.heads import calibration_error, falls_in_share, fit_out_of_fold
from polnlp.training.topic import SOURCES, read_own_examples, read_own_texts, train_topic

WORDS = {"fruit": "apple pear plum cherry", "metal": "iron zinc copper tin"}


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def own_texts(tmp_path):
    rows = [
        {"text": f"{first} and {second} are sold here", "label": label}
        for label, words in WORDS.items()
        for first in words.split()
        for second in words.split()
        if first != second
    ]
    return write_rows(tmp_path / "own.jsonl", rows)


def test_a_scheme_of_ones_own_can_be_learned(own_texts, tmp_path):
    report = train_topic(own_texts, tmp_path / "model")
    model = TopicModel.load(tmp_path / "model")
    assert model.labels == ("fruit", "metal")
    assert [topic.label for topic in classify_texts(["a cherry", "some copper"], model)] == ["fruit", "metal"]
    assert set(report["own"]) == {"n", "accuracy", "accuracy_2", "macro_f1", "ece"}
    assert report["own"]["n"] == sum(label["n"] for label in report["labels"].values()) == 24
    assert (model.head.scheme, read_scheme(tmp_path / "model")) == ("own", "own")


def test_rows_without_a_label_are_left_out_and_counted(own_texts, tmp_path):
    full = train_topic(own_texts, tmp_path / "full")
    with own_texts.open("a", encoding="utf-8") as file:
        file.write('{"text": "nobody judged this", "choice": null}\n{"text": "nor this", "topic": ""}\n')
        file.write('{"text": " ", "label": "fruit"}\n')
    left_out = {"unlabelled": 2, "without a text": 1}
    assert train_topic(own_texts, tmp_path / "model") == full | {"left_out": left_out}
    assert TopicModel.load(tmp_path / "model").labels == ("fruit", "metal")


def test_a_text_that_stands_there_twice_counts_once_and_one_of_two_labels_not_at_all(own_texts, tmp_path):
    full, *_ = read_own_examples(own_texts)
    with own_texts.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"text": full[0].text.replace(" ", "  "), "label": full[0].label}) + "\n")
        file.write(json.dumps({"text": full[1].text, "label": "metal"}) + "\n")
    kept, _, left_out = read_own_examples(own_texts)
    assert [example.text for example in kept] == [example.text for example in full if example != full[1]]
    assert left_out == {"repeated": 1, "of several labels": 2}


def test_a_table_from_a_spreadsheet_can_be_learned_from(own_texts, tmp_path):
    rows = [json.loads(line) for line in own_texts.read_text(encoding="utf-8").splitlines()]
    table = tmp_path / "own.csv"
    lines = [f'"{row["text"]}; {number}";{row["label"]};speech {number // 3}' for number, row in enumerate(rows)]
    table.write_text("\n".join(["text;theme;speech", *lines]), encoding="cp1252")
    examples, scheme, _ = read_own_examples(table, label="theme", group="speech")
    assert (len(examples), scheme) == (24, "own theme")
    assert (examples[0].text, examples[0].label, examples[3].group) == (f"{rows[0]['text']}; 0", "fruit", "speech 1")


def test_codes_may_be_numbers_and_the_rows_name_their_scheme(tmp_path):
    rows = [{"text": f"text {number}", "label": 100 + number % 2, "scheme": "MARPOR"} for number in range(20)]
    path = write_rows(tmp_path / "own.jsonl", rows)
    examples, scheme, _ = read_own_examples(path)
    assert ({example.label for example in examples}, scheme) == ({"100", "101"}, "MARPOR")


def test_a_second_code_may_be_a_number_and_is_one_alone(tmp_path):
    rows = [{"text": "a", "label": 100, "topic2": 101}, {"text": "b", "label": 101, "topic2": ["100"]}]
    (example,), *_ = read_own_examples(write_rows(tmp_path / "own.jsonl", rows[:1]))
    assert example.second == "101"
    with pytest.raises(CorpusError, match=r"own\.jsonl:2: the label .* is a list; give one word"):
        read_own_examples(write_rows(tmp_path / "own.jsonl", rows))


def test_rows_are_grouped_by_their_id_and_those_without_one_stand_alone(tmp_path):
    ids = [0, 0, "speech#1", "speech#2", "", None]
    rows = [{"text": f"text {number}", "label": "x", "id": name} for number, name in enumerate(ids)]
    examples, *_ = read_own_examples(write_rows(tmp_path / "own.jsonl", rows))
    assert [example.group for example in examples] == ["0", "0", "speech", "speech", "5", "6"]


def test_no_text_is_judged_by_a_model_that_saw_its_speech():
    """Of two speeches of one label each, out of fold, nothing can be right."""
    rows = np.array([[0.0, 1.0], [1.0, 0.0]] * 10)
    truths = ["a", "b"] * 10
    options = {"weights": np.ones(20), "folds": 2}
    _, apart = fit_out_of_fold(rows, truths, ("a", "b"), groups=[str(k) for k in range(20)], **options)
    assert (apart.argmax(axis=1) == np.array([0, 1] * 10)).all()
    _, together = fit_out_of_fold(rows, truths, ("a", "b"), groups=truths, **options)
    assert not together.any()


@pytest.mark.parametrize(
    ("labels", "judged"),
    [
        (["a", "b"] * 10, 20),
        ([f"l{k // 2}" for k in range(20)], 20),
        (["a"] * 19 + ["b"], 16),  # without the only b there is nothing to tell apart
    ],
)
def test_few_rows_a_label_can_still_be_fitted(labels, judged):
    rows = np.random.default_rng(0).normal(size=(20, 4))
    names = tuple(sorted(set(labels)))
    options = {"groups": [str(k) for k in range(20)], "weights": np.ones(20)}
    head, probabilities = fit_out_of_fold(rows, labels, names, **options)
    assert np.allclose(probabilities.sum(axis=1), np.arange(20) < judged)
    assert np.allclose(head.predict(rows).sum(axis=1), 1)


def test_the_same_texts_give_the_same_model(own_texts, tmp_path):
    for name in ("one", "two"):
        train_topic(own_texts, tmp_path / name)
    one, two = (TopicModel.load(tmp_path / name) for name in ("one", "two"))
    assert (one.predict(["plum and tin"]) == two.predict(["plum and tin"])).all()


ROWS = [{"text": f"text {number}", "label": "b"} for number in range(30)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"text": "a", "label": "b"}], "1 labelled texts of 1 label; .* at least 20 texts of 2 labels. Label texts"),
        (
            [*ROWS[:18], {"text": "a", "label": "c"}, {"text": "a", "label": "c"}],
            "19 labelled texts of 2 labels, 1 more repeated; .* Label more",
        ),
        ([], "own.jsonl: no rows; give one"),
        ([{"body": "a", "label": "b"}], "none of 1 rows has 'text' filled in; their fields are body, label. Call"),
        ([{"text": "a", "topic": None}], "none of 1 rows has 'label' or 'topic' filled in; .* --label"),
        ([{"text": "a", "code": "b"}], "their fields are text, code. Name the label's field with --label"),
        ([{"text": "a", "label": ["b"]}], "own.jsonl:1: the label .*'b'.* is a list; give one word or whole number"),
        (["no object"], "own.jsonl:1: the line holds a value of type str"),
        (ROWS, "30 labelled texts of 1 label; .* as 'None'"),
        ([row | {"label": row["text"]} for row in ROWS], "30 labelled texts of 30 labels: no label has two texts"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(tmp_path, rows, message):
    with pytest.raises(CorpusError, match=message):
        train_topic(write_rows(tmp_path / "own.jsonl", rows), tmp_path / "model")


def test_a_damaged_line_and_a_file_of_another_form_are_named(tmp_path):
    damaged = tmp_path / "own.jsonl"
    damaged.write_text('{"text": "a", "label": "b"}\n{"text": "a", label: "b"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"own.jsonl:2: no valid JSON"):
        train_topic(damaged, tmp_path / "model")
    with pytest.raises(CorpusError, match=r"own.txt: not a table; give labelled rows as .jsonl"):
        train_topic(tmp_path / "own.txt", tmp_path / "model")


def test_a_field_that_groups_must_be_filled_in(tmp_path):
    path = write_rows(tmp_path / "own.jsonl", [{"text": "a", "label": "b", "speech": 1}, {"text": "c", "label": "b"}])
    with pytest.raises(CorpusError, match=r"own.jsonl:2: no 'speech', by which rows are kept together"):
        train_topic(path, tmp_path / "model", group="speech")
    with pytest.raises(CorpusError, match=r"their fields are text, label, speech. Name another field with --group"):
        train_topic(path, tmp_path / "model", group="party")
    with pytest.raises(CorpusError, match="a folder; fields of the label and the group"):
        train_topic(tmp_path, tmp_path / "model", label="domain")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CorpusError, match="cannot read"):
        train_topic(tmp_path / "none.jsonl", tmp_path / "model")


def test_no_source_forbids_to_ship_a_model():
    assert not any("marpor" in source.path or "crowd" in source.path for source in SOURCES)


def test_own_texts_are_labelled_lines():
    assert all(row["text"].strip() for _, row in read_own_texts())


def test_groups_are_held_out_as_a_whole_and_for_good():
    held = {f"speech:{number}" for number in range(1_000) if falls_in_share(f"speech:{number}", 0.2)}
    assert 150 < len(held) < 250
    assert all(falls_in_share(group, 0.5) for group in held)


def test_calibration_error_is_the_gap_between_score_and_share():
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


def test_a_few_rows_without_an_error_are_no_certainty():
    rows = np.array([[0.0, 1.0], [1.0, 0.0]] * 10) * 9
    truths = ["a", "b"] * 10
    _, probabilities = fit_out_of_fold(
        rows, truths, ("a", "b"), groups=[str(number) for number in range(20)], weights=np.ones(20)
    )
    assert 0.8 < probabilities.max(axis=1).mean() < 0.99


def test_a_scheme_of_ones_own_goes_the_whole_way(own_texts, tmp_path):
    train_topic(own_texts, tmp_path / "model")
    nlp = polnlp.load(Config(topic=TopicConfig(model=str(tmp_path / "model"))))
    report = nlp.analyze("Apple and cherry are sold here.\n\nZinc and copper are sold here.", date="2009-01-29")
    assert (nlp.topic_labels, report.made_by.topic_scheme) == (("fruit", "metal"), "own")
    assert [topic.label for topic in report.topics] == ["fruit", "metal"]
    assert {share.label for share in share_topics([report])} == {"fruit", "metal"}
    assert evaluate("topic", own_texts, nlp).values["accuracy"] > 0.9
    assert polnlp.load().analyze("The unions struck.").made_by.topic_scheme == CAP
    with pytest.raises(CorpusError, match=r"topics of another scheme: Health\. The model tells: fruit, metal"):
        evaluate("topic", write_rows(tmp_path / "gold.jsonl", [{"text": "a", "label": "Health"}]), nlp)
