"""Training a stance model on one's own rows."""

import json

import pytest

from polnlp.classify import StanceModel, stances_of
from polnlp.errors import CorpusError
from polnlp.training.stance import read_own_examples, train_stance

PHRASES = {
    "favor": (
        "{} is a hero",
        "we thank {}",
        "{} deserves praise",
        "{} was right",
        "the wise {} won",
        "trust {}",
        "{} shines",
    ),
    "against": (
        "{} is a liar",
        "we fear {}",
        "{} deserves blame",
        "{} was wrong",
        "the cruel {} lost",
        "stop {}",
        "{} fails",
    ),
    "neutral": (
        "{} arrived",
        "they met {}",
        "{} spoke at noon",
        "{} was there",
        "the tall {} sat",
        "call {}",
        "{} waits",
    ),
}


def write_rows(path, rows):
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def make_rows():
    for label, phrases in PHRASES.items():
        for phrase in phrases:
            text = f"Today {phrase.format('Nebot')}."
            start = text.index("Nebot")
            yield {"text": text, "target": "Nebot", "target_start": start, "target_end": start + 5, "label": label}


def test_rows_of_ones_own_can_be_learned(tmp_path):
    report = train_stance(write_rows(tmp_path / "own.jsonl", make_rows()), tmp_path / "model")
    model = StanceModel.load(tmp_path / "model")
    (stance,) = stances_of([("Today Correa is a liar.", "Correa")], model)
    assert stance.label == "against"
    assert set(report) == {"own", "labels", "surest"}


def test_rows_without_a_stance_are_left_out_and_counted(tmp_path):
    rows = [*make_rows(), {"text": "Nobody judged Nebot.", "what": "stances", "choice": None}]
    report = train_stance(write_rows(tmp_path / "own.jsonl", rows), tmp_path / "model")
    assert report["left_out"] == {"unlabelled": 1}


def test_rows_whose_id_is_blank_are_of_no_one_article(tmp_path):
    rows = [row | {"id": "", "label": f" {row['label']} "} for row in make_rows()]
    examples, _ = read_own_examples(write_rows(tmp_path / "own.jsonl", rows))
    assert len({example.group for example in examples}) == len(rows)
    assert {example.label for example in examples} == set(PHRASES)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "love"}, "label 'love' is none of favor, against, neutral"),
        ({"target_end": 999}, "outside the text"),
        ({"target_start": None}, "expected a row"),
        ({"text": None}, "expected a row"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, change, message):
    rows = list(make_rows())
    rows[3] |= change
    with pytest.raises(CorpusError, match=f"own.jsonl:4: .*{message}"):
        train_stance(write_rows(tmp_path / "own.jsonl", rows), tmp_path / "model")


def test_too_few_rows_are_refused(tmp_path):
    rows = list(make_rows())[:10]
    rows += rows[:2]
    told = r"10 judged targets of 2 labels, 2 more repeated; .* at least 20 targets of 2 labels. Judge more."
    with pytest.raises(CorpusError, match=told):
        train_stance(write_rows(tmp_path / "own.jsonl", rows), tmp_path / "model")


@pytest.mark.data
@pytest.mark.slow
def test_the_recipe_beats_words_alone(data_folder, tmp_path):
    """Figures of the recipe fitted without the dev files; TF-IDF with logistic regression reaches 0.59 and 0.61."""
    report = train_stance(data_folder, tmp_path / "model")
    assert report["newsmtsc_rw"]["macro_f1"] >= 0.66
    assert report["newsmtsc_mt"]["macro_f1"] >= 0.61
