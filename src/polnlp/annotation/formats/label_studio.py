"""Label Studio: tasks with predictions in JSON, and the labelling interface that shows them.

Current versions count code points, older ones UTF-16 units; the marked text, which stands beside the offsets, tells. Of
its white space Label Studio may keep less than the text has.
"""

import json
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from polnlp.annotation.formats.choices import only_choice
from polnlp.annotation.formats.utf16 import Utf16
from polnlp.annotation.items import CHOICES, MARK_LABELS, Item, Mark, What
from polnlp.errors import CorpusError


def write(items: Sequence[Item]) -> bytes:
    """Give tasks; marks and choice stand in ``predictions``, which an annotator accepts or corrects."""
    tasks = [
        {
            "data": {"text": item.text, "item": item.id, "what": item.what, "question": item.question},
            "predictions": [{"model_version": "polnlp", "result": make_result(item)}],
        }
        for item in items
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode() + b"\n"


def make_result(item: Item) -> list[dict[str, Any]]:
    """Give an item's marks and choice as the ``result`` of an annotation or a prediction."""
    result: list[dict[str, Any]] = [
        {
            "id": f"m{place}",
            "from_name": "marks",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": item.text[mark.start : mark.end],
                "labels": [mark.label],
            },
        }
        for place, mark in enumerate(item.spans)
    ]
    if item.choice is not None:
        chosen = {"choices": [item.choice]}
        result.append({"id": "c", "from_name": "choice", "to_name": "text", "type": "choices", "value": chosen})
    return result


def make_interface(what: What) -> str:
    """Give the labelling interface, to be pasted into Settings > Labeling Interface > Code."""
    labels = "".join(f"\n    <Label value={quoteattr(label)}/>" for label in MARK_LABELS[what])
    choices = "".join(f"\n    <Choice value={quoteattr(choice)}/>" for choice in CHOICES[what])
    return f"""<View>
  <Style>.htx-text {{ white-space: pre-wrap; }}</Style>
  <Header value="$question"/>
  <Labels name="marks" toName="text">{labels}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
  <Choices name="choice" toName="text" choice="single-radio" showInline="true">{choices}
  </Choices>
</View>
"""


def read(data: bytes, where: str, *, annotator: str | None = None) -> list[Item]:
    """Read an export in the format JSON; a task that nobody has annotated is left out."""
    try:
        tasks = json.loads(data)
    except ValueError as error:
        raise CorpusError(f"{where}: not JSON: {error}. Export from Label Studio as JSON.") from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) and "data" in task for task in tasks):
        raise CorpusError(f"{where}: not a list of tasks with 'data'. Export from Label Studio as JSON, not JSON-MIN.")
    people = sorted({name for task in tasks for name in _annotations(task)})
    if annotator is not None and annotator not in people:
        raise CorpusError(f"{where}: nothing by annotator {annotator!r}; there are {', '.join(people) or 'none'}.")
    items = []
    for task in tasks:
        by_person = _annotations(task)
        if annotator is None and len(by_person) > 1:
            raise CorpusError(
                f"{where}: tasks are annotated by several people: {', '.join(people)}. Choose one with --annotator."
            )
        result = by_person.get(annotator) if annotator else next(iter(by_person.values()), None)
        if result is not None:
            items.append(_read_task(task["data"], result, where))
    return items


def _annotations(task: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Give each person's last annotation of a task that was not cancelled."""
    found = {}
    for annotation in task.get("annotations") or task.get("completions") or ():
        if not annotation.get("was_cancelled"):
            person = annotation.get("completed_by", "unnamed")
            name = (person.get("email") or person.get("id")) if isinstance(person, dict) else person
            found[str(name)] = annotation.get("result") or []
    return found


def _read_task(data: dict[str, Any], result: list[dict[str, Any]], where: str) -> Item:
    text = data.get("text")
    item_id = str(data.get("item", ""))
    if not isinstance(text, str):
        raise CorpusError(f"{where}: a task has no 'text' among its data: {sorted(data)}.")
    marks, choice = [], None
    for part in result:
        value = part.get("value", {})
        if part.get("type") == "labels" and value.get("labels"):
            start, end = _place(text, value, f"{where}: {item_id}")
            marks += [Mark(start=start, end=end, label=label) for label in value["labels"]]
        elif part.get("type") == "choices" and value.get("choices"):
            choice = only_choice(value["choices"], f"{where}: {item_id}")
    return Item(id=item_id, what=data.get("what", "paragraphs"), text=text, spans=tuple(marks), choice=choice)


def _black(text: str) -> str:
    """Give a text without its white space, written out or as it is escaped in exports."""
    return re.sub(r"\s|\\[nrt]", "", text)


def _place(text: str, value: dict[str, Any], where: str) -> tuple[int, int]:
    start, end, shown = value["start"], value["end"], value.get("text")
    if shown is None or _black(text[start:end]) == _black(shown):
        return start, end
    units = Utf16(text)
    try:
        place = units.back(start), units.back(end)
    except ValueError:
        place = start, end
    if _black(text[slice(*place)]) != _black(shown):
        raise CorpusError(f"{where}: {start}-{end} should be {shown!r}, but the text has {text[start:end]!r} there.")
    return place
