"""What a passage says about the dates in it: the article's date, the date in force, the tense of the clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from polnlp.arguments import check_type
from polnlp.mentions.dates.find import Item
from polnlp.mentions.dates.tense import FUTURE, OPEN
from polnlp.mentions.dates.values import Calendar, Deictic, Shift
from polnlp.mentions.dates.when import COARSENESS, When, make_day

Guideline = Literal["codebook", "timeml"]

_REFERENCE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2}).*)?)?)?", re.DOTALL)
_NEAR = 300  # characters within which a full date still lends its year to the next one
_YEARS = 3  # named years that make a history
_TODAY = Deictic("day", 0)  # in a handbook it means nowadays


@dataclass(slots=True)
class Context:
    """Where the reader stands.

    Attributes:
        now: The article's date; ``None`` if it is not known.
        then: The date in force: the last one that the passage named; ``then_at`` is where it ended,
            ``then_named`` whether its year was named.
        tense: Of the clause that is being read.
        narrative: The text tells history: a date without a year belongs to the date in force.
        general: No word of the text counts from its own date (a guide, a handbook).
        habitual: The clause of such a text says what is usual: "In January it is cold" names no year.
        position: Where the expression that is being read begins.
        phrase: The text is a date and nothing else, as in a calendar: it looks ahead.
        chained: A word such as "and" alone stands between the date in force and this one.
        linked: No sentence ends between the date in force and the expression that is being read.
    """

    now: When | None
    guideline: Guideline
    tables: dict[str, Any]
    day_first: bool
    narrative: bool = False
    general: bool = False
    habitual: bool = False
    then: When | None = None
    then_at: int = 0
    then_named: bool = False
    tense: float = OPEN
    position: int = 0
    linked: bool = False
    chained: bool = False
    phrase: bool = False

    @property
    def base(self) -> When | None:
        """What a date without a year is counted from."""
        if self.narrative and self.then is not None:
            return self.then
        return self.now or self.then

    @property
    def lends_year(self) -> bool:
        """Whether the date in force is a full one, named just before, in another year than the article's."""
        then, now = self.then, self.now
        if then is None or now is None or self.position - self.then_at > _NEAR:
            return False
        return (
            self.then_named
            and COARSENESS[then.unit] <= COARSENESS["month"]
            and then.last < now.first
            and then.year < now.year
        )

    @property
    def in_day(self) -> bool:
        """Whether a time of day belongs to the date in force: a day named in its sentence, or the story's."""
        if self.then is None or COARSENESS[self.then.unit] > COARSENESS["day"]:
            return False
        behind = self.now is not None and self.then.first < self.now.first
        return self.narrative or (self.linked and not (self.tense == FUTURE and behind))

    def enter(self, when: When, end: int, *, named: bool) -> None:
        """Make ``when`` the date in force; ``named`` if the words name its year."""
        self.then, self.then_at, self.then_named = when, end, named


def read_reference(reference: str | None) -> When | None:
    """Read an article's date: ``2009``, ``2009-01``, ``2009-01-29`` or with a time of day.

    Raises:
        ValueError: If it is none of these.
        TypeError: If it is no string.
    """
    if reference is None:
        return None
    check_type("reference", reference, str, "give it as YYYY, YYYY-MM or YYYY-MM-DD, such as day.isoformat()")
    match = _REFERENCE.fullmatch(reference.strip())
    year, month, day = (int(part) if part else None for part in match.groups()[:3]) if match else (0, None, None)
    when = None
    if match and year and month is None:
        when = When("year", year)
    elif match and year and month and day is None and 1 <= month <= 12:
        when = When("month", year, month)
    elif match and year and month and day:
        when = make_day(year, month, day, time=f"T{match[4]}:{match[5]}" if match[4] else "")
    if when is None:
        raise ValueError(f"reference {reference!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD as text.")
    return when


def is_narrative(items: Sequence[Item], now: When | None) -> bool:
    """Tell whether a text tells history: no word counts from its own date, and most of its years are other ones."""
    values = [next(iter(item.values.values())) for item in items]
    if any(_points_at_now(value) for value in values):
        return False
    years = [value.year for value in values if isinstance(value, Calendar) and value.year is not None]
    if len(years) < _YEARS:
        return False
    if now is not None and any(_is_day(value, now) for value in values):
        return False  # a dateline: a report of its day
    return now is None or 2 * sum(year == now.year for year in years) < len(years)


def is_general(items: Sequence[Item], now: When | None) -> bool:
    """Tell whether a text has no time of its own: nothing counts from its date, no dateline."""
    values = [next(iter(item.values.values())) for item in items]
    return not any(
        (_points_at_now(value) and value != _TODAY) or (now is not None and _is_day(value, now)) for value in values
    )


def _is_day(value: Any, day: When) -> bool:
    return isinstance(value, Calendar) and (value.year, value.month, value.day) == (day.year, day.month, day.day)


def _points_at_now(value: Any) -> bool:
    if isinstance(value, Shift):
        return value.base == "now" and value.duration.parts[0][0].low is not None  # "centuries ago" is said of anything
    if isinstance(value, Deictic | Calendar) and value.base == "story":
        return False
    if isinstance(value, Deictic):
        return value.base == "now"
    return isinstance(value, Calendar) and (
        value.direction is not None or (value.weekday is not None and not value.month and not value.day)
    )


def prefers_day_first(items: Sequence[Item], default: bool) -> bool:
    """Tell how a text writes numeric dates, from those that can only be read in one way."""
    votes = 0
    for item in items:
        value = next(iter(item.values.values()))
        if isinstance(value, Calendar) and value.day_first is not None and value.other is None and not value.dotted:
            votes += 1 if value.day_first else -1
    return votes > 0 if votes else default
