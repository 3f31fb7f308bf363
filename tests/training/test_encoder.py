"""The encoder's training: what it learns from is what was marked, and the graph computes what torch computes."""

import json
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
pytest.importorskip("onnx", reason="training needs the extra train")

import onnxruntime  # noqa: E402
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers  # noqa: E402

from polnlp.encoder.tokens import N_FEATURES, Tokenization  # noqa: E402
from polnlp.errors import ModelError  # noqa: E402
from polnlp.schema import LABELS  # noqa: E402
from polnlp.training.encoder.__main__ import mean_weights, read_judged_names  # noqa: E402
from polnlp.training.encoder.augment import change_case, swap_names  # noqa: E402
from polnlp.training.encoder.calibration import calibration_error, fit_calibration  # noqa: E402
from polnlp.training.encoder.data import (  # noqa: E402
    Example,
    Span,
    Target,
    hash_examples,
    read_crossner,
    read_gold_article,
    read_own,
    read_paragraphs,
)
from polnlp.training.encoder.export import export_encoder  # noqa: E402
from polnlp.training.encoder.importing import import_encoder  # noqa: E402
from polnlp.training.encoder.judgments import measure_judgments  # noqa: E402
from polnlp.training.encoder.loop import Schedule, train  # noqa: E402
from polnlp.training.encoder.model import PoliticalEncoder  # noqa: E402
from polnlp.training.encoder.reading import ReadingTask, predict_logits, score_spans, spans_of, word_tags  # noqa: E402
from polnlp.training.encoder.recipe import (  # noqa: E402
    Recipe,
    Sources,
    hold_out,
    joint_tasks,
    name_tasks,
    often_known,
)
from polnlp.training.encoder.teaching import teach_names  # noqa: E402
from polnlp.training.swapping import read_known_names  # noqa: E402

TEXT = "The Green Party of Ana Ruiz lost Peru."
SPANS = [Span(4, 15, "PARTY"), Span(19, 27, "LEADER"), Span(33, 37, "COUNTRY")]


@pytest.fixture(scope="module")
def tokenize():
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *TEXT.lower().replace(".", " .").split()]
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys(words))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return Tokenization(tokenizer)


@pytest.fixture
def example():
    return Example("a#0", TEXT, {"codebook": SPANS, "crossner": SPANS}, {"codebook": 1.0, "crossner": 0.5})


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def surfaces(example, layer):
    return {(example.text[span.start : span.end], span.label) for span in example.marked[layer]}


def test_crossner_is_mapped_for_the_codebook(tmp_path):
    text = "Republicans lost Northern Ireland in Peru."
    spans = [(0, 11, "misc"), (17, 33, "country"), (37, 41, "country")]
    row = {"id": "x", "text": text, "spans": [{"start": s, "end": e, "label": label} for s, e, label in spans]}
    [example] = read_crossner(write_rows(tmp_path / "rows.jsonl", [row]), foreign=0.25)
    assert surfaces(example, "crossner") == {
        ("Republicans", "MISC"),
        ("Northern Ireland", "COUNTRY"),
        ("Peru", "COUNTRY"),
    }
    assert surfaces(example, "codebook") == {
        ("Republicans", "PARTY"),
        ("Northern Ireland", "REGION"),
        ("Peru", "COUNTRY"),
    }
    assert example.weights == {"crossner": 1.0, "codebook": 0.25}


def test_dates_and_left_out_articles_do_not_train(tmp_path):
    marks = [{"start": 0, "end": 4, "label": "COUNTRY"}, {"start": 8, "end": 12, "label": "DATE"}]
    rows = [{"id": f"{article}#0", "text": "Peru in 2006.", "spans": marks} for article in ("kept", "gold")]
    [example] = read_paragraphs(write_rows(tmp_path / "rows.jsonl", rows), without=frozenset(["gold"]))
    assert example.id == "kept#0"
    assert surfaces(example, "codebook") == {("Peru", "COUNTRY")}


def test_a_gold_article_gives_its_paragraphs_with_offsets_of_their_own(tmp_path):
    path = tmp_path / "a.json"
    entity = {"label": "COUNTRY", "mentions": [{"start": 0, "end": 4}, {"start": 12, "end": 16}]}
    paragraphs = [{"start": 0, "end": 10}, {"start": 12, "end": 22}]
    article = {"id": "a", "text": "Peru won.   Peru lost.", "paragraphs": paragraphs, "entities": [entity]}
    path.write_text(json.dumps(article), encoding="utf-8")
    assert [surfaces(example, "codebook") for example in read_gold_article(path)] == [{("Peru", "COUNTRY")}] * 2


def test_own_sentences_are_marked_for_both_layers_within_their_text():
    examples = read_own()
    assert len(examples) > 500
    for example in examples:
        for spans in example.marked.values():
            assert all(example.text[s:e].strip() == example.text[s:e] != "" for s, e, _ in spans)
            assert {label for _, _, label in spans} <= set(LABELS)
    assert any(example.marked["codebook"] != example.marked["crossner"] for example in examples)


def test_the_hash_of_the_data_changes_with_a_mark(example):
    moved = example._replace(marked=example.marked | {"crossner": SPANS[:2]})
    assert hash_examples([example]) == hash_examples([example])
    assert hash_examples([example]) != hash_examples([moved])


def test_swapped_names_stay_marked(example):
    pool = {"party": ["Union for Peace"], "leader": ["Olga Berg"], "country": ["Chad"]}
    swapped = swap_names(example, pool, random.Random(1), 1.0)
    assert swapped.text == "The Union for Peace of Olga Berg lost Chad."
    assert surfaces(swapped, "crossner") == {("Union for Peace", "PARTY"), ("Olga Berg", "LEADER"), ("Chad", "COUNTRY")}
    assert swap_names(example, pool, random.Random(1), 0.0) == example


def test_a_target_that_is_swapped_keeps_its_places_and_one_name():
    text = "Ruiz lied, and Ruiz knew it, she says."
    judged = Example("n", text, {}, {}, targets=(Target(((0, 4), (15, 19)), "against"), Target(((29, 32),), "neutral")))
    swapped = swap_names(judged, {"leader_surname": ["Berg"]}, random.Random(1), 1.0)
    assert swapped.text == "Berg lied, and Berg knew it, she says."
    named = [[swapped.text[slice(*span)] for span in target.spans] for target in swapped.targets]
    assert named == [["Berg", "Berg"], ["she"]]


def test_names_that_everybody_knows_are_drawn_about_as_often_as_all_others():
    known = {name for kind, name in read_known_names() if kind == "leader"}
    pool = {"leader": [f"Ana Ruiz {number}" for number in range(1000)], "leader_surname": ["Ruiz"] * 1000}
    drawn = often_known(pool)
    assert 0.4 < sum(name in known for name in drawn["leader"]) / len(drawn["leader"]) < 0.6
    assert {"Merkel", "Likud", "Ruiz"} <= set(drawn["leader_surname"])


def test_a_change_of_case_keeps_offsets(example):
    assert {change_case(example, random.Random(seed), 0.5).text for seed in range(20)} == {TEXT.lower(), TEXT.upper()}
    assert change_case(example, random.Random(0), 0.0) is example


def test_a_word_covered_in_part_belongs_to_the_name(tokenize):
    tags = word_tags(tokenize("the green party"), [Span(5, 15, "PARTY")], LABELS)
    begin = 1 + 2 * LABELS.index("PARTY")
    assert tags.tolist() == [0, begin, begin + 1]


def test_folds_share_nothing_and_miss_nothing(example):
    texts = [example._replace(id=str(number)) for number in range(400)]
    folds = [hold_out(texts, 5, fold) for fold in range(5)]
    for learned, held in folds:
        assert sorted(e.id for e in learned + held) == sorted(e.id for e in texts)
        assert not {e.id for e in learned} & {e.id for e in held}
    assert sorted(e.id for _, held in folds for e in held) == sorted(e.id for e in texts)


def test_the_mean_of_runs_is_that_of_each_weight():
    runs = [{"a": torch.tensor([1.0, 2.0])}, {"a": torch.tensor([3.0, 6.0])}]
    assert mean_weights(runs)["a"].tolist() == [2.0, 4.0]


def test_a_span_counts_when_borders_and_label_are_right():
    wrong_label, wrong_border = Span(4, 15, "ORG"), Span(19, 26, "LEADER")
    scores = score_spans([SPANS], [[SPANS[2], wrong_label, wrong_border]])
    assert scores["micro"] == (33.33, 33.33, 33.33)
    assert scores["COUNTRY"] == (100.0, 100.0, 100.0)
    assert scores["PARTY"] == (0.0, 0.0, 0.0)


def test_names_are_calibrated_on_what_several_runs_held_out(tmp_path):
    for name, pair in {"fold0": [0.9, True], "fold0-names": [0.1, True], "fold1-names": [0.2, False]}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"judged": {"crossner": [pair]}}), encoding="utf-8")
    assert read_judged_names(tmp_path, ["fold0", "fold1"]) == {"crossner": [[0.9, True], [0.2, False]]}


def test_calibrated_scores_are_the_shares_that_were_right():
    rng = random.Random(0)
    judged = [(p, rng.random() < p / 2) for p in np.linspace(0.01, 0.99, 4000).tolist()]
    curve = fit_calibration(judged)
    calibrated = [(float(np.interp(p, curve["raw"], curve["score"])), right) for p, right in judged]
    assert curve["score"] == sorted(curve["score"])
    assert calibration_error(judged) > 0.2
    assert calibration_error(calibrated) < 0.05


def test_the_encoder_learns_marks_and_the_graph_computes_the_same(tokenize, example, tmp_path):
    torch.manual_seed(0)
    model = PoliticalEncoder(dropout=0.0)
    task = ReadingTask([example], {"codebook": LABELS}, tokenize)
    train(model, [task], Schedule(epochs=12, rate=1e-3, warmup=0.2))
    [(tokens, logits)] = predict_logits(model, [TEXT], tokenize, ["codebook"])
    assert spans_of(tokens, logits["codebook"], LABELS) == SPANS

    features = np.zeros((len(tokens.ids) + 2, N_FEATURES), np.uint8)
    features[1:-1] = tokens.features
    inputs = {"ids": np.array([tokenize.open_id, *tokens.ids, tokenize.close_id]), "features": features}
    for int8, off in ((False, 1e-3), (True, 0.5)):
        path = tmp_path / f"{int8}.onnx"
        export_encoder(model, path, heads=("codebook",), int8=int8)
        [(_, again)] = predict_logits(import_encoder(path), [TEXT], tokenize, ["codebook"])
        np.testing.assert_allclose(again["codebook"], logits["codebook"], atol=off)
        [computed] = onnxruntime.InferenceSession(str(path)).run(["names_codebook"], inputs)
        np.testing.assert_allclose(computed[tokens.words + 1], logits["codebook"], atol=off)


def test_topic_and_stances_are_learnt_beside_the_names(tokenize, example):
    torch.manual_seed(0)
    judged = example._replace(topic="Defense", targets=(Target(((19, 27),), "against"), Target(((33, 37),), "favor")))
    model = PoliticalEncoder(dropout=0.0)
    train(model, [ReadingTask([judged], {"codebook": LABELS}, tokenize)], Schedule(epochs=12, rate=1e-3, warmup=0.2))
    report = measure_judgments(model, [judged._replace(source="own")], tokenize)
    assert (report["topic own"]["accuracy"], report["stance own"]["accuracy"]) == (1.0, 1.0)
    [(tokens, logits)] = predict_logits(model, [TEXT], tokenize, ["codebook"])
    assert spans_of(tokens, logits["codebook"], LABELS) == SPANS


def test_a_text_without_names_teaches_no_names(tokenize):
    task = ReadingTask([Example("t", TEXT, {}, {}, topic="Health")], {}, tokenize)
    assert set(task.heads()) == {"topic", "stance"}


def test_names_are_learnt_first_and_kept_while_topics_join(tokenize, example):
    torch.manual_seed(0)
    judged = Example("j", "Ana Ruiz lost Peru.", {}, {}, topic="Defense", source="own")
    nothing = {key: [] for key in ("train", "dev", "own", "paragraphs", "hidden", "hidden_paragraphs", "gold")}
    sources = Sources(others=[judged], **nothing)
    model, recipe = PoliticalEncoder(dropout=0.0), Recipe(case=0.0, swap=0.0, feature_dropout=0.0, judged_share=1.0)
    tasks = name_tasks([example], sources, tokenize, recipe, {})
    assert "topic" not in tasks[0].heads()
    train(model, tasks, Schedule(epochs=12, rate=1e-3, warmup=0.2))
    soft = teach_names(model, sources.others, tokenize)
    assert soft[judged.text]["codebook"].shape == (5, 1 + 2 * len(LABELS))

    schedule = Schedule(epochs=10, rate=2e-4, fresh=5.0)
    train(model, joint_tasks([example], sources, tokenize, recipe, {}, soft), schedule)
    assert measure_judgments(model, [judged], tokenize)["topic own"]["accuracy"] == 1.0
    [(tokens, logits)] = predict_logits(model, [TEXT], tokenize, ["codebook"])
    assert spans_of(tokens, logits["codebook"], LABELS) == SPANS


def test_a_graph_of_another_form_is_refused(tmp_path):
    import onnx

    path = tmp_path / "other.onnx"
    onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "other", [], [])), path)
    with pytest.raises(ModelError, match="no encoder of this form"):
        import_encoder(path)
