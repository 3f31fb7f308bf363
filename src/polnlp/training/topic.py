"""How ``models/topic`` is made: read labelled texts, fit the head, calibrate it, report, write.

``python -m polnlp.training.topic --data DIR --output models/topic`` makes the shipped model from the data folder;
with ``--data my.jsonl`` it fits a scheme of one's own from rows ``{"text", "label"}``.
"""

import argparse
import json
import logging
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from polnlp.classify.topics import TopicModel, describe_texts
from polnlp.encoder import default_reader
from polnlp.errors import CorpusError
from polnlp.schema import TOPICS, Record
from polnlp.training.annotated import read_annotated
from polnlp.training.heads import count_unlabelled, fit_head, is_held_out, is_hidden, is_labelled, measure, read_rows
from polnlp.training.judged import read_own_judged

logger = logging.getLogger(__name__)

MIN_TEXTS = 20
JUDGED_WEIGHT = 2.0  # of each own paragraph in the fit, as of the other paragraphs by the codebook
_OWN_TEXTS = Path(__file__).with_name("own_texts.tsv")
STRENGTH = 0.03  # inverse regularisation (scikit-learn's C), chosen on the dev parts

# The Comparative Agendas Project's codes that the codebook folds into others.
FOLDED = {
    "Other": "None",
    "Arts and Entertainment": "Culture",
    "State and Local Government Administration": "Government Operations",
    "Weather and Natural Disasters": "None",
    "Fires": "None",
    "Sports and Recreation": "None",
    "Death Notices": "None",
    "Churches and Religion": "None",
}


class Source(Record, frozen=True, kw_only=True):
    """A file of labelled texts.

    Attributes:
        name: As in the card.
        path: Within the data folder.
        group: Field whose values stay together in train or dev: a speech, an article.
        weight: Of each row in the fit.
    """

    name: str
    path: str
    group: str
    weight: float = 1.0


SOURCES = (
    Source(name="articles", path="gold/paragraphs.jsonl", group="article", weight=2.0),
    Source(name="sotu", path="topic/cap_sotu_train.jsonl.gz", group="doc_id"),
    Source(name="headlines", path="topic/cap_nyt_headlines_train.jsonl", group="id"),
    Source(name="own", path="", group="text"),
    Source(name="bills", path="topic/cap_us_bill_titles_train.jsonl", group="id"),
)


class Example(Record, frozen=True, kw_only=True):
    """A text with its topic, and a second topic that is also right, if there is one."""

    text: str
    label: str
    second: str | None = None
    source: str = "own"
    group: str = ""
    weight: float = 1.0


def train_topic(data: Path, output: Path, *, dev_share: float = 0.2) -> dict[str, dict[str, float]]:
    """Fit a topic model, report it on a held-out part, and write it.

    The shipped model is fitted on what its encoder has learnt from, and calibrated and reported on what it has not.
    A model of one's own is reported without the held-out part, and written fitted on everything.

    Args:
        data: polnlp's data folder, or a ``.jsonl`` file of one's own with ``text`` and ``label``.
        output: The model's folder.
        dev_share: Share of one's own texts that the report's figures are from.

    Returns:
        Source → measure → value, on the held-out part: ``accuracy``, ``accuracy_2`` (first or second topic),
        ``macro_f1``, ``ece``, ``n``; ``left_out``, if rows had no label: how many.

    Raises:
        CorpusError: If the data are missing, malformed, fewer than 20 texts, or of fewer than two labels.
    """
    examples = list(read_examples(data))
    check_examples(examples, data)
    shipped = data.is_dir()
    labels = TOPICS if shipped else tuple(sorted({example.label for example in examples}))
    hidden = [is_hidden(e.source, e.group) if shipped else is_held_out(e.group, dev_share) for e in examples]
    dev = [example for example, out in zip(examples, hidden, strict=True) if out]
    train = [example for example, out in zip(examples, hidden, strict=True) if not out]
    model = fit_topic(examples, labels, hidden=hidden) if shipped else fit_topic(examples, labels)
    judged = model if shipped else fit_topic(train, labels) if dev and len({e.label for e in train}) > 1 else None
    report = (evaluate_topic(judged, dev) if judged else {}) | count_unlabelled(data)
    model.save(output)
    (output / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return report


def fit_topic(
    examples: Sequence[Example], labels: Sequence[str], *, hidden: Sequence[bool] | None = None
) -> TopicModel:
    """Fit head and temperature on the encoder's vectors; ``hidden`` ones are for the temperature alone."""
    reader = default_reader()
    head = fit_head(
        describe_texts([example.text for example in examples], reader),
        [example.label for example in examples],
        labels,
        groups=[example.group for example in examples],
        weights=np.array([example.weight for example in examples]),
        strength=STRENGTH,
        held=None if hidden is None else np.array(hidden),
    )
    return TopicModel(head, reader)


def evaluate_topic(model: TopicModel, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Measure a model on each source of the examples."""
    report = {}
    for source in sorted({example.source for example in examples}):
        part = [example for example in examples if example.source == source]
        probabilities = model.predict([example.text for example in part])
        truths = [{example.label, example.second or example.label} for example in part]
        report[source] = measure(model.labels, probabilities, [example.label for example in part], truths)
        logger.info("%s: %s", source, report[source])
    return report


def read_examples(data: Path) -> Iterator[Example]:
    """Read the sources of a data folder, or a file of one's own, there without the rows that have no label.

    Raises:
        CorpusError: If a file cannot be read, or a row lacks its text; the message names file and line.
    """
    if not data.is_dir():
        own = Source(name="own", path="", group="id")
        yield from (make_example(row, own, data, number) for number, row in read_rows(data) if is_labelled(row))
        return
    for source in SOURCES:
        path = data / source.path if source.path else _OWN_TEXTS
        for number, row in read_rows(path) if source.path else read_own_texts():
            yield make_example(row, source, path, number)
    for paragraph in read_annotated(data):
        yield Example(
            text=paragraph.text,
            label=paragraph.topic,
            second=paragraph.second,
            source="annotated",
            group=f"articles:{paragraph.article}",
            weight=JUDGED_WEIGHT,
        )
    for item in read_own_judged():
        yield Example(
            text=item.text, label=item.topic, second=item.second, source="judged", group=item.text, weight=JUDGED_WEIGHT
        )


def read_own_texts() -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the texts written for polnlp, of kinds that the other sources lack: datelines, captions, party politics."""
    for number, line in enumerate(_OWN_TEXTS.read_text(encoding="utf-8").splitlines(), 1):
        label, text = line.split("\t")
        yield number, {"label": label, "text": text}


def make_example(row: dict[str, Any], source: Source, path: Path, number: int) -> Example:
    """Make an example of a row; ours names its label ``topic``, and its article stands in its id."""
    label = row.get("label", row.get("topic"))
    text = row.get("text")
    if not isinstance(text, str) or not isinstance(label, str) or not text.strip() or not label.strip():
        raise CorpusError(f"{path}:{number}: expected a row with a non-empty 'text' and 'label'.")
    group = row.get(source.group) or str(row.get("id", number)).split("#")[0]
    return Example(
        text=text,
        label=FOLDED.get(label, label) if source.name != "own" else label,
        second=row.get("topic2"),
        source=source.name,
        group=f"{source.name}:{group}",
        weight=source.weight,
    )


def check_examples(examples: Sequence[Example], data: Path) -> None:
    """Refuse what no model can be fitted on."""
    counts = Counter(example.label for example in examples)
    if len(examples) < MIN_TEXTS or len(counts) < 2:
        found = f"{len(examples)} labelled texts of {len(counts)} labels"
        raise CorpusError(f"{data}: {found}; a topic model needs at least {MIN_TEXTS} texts of 2 labels.")


def main() -> None:
    """Make a model from the command line."""
    parser = argparse.ArgumentParser(description="Train a topic model.")
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"), help="data folder or JSONL file")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data or set POLNLP_DATA")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train_topic(Path(arguments.data), arguments.output)


if __name__ == "__main__":
    main()
