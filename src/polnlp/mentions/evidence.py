"""The gazetteer's evidence beside the tagger's: it adds names that were missed and settles labels; it never overrules.

A listed name proves what its words *can* mean, not what they mean here ("Reading", "Union", "May"). So it speaks only
where the list gives one label. Where both say the same, the score rises; where the tagger says nothing, or sees a part
of the listed name, the listed name stands with a score of its own; where they differ about the same words, the likelier
wins, and between labels that the words around a name cannot tell apart, the list.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from polnlp.mentions.consistency import RIVALS, stands_alone
from polnlp.schema import PEOPLE, Label, Mention

# How often a listed name is one where it stands, measured on sentences that were not learnt from.
LISTED_SCORE: dict[Label, float] = {"PARTY": 0.75, "LEADER": 0.8, "COUNTRY": 0.7, "ORG": 0.6, "REGION": 0.45}
UNIQUE_SCORE = 0.8  # of an entry's full name of several words that nothing else bears, and of a user's own
SHORT_SCORE = 0.5  # of a single word or an acronym
# Kinds of names that are sure enough to be added; surnames, foreign forms and rule-made ones are not.
_SURE_KINDS = frozenset({"name", "alias", "acronym", "user"})
_OWNED = re.compile(r"(?:['’]s|(?<=s)['’])\s+")


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
    """Join what the tagger and the gazetteer say of a paragraph.

    Args:
        mentions: The tagger's, ordered and apart, in article offsets.
        known: The gazetteer's, in the paragraph's own offsets.
        text: The paragraph's text.
        offset: Where it starts in the article.
        index: The paragraph's index.

    Returns:
        Mentions that may overlap: the overlap rule decides.
    """
    names_at: dict[tuple[int, int], list[GazetteerName]] = {}
    for name in known:
        names_at.setdefault((name.start + offset, name.end + offset), []).append(name)
    listed = {}
    for place, names in names_at.items():
        if len({name.label for name in names}) == 1 and (score := score_name(names[0], text)):
            listed[place] = Mention(
                start=place[0],
                end=place[1],
                text=text[names[0].start : names[0].end],
                label=names[0].label,
                score=score,
                paragraph=index,
                source="gazetteer",
            )
    mentions = [part for mention in mentions for part in _part_owner(mention, names_at)]
    settled = [_settle(mention, names_at.get((mention.start, mention.end), ()), listed) for mention in mentions]
    return [*settled, *(mention for mention in listed.values() if not cuts(mention, mentions))]


def _part_owner(mention: Mention, names_at: Mapping[tuple[int, int], Sequence[GazetteerName]]) -> Iterator[Mention]:
    """Part an owner from what is owned where both are known names: "Evo Morales’ Movement for Socialism"."""
    owned = _OWNED.search(mention.text)
    owner = rest = (0, 0)
    if owned is not None:
        owner = (mention.start, mention.start + owned.start())
        rest = (mention.start + owned.end(), mention.end)
    if owned is None or owner not in names_at or rest not in names_at:
        yield mention
        return
    label = names_at[owner][0].label
    yield msgspec.structs.replace(mention, end=owner[1], text=mention.text[: owned.start()], label=label)
    yield msgspec.structs.replace(mention, start=rest[0], text=mention.text[owned.end() :])


def _settle(mention: Mention, names: Sequence[GazetteerName], listed: dict[tuple[int, int], Mention]) -> Mention:
    """Let the list choose between rival labels, and raise the score where both agree."""
    labels = {name.label for name in names}
    if mention.label in PEOPLE and names and (_are_acronyms(names) or _is_party_word(mention, names)):
        return msgspec.structs.replace(mention, label=names[0].label)
    if len(labels) == 1 and mention.label not in labels:
        (label,) = labels
        # Lists of organisations hold parties too, but lists of parties hold nothing else.
        if any({label, mention.label} == rivals for rivals in RIVALS) and mention.label != "PARTY":
            mention = msgspec.structs.replace(mention, label=label)
    same = listed.get((mention.start, mention.end))
    if same is None or same.label != mention.label:
        return mention
    return msgspec.structs.replace(mention, score=round(1 - (1 - mention.score) * (1 - same.score), 4))


def _are_acronyms(names: Sequence[GazetteerName]) -> bool:
    """Tell "Deputy FSB Director": nobody is called by an acronym that a list has for bodies alone."""
    return all(name.kind == "acronym" for name in names)


def _is_party_word(mention: Mention, names: Sequence[GazetteerName]) -> bool:
    """Tell "Pachakutik", which votes as people do: a word that a list has for parties alone."""
    return " " not in mention.text and all(name.label == "PARTY" and name.kind in _SURE_KINDS for name in names)


def score_name(name: GazetteerName, text: str) -> float:
    """Tell how far a name may be trusted on the list's word alone; 0 is not at all."""
    surface = text[name.start : name.end]
    if name.kind not in _SURE_KINDS or not surface[:1].isupper():
        return 0.0
    if not stands_alone(text, name.start, name.end, name.label):
        return 0.0
    if name.kind == "user":
        return UNIQUE_SCORE
    several = sum(word[:1].isupper() for word in surface.split()) > 1
    if several and name.kind == "name" and len(name.entity_ids) == 1:
        return UNIQUE_SCORE
    if several or name.label == "COUNTRY":
        return LISTED_SCORE.get(name.label, 0.0) if len(surface) > 3 else 0.0
    return SHORT_SCORE if name.label == "PARTY" and len(surface) > 2 else 0.0


def cuts(listed: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether a listed name lies within or across one of some ordered mentions, instead of around all it meets."""
    first = bisect_right(mentions, listed.start, key=lambda mention: mention.end)
    last = bisect_left(mentions, listed.end, key=lambda mention: mention.start)
    met = mentions[first:last]
    return any(mention.start < listed.start or listed.end < mention.end for mention in met)
