"""A source → drafts: one reader for each form of file."""

import re
from collections.abc import Iterator

from polnlp.articles.decoding import decode_bytes, is_binary
from polnlp.articles.drafts import LIMIT, Draft, pick_fields
from polnlp.articles.frontmatter import split_front_matter
from polnlp.articles.rows import BadFile, read_rows
from polnlp.articles.sources import ROW_SUFFIXES, Source, refuse
from polnlp.config import ArticlesConfig
from polnlp.schema import Failure


def read_source(source: Source, config: ArticlesConfig) -> Iterator[Draft | Failure]:
    """Give the articles of one file; whatever is wrong with it, or with a row, is a failure among them."""
    try:
        if source.suffix.lower() in ROW_SUFFIXES:
            yield from _read_table(source, config)
        else:
            yield _read_text(source, config)
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


def _read_text(source: Source, config: ArticlesConfig) -> Draft:
    with source.opener() as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise BadFile(f"the file has more than {LIMIT:,} bytes; cut it up.")
    if not data:
        raise BadFile("the file is empty (0 bytes); expected an article.")
    if is_binary(data):
        raise BadFile(f"binary data (begins {data[:8]!r}); expected a text. Convert it, or leave it out.")
    draft = read_text(data, source.suffix.lower(), config)
    draft.default_id, draft.origin, draft.file = source.stem, source.origin, source.name
    return draft


def read_text(data: bytes, suffix: str, config: ArticlesConfig) -> Draft:
    """Make a draft of the bytes of a text, a Markdown file or a page."""
    if suffix in (".html", ".htm", ".xhtml"):
        from polnlp.articles.pages import read_page

        return read_page(data, config)
    text, notes = decode_bytes(data, config.encoding)
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
    return Draft(fields, metadata, "", "", notes=list(notes))
