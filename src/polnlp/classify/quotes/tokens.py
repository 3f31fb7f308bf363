"""A stretch of text as tokens among which names and quotations are one token each, in sentences."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from polnlp.classify.quotes.marks import Marked
from polnlp.classify.words import SPEECH

_TOKEN = re.compile(
    r"(?:(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Capt|Prof|Rev|Hon|St|Jr|Sr|Inc|Corp|vs|No|etc)\.)"
    r"|[’']s\b|[^\W_]+(?:[’'.-][^\W_]+)*(?:(?<=s)[’'](?=\s\w))?|\.\.\.|\S"
)
_ENDS = frozenset(".!?…")
_LOOK_AHEAD = 8  # tokens after a quotation in which its verb of saying would stand
_LONGEST = 150  # tokens; a longer sentence is read in pieces, so that work stays linear
NAME, QUOTE, WORD, MARK = "name", "quote", "word", "mark"


class Token:
    """A name, a quotation, a word or a punctuation mark."""

    __slots__ = ("end", "kind", "lower", "quote", "start", "text")

    def __init__(self, kind: str, start: int, end: int, text: str, quote: Marked | None = None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.lower = text.lower().replace("’", "'") if kind == WORD else text
        self.quote = quote

    def __repr__(self) -> str:
        return f"Token({self.kind}, {self.text!r})"


Sentence = list[Token]


def read_sentences(
    text: str, start: int, end: int, names: Sequence[tuple[int, int]], quotes: Sequence[Marked]
) -> list[Sentence]:
    """Cut ``text[start:end]`` into sentences of tokens.

    Args:
        names: Offsets of names, sorted, not overlapping.
        quotes: The quotations that become one token each, sorted, not overlapping. Their insides are not read.
    """
    tokens = list(_read_tokens(text, start, end, names, quotes))
    sentences: list[Sentence] = []
    current: Sentence = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1 : index + 1 + _LOOK_AHEAD]
        if len(current) == _LONGEST or _ends_sentence(text, token, following):
            sentences.append(current)
            current = []
    return [*sentences, current] if current else sentences


def _read_tokens(
    text: str, start: int, end: int, names: Sequence[tuple[int, int]], quotes: Sequence[Marked]
) -> Iterator[Token]:
    blocks = [Token(QUOTE, quote.mark_start, quote.mark_end, "Q", quote) for quote in quotes]
    blocks += [Token(NAME, left, right, text[left:right]) for left, right in _inside(names, start, end)]
    position = start
    for block in sorted(blocks, key=lambda token: token.start):
        if block.start < position:
            continue  # a name inside a quotation
        yield from _read_words(text, position, block.start)
        yield block
        position = block.end
    yield from _read_words(text, position, end)


def _inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    for left, right in spans[bisect_left(spans, (start, 0)) :]:
        if left >= end:
            return
        if right <= end:
            yield left, right


def _read_words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        kind = WORD if match[0][-1].isalnum() or match[0][0].isalnum() else MARK
        yield from _split_possessive(Token(kind, match.start(), match.end(), match[0]))


def _split_possessive(token: Token) -> Iterator[Token]:
    if token.kind == WORD and token.lower.endswith("'s") and len(token.text) > 2:
        yield Token(WORD, token.start, token.end - 2, token.text[:-2])
        yield Token(WORD, token.end - 2, token.end, token.text[-2:])
    else:
        yield token


def _ends_sentence(text: str, token: Token, following: Sequence[Token]) -> bool:
    """Tell whether a sentence ends after a token, given those that follow."""
    if not following:
        return False
    between = text[token.end : following[0].start]
    if between.count("\n") > 1:
        return True
    if token.kind == MARK:
        return token.text[-1] in _ENDS and not following[0].text[0].islower()
    if token.quote is not None and text[token.quote.end - 1] in _ENDS:
        return not _is_attributed(following)
    return False


def _is_attributed(following: Sequence[Token]) -> bool:
    """Tell whether the words after a quotation tell who spoke it, as in “We won.” Morales said."""
    for token in following:
        if token.kind in (MARK, QUOTE) and token.text not in (",", "(", ")"):
            return False
        if token.kind == WORD and token.lower in SPEECH:
            return True
        if token.kind == WORD and token.lower == "that":
            return False
    return False
