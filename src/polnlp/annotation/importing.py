"""A tool's file, corrected by an annotator → gold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from polnlp.annotation.formats import FORMATS, Format, guess_format, read_format
from polnlp.annotation.items import CHOICES, MARK_LABELS, WHATS, Item, check_item, do_overlap, read_items
from polnlp.arguments import check_choice
from polnlp.errors import CorpusError


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """Gold, and what of the sample is not in it.

    Attributes:
        items: In the order of the file.
        missing: Ids of the sample that the file does not hold.
        unjudged: Ids of items without a choice; they are among ``items``.
        overlapping: Ids of items of which a character has two marks; they are among ``items``.
        empty: Ids of items that had marks of no characters, which are left out, once a mark.
        unknown_labels: Labels of marks that polnlp does not have, to the number of marks.
        unknown_topics: Choices for paragraphs that are none of ``TOPICS``, to the number of items: of a scheme of the
            scholar's own, or misspelt.
    """

    items: list[Item]
    missing: list[str]
    unjudged: list[str]
    overlapping: list[str]
    empty: list[str]
    unknown_labels: dict[str, int]
    unknown_topics: dict[str, int]


def import_annotations(
    file: str | Path, *, form: Format | None = None, sample: str | Path | None = None, annotator: str | None = None
) -> Imported:
    """Read annotations from a tool's file.

    Examples:
        >>> Path("doccano.jsonl").write_text('{"text": "Correa spoke.", "label": [[0, 6, "LEADER"]]}')
        54
        >>> [item] = import_annotations(Path("doccano.jsonl")).items
        >>> [(mark.start, mark.end, mark.label) for mark in item.spans]
        [(0, 6, 'LEADER')]

    Args:
        file: As the tool exports it.
        form: The file's format; by default as its ending tells.
        sample: The ``sample.jsonl`` that the file was made with: gives weights, what the run found and where the text
            is from. By default the one beside the file, if there is one; without it, every text is an item of its own.
        annotator: Whose annotations, where the file holds several people's.

    Returns:
        The items, and what of the sample is not among them or looks like a slip.

    Raises:
        CorpusError: If the file cannot be read, is not of the format, holds nothing, or does not belong to the sample;
            if a mark lies outside its text or has no label, or an item stands there twice.
        ValueError: If there is no such format.
    """
    file = Path(file)
    if form is not None:
        check_choice("form", form, FORMATS)
    form = form or guess_format(file.name)
    if form is None:
        raise CorpusError(f"{file}: its ending tells no format; give one with --format ({', '.join(FORMATS)}).")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CorpusError(f"{file}: cannot read it: {error.strerror}.") from error
    read = read_format(data, form, str(file), annotator=annotator)
    if not read:
        raise CorpusError(f"{file}: no annotated items in it.")
    empty = [sum(mark.start == mark.end for mark in item.spans) for item in read]
    read = [replace(item, spans=tuple(mark for mark in item.spans if mark.start != mark.end)) for item in read]
    beside = file.with_name("sample.jsonl")
    sample = Path(sample) if sample else (beside if beside.is_file() and any(item.id for item in read) else None)
    drawn = {item.id: item for item in read_items(sample)} if sample else {}
    items = [
        check_item(_join(item, drawn, f"{file}", sample) if sample else _name(item, file, number), str(file))
        for number, item in enumerate(read, 1)
    ]
    _refuse_doubles(items, file)
    ids = {item.id for item in items}
    return Imported(
        items=items,
        missing=[item_id for item_id in drawn if item_id not in ids],
        unjudged=[item.id for item in items if item.choice is None],
        overlapping=[item.id for item in items if do_overlap(item.spans)],
        empty=[item.id for item, count in zip(items, empty, strict=True) for _ in range(count)],
        unknown_labels=_count(
            mark.label for item in items for mark in item.spans if mark.label not in MARK_LABELS[item.what]
        ),
        unknown_topics=_count(item.choice for item in items if item.choice and item.choice not in CHOICES[item.what]),
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())


def _name(item: Item, file: Path, number: int) -> Item:
    if item.what not in WHATS:
        raise CorpusError(f"{file}: item {number}: {item.what!r} is none of {', '.join(WHATS)}.")
    name = item.id or f"{file.stem}-{number}"
    return replace(item, id=name, article=name.partition("#")[0])


def _join(item: Item, drawn: dict[str, Item], where: str, sample: Path) -> Item:
    """Put an annotator's marks and choice in the place of those that were drawn."""
    known = drawn.get(item.id)
    if known is None:
        raise CorpusError(f"{where}: item {item.id!r} is not in {sample}; give the sample it was made with (--sample).")
    if item.text != known.text:
        at = next((n for n, (a, b) in enumerate(zip(item.text, known.text, strict=False)) if a != b), 0)
        raise CorpusError(
            f"{where}: {item.id}: its text was changed, {item.text[at : at + 20]!r} where the sample has "
            f"{known.text[at : at + 20]!r}; marks cannot be placed. Restore the text."
        )
    spans = item.spans or (() if item.what == "paragraphs" else known.spans)
    found = known.found.spans if known.found else ()
    entities = {(mark.start, mark.end): mark.entity for mark in (*found, *known.spans)}
    kept = [replace(mark, entity=entities.get((mark.start, mark.end))) for mark in spans]
    return replace(known, spans=tuple(kept), choice=item.choice)


def _refuse_doubles(items: Sequence[Item], file: Path) -> None:
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise CorpusError(f"{file}: the item {item.id!r} stands there twice; keep one.")
        seen.add(item.id)
