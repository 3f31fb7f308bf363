"""Anchor: a typed value and its context → ISO 8601 / TIMEX3 / EDTF, of no finer granularity than the words have.

What depends on a date that is not known stays open: its value is ``None`` and ``relative`` keeps what was said. Where
the text leaves two readings, both are given with their probabilities.
"""

from dataclasses import dataclass, replace
from typing import TypeGuard

from polnlp.mentions.dates.choose import choose_weekday
from polnlp.mentions.dates.context import Context
from polnlp.mentions.dates.counted import pieces_of
from polnlp.mentions.dates.place import in_year, place
from polnlp.mentions.dates.spoken import open_text, say_relative, str_of_duration
from polnlp.mentions.dates.tense import FUTURE, OPEN, PAST
from polnlp.mentions.dates.values import (
    Amount,
    Calendar,
    Deictic,
    Duration,
    Interval,
    Part,
    Recurrence,
    Reference,
    Shift,
    Value,
)
from polnlp.mentions.dates.when import COARSENESS, When, day_from


@dataclass(frozen=True, slots=True)
class Reading:
    """An anchored expression: as in ``DateMention``; ``when`` becomes the date in force."""

    type: str
    value: str | None
    mod: str | None = None
    relative: str | None = None
    when: When | None = None
    others: tuple[tuple[str, float], ...] = ()


def anchor(value: Value, context: Context) -> Reading:
    """Anchor a value in its context."""
    if isinstance(value, Reference):
        return Reading("DATE", value.kind, value.mod)
    if isinstance(value, Duration):
        return Reading("DURATION", str_of_duration(value), value.mod)
    if isinstance(value, Recurrence):
        return Reading("SET", value.value)
    if isinstance(value, Interval):
        return _anchor_interval(value, context)
    if isinstance(value, Shift) and value.duration.parts[0][0].low is None:
        return _anchor_vague(value)
    if isinstance(value, Part):
        found = _anchor_share(value, context)
        if found is not None:
            return found
    if context.guideline == "timeml" and context.habitual and _is_bare(value):
        return Reading("DATE", open_text(value), value.mod)
    choice = place(value, context)
    kind = "TIME" if _has_time(value) else "DATE"
    if choice is None:
        return Reading(kind, None, value.mod, say_relative(value) or "XXXX")
    others = tuple((str(when), share) for when, share in choice.others if str(when) != str(choice.when))
    return Reading(kind, str(choice.when), value.mod, None, choice.when, others)


def _is_bare(value: Value) -> TypeGuard[Calendar]:
    """Tell whether a value is a month or a season and nothing more."""
    return (
        isinstance(value, Calendar)
        and (value.month is not None or value.season is not None)
        and value == Calendar(month=value.month, season=value.season, mod=value.mod)
    )


def _anchor_share(value: Part, context: Context) -> Reading | None:
    """Anchor "the second half of the 20th century", "the first ten days of May": an interval of smaller units."""
    outer = place(value.of, context)
    if outer is None or value.index == 0 or value.like is not None or value.weekday is not None:
        return None
    if value.count is None:  # "the last years of the 1990s"
        return Reading("DATE", str(outer.when), "END" if value.index < 0 else "START", None, outer.when)
    share = {"half": 2, "quarter": 4}.get(value.unit)
    if share is not None and COARSENESS[outer.when.unit] > COARSENESS["year"]:
        pieces = pieces_of(outer.when, "year")
        size = len(pieces) // share
        pieces = pieces[size * (value.index - 1) : size * value.index] if value.index > 0 else pieces[-size:]
    elif value.count > 1 and COARSENESS[value.unit] < COARSENESS[outer.when.unit]:
        if context.guideline == "timeml":  # TIMEX3 knows no interval: "the first nine months of 2012" is a length
            return Reading("DURATION", str_of_duration(Duration(((Amount(value.count), value.unit),))), value.mod)
        pieces = pieces_of(outer.when, value.unit)
        count = int(value.count)
        pieces = pieces[-count:] if value.index < 0 else pieces[:count]
    else:
        return None
    return Reading("DATE", f"{pieces[0]}/{pieces[-1]}") if pieces else None


def _anchor_interval(value: Interval, context: Context) -> Reading:
    start, end = _place_ends(value, context)
    if start is not None and end is not None and start.time and end.first == start.first and end.time < start.time:
        end = day_from(end.first + 1, end.time)  # "from 10 p.m. to 2 a.m."
    if (value.start is not None and start is None) or (value.end is not None and end is None):
        return Reading("DATE", None, value.mod, say_relative(value) or "XXXX")
    if start is not None and end is not None and start.first > end.last:
        return Reading("DATE", None, value.mod, say_relative(value) or "XXXX")
    return Reading("DATE", f"{start or '..'}/{end or '..'}", value.mod, None)


def _place_ends(value: Interval, context: Context) -> tuple[When | None, When | None]:
    """Place both ends; an end without a year goes by the other: "from May to July" lies within a year."""
    tense = context.tense
    if value.end is None and value.start is not None and not _has_time(value.start):
        context.tense = PAST if tense == OPEN or context.phrase else tense
    first, last = place(value.start, context), place(value.end, context)
    context.tense = tense
    start, end = first.when if first else None, last.when if last else None
    if _is_one_day(value):
        return start, end
    if _is_open(value.start) and isinstance(value.start, Calendar) and end is not None:
        start = _latest_before(value.start, end, context) or start
    elif _is_open(value.end) and isinstance(value.end, Calendar) and start is not None:
        end = _earliest_after(value.end, start, context) or end
    return start, end


def _is_one_day(value: Interval) -> bool:
    """Tell whether an interval is one of hours: "on Monday from 1 to 3 p.m."."""
    start, end = value.start, value.end
    if not isinstance(start, Calendar) or not isinstance(end, Calendar) or start.clock is None:
        return False
    return replace(start, clock=None) == replace(end, clock=None)


def _is_open(value: Value | None) -> bool:
    return (
        isinstance(value, Calendar)
        and value.year is None
        and value.within is None
        and value.short_year is None
        and (
            value.month is not None
            or value.season is not None
            or value.quarter is not None
            or value.weekday is not None
        )
    )


def _latest_before(value: Calendar, end: When, context: Context) -> When | None:
    if value.weekday is not None and value.month is None:
        choice = choose_weekday(value, end, PAST)
        return choice.when if choice else None
    found = [when for step in (-1, 0) if (when := in_year(value, end.year + step, context)) and when.first <= end.first]
    return found[-1] if found else None


def _earliest_after(value: Calendar, start: When, context: Context) -> When | None:
    if value.weekday is not None and value.month is None:
        choice = choose_weekday(value, start, FUTURE)
        return choice.when if choice else None
    found = [
        when for step in (0, 1) if (when := in_year(value, start.year + step, context)) and when.first >= start.first
    ]
    return found[0] if found else None


def _anchor_vague(value: Shift) -> Reading:
    """Anchor "several years ago": a vague past; "a few days later" stays relative."""
    if value.base == "now":
        return Reading("DATE", "PAST_REF" if value.sign < 0 else "FUTURE_REF", value.mod)
    return Reading("DATE", None, value.mod, say_relative(value))


def _has_time(value: Value) -> bool:
    if isinstance(value, Calendar | Deictic | Shift):
        return value.clock is not None or value.part is not None
    return False
