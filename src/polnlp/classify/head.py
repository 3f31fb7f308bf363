"""From rows of features to calibrated probabilities, and from these to a label or none: one head for every scheme."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

Matrix = npt.NDArray[np.float64]
Rows = npt.NDArray[np.floating]


class Head:
    """A linear classifier whose probabilities are softened by one temperature.

    Attributes:
        labels: In the order of the probabilities' columns. A label that the classifier never met gets 0.
        classifier: scikit-learn's, fitted.
        temperature: Divides the decision values; above 1 it makes the probabilities less sure.
        scheme: Name of the labels' scheme; empty for those of the codebook.

    References:
        Guo et al. (2017). On calibration of modern neural networks. ICML.
    """

    def __init__(
        self, labels: Sequence[str], classifier: LogisticRegression, temperature: float = 1.0, scheme: str = ""
    ) -> None:
        self.labels = tuple(labels)
        self.classifier = classifier
        self.temperature = temperature
        self.scheme = scheme

    def predict(self, rows: Rows) -> Matrix:
        """Give probabilities of shape ``(n_rows, n_labels)``; each row adds up to 1, whatever the others are."""
        probabilities = np.zeros((len(rows), len(self.labels)))
        if len(rows):
            columns = [self.labels.index(label) for label in self.classifier.classes_]
            probabilities[:, columns] = soften(decide(self.classifier, rows), self.temperature)
        return probabilities


def decide(classifier: LogisticRegression, rows: Rows) -> Matrix:
    """Give one decision value per row and class, for two classes as well (where scikit-learn gives one per row)."""
    # Row by row: a product of many rows at once may round one otherwise than the product of that row alone.
    weights, intercept = classifier.coef_.astype(np.float64), classifier.intercept_.astype(np.float64)
    values = np.stack([weights @ row.astype(np.float64) + intercept for row in rows])
    return np.concatenate([-values / 2, values / 2], axis=1) if values.shape[1] == 1 else values


def soften(values: Matrix, temperature: float) -> Matrix:
    """Give the softmax of decision values over a temperature, row by row."""
    scaled = values / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def fit_temperature(
    values: Matrix, labels: npt.NDArray[np.int_], weights: Matrix | None = None, *, doubt: float = 0.0
) -> float:
    """Give the temperature, from 0.25 to 4, under which held-out labels are likeliest.

    Args:
        values: Decision values of rows that the classifier was not fitted on, shape ``(n_rows, n_classes)``.
        labels: Column of each row's true class.
        weights: Weight of each row; all alike without it.
        doubt: Share of each row's truth that is spread over all classes: few rows without an error are no certainty.
    """
    grid = np.geomspace(0.25, 4, 161)
    rows = np.arange(len(labels))

    def loss(temperature: float) -> float:
        likelihood = np.log(soften(values, temperature) + 1e-12)
        doubted = (1 - doubt) * likelihood[rows, labels] + doubt * likelihood.mean(axis=1)
        return -float(np.average(doubted, weights=weights))

    return float(min(grid, key=loss))


def best_labels(labels: Sequence[str], probabilities: npt.NDArray[np.float64]) -> list[tuple[str, float]]:
    """Order labels by probability, the likeliest first; of equals the earlier label goes first."""
    order = np.argsort(-probabilities, kind="stable")
    return [(labels[index], round(float(probabilities[index]), 4)) for index in order]
