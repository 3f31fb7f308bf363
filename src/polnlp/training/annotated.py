"""Paragraphs of other people's articles with topics and stances of our own: labels come with polnlp, texts do not.

``annotated_articles.tsv`` has a line per paragraph, without a head: the article's id in ``corpus/articles.jsonl`` of
the data folder, the paragraph's number there (from 0, parted by blank lines), its first 12 hex digits of sha256,
topic, second topic or nothing, and stances as ``favor 10-20 40-45; neutral 3-9`` in code points of the paragraph.
"""

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from polnlp.errors import CorpusError
from polnlp.training.judged import JudgedTarget
from polnlp.training.labelled import read_rows
from polnlp.training.silver import ARTICLES

_LABELS = "annotated_articles.tsv"


class AnnotatedParagraph(NamedTuple):
    """A paragraph of an article, its topics and the stances that it takes."""

    article: str
    text: str
    topic: str
    second: str | None
    stances: tuple[JudgedTarget, ...]


def read_annotated(data: Path) -> Iterator[AnnotatedParagraph]:
    """Read the annotated paragraphs whose articles the data folder has.

    Raises:
        CorpusError: If a paragraph is not the one that was annotated.
    """
    path = data / ARTICLES
    if not path.is_file():
        return
    articles = {row["id"]: row["text"].split("\n\n") for _, row in read_rows(path)}
    lines = files("polnlp.training").joinpath(_LABELS).read_text(encoding="utf-8").splitlines()
    for line in lines:
        article, number, digest, topic, second, stances = line.split("\t")
        paragraphs = articles.get(article, [])
        text = paragraphs[int(number)] if int(number) < len(paragraphs) else ""
        if fingerprint(text) != digest:
            raise CorpusError(
                f"{path}: paragraph {number} of {article!r} is not the text that polnlp's labels are for; "
                "use the data folder that this release names."
            )
        yield AnnotatedParagraph(article, text, topic, second or None, tuple(_read_stances(stances)))


def fingerprint(text: str) -> str:
    """Give what a paragraph is known by."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read_stances(field: str) -> Iterator[JudgedTarget]:
    for stance in filter(None, field.split("; ")):
        label, *spans = stance.split(" ")
        yield JudgedTarget(tuple((int(start), int(end)) for start, end in (span.split("-") for span in spans)), label)
