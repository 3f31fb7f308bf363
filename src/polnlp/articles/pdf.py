"""A PDF → its paragraphs: the page's lines by pdfminer.six, without headers, footers and page numbers, joined anew."""

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from polnlp.articles.blocks import Blocks
from polnlp.articles.drafts import LIMIT
from polnlp.articles.pdf_columns import order_lines
from polnlp.articles.pdf_paragraphs import Line, join_paragraphs
from polnlp.articles.rows import BadFile

_RATIO = 200  # times its packed size that a stream may unpack to, beyond what is of no harm
_UNPACKED = 10_000_000  # bytes
_CHARACTERS = 40_000  # of one page; a broadsheet's has 20,000, and finding lines and columns is not linear
_FIGURES = 20_000  # of one file: figures may show each other, ten in each of ten in each of ten
_MARGIN = 0.12  # of a page's height at its top and bottom, in which headers, footers and page numbers stand
_NUMBER = re.compile(r"\W*(?:(?:page|p\.|página|seite|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|de|von)\s*\d{1,4})?\W*", re.I)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_NO_TITLE = re.compile(r"untitled|microsoft word|powerpoint|\.(?:pdf|docx?|indd|qxd|rtf|odt)$|^\W*$|^document\b", re.I)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " "})


class _Page(NamedTuple):
    height: float
    lines: list[Line]


def read_pdf(data: bytes) -> Blocks:
    """Read the paragraphs of a PDF with a text layer.

    Headers and footers (what stands at the edge of several pages) and page numbers are left out, a word that is
    parted at a line's end is joined, columns are read one after the other. Pictures are not read.

    Raises:
        BadFile: If pdfminer.six is missing, or the file is damaged, encrypted, a scan, or unpacks without measure.
    """
    pages, info = _read_pages(data)
    lines, left_out = _drop_furniture(pages)
    text = "".join(line.text for line in lines)
    unmapped = len(_UNMAPPED.findall(text))
    if not text.strip():
        raise BadFile(f"the PDF's {len(pages)} pages hold no text (a scan?). Give it a text layer by OCR first.")
    if unmapped * 20 > len(text):
        raise BadFile("the PDF's fonts do not tell their letters. Print it to a new PDF, or read it by OCR.")
    texts = join_paragraphs(lines)
    told = info.get("title", "")
    title = told if told and not _NO_TITLE.search(told) else _find_heading(lines, texts)
    notes = [f"PDF: {len(pages)} pages; {left_out} characters of headers, footers and page numbers left out"]
    if unmapped:
        notes.append(f"PDF: {unmapped} letters could not be read")
    return Blocks(texts, title=title, metadata=info, notes=notes)


def _read_pages(data: bytes) -> tuple[list[_Page], dict[str, str]]:
    try:
        from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser
    except ImportError as error:
        raise BadFile("reading PDF needs pdfminer.six: pip install 'polnlp[documents]'") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with _bounded():
            document = PDFDocument(PDFParser(io.BytesIO(data)))
            return list(_walk_pages(document)), _read_info(document)
    except BadFile:
        raise
    except PDFPasswordIncorrect as error:
        raise BadFile("the PDF is encrypted. Save it without a password.") from error
    except Exception as error:
        # A library over hostile files may raise anything.
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise BadFile(f"no readable PDF: {reason}. Save or print it to a new PDF.") from error


def _walk_pages(document: Any) -> Iterator[_Page]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTChar, LTTextBox, LTTextLine
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    class Device(PDFPageAggregator):  # type: ignore[misc]  # pdfminer.six is not there for everybody
        figures = 0

        def begin_figure(self, *place: Any) -> None:
            self.figures += 1
            if self.figures > _FIGURES:
                raise BadFile(f"the PDF shows more than {_FIGURES:,} figures: looks like a bomb; left out.")
            super().begin_figure(*place)

    manager = PDFResourceManager()
    device = Device(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        interpreter.process_page(page)
        layout = device.get_result()
        characters = sum(isinstance(item, LTChar) for item in layout)
        if characters > _CHARACTERS:
            raise BadFile(f"page {number} has {characters:,} characters; at most {_CHARACTERS:,} are read. Cut it up.")
        layout.analyze(LAParams(boxes_flow=None))  # finds lines; their order is ours
        found = []
        for box in layout:
            for line in box if isinstance(box, LTTextBox) else ():
                words = " ".join(line.get_text().translate(_LIGATURES).split())
                if isinstance(line, LTTextLine) and words:
                    size = max((item.size for item in line if isinstance(item, LTChar)), default=0.0)
                    found.append(Line(words, line.x0, line.x1, line.y0, line.y1, round(size, 1), number))
        yield _Page(layout.height, order_lines(found))


def _drop_furniture(pages: list[_Page]) -> tuple[list[Line], int]:
    """Part the text from headers, footers and page numbers; tell how many characters these have."""
    told: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        told.update({(line.y0 > page.height / 2, _fold(line.text)) for line in page.lines if _at_edge(line, page)})
    kept, left_out = [], 0
    for page in pages:
        for line in page.lines:
            repeated = told[(line.y0 > page.height / 2, _fold(line.text))] > max(1, len(pages) // 4)
            if _at_edge(line, page) and (repeated or _NUMBER.fullmatch(line.text)):
                left_out += len(line.text)
            else:
                kept.append(line)
    return kept, left_out


def _at_edge(line: Line, page: _Page) -> bool:
    return line.y0 > (1 - _MARGIN) * page.height or line.y1 < _MARGIN * page.height


def _fold(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _find_heading(lines: list[Line], texts: list[str]) -> str | None:
    """Give the first page's paragraph of the largest letters, if these are larger than the text's."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    first = [line for line in lines if line.page == lines[0].page]
    largest = max(first, key=lambda line: line.size)
    if largest.size < 1.2 * usual:
        return None
    return next((text for text in texts if text.startswith(largest.text.rstrip("-")) and len(text) <= 300), None)


def _read_info(document: Any) -> dict[str, str]:
    """Give what the file says of itself; when it was made is not when the article appeared."""
    from pdfminer.utils import decode_text

    found: dict[str, str] = {}
    for key, name in (("Title", "title"), ("Author", "creator"), ("CreationDate", "created")):
        for info in document.info:
            value = info.get(key) if isinstance(info, dict) else None
            if isinstance(value, bytes) and (words := " ".join(decode_text(value).replace("\x00", "").split())):
                found.setdefault(name, words)
    return found


@contextmanager
def _bounded() -> Iterator[None]:
    """Let pdfminer unpack no more than any honest file of that size would: it has no limit of its own."""
    from pdfminer import pdftypes

    whole = pdftypes.zlib
    pdftypes.zlib = _BoundedZlib()
    try:
        yield
    finally:
        pdftypes.zlib = whole


class _BoundedZlib:
    """What pdfminer uses of ``zlib``, with a limit for each stream and for all of one file."""

    error = zlib.error

    def __init__(self) -> None:
        self._left = LIMIT

    def decompress(self, data: bytes) -> bytes:
        """Unpack a whole stream."""
        limit = min(max(self._left, 0), max(_UNPACKED, _RATIO * len(data)))
        inflater = zlib.decompressobj()
        unpacked = inflater.decompress(data, limit + 1)
        self._left -= len(unpacked)
        if len(unpacked) > limit:
            raise BadFile(f"the PDF unpacks to more than {limit:,} bytes: looks like a bomb; left out.")
        if not inflater.eof:
            raise zlib.error("incomplete or truncated stream")
        return unpacked

    def decompressobj(self) -> "_BoundedZlib._Piecewise":
        """Unpack a damaged stream byte by byte."""
        return self._Piecewise(self)

    class _Piecewise:
        def __init__(self, owner: "_BoundedZlib") -> None:
            self._owner, self._inflater, self._fed = owner, zlib.decompressobj(), 0

        def decompress(self, data: bytes) -> bytes:
            """Unpack some more."""
            self._fed += len(data)
            unpacked = self._inflater.decompress(data)
            self._owner._left -= len(unpacked)
            if self._owner._left < 0:
                raise BadFile(f"the PDF unpacks to more than {LIMIT:,} bytes: looks like a bomb; left out.")
            return unpacked
