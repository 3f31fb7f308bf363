"""A text → its quotations, direct and indirect, each with its speaker."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from polnlp.classify.quotes.attitudes import Attribution
from polnlp.classify.quotes.cues import find_attributions
from polnlp.classify.quotes.marks import Marked, find_marked, iter_top
from polnlp.classify.quotes.names import Span, find_names, merge_names
from polnlp.classify.quotes.people import People
from polnlp.classify.quotes.phrases import Subject, find_first_subject
from polnlp.classify.quotes.tokens import MARK, QUOTE, Sentence, read_sentences
from polnlp.classify.quotes.turns import Turn, find_turns
from polnlp.classify.words import SPEECH, word_set

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAMING = word_set(
    "titled entitled called named dubbed termed nicknamed headlined slogan book film article song essay "
    "novel play word words term phrase known labelled voted vote motto"
)
_SHORT = 3  # words; a quotation of no more is speech only beside a verb of saying


class Quote(NamedTuple):
    """Words that someone other than the author says or thinks.

    Attributes:
        start: Where the words begin, after the opening mark.
        end: Where they end, before the closing mark.
        speaker_start: Where the speaker's name (or noun phrase) stands; ``None`` if the text names none.
        cue_start: Where the verb or phrase stands that tells so; ``None`` if there is none.
        rule: ``quote``, ``reported``, ``according-to``, ``view``, ``position``, ``attitude``, ``carried`` (the same
            speaker as before), ``turn`` (a transcript's "NAME:"), or ``unnamed``.
        direct: Whether the words stand in quotation marks or are a turn of a transcript.
    """

    start: int
    end: int
    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None
    rule: str
    direct: bool


def find_quotes(text: str, names: Sequence[Span] = ()) -> list[Quote]:
    """Find direct and indirect quotation with its speaker.

    Args:
        text: An article or a paragraph.
        names: Offsets of names that are known. Others are found by their capitals.

    Returns:
        Ordered by start, the outer before the inner. "I said" gives none: the author's words are the author's.
        Scare quotes, titles and slogans in quotation marks are no speech.
    """
    merged = merge_names(names, find_names(text))
    return sorted(_Finder(text, merged).find(), key=lambda quote: (quote.start, -quote.end, quote.rule))


def find_holder(quotes: Sequence[Quote], start: int, end: int) -> Quote | None:
    """Give the innermost quotation that holds ``text[start:end]``; of equals, the direct one; ``None`` if none does.

    A quotation whose speaker is the very name at ``start`` is passed over.
    """
    around = [q for q in quotes if q.start <= start and end <= q.end and not _speaks(q, start, end)]
    return min(around, key=lambda q: (q.end - q.start, not q.direct), default=None)


def _speaks(quote: Quote, start: int, end: int) -> bool:
    return quote.speaker_start is not None and quote.speaker_start < end and start < (quote.speaker_end or 0)


class _Finder:
    """Reads a text level by level: the author's words, then what stands inside each quotation."""

    def __init__(self, text: str, names: list[Span]) -> None:
        self.text = text
        self.names = names
        self.people = People(text, names)
        self.marked = find_marked(text)

    def find(self) -> Iterator[Quote]:
        turns = find_turns(self.text, self.names)
        reached = 0
        for turn in turns:
            yield from self.read_level(reached, turn.label_start)
            yield self._quote_turn(turn)
            yield from self.read_level(turn.start, turn.end)
            reached = turn.end
        yield from self.read_level(reached, len(self.text))

    def _quote_turn(self, turn: Turn) -> Quote:
        start, end = turn.speaker or (None, None)
        if turn.speaker:
            self.people.note_speaker(turn.speaker)
        return Quote(turn.start, turn.end, start, end, None, None, "turn" if turn.speaker else "unnamed", True)

    def read_level(self, start: int, end: int) -> Iterator[Quote]:
        """Read one level of a text, and the levels inside its quotations."""
        if start >= end:
            return
        spoken = [span for span in iter_top(self.marked, start, end) if is_speech(self.text, span)]
        sentences = read_sentences(self.text, start, end, self.names, spoken)
        last: Quote | None = None
        before: Sentence = []
        for sentence in sentences:
            self._note_subject(sentence)
            found = [quote for part in find_attributions(sentence) for quote in self._make_quotes(sentence, part)]
            found += self._carry_over(sentence, before, found, last)
            yield from found
            for token in sentence:
                if token.quote is not None:
                    yield from self.read_level(token.quote.start, token.quote.end)
            last = next((quote for quote in reversed(found) if quote.direct and quote.speaker_start is not None), last)
            before = sentence

    def _note_subject(self, sentence: Sentence) -> None:
        subject = find_first_subject(sentence, len(sentence))
        if subject is not None and subject.kind == "name":
            self.people.note_subject(sentence[subject.start].start)

    def _make_quotes(self, sentence: Sentence, part: Attribution) -> Iterator[Quote]:
        """Make a quote of each region that an attribution covers, and of each quotation in it."""
        speaker = self._find_speaker(sentence, part.subject)
        if speaker is None:
            return
        cue = (sentence[part.cue_start].start, sentence[part.cue_end - 1].end)
        for first, after in part.regions:
            tokens = [token for token in sentence[first:after] if token.kind != MARK]
            if not tokens:
                continue
            for token in tokens:
                if token.quote is not None:
                    yield Quote(token.quote.start, token.quote.end, *speaker, *cue, part.rule, True)
            if any(token.kind != QUOTE for token in tokens):
                yield Quote(tokens[0].start, tokens[-1].end, *speaker, *cue, part.rule, False)

    def _find_speaker(self, sentence: Sentence, subject: Subject) -> Span | None:
        """Give the offsets of who speaks; ``None`` for the author's own "I" and "we"."""
        if subject.kind == "self":
            return None
        span = (sentence[subject.start].start, sentence[subject.end - 1].end)
        last = sentence[subject.end - 1].lower
        if subject.kind == "pronoun":
            span = self.people.find_pronoun(last, span[0]) or span
        elif subject.kind == "group":
            span = self.people.find_group(last, span[0]) or span
        self.people.note_speaker(span)
        return span

    def _carry_over(
        self, sentence: Sentence, before: Sentence, found: Sequence[Quote], last: Quote | None
    ) -> Iterator[Quote]:
        """Give quotations that no words attribute to whoever spoke, or was spoken of, just before."""
        covered = {quote.start for quote in found if quote.direct}
        for token in sentence:
            if token.quote is None or token.quote.start in covered:
                continue
            speaker = self._guess_speaker(sentence, before, last)
            start, end = speaker or (None, None)
            rule = "carried" if speaker else "unnamed"
            yield Quote(token.quote.start, token.quote.end, start, end, None, None, rule, True)

    def _guess_speaker(self, sentence: Sentence, before: Sentence, last: Quote | None) -> Span | None:
        alone = all(token.kind in (QUOTE, MARK) for token in sentence)
        at = next(index for index, token in enumerate(sentence) if token.quote is not None)
        if at > 1 and sentence[at - 1].text == ":":
            subject = find_first_subject(sentence, at)
            if subject is not None:
                return self._find_speaker(sentence, subject)
        if before and (before[-1].text == ":" or (alone and last is None)):
            subject = find_first_subject(before, len(before))
            if subject is not None:
                return self._find_speaker(before, subject)
        if last is None or last.speaker_start is None or last.speaker_end is None:
            return None
        near = self.text.count("\n", last.end, sentence[0].start) <= (4 if alone else 1)
        return (last.speaker_start, last.speaker_end) if near else None


def is_speech(text: str, span: Marked) -> bool:
    """Tell speech from scare quotes, titles and slogans: by length, and by the words before and after."""
    inside = text[span.start : span.end]
    words = _WORD.findall(inside[:400])
    before = [word.lower() for word in _WORD.findall(text[max(0, span.mark_start - 80) : span.mark_start])]
    after = [word.lower() for word in _WORD.findall(text[span.mark_end : span.mark_end + 60])]
    if before and (before[-1] in _NAMING or before[-2:] in (["known", "as"], ["famous", "as"])):
        return before[-1] in SPEECH and len(words) > _SHORT and not _is_title(words)
    if len(words) > _SHORT:
        return not (_is_title(words) and not any(word in SPEECH for word in (*before[-4:], *after[:4])))
    ends = inside.rstrip()[-1:] in tuple(",.!?")
    answered = ends and any(word in SPEECH for word in after[:4])
    return bool(words) and (answered or any(word in SPEECH for word in before[-8:]))


def _is_title(words: Sequence[str]) -> bool:
    """Tell whether words are written as a title is: every longer one with a capital."""
    longer = [word for word in words if len(word) > 3]
    return len(longer) > 1 and all(word[0].isupper() for word in longer)
