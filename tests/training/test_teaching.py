"""A larger encoder teaches: it reads the same pieces, and what it thinks stands beside the labels."""

import gzip
import hashlib
import json
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
pytest.importorskip("onnx", reason="training needs the extra train")

from safetensors.torch import save_file  # noqa: E402
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers  # noqa: E402

from polnlp.encoder.tokens import N_FEATURES, Tokenization  # noqa: E402
from polnlp.schema import LABELS, STANCE_LABELS, TOPICS  # noqa: E402
from polnlp.training.encoder.augment import disturb, swap_names  # noqa: E402
from polnlp.training.encoder.data import AUXILIARIES, Example, Span, Target  # noqa: E402
from polnlp.training.encoder.judgments import TARGET_VECTOR, TEXT_VECTOR, judgment_loss  # noqa: E402
from polnlp.training.encoder.loop import Schedule, train  # noqa: E402
from polnlp.training.encoder.model import (  # noqa: E402
    POSITIONS,
    VOCABULARY,
    PoliticalEncoder,
    Shape,
    load_start_weights,
)
from polnlp.training.encoder.reading import ReadingTask  # noqa: E402
from polnlp.training.encoder.teaching import (  # noqa: E402
    add_targets,
    disturb_texts,
    read_unjudged,
    recombine_texts,
    standardize_vectors,
    teach_judgments,
    teach_names,
)

SMALL = Shape(width=24, heads=2, inner=48, layers=2, relative=True)
TEXT = "Ana Ruiz thanked Peru, and the Green Party of Peru jeered."


@pytest.fixture(scope="module")
def tokenize():
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *TEXT.lower().replace(".", " .").replace(",", " ,").split()]
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys(words))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return Tokenization(tokenizer)


def surfaces(example):
    return [[example.text[start:end] for start, end in target.spans] for target in example.targets]


def test_the_teacher_takes_mpnets_weights_under_the_pieces_that_the_student_reads(tmp_path):
    torch.manual_seed(0)
    width, inner, theirs = SMALL.width, SMALL.inner, VOCABULARY + 5
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(theirs, width),
        "embeddings.position_embeddings.weight": torch.randn(POSITIONS + 2, width),
        "embeddings.LayerNorm.weight": torch.ones(width),
        "embeddings.LayerNorm.bias": torch.zeros(width),
        "encoder.relative_attention_bias.weight": torch.randn(32, SMALL.heads),
    }
    for number in range(SMALL.layers):
        at = f"encoder.layer.{number}."
        for part in "qkvo":
            weights |= _linear(f"{at}attention.attn.{part}", width, width)
        weights |= _linear(f"{at}intermediate.dense", width, inner) | _linear(f"{at}output.dense", inner, width)
        for norm in ("attention.LayerNorm", "output.LayerNorm"):
            weights |= {f"{at}{norm}.weight": torch.ones(width), f"{at}{norm}.bias": torch.zeros(width)}
    save_file(weights, tmp_path / "model.safetensors")
    model = PoliticalEncoder(shape=SMALL).eval()
    load_start_weights(model, tmp_path)

    words = weights["embeddings.word_embeddings.weight"]
    assert torch.equal(model.word.weight[2000], words[2004])
    assert torch.equal(model.word.weight[101], words[0])  # the mark that opens a text is theirs
    assert torch.equal(model.position.weight[0], weights["embeddings.position_embeddings.weight"][2])
    assert torch.equal(model.stack()[1].attended.weight, weights["encoder.layer.1.attention.attn.o.weight"])


def _linear(name, n_inputs, n_outputs):
    return {f"{name}.weight": torch.randn(n_outputs, n_inputs), f"{name}.bias": torch.randn(n_outputs)}


def test_padding_changes_nothing_where_distances_count_and_16_bits_little():
    torch.manual_seed(0)
    model = PoliticalEncoder(shape=SMALL).eval()
    ids = torch.tensor([[101, 7, 8, 9, 10, 102]])
    padded = torch.cat([ids, torch.zeros(1, 3, dtype=torch.long)], dim=1)
    with torch.no_grad():
        alone = model(ids, torch.zeros(1, 6, N_FEATURES))
        beside = model(padded, torch.zeros(1, 9, N_FEATURES))[:, :6]
        moved = model(ids[:, [0, 2, 1, 3, 4, 5]], torch.zeros(1, 6, N_FEATURES))
        model.in_16_bits = True
        rounded = model(ids, torch.zeros(1, 6, N_FEATURES))
    torch.testing.assert_close(beside, alone, atol=1e-5, rtol=0)
    torch.testing.assert_close(rounded, alone, atol=0.1, rtol=0)
    assert rounded.dtype == torch.float32
    assert (moved[0, 4] - alone[0, 4]).abs().max() > 1e-3


def test_names_that_nobody_judged_become_targets_and_the_teacher_judges_all(tokenize):
    torch.manual_seed(0)
    spans = [Span(0, 8, "LEADER"), Span(17, 21, "COUNTRY"), Span(31, 42, "PARTY"), Span(46, 50, "COUNTRY")]
    marked = Example("a", TEXT, {"codebook": spans, "crossner": spans}, {"codebook": 1.0, "crossner": 1.0})
    judged = marked._replace(topic="Defense", targets=(Target(((0, 8),), "favor"), Target(((31, 42),), "against")))
    model = PoliticalEncoder(dropout=0.0)
    task = ReadingTask([judged], {"codebook": LABELS, "crossner": LABELS}, tokenize)
    train(model, [task], Schedule(epochs=14, rate=1e-3, warmup=0.2))

    bare = Example("b", TEXT, {}, {}, targets=(Target(((0, 8),), "neutral"),))
    soft = teach_names(model, [bare], tokenize)
    [seen] = add_targets([bare], soft, tokenize)
    assert surfaces(seen) == [["Ana Ruiz"], ["Peru", "Peru"], ["Green Party"]]
    [taught] = teach_judgments(model, [seen], tokenize)
    assert TOPICS[int(np.argmax(taught.taught_topic))] == "Defense"
    told = [STANCE_LABELS[int(np.argmax(target.taught))] for target in taught.targets]
    assert (told[0], told[2]) == ("favor", "against")
    assert [target.label for target in taught.targets] == ["neutral", None, None]


def test_a_label_and_a_teacher_are_both_learnt_from(tokenize):
    torch.manual_seed(0)
    model = PoliticalEncoder(dropout=0.0).eval()
    for name, (n_outputs, n_vectors) in {"topic": (len(TOPICS), 1), "stance": (len(STANCE_LABELS), 2)}.items():
        model.add_head(name, n_outputs, n_vectors)
    labelled = Example("a", TEXT, {}, {}, targets=(Target(((0, 8),), "favor"),))
    sure = tuple(float(label == "against") for label in STANCE_LABELS)
    both = labelled._replace(targets=(Target(((0, 8),), "favor", sure),))
    taught = labelled._replace(targets=(Target(((0, 8),), None, sure),))
    tokens = tokenize(TEXT)
    vectors = torch.randn(1, len(tokens.ids) + 2, 384)
    losses = [judgment_loss(model, vectors, [(one, tokens)]).item() for one in (labelled, both, taught)]
    assert min(losses[0], losses[2]) < losses[1] < max(losses[0], losses[2])


def test_the_teachers_vectors_are_learnt_standardised_and_dropped_where_names_are_swapped(tokenize):
    torch.manual_seed(0)
    teacher = PoliticalEncoder(shape=SMALL).eval()
    teacher.add_head("topic", len(TOPICS))
    teacher.add_head("stance", len(STANCE_LABELS), 2)
    texts = [TEXT, "Peru jeered.", "Ana Ruiz thanked the party."]
    examples = [Example(text, text, {}, {}, targets=(Target(((0, text.index(" ")),), None),)) for text in texts]
    taught = standardize_vectors(teach_judgments(teacher, examples, tokenize))
    for vectors in ([e.vector for e in taught], [e.targets[0].vector for e in taught]):
        table = np.stack(vectors).astype(np.float32)
        assert table.shape == (3, SMALL.width)
        assert np.abs(table.mean(axis=0)).max() < 0.01 and np.abs(table.std(axis=0) - 1).max() < 0.05

    model = PoliticalEncoder(dropout=0.0)
    task = ReadingTask(taught, {}, tokenize)
    bare = [e._replace(vector=None, targets=tuple(t._replace(vector=None) for t in e.targets)) for e in taught]
    with_vectors, without = ([(one, tokenize(one.text)) for one in batch] for batch in (taught, bare))
    losses = []
    for epochs in (1, 20):
        train(model, [task], Schedule(epochs=epochs, rate=1e-3, warmup=0.2))
        assert {TEXT_VECTOR, TARGET_VECTOR} < set(model.heads)
        with torch.no_grad():
            losses.append((task.loss(model.eval(), with_vectors) - task.loss(model, without)).item())
    assert losses[1] < losses[0] / 2

    renamed = swap_names(taught[0], {"leader_surname": ["Petrov"]}, random.Random(0), 1.0)
    assert renamed.text.startswith("Petrov") and renamed.vector is None and renamed.targets[0].vector is None
    assert renamed.targets[0].taught == taught[0].targets[0].taught
    assert swap_names(taught[0], {}, random.Random(0), 1.0).vector is not None


def test_a_disturbed_text_keeps_its_targets_places():
    text = "The envoy said that Ana Ruiz of the Green Party had lied to Peru about the dam and the mine."
    places = [(text.index(name), text.index(name) + len(name)) for name in ("Ana Ruiz", "Green Party", "Peru")]
    example = Example("a", text, {}, {}, targets=tuple(Target((place,), "favor") for place in places))
    rng, kept = random.Random(4), set()
    for _ in range(50):
        changed = disturb(example, ["boat"], rng, 0.5)
        assert len(changed.text.split()) <= len(text.split())
        found = {form for forms in surfaces(changed) for form in forms}
        assert found <= {"Ana Ruiz", "Green Party", "Peru"}
        assert {target.label for target in changed.targets} <= {None}
        kept.add(len(changed.targets))
    assert 3 in kept and min(kept) < 3
    [variant] = disturb_texts([example], 1, seed=0)
    assert variant.source == "unjudged"


def test_recombined_paragraphs_keep_their_targets_places():
    def judged(number, topic):
        text = f"The senate sat late on the dam. Ana Ruiz{number} praised Peru, and the Green Party walked out of it."
        names = (f"Ana Ruiz{number}", "Green Party", "Peru")
        spans = [(text.index(name), text.index(name) + len(name)) for name in names]
        return Example(str(number), text, {}, {}, topic=topic, targets=tuple(Target((s,), "favor") for s in spans))

    texts = [judged(number, "Energy" if number % 2 else "Labor") for number in range(10)]
    made = recombine_texts(texts, 40, seed=1)
    assert len(made) == 40
    assert made == recombine_texts(texts, 40, seed=1)
    for paragraph in made:
        assert paragraph.source == "unjudged" and paragraph.topic is None and len(paragraph.targets) <= 6
        found = surfaces(paragraph)
        assert all(len(set(forms)) == 1 for forms in found)  # one name is one target
        people = [form for forms in found for form in forms if form.startswith("Ana Ruiz")]
        assert len({int(form[-1]) % 2 for form in people}) == 1  # of one topic
        assert {form for forms in found for form in forms} <= {*people, "Peru", "Green Party"}
        assert all(target.label is None for target in paragraph.targets)
    assert {len(target.spans) for paragraph in made for target in paragraph.targets} >= {1, 2, 3, 4}
    assert recombine_texts(texts[:3], 5, seed=1) == []  # too few to draw from


def test_texts_for_the_teacher_are_of_no_gold_article(tmp_path):
    rows = [
        {
            "id": name,
            "text": f"{name} spoke of the dam.\n\nThe second part of {name} is here. It ends.",
            "license": "CC0",
        }
        for name in ("kept", "held")
    ]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for source in AUXILIARIES:
        path = tmp_path / source.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(b"") if path.suffix == ".gz" else b"")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/held.json").write_text("{}")
    found = {example.text for example in read_unjudged(tmp_path, 100, seed=0)}
    whole = "The second part of kept is here. It ends."
    assert found == {"kept spoke of the dam.", whole, "The second part of kept is here.", "It ends."}


def test_annotations_find_their_paragraphs_and_refuse_others(tmp_path, monkeypatch):
    from polnlp.errors import CorpusError
    from polnlp.training import annotated

    text = "Peru thanked Ana Ruiz."
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "annotated_articles.tsv").write_text(f"art\t1\t{digest}\tDefense\t\tfavor 13-21; neutral 0-4\n")
    monkeypatch.setattr(annotated, "files", lambda _: labels)
    (tmp_path / "corpus").mkdir()
    path = tmp_path / "corpus/articles.jsonl"
    path.write_text(json.dumps({"id": "art", "text": f"First.\n\n{text}"}) + "\n")
    [paragraph] = annotated.read_annotated(tmp_path)
    assert (paragraph.text, paragraph.topic, paragraph.second) == (text, "Defense", None)
    found = [(text[start:end], stance.label) for stance in paragraph.stances for start, end in stance.spans]
    assert found == [("Ana Ruiz", "favor"), ("Peru", "neutral")]
    path.write_text(json.dumps({"id": "art", "text": "First.\n\nOther."}) + "\n")
    with pytest.raises(CorpusError, match="paragraph 1 of 'art' is not the text"):
        list(annotated.read_annotated(tmp_path))


def test_the_shipped_annotations_are_of_known_labels_and_within_order():
    from importlib.resources import files

    lines = files("polnlp.training").joinpath("annotated_articles.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 800
    for line in lines:
        _, number, digest, topic, second, stances = line.split("\t")
        assert int(number) >= 0 and len(digest) == 12
        assert topic in TOPICS and (not second or second in TOPICS)
        assert {stance.split(" ")[0] for stance in stances.split("; ") if stance} <= set(STANCE_LABELS)
