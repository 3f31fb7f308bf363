"""Features, head and model file."""

import zipfile

import numpy as np
import pytest
import skops.io
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from polnlp.classify.head import Head, best_labels, fit_temperature, soften
from polnlp.classify.space import FeatureSpace
from polnlp.classify.store import MODEL_FILE, load_classifier, save_classifier
from polnlp.errors import ModelError

ROWS = [{"words": {"tax": 1.0, "vote": 2.0}}, {"words": {"tax": 1.0}}, {"words": {"wheat": 1.0, "tax": 3.0}}]


@pytest.fixture
def space():
    return FeatureSpace.fit(ROWS, {"words": 2.0}, min_count=1)


@pytest.fixture
def head(space):
    classifier = LogisticRegression().fit(space.transform(ROWS), ["a", "b", "c"])
    return Head(("a", "b", "c"), classifier, 1.5)


def test_each_block_has_the_length_asked_for(space):
    lengths = np.sqrt(space.transform(ROWS).power(2).sum(axis=1))
    assert np.allclose(lengths, 2.0)


def test_unknown_and_rare_features_have_no_column():
    space = FeatureSpace.fit(ROWS, {"words": 1.0}, min_count=2)
    assert space.names == ["words: tax"]
    assert space.transform([{"words": {"barley": 1.0}}]).nnz == 0


def test_counts_stay_counts():
    space = FeatureSpace.fit(ROWS, {"words": 0.5}, counts=("words",), min_count=1)
    assert space.transform([{"words": {"vote": 3.0}}]).max() == 1.5


def test_probabilities_add_up_and_do_not_depend_on_the_batch(space, head):
    together = head.predict(space.transform(ROWS))
    assert np.allclose(together.sum(axis=1), 1)
    for row, alone in zip(ROWS, together, strict=True):
        assert (head.predict(space.transform([row])) == alone).all()


def test_no_rows_give_no_probabilities(space, head):
    assert head.predict(space.transform([])).shape == (0, 3)


def test_a_label_never_met_gets_zero(space, head):
    wider = Head(("a", "x", "b", "c"), head.classifier)
    assert (wider.predict(space.transform(ROWS))[:, 1] == 0).all()


def test_two_labels_are_as_good_as_three(space):
    head = Head(("no", "yes"), LogisticRegression().fit(space.transform(ROWS), ["no", "yes", "yes"]))
    assert np.allclose(head.predict(space.transform(ROWS)).sum(axis=1), 1)


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


def test_a_model_comes_back_from_its_file(space, head, tmp_path):
    save_classifier(tmp_path, "topic", space, head)
    same_space, same_head = load_classifier(tmp_path, "topic")
    assert same_head.labels == head.labels
    assert np.allclose(same_head.predict(same_space.transform(ROWS)), head.predict(space.transform(ROWS)), atol=1e-3)


def test_another_kind_of_model_is_refused(space, head, tmp_path):
    save_classifier(tmp_path, "topic", space, head)
    with pytest.raises(ModelError, match="not a stance model"):
        load_classifier(tmp_path, "stance")


def test_a_missing_or_damaged_file_is_refused(tmp_path):
    with pytest.raises(ModelError, match="cannot read"):
        load_classifier(tmp_path, "topic")
    (tmp_path / MODEL_FILE).write_bytes(b"PK no zip")
    with pytest.raises(ModelError, match="cannot read"):
        load_classifier(tmp_path, "topic")


def test_a_file_with_other_objects_is_not_opened(tmp_path):
    skops.io.dump({"kind": "topic", "format": 1, "weights": SVC()}, tmp_path / MODEL_FILE)
    with pytest.raises(ModelError, match="not opened"):
        load_classifier(tmp_path, "topic")


def test_a_file_without_schema_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / MODEL_FILE, "w") as archive:
        archive.writestr("other", "x")
    with pytest.raises(ModelError, match="cannot read"):
        load_classifier(tmp_path, "topic")
