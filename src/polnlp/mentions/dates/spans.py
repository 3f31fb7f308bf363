"""Normalise intervals and parts of periods: "from May to July", "since 1998", "2006-10", "the first week of March".

Each function is a normaliser: see ``normalise.py``.
"""

from dataclasses import replace

from polnlp.mentions.dates.spoken import Caught, Options
from polnlp.mentions.dates.values import Amount, Calendar, Deictic, Duration, Interval, Part, Reference, Shift, Value

_LAST_DAY, _DECEMBER = 31, 12


def make_interval(caught: Caught, options: Options, tables: Options) -> Interval | None:
    """Make an interval; what both ends share ("3 to 5 November 2008") is taken from the one that has it."""
    start, end = caught.get("start"), caught.get("end")
    if isinstance(start, Calendar) and start.century is not None and isinstance(end, Calendar) and end.day:
        start = start.century + 1  # "the ninth and the seventeenth of April": the ordinal was no century's
        if not start <= _LAST_DAY:
            return None
    if isinstance(start, int | float) and isinstance(end, Calendar):
        if end.month is not None and end.day is not None and start > end.day:
            before = (end.month - 2) % 12 + 1  # "from the 27th to the third of April"
            year = end.year - 1 if end.year is not None and before == _DECEMBER else end.year
            end = replace(end, weekday=None)
            return Interval(replace(end, day=int(start), month=before, year=year, clock=None), end)
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
    if start.year is not None and end.year is not None and end.year < 0 < start.year:
        start = replace(start, year=-start.year)  # "1200 to 400 BC"
    if start.year is None and start.within is None and (end.year is not None or end.within is not None):
        earlier = end.year is not None and start.month and end.month and start.month > end.month
        year = end.year - 1 if earlier and end.year is not None else end.year
        start = replace(start, year=year, within=end.within)
    return start, end


def make_numeric_range(caught: Caught, options: Options, tables: Options) -> Interval | None:
    """Make "5/1-5/7/2020": both ends are read in the same order of day and month."""
    starts, ends = caught["start"], caught["end"]
    pairs = [
        Interval(replace(start, year=end.year, short_year=end.short_year), replace(end, other=None))
        for start in starts
        for end in ends
        if start.day_first == end.day_first and (start.month, start.day) < (end.month, end.day)
    ]
    months = [pair for pair in pairs if not pair.start.day_first]  # type: ignore[union-attr]
    return (months or pairs)[0] if pairs else None


def make_years(caught: Caught, options: Options, tables: Options) -> Value | None:
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


def make_since(caught: Caught, options: Options, tables: Options) -> Interval:
    """Make "since 1998"; "since then" begins at the date in force."""
    return Interval(caught.get("start", Deictic("any", 0, "then")), None)


def make_same(caught: Caught, options: Options, tables: Options) -> Part:
    """Make "the same period last year": the date in force, moved to that year."""
    day = caught.get("date")
    unit = day.unit if isinstance(day, Deictic) else caught.get("unit", "any")
    return Part("day", 0, caught["of"], like=unit)


def make_part(caught: Caught, options: Options, tables: Options) -> Part | None:
    """Make "the first week of March", "the last three months of 2021", "the week of May 4"."""
    index, unit, count = caught.get("index", options.get("index", 1)), caught.get("unit"), caught.get("count", 1)
    if "dur" in caught:
        amount, unit = caught["dur"].parts[0]
        count = amount.low
    of = caught["of"] if "of" in caught else Deictic(caught["outer"], 0, "story")
    weekday = caught.get("weekday")
    if isinstance(weekday, Calendar):
        if weekday.direction is not None:
            return None
        weekday = weekday.weekday
    if unit in ("second", "minute", "hour") or (unit == "day" and "index" not in caught):
        return None
    return Part(unit or "day", int(index), of, count, weekday)


def make_shift(caught: Caught, options: Options, tables: Options) -> Shift | None:
    """Make "three days ago", "a week later", "two days before the vote of May 4"."""
    duration = caught.get("duration", Duration(((Amount(1), "day"),)))
    base = caught.get("date", options.get("base", "now"))
    exact = bool(options.get("exact")) and "date" in caught
    return Shift(
        duration, options["sign"], "now" if isinstance(base, Reference) else base, mod=duration.mod, exact=exact
    )


def make_weekdays_ago(caught: Caught, options: Options, tables: Options) -> Shift | None:
    """Make "two Sundays ago": weeks before the last one."""
    count = caught["count"].low if isinstance(caught["count"], Amount) else caught["count"]
    if count is None or count < 1:
        return None
    last = Calendar(weekday=caught["weekday"], direction=-1, just=True)
    return Shift(Duration(((Amount(count - 1), "week"),)), -1, last)


def make_ago_range(caught: Caught, options: Options, tables: Options) -> Value | None:
    """Make "30 or 40 years ago": from the one to the other."""
    duration, sign = caught["duration"], options.get("sign", -1)
    amount, unit = duration.parts[0]
    base = options.get("base", "now")
    if amount.high is None:
        return make_shift(caught, options, tables)
    far, near = (Shift(Duration(((Amount(count), unit),)), sign, base) for count in (amount.high, amount.low))
    return Interval(far, near) if sign < 0 else Interval(near, far)
