"""Place: find the stretch of the calendar that a value means, of no finer granularity than the words have."""

from collections.abc import Sequence
from dataclasses import replace

from polnlp.mentions.dates.choose import Choice, choose, choose_weekday
from polnlp.mentions.dates.context import Context
from polnlp.mentions.dates.counted import place_deictic, place_part, place_shift
from polnlp.mentions.dates.holidays import find_holiday
from polnlp.mentions.dates.tense import FUTURE, PAST
from polnlp.mentions.dates.values import Calendar, Deictic, Part, Shift, Value
from polnlp.mentions.dates.when import COARSENESS, When, add_years, day_from, make_day, move, weekday_of, widen

_PIVOT = 30  # a two-digit year lies at most so many years ahead


_RUNS_ON = 130  # days: from October one reads on to February, from May back to March


def place(value: Value | None, context: Context) -> Choice | None:
    """Find the stretch of the calendar that a value means; ``None`` where an anchor is missing or too coarse."""
    if isinstance(value, Calendar):
        return _place_calendar(value, context)
    when = None
    if isinstance(value, Deictic):
        when = place_deictic(value, context)
    elif isinstance(value, Shift):
        when = place_shift(value, _base_of(value, context))
    elif isinstance(value, Part):
        outer = place(value.of, context)
        when = place_part(value, outer.when, context) if outer else None
    return Choice(when) if when else None


def _base_of(value: Shift, context: Context) -> When | None:
    if value.base == "then" and context.then is None and value.sign > 0 and context.tense == PAST:
        return None  # "a year later they left", after what the passage does not date
    if isinstance(value.base, str):
        return context.now if value.base == "now" else context.then or context.now
    base = value.base
    if value.sign > 0 and isinstance(base, Calendar) and base.weekday is not None and base.day is None:
        context = replace(context, tense=FUTURE)  # "a week from Thursday"
    choice = place(base, context)
    return choice.when if choice else None


def _place_calendar(value: Calendar, context: Context) -> Choice | None:
    value = _complete(value, context)
    if value.within is not None:
        outer = place(value.within, context)
        when = in_stretch(value, outer.when, context) if outer else None
        return Choice(when) if when else None
    if value.year is not None:
        when = in_year(value, value.year, context)
        others = () if value.other is None else _other_reading(value.other, context)
        return Choice(when, others) if when else None
    if value.decade is not None or value.century is not None or value.millennium is not None:
        return Choice(_long_stretch(value, context))
    return _place_open(value, context)


def _complete(value: Calendar, context: Context) -> Calendar:
    """Choose the reading of a numeric date and the century of a two-digit year."""
    if value.other is not None and value.day_first != context.day_first and not value.dotted:
        value = replace(value.other, other=replace(value, other=None), clock=value.clock, part=value.part)
    if value.short_year is not None:
        value = replace(value, year=_expand(value.short_year, context), short_year=None)
    return value


def _expand(short: int, context: Context) -> int:
    latest = (context.now.year if context.now else 2020) + _PIVOT
    return latest - (latest - short) % 100


def _other_reading(value: Calendar, context: Context) -> tuple[tuple[When, float], ...]:
    year = value.year if value.year is not None else _expand(value.short_year or 0, context)
    when = in_year(value, year, context)
    return ((when, 0.3),) if when else ()


def _long_stretch(value: Calendar, context: Context) -> When:
    if value.millennium is not None:
        return When("millennium", max(value.millennium * 1000, 1))
    if value.century is not None:
        return When("century", -(-value.century * 100) if value.century < 0 else max(value.century * 100, 1))
    decade = value.decade or 0
    if decade < 100:
        latest = context.base.year if context.base else 2000
        decade = (latest - (latest - decade) % 100) // 10 * 10
    return When("decade", decade)


def in_year(value: Calendar, year: int, context: Context) -> When | None:
    """Give the stretch that a calendar value names in a given year; ``None`` if that year has none."""
    time = _time_of(value)
    if value.holiday is not None:
        return _holiday_in(value, year, time, context)
    if value.month is not None:
        if value.day is None:
            return When("month", year, value.month)
        return make_day(year, value.month, value.day, time)
    if value.season is not None:
        return When("season", year, season=value.season)
    if value.quarter is not None:
        return When("quarter", year, sub=value.quarter)
    if value.half is not None:
        return When("half", year, sub=value.half)
    if value.week is not None:
        return When("week", year, sub=value.week)
    return When("year", year, fiscal=value.fiscal, split=value.split)


def _holiday_in(value: Calendar, year: int, time: str, context: Context) -> When | None:
    entry = context.tables["holidays"][value.holiday]
    first = find_holiday(entry, year)
    if first is None and entry.get("every"):
        later = (find_holiday(entry, year + step) for step in range(1, entry["every"]))
        first = next((when for when in later if when), None)
    return replace(first, time=time) if first else None


def in_stretch(value: Calendar, outer: When, context: Context) -> When | None:
    """Give the stretch that a value names inside a larger one: "September 11th" in last year."""
    if value.weekday is not None and value.month is None and COARSENESS[outer.unit] <= COARSENESS["month"]:
        days = (day_from(ordinal, _time_of(value)) for ordinal in range(outer.first, outer.last + 1))
        return next((day for day in days if weekday_of(day) == value.weekday), None)
    if value.day is not None and value.month is None and outer.unit == "month":
        return make_day(outer.year, outer.month, value.day, _time_of(value))
    if COARSENESS[outer.unit] >= COARSENESS["year"] or outer.unit in ("day", "month"):
        return in_year(value, outer.year, context)
    return None


def _place_open(value: Calendar, context: Context) -> Choice | None:
    """Place a value that names no year, by direction word, date in force, tense and distance."""
    base = context.then or context.now if value.base == "then" else context.base
    if base is None:
        return None
    tense = context.tense
    if value.weekend:
        weekends = [when for step in (-1, 0, 1) if (when := move(base, "weekend", step))]
        return choose(weekends, base, value.direction, tense or PAST)
    if value.month is None and value.weekday is not None and value.day is None:
        if context.chained and value.direction is None and context.then is not None and context.then.unit == "day":
            return choose_weekday(value, move(context.then, "day", 1) or base, FUTURE)  # "on Thursday and Friday"
        return choose_weekday(value, base, tense, after=value.base == "then")
    if value.month is None and value.day is not None:
        return _place_bare_day(value, base, tense)
    if value.month is None and value.holiday is None and _open_nothing(value):
        day = widen(context.then if context.in_day and context.then else base, "day")
        return Choice(replace(day, time=_time_of(value))) if day and _time_of(value) else None
    candidates = [
        when for step in (-4, -3, -2, -1, 0, 1, 2, 3, 4) if (when := in_year(value, base.year + step, context))
    ]
    if value.holiday is None:
        candidates = [when for when in candidates if abs(when.year - base.year) <= (4 if value.day == 29 else 1)]
    if value.direction is None and base is context.then and base.unit != "year":
        return Choice(_go_on(base, value, context)) if candidates else None
    if value.base == "then":
        return choose(candidates, base, value.direction, FUTURE if value.direction != -1 else PAST)
    if value.direction is None and context.lends_year and tense != FUTURE and context.then is not None:
        return _continue_from(context.then, candidates, value, base, context)
    return choose(candidates, base, value.direction, tense)


def _continue_from(then: When, near: Sequence[When], value: Calendar, base: When, context: Context) -> Choice | None:
    """Read a date after a full one of an earlier year as going on from there; counted from now is the other reading."""
    other = choose(near, base, None, context.tense)
    return Choice(_go_on(then, value, context), ((other.when, 0.3),) if other else ())


def _go_on(then: When, value: Calendar, context: Context) -> When:
    """Give the place in the year of the date in force, or in the next one if the story may have run on into it."""
    same, following = in_year(value, then.year, context), in_year(value, add_years(then.year, 1), context)
    if same is None or following is None:
        return same or following or then
    runs_on = same.last < then.first and following.first - then.last < _RUNS_ON
    return following if runs_on else same


def _open_nothing(value: Calendar) -> bool:
    return value.season is None and value.quarter is None and value.half is None and value.week is None


def _place_bare_day(value: Calendar, base: When, tense: float) -> Choice | None:
    """Place "the 5th" in the month of the base or a neighbouring one."""
    month = widen(base, "month")
    if month is None:
        return None
    around = [moved for step in (-1, 0, 1) if (moved := move(month, "month", step))]
    days = [day for at in around if (day := make_day(at.year, at.month, value.day or 1, _time_of(value)))]
    if value.weekday is not None:
        days = [day for day in days if weekday_of(day) == value.weekday] or days
    return choose(days, base, None, tense)


def _time_of(value: Calendar) -> str:
    return str(value.clock) if value.clock else f"T{value.part}" if value.part else ""
