r"""An RTF file → its paragraphs: groups in braces, control words behind ``\``, letters in code pages or as ``\uN``.

References:
    Microsoft (2008). Rich Text Format (RTF) Specification, version 1.9.1.
"""

import codecs
import re
from copy import copy
from dataclasses import dataclass, field

from polnlp.articles.blocks import Blocks
from polnlp.articles.docx import TITLES
from polnlp.articles.rows import BadFile

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_DEEPEST = 1_000  # groups within groups; a word processor writes some 20
_SIGNS = {
    "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f", "~": "\xa0", "_": "-", "\\": "\\", "{": "{", "}": "}",
    "\t": "\t",
}  # fmt: skip
_PARAGRAPHS = frozenset({"par", "sect", "page", "\n", "\r"})
_PARTS = frozenset({"footnote", "shptxt"})  # with paragraphs of their own; an endnote is a footnote
_TABLES = frozenset({"fonttbl", "stylesheet", "info"})
_UNSEEN = frozenset({
    "annotation", "colortbl", "fldinst", "footer", "footerf", "footerl", "footerr", "header", "headerf", "headerl",
    "headerr", "listtext", "nonesttables", "nonshppict", "objdata", "pict", "pntext", "rxe", "sp", "tc", "xe",
    "shprslt",  # says once more what stands in a shape
})  # fmt: skip
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_AGAIN = "Save it anew as .rtf or .docx."


class _Flow:
    """Words that stand in a row: the body's, a note's, a text box's. ``paragraphs`` have their style's number."""

    def __init__(self) -> None:
        self.paragraphs: list[tuple[str, int]] = []
        self.words: list[str] = []
        self.cells: list[str] = []

    def end_paragraph(self, style: int = 0) -> None:
        if self.cells:
            self.end_row()
        if words := self._take_words():
            self.paragraphs.append((words, style))

    def end_cell(self) -> None:
        self.cells.append(" ".join(self._take_words().split()))

    def end_row(self) -> None:
        self.end_cell()
        if row := " | ".join(filter(None, self.cells)):
            self.paragraphs.append((row, 0))
        self.cells = []

    def _take_words(self) -> str:
        units = "".join(self.words).encode("utf-16-le", "surrogatepass")  # \u gives units of UTF-16
        self.words = []
        return re.sub(r"[ \t]*\n[ \t]*", "\n", units.decode("utf-16-le", "replace")).strip()


@dataclass
class _State:
    """What a group may change and gives back at its end; without ``flow`` its words are not the reader's."""

    flow: _Flow | None
    place: str = ""
    font: int = 0
    substitutes: int = 1  # characters after \u for who cannot read it
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    style: int = 0


@dataclass
class _Reader:
    body: _Flow = field(default_factory=_Flow)
    footnotes: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)
    code_page: str = "cp1252"
    code_pages: dict[int, str] = field(default_factory=dict)  # of fonts that have their own
    default_font: int = 0
    unread: int = 0

    def __post_init__(self) -> None:
        self._state = _State(self.body)
        self._outer: list[_State] = []
        self._bytes = bytearray()  # letters of some code pages have two, and the second may look like a plain letter
        self._to_pass = 0
        self._starred = False
        self._style_name = ""

    def read(self, text: str) -> int:
        """Read to the end of the outermost group; give where that is."""
        at = 0
        while match := _TOKEN.match(text, at):
            at = match.end()
            if words := match["text"]:
                passed = min(self._to_pass, len(words))
                self._to_pass -= passed
                self._take(words[passed:].encode("latin-1"))
            elif match["byte"]:
                if self._to_pass:
                    self._to_pass -= 1
                else:
                    self._take(bytes.fromhex(match["byte"]))
            elif match["brace"] or match["word"] or match["sign"]:
                self._write_bytes()
                self._to_pass = 0
                if match["word"] == "bin":
                    at += max(0, int(match["number"] or 0))
                elif match["brace"] == "{":
                    self._begin_group()
                elif match["brace"]:
                    self._end_group()
                    if not self._outer:
                        return at
                else:
                    self._obey(match["word"] or match["sign"], match["number"])
        raise BadFile(f"no readable RTF file: it ends within a group, as if cut off. {_AGAIN}")

    def _take(self, letters: bytes) -> None:
        if self._state.flow is not None or self._state.place == "stylesheet":
            self._bytes += letters

    def _write_bytes(self) -> None:
        if self._bytes:
            words = self._bytes.decode(self.code_pages.get(self._state.font, self.code_page), "replace")
            self._bytes.clear()
            self._write(words)

    def _write(self, words: str) -> None:
        state = self._state
        if state.place == "stylesheet":
            self._name_style(words)
        elif state.flow is not None and not state.hidden and not state.deleted:
            self.unread += words.count("\ufffd")
            state.flow.words.append(words)

    def _name_style(self, words: str) -> None:
        name, ended, _ = words.partition(";")
        self._style_name += name
        if ended:
            if TITLES.fullmatch(re.sub(r"\s", "", self._style_name)):
                self.headings.add(self._state.style)
            self._style_name = ""

    def _begin_group(self) -> None:
        if len(self._outer) == _DEEPEST:
            raise BadFile(f"no readable RTF file: more than {_DEEPEST:,} groups within groups. {_AGAIN}")
        self._outer.append(self._state)
        self._state = copy(self._state)

    def _end_group(self) -> None:
        ended, self._state = self._state, self._outer.pop()
        if ended.flow is None or ended.flow is self._state.flow:
            return
        ended.flow.end_paragraph()
        if ended.place == "shptxt" and self._state.flow is not None:
            self._state.flow.paragraphs += ended.flow.paragraphs
        elif words := " ".join(words for words, _ in ended.flow.paragraphs):
            if ended.place == "footnote":
                self.footnotes.append(words)
            else:
                self.told[ended.place] = " ".join(words.split())

    def _obey(self, word: str, argument: str | None) -> None:
        starred, self._starred = self._starred, word == "*"
        state, number = self._state, int(argument or 0)
        if starred and word not in ("shpinst", *_TABLES, *_PARTS):
            state.flow, state.place = None, ""
        elif word in _UNSEEN or word in _TABLES:
            state.flow, state.place = None, word
        elif (word in _PARTS and state.flow is not None) or (word in ("title", "author") and state.place == "info"):
            state.flow, state.place, state.in_table = _Flow(), word, False
        elif word in _PAGES:
            self.code_page = _PAGES[word]
        elif word == "ansicpg":
            self.code_page = _find_codec(number) or self.code_page
        elif word == "fcharset" and number in _CHARSETS:
            self.code_pages[state.font] = _CHARSETS[number]
        elif word == "u":
            self._write(chr(number % 0x10000))
            self._to_pass = state.substitutes
        elif word == "uc":
            state.substitutes = max(0, number)
        else:
            self._set(word, off=argument == "0", number=number)

    def _set(self, word: str, *, off: bool, number: int) -> None:
        """Obey what changes how letters and paragraphs look, or ends a paragraph."""
        state = self._state
        if word == "f":
            state.font = number
        elif word == "deff":
            state.font = self.default_font = number
        elif word == "v":
            state.hidden = not off
        elif word == "deleted":
            state.deleted = not off
        elif word == "plain":
            state.hidden, state.deleted, state.font = False, False, self.default_font
        elif word == "pard":
            state.in_table, state.style = False, 0
        elif word == "intbl":
            state.in_table = not off
        elif word == "s":
            state.style = number
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif state.flow is not None:
            if word in ("cell", "row"):
                (state.flow.end_cell if word == "cell" else state.flow.end_row)()
            elif word == "nestcell" or (word in _PARAGRAPHS and state.in_table):
                self._write(" ")
            elif word in _PARAGRAPHS:
                state.flow.end_paragraph(state.style)


def _find_codec(number: int) -> str | None:
    try:
        return codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
    except LookupError:
        return None


def read_rtf(data: bytes) -> Blocks:
    """Read the paragraphs of an RTF file; a table gives a line a row, foot- and endnotes stand at the end.

    Deleted and hidden text, comments, page headers and footers are no part of it.

    Raises:
        BadFile: If it is no RTF file, is cut off, or is nested without end.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise BadFile(f"no readable RTF file: it begins {data[:8]!r}, not '{{\\rtf'. {_AGAIN}")
    text = data.lstrip().decode("latin-1")
    reader = _Reader()
    rest = text[reader.read(text) :].strip("\0\r\n\t \x1a")
    reader.body.end_paragraph()
    found = [words for words, _ in reader.body.paragraphs]
    title = next((words for words, style in reader.body.paragraphs if style in reader.headings), None)
    notes = [f"RTF file: {len(reader.footnotes)} foot- and endnotes stand at the end"] if reader.footnotes else []
    notes += [f"RTF file: {len(rest):,} bytes behind its end left out"] if rest else []
    notes += [f"RTF file: {reader.unread:,} characters that its code page does not have"] if reader.unread else []
    metadata = {"creator": reader.told["author"]} if "author" in reader.told else {}
    return Blocks([*found, *reader.footnotes], title=title or reader.told.get("title"), metadata=metadata, notes=notes)
