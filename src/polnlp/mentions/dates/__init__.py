"""Stage 3: dates. A temporal grammar of our own: find (tokens → candidates), normalise (→ values), anchor (→ calendar).

Examples:
    >>> [(date.text, date.value) for date in find_dates("Held on September 11th of last year.", reference="2009-01-29")]
    [('September 11th of last year', '2008-09-11')]
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, get_args

from polnlp.arguments import check_choice, check_type
from polnlp.mentions.dates.anchor import Reading, anchor
from polnlp.mentions.dates.context import (
    Context,
    Guideline,
    is_general,
    is_narrative,
    prefers_day_first,
    read_reference,
)
from polnlp.mentions.dates.exclude import is_date, shorten
from polnlp.mentions.dates.find import Grammar, Item, find_expressions, is_phrase, load_grammar
from polnlp.mentions.dates.tense import OPEN, WEAK, is_habitual, read_tense
from polnlp.mentions.dates.values import Calendar
from polnlp.mentions.dates.when import When, make_day
from polnlp.schema import CONTENT_ZONES, DateMention, DateReading, Paragraph

__all__ = ["find_dates"]

_JOINTS = frozenset({"to", "and", "or", "through", "until", "-", "–", "—", ",", "y", "a"})  # between two dates
_CHAINS = frozenset({"and", "or", "to", "through", "until", "till", "-", "–", "—", "y el", "o el", "al"})  # of weekdays
_DAY_JOINTS = frozenset({",", "on", ", on", ")", ") on", "), on", "("})  # between a time and its day
_STOP = re.compile(r"[.!?;]\s|\n\s*\n")
_SENTENCE = 600  # characters; a longer sentence is no prose, and the search must not grow with the text
_AROUND = 80  # characters in which a word tells that a memorable day is meant


def find_dates(
    text: str,
    *,
    reference: str | None = None,
    guideline: Guideline = "codebook",
    language: str = "en",
    day_first: bool | None = None,
    paragraphs: Sequence[Paragraph] | None = None,
) -> list[DateMention]:
    """Find the dates, times, durations and sets of a text and give them their values.

    Without a reference a relative expression keeps the value ``None`` (``relative`` says what it said), unless a date
    that the passage itself names is in force. Today's date is never used.

    Examples:
        >>> [(date.text, date.value) for date in find_dates("They met last week.", reference="2009-01-29")]
        [('last week', '2009-W04')]
        >>> [(date.value, date.relative) for date in find_dates("They met last week.")]
        [(None, 'P1W-')]

    Args:
        text: Any length; read in time that grows with it.
        reference: The article's date, ISO 8601, as fine as it is known (``2009``, ``2009-01``, ``2009-01-29``).
        guideline: ``codebook`` marks as polnlp's reports do, ``timeml`` as TimeML and TempEval-3.
        language: Code of a language that has a file of words and rules (``en``, ``es``).
        day_first: Whether 9/3/2008 is 9 March; ``None`` follows the text's clear cases, then the language.
        paragraphs: Read each of these, in every zone; a date in force holds on from one content zone to the next.
            Without them the whole text is one passage.

    Returns:
        Mentions in order, without overlaps; offsets are the text's.

    Raises:
        ValueError: If ``reference`` is no date, or there is no such guideline.
        TypeError: If ``text`` or ``reference`` is no string, ``day_first`` no truth value, or ``paragraphs`` are texts.
        ConfigError: If the language has no file.

    References:
        Pustejovsky et al. (2003). TimeML: robust specification of event and temporal expressions in text. AAAI Spring
            Symposium on New Directions in Question Answering.
        UzZaman et al. (2013). SemEval-2013 task 1: TempEval-3. *SEM.
    """
    check_type("text", text, str, "give one text; call find_dates for each of many")
    check_choice("guideline", guideline, get_args(Guideline))
    if day_first is not None:
        check_type("day_first", day_first, bool, "give True, False, or None to follow the text")
    for paragraph in paragraphs or ():
        check_type("paragraphs: one of them", paragraph, Paragraph, "give a report's paragraphs, or none")
    grammar = load_grammar(language, guideline)
    passages = [(0, 0, text, True)] if paragraphs is None else list(_cut(text, paragraphs))
    found = [(index, offset, passage, content, _find(passage, grammar)) for index, offset, passage, content in passages]
    items = [item for *_, passage_items in found for item in passage_items]
    tables = grammar.lexicon.tables
    if day_first is None:
        day_first = prefers_day_first(items, tables.get("day_first", False))
    now = read_reference(reference) or _read_dateline(found)
    narrative = is_narrative(items, now)
    general = is_general(items, now)
    context = Context(now, guideline, tables, day_first, narrative, general)
    context.phrase = paragraphs is None and is_phrase(text, grammar)
    mentions: list[DateMention] = []
    for index, offset, passage, content, passage_items in found:
        scope = context if content else Context(now, guideline, tables, day_first, narrative, general)
        mentions += _read(passage, passage_items, scope, index, offset)
    return sorted(mentions, key=lambda mention: mention.start)


def _read_dateline(found: Iterable[tuple[int, int, str, bool, list[Item]]]) -> When | None:
    """Give the full date that has the first line to itself which holds a date: a report's own date."""
    for _, _, passage, _, items in found:
        for item in items[:1]:
            value = next(iter(item.values.values()))
            line = passage[passage.rfind("\n", 0, item.start) + 1 :].split("\n", 1)[0].strip()
            if not isinstance(value, Calendar) or value.year is None or value.day is None or value.other is not None:
                return None
            if len(line) <= item.end - item.start + 2:
                return make_day(value.year, value.month or 1, value.day or 1)
            return None
    return None


def _cut(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int, str, bool]]:
    from polnlp.paragraphs import mask_paragraph

    for paragraph in paragraphs:
        masked = mask_paragraph(text, paragraph, paragraphs)
        yield paragraph.index, paragraph.start, masked, paragraph.zone in CONTENT_ZONES


def _find(passage: str, grammar: Grammar) -> list[Item]:
    tables = grammar.lexicon.tables
    if is_phrase(passage, grammar):
        grammar = load_grammar(tables["language"], grammar.guideline, phrase=True)
    return [
        shorten(item, passage, tables["exclude"])
        for item in find_expressions(passage, grammar)
        if is_date(item, passage, tables["exclude"], grammar.guideline)
    ]


def _read(passage: str, items: Iterable[Item], context: Context, index: int, offset: int) -> Iterator[DateMention]:
    """Anchor a passage's expressions in order; each that names a day, month or year becomes the date in force."""
    items = list(items)
    values = [next(iter(item.values.values())) for item in items]
    joints = [passage[before.end : item.start].strip().lower() for before, item in pairwise(items)]
    for at in range(len(joints) - 1, -1, -1):  # from the right: "at 18:00 (16:00 GMT) on Sunday"
        values[at] = _share_day(_share_year(values[at], values[at + 1], joints[at]), values[at + 1], joints[at])
    for at, (item, value) in enumerate(zip(items, values, strict=True)):
        context.position = item.start
        context.chained = at > 0 and joints[at - 1] in _CHAINS and context.then_at == items[at - 1].end
        context.linked = _in_sentence(passage, context.then_at, item.start)
        context.tense = read_tense(passage, item.start, item.end, context.tables["tense"]) or WEAK * context.phrase
        context.habitual = (
            context.general
            and context.tense == OPEN
            and is_habitual(passage, item.start, item.end, context.tables["tense"])
        )
        value = _remember(value, passage, item, context.tables)
        reading = anchor(value, context)
        if reading.when is not None:
            named = isinstance(value, Calendar) and value.year is not None
            context.enter(reading.when, item.end, named=named)
        start, end = _trim(passage, item, context)
        yield _make_mention(passage, start, end, reading, item.rule, index, offset)
    context.then_at -= len(passage)


def _in_sentence(passage: str, then_at: int, start: int) -> bool:
    """Tell whether no sentence ends between the date in force and ``start``; what is far off is in another one."""
    return then_at >= 0 and start - then_at <= _SENTENCE and not _STOP.search(passage, then_at, start)


def _share_year(value: Any, other: Any, joint: str) -> Any:
    """Give the first of "August and September 2017" the year of the second, of "1200 to 400 BC" its era."""
    if joint not in _JOINTS or not isinstance(value, Calendar) or not isinstance(other, Calendar):
        return value
    if _lends_era(value, other):
        return replace(value, year=-(value.year or 0))
    if value.month is None or other.month is None or other.year is None:
        return value
    if value.year is not None or value.within is not None or value.direction is not None:
        return value
    return replace(value, year=other.year if value.month <= other.month else other.year - 1)


def _lends_era(value: Calendar, other: Calendar) -> bool:
    """Tell whether the first of "1200 to 400 BC" lies before Christ, too."""
    return value.year is not None and other.year is not None and other.year < 0 < value.year and value.month is None


def _share_day(value: Any, other: Any, joint: str) -> Any:
    """Give the time in "at 16:15 UTC, on June 1st" the day that follows."""
    if joint not in _DAY_JOINTS or not isinstance(value, Calendar) or value != Calendar(clock=value.clock):
        return value
    if not isinstance(other, Calendar) or (joint == "(" and other.clock is None):
        return value
    return replace(other, clock=value.clock) if other.day or other.weekday else value


def _remember(value: Any, passage: str, item: Item, tables: dict[str, Any]) -> Any:
    """Give a memorable day its year where the words around it say so: "the attacks of 11 September"."""
    if not isinstance(value, Calendar) or value.year is not None or value.within is not None:
        return value
    around = passage[max(0, item.start - _AROUND) : item.end + _AROUND].lower()
    for entry in tables.get("memorable", []):
        named = (value.month, value.day) == (entry["month"], entry["day"]) and value.direction is None
        if named and any(word in around for word in entry["words"]):
            return replace(value, year=entry["year"])
    return value


def _trim(passage: str, item: Item, context: Context) -> tuple[int, int]:
    """Drop a leading article where the codebook does."""
    start = item.start
    for word in context.tables["trim"][context.guideline]:
        if passage[start : start + len(word) + 1].lower() == word + " ":
            start += len(word) + 1
            start += len(passage[start : item.end]) - len(passage[start : item.end].lstrip())
    return start, item.end


def _make_mention(
    passage: str, start: int, end: int, reading: Reading, rule: str, paragraph: int, offset: int
) -> DateMention:
    others = tuple(DateReading(value=value, probability=round(share, 4)) for value, share in reading.others)
    return DateMention(
        start=start + offset,
        end=end + offset,
        text=passage[start:end],
        type=reading.type,  # type: ignore[arg-type]
        value=reading.value,
        mod=reading.mod,
        paragraph=paragraph,
        relative=reading.relative,
        alternatives=others,
        rule=rule,
    )
