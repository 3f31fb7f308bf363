"""A source → drafts: one reader for each form of file."""

import re
from collections.abc import Iterator

from polnlp.articles.decoding import decode_bytes, is_binary
from polnlp.articles.drafts import LIMIT, Draft, pick_fields
from polnlp.articles.exported import Exported
from polnlp.articles.factiva import split_factiva
from polnlp.articles.frontmatter import split_front_matter
from polnlp.articles.nexis import split_nexis
from polnlp.articles.rows import BadFile, read_rows
from polnlp.articles.sources import DOCUMENT_SUFFIXES, ROW_SUFFIXES, Source, refuse
from polnlp.config import ArticlesConfig
from polnlp.schema import Failure


def read_source(source: Source, config: ArticlesConfig) -> Iterator[Draft | Failure]:
    """Give the articles of one file; whatever is wrong with it, or with a row, is a failure among them."""
    try:
        if source.suffix.lower() in ROW_SUFFIXES:
            yield from _read_table(source, config)
        else:
            yield from _read_text(source, config)
    except BadFile as error:
        yield refuse(source.stem, source.origin, str(error))
    except OSError as error:
        yield refuse(source.stem, source.origin, f"cannot be read: {error.strerror or error}.")


def _read_table(source: Source, config: ArticlesConfig) -> Iterator[Draft | Failure]:
    for row in read_rows(source, config.encoding):
        origin = source.origin if row.alone else f"{source.origin}:{row.number}"
        default_id = source.stem if row.alone else f"{source.stem}#{row.number}"
        if row.columns is None:
            yield refuse(default_id, origin, row.fault)
            continue
        fields, metadata = pick_fields(row.columns, config.columns)
        yield Draft(
            fields,
            metadata,
            default_id,
            origin,
            file=source.name,
            date_from=config.columns.get("date", "date"),
            notes=list(row.notes),
            single=row.alone,
        )


def _read_text(source: Source, config: ArticlesConfig) -> Iterator[Draft]:
    with source.opener() as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise BadFile(f"the file has more than {LIMIT:,} bytes; cut it up.")
    if not data:
        raise BadFile("the file is empty (0 bytes); expected an article.")
    suffix = source.suffix.lower()
    if suffix in DOCUMENT_SUFFIXES:
        drafts = _read_document(data, suffix)
    elif is_binary(data):
        raise BadFile(f"binary data (begins {data[:8]!r}); expected a text. Convert it, or leave it out.")
    else:
        drafts = read_texts(data, suffix, config)
    for number, draft in enumerate(drafts, 1):
        draft.default_id = source.stem if draft.single else f"{source.stem}#{number}"
        draft.origin = source.origin if draft.single else f"{source.origin}:{number}"
        draft.file = source.name
        yield draft


def _read_document(data: bytes, suffix: str) -> list[Draft]:
    """Make the drafts of a Word, RTF or PDF file: those of an export of a newspaper database, else the file's one."""
    if suffix == ".docx":
        from polnlp.articles.docx import read_docx as read
    elif suffix == ".rtf":
        from polnlp.articles.rtf import read_rtf as read
    else:
        from polnlp.articles.pdf import read_pdf as read
    blocks = read(data)
    if exported := split_export(blocks.text):
        return [article.to_draft() for article in exported]
    metadata = {key: value for key, value in blocks.metadata.items() if key != "title"}
    fields = {"text": blocks.text} | ({"title": blocks.title} if blocks.title else {})
    return [Draft(fields, metadata, "", "", notes=blocks.notes)]


def read_texts(data: bytes, suffix: str, config: ArticlesConfig) -> list[Draft]:
    """Make the drafts of the bytes of a text, a Markdown file or a page: several if it is a database's export."""
    if suffix in (".html", ".htm", ".xhtml"):
        from polnlp.articles.pages import read_pages

        return read_pages(data, config)
    text, notes = decode_bytes(data, config.encoding)
    if exported := split_export(text):
        return [article.to_draft(notes) for article in exported]
    fields: dict[str, object] = {"text": text}
    metadata: dict[str, object] = {}
    if suffix in (".md", ".markdown"):
        values, text, note = split_front_matter(text)
        fields, metadata = pick_fields(values, config.columns)
        if "text" in fields:
            metadata["text"] = fields["text"]
        fields["text"] = text
        notes = (*notes, note) if note else notes
    fields["text"] = re.sub("^\ufeff", "", text)
    return [Draft(fields, metadata, "", "", notes=list(notes))]


def split_export(text: str) -> list[Exported]:
    """Give the articles of a newspaper database's export; none if the text is no export."""
    return split_nexis(text) or split_factiva(text)
