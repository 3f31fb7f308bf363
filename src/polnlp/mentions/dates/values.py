"""What an expression says before it is tied to the calendar: typed values with unit and modifier, not yet anchored.

``normalise.py`` makes them from the words, ``anchor.py`` reads them in their context. All are frozen dataclasses; a
field that the words leave open is ``None``.
"""

from dataclasses import dataclass
from typing import Literal

Base = Literal[
    "now", "then", "story"
]  # the article's date, the date in force, the one of the two that the text is about

# Units from fine to coarse, with their ISO 8601 designator and how many of the designated unit they are.
UNITS: dict[str, tuple[str, int]] = {
    "second": ("TS", 1),
    "minute": ("TM", 1),
    "hour": ("TH", 1),
    "day": ("D", 1),
    "weekend": ("WE", 1),
    "week": ("W", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "quarter": ("M", 3),
    "season": ("M", 3),
    "half": ("M", 6),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "score": ("Y", 20),
    "century": ("Y", 100),
    "millennium": ("Y", 1000),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units: ``low`` is ``None`` where it is vague ("several"), ``high`` is set in "two or three"."""

    low: float | None
    high: float | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``zone`` is ``Z`` for UTC, else empty. ``sure`` is false for a bare "7:30" or "at 5"."""

    hour: int
    minute: int | None = None
    second: int | None = None
    zone: str = ""
    sure: bool = True

    def __str__(self) -> str:
        parts = [self.hour, 0 if self.minute is None else self.minute]
        parts += [] if self.second is None else [self.second]
        return "T" + ":".join(f"{part:02d}" for part in parts) + self.zone


@dataclass(frozen=True, slots=True)
class Calendar:
    """A place on the calendar, as far as the words name it.

    Attributes:
        year: Proleptic year, negative for BC (-594 is 594 BC); ``short_year`` holds two digits only ("'87").
        decade: First year of the decade; below 100 the century is open ("the eighties" is 80).
        century: Number of hundreds (19 is the 1900s), negative for BC; likewise ``millennium``.
        fiscal: The year is a fiscal year.
        split: The year runs into the next ("the 2009-10 session").
        direction: -1 "last", 0 "this", 1 "next" beside a name ("last October"); ``None`` if nothing is said.
        just: The nearest one behind is meant, were it yesterday ("this past Wednesday").
        holiday: Key of a holiday in the data files.
        part: Part of day in TIMEX3 letters (``MO``, ``AF``, ``EV``, ``NI``, ``DT``, ``MI``).
        within: What the larger unit is said to be ("of last year").
        other: The other reading of an ambiguous numeric date ("9/3/2008"); ``day_first`` says how it was
            read, ``dotted`` that it is written 9.3.2008, which is day first everywhere.
    """

    year: int | None = None
    short_year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    weekend: bool = False
    decade: int | None = None
    century: int | None = None
    millennium: int | None = None
    fiscal: bool = False
    split: bool = False
    direction: int | None = None
    just: bool = False
    base: Base = "now"
    holiday: str | None = None
    part: str | None = None
    clock: Clock | None = None
    mod: str | None = None
    within: "Value | None" = None
    other: "Calendar | None" = None
    day_first: bool | None = None
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Deictic:
    """A unit counted from a date: "yesterday" is (day, -1, now), "the previous year" (year, -1, then)."""

    unit: str
    offset: int
    base: Base = "now"
    part: str | None = None
    clock: Clock | None = None
    mod: str | None = None
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: pairs of amount and unit, largest unit first."""

    parts: tuple[tuple[Amount, str], ...]
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A duration before (-1) or after (1) a date: "three days ago", "a week after May 4"; ``exact`` is to the day."""

    duration: Duration
    sign: int
    base: "Base | Value" = "now"
    clock: Clock | None = None
    part: str | None = None
    mod: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The n-th unit, or the first or last ``count`` units, of a larger period; ``index`` counts from the end if < 0.

    ``like`` is set in "the same month last year": the unit around the date in force, or ``any`` for that date itself.
    """

    unit: str
    index: int
    of: "Value"
    count: float | None = 1
    weekday: int | None = None
    mod: str | None = None
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """From one date to another; ``None`` is an open end."""

    start: "Value | None"
    end: "Value | None"
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A vague reference: ``PRESENT_REF``, ``PAST_REF`` or ``FUTURE_REF``."""

    kind: str
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A set of times: ``value`` is the period or pattern that recurs, ``quant`` says "every", ``freq`` how often."""

    value: str
    quant: str = "EVERY"
    freq: str = ""
    mod: str | None = None


Value = Calendar | Deictic | Duration | Shift | Part | Interval | Reference | Recurrence
