"""What is annotated: a stretch of text with marks and one choice, and where it comes from.

A sample and a gold file are JSON Lines of ``Item``. Each row also holds the fields that ``polnlp evaluate`` and
``polnlp train`` ask for (``topic``; ``target`` and ``label``), so that gold needs no conversion.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from polnlp.errors import CorpusError
from polnlp.reports import write_atomically
from polnlp.schema import LABELS, STANCE_LABELS, TOPICS, Record

What = Literal["paragraphs", "entities", "edges", "stances"]
VERDICTS = ("right", "wrong")

# What may be chosen; a paragraph's topic may also be of the scholar's own scheme.
CHOICES: dict[What, tuple[str, ...]] = {
    "paragraphs": TOPICS,
    "entities": VERDICTS,
    "edges": VERDICTS,
    "stances": STANCE_LABELS,
}
MARK_LABELS: dict[What, tuple[str, ...]] = {
    "paragraphs": (*LABELS, "DATE"),
    "entities": LABELS,
    "edges": LABELS,
    "stances": ("TARGET", "HOLDER"),
}


class Mark(Record, frozen=True, kw_only=True):
    """A marked stretch, in code points of the item's text; ``entity`` is what the run says that it names."""

    start: int
    end: int
    label: str
    entity: str | None = None


class Found(Record, frozen=True, kw_only=True):
    """What the run says of an item."""

    spans: tuple[Mark, ...] = ()
    choice: str | None = None


class Stratum(Record, frozen=True, kw_only=True):
    """The part of the corpus that an item was drawn from.

    Attributes:
        size: Units in it.
        found: What the run chose for these units, and for how many; units without a choice are left out.
    """

    name: str
    size: int
    found: dict[str, int] = {}


class Item(Record, frozen=True, kw_only=True):
    """One thing to annotate, or annotated.

    Attributes:
        id: Unique in its sample; begins with the article's id.
        spans: Marks in order; a run's never overlap, an annotator's may.
        choice: Topic, stance or verdict; ``None`` where none is made.
        question: What the annotator is asked.
        article: Id of the article.
        offset: Where ``text`` begins in the article.
        date: The article's date.
        found: What the run says; ``None`` where the item comes from no run.
        stratum: What it was drawn from; ``None`` where it was not drawn.
        weight: Units that it stands for: the inverse of its probability of being drawn.
    """

    id: str
    what: What = "paragraphs"
    text: str
    spans: tuple[Mark, ...] = ()
    choice: str | None = None
    question: str = ""
    article: str = ""
    offset: int = 0
    date: str | None = None
    found: Found | None = None
    stratum: Stratum | None = None
    weight: float | None = None


def do_overlap(marks: Iterable[Mark]) -> bool:
    """Tell whether a character has two marks."""
    end = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start < end:
            return True
        end = mark.end
    return False


def check_item(item: Item, where: str) -> Item:
    """Give the item, its marks sorted, each once.

    Raises:
        CorpusError: If a mark lies outside the text or has no label, or the choice is none of those offered.
    """
    spans = tuple(sorted(dict.fromkeys(item.spans), key=lambda mark: (mark.start, mark.end, mark.label)))
    for mark in spans:
        place = f"{where}: {item.id}: the mark {mark.label} {mark.start}-{mark.end}"
        if not 0 <= mark.start < mark.end <= len(item.text):
            raise CorpusError(f"{place} lies outside the text of {len(item.text)} characters.")
        if not mark.label:
            raise CorpusError(f"{place}, {item.text[mark.start : mark.end]!r}, has no label; give it one or delete it.")
    offered = CHOICES[item.what]
    if item.what != "paragraphs" and item.choice is not None and item.choice not in offered:
        raise CorpusError(f"{where}: {item.id}: choice {item.choice!r} is none of {', '.join(offered)}.")
    return msgspec.structs.replace(item, spans=spans)


def write_items(items: Iterable[Item], path: Path) -> None:
    """Write items as JSON Lines."""
    lines = [msgspec.json.encode(as_row(item), order="deterministic") + b"\n" for item in items]
    write_atomically(path, b"".join(lines))


def as_row(item: Item) -> dict[str, Any]:
    """Give an item as a row of gold, with the fields that evaluation and training read."""
    row: dict[str, Any] = msgspec.to_builtins(item)
    if item.what == "paragraphs" and item.choice is not None:
        row["topic"] = item.choice
    target = next((mark for mark in item.spans if mark.label == "TARGET"), None)
    if item.what == "stances" and target is not None and item.choice is not None:
        row |= {"target": item.text[target.start : target.end], "label": item.choice}
        row |= {"target_start": target.start, "target_end": target.end}
    return row


_decoder = msgspec.json.Decoder(Item)


def read_items(path: Path) -> list[Item]:
    """Read a sample or gold that ``polnlp sample`` or ``polnlp import`` wrote.

    Raises:
        CorpusError: If the file cannot be read or a row is no item; the message names file and line.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise CorpusError(f"{path}: cannot read it: {error.strerror}.") from error
    items = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                items.append(check_item(_decoder.decode(line), f"{path}:{number}"))
            except msgspec.DecodeError as error:
                hint = "Give a file that `polnlp import` or `polnlp sample` wrote."
                raise CorpusError(f"{path}:{number}: not an annotated item: {error}. {hint}") from error
    if not items:
        raise CorpusError(f"{path}: holds no items.")
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        double = next(item_id for item_id in ids if ids.count(item_id) > 1)
        raise CorpusError(f"{path}: the item {double} stands there twice.")
    return items


WHATS: tuple[What, ...] = get_args(What)
