"""Texts that were decoded wrongly before they came here → as they were written, and a note of what was changed.

Two faults are mended: UTF-8 that was read as a western encoding ("donâ€™t", "JosÃ©"), by ftfy; and quotation marks of
Windows that were read as those of a Macintosh, or the other way round ("Lebanonís", "LebanonÕs"), by rules of our own.

References:
    Speer (2019). ftfy (version 5.5). Zenodo. doi:10.5281/zenodo.2591652
"""

import re
from typing import NamedTuple

from polnlp.wording import several

# What ftfy could not carry through: control characters, and a euro sign that was the middle of a quotation mark.
_UNFINISHED = re.compile("[\x80-\x9f]|€['\"“”‘’™œ˜¦…–—]")
# A closing quotation mark whose last byte, which cp1252 leaves undefined, was lost.
_CLOSING = re.compile(r"â€(?=[ .,;:!?)]|$)")
_ENDING = r"(?:s|t|d|m|ve|re|ll)\b"
_SHORTEST = 4  # letters of a word that bears a possessive: shorter ones are parts of names (Solís, Luís)
_ENOUGH = 2  # different words with an apostrophe that make a text one of those
_NEGATED = frozenset({
    "aren", "can", "couldn", "didn", "doesn", "don", "hadn", "hasn", "haven", "isn", "shouldn", "wasn", "weren", "won",
    "wouldn",
})  # fmt: skip


class _Marks(NamedTuple):
    """The letters that another encoding made of punctuation."""

    single: str
    apostrophe: str
    opening: str
    closing: str
    short_dash: str
    long_dash: str

    @property
    def pair(self) -> re.Pattern[str]:
        start = rf"(?<!\w){self.opening}(?=[\w(])"
        return re.compile(rf"{start}[^\n{self.opening}]{{1,2000}}?(?<=[a-z.,!?)]){self.closing}(?!\w)")

    @property
    def possessive(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_])([A-Za-z]+)[{self.single}{self.apostrophe}](?={_ENDING})")


# cp1252 read as Mac Roman, and Mac Roman read as cp1252.
_MARKS = (_Marks("ë", "í", "ì", "î", "ñ", "ó"), _Marks("Ô", "Õ", "Ò", "Ó", "Ð", "Ñ"))


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Mend a text that was decoded wrongly; what is not surely broken stays.

    Examples:
        >>> repair_text("Donâ€™t go to BogotÃ¡.")[0]
        'Don’t go to Bogotá.'
        >>> repair_text("María Benítez spoke in Potosí of the country's debt.")[1]
        ()

    Returns:
        The text, line by line as it was, and a note for each kind of fault that was mended.
    """
    if text.isascii():
        return text, ()
    notes = []
    lines = text.split("\n")
    mended = [_repair_line(line) for line in lines]
    count = sum(old != new for old, new in zip(lines, mended, strict=True))
    if count:
        notes.append(f"{several(count, 'line')} of wrongly decoded UTF-8 repaired; offsets count in the repaired text")
    repaired = "\n".join(mended)
    for marks in _MARKS:
        repaired, count = _repair_marks(repaired, marks)
        if count:
            notes.append(f"{count} quotation marks, apostrophes and dashes restored from letters such as {marks[1]!r}")
    return repaired, tuple(notes)


def _repair_line(line: str) -> str:
    if line.isascii():
        return line
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if not is_bad(line):
        return line
    repaired = fix_encoding(_CLOSING.sub("”", line))
    return line if _UNFINISHED.search(repaired) or is_bad(repaired) else repaired


def _repair_marks(text: str, marks: _Marks) -> tuple[str, int]:
    """Put punctuation for its letters, in an English text that uses them so and not otherwise."""
    bearers = {match[1].lower() for match in marks.possessive.finditer(text)}
    quoted = marks.pair.search(text) is not None
    if not bearers and not quoted:
        return text, 0
    words = {*re.findall(r"\w+", text.lower()), *_NEGATED}
    sure = {word for word in bearers & words if len(word) >= _SHORTEST or word in _NEGATED}
    if not quoted and (len(sure) < _ENOUGH or _has_other_use(text, marks)):
        return text, 0
    known = {word for word in bearers if word in words or len(word) >= _SHORTEST}
    mended = marks.possessive.sub(lambda match: f"{match[1]}’" if match[1].lower() in known else match[0], text)
    mended = marks.pair.sub(lambda match: f"“{match[0][1:-1]}”", mended)
    mended = re.sub(rf"(?<=\s){marks.long_dash}(?=\s)", "—", mended)
    mended = re.sub(rf"(?<=\s){marks.short_dash}(?=\s)", "–", mended)
    return mended, sum(old != new for old, new in zip(text, mended, strict=True))


def _has_other_use(text: str, marks: _Marks) -> bool:
    """Tell whether a letter stands where no apostrophe can: it is then one of the text's own."""
    uses = len(re.findall(f"[{marks.single}{marks.apostrophe}]", text))
    return uses > len(marks.possessive.findall(text))
