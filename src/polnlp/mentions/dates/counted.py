"""Place what is counted from another date: "yesterday", "the previous year", "three days later", "a week in March".

The date that they are counted from is placed already, see ``place.py``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from polnlp.mentions.dates.context import Context
from polnlp.mentions.dates.values import Deictic, Part, Shift
from polnlp.mentions.dates.when import COARSENESS, When, day_from, make_day, month_length, move, weekday_of, widen

_SATURDAY = 6
_MINUTES = {"minute": 1, "hour": 60}
_CLOCK = re.compile(r"T(\d\d):(\d\d)(?::\d\d)?(Z?)")
_AS_SMALLER = {"fortnight": ("week", 2), "score": ("year", 20), "decade": ("year", 10), "century": ("year", 100)}


def place_deictic(value: Deictic, context: Context) -> When | None:
    """Count units from the article's date or the date in force."""
    base = context.now
    if value.base == "story":
        base = context.base
    elif value.base == "then":
        base = context.then or (context.now if value.offset or context.guideline == "timeml" else None)
        if context.guideline == "timeml" and base and value.unit == "day" and COARSENESS[base.unit] > COARSENESS["day"]:
            base = context.now  # "in March ... in the morning"
    if base is None:
        return None
    if value.unit == "any":
        return base
    if value.unit == "week" and value.offset == 0 and value.base == "now" and base.unit == "week":
        return base
    offset = value.offset
    if value.unit == "weekend" and value.base == "now" and offset == 0 and context.tense < 0:
        offset = -1 if base.unit == "day" and weekday_of(base) < _SATURDAY else 0  # "came this weekend", on a Tuesday
    when = move(base, value.unit, offset)
    time = str(value.clock) if value.clock else f"T{value.part}" if value.part else ""
    return replace(when, time=time, fiscal=value.fiscal) if when else None


def place_shift(value: Shift, when: When | None) -> When | None:
    """Move a date by a duration, to the granularity of its finest unit."""
    fixed = value.base != "now" and when is not None and COARSENESS[when.unit] <= COARSENESS["day"]
    named = fixed and value.base != "then"  # "two months after May 4" is a day, "two months later" a month
    start = when
    for amount, unit in value.duration.parts:
        count = (amount.low or 0) * value.sign
        if unit == "hour" and count % 24 == 0:
            unit, count = "day", count / 24
        if when is not None and unit in _MINUTES and value.duration.parts == ((amount, unit),):
            return _move_clock(when, count * _MINUTES[unit])
        if when is None or unit in ("second", "minute", "hour"):
            return None
        name, factor = _AS_SMALLER.get(unit, (unit, 1))
        if when is not None and when.unit == unit:
            name, factor = unit, 1
        if name == "week" and (fixed or unit == "fortnight" or len(value.duration.parts) > 1):
            name, factor = "day", factor * 7
        when = move(_refine(when, start, name), name, count * factor)
    if (
        when is not None
        and start is not None
        and when.unit in (("year", "month") if value.exact else ("month",) if named else ())
    ):
        when = make_day(when.year, when.month if when.unit == "month" else start.month, start.day) or when
    time = str(value.clock) if value.clock else f"T{value.part}" if value.part else ""
    return replace(when, time=time) if when and time else when


def _move_clock(when: When, minutes: float) -> When | None:
    """Count minutes from a day's time; ``None`` if it has none."""
    match = _CLOCK.fullmatch(when.time)
    if match is None or when.unit != "day":
        return None
    days, rest = divmod(int(match[1]) * 60 + int(match[2]) + round(minutes), 24 * 60)
    return day_from(when.first + days, f"T{rest // 60:02d}:{rest % 60:02d}{match[3]}")


def _refine(when: When, start: When | None, unit: str) -> When:
    """Let "two years and three months ago" count on in months: a year that was reached keeps the start's month."""
    if start is None or COARSENESS[when.unit] <= COARSENESS[unit] or COARSENESS[start.unit] > COARSENESS[unit]:
        return when
    day = widen(start, "month") or start
    return When("month", when.year, day.month) if when.unit in ("year", "decade") else when


def place_part(value: Part, outer: When, context: Context) -> When | None:
    """Find the part that is meant of a larger period; ``None`` if it is no single stretch."""
    if value.like is not None:
        return _same_in(outer, value.like, context)
    if value.index == 0:
        return widen(outer, value.unit)
    if value.count != 1:
        return None
    if value.unit in ("half", "quarter") and COARSENESS[outer.unit] > COARSENESS["year"]:
        return None
    if value.weekday is not None:
        return _nth(value.index, [d for d in _days_of(outer) if weekday_of(d) == value.weekday])
    if COARSENESS[value.unit] >= COARSENESS[outer.unit]:
        return None
    return _nth(value.index, pieces_of(outer, value.unit))


def _same_in(outer: When, unit: str, context: Context) -> When:
    """Move the date in force ("the same period last year"), or the unit around it or around now, into ``outer``."""
    base = context.then if unit == "any" else context.then or context.now
    like = base if base is None or unit == "any" else widen(base, unit)
    if like is None or like.unit == "week" or COARSENESS[like.unit] >= COARSENESS[outer.unit]:
        return outer
    month = outer.month if outer.unit == "month" else like.month
    return replace(like, year=outer.year, month=month, day=min(like.day, month_length(outer.year, month)))


def _days_of(when: When) -> list[When]:
    return [day_from(ordinal) for ordinal in range(when.first, min(when.last, when.first + 400) + 1)]


def pieces_of(outer: When, unit: str) -> list[When]:
    """Cut a stretch into units; a week belongs to the month or year that holds its Thursday."""
    pieces: list[When] = []
    piece = widen(day_from(outer.first), unit)
    while piece is not None and piece.first <= outer.last and len(pieces) < 1000:
        if unit != "week" or outer.first <= piece.first + 3 <= outer.last:
            pieces.append(piece)
        piece = move(piece, unit, 1)
    return pieces


def _nth(index: int, pieces: Sequence[When]) -> When | None:
    if index < 0:
        return pieces[index] if -index <= len(pieces) else None
    return pieces[index - 1] if 1 <= index <= len(pieces) else None
