"""Small makers of records for tests."""

import re

from polnlp.entities.merges import MergeTally
from polnlp.schema import (
    Article,
    ArticleDate,
    Coverage,
    Entity,
    MadeBy,
    Mention,
    Paragraph,
    Report,
    ReportArticle,
    Stance,
    Topic,
)


def make_report(article_id: str = "quito", text: str = "Correa met Morales.", **fields) -> Report:
    """A report on one sentence in which two leaders meet."""
    defaults = {
        "article": ReportArticle(
            id=article_id,
            title=None,
            date=ArticleDate(value="2009-01-29", source="metadata", text="date"),
            language="en",
            sha256="0" * 64,
        ),
        "text": text,
        "paragraphs": (Paragraph(index=0, start=0, end=len(text), zone="body", sentences=((0, len(text)),)),),
        "mentions": (
            Mention(start=0, end=6, text="Correa", label="LEADER", score=0.9, entity_id="leader:ECU:rafael-correa"),
            Mention(start=11, end=18, text="Morales", label="LEADER", score=0.9, entity_id="leader:BOL:evo-morales"),
        ),
        "entities": (
            Entity(id="leader:ECU:rafael-correa", label="LEADER", name="Rafael Correa", aliases=("Correa",)),
            Entity(id="leader:BOL:evo-morales", label="LEADER", name="Evo Morales", aliases=("Morales",)),
        ),
        "topics": (Topic(label="International Affairs", score=0.8),),
        "stances": (Stance(holder="author", target="leader:ECU:rafael-correa", label="neutral", score=0.7),),
        "coverage": Coverage(characters=len(text), read=len(text)),
        "made_by": MadeBy(polnlp="0", settings="s", input=article_id),
    }
    return Report(**(defaults | fields))


def collect_merges(reports):
    """The distinct decisions of reports, as a run writes them into ``merges.csv``."""
    tally = MergeTally()
    for report in reports:
        tally.add(report.merges)
    return tally.rows()


def read_marked(marked, date="2009-01-29", **metadata):
    """Read "[LEADER Hugo Chavez] spoke." as an article with mentions; a blank line begins a new paragraph."""
    text, mentions, at = "", [], 0
    for match in re.finditer(r"\[([A-Z]+) ([^\]]+)\]", marked):
        text += marked[at : match.start()]
        surface = match.group(2)
        place = Mention(start=len(text), end=len(text) + len(surface), text=surface, label=match.group(1), score=0.9)
        mentions.append((place, text.count("\n\n")))
        text += surface
        at = match.end()
    text += marked[at:]
    article = Article(id="a", text=text, date=ArticleDate(value=date, source="argument"), metadata=metadata)
    return article, [Mention(**{f: getattr(m, f) for f in m.__struct_fields__} | {"paragraph": p}) for m, p in mentions]
