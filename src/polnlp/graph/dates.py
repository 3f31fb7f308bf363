"""Dates as the network uses them: years, months and days, partial ones kept as they are."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable

from polnlp.schema import DateMention

_CALENDAR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def text_dates(dates: Iterable[DateMention]) -> dict[int, tuple[str, ...]]:
    """Give the years, months and days that each paragraph speaks of, by its index; sets and durations do not count."""
    found: dict[int, set[str]] = defaultdict(set)
    for date in dates:
        match = _CALENDAR.match(date.value or "")
        if date.type == "DATE" and match and is_calendar(match[0]):
            found[date.paragraph].add(match[0])
    return {index: tuple(sorted(values)) for index, values in found.items()}


def is_calendar(value: str) -> bool:
    """Whether this is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and exists."""
    match = _CALENDAR.fullmatch(value)
    if not match or match[1] == "0000":
        return False
    month = int(match[2] or 1)
    return 1 <= month <= 12 and 1 <= int(match[3] or 1) <= monthrange(int(match[1]), month)[1]


def first_day(value: str) -> str:
    """Give the first day that a calendar value may mean: ``2009-02`` is ``2009-02-01``."""
    return value + "-01" * (3 - len(value.split("-")))


def last_day(value: str) -> str:
    """Give the last day that a calendar value may mean: ``2009-02`` is ``2009-02-28``."""
    parts = [int(part) for part in value.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}"


def date_range(values: Iterable[str]) -> tuple[str | None, str | None]:
    """Give the earliest and the latest of calendar values as they were given; ``None`` where there is none."""
    known = sorted({value for value in values if is_calendar(value)})
    if not known:
        return None, None
    return min(known, key=first_day), max(known, key=last_day)
