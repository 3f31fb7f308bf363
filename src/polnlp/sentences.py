"""A text → the offsets of its sentences, by rules for abbreviations, initials, quotes and ellipses; linear time."""

import re

# What may end a sentence: a run of stops with the quotes and brackets that close after it, or a blank line.
_STOP = re.compile(
    r"(?P<stop>[.!?…。！？]+)(?P<close>[\"'”’»)\]]*)|(?P<blank>(?>\r\n|[\r\n])[ \t]{0,80}(?>\r\n|[\r\n]))"
)
_OPENERS = "\"'“‘«([¿¡*_-–—"
_WORD_BEFORE = re.compile(r"[\s\"'“”‘’«»()\[\]]")
_WORD_AFTER = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_REACH = 24  # characters looked at before a stop: longer than any abbreviation
_SHORT = 6  # letters; a longer word without an inner stop is no abbreviation


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by a name, never the end of a sentence.
_TITLES = _words(
    """
    mr mrs ms messrs mx dr prof gen sen rep reps sens gov govs lt col sgt capt cpl cmdr cdr adm maj brig pvt hon
    rev fr amb pres insp supt st ste mt ft mme mlle sr sra srta dra ing lic gral sec asst dep vs cf eg ie viz
    approx ca
    """
)
# Not the end before a number ("No. 7", "Jan. 5"), the end before a capital.
_NUMBERED = _words(
    """
    no nos art arts sec secs fig figs p pp vol vols ch chap para paras par res sess doc op cl reg jan feb mar
    apr jun jul aug sep sept oct nov dec
    """
)
# Part of a name as often as the end of a sentence: what follows decides.
_SHORTENED = _words(
    """
    inc ltd co corp bros jr sr plc assn dept univ est ave blvd rd bldg gov't int'l etc al ph.d ma ba llc s.a
    mass calif conn fla ill ind mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ariz ark
    colo del ga kan ky la md
    """
)
# Words that open a sentence and hardly ever go on with a name ("the U.S. The vote ...").
_STARTERS = _words(
    """
    a after all although an and another as at because before both but by despite during each even every few for
    from he her here his how however i if in instead it its last many more most much my nearly neither no nobody
    nor not now of on once one only or other others our over perhaps she since so some still such that the their
    then there these they this those though thus to today under unless until we what when where whether which
    while who why with without yet you your meanwhile moreover nevertheless therefore according yesterday
    """
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Returns:
        ``(start, end)`` of each, in order, without white space at either end; together they hold all that is not
        white space. An empty text has none.
    """
    sentences: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        end = match.start() if match["blank"] is not None else match.end()
        if match["blank"] is not None or _ends_sentence(text, match, start):
            _add_trimmed(sentences, text, start, end)
            start = match.end()
    _add_trimmed(sentences, text, start, len(text))
    return sentences


def _add_trimmed(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left < len(piece):
        sentences.append((start + left, start + len(piece.rstrip())))


def _ends_sentence(text: str, match: re.Match[str], start: int) -> bool:
    """Judge one run of stops by the word before it and what comes after."""
    end = match.end()
    if end == len(text) or match["stop"][-1] in "。！？":
        return True
    if not text[end].isspace():
        return False
    after = text[end : end + 40].lstrip()
    if not after:
        return True
    opened = after.lstrip(_OPENERS).lstrip()
    following = opened[:1] or after[:1]
    if following.islower():
        return False
    if match["stop"] != ".":
        return True
    return _stop_ends(text, match.start(), start, opened, closed=bool(match["close"]))


def _stop_ends(text: str, stop: int, start: int, after: str, *, closed: bool) -> bool:
    """Judge a single full stop before a capital, a digit or another sign; ``closed`` if a quote or bracket closes."""
    word = _WORD_BEFORE.split(text[max(start, stop - _REACH) : stop])[-1].lstrip("*_#-–—")
    if not word or (len(word) > _SHORT and word.isalpha()):
        return True
    lowered = word.lower()
    if word.isdigit() or _is_numeral(word):
        # "1. The first point": a number that opens the sentence counts, it does not close.
        return text[start:stop].strip() != word
    if lowered in _TITLES:
        return closed
    if lowered in _NUMBERED:
        return not after[:1].isdigit()
    if len(word) == 1 and word.isupper():
        return closed
    if lowered in _SHORTENED or _is_dotted(word):
        return _opens_sentence(after)
    return True


def _is_dotted(word: str) -> bool:
    """Tell "U.S" and "p.m" (their last stop is not in ``word``) from "3.5" and "example.org"."""
    return "." in word and all(len(part) <= 2 and part.isalpha() for part in word.split("."))


def _is_numeral(word: str) -> bool:
    return 1 < len(word) <= 5 and all(character in "IVX" for character in word)


def _opens_sentence(after: str) -> bool:
    word = _WORD_AFTER.match(after)
    return word is None or word[0].lower() in _STARTERS
