"""The resolved date: a stretch of the calendar of known granularity, its ISO 8601 / TIMEX3 text and its arithmetic.

Days are counted as Python's ordinals (1 is 0001-01-01), carried on below 1 for years BC. Weeks are ISO weeks.
"""

import math
from dataclasses import dataclass, replace
from datetime import date

# Month in which each season begins; the northern winter runs into the next year.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_OF = {"month": 1, "quarter": 3, "season": 3, "half": 6}
YEARS_OF = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
COARSENESS = {
    name: rank
    for rank, name in enumerate(
        [
            "time",
            "part",
            "day",
            "weekend",
            "week",
            "month",
            "season",
            "quarter",
            "half",
            "year",
            "decade",
            "century",
            "millennium",
        ]
    )
}
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_OF_MONTH = 365.2425 / 12
FIRST_YEAR, LAST_YEAR = -999_999, 9_999  # what arithmetic accepts; beyond it a value stays open


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of the calendar.

    Attributes:
        unit: ``time part day weekend week month season quarter half year decade century millennium``.
        year: The year, or the first one of a decade, century or millennium; negative is BC, there is no year 0.
        sub: Number of the half, quarter or week.
        time: What follows a day: ``T14:30``, ``TMO``.
        fiscal: A fiscal year; ``split``: a year that runs into the next.
    """

    unit: str
    year: int
    month: int = 1
    day: int = 1
    sub: int = 0
    season: str = ""
    time: str = ""
    fiscal: bool = False
    split: bool = False

    def __str__(self) -> str:
        year = f"{self.year:04d}" if self.year > 0 else f"BC{-self.year:04d}"
        texts = {
            "month": f"{year}-{self.month:02d}",
            "season": f"{year}-{self.season}",
            "quarter": f"{year}-Q{self.sub}",
            "half": f"{year}-H{self.sub}",
            "week": f"{year}-W{self.sub:02d}",
            "weekend": f"{year}-W{self.sub:02d}-WE",
            "year": f"FY{year}" if self.fiscal else f"{year}/{self.year + 1:04d}" if self.split else year,
            "decade": year[:-1],
            "century": year[:-2],
            "millennium": year[:-3],
        }
        return texts.get(self.unit, f"{year}-{self.month:02d}-{self.day:02d}{self.time}")

    @property
    def first(self) -> int:
        """Ordinal of the first day."""
        if self.unit in ("week", "weekend"):
            return _week_start(self.year, self.sub) + (5 if self.unit == "weekend" else 0)
        month = {"half": self.sub * 6 - 5, "quarter": self.sub * 3 - 2, "season": SEASONS.get(self.season, 1)}
        if self.unit in YEARS_OF:
            return days_from(self.year, 1, 1)
        return days_from(self.year, month.get(self.unit, self.month), self.day if COARSENESS[self.unit] <= 2 else 1)

    @property
    def last(self) -> int:
        """Ordinal of the last day."""
        if self.unit == "week":
            return self.first + 6
        if self.unit == "weekend":
            return self.first + 1
        if self.unit in YEARS_OF:
            return days_from(add_years(self.year, YEARS_OF[self.unit]), 1, 1) - 1
        if self.unit in MONTHS_OF:
            return _add_months_to(self.first, MONTHS_OF[self.unit]) - 1
        return self.first

    @property
    def middle(self) -> float:
        """Middle of the stretch, in days."""
        return (self.first + self.last) / 2


def days_from(year: int, month: int, day: int) -> int:
    """Give the ordinal of a day of the proleptic Gregorian calendar; year -1 is 1 BC."""
    if year >= 1:
        return date(min(year, LAST_YEAR), month, day).toordinal()
    cycles = -(year + 1) // 400 + 1  # shift into the years that `date` knows; a cycle has 146,097 days
    return date(year + 1 + 400 * cycles, month, day).toordinal() - 146_097 * cycles


def day_from(ordinal: int, time: str = "") -> When:
    """Give the day of an ordinal."""
    cycles = 0 if ordinal >= 1 else -ordinal // 146_097 + 1
    found = date.fromordinal(min(ordinal + 146_097 * cycles, date.max.toordinal()))
    year = found.year - 400 * cycles
    return When("day", year if year >= 1 else year - 1, found.month, found.day, time=time)


def add_years(year: int, count: int) -> int:
    """Add to a year where no year 0 is."""
    astronomical = (year if year > 0 else year + 1) + count
    return astronomical if astronomical > 0 else astronomical - 1


def _add_months_to(ordinal: int, count: int) -> int:
    start = day_from(ordinal)
    months = start.month - 1 + count
    return days_from(add_years(start.year, months // 12), months % 12 + 1, 1)


def _week_start(year: int, week: int) -> int:
    return date.fromisocalendar(min(max(year, 1), LAST_YEAR - 1), 1, 1).toordinal() + 7 * (week - 1)


def month_length(year: int, month: int) -> int:
    """Give the number of days in a month."""
    astronomical = year if year > 0 else year + 1
    leap = astronomical % 4 == 0 and (astronomical % 100 != 0 or astronomical % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_LENGTHS[month - 1]


def make_day(year: int, month: int, day: int, time: str = "") -> When | None:
    """Give the day, or ``None`` if the month has no such day."""
    if not (1 <= month <= 12 and day >= 1 and FIRST_YEAR <= year <= LAST_YEAR and year != 0):
        return None
    return When("day", year, month, day, time=time) if day <= month_length(year, month) else None


def widen(when: When, unit: str) -> When | None:
    """Give the stretch of a coarser or equal unit around ``when``; ``None`` if ``when`` is coarser than that.

    Hours and minutes, fortnights and scores are lengths only: they give ``None``, too.
    """
    if unit not in COARSENESS or COARSENESS[when.unit] > COARSENESS[unit]:
        return None
    if unit in YEARS_OF:
        size = YEARS_OF[unit]
        return When(unit, when.year if size == 1 or when.year < 0 else when.year // size * size)
    start = day_from(when.first)
    if unit in ("week", "weekend"):
        year, week, _ = date.fromordinal(max(when.first, 1)).isocalendar()
        return When(unit, year, sub=week)
    if unit == "season":
        return _season_of(start)
    if unit in MONTHS_OF:
        return When(unit, start.year, start.month, sub=(start.month - 1) // MONTHS_OF[unit] + 1)
    return replace(start, unit="day")


def _season_of(day: When) -> When:
    if day.month < 3:
        return When("season", add_years(day.year, -1), season="WI")
    return When("season", day.year, season=["SP", "SU", "FA", "WI"][day.month // 3 - 1])


def move(when: When, unit: str, count: float) -> When | None:
    """Give the stretch of ``unit`` that lies ``count`` units after the one around ``when``; ``None`` off the calendar.

    "Three years after 4 May 1999" is the year 2002; day for day it is only where ``unit`` is a day.
    """
    if count != int(count) and unit == "month":  # "six and a half months ago": by days, yet no finer than a month
        day = move(when, "day", round(count * _DAYS_OF_MONTH)) if COARSENESS[when.unit] <= COARSENESS["day"] else None
        return widen(day, "month") if day else move(when, "month", int(count))
    if count != int(count):
        unit, count = _finer(unit, count)
    start = widen(when, unit)
    if start is None or abs(count) > 2_000_000:
        return None
    whole = int(count)
    if unit in YEARS_OF:
        year = add_years(start.year, whole * YEARS_OF[unit])
        return replace(start, year=year) if FIRST_YEAR <= year <= LAST_YEAR else None
    if unit in MONTHS_OF:
        return _move_months(start, unit, whole)
    ordinal = start.first + whole * (7 if unit in ("week", "weekend") else 1)
    if not -300_000_000 < ordinal <= date.max.toordinal() - 366:
        return None
    return widen(day_from(ordinal), unit)


def _finer(unit: str, count: float) -> tuple[str, float]:
    """Write one and a half years as 18 months, and so on; what has no finer unit is rounded."""
    finer = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100), "week": ("day", 7)}
    if unit not in finer:
        return unit, math.trunc(count)
    name, factor = finer[unit]
    return name, round(count * factor)


def _move_months(start: When, unit: str, count: int) -> When | None:
    months = day_from(start.first).month - 1 + count * MONTHS_OF[unit]
    year = add_years(day_from(start.first).year, months // 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return widen(When("month", year, months % 12 + 1), unit)


def easter(year: int) -> When:
    """Give Easter Sunday of a Gregorian year.

    References:
        Anonymous (1876). To find Easter. Nature 13, 487 (as in Meeus, Astronomical Algorithms, 1991).
    """
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    l_ = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * l_) // 451
    month, day = divmod(h + l_ - 7 * m + 114, 31)
    return When("day", year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> When | None:
    """Give the n-th (from 1; from the end if negative) weekday (Monday is 1) of a month."""
    if nth > 0:
        first = days_from(year, month, 1)
        found = first + (weekday - 1 - date.fromordinal(max(first, 1)).weekday()) % 7 + 7 * (nth - 1)
    else:
        last = days_from(year, month, month_length(year, month))
        found = last - (date.fromordinal(max(last, 1)).weekday() - weekday + 1) % 7 + 7 * (nth + 1)
    when = day_from(found)
    return when if (when.year, when.month) == (year, month) else None


def islamic_to_day(year: int, month: int, day: int) -> When:
    """Give the Gregorian day of a date of the tabular Islamic calendar; sighting may differ by a day.

    References:
        Reingold and Dershowitz (2018). Calendrical Calculations, chapter 7. Cambridge University Press.
    """
    ordinal = day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 227_014
    return day_from(ordinal)


def weekday_of(when: When) -> int:
    """Give the ISO weekday (Monday is 1) of the first day."""
    return (when.first - 1) % 7 + 1
