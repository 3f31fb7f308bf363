"""How ``models/stance`` is made: read texts with a target, fit the head, calibrate it, report, write.

``python -m polnlp.training.stance --data DIR --output models/stance`` makes the shipped model from the data folder;
with ``--data my.jsonl`` it fits rows of one's own: ``{"text", "target", "target_start", "target_end", "label"}``.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from polnlp.classify.stances import StanceModel, describe_targets, find_surface
from polnlp.encoder import default_reader
from polnlp.errors import CorpusError
from polnlp.schema import STANCE_LABELS, Record
from polnlp.training.annotated import read_annotated
from polnlp.training.command import run_training
from polnlp.training.heads import fit_head, fit_out_of_fold, is_hidden, measure, measure_labels
from polnlp.training.judged import read_own_judged
from polnlp.training.labelled import check_fields, drop_repeats, find_group, find_label, read_rows

logger = logging.getLogger(__name__)

MIN_TARGETS = 20
STRENGTH = 0.001  # inverse regularisation (scikit-learn's C), chosen on the dev parts
_TRAIN = "stance/newsmtsc_train.jsonl"
_DEV = {"newsmtsc_rw": "stance/newsmtsc_dev_rw.jsonl", "newsmtsc_mt": "stance/newsmtsc_dev_mt.jsonl"}
_ARTICLES = "gold/paragraphs.jsonl"


class Example(Record, frozen=True, kw_only=True):
    """A text, its target's mentions and the attitude toward it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    label: str
    source: str = "own"
    group: str = ""
    weight: float = 1.0


def train_stance(data: Path, output: Path) -> dict[str, dict[str, Any]]:
    """Fit a stance model, report it on texts that it has not learnt from, and write it.

    The shipped model is fitted on what its encoder has learnt from, and calibrated and reported on what it has not
    (NewsMTSC's dev files, some articles). A model of one's own is fitted on everything, and calibrated and reported
    out of fold: each row is judged by a model that saw no row of its article (what stands before ``#`` in its ``id``).

    Args:
        data: polnlp's data folder, or a file of one's own.
        output: The model's folder.

    Returns:
        Source (``own`` for a file) → measure → value: ``accuracy``, ``macro_f1``, ``ece``, ``n``. For a file also
        ``labels``, ``surest`` and ``left_out``, as ``train_topic`` gives them.

    Raises:
        CorpusError: If the data are missing, malformed, fewer than 20 targets, or of a label that is no stance.
    """
    if data.is_dir():
        examples = list(read_examples(data))
        hidden = [is_hidden(example.source, example.group) for example in examples]
        model = fit_stance(examples, hidden=hidden)
        report = evaluate_stance(model, [example for example, out in zip(examples, hidden, strict=True) if out])
    else:
        model, report = train_own(data)
    model.save(output)
    (output / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return report


def train_own(data: Path) -> tuple[StanceModel, dict[str, dict[str, Any]]]:
    """Fit a model on a file of one's own, and report it out of fold."""
    examples, left_out = read_own_examples(data)
    check_examples(examples, data, left_out)
    reader = default_reader()
    truths = [example.label for example in examples]
    head, probabilities = fit_out_of_fold(
        describe_targets([(example.text, example.spans) for example in examples], reader),
        truths,
        STANCE_LABELS,
        groups=[example.group for example in examples],
        weights=weigh_examples(examples),
    )
    report = measure_labels(STANCE_LABELS, probabilities, truths, [{truth} for truth in truths])
    return StanceModel(head, reader), report | ({"left_out": dict(left_out)} if left_out else {})


def fit_stance(examples: Sequence[Example], *, hidden: Sequence[bool]) -> StanceModel:
    """Fit head and temperature on the encoder's vectors; ``hidden`` ones are for the temperature alone."""
    reader = default_reader()
    head = fit_head(
        describe_targets([(example.text, example.spans) for example in examples], reader),
        [example.label for example in examples],
        STANCE_LABELS,
        weights=weigh_examples(examples),
        strength=STRENGTH,
        held=np.array(hidden),
    )
    return StanceModel(head, reader)


def weigh_examples(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Weigh each example so that the three labels count alike."""
    counts = Counter(example.label for example in examples)
    mean = len(examples) / len(counts)
    return np.array([example.weight * mean / counts[example.label] for example in examples])


def evaluate_stance(model: StanceModel, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Measure a model on each source of the examples."""
    report = {}
    for source in sorted({example.source for example in examples}):
        part = [example for example in examples if example.source == source]
        probabilities = model.predict_mentions([(example.text, example.spans) for example in part])
        report[source] = measure(model.labels, probabilities, [example.label for example in part])
        logger.info("%s: %s", source, report[source])
    return report


def read_examples(data: Path) -> Iterator[Example]:
    """Read the sources of the data folder.

    Raises:
        CorpusError: If a file cannot be read or a row lacks what it needs; the message names file and line.
    """
    for source, path in {"newsmtsc": _TRAIN, **_DEV}.items():
        yield from (make_example(row, source, data / path, number) for number, row in read_rows(data / path))
    for number, row in read_rows(data / _ARTICLES):
        for stance in row["stances"]:
            example = make_example(
                {**stance, "id": row["id"], "text": row["text"]}, "articles", data / _ARTICLES, number
            )
            start, end = example.spans[0]
            mentions = find_surface(example.text, example.text[start:end])
            yield msgspec.structs.replace(example, spans=tuple(mentions))
    for paragraph in read_annotated(data):
        for target in paragraph.stances:
            yield Example(
                text=paragraph.text,
                spans=target.spans,
                label=target.label,
                source="annotated",
                group=f"articles:{paragraph.article}",
            )
    for item in read_own_judged():
        for target in item.stances:
            yield Example(text=item.text, spans=target.spans, label=target.label, source="judged", group=item.text)


def read_own_examples(data: Path) -> tuple[list[Example], Counter[str]]:
    """Read a file of one's own, and count the rows that were left out, by reason.

    Raises:
        CorpusError: If it cannot be read, or a row lacks what it needs; the message names file and line.
    """
    rows = list(read_rows(data))
    table = [row for _, row in rows]
    for field in ("text", "label"):
        check_fields(table, (field,), f"Call the {field}'s field '{field}'.", data)
    labels = [find_label(row, ("label",), f"{data}:{number}") for number, row in rows]
    examples = [
        make_example(row | {"label": label}, "own", data, number)
        for (number, row), label in zip(rows, labels, strict=True)
        if label is not None
    ]
    kept, left_out = drop_repeats(examples, key=lambda example: (example.text, example.spans))
    return kept, left_out + Counter(unlabelled=labels.count(None))


def make_example(row: dict[str, Any], source: str, path: Path, number: int) -> Example:
    """Make an example of a row; rows of one article share its group."""
    text, start, end = row.get("text"), _as_offset(row.get("target_start")), _as_offset(row.get("target_end"))
    if not isinstance(text, str) or start is None or end is None:
        raise CorpusError(f"{path}:{number}: expected a row with 'text', 'target_start' and 'target_end'.")
    if not 0 <= start < end <= len(text):
        raise CorpusError(f"{path}:{number}: the target's offsets {start} to {end} are outside the text.")
    if row.get("label") not in STANCE_LABELS:
        raise CorpusError(f"{path}:{number}: label {row.get('label')!r} is none of {', '.join(STANCE_LABELS)}.")
    group = f"{source}:{find_group(row, number)}"
    return Example(text=text, spans=((start, end),), label=row["label"], source=source, group=group)


def _as_offset(value: Any) -> int | None:
    """Read a whole number, which a table of text holds as digits."""
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else None


def check_examples(examples: Sequence[Example], data: Path, left_out: Mapping[str, int]) -> None:
    """Refuse what no model can be fitted on."""
    counts = Counter(example.label for example in examples)
    if len(examples) < MIN_TARGETS or len(counts) < 2:
        told = "".join(f", {count} more {reason}" for reason, count in left_out.items())
        found = f"{len(examples)} judged targets of {len(counts)} {'label' if len(counts) == 1 else 'labels'}{told}"
        raise CorpusError(
            f"{data}: {found}; a stance model needs at least {MIN_TARGETS} targets of 2 labels. Judge more."
        )


if __name__ == "__main__":
    run_training(train_stance, description="Train a stance model.", output="folder of the model")
