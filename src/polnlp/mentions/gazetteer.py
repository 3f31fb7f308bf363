"""Names of the knowledge base in a text: longest match at word boundaries, precision before recall.

Which names may be marked is decided when the knowledge base is built (no bare surnames and given names, no ordinary
words, no acronyms that are words); here it is looked at what stands around them: "Paris Hilton" is no city, and in a
line of capitals nothing is an acronym.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from polnlp.kb import KnowledgeBase
from polnlp.kb.names import fold_name, is_acronym
from polnlp.kb.records import AliasKind, Candidate
from polnlp.schema import Label

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_GAP = re.compile(r" |-|–|/| - | – |\. ")
_LONGEST = 10  # words; longer names are seldom written out
_ABBREVIATED = frozenset({"st", "dr", "gen", "jr", "sr", "mt", "col"})
# Capitalised only because a sentence begins: a name may follow.
# fmt: off
_OPENERS = frozenset(
    [
        "a", "after", "also", "although", "an", "and", "as", "at", "because", "before", "behind", "but", "by",
        "despite", "during", "even", "following", "for", "from", "given", "how", "if", "in", "inside", "into", "its",
        "last", "like", "many", "most", "near", "next", "no", "not", "of", "on", "once", "only", "or", "our", "over",
        "several", "she", "since", "so", "some", "such", "than", "that", "the", "their", "then", "there", "these",
        "they", "this", "those", "though", "through", "to", "today", "under", "unlike", "until", "upon", "we", "what",
        "when", "where", "whether", "which", "while", "who", "why", "with", "within", "without", "yet", "you", "he",
        "his", "her", "it", "all", "any", "both", "each", "former", "meanwhile", "later", "earlier", "yesterday",
        "president", "prime", "minister", "king", "queen", "senator", "governor", "chancellor", "premier",
        "secretary", "mayor", "ambassador", "leader", "sir", "mr", "mrs", "ms", "dr", "general", "colonel",
        "representative", "congressman", "congresswoman", "deputy", "vice", "chairman", "speaker", "judge", "justice",
        "professor", "sen", "rep", "gov", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october",
        "november", "december",
    ]
)
# fmt: on


class GazetteerSpan(msgspec.Struct, frozen=True):
    """A known name in a text; a name that may bear two labels gives two spans.

    Attributes:
        entity_ids: Entries with this name and label, the best known first.
        kind: Kind of the alias that matched.
    """

    start: int
    end: int
    label: Label
    entity_ids: tuple[str, ...]
    kind: AliasKind


class _Token(msgspec.Struct, frozen=True):
    """A word; ``inner`` is its key within a name ("Peoples"), ``key`` at the end of one, where a possessive drops."""

    start: int
    end: int
    key: str
    inner: str
    capital: bool


class Gazetteer:
    """Find the knowledge base's names in texts.

    Holds no list of its own: capitalised runs of words are looked up in the knowledge base's filter, half a megabyte of
    hashes, and only what passes it is read.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._lookup = lru_cache(maxsize=20_000)(self._read)

    def find(self, text: str) -> list[GazetteerSpan]:
        """Give the known names, ordered; they do not overlap but for spans of one place with several labels."""
        tokens = [_read_token(match) for match in _TOKEN.finditer(text)]
        joined = [_are_joined(text, one, two) for one, two in pairwise(tokens)] + [False]
        found: list[GazetteerSpan] = []
        place = 0
        while place < len(tokens):
            last = self._match(text, tokens, joined, place, found) if _may_begin(tokens[place]) else None
            place = place + 1 if last is None else last + 1
        return found

    def _match(
        self, text: str, tokens: list[_Token], joined: list[bool], first: int, found: list[GazetteerSpan]
    ) -> int | None:
        """Add the longest name that starts at a token; give its last token."""
        limit = first
        while joined[limit] and limit - first + 1 < _LONGEST:
            limit += 1
        inner = [token.inner for token in tokens[first:limit]]
        for last in range(limit, first - 1, -1):
            if not tokens[last].capital:
                continue
            candidates = self._lookup(_join([*inner[: last - first], tokens[last].key]))
            if not candidates:
                continue
            surface = text[tokens[first].start : tokens[last].end]
            fitting = [candidate for candidate in candidates if _fits(candidate, surface, tokens, joined, first, last)]
            if fitting:
                found.extend(_to_spans(fitting, tokens[first].start, tokens[last].end))
                return last
        return None

    def _read(self, key: str) -> tuple[Candidate, ...]:
        return self.kb.safe_names(key) if self.kb.may_hold(key) else ()


def _read_token(match: re.Match[str]) -> _Token:
    text = match.group()
    start, end = match.span()
    if text[-2:] in ("'s", "’s"):
        end -= 2
    # "the" within a name must stay, so its key is not folded as a name of its own.
    key = "the" if text.lower() == "the" else fold_name(text)
    inner = fold_name(text.replace("'", "").replace("’", "")) if end < match.end() else key
    return _Token(start, end, key, inner, text[0].isupper() or text[0].isdigit())


def _may_begin(token: _Token) -> bool:
    return token.capital and token.key != "the"


def _are_joined(text: str, one: _Token, two: _Token) -> bool:
    gap = text[one.end : two.start]
    if gap == " " or gap == "-":
        return True
    if not _GAP.fullmatch(gap):
        return False
    return gap != ". " or len(one.key) == 1 or one.key in _ABBREVIATED


def _join(keys: list[str]) -> str:
    key = " ".join(key for key in keys if key)
    return key.removeprefix("the ")


def _fits(candidate: Candidate, surface: str, tokens: list[_Token], joined: list[bool], first: int, last: int) -> bool:
    """Tell whether what stands around a name lets it be that name."""
    before = tokens[first - 1] if first and joined[first - 1] else None
    after = tokens[last + 1] if joined[last] else None
    if candidate.how == "acronym" and not _is_written_as_acronym(surface, before, after):
        return False
    if first != last:
        return True
    if candidate.how != "acronym" and is_acronym(surface) and candidate.label != "COUNTRY":
        return False
    inside = (before is not None and before.capital and before.key not in _OPENERS) or (
        candidate.label == "REGION" and after is not None and after.capital
    )
    return not inside or candidate.how in ("acronym", "user")


def _is_written_as_acronym(surface: str, before: _Token | None, after: _Token | None) -> bool:
    if not any(char.isupper() for char in surface[1:]):
        return False
    shouted = [token for token in (before, after) if token is not None and len(token.key) > 3 and token.end]
    return not (is_acronym(surface) and shouted and all(_is_shouted(token, surface) for token in shouted))


def _is_shouted(token: _Token, surface: str) -> bool:
    return token.capital and len(token.key) > len(surface) + 6


def _to_spans(candidates: list[Candidate], start: int, end: int) -> list[GazetteerSpan]:
    by_label: dict[Label, list[Candidate]] = {}
    for candidate in candidates:
        by_label.setdefault(candidate.label, []).append(candidate)
    return [
        GazetteerSpan(start, end, label, tuple(candidate.id for candidate in held), held[0].how)
        for label, held in by_label.items()
    ]


def __getattr__(name: str) -> Any:
    # The spaCy component stands apart, so that finding names alone does not load spaCy.
    if name == "make_gazetteer":
        from polnlp.mentions.gazetteer_component import make_gazetteer

        return make_gazetteer
    raise AttributeError(name)
