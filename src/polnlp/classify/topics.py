"""Paragraph → Topic."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

from polnlp.classify.head import Head, best_labels
from polnlp.classify.store import load_classifier, save_classifier
from polnlp.config import TopicConfig
from polnlp.encoder import WIDTH, SharedReader, default_reader, mean_vector
from polnlp.mentions.parts import read_part
from polnlp.models import find_model
from polnlp.schema import CONTENT_ZONES, Paragraph, Topic

_BATCH = 64  # texts scored together; the answers do not depend on it

T = TypeVar("T")


class Classified(NamedTuple, Generic[T]):
    """What a classifier reports, and how many items it left out because it was not sure."""

    items: tuple[T, ...]
    left_out: int


class TopicModel:
    """Tells what texts are about, with calibrated probabilities, from the mean of the encoder's vectors.

    Attributes:
        labels: In the order of the probabilities' columns; for the shipped model ``schema.TOPICS``.
    """

    def __init__(self, head: Head, reader: SharedReader | None = None) -> None:
        self.head = head
        self.labels = head.labels
        self.reader = reader or default_reader()

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Open a model's folder; without one the shipped model.

        Raises:
            ModelError: If there is none, or it is damaged or of another kind.
        """
        reader = default_reader()
        return cls(load_classifier(path or find_model(TopicConfig().model), "topic", reader.fingerprint), reader)

    def save(self, folder: Path) -> Path:
        """Write the model to a folder and give the file's path."""
        return save_classifier(folder, "topic", self.head, self.reader.fingerprint)

    def predict(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Give probabilities of shape ``(n_texts, n_labels)``; each text is judged by itself."""
        return self.head.predict(describe_texts(texts, self.reader))


def describe_texts(texts: Iterable[str], reader: SharedReader) -> npt.NDArray[np.float32]:
    """Give what a topic is told by: each text's mean vector, ``(n_texts, 384)``."""
    return stack_rows([mean_vector(reading) for reading in reader.read(texts)], WIDTH)


def stack_rows(rows: Sequence[npt.NDArray[np.float32]], width: int) -> npt.NDArray[np.float32]:
    """Give rows as one array, ``(0, width)`` for none."""
    return np.stack(rows) if rows else np.zeros((0, width), np.float32)


def classify_topics(
    text: str,
    paragraphs: Sequence[Paragraph],
    model: TopicModel,
    config: TopicConfig = TopicConfig(),  # noqa: B008
) -> Classified[Topic]:
    """Give each content paragraph its topic; left out are those whose best label is below the threshold.

    Stubs are blanked first. A paragraph without a word gets no topic and is not counted.
    """
    content = [paragraph for paragraph in paragraphs if paragraph.zone in CONTENT_ZONES]
    read = [(paragraph.index, read_part(text, paragraph, paragraphs).text) for paragraph in content]
    worded = [(index, masked) for index, masked in read if any(map(str.isalpha, masked))]
    probabilities = model.predict([masked for _, masked in worded])
    topics = [
        make_topic(model.labels, row, config, paragraph=index)
        for (index, _), row in zip(worded, probabilities, strict=True)
    ]
    sure = tuple(topic for topic in topics if topic.score >= config.threshold)
    return Classified(sure, len(topics) - len(sure))


def classify_texts(texts: Iterable[str], model: TopicModel, config: TopicConfig = TopicConfig()) -> Iterator[Topic]:  # noqa: B008
    """Give each text its topic, in order and whatever the score; the texts may be endless."""
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            yield from (make_topic(model.labels, row, config) for row in model.predict(batch))
            batch = []
    yield from (make_topic(model.labels, row, config) for row in model.predict(batch))


def make_topic(
    labels: Sequence[str], probabilities: npt.NDArray[np.float64], config: TopicConfig, *, paragraph: int = 0
) -> Topic:
    """Make a record of one row of probabilities; a second topic needs ``config.second`` and is never "None"."""
    ranked = best_labels(labels, probabilities)
    (label, score), (runner_up, its_score) = ranked[0], ranked[1]
    second = runner_up if its_score >= config.second and "None" not in (label, runner_up) else None
    kept = {name: value for name, value in ranked if value >= 0.01}
    return Topic(paragraph=paragraph, label=label, score=score, second=second, probabilities=kept)
