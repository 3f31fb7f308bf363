"""Makes a folder of articles that are wrong in every way we could think of, beside one good one.

    PYTHONPATH=tests python tests/hostile/corpus.py FOLDER

Each maker writes one file (or more) and says what must become of it: ``HOSTILE`` maps a name to the maker, the ids of
the articles that must land, and a piece of the reason that is given for what does not.
"""

import gzip
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from documents import make_docx, make_pdf

GOOD = "Angela Merkel met Rafael Correa in Quito on 29 January 2009."


class Case(NamedTuple):
    """A maker, and what must come of what it writes."""

    make: Callable[[Path], None]
    lands: int
    refused: tuple[str, ...] = ()


def _bytes(name: str, data: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return make


def _lines(name: str, *rows: object) -> Callable[[Path], None]:
    return _bytes(name, "".join(json.dumps(row) + "\n" for row in rows).encode())


def _parquet(name: str, **columns: object) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        pq.write_table(pa.table(columns), folder / name)

    return make


def make_zip(folder: Path) -> None:
    """Names that lead out of the folder, a zip in a zip, and twelve megabytes of zeros in twelve kilobytes."""
    with zipfile.ZipFile(folder / "pack.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../climbs.txt", "Evo Morales climbed out of the zip.")
        archive.writestr("/etc/absolute.txt", "Hugo Chavez stood at the root.")
        archive.writestr("C:\\drive.txt", "Michelle Bachelet drove to Valparaiso.")
        archive.writestr("inner.zip", b"PK\x05\x06" + b"\0" * 18)
        archive.writestr("bomb.txt", b"\0" * 12_000_000)


def make_links(folder: Path) -> None:
    """A link to itself, two that chase each other, one to the folder above, one to nothing."""
    (folder / "links").mkdir()
    for name, target in (("self.txt", "self.txt"), ("one.txt", "two.txt"), ("two.txt", "one.txt"), ("up", "..")):
        (folder / "links" / name).symlink_to(target)
    (folder / "links" / "gone.txt").symlink_to("nowhere.txt")


def make_devices(folder: Path) -> None:
    """A pipe that nobody writes to, and a link to a device that never ends."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")


def make_deep_html(folder: Path) -> None:
    """Ten thousand open elements around the article."""
    page = "<html><body>" + "<div>" * 10_000 + f"<p>{GOOD} It is deep.</p>" + "</div>" * 10_000 + "</body></html>"
    (folder / "deep.html").write_text(page, encoding="utf-8")


def make_json_ld_bomb(folder: Path) -> None:
    """A page whose own account of itself is nested without end."""
    page = f'<script type="application/ld+json">{"[" * 100_000}</script><p>{GOOD} Its account was deep.</p>'
    (folder / "account.html").write_text(page, encoding="utf-8")


def make_entity_bomb(folder: Path) -> None:
    """A billion laughs: entities that name entities."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body><p>{GOOD} &l9; laughed.</p></body></html>'
    (folder / "laughs.html").write_text(page, encoding="utf-8")


HOSTILE: dict[str, Case] = {
    "a Word file that is none": Case(_bytes("none.docx", b"PK\x03\x04 or so"), 0, ("no readable Word file",)),
    "a Word file that bursts": Case(
        _bytes("bomb.docx", make_docx("", media=b"\0" * 12_000_000)), 0, ("looks like a zip bomb",)
    ),
    "a Word file of 100,000 open paragraphs": Case(
        _bytes("open.docx", make_docx("<w:p>" * 100_000)), 0, ("no readable Word file",)
    ),
    "an RTF file that is none": Case(_bytes("none.rtf", b"\xd0\xcf\x11\xe0 or so"), 0, ("no readable RTF file",)),
    "an RTF file of 1,000,000 open groups": Case(
        _bytes("open.rtf", b"{\\rtf1" + b"{" * 1_000_000), 0, ("groups within groups",)
    ),
    "a PDF that is none": Case(_bytes("none.pdf", b"%PDF-1.7\n" + b"\xff" * 1_000), 0, ("no readable PDF",)),
    "a PDF that bursts": Case(
        _bytes("bomb.pdf", make_pdf([[]], stream=zlib.compress(b" " * 30_000_000))), 0, ("looks like a bomb",)
    ),
    "an encoding that is declared wrong": Case(
        _bytes("wrong.html", f'<meta charset="utf-16"><p>{GOOD} Declared wrong.</p>'.encode()), 1
    ),
    "bytes of three encodings": Case(_bytes("mixed.txt", b"Caf\xe9, caf\xc3\xa9 and \xff\xfe in one text."), 1),
    "half a UTF-16 text": Case(_bytes("half.txt", "\ufeffOdd at its end.".encode("utf-16-le")[:-1]), 1),
    "NULs": Case(_bytes("nul.txt", b"Rafael\x00 Correa\x00 spoke here, in spite of two NULs."), 1),
    "nothing but NULs": Case(_bytes("zeros.txt", b"\0" * 10_000), 0, ("binary data",)),
    "a picture": Case(_bytes("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), 0, ("binary data",)),
    "lone surrogates": Case(_bytes("lone.jsonl", b'{"text": "Half a \\ud83d smile, \\udc00 twice."}\n'), 1),
    "surrogates in UTF-8": Case(_bytes("cesu.txt", b"A pair \xed\xa0\xbd\xed\xb8\x80 in bytes of its own."), 1),
    "an id that climbs": Case(_lines("climb.jsonl", {"id": "../../../etc/passwd", "text": "An id with slashes."}), 1),
    "an id of 10,000 characters": Case(_lines("long.jsonl", {"id": "x" * 10_000, "text": "An id without end."}), 1),
    "an id twice": Case(_lines("twice.jsonl", {"id": "k", "text": "First."}, {"id": "k", "text": "Second."}), 2),
    "an id that is a list": Case(_lines("list.jsonl", {"id": ["a"], "text": "An id that is none."}), 1),
    "a name of 10,000 characters": Case(_lines("name.jsonl", {"text": "President " + "Ab" * 5_000 + " spoke."}), 1),
    "formulas": Case(
        _lines("formula.jsonl", {"id": "=1+1", "title": '=HYPERLINK("http://x","y")', "text": "A formula."}), 1
    ),
    "JSON 100,000 deep": Case(
        _bytes("deep.jsonl", b'{"text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"), 0, ("no valid JSON",)
    ),
    "JSON 900 deep in metadata": Case(
        _bytes("nested.jsonl", b'{"text": "Nested metadata.", "a": ' + b"[" * 900 + b"]" * 900 + b"}\n"), 1
    ),
    "a JSON file 100,000 deep": Case(_bytes("deep.json", b"[" * 100_000), 0, ("no valid JSON",)),
    "Parquet with numbers for texts": Case(_parquet("numbers.parquet", text=[1, 2]), 0, ("type int", "type int")),
    "Parquet cut short": Case(_bytes("cut.parquet", b"PAR1\x00\x01\x02"), 0, ("no readable Parquet",)),
    "CSV that never closes its quote": Case(_bytes("open.csv", b'text\n"It begins and never ends\n'), 0, ("no valid",)),
    "gzip that is cut": Case(
        _bytes("cut.jsonl.gz", gzip.compress(b'{"text": "Packed, then cut."}\n')[:-4]), 1, ("damaged gzip",)
    ),
    "a date before and after all time zones": Case(
        _lines(
            "zones.jsonl",
            {"text": "At the edge of the day.", "date": "2009-01-29T23:59:59+14:00"},
            {"text": "At its other edge.", "date": "2009-01-29T00:00:00-12:00"},
            {"text": "At no time at all.", "date": "9999-99-99T99:99:99+99:99"},
        ),
        3,
    ),
    "a zip that climbs and bursts": Case(make_zip, 3, ("a zip within a zip", "looks like a zip bomb")),
    "links that lead nowhere or round": Case(make_links, 0, ("cannot be read",) * 4),
    "a pipe and a device": Case(make_devices, 0, ("neither a file nor a folder",) * 2),
    "HTML 10,000 deep": Case(make_deep_html, 1),
    "HTML of 10,000 unknown elements that never end": Case(
        _bytes("unknown.html", b"<x-y a='b'>" * 10_000 + f"<p>{GOOD} Unknown.</p>".encode()), 1
    ),
    "HTML with 12 MB in one element": Case(_bytes("wide.html", b"<div>" + b"word " * 2_400_000 + b"</div>"), 1),
    "HTML of 100,000 brackets": Case(_bytes("brackets.html", f"<p>{GOOD} Open.</p>".encode() + b"<a" * 100_000), 1),
    "an account of a page 100,000 deep": Case(make_json_ld_bomb, 1),
    "an entity bomb": Case(make_entity_bomb, 1),
    "200,000 references in a page": Case(
        _bytes("amps.html", f"<p>{GOOD} And {'&amp;' * 100_000}{'&#x41;' * 100_000}</p>".encode()), 1
    ),
    "references to no character": Case(
        _bytes("none.html", f"<p>{GOOD} &#0; &#xD800; &#99999999999999999999; &{'a' * 10_000}; ended.</p>".encode()), 1
    ),
    "JSON objects 100,000 deep": Case(
        _bytes("inner.jsonl", b'{"text": ' * 100_000 + b'"x"' + b"}" * 100_000 + b"\n"), 0, ("no valid JSON",)
    ),
    "a line of 5 MB": Case(_bytes("line.txt", b"word " * 1_000_000), 1),
    "20,000 paragraphs of one word": Case(_bytes("words.txt", b"word\n\n" * 20_000), 1),
}


def make_corpus(folder: Path, cases: dict[str, Case] = HOSTILE) -> Path:
    """Write all cases, each in a folder of its own, and a good article beside them."""
    for number, case in enumerate(cases.values()):
        part = folder / f"{number:02d}"
        part.mkdir(parents=True)
        case.make(part)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


if __name__ == "__main__":
    make_corpus(Path(sys.argv[1]))
