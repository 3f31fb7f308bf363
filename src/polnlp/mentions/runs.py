"""Names that run together where a text has lost its commas: keyword lines, captions, headlines, "Astana Kazakhstan".

A run is parted only where its parts are names for themselves, in the article or in the list of names, and where nothing
but a list or a headline explains that they stand so.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from polnlp.mentions.consistency import collect_forms
from polnlp.mentions.evidence import NameList
from polnlp.mentions.parts import Part
from polnlp.schema import PEOPLE, PLACES, Label, Mention

_WORD = re.compile(r"\S+")
_MARK = re.compile(r"[.,;:!?]")
# A line of so many words at least, mostly with capitals and hardly with marks, is a list of keywords.
_LIST_WORDS = 12
_LIST_CAPITALS = 0.65
_LIST_MARKS = 0.1


class _Tile(msgspec.Struct, frozen=True):
    """A stretch of a run; without a label no name of its own."""

    start: int
    end: int
    words: int
    label: Label | None = None
    source: str = ""


def part_runs(parts: Sequence[Part], mentions: Sequence[Mention], names: NameList | None) -> list[Mention]:
    """Part mentions that are several names in a row; all others stay.

    Args:
        parts: The paragraphs in which they stand.
        mentions: Ordered by start, apart from each other.
        names: Names known beforehand; without them the article's own are gone by.
    """
    by_index = {part.paragraph.index: part for part in parts}
    lists = {index for index, part in by_index.items() if is_keyword_line(part.text)}
    # Doubtful names too, for all of a run must be names before it is parted.
    forms = collect_forms((mention for mention in mentions if mention.paragraph not in lists), least=0.0)
    parted: list[Mention] = []
    for mention in mentions:
        pieces = [mention]
        if " " in mention.text and not _is_known(mention.text, names):
            tiles = _tile(mention.text, forms, names)
            title = by_index[mention.paragraph].paragraph.zone == "title"
            chosen = _choose(mention, tiles, listed=mention.paragraph in lists, title=title)
            pieces = [_cut(mention, tile) for tile in chosen] or pieces
        parted += pieces
    return parted


def is_keyword_line(text: str) -> bool:
    """Tell whether a paragraph is a list of keywords without commas: "KEYS: Syria Russia Vladimir Putin Sochi ..."."""
    words = text.split()
    capitals = sum(word[0].isupper() for word in words)
    many = len(words) >= _LIST_WORDS and capitals >= _LIST_CAPITALS * len(words)
    return many and len(_MARK.findall(text)) <= _LIST_MARKS * len(words)


def _is_known(surface: str, names: NameList | None) -> bool:
    return names is not None and _look_up(surface, names) is not None


def _look_up(surface: str, names: NameList) -> Label | None:
    held = [name for name in names.find(surface) if (name.start, name.end) == (0, len(surface))]
    return held[0].label if held else None


def _tile(surface: str, forms: Mapping[str, Mention], names: NameList | None) -> list[_Tile]:
    """Lay names end to end over a run, the longest first; what is none lies between them."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(surface)]
    tiles: list[_Tile] = []
    first = 0
    while first < len(words):
        tile = _longest(surface, words, first, forms, names)
        if tile is None:
            tile = _Tile(words[first][0], words[first][1], 1)
            if tiles and tiles[-1].label is None:
                tile = _Tile(tiles[-1].start, tile.end, tiles[-1].words + 1)
                tiles.pop()
            first += 1
        else:
            first += tile.words
        tiles.append(tile)
    return tiles


def _longest(
    surface: str, words: Sequence[tuple[int, int]], first: int, forms: Mapping[str, Mention], names: NameList | None
) -> _Tile | None:
    start = words[first][0]
    for last in range(len(words) - 1, first - 1, -1):
        end, count = words[last][1], last - first + 1
        if count == len(words):
            continue
        own = forms.get(surface[start:end])
        if own is not None and own.text != surface:  # "Heckled" is nobody's surname but by the run itself
            return _Tile(start, end, count, own.label, "article")
        label = _look_up(surface[start:end], names) if names is not None else None
        if label is not None:
            return _Tile(start, end, count, label, "gazetteer")
    return None


def _choose(run: Mention, tiles: Sequence[_Tile], *, listed: bool, title: bool) -> list[_Tile]:
    """Give the names of a run that is to be parted, none where it is one name."""
    known = [tile for tile in tiles if tile.label is not None]
    if len(known) == len(tiles) and (listed or _is_caption(tiles) or _is_place_in_country(run, tiles)):
        return known
    if listed and len(known) > 1 and all(tile.label or tile.words > 1 for tile in tiles):
        return list(tiles)
    # "Lavrov Gets Heckled": in a headline verbs have capitals too.
    if title and len(tiles) == 2 and tiles[0].source == "article" and tiles[1].label is None:
        return [tiles[0]] if _same_kind(tiles[0].label, run.label) else []
    return []


def _is_caption(tiles: Sequence[_Tile]) -> bool:
    return len(tiles) > 1 and all(tile.words > 1 for tile in tiles) and any(tile.label in PEOPLE for tile in tiles)


def _is_place_in_country(run: Mention, tiles: Sequence[_Tile]) -> bool:
    return run.label in PLACES and [tile.label for tile in tiles] == ["REGION", "COUNTRY"]


def _same_kind(one: Label | None, other: Label) -> bool:
    return {one, other} <= PEOPLE or {one, other} <= PLACES


def _cut(run: Mention, tile: _Tile) -> Mention:
    return msgspec.structs.replace(
        run,
        start=run.start + tile.start,
        end=run.start + tile.end,
        text=run.text[tile.start : tile.end],
        label=tile.label or run.label,
        source=tile.source or run.source,
    )
