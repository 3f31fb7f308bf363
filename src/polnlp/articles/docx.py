"""A Word file → its paragraphs, read from the zip's XML: no macro, field or link in it is ever followed."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from polnlp.articles.blocks import Blocks
from polnlp.articles.rows import BadFile
from polnlp.articles.sources import check_members

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BODY, _CORE, _STYLES = "word/document.xml", "docProps/core.xml", "word/styles.xml"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says what stands before it once more
_NO_WORDS = frozenset({f"{_W}txbxContent", f"{_W}moveFrom", _AGAIN})  # a text box has paragraphs of its own
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
TITLES = re.compile(r"(?:title|heading1|titel|titre|título|titulo|überschrift1)", re.IGNORECASE)


def read_docx(data: bytes) -> Blocks:
    """Read the paragraphs of a Word file; a table gives a line a row, foot- and endnotes stand at the end.

    Deleted text, comments, page headers and footers are no part of it.

    Raises:
        BadFile: If it is no Word file, is damaged, or unpacks beyond the limits that hold for a zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if fault := check_members(archive.infolist()):
                raise BadFile(f"the Word file {fault}")
            parts = {name: archive.read(name) for name in archive.namelist() if _is_read(name)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise BadFile(f"no readable Word file: {error}. Save it anew as .docx.") from error
    if _BODY not in parts:
        raise BadFile(f"no readable Word file: the zip holds no {_BODY}. Save it anew as .docx.")
    headings = _find_headings(parts.get(_STYLES))
    paragraphs = list(_read_paragraphs(parts[_BODY]))
    found = [words for words, _ in paragraphs]
    footnotes = [words for name, tag in _NOTES if name in parts for words in _read_notes(parts[name], tag)]
    title = next((words for words, style in paragraphs if style in headings and words), None)
    notes = [f"Word file: {len(footnotes)} foot- and endnotes stand at the end"] if footnotes else []
    core = _read_core(parts.get(_CORE))
    return Blocks([*found, *footnotes], title=title or core.get("title"), metadata=core, notes=notes)


def _is_read(name: str) -> bool:
    return name in (_BODY, _CORE, _STYLES, *(name for name, _ in _NOTES))


def _parse(part: bytes, tags: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Walk a part's elements; entities are not resolved, what is nested without end is an error."""
    events = etree.iterparse(
        io.BytesIO(part), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True
    )
    try:
        yield from events
    except etree.LxmlError as error:
        raise BadFile(f"no readable Word file: {error}. Save it anew as .docx.") from error


def _read_paragraphs(part: bytes) -> Iterator[tuple[str, str]]:
    """Give paragraphs and rows of tables with their style's id, in order; a row's cells are parted by ``|``."""
    tags = (f"{_W}p", f"{_W}tc", f"{_W}tr")
    cells: list[list[str]] = []  # of the tables that are open, the innermost last
    rows: list[list[str]] = []
    for event, element in _parse(part, tags):
        if element.tag == f"{_W}tr":
            if event == "start":
                rows.append([])
            elif row := " | ".join(filter(None, rows.pop())):
                yield row, ""
        elif element.tag == f"{_W}tc":
            if event == "start":
                cells.append([])
            else:
                words = " ".join(filter(None, cells.pop()))
                (rows[-1] if rows else cells[-1] if cells else []).append(words)
        elif event == "end" and next(element.iterancestors(_AGAIN), None) is None:
            words = _read_words(element)
            if cells:
                cells[-1].append(" ".join(words.split()))
            elif words:
                style = element.find(f"{_W}pPr/{_W}pStyle")
                yield words, "" if style is None else style.get(f"{_W}val", "")
            if next(element.iterancestors(f"{_W}p"), None) is None:
                element.clear()  # a long file is never held whole


def _read_words(paragraph: Any) -> str:
    pieces: list[str] = []
    passed = 0
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if element.tag in _NO_WORDS:
            passed += 1 if event == "start" else -1
        elif event == "start" and not passed:
            pieces.append(_BREAKS.get(element.tag) or (element.text or "" if element.tag == f"{_W}t" else ""))
    return re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(pieces)).strip()


def _read_notes(part: bytes, tag: str) -> Iterator[str]:
    """Give the foot- or endnotes; the rules that part them from the text are none."""
    for event, element in _parse(part, (f"{_W}{tag}",)):
        if event == "end" and element.get(f"{_W}type", "normal") == "normal":
            words = (_read_words(paragraph) for paragraph in element.iter(f"{_W}p"))
            if note := " ".join(filter(None, words)):
                yield note


def _find_headings(part: bytes | None) -> frozenset[str]:
    """Give the ids of the styles that a title or a first heading bears, whatever language Word speaks."""
    found = {"Title", "Heading1"}
    for event, style in _parse(part, (f"{_W}style",)) if part else ():
        name = style.find(f"{_W}name") if event == "end" else None
        if name is not None and TITLES.fullmatch(re.sub(r"\s", "", name.get(f"{_W}val") or "")):
            found.add(style.get(f"{_W}styleId") or "")
    return frozenset(found)


def _read_core(part: bytes | None) -> dict[str, str]:
    """Give what the file says of itself; when it was made is not when the article appeared."""
    names = {f"{_DC}title": "title", f"{_DC}creator": "creator", "{http://purl.org/dc/terms/}created": "created"}
    found = {}
    for event, element in _parse(part, tuple(names)) if part else ():
        if event == "end" and (words := " ".join((element.text or "").split())):
            found[names[element.tag]] = words
    return found
