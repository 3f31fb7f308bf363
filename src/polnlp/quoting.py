"""Metadata that quote an article: for reports that may not hold its text."""

import re
from collections.abc import Mapping
from typing import Any

RUN = 6  # words in a row that are a quotation; the length at which plagiarism is looked for
_WORD = re.compile(r"\w+")


def part_quotations(metadata: Mapping[str, Any], text: str, title: str | None) -> tuple[dict[str, Any], list[str]]:
    """Part metadata from those values that quote the article, such as a page's description or a highlight.

    Args:
        text: The article.
        title: Its title, which may stay: a citation needs it, and an address often repeats it.

    Returns:
        What may be kept, and the names of what may not.
    """
    quotable = _runs(text) - _runs(title or "")
    quoting = [name for name, value in metadata.items() if quotable & _runs(str(value))]
    return {name: value for name, value in metadata.items() if name not in quoting}, quoting


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
