"""Exports of Factiva with indexing: several articles in one text or page, each under field codes (HD, PD, LP, ...)."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from polnlp.articles.exported import Exported, read_date

_FIELDS = {
    "HD": "title", "BY": "author", "PD": "date", "SN": "source", "LA": "language", "SE": "section", "WC": "words",
    "ED": "edition", "PG": "page", "CY": "copyright", "VOL": "volume", "CR": "credit", "ET": "time", "PUB": "publisher",
    "CLM": "column", "NS": "subject", "RE": "region", "CO": "company", "IN": "industry",
}  # fmt: skip
_KNOWN = ("title", "author", "source", "language")
_TEXT = ("LP", "TD")
_CODES = frozenset((*_FIELDS, *_TEXT, "AN", "SC", "ART", "IPC", "IPD", "CT", "RF", "DLN", "RST"))
_LINE = re.compile(r"[ \t]{0,3}(?P<code>[A-Z]{2,3})(?:(?P<gap>[ \t]+)(?P<value>\S.*)|[ \t]*)$")
_ACCESSION = re.compile(r"(?:Document|Dokument|Documento)?\s*(?P<number>[A-Za-z][A-Za-z0-9]{9,})\s*$")
_NEEDED = tuple(
    re.compile(rf"^[ \t]{{0,3}}{codes}(?:[ \t]|$)", re.MULTILINE) for codes in ("HD", "PD", "(?:LP|TD)", "AN")
)

Codes = dict[str, list[str]]  # a code to its lines or paragraphs


def split_factiva(text: str) -> list[Exported]:
    """Give the articles of an export as text; none if it is no export of Factiva that shows field codes."""
    if not all(sign.search(text) for sign in _NEEDED):
        return []
    return [_read_codes(codes) for codes in _split_lines(text.splitlines())]


def split_factiva_page(tree: Any) -> list[Exported]:
    """Give the articles of an export as HTML: each is a table with the code in a row's first cell."""
    tables = map(_read_table, tree.iter("table"))
    return [_read_codes(codes) for codes in tables if "HD" in codes and any(code in codes for code in _TEXT)]


def _split_lines(lines: Iterable[str]) -> Iterator[Codes]:
    """Part lines into articles; the accession number ends one."""
    codes: Codes = {}
    code = ""
    for line in lines:
        found = _match_code(line, inside=code in _TEXT)
        if found and (codes.get("AN") or (found[0] == "HD" and "HD" in codes)):
            yield codes
            codes = {}
        if found:
            code, value = found
            codes.setdefault(code, []).append(value)
        elif code == "AN" and codes["AN"] != [""]:
            code = ""  # a summary of the search may follow the last article
        elif code:
            codes[code].append(line.strip())
    if "HD" in codes:
        yield codes


def _match_code(line: str, *, inside: bool) -> tuple[str, str] | None:
    """Read a line that begins with a code; in running text one space behind it makes none ("IN THE END")."""
    match = _LINE.match(line)
    if not match or match["code"] not in _CODES:
        return None
    value = (match["value"] or "").strip()
    if inside and match["gap"] == " " and not (match["code"] == "AN" and _ACCESSION.match(value)):
        return None
    return match["code"], value


def _read_table(table: Any) -> Codes:
    codes: Codes = {}
    for row in table.iter("tr"):
        cells = row.findall("td")
        code = " ".join(cells[0].text_content().split()) if len(cells) == 2 else ""
        if code in _CODES:
            paragraphs = [" ".join(p.text_content().split()) for p in cells[1].iter("p")]
            words = [line for line in paragraphs if line] or [" ".join(cells[1].text_content().split())]
            codes.setdefault(code, []).extend("\n\n".join(words).split("\n") if code in _TEXT else words)
    return codes


def _read_codes(codes: Codes) -> Exported:
    body = "\n\n".join(filter(None, ("\n".join(codes.get(code, [])).strip() for code in _TEXT)))
    found = Exported("Factiva", re.sub(r"\n{3,}", "\n\n", body))
    for code, lines in codes.items():
        words = " ".join(" ".join(lines).split())
        if code == "AN" and (number := _ACCESSION.match(words)):
            found.fields["id"] = number["number"]
        elif code == "PD":
            found.fields["date"] = read_date(words) or words
        elif code in _FIELDS and words:
            name = _FIELDS[code]
            (found.fields if name in _KNOWN else found.metadata)[name] = words
    if "author" in found.fields:
        found.fields["author"] = re.sub(r"^by\s+", "", found.fields["author"], flags=re.IGNORECASE)
    found.left_out = sum(len(" ".join(lines)) for code, lines in codes.items() if code not in (*_FIELDS, *_TEXT, "AN"))
    return found
