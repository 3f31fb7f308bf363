"""What a reader found for one article → an Article, or the reason why there is none."""

import datetime
import decimal
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from polnlp.articles.repair import repair_text
from polnlp.articles.stamps import parse_stamp
from polnlp.schema import Article, ArticleDate, Failure

LIMIT = 200_000_000  # bytes; a text, and a file that must be read whole, may not be larger

# The names that polnlp knows; what else comes with an article is kept in its metadata.
KNOWN = ("text", "id", "title", "date", "author", "source", "url", "language", "country")
_IN_METADATA = ("author", "source", "url", "country")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DEEPEST = 20  # levels of lists and objects in metadata
_LANGUAGES = {
    "english": "en", "eng": "en", "spanish": "es", "spa": "es", "español": "es", "castellano": "es", "french": "fr",
    "fra": "fr", "fre": "fr", "français": "fr", "german": "de", "deu": "de", "ger": "de", "deutsch": "de",
    "portuguese": "pt", "por": "pt", "português": "pt", "italian": "it", "ita": "it", "italiano": "it", "russian": "ru",
    "rus": "ru", "dutch": "nl", "nld": "nl", "polish": "pl", "pol": "pl", "arabic": "ar", "ara": "ar", "chinese": "zh",
    "zho": "zh",
}  # fmt: skip


@dataclass
class Draft:
    """An article as its file gives it.

    Attributes:
        fields: Known names to values as given.
        metadata: Everything else, as given.
        default_id: The id where the data give none.
        origin: File, with line or member.
        file: Path below the folder that was read, to match the folder's ``metadata.csv``.
        date_from: The column or meta tag that ``fields["date"]`` is from.
        found_date: A date that a reader found outside metadata and text (an HTML page's byline).
        single: Whether the file holds this article alone.
    """

    fields: dict[str, Any]
    metadata: dict[str, Any]
    default_id: str
    origin: str
    file: str = ""
    date_from: str = "date"
    found_date: ArticleDate | None = None
    notes: list[str] = field(default_factory=list)
    single: bool = True

    @property
    def given_id(self) -> str | None:
        """The id as given, if it is a string or a number."""
        given = self.fields.get("id")
        usable = isinstance(given, str | int | float | decimal.Decimal) and not isinstance(given, bool)
        return replace_surrogates(str(given).strip()) or None if usable else None

    @property
    def id(self) -> str:
        """The id as given, else the default; without surrogates, so that it can be written."""
        return self.given_id or replace_surrogates(self.default_id)


def pick_fields(row: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a row into known fields and the rest.

    Args:
        columns: polnlp's names to the input's; a name that is not mapped is looked for as it is, then without case.
    """
    rest = dict(row)
    folded = {key.strip().casefold(): key for key in reversed(rest)}
    fields: dict[str, Any] = {}
    for name in KNOWN:
        column = columns[name] if columns.get(name) in row else folded.get(name)
        if name in columns and column != columns[name] and column in columns.values():
            continue
        if column in rest:
            fields[name] = rest.pop(column)
    return {
        name: value for name, value in fields.items() if value is not None and (value != "" or name == "text")
    }, rest


def finish_draft(draft: Draft) -> Article | Failure:
    """Make the article: text checked, date read, metadata fit to be written as JSON.

    Lone surrogates, which no encoding can write, become U+FFFD one by one, so that offsets hold; NULs stay. A text that
    was decoded wrongly before it came here is repaired: offsets count in the repaired one, and a note says so.
    """
    reason = _find_fault(draft)
    if reason is not None:
        return Failure(article_id=draft.id, reason=reason, origin=draft.origin)
    notes = list(draft.notes)
    if draft.given_id is None and draft.fields.get("id") is not None:
        notes.append(f"id {str(draft.fields['id'])[:60]!r} is neither a string nor a number")
    text = _clean_text(draft.fields["text"], notes)
    metadata = {name: draft.fields[name] for name in _IN_METADATA if name in draft.fields} | draft.metadata
    date = _read_date(draft, metadata, notes)
    language = _read_language(draft.fields.get("language"), metadata)
    title = draft.fields.get("title")
    return Article(
        id=draft.id,
        text=text,
        title=_clean_title(title) if title is not None else None,
        date=date,
        language=language,
        metadata=clean_metadata(metadata),
        origin=replace_surrogates(draft.origin),
        notes=tuple(notes),
    )


def clean_metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Make metadata fit for JSON, changed as little as can be."""
    return {replace_surrogates(str(key)): _clean_value(value) for key, value in metadata.items()}


def replace_surrogates(text: str) -> str:
    """Put U+FFFD for each lone surrogate."""
    text = str(text)  # NumPy's texts cannot be written
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _find_fault(draft: Draft) -> str | None:
    text = draft.fields.get("text")
    if text is None:
        columns = ", ".join(sorted(map(repr, {**draft.fields, **draft.metadata}))[:12]) or "nothing"
        return (
            f"no text: found {columns}; expected a column 'text' that is not empty,"
            f' or its name in the settings: [articles.columns] text = "...".'
        )
    if not isinstance(text, str):
        return f"the text is of type {type(text).__name__}; expected a string."
    if not text.strip("\ufeff \t\r\n\f\v\x00\xa0\u200b"):
        return "the text is empty: nothing but white space; expected an article."
    if len(text) > LIMIT:
        return f"the text has {len(text):,} characters; at most {LIMIT:,} are read. Cut it into several articles."
    return None


def _clean_text(text: str, notes: list[str]) -> str:
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} NUL characters kept in the text")
    cleaned = replace_surrogates(text)
    if cleaned is not text and cleaned != text:
        notes.append(f"{len(_SURROGATES.findall(text))} lone surrogates replaced by U+FFFD")
    repaired, told = repair_text(cleaned)
    notes.extend(told)
    return repaired


def _clean_title(title: Any) -> str | None:
    """Give a title as its text is given: it is looked for in there."""
    return repair_text(replace_surrogates(" ".join(str(title).split())))[0] or None


def _read_date(draft: Draft, metadata: dict[str, Any], notes: list[str]) -> ArticleDate | None:
    given = draft.fields.get("date")
    if given is None:
        return draft.found_date
    words = given.isoformat() if isinstance(given, datetime.date) else str(given).strip()
    value = parse_stamp(words)
    if value != words:
        # The time of day, or what could not be read, would else be lost.
        metadata.setdefault("date", given)
    if value is None:
        notes.append(f"date {words[:60]!r} could not be read; expected ISO 8601 such as 2009-01-29")
        return draft.found_date
    return ArticleDate(value=value, source="metadata", text=draft.date_from)


def _read_language(given: Any, metadata: dict[str, Any]) -> str | None:
    """Give the two-letter code; what is none is kept in the metadata."""
    if given is None:
        return None
    name = str(given).strip().lower()
    code = _LANGUAGES.get(name) or re.split(r"[-_]", name)[0]
    if re.fullmatch(r"[a-z]{2}", code):
        return code
    if code in _LANGUAGES:
        return _LANGUAGES[code]
    metadata.setdefault("language", given)
    return None


def _clean_value(value: Any, depth: int = 0) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**64 else str(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {replace_surrogates(str(key)): _clean_value(item, depth + 1) for key, item in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [_clean_value(item, depth + 1) for item in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else replace_surrogates(str(value))
