"""What a larger encoder teaches the shipped one: how it reads texts, judged ones and many that nobody judged.

References:
    Hinton, Vinyals and Dean (2015). Distilling the knowledge in a neural network. arXiv 1503.02531.
"""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from polnlp.classify.head import soften
from polnlp.encoder.shared import pieces_in
from polnlp.encoder.tokens import Tokenization, Tokens
from polnlp.schema import LABELS, TARGET_LABELS
from polnlp.sentences import split_sentences
from polnlp.training.encoder.augment import cut_sentences, disturb, join_texts
from polnlp.training.encoder.batches import first_window, read_texts
from polnlp.training.encoder.data import AUXILIARIES, Example, Target, Vector, read_auxiliary
from polnlp.training.encoder.judgments import STANCE, TOPIC, describe
from polnlp.training.encoder.model import PoliticalEncoder
from polnlp.training.encoder.reading import SCHEMES, Soft, spans_of
from polnlp.training.silver import read_paragraphs

UNJUDGED = "unjudged"
_LEAST_DEVIATION = 1e-3
_MOST_TARGETS = 6  # of one text, that a list of states does not outweigh ten sentences
_MOST_JOINED = 4  # sentences of different texts in one paragraph
_JOINED_CHARACTERS = range(25, 421)  # of such a sentence
_EVENED = 0.7  # power of a topic's number of sentences by which it is drawn: rare topics more often than they come


def read_unjudged(data: Path, count: int, seed: int) -> list[Example]:
    """Choose texts for the teacher to judge: paragraphs of articles, sentences of them, texts of auxiliary sources.

    Args:
        data: The data folder; no article of its gold is taken.
        count: Texts at most, a third of each kind.
        seed: Of the choice.
    """
    held_out = frozenset(path.stem for path in (data / "gold").glob("*.json"))
    paragraphs = list(read_paragraphs(data))
    sentences = [
        (f"{name}:{start}", text[start:end])
        for name, text in paragraphs
        for start, end in split_sentences(text)
        if text[start:end] != text.strip()
    ]
    others = [(e.id, e.text) for source in AUXILIARIES for e in read_auxiliary(source, data, without=held_out)]
    rng = random.Random(seed)  # noqa: S311
    kinds = (paragraphs, sentences, others)
    chosen = [one for texts in kinds for one in rng.sample(texts, min(count // len(kinds), len(texts)))]
    return [Example(name, text, {}, {}, source=UNJUDGED) for name, text in chosen]


def disturb_texts(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Give variants of judged texts for the teacher to judge: cut, and with other words."""
    rng = random.Random(seed)  # noqa: S311
    words = [word for example in examples for word in example.text.split() if word.isalpha() and word.islower()]
    judged = [example for example in examples if example.targets]
    variants = [disturb(rng.choice(judged), words, rng, rng.choice((0.05, 0.2))) for _ in range(count)]
    return [variant._replace(source=UNJUDGED) for variant in variants]


def recombine_texts(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Give paragraphs of two to four sentences from different judged texts of one topic, for the teacher to judge.

    What is said of one name must not rub off on another that stands near it, and such paragraphs hold many names.
    """
    rng = random.Random(seed)  # noqa: S311
    by_topic: dict[str | None, list[Example]] = {}
    for example in examples:
        for sentence in cut_sentences(example) if example.targets else ():
            if sentence.targets and len(sentence.text) in _JOINED_CHARACTERS:
                by_topic.setdefault(example.topic, []).append(sentence)
    pools = [pool for pool in by_topic.values() if len(pool) >= _MOST_JOINED]
    weights = [len(pool) ** _EVENED for pool in pools]
    joined = []
    for _ in range(count if pools else 0):
        pool = rng.choices(pools, weights)[0]
        text = join_texts(rng.sample(pool, rng.randint(2, _MOST_JOINED)))
        chosen = rng.sample(text.targets, min(len(text.targets), _MOST_TARGETS))
        joined.append(text._replace(targets=tuple(chosen), source=UNJUDGED))
    return joined


@torch.no_grad()
def teach_names(
    model: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization
) -> dict[str, dict[str, Soft]]:
    """Give a model's probabilities of tags, by text and output layer: the student's own of before are not forgotten.

    References:
        Li and Hoiem (2018). Learning without forgetting. IEEE TPAMI 40(12), 2935-2947.
    """
    found = {}
    for number, tokens, vectors in read_texts(model, examples, tokenize):
        words = vectors[torch.from_numpy(tokens.words).long() + 1]
        found[examples[number].text] = {
            layer: _probabilities(model.head(layer)(words).numpy()).astype(np.float16) for layer in SCHEMES
        }
    return found


@torch.no_grad()
def teach_judgments(teacher: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization) -> list[Example]:
    """Give the texts, in order, with what the teacher thinks of their topics and of their targets, and its vectors.

    References:
        Jiao et al. (2020). TinyBERT: distilling BERT for natural language understanding. Findings of EMNLP (there
        vectors of each piece; here the means that the judgments are read from).
    """
    taught = list(examples)
    for number, tokens, vectors in read_texts(teacher, examples, tokenize):
        whole = vectors[1 : len(tokens.ids) + 1].mean(dim=0)
        topic = _probabilities(teacher.head(TOPIC)(whole).numpy()[None])[0]
        vector = whole.numpy().astype(np.float16)
        taught[number] = example = examples[number]._replace(taught_topic=tuple(topic.tolist()), vector=vector)
        if example.targets:
            rows = torch.stack([describe(vectors, whole, pieces_in(tokens.offsets, t.spans)) for t in example.targets])
            stances = _probabilities(teacher.head(STANCE)(rows).numpy()).tolist()
            means = rows[:, : teacher.shape.width].numpy().astype(np.float16)
            targets = (
                t._replace(taught=tuple(row), vector=mean)
                for t, row, mean in zip(example.targets, stances, means, strict=True)
            )
            taught[number] = example._replace(targets=tuple(targets))
    return taught


def standardize_vectors(examples: Sequence[Example]) -> list[Example]:
    """Give the texts with the teacher's vectors at mean 0 and variance 1 in each place: of texts, and of targets."""
    of_text = _standard([e.vector for e in examples if e.vector is not None])
    of_target = _standard([t.vector for e in examples for t in e.targets if t.vector is not None])
    return [
        example._replace(
            vector=_scale(example.vector, of_text),
            targets=tuple(target._replace(vector=_scale(target.vector, of_target)) for target in example.targets),
        )
        for example in examples
    ]


def _standard(vectors: Sequence[Vector]) -> tuple[Soft, Soft]:
    if not vectors:
        return np.zeros(1), np.ones(1)
    table = np.stack(vectors)
    return table.mean(axis=0, dtype=np.float32), table.std(axis=0, dtype=np.float32) + _LEAST_DEVIATION


def _scale(vector: Vector | None, standard: tuple[Soft, Soft]) -> Vector | None:
    mean, deviation = standard
    return None if vector is None else ((vector - mean) / deviation).astype(np.float16)


def add_targets(
    examples: Sequence[Example], soft: Mapping[str, Mapping[str, Soft]], tokenize: Tokenization
) -> list[Example]:
    """Make targets of the names that a model found in each text and nobody judged, six a text at most.

    Args:
        examples: Texts, with or without targets.
        soft: What ``teach_names`` gives.
        tokenize: The encoder's pieces.
    """
    return [
        _add_targets(example, first_window(tokenize(example.text)), soft[example.text]["codebook"])
        if example.text in soft
        else example
        for example in examples
    ]


def _add_targets(example: Example, tokens: Tokens, tags: Soft) -> Example:
    taken = [span for target in example.targets for span in target.spans]
    forms: dict[str, list[tuple[int, int]]] = {}
    for span in spans_of(tokens, np.log(tags.astype(np.float64) + 1e-6), LABELS):
        apart = all(span.end <= start or end <= span.start for start, end in taken)
        if span.label in TARGET_LABELS and apart:
            forms.setdefault(example.text[span.start : span.end], []).append((span.start, span.end))
    found = [Target(tuple(spans), None) for spans in forms.values()]
    return example._replace(targets=(*example.targets, *found[: max(0, _MOST_TARGETS - len(example.targets))]))


def _probabilities(logits: Soft) -> Soft:
    return soften(logits.astype(np.float64), 1.0)
