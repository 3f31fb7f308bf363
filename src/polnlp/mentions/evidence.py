"""The gazetteer's evidence beside the tagger's: it adds names that were missed and settles labels; it never overrules.

A listed name proves what its words *can* mean, not what they mean here ("Reading", "Union", "May"). So it speaks only
where the list gives one label, and only between labels that the words around a name cannot tell apart.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

import msgspec

from polnlp.mentions.consistency import RIVALS, stands_alone
from polnlp.schema import Label, Mention

ADDED_SCORE = 0.6  # about the precision of names that the gazetteer alone finds
# Kinds of names that are sure enough to be added; surnames, foreign forms and rule-made ones are not.
_SURE_KINDS = frozenset({"name", "alias", "acronym"})


class GazetteerName(Protocol):
    """A known name in a text."""

    @property
    def start(self) -> int:
        """Offset of its first character."""

    @property
    def end(self) -> int:
        """Offset behind its last character."""

    @property
    def label(self) -> Label:
        """Label of the best candidate."""

    @property
    def entity_ids(self) -> Sequence[str]:
        """Entries that bear this name."""

    @property
    def kind(self) -> str:
        """Kind of the alias that matched."""


class NameList(Protocol):
    """What ``find_mentions`` asks of a gazetteer."""

    def find(self, text: str) -> Sequence[GazetteerName]:
        """Find known names."""


def weigh_evidence(
    mentions: Sequence[Mention], known: Sequence[GazetteerName], text: str, offset: int, index: int
) -> list[Mention]:
    """Settle labels by known names of the very same span, and add sure names where the tagger found nothing.

    Args:
        mentions: The tagger's, of one paragraph, ordered, in article offsets.
        known: The gazetteer's, in the paragraph's own offsets.
        text: The paragraph's text.
        offset: Where it starts in the article.
        index: The paragraph's index.
    """
    labels_at: dict[tuple[int, int], set[Label]] = {}
    for name in known:
        labels_at.setdefault((name.start + offset, name.end + offset), set()).add(name.label)
    settled = [_settle(mention, labels_at.get((mention.start, mention.end), set())) for mention in mentions]
    added = [
        Mention(
            start=name.start + offset,
            end=name.end + offset,
            text=text[name.start : name.end],
            label=name.label,
            score=ADDED_SCORE,
            paragraph=index,
            source="gazetteer",
        )
        for name in known
        if len(labels_at[name.start + offset, name.end + offset]) == 1
        and is_sure(name, text)
        and not _overlaps(settled, name.start + offset, name.end + offset)
    ]
    return [*settled, *added]


def _settle(mention: Mention, labels: set[Label]) -> Mention:
    """Take the one listed label, where it is the rival of the tagger's."""
    if len(labels) == 1 and mention.label not in labels:
        (label,) = labels
        if any({label, mention.label} == rivals for rivals in RIVALS if "LEADER" not in rivals):
            return msgspec.structs.replace(mention, label=label)
    return mention


def is_sure(name: GazetteerName, text: str) -> bool:
    """Tell whether a name may be added on the list's word alone: two capitalised words, or a country."""
    surface = text[name.start : name.end]
    if name.kind not in _SURE_KINDS or not stands_alone(text, name.start, name.end, name.label):
        return False
    capitals = [word for word in surface.split() if word[:1].isupper()]
    if name.label == "COUNTRY":
        return surface[:1].isupper() and len(surface) > 3
    return len(capitals) > 1 and not surface.isupper()


def _overlaps(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Tell whether one of some ordered mentions, which are apart, overlaps a stretch."""
    place = bisect_left(mentions, end, key=lambda mention: mention.start)
    return place > 0 and mentions[place - 1].end > start
