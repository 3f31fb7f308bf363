"""Head and model file."""

import json
import subprocess
import sys
import zipfile

import numpy as np
import pytest
import skops.io
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from polnlp.classify.head import Head, best_labels, fit_temperature, soften
from polnlp.classify.store import MODEL_FILE, load_classifier, read_content, save_classifier
from polnlp.errors import ModelError

ROWS = np.array([[1.0, 0.0, 2.0], [1.0, 0.5, 0.0], [0.0, 3.0, 1.0]], dtype=np.float32)


@pytest.fixture
def head():
    return Head(("a", "b", "c"), LogisticRegression().fit(ROWS, ["a", "b", "c"]), 1.5)


def test_probabilities_add_up_and_do_not_depend_on_the_batch(head):
    together = head.predict(ROWS)
    assert np.allclose(together.sum(axis=1), 1)
    for row, alone in zip(ROWS, together, strict=True):
        assert (head.predict(row[None, :]) == alone).all()


def test_probabilities_are_those_of_the_classifier():
    head = Head(("a", "b", "c"), LogisticRegression().fit(ROWS, ["a", "b", "c"]))
    assert np.allclose(head.predict(ROWS), head.classifier.predict_proba(ROWS), atol=1e-6)


def test_no_rows_give_no_probabilities(head):
    assert head.predict(ROWS[:0]).shape == (0, 3)


def test_a_label_never_met_gets_zero(head):
    wider = Head(("a", "x", "b", "c"), head.classifier)
    assert (wider.predict(ROWS)[:, 1] == 0).all()


def test_two_labels_are_as_good_as_three():
    head = Head(("no", "yes"), LogisticRegression().fit(ROWS, ["no", "yes", "yes"]))
    assert np.allclose(head.predict(ROWS).sum(axis=1), 1)
    assert np.allclose(head.predict(ROWS), head.classifier.predict_proba(ROWS), atol=0.2)


def test_the_temperature_undoes_overconfidence():
    generator = np.random.default_rng(7)
    values = generator.normal(size=(4_000, 3))
    labels = np.array([generator.choice(3, p=row) for row in soften(values, 1.0)])
    assert fit_temperature(values * 2, labels) == pytest.approx(2, rel=0.15)


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3), st.floats(0.25, 4))
@settings(max_examples=50)
def test_the_temperature_never_changes_the_label(values, temperature):
    row = np.array([values])
    hot, cold = soften(row, temperature)[0], soften(row, 1.0)[0]
    assert hot[cold.argmax()] == hot.max()


def test_of_equal_labels_the_earlier_goes_first():
    assert best_labels(("b", "a"), np.array([0.5, 0.5])) == [("b", 0.5), ("a", 0.5)]


def test_a_model_comes_back_from_its_file(head, tmp_path):
    save_classifier(tmp_path, "topic", head, "abc")
    same = load_classifier(tmp_path, "topic", "abc")
    assert same.labels == head.labels
    assert np.allclose(same.predict(ROWS), head.predict(ROWS), atol=1e-6)


def test_another_kind_of_model_is_refused(head, tmp_path):
    save_classifier(tmp_path, "topic", head, "abc")
    with pytest.raises(ModelError, match="not a stance model"):
        load_classifier(tmp_path, "stance", "abc")


def test_a_model_of_another_encoder_is_refused(head, tmp_path):
    save_classifier(tmp_path, "topic", head, "abc")
    with pytest.raises(ModelError, match=r"fitted on another encoder.*polnlp train topic"):
        load_classifier(tmp_path, "topic", "def")


def test_a_missing_or_damaged_file_is_refused(tmp_path):
    with pytest.raises(ModelError, match="cannot read"):
        load_classifier(tmp_path, "topic", "abc")
    (tmp_path / MODEL_FILE).write_bytes(b"PK no zip")
    with pytest.raises(ModelError, match="cannot read"):
        load_classifier(tmp_path, "topic", "abc")


def test_a_file_with_other_objects_is_not_opened(tmp_path):
    skops.io.dump({"kind": "topic", "format": 1, "weights": SVC()}, tmp_path / MODEL_FILE)
    with pytest.raises(ModelError, match="not opened"):
        load_classifier(tmp_path, "topic", "abc")


def test_a_file_without_schema_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / MODEL_FILE, "w") as archive:
        archive.writestr("other", "x")
    with pytest.raises(ModelError, match="cannot read"):
        load_classifier(tmp_path, "topic", "abc")


def test_what_is_read_is_what_skops_would_read(head, tmp_path):
    path = save_classifier(tmp_path, "topic", head, "abc")
    ours, theirs = read_content(path), skops.io.load(path, trusted=[])
    assert ours.keys() == theirs.keys()
    assert all(np.array_equal(ours[key], theirs[key]) for key in theirs)


def test_a_node_of_an_unknown_kind_is_refused(tmp_path):
    node = {"__class__": "dict", "__module__": "builtins", "__loader__": "ObjectNode", "content": {}}
    with zipfile.ZipFile(tmp_path / MODEL_FILE, "w") as archive:
        archive.writestr("schema.json", json.dumps(node))
    with pytest.raises(ModelError, match="neither a name, a number nor an array"):
        load_classifier(tmp_path, "topic", "abc")


def test_reading_a_model_imports_neither_skops_nor_torch():
    code = "import sys, polnlp.classify.store; print(sorted({'skops', 'torch'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
