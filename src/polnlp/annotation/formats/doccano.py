"""doccano: JSONL of a project for "Intent Detection and Slot Filling", which has marks and a category.

Rows of "Sequence Labeling" (``label`` holds the marks) are read as well. Offsets are code points.
"""

import json
from collections.abc import Sequence
from typing import Any

from polnlp.annotation.formats.choices import only_choice
from polnlp.annotation.items import Item, Mark
from polnlp.errors import CorpusError


def write(items: Sequence[Item]) -> bytes:
    """Give a row an item; what is no field of doccano's it keeps and gives back."""
    rows = [
        {
            "text": item.text,
            "entities": [[mark.start, mark.end, mark.label] for mark in item.spans],
            "cats": [] if item.choice is None else [item.choice],
            "item": item.id,
            "what": item.what,
            "question": item.question,
        }
        for item in items
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def read(data: bytes, where: str) -> list[Item]:
    """Read an export as JSONL."""
    items = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                items.append(_read_row(json.loads(line), f"{where}:{number}"))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise CorpusError(f"{where}:{number}: not a row of doccano's JSONL: {error!r}.") from error
    return items


def _read_row(row: dict[str, Any], where: str) -> Item:
    return Item(
        id=str(row.get("item", "")),
        what=row.get("what", "paragraphs"),
        text=row["text"] if "text" in row else row["data"],
        spans=tuple(_read_mark(mark) for mark in row.get("entities") or row.get("label") or ()),
        choice=only_choice(row.get("cats") or [], where),
    )


def _read_mark(mark: Any) -> Mark:
    if isinstance(mark, dict):
        return Mark(start=mark["start_offset"], end=mark["end_offset"], label=mark["label"])
    start, end, label = mark
    return Mark(start=start, end=end, label=label)
