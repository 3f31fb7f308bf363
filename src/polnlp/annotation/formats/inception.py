r"""INCEpTION: WebAnno TSV 3.3 with two layers, the built-in named entities and ``webanno.custom.PolnlpItem``.

Each item is one sentence of the document, and one annotation of ``PolnlpItem`` covers it, with the features ``item``,
``what`` and ``choice``. Offsets are UTF-16 units, as Java counts.
"""

import re
from collections.abc import Sequence

from polnlp.annotation.formats.pieces import cut_pieces
from polnlp.annotation.formats.utf16 import Utf16
from polnlp.annotation.items import Item, Mark, do_overlap
from polnlp.errors import CorpusError

NAMES = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
ITEMS = "webanno.custom.PolnlpItem"
_HEADER = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={NAMES}|value\n#T_SP={ITEMS}|choice|item|what\n\n"

_NULL, _NOTHING = "*", "_"

_TEXT_ESCAPES = {chr(n): "\\" + chr(n) for n in range(32) if n < 8 or n > 13}
_TEXT_ESCAPES |= {"\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b", "\\": "\\\\"}
_VALUE_SIGN = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_PLAIN = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_VALUE = re.compile(r"((?:\\.|[^\\|\[\]])*)(?:\[(\d+)\])?(?:\||$)", re.DOTALL)
_UNIT = re.compile(r"(\d+-\d+(?:\.\d+)*)\t(\d+)-(\d+)\t(.*)", re.DOTALL)


def write(items: Sequence[Item]) -> bytes:
    """Give one document that holds all items."""
    parts = [_HEADER]
    begin, annotation = 0, 0
    for number, item in enumerate(items, 1):
        units = Utf16(item.text)
        lines = [f"#Text={_escape_text(line)}\n" for line in item.text.split("\n")]
        pieces = [piece for piece in cut_pieces(item.text, item.spans) if _is_token(piece, item)]
        covered = [[p for p in pieces if mark.start <= p[0] and p[1] <= mark.end] for mark in item.spans]
        stacked = do_overlap(item.spans)
        numbers = [""] * len(covered)
        for place, cover in enumerate(covered):  # a mark of several tokens bears a number on each, as do those stacked
            if len(cover) > 1 or stacked:
                annotation += 1
                numbers[place] = f"[{annotation}]"
        annotation += 1
        whole = f"[{annotation}]" if len(pieces) > 1 else ""
        features = [_escape_value(value) + whole for value in (item.choice, item.id, item.what)]
        for token, (start, end) in enumerate(pieces, 1):
            held = [n for n, mark in enumerate(item.spans) if mark.start <= start < mark.end]
            label = "|".join(_escape_value(item.spans[n].label) + numbers[n] for n in held) or _NOTHING
            offsets = f"{begin + units.of(start)}-{begin + units.of(end)}"
            columns = [f"{number}-{token}", offsets, _escape_text(item.text[start:end]), label, *features]
            lines.append("\t".join(columns) + "\t\n")
        parts += ["\n", *lines]
        begin += units.of(len(item.text)) + 1
    return "".join(parts).encode()


def _is_token(piece: tuple[int, int], item: Item) -> bool:
    """Tell what is a token: all but white space, and white space where the text or a mark begins or ends with it."""
    start, end = piece
    edge = start == 0 or end == len(item.text)
    return edge or not item.text[start:end].isspace() or any(start == m.start or end == m.end for m in item.spans)


def _escape_text(text: str) -> str:
    return "".join(_TEXT_ESCAPES.get(sign, sign) for sign in text)


def _escape_value(value: str | None) -> str:
    if value is None:
        return _NULL
    escapes = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
    return _VALUE_SIGN.sub(lambda found: escapes.get(found[0], "\\" + found[0]), value)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: _PLAIN.get(found[1], found[1]), text)


def read(data: bytes, where: str) -> list[Item]:
    """Read an export as WebAnno TSV 3.x: a document, of which each sentence is an item."""
    try:
        head, *blocks = re.split(r"\n{2,}", data.decode("utf-8-sig").strip("\n"))
    except UnicodeDecodeError as error:
        raise CorpusError(f"{where}: not UTF-8.") from error
    if not head.startswith("#FORMAT=WebAnno TSV 3"):
        raise CorpusError(f'{where}: not WebAnno TSV 3; export from INCEpTION as "WebAnno TSV v3.3".')
    columns = _read_columns(head)
    return [_read_sentence(block.split("\n"), columns, where) for block in blocks if block.strip()]


def _read_columns(head: str) -> list[tuple[str, str]]:
    columns = []
    for line in head.split("\n"):
        kind, _, layer = line.partition("=")
        if kind.startswith("#T_"):
            name, *features = layer.split("|")
            columns += [(name, feature) for feature in features or [""]]
    return columns


class _Marks:
    """The annotations of one layer's feature in a sentence: their extents and their values."""

    def __init__(self) -> None:
        self.extents: dict[str, tuple[int, int]] = {}
        self.values: dict[str, str | None] = {}

    def add(self, unit: str, start: int, end: int, cell: str) -> None:
        for place, (value, number) in enumerate(_VALUE.findall(cell)):
            if value == _NOTHING or not (value or number):
                continue
            key = number or f"{unit}/{place}"
            first, last = self.extents.get(key, (start, end))
            self.extents[key] = min(first, start), max(last, end)
            self.values[key] = None if value == _NULL else _unescape(value)


def _read_sentence(lines: list[str], columns: list[tuple[str, str]], where: str) -> Item:
    text = "\n".join(_unescape(line.removeprefix("#Text=")) for line in lines if line.startswith("#Text="))
    found = {column: _Marks() for column in columns}
    begin = None
    for line in lines:
        unit = _UNIT.fullmatch(line)
        if unit is None:
            continue
        start, end = int(unit[2]), int(unit[3])
        begin = start if begin is None else begin
        cells = unit[4].removesuffix("\t").split("\t")[-len(columns) :] if columns else []
        for column, cell in zip(columns, cells, strict=True):
            found[column].add(unit[1], start - begin, end - begin, cell)
    units = Utf16(text)
    feature = {name: next(iter(found[layer, name].values.values()), None) for layer, name in columns if layer == ITEMS}
    names = found.get((NAMES, "value"), _Marks())
    try:
        marks = tuple(
            Mark(start=units.back(start), end=units.back(end), label=names.values[key] or "")
            for key, (start, end) in names.extents.items()
        )
    except ValueError as error:
        raise CorpusError(f"{where}: {text[:40]!r}: {error}.") from error
    what = feature.get("what") or "paragraphs"
    return Item(id=feature.get("item") or "", what=what, text=text, spans=marks, choice=feature.get("choice"))  # type: ignore[arg-type]
