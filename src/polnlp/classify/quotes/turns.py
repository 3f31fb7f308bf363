"""Transcripts and interviews: paragraphs that begin with who speaks ("Vladimir Putin: ...", "Q: ...")."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from polnlp.classify.quotes.names import Span, find_names, guess_gender
from polnlp.classify.words import word_set

_LABEL = re.compile(
    r"^[ \t]*(?P<label>[^\W\d_][^\n:;,.!?“”\"]{0,58}?(?:\.[ ][^\n:;,.!?“”\"]{1,40}?)?)[ \t]?:(?=\s)", re.MULTILINE
)
_ROLES = word_set("q a question answer interviewer reporter journalist moderator host audience interpreter")
_ANSWERS = word_set("a answer")
_NOT_LABELS = word_set(
    "note update correction photo image source sources read also related topics tags contact by published credit"
)


class Turn(NamedTuple):
    """What one speaker says in a transcript; ``speaker`` is ``None`` where the label names nobody ("Q:")."""

    label_start: int
    start: int
    end: int
    speaker: Span | None


def find_turns(text: str, names: Sequence[Span]) -> list[Turn]:
    """Find the turns of a transcript, in order.

    One label alone makes no transcript ("Update: ..."): there must be two, or, for a text of one paragraph, a label
    that is a name and opens it. A turn reaches to the next label.
    """
    known = set(names)
    labels = [match for match in _LABEL.finditer(text) if _is_label(text, match, known)]
    opens = len(labels) == 1 and not text[: labels[0].start()].strip() and "\n\n" not in text.strip()
    if len(labels) < 2 and not opens:
        return []
    interviewee = _find_interviewee(text, names, labels[0].start())
    return list(_make_turns(text, labels, interviewee))


def _make_turns(text: str, labels: Sequence[re.Match[str]], interviewee: Span | None) -> Iterator[Turn]:
    ends = [match.start() for match in labels[1:]] + [len(text)]
    for match, end in zip(labels, ends, strict=True):
        label = match["label"].strip()
        start = match.end()
        if label.lower() in _ROLES:
            speaker = interviewee if label.lower() in _ANSWERS else None
        else:
            left, right = match.span("label")
            found = find_names(text[left:right])
            speaker = (left + found[-1][0], left + found[-1][1]) if found else (left, left + len(label))
        yield Turn(match.start(), start, max(start, len(text[:end].rstrip())) if end == len(text) else end, speaker)


def _is_label(text: str, match: re.Match[str], known: set[Span]) -> bool:
    label = match["label"].strip()
    if label.lower() in _ROLES:
        return True
    if match.span("label") in known:
        return True
    words = label.split()
    small = [
        word
        for word in words
        if word[0].islower() and word not in ("of", "de", "the", "and", "for", "von", "van", "al", "bin")
    ]
    return len(words) <= 7 and not small and words[0].lower() not in _NOT_LABELS and bool(find_names(label))


def _find_interviewee(text: str, names: Sequence[Span], limit: int) -> Span | None:
    """Give the first person named before the first turn: whom "A:" stands for."""
    for start, end in names:
        if start >= limit:
            return None
        if guess_gender(text, start, end) in ("he", "she"):
            return (start, end)
    return None
