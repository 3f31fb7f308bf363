"""A city and the province of its name: which of the two a text speaks of."""

import re
from collections.abc import Sequence

from polnlp.kb.records import Candidate
from polnlp.schema import Mention

_REACH = 40  # characters looked at on either side
_HEADS = r"(?:region|province|oblast|state|department|district|governorate|county|territory|prefecture|canton)"
_REGION_BEHIND = re.compile(rf"(?:,?\s(?:and|or)\s[A-Z]\w+)*\s(?i:{_HEADS}s?)\b")
_REGION_BEFORE = re.compile(rf"\b(?i:{_HEADS}s?)\sof\s$")
_CITY_BEHIND = re.compile(
    r",\s(?:the|its|our|their|his|her|a)\s(?:[\w’'-]+\s){0,3}(?:capital|city|town|port)\b|\s(?i:city|town)\b"
)
_CITY_BEFORE = re.compile(r"\b(?i:city|town|port|capital|municipality|streets|mayor|suburbs|outskirts|siege)\sof\s$")
_CITY_ITSELF = re.compile(r"(?i:the\s)?(?i:city|town|municipality|commune)\sof\s")


def choose_level(text: str, mentions: Sequence[Mention], candidates: Sequence[Candidate]) -> Candidate:
    """Choose the city or the region where the words beside one of the mentions say which; else the first candidate.

    Args:
        text: The article's.
        mentions: Of the name.
        candidates: The likeliest first; all are one place at several levels.
    """
    first = candidates[0]
    if len(candidates) == 1:
        return first
    for mention in mentions:
        before = text[max(0, mention.start - _REACH) : mention.start]
        after = text[mention.end : mention.end + _REACH]
        if _REGION_BEHIND.match(after) or _REGION_BEFORE.search(before):
            return next((candidate for candidate in candidates if candidate.kind != "city"), first)
        if _CITY_ITSELF.match(mention.text) or _CITY_BEHIND.match(after) or _CITY_BEFORE.search(before):
            return next((candidate for candidate in candidates if candidate.kind == "city"), first)
    return first
