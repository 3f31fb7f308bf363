"""Topic and stance: output layers on the mean of a text's vectors, and on a target's beside it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from polnlp.classify.head import soften
from polnlp.encoder.shared import pieces_in
from polnlp.encoder.tokens import Tokenization, Tokens
from polnlp.schema import STANCE_LABELS, TOPICS
from polnlp.training.encoder.batches import read_texts
from polnlp.training.encoder.data import Example, Target, Vector
from polnlp.training.encoder.model import PoliticalEncoder
from polnlp.training.heads import measure

TOPIC, STANCE = "topic", "stance"
TEXT_VECTOR, TARGET_VECTOR = "text_vector", "target_vector"
JUDGMENT_HEADS = {TOPIC: (len(TOPICS), 1), STANCE: (len(STANCE_LABELS), 2)}  # outputs, and vectors side by side
_SECOND = 0.3  # share of the probability that a second topic is given
_TAUGHT = 0.6  # share of the probability that a teacher decides beside a label


def judgment_heads(examples: Sequence[Example]) -> dict[str, tuple[int, int]]:
    """Give the output layers that the examples ask for: numbers of outputs, and of vectors read side by side."""
    heads = JUDGMENT_HEADS if any(example.topic or example.targets for example in examples) else {}
    width = next((len(example.vector) for example in examples if example.vector is not None), 0)
    return heads | ({TEXT_VECTOR: (width, 1), TARGET_VECTOR: (width, 2)} if width else {})


def judgment_loss(model: PoliticalEncoder, vectors: Tensor, batch: Sequence[tuple[Example, Tokens]]) -> Tensor:
    """Give the mean cross-entropy of the known topics and that of the known stances, added.

    Where a teacher's vectors are known, the mean square errors of the vectors told from the model's own are added.

    Args:
        model: With the output layers of ``judgment_heads``.
        vectors: The batch's, ``(n_texts, length, WIDTH)``, with the mark that opens each text.
        batch: Texts and their pieces.
    """
    total: Tensor = vectors.new_zeros(())
    wholes = [vectors[i, 1 : len(tokens.ids) + 1].mean(dim=0) for i, (_, tokens) in enumerate(batch)]
    known = [i for i, (e, _) in enumerate(batch) if e.topic is not None or e.taught_topic is not None]
    if known:
        truths = torch.stack([_topic_target(batch[i][0]) for i in known])
        total = total + F.cross_entropy(model.head(TOPIC)(torch.stack([wholes[i] for i in known])), truths)
    judged = [(i, target) for i, (example, _) in enumerate(batch) for target in example.targets]
    if judged:
        rows = [describe(vectors[i], wholes[i], pieces_in(batch[i][1].offsets, target.spans)) for i, target in judged]
        truths = torch.stack([_stance_target(target) for _, target in judged])
        total = total + F.cross_entropy(model.head(STANCE)(torch.stack(rows)), truths)
        total = total + _vector_loss(model, TARGET_VECTOR, rows, [target.vector for _, target in judged])
    return total + _vector_loss(model, TEXT_VECTOR, wholes, [example.vector for example, _ in batch])


def _vector_loss(
    model: PoliticalEncoder, head: str, rows: Sequence[Tensor], vectors: Sequence[Vector | None]
) -> Tensor:
    pairs = [
        (row, torch.from_numpy(vector).float()) for row, vector in zip(rows, vectors, strict=True) if vector is not None
    ]
    if not pairs:
        return torch.zeros(())
    told, taught = (torch.stack(column) for column in zip(*pairs, strict=True))
    return F.mse_loss(model.head(head)(told), taught)


def describe(vectors: Tensor, whole: Tensor, pieces: npt.NDArray[np.int64]) -> Tensor:
    """Give a target's mean vector beside the text's; a target beyond the window has the text's twice."""
    return torch.cat([vectors[torch.from_numpy(pieces) + 1].mean(dim=0) if len(pieces) else whole, whole])


def _topic_target(example: Example) -> Tensor:
    truth = torch.zeros(len(TOPICS))
    if example.topic is not None:
        truth[TOPICS.index(example.topic)] = 1 - _SECOND if example.second else 1.0
    if example.second:
        truth[TOPICS.index(example.second)] += _SECOND
    return _mix(truth, example.taught_topic)


def _stance_target(target: Target) -> Tensor:
    truth = torch.zeros(len(STANCE_LABELS))
    if target.label is not None:
        truth[STANCE_LABELS.index(target.label)] = 1.0  # type: ignore[arg-type]
    return _mix(truth, target.taught)


def _mix(truth: Tensor, taught: Sequence[float] | None) -> Tensor:
    """Give what a label and a teacher say together, or what one of them says alone."""
    if taught is None:
        return truth
    return torch.tensor(taught) if not truth.any() else (1 - _TAUGHT) * truth + _TAUGHT * torch.tensor(taught)


class Judgment(NamedTuple):
    """Logits of one text: of its topic, ``(22,)``, and of the attitude to each target, ``(n_targets, 3)``."""

    topic: npt.NDArray[np.float32]
    stances: npt.NDArray[np.float32]


@torch.no_grad()
def predict_judgments(model: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization) -> list[Judgment]:
    """Give the logits of each text, in order."""
    found: dict[int, Judgment] = {}
    for number, tokens, vectors in read_texts(model, examples, tokenize):
        whole = vectors[1 : len(tokens.ids) + 1].mean(dim=0)
        rows = [describe(vectors, whole, pieces_in(tokens.offsets, t.spans)) for t in examples[number].targets]
        stances = model.head(STANCE)(torch.stack(rows)).numpy() if rows else np.zeros((0, 3), np.float32)
        found[number] = Judgment(model.head(TOPIC)(whole).numpy(), stances)
    return [found[number] for number in range(len(examples))]


def measure_judgments(
    model: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization
) -> dict[str, dict[str, float]]:
    """Measure the output layers themselves, before calibration: ``topic`` or ``stance`` and source to measures."""
    report = {}
    judgments = predict_judgments(model, examples, tokenize)
    for source in sorted({example.source for example in examples}):
        pairs = [(e, found) for e, found in zip(examples, judgments, strict=True) if e.source == source]
        known = [(e.topic, e.second or e.topic, found.topic) for e, found in pairs if e.topic is not None]
        if known:
            truths, accepted = [label for label, _, _ in known], [{label, also or ""} for label, also, _ in known]
            report[f"topic {source}"] = measure(TOPICS, _probabilities([row for *_, row in known]), truths, accepted)
        judged = [
            (t.label, row) for e, found in pairs for t, row in zip(e.targets, found.stances, strict=True) if t.label
        ]
        if judged:
            rows = _probabilities([row for _, row in judged])
            report[f"stance {source}"] = measure(STANCE_LABELS, rows, [label for label, _ in judged])
    return report


def _probabilities(logits: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float64]:
    return soften(np.stack(logits).astype(np.float64), 1.0)
