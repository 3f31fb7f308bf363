"""Normalise times of day and spans of them: "7:30 p.m. GMT", "Friday at noon", "from 10 a.m. to 4 p.m. on Monday".

Each function is a normaliser: see ``normalise.py``.
"""

from dataclasses import replace

from polnlp.mentions.dates.spoken import Caught, Options, open_text
from polnlp.mentions.dates.values import Calendar, Clock, Deictic, Interval, Recurrence, Shift, Value


def make_clock(caught: Caught, options: Options, tables: Options) -> Clock | None:
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


def make_timed(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Add a time of day to a date."""
    date, clock, part = caught.get("date", Calendar()), caught.get("clock"), caught.get("part")
    if not isinstance(date, Calendar | Deictic | Shift):
        return None
    if isinstance(date, Calendar) and date.clock is not None:
        return None
    if clock is not None and part in ("AF", "EV", "NI") and clock.hour < 12 and (part != "NI" or clock.hour > 5):
        clock = replace(clock, hour=clock.hour + 12)
    part = part or options.get("set", {}).get("part")
    return replace(date, clock=clock, part=part, mod=caught.get("mod", options.get("mod", date.mod)))


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
