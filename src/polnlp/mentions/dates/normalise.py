"""Normalise: what a rule caught → a typed value with unit and modifier, not yet tied to the calendar.

A normaliser takes the caught values by label, the rule's options and the language's tables. It gives ``None`` where
the words, though they match, make no sense. Whether a month has a 31st is for the calendar to say, in ``place.py``.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from polnlp.mentions.dates import amounts, clocks, spans
from polnlp.mentions.dates.spoken import Caught, Options
from polnlp.mentions.dates.values import Calendar, Deictic, Reference, Value

Normaliser = Callable[[Caught, Options, Options], Any]


_CALENDAR_FIELDS = frozenset(field.name for field in fields(Calendar))


def make_constant(caught: Caught, options: Options, tables: Options) -> Any:
    """Give what the rule says, whatever was caught."""
    return options["value"]


def make_first(caught: Caught, options: Options, tables: Options) -> Any:
    """Hand on the first value caught."""
    return next(iter(caught.values()))


def make_year_words(caught: Caught, options: Options, tables: Options) -> int | None:
    """Read "nineteen ninety-six"."""
    return int(caught["a"] * 100 + caught["b"] + caught.get("c", 0))


def make_calendar(caught: Caught, options: Options, tables: Options) -> Calendar | None:
    """Fill the fields of a calendar value with what was caught under their names."""
    found = {label: value for label, value in caught.items() if label in _CALENDAR_FIELDS}
    found |= options.get("set", {})
    if any(isinstance(value, float) for value in found.values()):
        return None
    base = next((caught[label] for label in ("numeric", "date") if label in caught), None)
    if isinstance(base, tuple):
        base = replace(base[0], other=base[1] if len(base) > 1 and base[0] != base[1] else None)
    if "era" in caught and caught["era"] == "BC":
        found |= {name: -found[name] for name in ("year", "century", "millennium") if name in found}
    if "nth_century" in caught:
        nth = int(caught["nth_century"])
        found["century"] = -nth if caught.get("era") == "BC" else nth - 1
    if any(not 1 <= found.get(name, 1) <= most for name, most in options.get("most", {}).items()):
        return None
    if any(found.get(name, least) < least for name, least in options.get("least", {}).items()):
        return None
    if "millennium" in found:
        found["millennium"] -= 1
    calendar = replace(base, **found) if base is not None else Calendar(**found)
    return None if calendar.day and calendar.month == 2 and calendar.day > 29 else calendar


def make_within(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Put a date into the larger one that follows it: "September 11th" + "of last year"."""
    inner, outer = caught["date"], caught["within"]
    if isinstance(inner, Calendar):
        if isinstance(outer, Calendar) and outer.year is not None and outer.month is None and not outer.within:
            return replace(inner, year=outer.year, fiscal=outer.fiscal, direction=None)
        return replace(inner, within=outer, direction=None)
    return None


def make_deictic(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Make "last year", "the following week", "yesterday", "this morning"."""
    offset, base = caught.get("dir", options.get("offset", 0)), options.get("base", "now")
    unit = caught.get("unit", options.get("unit", "day"))
    if unit in ("second", "minute", "hour", "fortnight", "score"):
        return None
    part, clock = caught.get("part", options.get("part")), caught.get("clock")
    return Deictic(unit, offset, base, part, clock, caught.get("mod", options.get("mod")), bool(options.get("fiscal")))


def make_directed(caught: Caught, options: Options, tables: Options) -> Calendar | None:
    """Make "last October", "next Tuesday", "this Christmas"."""
    calendar = caught["date"] if "date" in caught else make_calendar(caught, options, tables)
    if not isinstance(calendar, Calendar) or calendar.year is not None:
        return None
    return replace(
        calendar,
        direction=caught.get("dir", options.get("offset")),
        just=bool(options.get("just")),
        base=options.get("base", "now"),
        mod=caught.get("mod", calendar.mod),
    )


def make_modified(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Add START, MID, END, APPROX or a bound to a value."""
    value: Value = caught["value"]
    return replace(value, mod=caught.get("mod", options.get("mod")))


def make_reference(caught: Caught, options: Options, tables: Options) -> Reference:
    """Make PRESENT_REF, PAST_REF or FUTURE_REF."""
    return Reference(caught.get("ref", options.get("value")))


def make_holiday(caught: Caught, options: Options, tables: Options) -> Calendar:
    """Make a holiday of the data file."""
    when = tables["holidays"][options["key"]]["when"]
    month, day = (int(when[:2]), int(when[3:])) if when[:1].isdigit() else (None, None)
    return Calendar(holiday=options["key"], month=month, day=day)


NORMALISERS: dict[str, Normaliser] = {
    "ago": spans.make_ago_range,
    "amount": amounts.make_amount,
    "calendar": make_calendar,
    "clock": clocks.make_clock,
    "constant": make_constant,
    "dated_range": clocks.make_dated_range,
    "deictic": make_deictic,
    "directed": make_directed,
    "duration": amounts.make_duration,
    "first": make_first,
    "holiday": make_holiday,
    "interval": spans.make_interval,
    "joined": amounts.join_durations,
    "modified": make_modified,
    "number": amounts.make_number,
    "numeric_range": spans.make_numeric_range,
    "part": spans.make_part,
    "period": amounts.make_period,
    "reference": make_reference,
    "same": spans.make_same,
    "set": amounts.make_set,
    "since": spans.make_since,
    "shift": spans.make_shift,
    "time_range": clocks.make_time_range,
    "timed_since": clocks.make_timed_since,
    "joined_times": clocks.join_times,
    "timed": clocks.make_timed,
    "timed_set": clocks.make_timed_set,
    "weekdays_ago": spans.make_weekdays_ago,
    "vague_duration": amounts.make_vague_duration,
    "within": make_within,
    "years": spans.make_years,
    "year_words": make_year_words,
}
