"""Stage 2: an article → its paragraphs, each in a zone, with sentences and with left-over link text cut out.

Lines become blocks (``lines``), rules name the blocks' zones (``zones``), stubs are found inside them (``stubs``).
"""

from collections.abc import Sequence

from polnlp.config import ParagraphsConfig
from polnlp.paragraphs.lines import find_blocks
from polnlp.paragraphs.stubs import blank_out, find_stubs
from polnlp.paragraphs.zones import find_zones
from polnlp.schema import Article, Paragraph
from polnlp.sentences import split_sentences

__all__ = ["mask_paragraph", "split_paragraphs"]

_DEFAULTS = ParagraphsConfig()


def split_paragraphs(article: Article, config: ParagraphsConfig = _DEFAULTS) -> tuple[Paragraph, ...]:
    """Cut an article into paragraphs.

    Returns:
        Ordered by ``start``, an outer paragraph before the stubs within it. The outer ones do not overlap, hold all
        that is not white space, and neither begin nor end in white space. Line breaks inside stay in the text.
        Sentences leave out stubs at their edges; a stub within another paragraph has none.
    """
    text = article.text
    blocks = find_blocks(text, config.join_lines)
    paragraphs: list[Paragraph] = []
    for (start, end), zone in zip(blocks, find_zones(article, blocks), strict=True):
        outer = len(paragraphs)
        piece = text[start:end]
        stubs = [] if zone == "stub" else find_stubs(piece)
        sentences = split_sentences(blank_out(piece, stubs))
        paragraphs.append(
            Paragraph(
                index=outer,
                start=start,
                end=end,
                zone=zone,
                sentences=tuple([(start + left, start + right) for left, right in sentences]),
            )
        )
        for left, right in stubs:
            index = len(paragraphs)
            paragraphs.append(Paragraph(index=index, start=start + left, end=start + right, zone="stub", within=outer))
    return tuple(paragraphs)


def mask_paragraph(text: str, paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> str:
    """Give a paragraph's text with the stubs within it, and the marks of a block quote, replaced by spaces.

    Args:
        text: The article's text.
        paragraphs: All paragraphs of the article, as ``split_paragraphs`` gives them.

    Returns:
        ``paragraph.end - paragraph.start`` characters: an offset in it, plus ``paragraph.start``, is the article's.
    """
    stubs = []
    following = paragraph.index + 1
    while following < len(paragraphs) and paragraphs[following].within == paragraph.index:
        stub = paragraphs[following]
        stubs.append((stub.start - paragraph.start, stub.end - paragraph.start))
        following += 1
    return blank_out(text[paragraph.start : paragraph.end], stubs)
