"""Scores that mean what they say: raw probabilities of held-out names against how often they were right."""

from collections.abc import Sequence

import numpy as np
from sklearn.isotonic import IsotonicRegression

from polnlp.encoder.tags import decode_tags, tag_spans
from polnlp.encoder.tokens import Tokens
from polnlp.mentions.encoder_tagger import span_probabilities
from polnlp.training.encoder.data import Example
from polnlp.training.encoder.reading import Soft, spans_of

_KNOTS = 41


def judged_spans(
    examples: Sequence[Example], read: Sequence[tuple[Tokens, Soft]], scheme: str, labels: Sequence[str]
) -> list[tuple[float, bool]]:
    """Give each found name's raw probability and whether span and label are right."""
    judged = []
    for example, (tokens, logits) in zip(examples, read, strict=True):
        tags = decode_tags(logits)
        raw = span_probabilities(logits, tags, tag_spans(tags))
        gold = set(example.marked[scheme])
        found = spans_of(tokens, logits, labels)
        judged += [(float(p), span in gold) for p, span in zip(raw, found, strict=True)]
    return judged


def fit_calibration(judged: Sequence[tuple[float, bool]]) -> dict[str, list[float]]:
    """Fit a rising curve, kept as knots between which scores are interpolated.

    References:
        Zadrozny & Elkan (2002). Transforming classifier scores into accurate multiclass probability estimates. KDD.
    """
    raw, right = np.array(sorted((p, float(is_right)) for p, is_right in judged)).T
    curve = IsotonicRegression(y_min=0.02, y_max=0.99, out_of_bounds="clip").fit(raw, right).predict(raw)
    # The curve's own steps are as fine as single names; means over parts of equal size are not.
    parts = [part for part in np.array_split(np.arange(len(raw)), _KNOTS) if len(part)]
    knots = {round(float(raw[part].mean()), 4): round(float(curve[part].mean()), 4) for part in parts}
    return {"raw": list(knots), "score": list(knots.values())}


def calibration_error(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> float:
    """Give the expected calibration error over bins of equal size, in [0, 1]; 0 for nothing judged.

    References:
        Naeini, Cooper & Hauskrecht (2015). Obtaining well calibrated probabilities using Bayesian binning. AAAI.
    """
    if not judged:
        return 0.0
    # By the score alone: among equals a sort by outcome too would fill bins with one outcome.
    ordered = np.array(sorted(((p, float(right)) for p, right in judged), key=lambda pair: pair[0]))
    gaps = [
        len(part) * abs(part[:, 0].mean() - part[:, 1].mean()) for part in np.array_split(ordered, bins) if len(part)
    ]
    return float(sum(gaps) / len(ordered))
