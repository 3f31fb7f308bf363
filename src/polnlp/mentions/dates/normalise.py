"""Normalise: what a rule caught → a typed value with unit and modifier, not yet tied to the calendar.

A normaliser takes the caught values by label, the rule's options and the language's tables. It gives ``None`` where
the words, though they match, make no sense ("31 June" does: a calendar has the last word on that in ``anchor.py``).
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from polnlp.mentions.dates.values import (
    UNITS,
    Amount,
    Calendar,
    Clock,
    Deictic,
    Duration,
    Interval,
    Part,
    Recurrence,
    Reference,
    Shift,
    Value,
)

Caught = Mapping[str, Any]
Normaliser = Callable[[Caught, Mapping[str, Any], Mapping[str, Any]], Any]
HALF = 0.5
_CALENDAR_FIELDS = frozenset(field.name for field in fields(Calendar))


def make_constant(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Any:
    """Give what the rule says, whatever was caught."""
    return options["value"]


def make_first(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Any:
    """Hand on the first value caught."""
    return next(iter(caught.values()))


def make_number(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> float | None:
    """Add up a spelled number: ``a`` hundreds, thousands, ..., then ``b`` and ``c``."""
    total = caught.get("a", 1) * caught.get("times", 1) + caught.get("b", 0) + caught.get("c", 0)
    return int(total) if total == int(total) else float(total)


def make_amount(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Amount | None:
    """Make an amount of a number, of two ("two or three"), or of a vague word; ``options`` may fix it."""
    low, high = caught.get("n", options.get("value")), caught.get("high")
    if high is not None and (low is None or high <= low):
        return None
    return Amount(low, high, caught.get("mod", options.get("mod")))


def make_year_words(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> int | None:
    """Read "nineteen ninety-six"."""
    return int(caught["a"] * 100 + caught["b"] + caught.get("c", 0))


def make_clock(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Clock | None:
    """Make a time of day of hour, minutes past or before it, half of day and time zone."""
    clock = caught.get("clock") or Clock(int(caught.get("hour", options.get("hour", 0))), caught.get("minute"))
    if "past" in caught or "before" in caught:
        minutes = clock.hour * 60 + caught.get("past", 0) - caught.get("before", 0)
        clock = Clock(minutes // 60 % 24, minutes % 60)
    half = caught.get("half")
    if half is not None and clock.hour <= 12:
        clock = replace(clock, hour=clock.hour % 12 + (12 if half == "PM" else 0))
    if clock.hour > options.get("most_hour", 24):
        return None
    zone = caught.get("zone", clock.zone)
    sure = options.get("sure", clock.sure or half is not None or "zone" in caught)
    return replace(clock, zone=zone, sure=sure) if clock.hour <= 24 else None


def make_calendar(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Calendar | None:
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


def make_within(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Value | None:
    """Put a date into the larger one that follows it: "September 11th" + "of last year"."""
    inner, outer = caught["date"], caught["within"]
    if isinstance(inner, Calendar):
        if isinstance(outer, Calendar) and outer.year is not None and outer.month is None and not outer.within:
            return replace(inner, year=outer.year, fiscal=outer.fiscal, direction=None)
        return replace(inner, within=outer, direction=None)
    return None


def make_deictic(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Value | None:
    """Make "last year", "the following week", "yesterday", "this morning"."""
    offset, base = caught.get("dir", options.get("offset", 0)), options.get("base", "now")
    unit = caught.get("unit", options.get("unit", "day"))
    if unit in ("second", "minute", "hour", "fortnight", "score"):
        return None
    part, clock = caught.get("part", options.get("part")), caught.get("clock")
    return Deictic(unit, offset, base, part, clock, caught.get("mod", options.get("mod")), bool(options.get("fiscal")))


def make_directed(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Calendar | None:
    """Make "last October", "next Tuesday", "this Christmas"."""
    calendar = caught["date"] if "date" in caught else make_calendar(caught, options, tables)
    if not isinstance(calendar, Calendar) or calendar.year is not None:
        return None
    return replace(
        calendar, direction=caught["dir"], base=options.get("base", "now"), mod=caught.get("mod", calendar.mod)
    )


def make_duration(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Duration | None:
    """Make "three years", "about a week", "two or three days", "several decades"."""
    amount = caught.get("amount", Amount(options.get("value", 1), options.get("high")))
    if not isinstance(amount, Amount):
        amount = Amount(amount)
    if "x" in caught and caught["x"] == HALF:
        amount = Amount((amount.low or 0) + HALF)
    return Duration(((amount, caught["unit"]),), caught.get("mod", amount.mod))


def make_vague_duration(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Duration | None:
    """Make "years", "decades-long"."""
    return Duration(((Amount(None), caught["unit"]),))


def make_period(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Duration | None:
    """Make "the past three years", "recent weeks": a length, though one whose end is known."""
    if "unit" in caught and "amount" not in caught:
        return Duration(((Amount(1), caught["unit"]),), "APPROX")
    if "dur" in caught and "amount" in caught:
        return Duration(((Amount(caught["amount"]), caught["dur"].parts[0][1]),))
    if "dur" in caught:
        return None if caught["dur"].parts[0][1] == "weekend" else caught["dur"]
    return Duration(((Amount(caught["amount"]), caught["unit"]),))


def join_durations(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Duration | None:
    """Join "two years" and "three months"; only a smaller unit can follow."""
    first, second = caught["a"], caught["b"]
    names = list(UNITS)
    if names.index(first.parts[-1][1]) <= names.index(second.parts[0][1]) or first.parts[-1][0].low is None:
        return None
    return Duration(first.parts + second.parts, first.mod)


def make_shift(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Shift | None:
    """Make "three days ago", "a week later", "two days before the vote of May 4"."""
    duration = caught.get("duration", Duration(((Amount(1), "day"),)))
    base = caught.get("date", options.get("base", "now"))
    exact = bool(options.get("exact")) and "date" in caught
    return Shift(
        duration, options["sign"], "now" if isinstance(base, Reference) else base, mod=duration.mod, exact=exact
    )


def make_part(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Part | None:
    """Make "the first week of March", "the last three months of 2021", "the week of May 4"."""
    index, unit, count = caught.get("index", options.get("index", 1)), caught.get("unit"), caught.get("count", 1)
    if "dur" in caught:
        amount, unit = caught["dur"].parts[0]
        count = amount.low
    weekday = caught.get("weekday")
    if isinstance(weekday, Calendar):
        if weekday.direction is not None:
            return None
        weekday = weekday.weekday
    if unit in ("second", "minute", "hour") or (unit == "day" and "index" not in caught):
        return None
    return Part(unit or "day", int(index), caught["of"], count, weekday)


def make_timed(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Value | None:
    """Add a time of day to a date."""
    date, clock, part = caught.get("date", Calendar()), caught.get("clock"), caught.get("part")
    if not isinstance(date, Calendar | Deictic | Shift):
        return None
    if isinstance(date, Calendar) and date.clock is not None:
        return None
    if clock is not None and part in ("AF", "EV", "NI") and clock.hour < 12 and (part != "NI" or clock.hour > 5):
        clock = replace(clock, hour=clock.hour + 12)
    return replace(date, clock=clock, part=part, mod=caught.get("mod", date.mod))


def make_timed_since(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Interval | None:
    """Make "September 6th after 9pm"."""
    timed = make_timed(caught, options, tables)
    return Interval(timed, None) if timed is not None else None


def make_same(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Part:
    """Make "the same period last year": the date in force, moved to that year."""
    return Part("same", 0, caught["of"])


def make_since(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Interval:
    """Make "since 1998"; "since then" begins at the date in force."""
    return Interval(caught.get("start", Deictic("any", 0, "then")), None)


def make_modified(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Value | None:
    """Add START, MID, END, APPROX or a bound to a value."""
    value: Value = caught["value"]
    return replace(value, mod=caught.get("mod", options.get("mod")))


def make_interval(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Interval | None:
    """Make an interval; what both ends share ("3 to 5 November 2008") is taken from the one that has it."""
    start, end = caught.get("start"), caught.get("end")
    if isinstance(start, int | float) and isinstance(end, Calendar):
        start = replace(end, day=int(start), weekday=None, clock=None)
    elif isinstance(end, int | float) and isinstance(start, Calendar):
        within = caught.get("within")
        start = replace(start, year=within.year) if isinstance(within, Calendar) else start
        end = replace(start, day=int(end), weekday=None, clock=None)
    if start is None or end is None or not _can_join(start, end):
        return None
    if isinstance(start, Calendar) and isinstance(end, Calendar):
        start, end = _share(start, end)
    return Interval(start, end)


def _can_join(start: Value, end: Value) -> bool:
    """Tell whether two values make an interval: both on the calendar, and if both are days, not the same one."""
    if isinstance(start, Calendar) and isinstance(end, Calendar):
        if start.weekday is not None and start.day is None:
            return end.weekday is not None
        return (
            start.day is None
            or end.day is None
            or (start.month, start.day, start.year) != (end.month, end.day, end.year)
        )
    return True


def _share(start: Calendar, end: Calendar) -> tuple[Calendar, Calendar]:
    if start.year is None and start.within is None and (end.year is not None or end.within is not None):
        earlier = end.year is not None and start.month and end.month and start.month > end.month
        year = end.year - 1 if earlier and end.year is not None else end.year
        start = replace(start, year=year, within=end.within)
    return start, end


def make_time_range(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Interval | None:
    """Make "from 10 a.m. to 4 p.m. on Monday"; a bare first hour takes its half of day from the second."""
    start, end, date = caught["start"], caught["end"], caught.get("date", Calendar())
    if not isinstance(date, Calendar | Deictic):
        return None
    start = Clock(int(start), sure=False) if isinstance(start, int | float) else start
    end = Clock(int(end), sure=False) if isinstance(end, int | float) else end
    if not start.sure and end.sure and end.hour >= 12 and start.hour < 12 and start.hour + 12 <= end.hour:
        start = replace(start, hour=start.hour + 12)
    return Interval(replace(date, clock=start), replace(date, clock=end))


def make_dated_range(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Interval | None:
    """Put a day before a range of times that was read first."""
    times, date = caught["range"], caught["date"]
    if not isinstance(date, Calendar | Deictic):
        return None
    return Interval(replace(date, clock=times.start.clock), replace(date, clock=times.end.clock))


def make_years(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Value | None:
    """Make "2006-10", "2006-2010", "the 2009/10 session" (``split``)."""
    start, end = caught["years"] if "years" in caught else (caught["start"], caught["end"])
    if isinstance(start, Calendar):
        start = start.year or 0
    if end < 100:
        end += start // 100 * 100
    if options.get("split"):
        return Calendar(year=start, split=True) if end == start + 1 else None
    if end <= start or end - start > 1000:
        return None
    fiscal = bool(options.get("fiscal"))
    return Interval(Calendar(year=start, fiscal=fiscal), Calendar(year=end, fiscal=fiscal))


def make_ago_range(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Value | None:
    """Make "30 or 40 years ago": from the one to the other."""
    duration, sign = caught["duration"], options.get("sign", -1)
    amount, unit = duration.parts[0]
    base = options.get("base", "now")
    if amount.high is None:
        return make_shift(caught, options, tables)
    far, near = (Shift(Duration(((Amount(count), unit),)), sign, base) for count in (amount.high, amount.low))
    return Interval(far, near) if sign < 0 else Interval(near, far)


def make_reference(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Reference:
    """Make PRESENT_REF, PAST_REF or FUTURE_REF."""
    return Reference(caught.get("ref", options.get("value")))


def make_set(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Recurrence | None:
    """Make a set of times: "every Sunday", "twice a year", "annually", "each May"."""
    if "b" in caught and caught["b"] != caught["unit"]:
        return None
    value = caught.get("value", options.get("value")) or _recurring(caught, options)
    return Recurrence(value, "EVERY", f"{caught['freq']:g}X" if "freq" in caught else "") if value else None


def _recurring(caught: Caught, options: Mapping[str, Any]) -> str | None:
    if "duration" in caught:
        return str_of_duration(caught["duration"])
    if "unit" in caught and "day" not in caught:
        unit, count = caught["unit"], int(caught.get("nth", options.get("every", 1)))
        return str_of_duration(Duration(((Amount(count), unit),)))
    of = caught.get("of", Calendar(weekday=caught.get("weekday"), season=caught.get("season"), day=caught.get("day")))
    return open_text(replace(of, part=caught.get("part", of.part))) if isinstance(of, Calendar) else None


def open_text(calendar: Calendar) -> str | None:
    """Write a calendar value without a year as TIMEX3 does: ``XXXX-10-23``, ``XXXX-WXX-5``, ``XXXX-SU``."""
    time = str(calendar.clock) if calendar.clock else f"T{calendar.part}" if calendar.part else ""
    if calendar.month is not None:
        return f"XXXX-{calendar.month:02d}" + (f"-{calendar.day:02d}{time}" if calendar.day else "")
    if calendar.weekday is not None:
        return f"XXXX-WXX-{calendar.weekday}{time}"
    if calendar.season is not None:
        return f"XXXX-{calendar.season}"
    if calendar.quarter is not None or calendar.half is not None:
        return f"XXXX-Q{calendar.quarter}" if calendar.quarter is not None else f"XXXX-H{calendar.half}"
    if calendar.week is not None:
        return f"XXXX-W{calendar.week:02d}"
    if calendar.day is not None:
        return f"XXXX-XX-{calendar.day:02d}{time}"
    return time or ("XXXX-XX-XX" if calendar.holiday else None)


def str_of_duration(duration: Duration) -> str:
    """Write a duration as TIMEX3 does: ``P3Y``, ``P2Y6M``, ``PT90M``, ``PXD`` for a vague number."""
    days, times = "", ""
    for amount, unit in duration.parts:
        designator, count = UNITS[unit]
        vague = {"decade": "DE", "century": "CE", "millennium": "ML"}
        if amount.low is None:
            text = "X" + vague.get(unit, "M" if unit in ("season", "half") else designator.lstrip("T"))
        else:
            text = f"{amount.low * count:g}" + designator.lstrip("T")
            text = text if "e" not in text else f"{int(amount.low * count)}{designator.lstrip('T')}"
        if designator[0] == "T":
            times += text
        else:
            days += text
    return "P" + days + ("T" + times if times else "")


def make_holiday(caught: Caught, options: Mapping[str, Any], tables: Mapping[str, Any]) -> Calendar:
    """Make a holiday of the data file."""
    when = tables["holidays"][options["key"]]["when"]
    month, day = (int(when[:2]), int(when[3:])) if when[:1].isdigit() else (None, None)
    return Calendar(holiday=options["key"], month=month, day=day)


NORMALISERS: dict[str, Normaliser] = {
    "ago": make_ago_range,
    "amount": make_amount,
    "calendar": make_calendar,
    "clock": make_clock,
    "constant": make_constant,
    "dated_range": make_dated_range,
    "deictic": make_deictic,
    "directed": make_directed,
    "duration": make_duration,
    "first": make_first,
    "holiday": make_holiday,
    "interval": make_interval,
    "joined": join_durations,
    "modified": make_modified,
    "number": make_number,
    "part": make_part,
    "period": make_period,
    "reference": make_reference,
    "same": make_same,
    "set": make_set,
    "since": make_since,
    "shift": make_shift,
    "time_range": make_time_range,
    "timed_since": make_timed_since,
    "timed": make_timed,
    "vague_duration": make_vague_duration,
    "within": make_within,
    "years": make_years,
    "year_words": make_year_words,
}
