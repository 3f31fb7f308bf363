"""Capitals that stand for their governments: "Washington warned", "contingent on Moscow", "Tehran's nuclear plans".

A capital is the city that it is, but where the words around it say that it acts, speaks, is dealt with or opposed as a
state is. Where a tagger took it for the country, it is the city again where one is in it, goes there or writes from it.
Only an article that names another country speaks of states.
"""

import re
from collections.abc import Sequence

import msgspec

from polnlp.kb.names import fold_name
from polnlp.mentions import metonym_words as words
from polnlp.schema import PEOPLE, PLACES, Label, Mention

# A capital that an article names as an actor stands for its country; later years may need another.
# fmt: off
CAPITALS = {
    "washington": "USA", "moscow": "RUS SUN", "beijing": "CHN", "peking": "CHN", "london": "GBR", "paris": "FRA",
    "berlin": "DEU", "bonn": "DEW", "tehran": "IRN", "pyongyang": "PRK", "seoul": "KOR", "tokyo": "JPN",
    "new delhi": "IND", "delhi": "IND", "islamabad": "PAK", "kabul": "AFG", "baghdad": "IRQ", "damascus": "SYR",
    "ankara": "TUR", "jerusalem": "ISR", "tel aviv": "ISR", "cairo": "EGY", "riyadh": "SAU", "kyiv": "UKR",
    "kiev": "UKR", "caracas": "VEN", "bogota": "COL", "havana": "CUB", "quito": "ECU", "la paz": "BOL",
    "brasilia": "BRA", "buenos aires": "ARG", "ottawa": "CAN", "canberra": "AUS", "rome": "ITA", "madrid": "ESP",
    "lisbon": "PRT", "athens": "GRC", "warsaw": "POL", "budapest": "HUN", "belgrade": "SRB YUG", "pretoria": "ZAF",
    "taipei": "TWN", "hanoi": "VNM", "dublin": "IRL", "vienna": "AUT", "minsk": "BLR", "tbilisi": "GEO",
    "khartoum": "SDN", "addis ababa": "ETH", "tripoli": "LBY", "prague": "CZE CSK", "bucharest": "ROU",
    "zagreb": "HRV", "sarajevo": "BIH", "skopje": "MKD", "pristina": "XKX", "oslo": "NOR", "stockholm": "SWE",
    "helsinki": "FIN", "copenhagen": "DNK", "the hague": "NLD", "vilnius": "LTU", "riga": "LVA", "tallinn": "EST",
    "chisinau": "MDA", "yerevan": "ARM", "baku": "AZE", "astana": "KAZ", "tashkent": "UZB", "amman": "JOR",
    "beirut": "LBN", "doha": "QAT", "abu dhabi": "ARE", "algiers": "DZA", "rabat": "MAR", "tunis": "TUN",
    "nairobi": "KEN", "kampala": "UGA", "kigali": "RWA", "kinshasa": "COD", "luanda": "AGO", "harare": "ZWE",
    "lusaka": "ZMB", "abuja": "NGA", "accra": "GHA", "asmara": "ERI", "mogadishu": "SOM", "juba": "SSD",
    "lima": "PER", "managua": "NIC", "asuncion": "PRY", "montevideo": "URY", "santo domingo": "DOM", "manila": "PHL",
    "jakarta": "IDN", "bangkok": "THA", "dhaka": "BGD", "kathmandu": "NPL", "colombo": "LKA", "ulaanbaatar": "MNG",
}
# fmt: on
_REACH = 60  # characters looked at on either side
_NAME = r"(?:[A-Z]\w+(?:\s[A-Z]\w+)?)"

# Behind the name: "Moscow and Minsk have never recognised", "Tehran's own nuclear plans", "the Kabul regime".
_ACTS = re.compile(
    rf"(?:,[^,.;]{{1,40}},)?(?:\s(?:and|or)\s{_NAME})?\s(?:(?:{words.HELPERS}|\w+ly)\s){{0,4}}{words.ACTS}"
)
_OWNS = re.compile(rf"['’]s?\s(?:[\w-]+\s){{0,2}}?{words.THINGS}")
_COMPOUND = re.compile(rf"\s{words.BODIES}|[-‐–]{words.BACKED}")
_DATELINE = re.compile(
    r"\s?\((?:AP|Reuters|AFP|UPI|[A-Z]\w+)\)\s?[-–—]"
    r"|,?\s(?:\d{1,2}\s\w+|[A-Z][a-z]{2,8}\.?\s\d{1,2})[^.]{0,12}[-–—(]"
    r"|\s?[–—]\s?[A-Z]"
)

# Before the name, up to its edge.
_DEALT_WITH = re.compile(
    "(?:"
    rf"(?i:{words.BETWEEN})(?:\s\w+)?\s(?:with|between)\s(?:both\s)?(?:{_NAME}(?:,\s{_NAME}){{0,3}},?\s(?:and\s)?)?"
    rf"|{words.LEANING}\s(?:\w+\s)?(?:on|upon|toward|towards)\s"
    rf"|(?i:{words.FROM})\sfrom\s"
    rf"|(?i:{words.TO})\s(?:\w+\s)?to\s"
    rf"|{words.BY}\sby\s"
    rf"|{words.DONE_TO}\s"
    rf"|{words.WITH}\s(?:\w+\s){{0,3}}(?:against|with)\s"
    ")$"
)
_SIDES = re.compile(r"(?<![\w-])(?:[Pp]ro|[Aa]nti)[-‐]$")
_PREPOSITION = re.compile(r"\b(?:from|of|to|with|by|for|on|about|towards?)\s$")
_IN_IT = re.compile(
    rf"(?:{words.IN_IT}|\bcapital,?|{words.MOVING}\s(?:\w+\s){{0,2}}(?:to|in|at|from))"
    r"\s(?:downtown\s|central\s|East\s|West\s)?$"
)


def mark_metonyms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Label capitals by what they stand for: ``COUNTRY`` for a government, ``REGION`` for the city.

    Args:
        text: The article's.
        mentions: Of the article, ordered by start.

    Returns:
        The same mentions in the same order; a capital of whose use the text says nothing keeps its label.
    """
    abroad = any(mention.label == "COUNTRY" and not is_capital(mention.text) for mention in mentions)
    people = {mention.text.split()[-1] for mention in mentions if mention.label in PEOPLE}
    read: list[Mention] = []
    for mention in mentions:
        label = mention.label
        if label in PLACES and is_capital(mention.text) and mention.text not in people:  # "Valeska Paris" is none
            label = _read_capital(text, mention, read[-1] if read else None, abroad)
        read.append(mention if label == mention.label else msgspec.structs.replace(mention, label=label))
    return read


def is_capital(surface: str) -> bool:
    """Tell whether a surface form is the bare name of a capital that may stand for its country."""
    return fold_name(surface) in CAPITALS


def _read_capital(text: str, mention: Mention, last: Mention | None, abroad: bool) -> Label:
    before = text[max(0, mention.start - _REACH) : mention.start].rpartition("\n")[2]
    after = text[mention.end : mention.end + _REACH].partition("\n")[0]
    if _IN_IT.search(before) or (not before.strip() and _DATELINE.match(after)):
        return "REGION"
    if _COMPOUND.match(after) or _SIDES.search(before):
        return "COUNTRY"
    if not abroad:
        return mention.label
    acts = _ACTS.match(after) and not _PREPOSITION.search(before)  # "a man from Moscow proposes"
    if acts or _OWNS.match(after) or _DEALT_WITH.search(before):
        return "COUNTRY"
    beside = last is not None and last.label == "COUNTRY" and text[last.end : mention.start] in (" and ", " or ", ", ")
    return "COUNTRY" if beside and last is not None and is_capital(last.text) else mention.label
