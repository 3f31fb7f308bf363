"""Where models are: inside the installed package, or in ``models/`` of a source checkout."""

import hashlib
from functools import cache
from pathlib import Path

from polnlp.errors import ModelError

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "models_data", _PACKAGE.parent.parent / "models")


def find_model(name: str | Path) -> Path:
    """Give the folder of a model: a path as it is, else by its name among the shipped ones.

    Raises:
        ModelError: If there is none of that name.
    """
    if Path(name).is_dir():
        return Path(name)
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    shipped = ", ".join(sorted(list_models())) or "none"
    raise ModelError(
        f"No model {str(name)!r}: neither a folder nor one of the shipped models ({shipped}). Check how it is written."
    )


def list_models() -> dict[str, Path]:
    """Give the shipped models: name to folder."""
    for place in _PLACES:
        if place.is_dir():
            return {folder.name: folder for folder in sorted(place.iterdir()) if folder.is_dir()}
    return {}


@cache
def hash_model(folder: Path) -> str:
    """Give one sha256 over the names and bytes of all files in a model's folder, its card apart."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(bytes.fromhex(hash_file(file)))
    return digest.hexdigest()


@cache
def hash_file(path: Path) -> str:
    """Give the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_licence(folder: Path) -> str:
    """Give the licence that a model's card states in its line ``Licence: ...``."""
    card = folder / "CARD.md"
    for line in card.read_text(encoding="utf-8").splitlines() if card.is_file() else ():
        name, _, value = line.strip("*- ").partition(":")
        if name.strip("* ").lower() in {"licence", "license"} and value.strip("* "):
            return value.partition(";")[0].strip("* ").rstrip(".")
    return "see its card"
