"""Tense: whether a clause speaks of what was or of what will be, read from its verbs by rule.

The cue nearest to the date decides, first to the left within its clause, then to the right: "The vote **was** held on
November 23rd", "On March 15, voters **will** choose". A date before its noun ("the November 23rd elections **were**
held") and one at the start of a sentence look to the right first.
"""

import re
from collections.abc import Sequence
from typing import Any

PAST, OPEN, FUTURE = -1.0, 0.0, 1.0
WEAK = 0.5  # of a cue that stands far from the date, of a date that is the whole text
# Words and stops; the dot of an initial, a title or a half of day ("U.S.", "Mr. Lee", "2 p.m. on") ends no sentence.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,4}(?=\s+(?:[^A-Z\s]|[A-Z]{2})|[A-Z]|\s*[,;)])|(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Gov|Rep|St))\.(?=\s*[A-Z])"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?;:]"
)
_WINDOW = 240  # characters on either side; a clause is rarely longer
_NEAR = 80  # characters
_FAR = 7  # words
_BE = 4  # words between an auxiliary and its participle


def read_tense(text: str, start: int, end: int, cues: dict[str, Any]) -> float:
    """Tell the tense of the clause around ``text[start:end]``.

    Args:
        cues: The language's table ``tense``: words that speak of the past, of the future, that leave it open, that
            part clauses, auxiliaries, participles' endings.

    Returns:
        -1 for the past, 1 for the future, half of it where the verb stands far away, 0 where the text leaves it open.
    """
    left = [_fold(word, cues) for word in _WORD.findall(text[max(0, start - _WINDOW) : start])]
    right = [_fold(word, cues) for word in _WORD.findall(text[end : end + _WINDOW])]
    left = _after_last_stop(left)
    if len(left) > 2 and left[-1] == left[-3] and left[-1] in cues["as"]:
        left = left[:-3]  # "as early as Monday" parts no clause
    right = right[: next((i for i, word in enumerate(right) if word in ".!?;"), len(right))]
    if _is_predicate(left, cues):
        return FUTURE
    if _is_prenominal(text, start, end, left, cues) or not left:
        found = _scan_right(right, cues, begin=1 if left else 0)  # behind the noun
        return found or _scan_left(left, cues)
    found = _scan_left(left, cues)
    if found == OPEN:
        found = _scan_right(right, cues)
    if left[-1] in cues["until"] and any(word in cues["put_off"] for word in left[-_BE:]):  # "was put off until May"
        return FUTURE
    if left[-1] in cues["bounds"] and right[:1] and right[0] in cues["to"]:  # "gave them until Friday to reply"
        return FUTURE
    bound = left[-1] in cues["bounds"] or (len(left) > 1 and left[-2] in cues["bounds"])
    return FUTURE if found == OPEN and bound else found


def _fold(word: str, cues: dict[str, Any]) -> str:
    """Write a word as the cues do; a name that ends like a past form (Mohamed) keeps its capital, and is no cue."""
    folded = word.lower().replace("’", "'")
    return word if word[0].isupper() and folded.endswith(cues["past_endings"]) else folded


def _is_predicate(left: Sequence[str], cues: dict[str, Any]) -> bool:
    """Tell whether a date is what something is: "the deadline is Saturday", "the vote is on Saturday"."""
    before = left[:-1] if left and left[-1] in cues["links"] else left
    return bool(before) and before[-1] in cues["is_now"]


def is_habitual(text: str, start: int, end: int, cues: dict[str, Any]) -> bool:
    """Tell whether a verb beside the date says what is usual or possible: "In January it is cold"."""
    left = _after_last_stop([word.lower() for word in _WORD.findall(text[max(0, start - _NEAR) : start])])
    right = [word.lower() for word in _WORD.findall(text[end : end + _NEAR])]
    return any(word in cues["habit"] for word in [*left, *right])


def _after_last_stop(words: list[str]) -> list[str]:
    stop = max((i for i, word in enumerate(words) if word in ".!?;"), default=-1)
    return words[stop + 1 :]


def _is_prenominal(text: str, start: int, end: int, left: list[str], cues: dict[str, Any]) -> bool:
    """Tell whether the date stands before a noun: "the November 23rd elections", "Saturday's rally"."""
    genitive = re.match(r"['’]s [a-z]", text[end : end + 4])
    if genitive:
        return True
    follows = re.match(r"[ -]([a-z]{3,})", text[end : end + 20])
    if follows and follows[1] in cues["no_nouns"]:
        return False
    inside = re.match(r"(?:the|an?)\s", text[start:end], re.IGNORECASE)
    return bool(follows) and (bool(inside) or (bool(left) and left[-1] in cues["determiners"]))


def _scan_left(words: list[str], cues: dict[str, Any]) -> float:
    for index in range(len(words) - 1, -1, -1):
        if words[index] in cues["parts"]:
            return OPEN
        found = _judge(words, index, cues)
        if found is not None:
            return found * (WEAK if len(words) - index > _FAR else 1)
    return OPEN


def _scan_right(words: list[str], cues: dict[str, Any], begin: int = 0) -> float:
    for index in range(begin, len(words)):
        if index and words[index] in cues["parts"]:
            break
        found = _judge(words, index, cues)
        if found is not None:
            return found * (WEAK if index > _FAR else 1)
    return OPEN


def _judge(words: Sequence[str], index: int, cues: dict[str, Any]) -> float | None:
    """Judge one word with the auxiliaries before it; ``None`` if it is no cue."""
    word, before = words[index], _chain(words, index, cues)
    if word in cues["future"] or word.endswith(cues["future_endings"]):
        return FUTURE
    if word in cues["reported"]:
        return OPEN if words[index + 1 : index + 2] and words[index + 1] in cues["was"] else WEAK
    following = words[index + 1 : index + 4]
    if word in cues["present"] or word in cues["present_of_many"]:
        return FUTURE if _is_present(words, index, cues) and len(words) - index <= _BE else None
    if word in cues["planned"] or (word in cues["planned_to"] and following[:1] and following[0] in cues["to"]):
        return OPEN if any(one in cues["was_then"] for one in before) else FUTURE  # "was scheduled for" is open
    if word in cues["to"] and index and words[index - 1] in cues["is"]:
        return FUTURE if words[index - 1] in cues["is_now"] else OPEN
    if word in cues["was"] and any(one in cues["planned"] for one in following[:2]):
        return OPEN if word in cues["was_then"] else FUTURE
    if word in cues["was"] or word in cues["past"] or _is_participle(word, before, cues):
        if any(one in cues["future"] for one in before):
            return FUTURE
        if any(one in cues["reported"] for one in before):
            return OPEN if any(one in cues["was"] for one in before) else WEAK  # "would have been held" is open
        if any(one in cues["modal"] for one in before):
            return OPEN
        if any(one in cues["to"] for one in before):  # "is to be held" is ahead, "was to be held" is open
            return FUTURE if any(one in cues["is_now"] for one in before) else OPEN
        if word in cues["was"] and words[index + 1 : index + 2] and words[index + 1] in cues["to"]:
            return OPEN
        if word not in cues["was"] and any(one in cues["is_now"] for one in before):
            return OPEN
        return PAST
    return None


def _is_present(words: Sequence[str], index: int, cues: dict[str, Any]) -> bool:
    """Tell the verb in "Britain votes on Thursday", "polls close on Sunday" from the noun in "Britain's vote was"."""
    before = words[index - 1] if index else ""
    if before in cues["determiners"] or before in cues["genitive"]:
        return False
    if any(one in cues["was"] or one in cues["is"] for one in words[index + 1 : index + 2]):
        return False
    if words[index] in cues["present"]:
        return True
    return before.endswith("s") and not any(before in cues[name] for name in ("determiners", "genitive", "is", "was"))


def _chain(words: Sequence[str], index: int, cues: dict[str, Any]) -> list[str]:
    """Give the auxiliaries and adverbs that stand right before a word, and the word before them."""
    start = index
    while start > max(0, index - _BE) and (words[start - 1] in cues["chain"] or words[start - 1].endswith("ly")):
        start -= 1
    return list(words[max(0, start - 1) : index])


def _is_participle(word: str, before: Sequence[str], cues: dict[str, Any]) -> bool:
    """Tell whether a word looks like a past form and does not stand before a noun ("the elected president")."""
    if len(word) < 5 or word[0].isupper() or not word.endswith(cues["past_endings"]) or word in cues["no_verbs"]:
        return False
    return not (before and before[-1] in cues["determiners"])
