"""Variants of a labelled text: other names in place of the marked ones.

A small set names the same forty parties again and again. Other names teach what surrounds a party's name rather than
the name itself.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from polnlp.evaluation.gold import GoldSpan
from polnlp.training.data import LabelledText

# Kinds of the lexicon's names that may stand for a label.
_KIND_OF = {
    "PARTY": "party",
    "LEADER": "leader",
    "PERSON": "leader",
    "COUNTRY": "country",
    "REGION": "region",
    "ORG": "org",
}
_SHORT_KIND_OF = {"party": "party-acronym", "org": "org-acronym", "leader": "surname", "region": "city"}

Pool = Mapping[tuple[str, bool], Sequence[str]]


def read_known_names() -> Iterator[tuple[str, str]]:
    """Give the leaders and parties that news of the last decades name most, as kind and name, of all camps."""
    path = Path(__file__).with_name("known_names.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, name = line.split("\t")
        yield kind, name


def make_pool(names: Iterable[tuple[str, str]]) -> Pool:
    """Sort names by kind, and by whether they are one word; those in other scripts than Latin are left out."""
    pool: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for name, kind in sorted(set(names)):
        if name[:1].isupper() and all(ord(char) < 0x250 for char in name) and len(name) < 60:
            pool[kind, " " not in name].append(name)
    return dict(pool)


def swap_names(text: LabelledText, pool: Pool, rng: random.Random, share: float) -> LabelledText:
    """Replace a share of the names by others of the same label and the same length, one word or several."""
    pieces, spans, at, length = [], [], 0, 0
    for span in text.spans:
        surface = text.text[span.start : span.end]
        if rng.random() < share:
            surface = draw_name(surface, span.label, pool, rng)
        between = text.text[at : span.start]
        start = length + len(between)
        length = start + len(surface)
        pieces += [between, surface]
        spans.append(GoldSpan(start, length, span.label))
        at = span.end
    return LabelledText(text.id, "".join(pieces) + text.text[at:], tuple(spans))


def draw_name(surface: str, label: str, pool: Pool, rng: random.Random) -> str:
    """Draw another name of that label: an acronym for an acronym, a surname for a surname; else it stays."""
    kind = _KIND_OF.get(label, "")
    one_word = " " not in surface
    if one_word and (surface.isupper() or kind in ("leader", "region")):
        kind = _SHORT_KIND_OF.get(kind, kind)
    elif one_word and kind in ("party", "org"):
        return surface  # "Democrats" is not the name of any party, "Parliament" of any body
    names = pool.get((kind, one_word), ())
    return rng.choice(names) if names else surface
