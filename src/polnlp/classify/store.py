"""A classifier as one file: written with skops, and read back only if it holds but names, numbers and arrays."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import skops.io as skops
from sklearn.linear_model import LogisticRegression

from polnlp.classify.head import Head
from polnlp.errors import ModelError

MODEL_FILE = "model.skops"
FORMAT = 2  # raised when the file's fields or what the rows hold change

# Every type that a model file may name. skops itself would also build any scikit-learn estimator.
_ALLOWED = frozenset({"builtins.dict", "builtins.list", "builtins.str", "builtins.NoneType", "numpy.ndarray"})


def save_classifier(folder: Path, kind: str, head: Head, encoder: str) -> Path:
    """Write a head to ``folder`` and give the file's path.

    Args:
        folder: Made if it is missing.
        kind: ``topic`` or ``stance``.
        head: As it was fitted.
        encoder: Hash of the encoder on whose vectors it was fitted: on another's they mean nothing.
    """
    content = {
        "format": FORMAT,
        "kind": kind,
        "labels": list(head.labels),
        "classes": [str(label) for label in head.classifier.classes_],
        "temperature": float(head.temperature),
        "weights": np.asarray(head.classifier.coef_, dtype=np.float32),
        "intercept": np.asarray(head.classifier.intercept_, dtype=np.float32),
        "encoder": encoder,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_FILE
    skops.dump(content, path, compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    return path


def load_classifier(folder: Path, kind: str, encoder: str) -> Head:
    """Read what ``save_classifier`` wrote.

    Raises:
        ModelError: If the file is missing or damaged, names a type that it must not hold, is another kind of model, or
            was fitted on the vectors of another encoder.
    """
    path = folder / MODEL_FILE
    try:
        refused = find_types(path) - _ALLOWED
        content: dict[str, Any] = {} if refused else skops.load(path, trusted=[])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"{path}: cannot read the {kind} model: {error}. Train it anew or reinstall polnlp."
        ) from error
    if refused:
        raise ModelError(f"{path}: not opened, for it holds what no model needs: {', '.join(sorted(refused))}.")
    if not isinstance(content, dict) or (content.get("kind"), content.get("format")) != (kind, FORMAT):
        raise ModelError(f"{path}: not a {kind} model of format {FORMAT}. Train it anew with this version of polnlp.")
    if content["encoder"] != encoder:
        raise ModelError(f"{path}: fitted on another encoder than the shipped one. Train it anew: polnlp train {kind}.")
    return read_head(content)


def find_types(path: Path) -> frozenset[str]:
    """List the types that a skops file names, without building anything."""
    with zipfile.ZipFile(path) as archive:
        pending: list[Any] = [json.loads(archive.read("schema.json"))]
    found = set()
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if "__class__" in node:
                found.add(f"{node.get('__module__')}.{node['__class__']}")
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return frozenset(found)


def read_head(content: dict[str, Any]) -> Head:
    """Rebuild the head from a model file's content."""
    classifier = LogisticRegression()
    classifier.classes_ = np.array(content["classes"])
    classifier.coef_ = content["weights"]
    classifier.intercept_ = content["intercept"]
    classifier.n_features_in_ = classifier.coef_.shape[1]
    return Head(content["labels"], classifier, content["temperature"])
