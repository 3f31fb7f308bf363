"""What the training of topic and stance share: read rows, fit a head, calibrate it out of fold, measure it."""

import gzip
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from polnlp.classify.head import Head, Rows, decide, fit_temperature
from polnlp.errors import CorpusError

Floats = npt.NDArray[np.float64]
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
    groups: Sequence[str],
    weights: Floats,
    strength: float,
    held: npt.NDArray[np.bool_] | None = None,
    folds: int = 3,
) -> Head:
    """Fit a logistic regression, and its temperature on decisions on rows that it was not fitted on.

    Args:
        rows: ``(n_rows, n_features)``.
        truths: Label of each row.
        labels: In the order of the head's probabilities.
        groups: Rows of one group (an article, a speech) are never parted between folds.
        weights: Of the rows in the fit; the temperature counts all rows alike.
        strength: Inverse of the regularisation, scikit-learn's ``C``.
        held: Rows that are left out of the fit, for the temperature; without it decisions are made out of fold.
        folds: How many parts are held out in turn.
    """
    targets = np.asarray(truths)
    if held is not None:
        classifier = fit_classifier(rows[~held], targets[~held], weights[~held], strength)
        known = held & np.isin(targets, classifier.classes_)
        columns = np.searchsorted(classifier.classes_, targets[known])
        return Head(labels, classifier, fit_temperature(decide(classifier, rows[known]), columns))
    classifier = fit_classifier(rows, targets, weights, strength)
    values, kept = [], []
    for fit, out in StratifiedGroupKFold(folds).split(rows, targets, groups):
        part = fit_classifier(rows[fit], targets[fit], weights[fit], strength)
        if list(part.classes_) == list(classifier.classes_):
            values.append(decide(part, rows[out]))
            kept.append(out)
    if not kept:  # too few texts a label to hold any out
        return Head(labels, classifier)
    columns = np.searchsorted(classifier.classes_, targets[np.concatenate(kept)])
    return Head(labels, classifier, fit_temperature(np.concatenate(values), columns))


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


def calibration_error(scores: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Give the expected calibration error over 15 bins of equal width: mean gap between score and share right.

    References:
        Guo et al. (2017). On calibration of modern neural networks. ICML.
    """
    bins = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    gaps = [abs(scores[bins == b].sum() - right[bins == b].sum()) for b in np.unique(bins)]
    return float(sum(gaps) / max(len(scores), 1))


def is_labelled(row: Mapping[str, Any]) -> bool:
    """Tell whether a row says its topic or stance; of a sample, rows that nobody judged do not."""
    label = row.get("label", row.get("topic"))
    return label is not None and label != ""


def count_unlabelled(data: Path) -> dict[str, dict[str, float]]:
    """Give the part of a report that says what was left out of one's own rows; empty if nothing was."""
    count = 0 if data.is_dir() else sum(not is_labelled(row) for _, row in read_rows(data))
    return {"left_out": {"unlabelled": float(count)}} if count else {}


def is_hidden(source: str, group: str) -> bool:
    """Tell whether the encoder did not learn from texts of this source and group: heads may be judged on them."""
    return is_held_out(group, _HIDDEN.get(source, 0.0))


def is_held_out(group: str, share: float) -> bool:
    """Tell whether a group belongs to the dev part; its name's hash decides, so that no run moves it."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) < share * 2**32


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read JSON Lines, gzipped or not, with line numbers from 1; empty lines are passed over.

    Raises:
        CorpusError: If the file cannot be read or a line is not a JSON object.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise CorpusError(f"{path}:{number}: expected a JSON object, found {type(row).__name__}.")
                    yield number, row
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CorpusError(f"{path}: cannot read labelled rows: {error}.") from error
