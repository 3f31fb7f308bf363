"""A classifier as one file: written with skops, and read back only if it holds but names, numbers and arrays.

Reading does without skops: to list the types that it trusts it imports all of scikit-learn, and with that pandas and
torch where they are installed.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from polnlp.classify.head import Head
from polnlp.errors import ModelError

MODEL_FILE = "model.skops"
_SCHEMA = "schema.json"  # the member of a skops file that says what it holds
FORMAT = 2  # raised when the file's fields or what the rows hold change

# Every type that a model file may name; anything else is refused before anything is built.
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
        "scheme": head.scheme,
    }
    import skops.io as skops  # for training alone

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
        content: dict[str, Any] = {} if refused else read_content(path)
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


def read_scheme(folder: Path) -> str:
    """Give the name of the scheme of a model's labels, without reading its numbers; empty for those of the codebook.

    Raises:
        ModelError: If the file is missing or damaged.
    """
    path = folder / MODEL_FILE
    try:
        with zipfile.ZipFile(path) as archive:
            node = json.loads(archive.read(_SCHEMA))["content"].get("scheme")
            return str(_build(node, archive)) if node else ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: cannot read the model: {error}. Train it anew or reinstall polnlp.") from error


def find_types(path: Path) -> frozenset[str]:
    """List the types that a skops file names, without building anything."""
    with zipfile.ZipFile(path) as archive:
        pending: list[Any] = [json.loads(archive.read(_SCHEMA))]
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


def read_content(path: Path) -> Any:
    """Read a skops file that holds but dictionaries, lists, JSON values and arrays.

    Raises:
        ValueError: If it holds anything else.
    """
    with zipfile.ZipFile(path) as archive:
        return _build(json.loads(archive.read(_SCHEMA)), archive)


def _build(node: Any, archive: zipfile.ZipFile) -> Any:
    match node:
        case {"__loader__": "DictNode", "content": dict(content)}:
            return {key: _build(value, archive) for key, value in content.items()}
        case {"__loader__": "ListNode", "content": list(items)}:
            return [_build(item, archive) for item in items]
        case {"__loader__": "JsonNode", "content": str(text)}:
            return json.loads(text)
        case {"__loader__": "NdArrayNode", "type": "numpy", "file": str(name)}:
            return np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
    raise ValueError("it holds what is neither a name, a number nor an array")


def read_head(content: dict[str, Any]) -> Head:
    """Rebuild the head from a model file's content."""
    classifier = LogisticRegression()
    classifier.classes_ = np.array(content["classes"])
    classifier.coef_ = content["weights"]
    classifier.intercept_ = content["intercept"]
    classifier.n_features_in_ = classifier.coef_.shape[1]
    return Head(content["labels"], classifier, content["temperature"], content.get("scheme", ""))
