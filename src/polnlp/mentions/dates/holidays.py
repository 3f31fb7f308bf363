"""Named days: the date of a holiday in a given year, from the rules in ``holidays.toml``."""

import re
from typing import Any

from polnlp.mentions.dates.when import When, day_from, easter, islamic_to_day, nth_weekday

_FORM = re.compile(r"(\d\d)-(\d\d)|easter([+-]\d+)|weekday (\d\d) (\d) (-?\d)(?:\+(\d))?|islamic (\d+) (\d+)")


def find_holiday(entry: dict[str, Any], year: int) -> When | None:
    """Give the (first) day of a holiday in a Gregorian year; ``None`` if it is not kept in that year.

    Raises:
        ValueError: If the entry's ``when`` is of no known form.
    """
    if not 1 <= year <= 9998 or (year - entry.get("from", 0)) % entry.get("every", 1):
        return None
    match = _FORM.fullmatch(entry["when"])
    if match is None:
        raise ValueError(f"holiday rule {entry['when']!r} is of no known form")
    if match[1]:
        return When("day", year, int(match[1]), int(match[2]))
    if match[3]:
        return day_from(easter(year).first + int(match[3]))
    if match[4]:
        found = nth_weekday(year, int(match[4]), int(match[5]), int(match[6]))
        return day_from(found.first + int(match[7] or 0)) if found else None
    return _islamic(year, int(match[8]), int(match[9]))


def _islamic(year: int, month: int, day: int) -> When | None:
    """Give the first day of that name in a Gregorian year: the Islamic year is some 11 days shorter."""
    guess = int((year - 622) * 33 / 32)
    days = (islamic_to_day(candidate, month, day) for candidate in range(max(guess - 1, 1), guess + 3))
    return next((found for found in days if found.year == year), None)
