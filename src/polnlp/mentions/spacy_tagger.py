"""Names found by a spaCy pipeline: the small names tagger, or any other pipeline.

An own model holds a transition parser for each scheme. It takes one decision a word (begin a name, go on, end, none);
the probability of a name is that of the decisions it is made of, then calibrated on held-out sentences.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from polnlp.errors import ModelError
from polnlp.mentions.engines import RawName, tag_in_windows
from polnlp.mentions.labels import CODEBOOK, Scheme, map_label
from polnlp.mentions.lexicon import Lexicon
from polnlp.mentions.trimming import trim_name
from polnlp.models import find_model
from polnlp.schema import Label

logger = logging.getLogger(__name__)

BATCH = 32  # windows at once
PIPE_OF_SCHEME: dict[Scheme, str] = {"codebook": "ner", "crossner": "ner_crossner"}
CALIBRATION = "calibration.json"
# Another pipeline gives no probabilities: its names get this score.
FOREIGN_SCORE = 0.7

T = TypeVar("T")
Floats = npt.NDArray[np.float32]


class Calibration(msgspec.Struct, frozen=True):
    """Raw probability of a name → share of such names that were right on held-out sentences; linear between."""

    raw: tuple[float, ...] = (0.0, 1.0)
    score: tuple[float, ...] = (0.0, 1.0)

    def apply(self, raw: float) -> float:
        """Calibrate one probability, rounded to 4 digits."""
        return round(float(np.interp(raw, self.raw, self.score)), 4)


class SpacyTagger:
    """Finds names with a spaCy pipeline: one of ours, or any other, its labels mapped to the codebook's."""

    def __init__(self, nlp: Language, *, source: str, pipe: str | None, calibration: Calibration | None = None) -> None:
        """Take a pipeline.

        Args:
            source: What ``Mention.source`` says.
            pipe: The transition parser to read names from, with scores; ``None`` reads ``doc.ents`` of a foreign one.
            calibration: Without it raw probabilities are given.
        """
        self.nlp, self.source, self.pipe = nlp, source, pipe
        self.calibration = calibration or Calibration()
        self._countries = None if pipe else _load_countries()

    @classmethod
    def load(cls, model: str | Path, *, scheme: Scheme = "codebook") -> "SpacyTagger":
        """Open a pipeline: a folder, or an installed package's name.

        Raises:
            ModelError: If it cannot be opened or finds no names in that scheme.
        """
        nlp = load_pipeline(model)
        name = Path(model).name
        pipe = PIPE_OF_SCHEME[scheme]
        labels = set(nlp.get_pipe(pipe).labels) if pipe in nlp.pipe_names else set()  # type: ignore[attr-defined]
        if "polnlp_lexicon" in nlp.pipe_names:
            if not labels or not labels <= set(CODEBOOK):
                raise ModelError(f"{model}: finds no names in the scheme {scheme!r}, only {nlp.pipe_names}.")
            return cls(nlp, source=name, pipe=pipe, calibration=read_calibration(Path(model), scheme))
        found = {label for of_pipe in nlp.pipe_labels.values() for label in of_pipe}
        if not any(map_label(label) for label in found):
            raise ModelError(f"{model}: finds no names; its labels are {', '.join(sorted(found)) or 'none'}.")
        return cls(nlp, source=name, pipe=None)

    def tag(self, texts: Sequence[str]) -> list[list[RawName]]:
        """Find the names of each text, in order; long texts are read in windows that overlap."""
        return tag_in_windows(texts, self._tag_short)

    def _tag_short(self, texts: list[str]) -> list[list[RawName]]:
        if self.pipe is None:
            return [self._names_of_foreign(doc) for doc in self.nlp.pipe(texts, batch_size=BATCH)]
        return [names for batch in batched(texts, BATCH) for names in self._tag_batch(batch, self.pipe)]

    def _names_of_foreign(self, doc: Doc) -> list[RawName]:
        names = []
        for span in doc.ents:
            label = map_label(span.label_)
            place = trim_name(doc.text, span.start_char, span.end_char, label) if label else None
            if label and place:
                country = label == "REGION" and self._is_country(doc.text[slice(*place)])
                names.append(RawName(*place, "COUNTRY" if country else label, FOREIGN_SCORE))
        return names

    def _is_country(self, name: str) -> bool:
        words = [token.text for token in self.nlp.make_doc(name)]
        return self._countries is not None and self._countries.knows(words, "country")

    def _tag_batch(self, texts: list[str], pipe: str) -> list[list[RawName]]:
        docs = [self.nlp.get_pipe("polnlp_lexicon")(self.nlp.make_doc(text)) for text in texts]
        reader: Any = self.nlp.get_pipe("tok2vec")
        reader.set_annotations(docs, reader.predict(docs))
        decisions = parse_greedily(self.nlp.get_pipe(pipe), docs)
        names: dict[str, int] = {name: i for i, name in enumerate(self.nlp.get_pipe(pipe).move_names)}  # type: ignore[attr-defined]
        return [
            [
                RawName(span.start_char, span.end_char, _as_label(span.label_), self._score(span, logs, names))
                for span in doc.ents
            ]
            for doc, logs in zip(docs, decisions, strict=True)
        ]

    def _score(self, span: Span, logs: Floats, names: dict[str, int]) -> float:
        return self.calibration.apply(raw_probability(span, logs, names))


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of ``size``; the last may be shorter."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def load_pipeline(model: str | Path) -> Language:
    """Open a spaCy pipeline."""
    import polnlp.mentions.lexicon  # noqa: F401  registers the component for a source checkout without entry points

    try:
        return spacy.load(model)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelError(f"{model}: cannot open the spaCy pipeline: {error}") from error


def read_calibration(folder: Path, scheme: Scheme) -> Calibration | None:
    """Read a model's calibration for a scheme; ``None`` where it was not calibrated.

    Raises:
        ModelError: If the file is damaged.
    """
    file = folder / CALIBRATION
    if not file.is_file():
        return None
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Calibration]).get(scheme)
    except msgspec.DecodeError as error:
        raise ModelError(f"{file}: {error}. Install polnlp anew, or train again.") from error


def parse_greedily(parser: Any, docs: Sequence[Doc]) -> list[Floats]:
    """Set ``doc.ents`` as the parser itself does, and keep the log probability of every decision.

    spaCy's own loop throws the scores away. What a Doc gets does not depend on the Docs beside it.

    Returns:
        For each Doc an array (n_tokens, n_moves).
    """
    states = parser.moves.init_batch(docs)
    model = parser.model.predict(docs)
    kept: list[list[Floats]] = [[] for _ in docs]
    open_states = [(number, state) for number, state in enumerate(states) if not state.is_final()]
    while open_states:
        scores = model.predict([state for _, state in open_states])
        logs = _log_softmax(scores)
        for (number, _), row in zip(open_states, logs, strict=True):
            kept[number].append(row)
        parser.transition_states([state for _, state in open_states], scores)
        open_states = [(number, state) for number, state in open_states if not state.is_final()]
    parser.set_annotations(docs, states)
    empty = np.zeros((0, parser.moves.n_moves), dtype=np.float32)
    return [np.stack(rows) if rows else empty for rows in kept]


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float32)


def raw_probability(span: Span, logs: Floats, moves: dict[str, int]) -> float:
    """Give the probability of the decisions that make up a name: begin, go on, end (or the one that is both)."""
    last = span.end - span.start - 1
    total = 0.0
    for place in range(last + 1):
        move = "U" if last == 0 else "B" if place == 0 else "L" if place == last else "I"
        total += float(logs[span.start + place, moves[f"{move}-{span.label_}"]])
    return float(np.exp(total))


def _as_label(label: str) -> Label:
    return CODEBOOK[label]


def _load_countries() -> Lexicon | None:
    """Open the shipped list of names, which tells a foreign pipeline's countries from its other places."""
    try:
        return Lexicon.load(find_model("names-cnn") / "polnlp_lexicon" / "names.npz")
    except ModelError:
        logger.warning("No list of countries: places of a foreign pipeline are all labelled REGION.")
        return None
