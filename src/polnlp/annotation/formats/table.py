r"""CSV for a spreadsheet: marks stand in the text, ``[PARTY MAS] won.``, and are corrected there.

A bracket or backslash of the text itself has a backslash before it, as has a first sign that a spreadsheet would take
for a formula.
"""

import csv
import io
import re
from collections.abc import Sequence

from polnlp.annotation.items import Item, Mark
from polnlp.errors import CorpusError
from polnlp.spreadsheets import decode_table, find_delimiter

COLUMNS = ("id", "what", "question", "text", "choice")
_SPECIAL = re.compile(r"[\[\]\\]")
_TOKEN = re.compile(r"\\(?P<plain>.)|\[(?P<open>[^\s\[\]\\]+) |(?P<close>\])|(?P<other>.)", re.DOTALL)
_FORMULA = re.compile(r"[=+\-@\t\r]")


def write(items: Sequence[Item]) -> bytes:
    """Give a table with a row an item, in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for item in items:
        row = (_escape(item.id), item.what, _escape(item.question), write_marked(item), _escape(item.choice or ""))
        rows.writerow(_FORMULA.sub(r"\\\g<0>", cell, count=1) if _FORMULA.match(cell) else cell for cell in row)
    return out.getvalue().encode("utf-8-sig")


def write_marked(item: Item) -> str:
    """Give the text with its marks; a mark may stand inside another.

    Raises:
        CorpusError: If two marks cross, which brackets cannot say.
    """
    parts, at = [], 0
    ends: list[int] = []  # of the marks that are open, the innermost last
    for mark in [*sorted(item.spans, key=lambda mark: (mark.start, -mark.end)), None]:
        while ends and (mark is None or ends[-1] <= mark.start):
            parts += [_escape(item.text[at : ends[-1]]), "]"]
            at = ends.pop()
        if mark is not None:
            if ends and ends[-1] < mark.end:
                shown = item.text[mark.start : mark.end]
                raise CorpusError(f"{item.id}: {mark.label} {shown!r} crosses another mark; choose another --format.")
            parts += [_escape(item.text[at : mark.start]), f"[{mark.label} "]
            at = mark.start
            ends.append(mark.end)
    return "".join(parts) + _escape(item.text[at:])


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def read(data: bytes, where: str) -> list[Item]:
    """Read a table; a spreadsheet may have put semicolons or tabs between its columns."""
    text = decode_table(data, where)
    items = []
    csv.field_size_limit(1 << 31)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
    for number, row in enumerate(rows, 1):
        if row.get("text") is None:
            raise CorpusError(f"{where}: row {number} has no column 'text'; expected the columns {', '.join(COLUMNS)}.")
        plain, marks = read_marked(row["text"], f"{where}: row {number}")
        choice = read_marked(row.get("choice") or "", where)[0].strip()
        item_id = read_marked(row.get("id") or "", where)[0]
        what = row.get("what") or "paragraphs"
        items.append(Item(id=item_id, what=what, text=plain, spans=marks, choice=choice or None))  # type: ignore[arg-type]
    return items


def read_marked(marked: str, where: str) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of a text.

    Raises:
        CorpusError: If a bracket is open or closes nothing.
    """
    plain: list[str] = []
    marks: list[Mark] = []
    begun: list[tuple[str, int]] = []  # the innermost last
    for token in _TOKEN.finditer(marked):
        kind = token.lastgroup
        if kind == "open":
            begun.append((token["open"], len(plain)))
        elif kind == "close" and begun:
            label, start = begun.pop()
            marks.append(Mark(start=start, end=len(plain), label=label))
        elif kind == "close" or token[0] == "[":
            raise CorpusError(
                f"{where}: a bracket too many before {marked[token.start() : token.start() + 20]!r}; {_HOW}"
            )
        else:
            plain.append(token["plain"] or token["other"])
    if begun:
        raise CorpusError(f"{where}: the mark [{begun[-1][0]} is never closed; {_HOW}")
    return "".join(plain), tuple(marks)


_HOW = r"a mark is [LABEL name], a bracket of the text itself \[ or \]."
