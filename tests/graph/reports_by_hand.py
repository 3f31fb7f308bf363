"""Small reports written by hand: ``[COUNTRY Venezuela]`` marks a name, a blank line parts paragraphs."""

import re

from polnlp.schema import (
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

MARK = re.compile(r"\[([A-Z]+)(?:=(\S+))? ([^\]]+)\]")


def make_report(
    marked,
    *,
    article="a1",
    date=None,
    topics=(),
    stances=(),
    score=1.0,
    link=1.0,
    with_text=True,
    title=None,
    metadata=None,
    dates=(),
):
    """Build a report from a marked text.

    ``[LABEL name]`` is a mention of the entity ``nil:name``; ``[LABEL=id name]`` of the entity ``id``. ``topics`` are
    ``(paragraph, label)``, ``stances`` are ``(paragraph, holder, target, label, score)``.
    """
    text, paragraphs, mentions = "", [], []
    for index, block in enumerate(marked.split("\n\n")):
        start, sentences = len(text), []
        for sentence, words in enumerate(re.split(r"(?<=\.) ", block)):
            text += " " if sentence else ""
            sentence_start = len(text)
            text, found = _add_sentence(text, words, index, sentence, score)
            mentions += found
            sentences.append((sentence_start, len(text)))
        paragraphs.append(Paragraph(index=index, start=start, end=len(text), zone="body", sentences=tuple(sentences)))
        text += "\n\n"
    return Report(
        article=ReportArticle(
            id=article,
            title=title,
            date=ArticleDate(value=date, source="metadata") if date else None,
            language="en",
            sha256="0" * 64,
            metadata=metadata or {},
        ),
        text=text if with_text else None,
        paragraphs=tuple(paragraphs),
        mentions=tuple(mentions),
        dates=tuple(dates),
        entities=_entities(mentions, link),
        topics=tuple(Topic(paragraph=paragraph, label=label, score=0.9) for paragraph, label in topics),
        stances=tuple(
            Stance(paragraph=p, holder=holder, target=target, label=label, score=s)
            for p, holder, target, label, s in stances
        ),
        coverage=Coverage(characters=len(text), read=len(text)),
        made_by=MadeBy(polnlp="0", settings="0"),
    )


def _add_sentence(text, words, paragraph, sentence, score):
    mentions, place = [], 0
    for mark in MARK.finditer(words):
        text += words[place : mark.start()]
        label, entity_id, name = mark.groups()
        mentions.append(
            Mention(
                start=len(text),
                end=len(text) + len(name),
                text=name,
                label=label,
                score=score,
                entity_id=entity_id or f"nil:{name}",
                paragraph=paragraph,
                sentence=sentence,
                source="hand",
            )
        )
        text += name
        place = mark.end()
    return text + words[place:], mentions


def _entities(mentions, link):
    by_id = {}
    for mention in mentions:
        by_id.setdefault(mention.entity_id, []).append(mention)
    return tuple(
        Entity(
            id=entity_id,
            label=group[0].label,
            name=group[0].text,
            aliases=tuple(sorted({m.text for m in group})),
            count=len(group),
            score=link,
        )
        for entity_id, group in by_id.items()
    )
