"""Windows: the stretches of an article within which two names meet.

References:
    Hearst (1997). TextTiling: segmenting text into multi-paragraph subtopic passages. Comp. Linguistics 23(1), 33-64.
        (Token sequences of one length as units that do not hang on how a text is set.)
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.paragraphs import mask_paragraph
from polnlp.schema import CONTENT_ZONES, Mention, Report

WindowKey = tuple[str, int, int]  # article id, paragraph (or number of the stretch of tokens) or -1, sentence or -1

_TOKEN = re.compile(r"\S+")


def window_namer(report: Report, config: GraphConfig) -> Callable[[Mention], WindowKey]:
    """Give the function that names the window in which a mention of this report stands.

    Windows of tokens follow each other without overlap, from the article's first word on and over the borders of
    paragraphs, so that a mention stands in exactly one. A token is what white space parts; only what is analysed
    counts (title, body and quotations, without stubs). A mention belongs where its first token stands.

    Raises:
        CorpusError: If tokens are to be counted and the report holds no text.
    """
    article = report.article.id
    if config.window == "tokens":
        starts, size = _token_starts(report), config.window_tokens
        return lambda mention: (article, max(0, bisect_right(starts, mention.start) - 1) // size, -1)
    if config.window == "article":
        return lambda _mention: (article, -1, -1)
    if config.window == "sentence":
        return lambda mention: (article, mention.paragraph, mention.sentence)
    return lambda mention: (article, mention.paragraph, -1)


def _token_starts(report: Report) -> list[int]:
    if report.text is None:
        raise CorpusError(
            f"Article {report.article.id!r}: its report holds no text, and windows of tokens count words. "
            'Run again without `--no-text`, or choose window = "sentence", "paragraph" or "article" in [graph].'
        )
    return [
        paragraph.start + token.start()
        for paragraph in report.paragraphs
        if paragraph.zone in CONTENT_ZONES
        for token in _TOKEN.finditer(mask_paragraph(report.text, paragraph, report.paragraphs))
    ]


def evidence_window(entry: dict[str, Any], window: str) -> WindowKey:
    """Name the window of a ledger's entry, as ``window_namer`` names that of its mentions."""
    if window == "tokens":
        return entry["article"], entry["window"], -1
    paragraph = -1 if window == "article" else entry["paragraph"]
    return entry["article"], paragraph, entry["sentence"] if window == "sentence" else -1
