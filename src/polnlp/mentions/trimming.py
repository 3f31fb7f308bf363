"""The shortest span that names the thing: no article, no office title, no possessive, no stray punctuation."""

import re

from polnlp.schema import PEOPLE, Label

_EDGES = " \t\r\n\f\v\u00a0\"'“”‘’«»„‹›`´*_|,;:!?…()[]{}<>-–—·•\ufeff\u200b\u200e\u200f"
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
# Places whose article is part of the name.
_WITH_ARTICLE = frozenset({"the hague", "the gambia", "the bronx", "the dalles", "the valley"})
# In "pro-Chávez" the name is what follows; in "Anti-Masonic Party" it is the whole.
_STANCE = re.compile(r"(?:[Pp]ro|[Aa]nti|[Ee]x|[Nn]on|[Pp]ost|[Pp]re)-(?=[A-Z\u00c0-\u00de])")
_POSSESSIVE = re.compile(r"['’`´](?:s|S)?$")
_TITLE = re.compile(
    r"(?:(?:former|then|ex|vice|acting|interim|prime|deputy|attorney|foreign|defen[cs]e|interior|finance)[\s-]+){0,3}"
    r"(?:president(?:-elect)?|minister|premier|chancellor|senators?|sen\.|congress(?:wo)?man|representatives?|reps?\.|governors?|gov\.|"
    r"mayors?|secretary(?:[\s-]general)?|ambassador|general|gen\.|colonel|col\.|commander|captain|capt\.|chairman|speaker|leader|"
    r"judge|justice|mr\.?|mrs\.?|ms\.?|dr\.?|prof\.?|professor|sir|lord|lady|king|queen|prince|princess|emperor|archbishop|"
    r"bishop|pope|sheikh|comrade)\s+",
    re.IGNORECASE,
)
_MEMBERS = re.compile(r"([A-Z]{2,8})(?: [a-z]{3,})+")
# No name ends in one of these, written small.
_LINK = re.compile(r"\s(?:of|for|from|to|on|in|at|by|with|against|and|or|the|between|under)$")
_ABBREVIATED = re.compile(r"(?:\b\w\.(?:\s?\w\.)*|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|Bros|Mt|No|Gov|Dept|Assn)\.)$")
_BRACKETS = {")": "(", "]": "["}


def trim_name(text: str, start: int, end: int, label: Label, *, keep_article: bool = False) -> tuple[int, int] | None:
    """Shorten a span to the name itself.

    Args:
        text: Where the span stands.
        start: Its start.
        end: Its end.
        label: What it names; office titles stand before people alone.
        keep_article: Leave an article that has a capital ("The Sunday Herald"), as CrossNER does.

    Returns:
        The new ``(start, end)``; ``None`` where no letter or digit is left.

    Examples:
        >>> text = "President Evo Morales's party"
        >>> trim_name(text, 0, 23, "LEADER")
        (10, 21)
    """
    before = None
    while before != (start, end):
        before = start, end
        start, end = _trim_edges(text, start, end)
        start, end = _trim_start(text, start, end, label, keep_article), _trim_end(text, start, end)
        end = _trim_members(text, start, end) if label == "ORG" else end
    return (start, end) if any(char.isalnum() for char in text[start:end]) else None


def find_loose_end(text: str, start: int, end: int) -> int | None:
    """Give the place where a span's last word asks for another ("Convention against"), if it does."""
    loose = _LINK.search(text, max(start, end - 9), end)
    return loose.start() if loose and loose.start() > start else None


def _trim_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES and not _closes(text, start, end):
        end -= 1
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    """Tell whether the span ends in a bracket that opens within it: "Movement (Chile)"."""
    opener = _BRACKETS.get(text[end - 1])
    return opener is not None and text.find(opener, start, end) > start


def _trim_start(text: str, start: int, end: int, label: Label, keep_article: bool) -> int:
    article = _ARTICLE.match(text, start, end)
    if article and article.end() < end and text[start:end].lower() not in _WITH_ARTICLE:
        return start if keep_article and text[start].isupper() else article.end()
    stance = _STANCE.match(text, start, end)
    if stance and stance.end() < end and (label in PEOPLE or " " not in text[start:end]):
        return stance.end()
    title = _TITLE.match(text, start, end) if label in PEOPLE else None
    return title.end() if title and title.end() < end else start


def _trim_members(text: str, start: int, end: int) -> int:
    """Leave out the common words that say who or what of a body is meant: "KPA civil police", "UN agencies"."""
    members = _MEMBERS.fullmatch(text, start, end)
    return members.end(1) if members else end


def _trim_end(text: str, start: int, end: int) -> int:
    possessive = _POSSESSIVE.search(text, max(start, end - 2), end)
    if possessive and possessive.start() > start:
        return possessive.start()
    loose = find_loose_end(text, start, end)
    if loose is not None:
        return loose
    # 24 characters hold the longest abbreviation; a bound keeps the search linear.
    if text[start:end].endswith(".") and not _ABBREVIATED.search(text, max(start, end - 24), end):
        return end - 1
    return end
