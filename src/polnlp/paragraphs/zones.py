"""Blocks → zones: what is content, and what came along with it; the rules stand in ``rules``."""

from collections.abc import Sequence

from polnlp.paragraphs.comments import find_comments
from polnlp.paragraphs.rules import RULES, Context, Place, fold
from polnlp.paragraphs.stubs import strip_stubs
from polnlp.schema import Article, Zone

Span = tuple[int, int]

_OPENING = 10  # blocks in which a title or byline may stand
_CLOSING = 8  # blocks, counted from the end of the article proper
_LAST = 3  # blocks in which the author's biography may stand
_PROSE = 80  # characters, from which on a block that ends in a stop is running text


def find_zones(article: Article, blocks: Sequence[Span]) -> list[Zone]:
    """Name the zone of each block of an article's text.

    Everything from the heading of a comment section on is a comment. The rules for any place come first; what they
    leave is judged by those for its place: the opening, the first block, the closing, the last.

    Returns:
        As many zones as blocks, in their order.
    """
    texts = [strip_stubs(" ".join(article.text[start:end].split())) for start, end in blocks]
    end = find_comments(texts)
    context = _make_context(article)
    zones: list[Zone] = [_apply(text, context, "any") or "body" for text in texts[:end]]
    content = [index for index, zone in enumerate(zones) if zone in ("body", "quote")]
    for index in _find_opening(texts, content):
        first = index == content[0] and len(content) > 1
        places: tuple[Place, ...] = ("opening", "first") if first else ("opening",)
        zones[index] = _apply(texts[index], context, *places) or zones[index]
    bylines = " ".join(fold(text) for text, zone in zip(texts, zones, strict=False) if zone == "byline")
    context = context._replace(authors=f"{context.authors} {bylines}")
    content = [index for index in content if zones[index] in ("body", "quote")]
    for index in content[-_CLOSING:]:
        zones[index] = _apply(texts[index], context, "closing") or zones[index]
    _mark_biography(texts, zones, [index for index in content if zones[index] == "body"], context)
    zones += ["comment"] * (len(texts) - end)
    return zones


def _make_context(article: Article) -> Context:
    author = article.metadata.get("author")
    authors = fold(" ".join(map(str, author)) if isinstance(author, list) else str(author or ""))
    return Context(title=fold(article.title or ""), authors=authors, count=article.text.count)


def _apply(text: str, context: Context, *places: Place) -> Zone | None:
    for rule in RULES:
        if rule.place in places and len(text) <= rule.longest and rule.applies(text, context):
            return rule.zone
    return None


def _find_opening(texts: Sequence[str], content: Sequence[int]) -> list[int]:
    """Give the content blocks before the second one of running text: a title and byline stand nowhere else."""
    opening: list[int] = []
    prose = 0
    for index in content[:_OPENING]:
        opening.append(index)
        prose += len(texts[index]) >= _PROSE and texts[index].rstrip("\"'”’)").endswith((".", "!", "?"))
        if prose == 2:
            break
    return opening


def _mark_biography(texts: Sequence[str], zones: list[Zone], body: Sequence[int], context: Context) -> None:
    """Mark the author's biography: among the last blocks, with all that follows it; never the only running text."""
    for index in body[-_LAST:]:
        if index != body[0] and _apply(texts[index], context, "last") == "bio":
            for following in body:
                if following >= index:
                    zones[following] = "bio"
            return
