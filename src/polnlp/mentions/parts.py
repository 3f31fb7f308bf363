"""A paragraph as the tagger reads it: character for character as long as the text, without what would mislead it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from polnlp.paragraphs import mask_paragraph
from polnlp.schema import Paragraph

# What no tokenizer reads: NUL, other controls, lone surrogates. One character for one, so that offsets stay.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
# Quotation marks and dashes in UTF-8 that were read as Latin-1 or as Windows-1252, common in scraped news.
_MISREAD = re.compile("â(?:\x80[\x93\x94\x98\x99\x9c\x9d\xa6]|€[“”˜™œ\x9d¦])")
_READ = {
    "\x93": " – ", "“": " – ", "\x94": " — ", "”": " — ", "\x98": "  ‘", "˜": "  ‘", "\x99": "  ’", "™": "  ’",
    "\x9c": "  “", "œ": "  “", "\x9d": "”  ", "\xa6": "…  ",
}  # fmt: skip


class Part(NamedTuple):
    """A paragraph as the tagger reads it: the text from ``start`` on with stubs blanked."""

    paragraph: Paragraph
    start: int
    text: str


def read_part(text: str, paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> Part:
    """Give a paragraph as the tagger reads it."""
    masked = mask_paragraph(text, paragraph, paragraphs)
    return Part(paragraph, paragraph.start, _UNREADABLE.sub("\ufffd", repair_marks(masked)))


def repair_marks(text: str) -> str:
    """Put a mark and spaces for a mark that was decoded wrongly into three characters; the length stays.

    Examples:
        >>> repair_marks("Russiaâ€™s")
        'Russia  ’s'
    """
    return _MISREAD.sub(lambda match: _READ[match.group()[-1]], text) if "â" in text else text
