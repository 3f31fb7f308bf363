"""Anchor: a typed value and its context → ISO 8601 / TIMEX3 / EDTF, of no finer granularity than the words have.

What depends on a date that is not known stays open: its value is ``None`` and ``relative`` keeps what was said. Where
the text leaves two readings, both are given with their probabilities.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from polnlp.mentions.dates.choose import Choice, choose, choose_weekday
from polnlp.mentions.dates.context import Context
from polnlp.mentions.dates.holidays import find_holiday
from polnlp.mentions.dates.normalise import open_text, str_of_duration
from polnlp.mentions.dates.tense import FUTURE, OPEN, PAST
from polnlp.mentions.dates.values import (
    UNITS,
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
from polnlp.mentions.dates.when import (
    COARSENESS,
    When,
    add_years,
    day_from,
    make_day,
    move,
    weekday_of,
    widen,
)

_RUNS_ON = 130  # days: from October one reads on to February, from May back to March
_PIVOT = 30  # a two-digit year lies at most so many years ahead


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
    choice = place(value, context)
    kind = "TIME" if _has_time(value) else "DATE"
    if choice is None:
        return Reading(kind, None, value.mod, say_relative(value) or "XXXX")
    others = tuple((str(when), share) for when, share in choice.others if str(when) != str(choice.when))
    return Reading(kind, str(choice.when), value.mod, None, choice.when, others)


def _anchor_share(value: Part, context: Context) -> Reading | None:
    """Anchor "the second half of the 20th century", "the first ten days of May": an interval of smaller units."""
    outer = place(value.of, context)
    if outer is None or value.index == 0 or value.weekday is not None:
        return None
    if value.count is None:  # "the last years of the 1990s"
        return Reading("DATE", str(outer.when), "END" if value.index < 0 else "START", None, outer.when)
    share = {"half": 2, "quarter": 4}.get(value.unit)
    if share is not None and COARSENESS[outer.when.unit] > COARSENESS["year"]:
        pieces = _pieces(outer.when, "year")
        size = len(pieces) // share
        pieces = pieces[size * (value.index - 1) : size * value.index] if value.index > 0 else pieces[-size:]
    elif value.count > 1 and COARSENESS[value.unit] < COARSENESS[outer.when.unit]:
        pieces = _pieces(outer.when, value.unit)
        count = int(value.count)
        pieces = pieces[-count:] if value.index < 0 else pieces[:count]
    else:
        return None
    return Reading("DATE", f"{pieces[0]}/{pieces[-1]}") if pieces else None


def place(value: Value | None, context: Context) -> Choice | None:
    """Find the stretch of the calendar that a value means; ``None`` where an anchor is missing or too coarse."""
    if isinstance(value, Calendar):
        return _place_calendar(value, context)
    if isinstance(value, Deictic):
        when = _place_deictic(value, context)
    elif isinstance(value, Shift):
        when = _place_shift(value, context)
    elif isinstance(value, Part):
        when = _place_part(value, context)
    else:
        return None
    return Choice(when) if when else None


# ----------------------------------------------------------------------------------------------------- calendar values
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
        return choose_weekday(value, base, tense, after=value.base == "then")
    if value.month is None and value.day is not None:
        return _place_bare_day(value, base, tense)
    if value.month is None and value.holiday is None and _open_nothing(value):
        day = widen(base, "day")
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


# ------------------------------------------------------------------------------------------- counted from another date
def _place_deictic(value: Deictic, context: Context) -> When | None:
    base = context.now
    if value.base == "then":
        base = context.then or (context.now if value.offset or context.guideline == "timeml" else None)
    if base is None:
        return None
    if value.unit == "any":
        return base
    if value.unit == "week" and value.offset == 0 and value.base == "now" and base.unit == "week":
        return base
    when = move(base, value.unit, value.offset)
    time = str(value.clock) if value.clock else f"T{value.part}" if value.part else ""
    return replace(when, time=time, fiscal=value.fiscal) if when else None


def _place_shift(value: Shift, context: Context) -> When | None:
    if value.base == "now":
        when = context.now
    elif value.base == "then":
        when = context.then or context.now
    else:
        choice = place(value.base, context)
        when = choice.when if choice else None
    fixed = value.base != "now" and when is not None and COARSENESS[when.unit] <= COARSENESS["day"]
    named = fixed and value.base != "then"  # "two months after May 4" is a day, "two months later" a month
    start = when
    for amount, unit in value.duration.parts:
        count = (amount.low or 0) * value.sign
        if unit == "hour" and count % 24 == 0:
            unit, count = "day", count / 24
        if when is None or unit in ("second", "minute", "hour"):
            return None
        name, factor = {"fortnight": ("week", 2), "score": ("year", 20), "decade": ("year", 10)}.get(unit, (unit, 1))
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


def _refine(when: When, start: When | None, unit: str) -> When:
    """Let "two years and three months ago" count on in months: a year that was reached keeps the start's month."""
    if start is None or COARSENESS[when.unit] <= COARSENESS[unit] or COARSENESS[start.unit] > COARSENESS[unit]:
        return when
    day = widen(start, "month") or start
    return When("month", when.year, day.month) if when.unit in ("year", "decade") else when


def _place_part(value: Part, context: Context) -> When | None:
    outer = place(value.of, context)
    if outer is None:
        return None
    if value.unit == "same":
        then = context.then
        return replace(then, year=outer.when.year, day=min(then.day, 28)) if then and then.unit != "week" else None
    if value.index == 0:
        return widen(outer.when, value.unit)
    if value.count != 1:
        return None
    if value.unit in ("half", "quarter") and COARSENESS[outer.when.unit] > COARSENESS["year"]:
        return None
    if value.weekday is not None:
        return _nth(value.index, [d for d in _days_of(outer.when) if weekday_of(d) == value.weekday])
    if COARSENESS[value.unit] >= COARSENESS[outer.when.unit]:
        return None
    return _nth(value.index, _pieces(outer.when, value.unit))


def _days_of(when: When) -> list[When]:
    return [day_from(ordinal) for ordinal in range(when.first, min(when.last, when.first + 400) + 1)]


def _pieces(outer: When, unit: str) -> list[When]:
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


# ----------------------------------------------------------------------------------------------------------- intervals
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
    if value.end is None:
        context.tense = PAST if tense == OPEN else tense
    first, last = place(value.start, context), place(value.end, context)
    context.tense = tense
    start, end = first.when if first else None, last.when if last else None
    if _is_open(value.start) and isinstance(value.start, Calendar) and end is not None:
        start = _latest_before(value.start, end, context) or start
    elif _is_open(value.end) and isinstance(value.end, Calendar) and start is not None:
        end = _earliest_after(value.end, start, context) or end
    return start, end


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


def say_relative(value: Value | None) -> str | None:
    """Write what a value says without an anchor: ``P1Y-`` a year before, ``P3D+`` three days after, ``XXXX-10-23``."""
    if isinstance(value, Deictic):
        if value.unit == "any":
            return "P0D"
        designator, count = UNITS[value.unit]
        if value.unit == "weekend":
            designator = "WE"
        sign = "-" if value.offset < 0 else "+" if value.offset > 0 else ""
        return f"P{abs(value.offset) * count}{designator}{sign}"
    if isinstance(value, Shift):
        return str_of_duration(value.duration) + ("-" if value.sign < 0 else "+")
    if isinstance(value, Calendar):
        inner, outer = open_text(value), say_relative(value.within)
        return f"{outer} {inner}" if inner and outer else inner or outer
    if isinstance(value, Interval):
        return f"{say_relative(value.start) or '..'}/{say_relative(value.end) or '..'}"
    return say_relative(value.of) if isinstance(value, Part) else None


def _time_of(value: Calendar) -> str:
    return str(value.clock) if value.clock else f"T{value.part}" if value.part else ""


def _has_time(value: Value) -> bool:
    if isinstance(value, Calendar | Deictic | Shift):
        return value.clock is not None or value.part is not None
    return False
