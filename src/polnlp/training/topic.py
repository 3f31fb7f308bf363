"""How ``models/topic`` is made: read labelled texts, fit the head, calibrate it, report, write.

``python -m polnlp.training.topic --data DIR --output models/topic`` makes the shipped model from the data folder;
with ``--data my.jsonl`` it fits a scheme of one's own from rows ``{"text", "label"}``, which need not be topics of the
codebook: the Manifesto Project's codes, say.
"""

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from polnlp.classify.topics import TopicModel, describe_texts
from polnlp.encoder import default_reader
from polnlp.errors import CorpusError
from polnlp.schema import TOPICS, Record
from polnlp.training.annotated import read_annotated
from polnlp.training.command import run_training
from polnlp.training.heads import fit_head, fit_out_of_fold, is_hidden, measure, measure_labels
from polnlp.training.judged import read_own_judged
from polnlp.training.labelled import check_fields, drop_repeats, find_group, find_label, read_rows

logger = logging.getLogger(__name__)

MIN_TEXTS = 20
_OWN_TEXTS = Path(__file__).with_name("own_texts.tsv")
RARENESS = 0.25  # power by which rare labels weigh more, chosen on the dev parts
STRENGTH = 0.05  # inverse regularisation (scikit-learn's C), chosen on the dev parts

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


def train_topic(
    data: Path, output: Path, *, label: str | None = None, group: str | None = None
) -> dict[str, dict[str, Any]]:
    """Fit a topic model, report it on texts that it has not learnt from, and write it.

    The shipped model is fitted on what its encoder has learnt from, and calibrated and reported on what it has not.
    A model of one's own is fitted on everything, and calibrated and reported out of fold: each text is judged by a
    model that saw no text of its group.

    Args:
        data: polnlp's data folder, or a file of one's own with ``text`` and ``label`` (or ``topic``).
        output: The model's folder.
        label: Of a file of one's own, the field that holds the label, if it has another name.
        group: Of a file of one's own, the field whose rows are never parted (an article, a manifesto). Without it a
            row's group is what stands before ``#`` in its ``id``.

    Returns:
        Source (``own`` for a file) → measure → value: ``accuracy``, ``accuracy_2`` (first or second topic),
        ``macro_f1``, ``ece``, ``n``. For a file also ``labels``: label → ``n``, ``precision``, ``recall``, ``f1``;
        ``surest``: accuracy of the surest share of the texts; ``left_out``: reason → rows.

    Raises:
        CorpusError: If the data are missing, malformed, fewer than 20 texts, or of fewer than two labels.
    """
    if not data.is_dir():
        model, report = train_own(data, label=label, group=group)
    elif label or group:
        raise CorpusError(f"{data}: a folder; fields of the label and the group are named for a file of one's own.")
    else:
        examples = list(read_examples(data))
        hidden = [is_hidden(example.source, example.group) for example in examples]
        model = fit_topic(examples, TOPICS, hidden=hidden)
        report = evaluate_topic(model, [example for example, out in zip(examples, hidden, strict=True) if out])
    model.save(output)
    (output / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return report


def train_own(
    data: Path, *, label: str | None = None, group: str | None = None
) -> tuple[TopicModel, dict[str, dict[str, Any]]]:
    """Fit a scheme of one's own, and report it out of fold."""
    examples, scheme, left_out = read_own_examples(data, label=label, group=group)
    check_examples(examples, data, left_out)
    reader = default_reader()
    truths = [example.label for example in examples]
    labels = tuple(sorted(set(truths)))
    head, probabilities = fit_out_of_fold(
        describe_texts([example.text for example in examples], reader),
        truths,
        labels,
        groups=[example.group for example in examples],
        weights=np.ones(len(examples)),
    )
    head.scheme = scheme
    accepted = [{example.label, example.second or example.label} for example in examples]
    report = measure_labels(labels, probabilities, truths, accepted)
    return TopicModel(head, reader), report | ({"left_out": dict(left_out)} if left_out else {})


def fit_topic(examples: Sequence[Example], labels: Sequence[str], *, hidden: Sequence[bool]) -> TopicModel:
    """Fit head and temperature on the encoder's vectors; ``hidden`` ones are for the temperature alone."""
    reader = default_reader()
    head = fit_head(
        describe_texts([example.text for example in examples], reader),
        [example.label for example in examples],
        labels,
        weights=weigh_examples(examples),
        strength=STRENGTH,
        held=np.array(hidden),
    )
    return TopicModel(head, reader)


def weigh_examples(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Weigh each example; those of rare labels count for more, by the fourth root of how rare they are."""
    counts = Counter(example.label for example in examples)
    mean = len(examples) / len(counts)
    return np.array([example.weight * (mean / counts[example.label]) ** RARENESS for example in examples])


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
    """Read the sources of the data folder.

    Raises:
        CorpusError: If a file cannot be read, or a row lacks its text; the message names file and line.
    """
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
        )
    for item in read_own_judged():
        yield Example(text=item.text, label=item.topic, second=item.second, source="judged", group=item.text)


def read_own_examples(
    data: Path, *, label: str | None = None, group: str | None = None
) -> tuple[list[Example], str, Counter[str]]:
    """Read a file of one's own: its examples, the scheme's name, and how many rows were left out by reason.

    The scheme's name is the rows' ``scheme`` where they agree on one, else the file's, and the label's field if named.

    Raises:
        CorpusError: If it cannot be read, or lacks texts, labels or groups; the message names the file and what it has.
    """
    rows = list(read_rows(data))
    fields = (label,) if label else ("label", "topic")
    table = [row for _, row in rows]
    check_fields(table, ("text",), "Call the text's field 'text'.", data)
    check_fields(table, fields, "Name the label's field with --label.", data)
    if group:
        check_fields(table, (group,), "Name another field with --group, or none.", data)
    left_out = Counter[str]()
    examples = []
    for number, row in rows:
        text, name = row.get("text"), find_label(row, fields, f"{data}:{number}")
        if not isinstance(text, str) or not text.strip():
            left_out["without a text"] += 1
        elif name is None:
            left_out["unlabelled"] += 1
        else:
            whole = row.get(group) if group else find_group(row, number)
            if whole in (None, ""):
                raise CorpusError(f"{data}:{number}: no {group!r}, by which rows are kept together; fill it in.")
            second = find_label(row, ("topic2",), f"{data}:{number}")
            examples.append(Example(text=text, label=name, second=second, group=str(whole)))
    kept, repeated = drop_repeats(examples, key=lambda example: " ".join(example.text.split()))
    schemes = {row.get("scheme") for row in table}
    name = str(next(iter(schemes))) if len(schemes) == 1 and None not in schemes else data.name.split(".")[0]
    return kept, f"{name} {label}" if label else name, left_out + repeated


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
    group = row.get(source.group) or find_group(row, number)
    return Example(
        text=text,
        label=FOLDED.get(label, label) if source.name != "own" else label,
        second=row.get("topic2"),
        source=source.name,
        group=f"{source.name}:{group}",
        weight=source.weight,
    )


def check_examples(examples: Sequence[Example], data: Path, left_out: Mapping[str, int]) -> None:
    """Refuse what no model can be fitted on."""
    counts = Counter(example.label for example in examples)
    told = "".join(f", {count} more {reason}" for reason, count in left_out.items())
    found = f"{data}: {len(examples)} labelled texts of {len(counts)} {'label' if len(counts) == 1 else 'labels'}{told}"
    if len(examples) < MIN_TEXTS or len(counts) < 2:
        advice = "Label more." if len(counts) > 1 else "Label texts of other kinds, or some that are of none as 'None'."
        raise CorpusError(f"{found}; a topic model needs at least {MIN_TEXTS} texts of 2 labels. {advice}")
    if max(counts.values()) < 2:
        raise CorpusError(f"{found}: no label has two texts. Is this the label's field? Another is named with --label.")


if __name__ == "__main__":
    run_training(train_topic, description="Train a topic model.", output="folder of the model")
