"""How far two annotators agree on nominal labels, beyond chance."""

from collections.abc import Sequence

import numpy as np

from polnlp.evaluation.scores import Floats


def coincidences(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> Floats:
    """Count pairs of labels as a matrix of shape ``(n_labels, n_labels)``, the first annotator's in rows."""
    place = {label: index for index, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)))
    for first, second in pairs:
        counts[place[first], place[second]] += 1
    return counts


def cohen_kappa(counts: Floats) -> float:
    """Give Cohen's kappa; ``nan`` where both used one label only, which leaves nothing to correct for.

    Examples:
        >>> cohen_kappa(np.array([[20.0, 5.0], [10.0, 15.0]]))
        0.4

    References:
        Cohen (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1).
    """
    total = counts.sum()
    observed = np.trace(counts) / total if total else np.nan
    expected = counts.sum(axis=0) @ counts.sum(axis=1) / total**2 if total else np.nan
    return float(round((observed - expected) / (1 - expected), 4)) if expected < 1 else float("nan")


def krippendorff_alpha(counts: Floats) -> float:
    """Give Krippendorff's alpha for two annotators, nominal labels, nothing missing; ``nan`` where one label is all.

    Examples:
        >>> krippendorff_alpha(np.array([[2.0, 0.0], [0.0, 0.0]]))
        nan

    References:
        Krippendorff (2019). Content analysis: an introduction to its methodology, 4th edition. Sage, chapter 12.
    """
    both = counts + counts.T
    values = both.sum()
    of_label = both.sum(axis=0)
    expected = values**2 - (of_label**2).sum()
    if not expected:
        return float("nan")
    return float(round(1 - (values - 1) * (values - np.trace(both)) / expected, 4))
