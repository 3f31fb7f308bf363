"""A text's tokens and its *islands*: runs of words that dates are made of, with a trigger among them.

Only islands are shown to the grammar, so that the cost of ordinary prose is one look-up per word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from polnlp.mentions.dates.lexicon import Lexicon

# Abbreviations with dots ("a.m.", "B.C."), words, what begins with a digit, line breaks, signs.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,4}|['’]s\b|[oO]['’]clock\b|[^\W\d_]\w*|\d+(?:[:./,-]\d+)*(?:['’]s\b|\w+)?|\n(?:[^\S\n]*\n)*|[^\w\s]|_+"
)
_PIECE = re.compile(r"\d+|['’]s\b|[^\W\d_]+|[^\w\s]|_+")
_PART = re.compile(r"[^-]+|-")  # "07:00-09:10" falls apart at its hyphen first
_PIECES = 12
_SOFT_LINE = 40  # a shorter line is a heading or a verse, its end is no wrapped line
_LONGEST = 400  # tokens of an island; what is longer is no prose


@dataclass(slots=True)
class Item:
    """A token, or what a rule made of several: where it stands, its symbol, and a value per category.

    ``check`` names what the words around it must allow, see ``exclude.py``.
    """

    start: int
    end: int
    symbol: str
    values: dict[str, Any] = field(default_factory=dict)
    rule: str = ""
    check: str = ""


def find_islands(text: str, lexicon: Lexicon) -> Iterator[list[Item]]:
    """Cut a text into islands, in order; no token is in two of them."""
    look_up, triggers = lexicon.look_up, lexicon.triggers
    island: list[Item] = []
    live = False
    for match in _TOKEN.finditer(text):
        surface = match.group()
        found = look_up(surface)
        if found is not None:
            if len(island) >= _LONGEST:
                yield island
                island, live = [], False
            start = match.start()
            island.append(Item(start, start + len(surface), found[0], found[1]))
            live = live or found[0] in triggers
            continue
        if found is None and surface[0] == "\n" and _is_soft(text, match):
            continue
        pieces = list(_split(match, lexicon)) if found is None and surface[0].isdigit() else []
        if pieces:
            island += pieces
            live = live or any(piece.symbol in triggers for piece in pieces)
            continue
        if live:
            yield island
        island, live = [], False
    if live:
        yield island


def _split(match: re.Match[str], lexicon: Lexicon) -> Iterator[Item]:
    """Take apart what is of no single shape ("2006-2010", "65-35"); nothing if it is glued to letters ("747s")."""
    for pattern in (_PART, _PIECE):
        pieces = [(piece, lexicon.look_up(piece.group())) for piece in pattern.finditer(match.group())]
        if 1 < len(pieces) <= _PIECES and all(found is not None for _, found in pieces):
            for piece, found in pieces:
                if found:
                    yield Item(match.start() + piece.start(), match.start() + piece.end(), *found)
            return


def _is_soft(text: str, match: re.Match[str]) -> bool:
    """Tell whether a line break is a wrapped line's: one break, after a long line, before another one."""
    if match.end() - match.start() > 1:
        return False
    before = match.start() - text.rfind("\n", max(0, match.start() - 200), match.start())
    after = text.find("\n", match.end(), match.end() + 200)
    rest = text[match.end() : after if after >= 0 else match.end() + 200]
    return before > _SOFT_LINE and (len(rest) > _SOFT_LINE or rest.rstrip()[-1:] in '.!?:;"”')
