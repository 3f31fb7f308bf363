"""Headings: their capitals prove no name, so that a doubtful one counts only where something else speaks for it."""

import re
from collections.abc import Sequence

from polnlp.mentions.consistency import DOUBTFUL
from polnlp.mentions.evidence import NameList
from polnlp.mentions.parts import Part
from polnlp.schema import PEOPLE, Mention

_LONGEST = 12  # words of a heading
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL = 4  # letters from which on a heading's words have capitals


def drop_headed(parts: Sequence[Part], mentions: Sequence[Mention], names: NameList | None) -> list[Mention]:
    """Leave out doubtful names that stand in headings alone and that no list knows: "Hasta la Victoria Siempre".

    Args:
        parts: The paragraphs in which they stand.
        mentions: Of the article.
        names: Names known beforehand.
    """
    headings = {part.paragraph.index: part for part in parts if is_heading(part.text)}
    if len(headings) == len(parts):  # nothing stands under them: a line by itself, no heading
        return list(mentions)
    told = {
        form for mention in mentions if mention.paragraph not in headings for form in (mention.text, _last(mention))
    }
    return [
        mention
        for mention in mentions
        if mention.score >= DOUBTFUL
        or mention.paragraph not in headings
        or {mention.text, _last(mention)} & told
        or _is_listed(mention, headings[mention.paragraph], names)
    ]


def is_heading(text: str) -> bool:
    """Tell whether a paragraph is a line of a few words, all of the longer ones with capitals, and no full stop."""
    words = _WORD.findall(text)
    longer = [word for word in words if len(word) >= _SMALL]
    if not longer or len(words) > _LONGEST or text.rstrip().endswith((".", ",", ";")):
        return False
    return all(word[0].isupper() for word in longer)


def _last(mention: Mention) -> str:
    return mention.text.split()[-1] if mention.label in PEOPLE else mention.text


def _is_listed(mention: Mention, part: Part, names: NameList | None) -> bool:
    known = names.find(part.text) if names is not None else ()
    return any((name.start + part.start, name.end + part.start) == (mention.start, mention.end) for name in known)
