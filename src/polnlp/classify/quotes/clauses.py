"""Stretches of a sentence: clauses, and what is said before or after a verb of saying."""

from collections.abc import Sequence

from polnlp.classify.quotes.phrases import FAR, PREPOSITIONS, STOPS, Subject
from polnlp.classify.quotes.tokens import MARK, QUOTE, WORD, Sentence
from polnlp.classify.words import SPEECH, word_set

_CONTRASTS = word_set("but while whereas although though yet")
COMPLEMENTS = word_set("that whether how why what if")
# "asked the army to leave": what is asked for is what is said.
_REQUESTS = word_set("ask asks asked order orders ordered implore implored beg begged press pressed")
_CALLS = (("call", "on"), ("call", "upon"), ("call", "for"))


def find_spoken(
    sentence: Sentence, subject: Subject, verb: int, after: int, *, strong: bool, inverted: bool
) -> tuple[tuple[int, int], ...]:
    """Find what is said: after the verb, before the speaker ("..., X said"), or both ("..., X said, ...")."""
    first = min(subject.start, verb)
    aside = _resumes(sentence, after)
    border = _phrase_border(sentence, first, aside=aside)
    backward = border is not None and border > 0
    end = clause_end(sentence, after)
    forward = _opens_speech(sentence, after, strong=strong and not backward)
    if inverted and not backward and not has_quote(sentence, after, end):
        forward = after < len(sentence) and sentence[after].text in (",", ":")
    regions = []
    complement = after < len(sentence) and sentence[after].lower in COMPLEMENTS
    if backward and border is not None and ((strong and not complement) or aside or has_quote(sentence, 0, border)):
        regions.append((clause_start(sentence, border - 1) if not has_quote(sentence, 0, border) else 0, border))
    if forward or has_quote(sentence, after, end) or (backward and aside):
        regions.append((after, end))
    return tuple(regions)


def _phrase_border(sentence: Sentence, first: int, *, aside: bool) -> int | None:
    """Give where the words before the speaker end, if they can be what is said: after a quotation, or at a comma.

    Args:
        aside: Whether a comma follows the verb of saying, too ("The banks, X said, ..."): then few words suffice.
    """
    at = first - 1
    while at >= 0 and sentence[at].kind == WORD and sentence[at].lower not in STOPS | SPEECH | PREPOSITIONS:
        at -= 1
    if at < 0:
        return None
    if sentence[at].kind == QUOTE:
        return at + 1
    if sentence[at].text not in (",", "—", "–"):
        return None
    enough = at >= (1 if aside else 3) or sentence[at - 1].kind == QUOTE
    introduces = sentence[0].lower in PREPOSITIONS | STOPS | {"speaking", "asked"} or sentence[0].lower.endswith(
        ("ing", "ly")
    )
    return at if enough and not (aside and introduces) else None


def _opens_speech(sentence: Sentence, after: int, *, strong: bool) -> bool:
    """Tell whether the words after a verb of saying are what is said."""
    at = after
    called = after < len(sentence) and (sentence[after - 1].lower[:4], sentence[after].lower) in _CALLS
    while at < len(sentence) and at < after + 9:
        token = sentence[at]
        if token.lower in COMPLEMENTS or token.kind == QUOTE or token.text == ":":
            return True
        if token.lower == "to" and at > after and (called or sentence[after - 1].lower in _REQUESTS):
            return True
        if strong and at == after and token.text != "," and token.kind != MARK:
            return token.lower not in PREPOSITIONS or token.lower in ("in", "on", "at", "to")
        if token.kind == MARK and token.text != ",":
            return False
        at += 1
    return False


def _resumes(sentence: Sentence, after: int) -> bool:
    """Tell whether speech goes on after "..., X said, ..." or "..., X told the House, ..."."""
    for at in range(after, min(after + 7, len(sentence))):
        if sentence[at].lower in COMPLEMENTS or sentence[at].kind == QUOTE:
            return False
        if sentence[at].text == ",":
            return len(sentence) - at > 1
    return False


def clause_end(sentence: Sentence, start: int) -> int:
    """Give where a clause ends: at a semicolon, before ", but" and its like, or with the sentence."""
    for at in range(start, len(sentence)):
        if sentence[at].text == ";":
            return at
        if sentence[at].text == "," and at + 1 < len(sentence) and sentence[at + 1].lower in _CONTRASTS:
            if matches(sentence, at + 2, ("that",)):  # "said that ..., but that ..."
                continue
            return at
    return len(sentence)


def clause_start(sentence: Sentence, end: int) -> int:
    """Give where the clause that holds token ``end`` begins: after a semicolon or ", but", or with the sentence."""
    for at in range(end, 0, -1):
        if sentence[at].text == ";" or (sentence[at - 1].text == "," and sentence[at].lower in _CONTRASTS):
            return at
    return 0


def skip_apposition(sentence: Sentence, end: int) -> int:
    """Give where the words after a speaker begin, past an apposition ("said X, the mayor, ...")."""
    if end >= len(sentence) or sentence[end].text != ",":
        return end
    opens = end + 1 < len(sentence) and sentence[end + 1].lower in (
        "a",
        "an",
        "the",
        "who",
        "whose",
        "president",
        "governor",
    )
    if not opens:
        return end
    for at in range(end + 1, min(end + FAR, len(sentence))):
        if sentence[at].text == "," or sentence[at].kind == QUOTE:
            return at
    return end


def matches(sentence: Sentence, index: int, words: Sequence[str]) -> bool:
    """Tell whether the words from a token on are these."""
    return [token.lower for token in sentence[index : index + len(words)]] == list(words)


def has_quote(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a quotation stands between two tokens."""
    return any(token.kind == QUOTE for token in sentence[start:end])
