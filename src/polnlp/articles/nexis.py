"""Exports of Nexis: several articles in one text, each with a head of ``Field: value`` lines and a tail of indexing.

Two forms: Nexis Uni's (Word, or text saved from it), in which ``Body`` begins the text and ``End of Document`` ends the
article, and the older one, in which ``2 of 25 DOCUMENTS`` begins an article and LENGTH, BYLINE and the like its text.
"""

import re

from polnlp.articles.exported import Exported, read_date

_END = re.compile(r"^[ \t]*End of Document[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_BODY = re.compile(r"^[ \t]*Body[ \t\r]*$", re.MULTILINE)
_COUNT = re.compile(
    r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+|Documento \d+ de \d+)[ \t\r]*$",
    re.MULTILINE,
)
_LENGTH = re.compile(r"^[ \t]*(?:LENGTH|LÄNGE|LONGUEUR|LONGITUD|EXTENSIÓN):", re.MULTILINE | re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)) ?(?:©|\(c\))? ?\d{4}", re.IGNORECASE)
_RESERVED = re.compile("all rights reserved|alle rechte vorbehalten|tous droits réservés", re.IGNORECASE)
_EDITION = re.compile(r"[^.!?]{1,40}\bedition\b[^.!?]{0,20}", re.IGNORECASE)
_COVER = re.compile(
    r"^[ \t]*(?:Date and Time:|User Name:|Job Number:|Documents? \(\d+\)|Client/Matter:|Search Terms:)", re.MULTILINE
)
# What a field's name, in capitals or not, is called in an article's metadata; the known fields stand first.
_FIELDS = {
    "headline": "title", "title": "title", "byline": "author", "autor": "author", "auteur": "author",
    "language": "language", "sprache": "language", "langue": "language", "idioma": "language",
    "section": "section", "rubrik": "section", "rubrique": "section", "sección": "section",
    "length": "words", "länge": "words", "longueur": "words", "longitud": "words", "extensión": "words",
    "dateline": "dateline", "highlight": "highlight", "series": "series", "load-date": "load_date",
    "publication-type": "publication_type", "journal code": "journal_code", "subject": "subject",
    "organization": "organization", "company": "company", "person": "person", "geographic": "geographic",
    "industry": "industry", "state": "state", "city": "city", "country": "place", "ticker": "ticker",
    "update": "update", "type": "type", "isin": "isin", "correction-date": "correction_date",
    "document-type": "document_type", "url": "url", "update-date": "update",
}  # fmt: skip
_KNOWN = ("title", "author", "language", "url")
_FIELD = re.compile(rf"[ \t]*(?P<name>{'|'.join(map(re.escape, _FIELDS))}):[ \t]*(?P<value>.*)$", re.IGNORECASE)
_TAIL = re.compile(
    r"^[ \t]*(?:Load-Date:.*|Graphic|Classification|Notes|Correction)[ \t\r]*$", re.MULTILINE | re.IGNORECASE
)
_OLD_TAIL = re.compile(
    r"[ \t]*(?:LOAD-DATE|UPDATE|LANGUAGE|SPRACHE|LANGUE|GRAPHIC|GRAFIK|PUBLICATION-TYPE|DOCUMENT-TYPE|SUBJECT|NOTES"
    r"|ORGANIZATION|COMPANY|PERSON|GEOGRAPHIC|COUNTRY|STATE|CITY|INDUSTRY|JOURNAL-CODE|CORRECTION-DATE):"
)
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")


def split_nexis(text: str) -> list[Exported]:
    """Give the articles of an export; none if the text is no export of Nexis."""
    if _END.search(text) and _BODY.search(text) and (_LENGTH.search(text) or _COPYRIGHT.search(text)):
        return [_read_uni(piece) for piece in _END.split(text) if piece.strip()]
    starts = [match.end() for match in _COUNT.finditer(text)]
    if not starts or not _LENGTH.search(text):
        return []
    ends = [*(match.start() for match in _COUNT.finditer(text)), len(text)][1:]
    return [_read_old(text[start:end]) for start, end in zip(starts, ends, strict=True)]


def _read_uni(piece: str) -> Exported:
    """Read one article of Nexis Uni: headline, newspaper, date, copyright, fields; ``Body``; text; indexing."""
    body = _BODY.search(piece)
    # A short notice or a picture may come without a body: what follows the head is taken for it.
    head, rest = (piece[: body.start()], piece[body.end() :]) if body else (piece, "")
    tail = _TAIL.search(rest)
    words = rest[: tail.start()] if tail else rest
    found = Exported("Nexis", words.strip())
    _read_head([line.strip() for line in head.splitlines() if line.strip()], found, cover=bool(_COVER.search(head)))
    _read_fields(rest[tail.start() :].splitlines() if tail else [], found)
    found.left_out = _count_rest(piece, found)
    return found


def _read_head(lines: list[str], found: Exported, *, cover: bool) -> None:
    """Read the lines before the text; a cover page that lists all articles may stand before the first one's."""
    first = next((n for n, line in enumerate(lines) if _COPYRIGHT.match(line)), None)
    if first is None:
        first = next((n for n, line in enumerate(lines) if _FIELD.match(line) and not _COVER.match(line)), len(lines))
    dated = next((n for n in range(first - 1, max(first - 4, -1), -1) if read_date(lines[n])), None)
    at = first if dated is None else dated
    if dated is not None:
        found.fields["date"] = read_date(lines[dated])
    if at >= 1:
        source = at - 1 if at >= 2 else None
        if source is not None:
            found.fields["source"] = lines[source]
        stop = at - 1 if source is not None else at
        found.fields["title"] = " ".join(lines[max(stop - 1, 0) if cover else 0 : stop])
    editions = [line for line in lines[at + 1 : first] if line]
    if editions:
        found.metadata["edition"] = "; ".join(editions)
    _read_fields(lines[first:], found)


def _read_fields(lines: list[str], found: Exported) -> None:
    """Read ``Field: value`` lines; a line without a field's name goes on with the one above it."""
    name = ""
    for line in lines:
        words = " ".join(line.split())
        field = _FIELD.match(words)
        if field:
            name = _FIELDS[field["name"].lower()]
            _put(found, name, field["value"])
        elif _COPYRIGHT.match(words):
            name = "copyright"
            _put(found, name, words)
        elif not words or _TAIL.match(words):
            name = ""
        elif name:
            _put(found, name, words)


def _put(found: Exported, name: str, value: str) -> None:
    target = found.fields if name in _KNOWN else found.metadata
    if name == "author":
        value = re.sub(r"^(?:by|von|por|par)\s+", "", value, flags=re.IGNORECASE)
    target[name] = f"{target.get(name, '')} {value}".strip()


def _read_old(piece: str) -> Exported:
    """Read one article of the older form, block by block: newspaper, date, headline, fields, text, indexing."""
    found = Exported("Nexis", "")
    blocks = [block.strip("\r\n") for block in _BLANK.split(piece) if block.strip()]
    before = [number for number, block in enumerate(blocks) if _FIELD.match(block) and not _OLD_TAIL.match(block)]
    head = _head_end(blocks, before)
    tail = next((n for n in range(head, len(blocks)) if _OLD_TAIL.match(blocks[n])), len(blocks))
    opening = []
    for block in blocks[:head]:
        if _FIELD.match(block):
            _read_fields(block.splitlines(), found)
        elif _COPYRIGHT.match(block.strip()):
            opening += _read_copyright(block.splitlines(), found)
        else:
            opening.append(" ".join(block.split()))
    _read_opening(opening, found)
    for block in blocks[tail:]:
        _read_fields(block.splitlines(), found)
    body = []
    for block in blocks[head:tail]:
        lines = [line.strip() for line in block.splitlines()]
        body += ["\n".join(lines)] if not _COPYRIGHT.match(lines[0]) else _read_copyright(lines, found)
    found.body = re.sub(r"^BODY:\s*", "", "\n\n".join(body))
    found.left_out = _count_rest(piece, found)
    return found


def _read_copyright(lines: list[str], found: Exported) -> list[str]:
    """Read a block that begins with the copyright; what follows "All Rights Reserved" is given back."""
    end = next((n for n, line in enumerate(lines, 1) if _RESERVED.search(line)), len(lines))
    _read_fields(lines[:end], found)
    return [" ".join(line.split()) for line in lines[end:]]


def _head_end(blocks: list[str], fields: list[int]) -> int:
    """Give where the text begins: behind the last field of the head, which follow each other but for a headline."""
    end = 0
    for number in fields:
        if end and number > end + 1:
            break
        end = number + 1
    return end


def _read_opening(opening: list[str], found: Exported) -> None:
    """Read what stands before the fields: newspaper, date, perhaps an edition, headline."""
    dated = next((number for number, words in enumerate(opening) if read_date(words)), None)
    if dated is not None:
        found.fields["date"] = read_date(opening[dated])
    if opening and dated != 0:
        found.fields["source"] = opening[0]
    rest = opening[(0 if dated is None else dated) + 1 :] if dated is not None else opening[1:]
    editions = [words for words in rest if _EDITION.fullmatch(words)]
    if editions:
        found.metadata["edition"] = "; ".join(editions)
    headline = " ".join(words for words in rest if words not in editions)
    if headline and "title" not in found.fields:
        found.fields["title"] = headline


def _count_rest(piece: str, found: Exported) -> int:
    kept = sum(map(len, (found.body, *found.fields.values(), *found.metadata.values())))
    return max(0, len(" ".join(piece.split())) - kept)
