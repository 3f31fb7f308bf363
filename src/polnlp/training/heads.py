"""What the training of topic and stance share: fit a head, calibrate it out of fold, measure it."""

import hashlib
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_fscore_support
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from polnlp.classify.head import Head, Rows, decide, fit_temperature, soften

Floats = npt.NDArray[np.float64]
# For rows that the encoder has not learnt from: about the best for manifestos, from 20 rows to 16,000, and for BASIL.
OWN_STRENGTH = 0.3
_BINS = 15
# Share of each source's groups (speeches, articles, single texts) that no encoder learns from.
_HIDDEN = {
    "articles": 0.1,
    "annotated": 0.1,
    "judged": 0.08,
    "sotu": 0.045,
    "headlines": 0.1,
    "bills": 0.1,
    "newsmtsc_rw": 1.0,
    "newsmtsc_mt": 1.0,
}


def fit_head(
    rows: Rows,
    truths: Sequence[str],
    labels: Sequence[str],
    *,
    weights: Floats,
    strength: float,
    held: npt.NDArray[np.bool_],
) -> Head:
    """Fit a logistic regression, and its temperature on decisions on rows that it was not fitted on.

    Args:
        rows: ``(n_rows, n_features)``.
        truths: Label of each row.
        labels: In the order of the head's probabilities.
        weights: Of the rows in the fit; the temperature counts all rows alike.
        strength: Inverse of the regularisation, scikit-learn's ``C``.
        held: Rows that are left out of the fit, for the temperature.
    """
    targets = np.asarray(truths)
    classifier = fit_classifier(rows[~held], targets[~held], weights[~held], strength)
    known = held & np.isin(targets, classifier.classes_)
    columns = np.searchsorted(classifier.classes_, targets[known])
    return Head(labels, classifier, fit_temperature(decide(classifier, rows[known]), columns))


def fit_out_of_fold(
    rows: Rows,
    truths: Sequence[str],
    labels: Sequence[str],
    *,
    groups: Sequence[str],
    weights: Floats,
    strength: float = OWN_STRENGTH,
    folds: int = 5,
) -> tuple[Head, Floats]:
    """Fit a head on all rows, and judge each row by a classifier that saw no row of its group.

    The temperature is fitted on those judgements.

    Args:
        rows: ``(n_rows, n_features)``.
        truths: Label of each row.
        labels: In the order of the head's probabilities.
        groups: Rows of one group (an article, a speech) are never parted between folds.
        weights: Of the rows in the fit; the temperature counts all rows alike.
        strength: Inverse of the regularisation, scikit-learn's ``C``.
        folds: How many parts are held out in turn, fewer where no label has as many rows or there are fewer groups.

    Returns:
        The head, and the judgements, ``(n_rows, n_labels)``; rows of zeros where none could be held out.

    References:
        Platt (1999). Probabilistic outputs for support vector machines. Advances in Large Margin Classifiers.
    """
    targets = np.asarray(truths)
    classifier = fit_classifier(rows, targets, weights, strength)
    classes, columns = np.unique(targets, return_inverse=True)
    values = np.full((len(rows), len(classes)), -np.inf)
    for fit, out in _part(targets, groups, folds):
        part = fit_classifier(rows[fit], targets[fit], weights[fit], strength)
        values[np.ix_(out, np.searchsorted(classes, part.classes_))] = decide(part, rows[out])
    known = values[np.arange(len(rows)), columns] > -np.inf
    temperature = 1.0
    if known.any():  # one more row than there is speaks for each class, as Platt counts: none is ever beyond doubt
        temperature = fit_temperature(values[known], columns[known], doubt=1 / (known.sum() + 2))
    judged = np.isfinite(values).any(axis=1)
    probabilities = np.zeros((len(rows), len(labels)))
    if judged.any():
        places = np.array([labels.index(label) for label in classes])
        probabilities[np.ix_(judged, places)] = soften(values[judged], temperature)
    return Head(labels, classifier, temperature), probabilities


def _part(
    targets: npt.NDArray[np.str_], groups: Sequence[str], folds: int
) -> Iterator[tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]]:
    """Give the rows to fit on and those to hold out, in turn; none where nothing can be held out."""
    apart = len(set(groups)) == len(groups)
    folds = min(folds, max(Counter(targets).values()), len(set(groups)))
    if folds < 2:
        return
    splitter = StratifiedKFold(folds) if apart else StratifiedGroupKFold(folds)
    with warnings.catch_warnings():  # a label of fewer rows than folds
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        for fit, out in splitter.split(targets, targets, None if apart else groups):
            if len(set(targets[fit])) > 1:
                yield fit, out


def fit_classifier(rows: Rows, truths: npt.NDArray[np.str_], weights: Floats, strength: float) -> LogisticRegression:
    """Fit a multinomial logistic regression; the same rows give the same weights."""
    return LogisticRegression(C=strength, max_iter=400, tol=1e-3).fit(rows, truths, sample_weight=weights)


def measure(
    labels: Sequence[str],
    probabilities: Floats,
    truths: Sequence[str],
    accepted: Sequence[Collection[str]] | None = None,
) -> dict[str, float]:
    """Give accuracy, macro-F1 over the labels that occur, and calibration error.

    Args:
        accepted: Labels that count as right for each row in ``accuracy_2``; without it the true one alone.
    """
    predicted = [labels[place] for place in probabilities.argmax(axis=1)]
    right = np.array([label == truth for label, truth in zip(predicted, truths, strict=True)])
    also = np.array(
        [label in allowed for label, allowed in zip(predicted, accepted or [[t] for t in truths], strict=True)]
    )
    occurring = sorted(set(truths))
    return {
        "n": float(len(truths)),
        "accuracy": round(float(right.mean()), 4),
        "accuracy_2": round(float(also.mean()), 4),
        "macro_f1": round(float(f1_score(truths, predicted, labels=occurring, average="macro", zero_division=0)), 4),
        "ece": round(calibration_error(probabilities.max(axis=1), right), 4),
    }


def measure_labels(
    labels: Sequence[str], probabilities: Floats, truths: Sequence[str], accepted: Sequence[Collection[str]]
) -> dict[str, dict[str, Any]]:
    """Report judgements out of fold: as a whole, label by label, and of the surest share of the texts.

    Args:
        probabilities: ``(n_rows, n_labels)``; rows of zeros were not judged and do not count.

    Returns:
        ``own`` (as ``measure`` gives it), ``labels``, ``surest``; empty if nothing was judged.
    """
    judged = np.flatnonzero(probabilities.any(axis=1)).tolist()
    if not judged:
        return {}
    probabilities, truths = probabilities[judged], [truths[place] for place in judged]
    predicted = [labels[place] for place in probabilities.argmax(axis=1)]
    found = precision_recall_fscore_support(truths, predicted, labels=labels, zero_division=0)
    right = np.array(predicted) == np.array(truths)
    surest = right[np.argsort(-probabilities.max(axis=1), kind="stable")]
    names = ("precision", "recall", "f1", "n")
    return {
        "own": measure(labels, probabilities, truths, [accepted[place] for place in judged]),
        "labels": {
            label: {name: round(float(value), 4) for name, value in zip(names, row, strict=True)}
            for label, row in zip(labels, np.transpose(found), strict=True)
        },
        "surest": {
            f"{share:.0%}": round(float(surest[: max(1, round(len(surest) * share))].mean()), 4)
            for share in (1, 0.9, 0.75, 0.5, 0.25)
        },
    }


def calibration_error(scores: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Give the expected calibration error over 15 bins of equal width: mean gap between score and share right.

    References:
        Guo et al. (2017). On calibration of modern neural networks. ICML.
    """
    bins = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    gaps = [abs(scores[bins == b].sum() - right[bins == b].sum()) for b in np.unique(bins)]
    return float(sum(gaps) / max(len(scores), 1))


def is_hidden(source: str, group: str) -> bool:
    """Tell whether the encoder did not learn from texts of this source and group: heads may be judged on them."""
    return falls_in_share(group, _HIDDEN.get(source, 0.0))


def falls_in_share(group: str, share: float) -> bool:
    """Tell whether a group is of the share that is held out; its name's hash decides, so that no run moves it."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) < share * 2**32
