"""Normalise times of day and spans of them: "7:30 p.m. GMT", "Friday at noon", "from 10 a.m. to 4 p.m. on Monday".

Each function is a normaliser: see ``normalise.py``.
"""

from dataclasses import replace

from polnlp.mentions.dates.spoken import Caught, Options, open_text
from polnlp.mentions.dates.values import Calendar, Clock, Deictic, Interval, Recurrence, Shift, Value

_LATE = ("AF", "EV", "NI")
_NOON, _NIGHT = 12, 5  # hours; what is up to five at night is past midnight


def make_clock(caught: Caught, options: Options, tables: Options) -> Clock | None:
    """Make a time of day of hour, minutes past or before it, half of day and time zone."""
    clock = caught.get("clock") or Clock(int(caught.get("hour", options.get("hour", 0))), caught.get("minute"))
    past = caught.get("past", options.get("past", 0)) - caught.get("before", options.get("before", 0))
    if past:
        minutes = clock.hour * 60 + past
        clock = Clock(minutes // 60 % 24, minutes % 60)
    half = caught.get("half")
    if half is not None and clock.hour <= 12:
        clock = replace(clock, hour=clock.hour % 12 + (12 if half == "PM" else 0))
    if clock.hour > options.get("most_hour", 24):
        return None
    zone = caught.get("zone", clock.zone)
    sure = options.get("sure", clock.sure or half is not None or "zone" in caught)
    return replace(clock, zone=zone, sure=sure) if clock.hour <= 24 else None


def make_timed(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Add a time of day to a date."""
    date, clock, part = caught.get("date", Calendar()), caught.get("clock"), caught.get("part")
    if not isinstance(date, Calendar | Deictic | Shift):
        return None
    if isinstance(date, Calendar) and date.clock is not None:
        return None
    clock = _in_part(clock, part) if clock is not None else None
    part = part or options.get("set", {}).get("part")
    return replace(date, clock=clock, part=part, mod=caught.get("mod", options.get("mod", date.mod)))


def _in_part(clock: Clock, part: str | None) -> Clock:
    """Put an hour of the clock's face into its part of the day: five in the afternoon is 17:00, one at night 1:00."""
    late = part in _LATE and clock.hour < _NOON and (part != "NI" or clock.hour > _NIGHT)
    return replace(clock, hour=clock.hour + _NOON) if late else clock


def join_times(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Make "Monday morning at 10:30", "8 a.m. this morning" of a part of a day and a time of day."""
    first, second = caught["a"], caught["b"]
    day, time = (first, second) if getattr(first, "part", None) else (second, first)
    if not isinstance(time, Calendar) or time.clock is None or time != Calendar(clock=time.clock):
        return None
    if not isinstance(day, Calendar | Deictic) or day.part is None or day.clock is not None:
        return None
    return replace(day, part=None, clock=_in_part(time.clock, day.part), mod=None)


def make_timed_since(caught: Caught, options: Options, tables: Options) -> Interval | None:
    """Make "September 6th after 9pm"."""
    timed = make_timed(caught, options, tables)
    return Interval(timed, None) if timed is not None else None


def make_time_range(caught: Caught, options: Options, tables: Options) -> Interval | None:
    """Make "from 10 a.m. to 4 p.m. on Monday"; a bare first hour takes its half of day from the second."""
    start, end, date = caught["start"], caught["end"], caught.get("date", Calendar())
    if not isinstance(date, Calendar | Deictic):
        return None
    start = Clock(int(start), sure=False) if isinstance(start, int | float) else start
    end = Clock(int(end), sure=False) if isinstance(end, int | float) else end
    part = caught.get("part", date.part)
    if part in _LATE and start.hour < end.hour < 12:
        start, end = replace(start, hour=start.hour + 12), replace(end, hour=end.hour + 12)
    date = replace(date, part=None)
    if not start.sure and end.sure and end.hour >= 12 and start.hour < 12 and start.hour + 12 <= end.hour:
        start = replace(start, hour=start.hour + 12)
    return Interval(replace(date, clock=start), replace(date, clock=end))


def make_timed_set(caught: Caught, options: Options, tables: Options) -> Recurrence | None:
    """Make "every Sunday at 8 p.m.", "3 p.m. each day"."""
    time = caught["clock"]
    if not isinstance(time, Calendar) or time.clock is None or time != Calendar(clock=time.clock):
        return None
    of = caught.get("of", Calendar(weekday=caught.get("weekday")))
    return Recurrence(open_text(replace(of, clock=time.clock)) or str(time.clock)) if isinstance(of, Calendar) else None


def make_dated_range(caught: Caught, options: Options, tables: Options) -> Interval | None:
    """Put a day before a range of times that was read first."""
    times, date = caught["range"], caught["date"]
    if not isinstance(date, Calendar | Deictic):
        return None
    return Interval(replace(date, clock=times.start.clock), replace(date, clock=times.end.clock))
