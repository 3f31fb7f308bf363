"""What finds names in bare texts, whatever it is made of: the small CNN, the encoder, or any spaCy pipeline.

An engine knows nothing of articles. It is given texts of any length and gives, for each, names that do not overlap.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from polnlp.errors import ModelError
from polnlp.mentions.labels import Scheme
from polnlp.models import find_model, list_models
from polnlp.schema import Label

WINDOW = 5_000  # characters read at a time
OVERLAP = 500  # characters that two windows share; a name longer than half of it may be cut
_SPACE = re.compile(r"\s")


class RawName(NamedTuple):
    """A name in a text: code points, ``score`` the probability that span and label are right."""

    start: int
    end: int
    label: Label
    score: float


class NameTagger(Protocol):
    """An engine."""

    @property
    def source(self) -> str:
        """What ``Mention.source`` says of its names."""

    def tag(self, texts: Sequence[str]) -> list[list[RawName]]:
        """Find the names of each text, in order, without overlaps; the neighbours of a text do not matter."""


@cache
def load_tagger(model: str, *, scheme: Scheme = "codebook") -> NameTagger:
    """Open an engine, once for each model and scheme.

    Args:
        model: A shipped model's name, a model's folder, or the name of an installed spaCy pipeline.
        scheme: Whose conventions to mark by; spaCy pipelines of others know only their own.

    Raises:
        ModelError: If there is no such model, or it was not made for names in that scheme.
    """
    if not Path(model).is_dir() and model not in list_models() and _is_installed(model):
        return _load_spacy(model, None, scheme)
    try:
        folder = find_model(model)
    except ModelError as error:
        raise ModelError(f"{error} No installed spaCy pipeline has that name either.") from error
    if (folder / "config.cfg").is_file():
        return _load_spacy(model, folder, scheme)
    if any(folder.glob("*.onnx")):
        return _load_encoder(folder, scheme)
    raise ModelError(f"{folder}: not a names model: neither a spaCy pipeline (config.cfg) nor an encoder (*.onnx).")


def _is_installed(model: str) -> bool:
    return model.isidentifier() and find_spec(model) is not None


# Imported here, so that `find_dates` alone needs neither spaCy nor ONNX Runtime.
def _load_spacy(model: str, folder: Path | None, scheme: Scheme) -> NameTagger:
    from polnlp.mentions.spacy_tagger import SpacyTagger

    return SpacyTagger.load(folder or model, scheme=scheme)


def _load_encoder(folder: Path, scheme: Scheme) -> NameTagger:
    from polnlp.encoder import load_reader
    from polnlp.mentions.encoder_tagger import EncoderTagger

    try:
        return cast(NameTagger, EncoderTagger(load_reader(folder), scheme))
    except ValueError as error:
        raise ModelError(f"{folder}: {error}.") from error


class Window(NamedTuple):
    """A stretch of text that is read at once; names that start from ``first`` on and before ``last`` are its own."""

    start: int
    end: int
    first: int
    last: int


def cut_windows(text: str, *, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """Cut a text into windows that overlap, at white space where there is some; a short text is one window."""
    if len(text) <= size:
        return [Window(0, len(text), 0, len(text))]
    windows, start, first = [], 0, 0
    while start + size < len(text):
        end = _break_before(text, start + size, start + size - overlap // 4)
        middle = _break_before(text, end - overlap // 2, end - overlap)
        windows.append(Window(start, end, first, middle))
        start, first = _break_before(text, end - overlap, end - overlap - overlap // 4), middle
    windows.append(Window(start, len(text), first, len(text)))
    return windows


def _break_before(text: str, position: int, lowest: int) -> int:
    """Give the place after the last white space between ``lowest`` and ``position``, else ``position``."""
    for place in range(position, lowest, -1):
        if _SPACE.match(text[place - 1]):
            return place
    return position


def tag_in_windows(texts: Sequence[str], tag: Callable[[list[str]], list[list[RawName]]]) -> list[list[RawName]]:
    """Tag texts of any length with a function that wants short ones; time grows with the length alone.

    A name belongs to the window in whose own stretch it starts, so that each is found once and seen with words on both
    sides.
    """
    places = [(number, window) for number, text in enumerate(texts) for window in cut_windows(text)]
    names = tag([texts[number][window.start : window.end] for number, window in places])
    found: list[list[RawName]] = [[] for _ in texts]
    for (number, window), of_window in zip(places, names, strict=True):
        for name in of_window:
            start, end = name.start + window.start, name.end + window.start
            held = found[number][-1].end if found[number] else 0
            if window.first <= start < window.last and start >= held:
                found[number].append(RawName(start, end, name.label, name.score))
    return found
