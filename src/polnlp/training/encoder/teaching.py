"""What a larger encoder teaches the shipped one: how it reads texts, judged ones and many that nobody judged.

References:
    Hinton, Vinyals and Dean (2015). Distilling the knowledge in a neural network. arXiv 1503.02531.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from polnlp.classify.head import soften
from polnlp.encoder.shared import pieces_in
from polnlp.encoder.tokens import Tokenization, Tokens
from polnlp.schema import LABELS, TARGET_LABELS
from polnlp.training.encoder.batches import collate, first_window
from polnlp.training.encoder.data import AUXILIARIES, Example, Target, read_auxiliary
from polnlp.training.encoder.judgments import STANCE, TOPIC, describe
from polnlp.training.encoder.model import PoliticalEncoder, has_16_bit_unit
from polnlp.training.encoder.reading import Soft, spans_of
from polnlp.training.silver import read_paragraphs

UNJUDGED = "unjudged"
_BATCH = 32
_MOST_TARGETS = 6  # of one text, that a list of states does not outweigh ten sentences


def read_unjudged(data: Path, count: int, seed: int) -> list[Example]:
    """Choose texts for the teacher to judge, half of them paragraphs of articles, half from the auxiliary sources.

    Args:
        data: The data folder; no article of its gold is taken.
        count: Texts at most.
        seed: Of the choice.
    """
    held_out = frozenset(path.stem for path in (data / "gold").glob("*.json"))
    paragraphs = list(read_paragraphs(data))
    sentences = [(e.id, e.text) for source in AUXILIARIES for e in read_auxiliary(source, data, without=held_out)]
    rng = random.Random(seed)  # noqa: S311
    chosen = [one for texts in (paragraphs, sentences) for one in rng.sample(texts, min(count // 2, len(texts)))]
    return [Example(name, text, {}, {}, source=UNJUDGED) for name, text in chosen]


@torch.no_grad()
def teach(
    teacher: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization
) -> tuple[list[Example], dict[str, dict[str, Soft]]]:
    """Give the texts with what the teacher thinks of their topics and targets, and its tags of their words.

    Names that no stance was given for become targets too, six a text at most.

    Args:
        teacher: With output layers for both ways of marking, topics and stances.
        examples: Texts, judged or not.
        tokenize: The pieces of both encoders.

    Returns:
        The texts, in order; and text to output layer to probabilities ``(n_words, n_tags)``.
    """
    teacher.eval()
    teacher.in_16_bits = has_16_bit_unit()
    taught, soft = {}, {}
    for group in _groups(examples, tokenize):
        vectors = teacher(*collate([tokens for _, tokens in group], tokenize))
        for row, (number, tokens) in enumerate(group):
            example, here = examples[number], vectors[row]
            tags = here[torch.from_numpy(tokens.words).long() + 1]
            logits = {name: teacher.head(name)(tags).numpy() for name in ("crossner", "codebook")}
            soft[example.text] = {name: _probabilities(found).astype(np.float16) for name, found in logits.items()}
            taught[number] = _judge(teacher, _with_targets(example, tokens, logits["codebook"]), tokens, here)
    teacher.in_16_bits = False
    return [taught.get(number, example) for number, example in enumerate(examples)], soft


def _groups(examples: Sequence[Example], tokenize: Tokenization) -> Iterator[list[tuple[int, Tokens]]]:
    read = [(number, first_window(tokenize(example.text))) for number, example in enumerate(examples)]
    read = sorted((pair for pair in read if len(pair[1].words)), key=lambda pair: len(pair[1].ids))
    for at in range(0, len(read), _BATCH):
        yield read[at : at + _BATCH]


def _judge(teacher: PoliticalEncoder, example: Example, tokens: Tokens, vectors: Tensor) -> Example:
    whole = vectors[1 : len(tokens.ids) + 1].mean(dim=0)
    topic = tuple(_probabilities(teacher.head(TOPIC)(whole).numpy()[None])[0].tolist())
    if not example.targets:
        return example._replace(taught_topic=topic)
    rows = torch.stack([describe(vectors, whole, pieces_in(tokens.offsets, t.spans)) for t in example.targets])
    stances = _probabilities(teacher.head(STANCE)(rows).numpy()).tolist()
    targets = (t._replace(taught=tuple(row)) for t, row in zip(example.targets, stances, strict=True))
    return example._replace(taught_topic=topic, targets=tuple(targets))


def _with_targets(example: Example, tokens: Tokens, tags: Soft) -> Example:
    taken = [span for target in example.targets for span in target.spans]
    forms: dict[str, list[tuple[int, int]]] = {}
    for span in spans_of(tokens, tags, LABELS):
        apart = all(span.end <= start or end <= span.start for start, end in taken)
        if span.label in TARGET_LABELS and apart:
            forms.setdefault(example.text[span.start : span.end], []).append((span.start, span.end))
    found = [Target(tuple(spans), None) for spans in forms.values()]
    return example._replace(targets=(*example.targets, *found[: max(0, _MOST_TARGETS - len(example.targets))]))


def _probabilities(logits: Soft) -> Soft:
    return soften(logits.astype(np.float64), 1.0)
