"""How ``models/kb/ranker.json`` is made: read articles whose names have known answers, fit the weights, report.

``python -m polnlp.training.linking --data DIR --output models/kb/ranker.json`` fits a conditional logit to the choices
of ``choices``, drawn to the weights that were set by hand. It reports out of fold these, their scale and bias alone
fitted, and what was learned, and writes the last.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from polnlp.entities.ranking import RIVALS, Features, Ranker
from polnlp.errors import CorpusError
from polnlp.kb import open_kb
from polnlp.training.choices import Choice, read_choices
from polnlp.training.command import run_training
from polnlp.training.heads import calibration_error

logger = logging.getLogger(__name__)

Floats = npt.NDArray[np.float64]

STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""How strongly weights are drawn to those set by hand: half of it times their squared distance joins the loss."""

_MIN_CHOICES = 20
_FOLDS = 5
_LEAST = 1e-300  # probability that stands for none


class Answers(NamedTuple):
    """What a model says of choices: probability of the right answer, score of its own, and whether that is right."""

    likelihoods: Floats
    scores: Floats
    rights: npt.NDArray[np.bool_]


def train_ranker(data: Path, output: Path) -> dict[str, dict[str, float]]:
    """Fit the linker's weights, report them out of fold beside those set by hand, and write them.

    Args:
        data: polnlp's data folder.
        output: The file to write.

    Returns:
        ``hand``, ``calibrated`` and ``learned`` → measure → value: ``log_loss``, ``accuracy``, ``ece``, ``n``.

    Raises:
        CorpusError: If the data are missing or malformed, or hold fewer than 20 choices.
    """
    kb = open_kb()
    choices = list(read_choices(data, kb))
    if len(choices) < _MIN_CHOICES:
        raise CorpusError(f"{data}: {len(choices)} names with known answers; a ranker needs at least {_MIN_CHOICES}.")
    hand = list_weights(Ranker())
    report = {"hand": measure(answer(choices, hand))}
    held_out = {strength: answer_held_out(choices, hand, strength) for strength in STRENGTHS}
    for strength, answers in held_out.items():
        logger.info("strength %s: %s", strength, measure(answers))
    best = choose_strength(choices, {strength: answers.likelihoods for strength, answers in held_out.items()})
    report["learned"] = measure(held_out[best])
    scored, neutral = [score_by_hand(choice, hand) for choice in choices], np.array([hand[0], 1.0])
    report["calibrated"] = measure(answer_held_out(scored, neutral, 0.0))
    fitted = fit_weights(choices, hand, best)
    values = [round(float(value), 3) for value in fitted]
    ranker = Ranker(bias=values[0], weights=Features(*values[1:]))
    output.write_bytes(msgspec.json.format(msgspec.json.encode(ranker), indent=1) + b"\n")
    logger.info("strength %s; %s", best, json.dumps(report))
    return report


def list_weights(ranker: Ranker) -> Floats:
    """Give the weights in the order of ``choices.NAMES``."""
    return np.array([ranker.bias, *msgspec.structs.astuple(ranker.weights)])


def score_by_hand(choice: Choice, hand: Floats) -> Choice:
    """Give a choice with one feature beside the bias: the weighted sum of all, so that a fit gives its scale."""
    return choice._replace(rows=np.column_stack([choice.rows[:, 0], choice.rows[:, 1:] @ hand[1:]]))


def fit_weights(choices: Sequence[Choice], hand: Floats, strength: float) -> Floats:
    """Give the likeliest weights, each of the sign that it has by hand and near to that.

    The conditional logit's likelihood, with the linker's own sum over the best rivals.

    Args:
        hand: Those set by hand; a weight of 0 may take either sign.
        strength: One of ``STRENGTHS`` or any other not below 0.
    """
    packed = _pack(choices)
    bounds = [(0, None) if value > 0 else (None, 0) if value < 0 else (None, None) for value in hand]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = _lose(packed, weights)
        away = weights - hand
        return value + strength / 2 * float(away @ away), slope + strength * away

    return np.asarray(minimize(loss, hand, jac=True, method="L-BFGS-B", bounds=bounds).x, dtype=np.float64)


class _Packed(NamedTuple):
    rows: Floats  # (n_choices, n_most + 1, n_names); the last of each choice is "none of them", all 0
    known: npt.NDArray[np.bool_]  # (n_choices, n_most + 1)
    right: npt.NDArray[np.bool_]


def _pack(choices: Sequence[Choice]) -> _Packed:
    most = max(len(choice.rows) for choice in choices)
    rows = np.zeros((len(choices), most + 1, choices[0].rows.shape[1]))
    known = np.zeros(rows.shape[:2], dtype=bool)
    right = np.zeros(rows.shape[:2], dtype=bool)
    known[:, most] = True
    for number, choice in enumerate(choices):
        rows[number, : len(choice.rows)] = choice.rows
        known[number, : len(choice.rows)] = True
        right[number, sorted(choice.right) or [most]] = True
    return _Packed(rows, known, right)


def _share(packed: _Packed, weights: Floats) -> tuple[Floats, Floats]:
    """Give each candidate's log-odds and what it has of the whole, which the best rivals and the right ones share."""
    scores = np.where(packed.known, packed.rows @ weights, -np.inf)
    most = scores.shape[1] - 1
    counted = packed.right.copy()
    counted[:, most] = True
    order = np.argsort(-scores[:, :most], axis=1, kind="stable")[:, :RIVALS]
    np.put_along_axis(counted, order, True, axis=1)
    counted &= packed.known
    powers = np.where(counted, np.exp(scores - scores.max(axis=1, keepdims=True)), 0.0)
    return scores, powers / powers.sum(axis=1, keepdims=True)


def _lose(packed: _Packed, weights: Floats) -> tuple[float, Floats]:
    """Give the sum of log-losses and its gradient."""
    _, shares = _share(packed, weights)
    rights = np.where(packed.right, shares, 0.0)
    likelihood = np.maximum(rights.sum(axis=1, keepdims=True), _LEAST)
    slope = np.einsum("ck,ckf->f", shares - rights / likelihood, packed.rows)
    return -float(np.log(likelihood).sum()), slope


def answer(choices: Sequence[Choice], weights: Floats, threshold: float = 0.5) -> Answers:
    """Answer choices as the linker does: the best candidate, with its other levels, from a probability on; else none.

    Args:
        threshold: As ``[entities] threshold``.
    """
    packed = _pack(choices)
    scores, shares = _share(packed, weights)
    likelihoods = np.where(packed.right, shares, 0.0).sum(axis=1)
    decided, rights = [], []
    for choice, log_odds, chances in zip(choices, scores, shares, strict=True):
        best = int(np.argmax(log_odds[: len(choice.rows)]))
        same = [place for place, first in enumerate(choice.places) if first == choice.places[best]]
        chance = float(chances[same].sum())
        decided.append(chance if chance >= threshold else 1 - chance)
        rights.append(best in choice.right if chance >= threshold else not choice.right)
    return Answers(likelihoods, np.array(decided), np.array(rights))


def answer_held_out(choices: Sequence[Choice], hand: Floats, strength: float) -> Answers:
    """Answer each choice by weights that were fitted on other documents."""
    documents = [choice.document for choice in choices]
    parts, places = [], []
    for fit, out in GroupKFold(_FOLDS).split(choices, groups=documents):
        weights = fit_weights([choices[index] for index in fit], hand, strength)
        parts.append(answer([choices[index] for index in out], weights))
        places.append(out)
    order = np.argsort(np.concatenate(places))
    return Answers(*(np.concatenate(values)[order] for values in zip(*parts, strict=True)))


def choose_strength(choices: Sequence[Choice], likelihoods: Mapping[float, Floats]) -> float:
    """Give the greatest strength whose loss is at most one standard error, over documents, above the least.

    Args:
        likelihoods: Strength → probability of each choice's right answer, by weights from other documents.

    References:
        Breiman, Friedman, Olshen & Stone (1984). Classification and Regression Trees. The rule of one standard error.
    """
    _, documents = np.unique([choice.document for choice in choices], return_inverse=True)
    losses = {strength: -np.log(np.maximum(held, _LEAST)) for strength, held in likelihoods.items()}
    least = min(losses.values(), key=lambda loss: float(loss.sum()))

    def is_near(loss: Floats) -> bool:
        away = np.bincount(documents, weights=loss - least)
        return bool(away.sum() <= away.std() * len(away) ** 0.5)

    return max(strength for strength, loss in losses.items() if is_near(loss))


def measure(answers: Answers) -> dict[str, float]:
    """Give log-loss (nats), accuracy and calibration error over 15 bins."""
    return {
        "n": float(len(answers.rights)),
        "log_loss": round(-float(np.log(np.maximum(answers.likelihoods, _LEAST)).mean()), 4),
        "accuracy": round(float(answers.rights.mean()), 4),
        "ece": round(calibration_error(answers.scores, answers.rights), 4),
    }


if __name__ == "__main__":
    run_training(
        train_ranker,
        description="Fit the weights of the linker's features.",
        output="file to write, as models/kb/ranker.json",
    )
