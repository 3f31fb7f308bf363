"""Tokens that begin with a digit: plain numbers, ordinals, decades, clock times and numeric dates.

Each is given all the categories that it could have; the grammar chooses. Two-digit years, months and days overlap.
"""

import re
from typing import Any

from polnlp.mentions.dates.values import Calendar, Clock

_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th|º|ª)", re.IGNORECASE)
_DECADE = re.compile(r"(\d{4}|\d0)(['’])?s")
_LAST_DECADE = 2010
_ISO = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?"
)
_ISO_MONTH = re.compile(r"(\d{4})-(0[1-9])")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})([/.])(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2}))?)?([AaPp])\.?[Mm]")
_CLOCK_24 = re.compile(r"(\d{1,2})([:.h])(\d{2})(?::(\d{2}))?h?")
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_INTEGER = re.compile(r"\d{1,9}")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){1,3}")
_DECIMAL = re.compile(r"\d{1,9}\.\d{1,4}")


def read_number(token: str) -> dict[str, Any] | None:
    """Give the categories of a token with their values, ``None`` if it is of no known shape."""
    for shape, reader in _SHAPES:
        match = shape.fullmatch(token)
        if match:
            values = reader(match)
            if values:
                return values
    return None


def _read_integer(match: re.Match[str]) -> dict[str, Any]:
    digits, value = match[0], int(match[0])
    values: dict[str, Any] = {"number": value}
    if len(digits) <= 2:
        values |= {"short": value} if len(digits) == 2 else {}
        values |= {"n31": value} if 1 <= value <= 31 else {}
        values |= {"n12": value} if 1 <= value <= 12 else {}
        values |= {"n24": value} if value <= 24 else {}
        values |= {"n60": value} if len(digits) == 2 and value < 60 else {}
    if len(digits) == 4 and 1000 <= value < 2200:
        values["year"] = value
    elif len(digits) == 4:
        values["bigyear"] = value
    if len(digits) == 3:
        values["year3"] = value
    if len(digits) == 4 and value // 100 <= 24 and value % 100 < 60:
        values["military"] = Clock(value // 100, value % 100)
    return values


def _read_ordinal(match: re.Match[str]) -> dict[str, Any]:
    value = int(match[1])
    return {"ordinal": value} | ({"ord31": value, "ordday": value} if 1 <= value <= 31 else {})


def _read_decade(match: re.Match[str]) -> dict[str, Any]:
    value = int(match[1])
    if len(match[1]) == 4 and not 1000 <= value < 2200:
        return {}
    if match[2] and value >= _LAST_DECADE:
        return {}  # "2030's" is the year's
    if len(match[1]) == 4 and value % 100 == 0 and value != 2000:
        return {"decade": value, "hundreds": value // 100}
    return {"decade": value} if value % 10 == 0 else {}


def _read_iso(match: re.Match[str]) -> dict[str, Any]:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if not (1 <= month <= 12 and 1 <= day <= 31 and year > 0):
        return {}
    if match[5] is None:
        return {"fulldate": Calendar(year=year, month=month, day=day)}
    clock = _make_clock(match[5], match[6], match[7], zone=match[8] or "")
    return {"fulldate": Calendar(year=year, month=month, day=day, clock=clock)} if clock else {}


def _read_iso_month(match: re.Match[str]) -> dict[str, Any]:
    return {"fullmonth": Calendar(year=int(match[1]), month=int(match[2])), "years": (int(match[1]), int(match[2]))}


def _read_numeric(match: re.Match[str]) -> dict[str, Any]:
    """Read 9/3/2008 or 9.3.08: both readings, if both are possible, the day first as the main one."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    full = len(match[4]) == 4
    readings = [
        Calendar(
            month=month,
            day=day,
            day_first=day_first,
            dotted=match[2] == ".",
            year=year if full else None,
            short_year=None if full else year,
        )
        for day, month, day_first in ((first, second, True), (second, first, False))
        if 1 <= month <= 12 and 1 <= day <= 31
    ]
    if not readings or (len(match[4]) == 4 and not 1000 <= year < 2200):
        return {}
    return {"dotted" if match[2] == "." else "numeric": tuple(readings)}


def _read_day_month(match: re.Match[str]) -> dict[str, Any]:
    first, second = int(match[1]), int(match[3])
    readings = tuple(
        Calendar(month=month, day=day, dotted=match[2] == ".", day_first=day_first)
        for day, month, day_first in ((first, second, True), (second, first, False))
        if 1 <= month <= 12 and 1 <= day <= 31
    )
    values: dict[str, Any] = {"daymonth": readings} if readings else {}
    if readings and match[2] == "/" and match[0] not in _FRACTIONS:
        values["slashday"] = readings
    if match[0] in _FRACTIONS:
        values["fraction"] = _FRACTIONS[match[0]]
    if match[2] == ".":
        values |= _read_decimal(match)
        if len(match[3]) == 2 and first <= 24 and second < 60:
            values["clock_dot"] = Clock(first, second, sure=False)
    return values


def _read_clock(match: re.Match[str]) -> dict[str, Any]:
    hour = int(match[1])
    if not 1 <= hour <= 24:
        return {}
    if hour <= 12:
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    clock = _make_clock(str(hour), match[2], match[3])
    return {"clock": clock} if clock else {}


def _read_clock_24(match: re.Match[str]) -> dict[str, Any]:
    clock = _make_clock(match[1], match[3], match[4], sure=False)
    if clock is None:
        return {}
    return {"clock_24": clock} if match[2] != "." else {"clock_dot": clock}


def _read_decimal(match: re.Match[str]) -> dict[str, Any]:
    return {"decimal": float(match[0])}


def _make_clock(
    hour: str, minute: str | None, second: str | None, *, zone: str = "", sure: bool = True
) -> Clock | None:
    hours, minutes, seconds = int(hour), int(minute) if minute else None, int(second) if second else None
    if hours > 24 or (minutes or 0) > 59 or (seconds or 0) > 59:
        return None
    return Clock(hours, minutes, seconds, zone=zone, sure=sure)


_SHAPES = (
    (_INTEGER, _read_integer),
    (_ORDINAL, _read_ordinal),
    (_DECADE, _read_decade),
    (_ISO_MONTH, _read_iso_month),
    (_ISO, _read_iso),
    (_NUMERIC, _read_numeric),
    (_DAY_MONTH, _read_day_month),
    (_CLOCK, _read_clock),
    (_CLOCK_24, _read_clock_24),
    (_THOUSANDS, lambda match: {"number": int(match[0].replace(",", ""))}),
    (_DECIMAL, _read_decimal),
)

# Every set of categories that `read_number` can give, found by reading one sample of each kind.
_SAMPLES = (
    [str(number) for number in range(100)]
    + [f"{number:02d}" for number in range(10)]
    + [
        "100",
        "000",
        "999",
        "1000",
        "1066",
        "1260",
        "1350",
        "1999",
        "2008",
        "2060",
        "2160",
        "2199",
        "2300",
        "2360",
        "2460",
    ]
    + ["0030", "0070", "1300", "1399", "9999", "12345", "1,000", "2.5", "3.14159"[:4], "1st", "40th", "90s", "1990s"]
    + ["1900s", "2009-01", "2009-01-29", "9/3/2008", "9.3.2008", "9/3", "9.3", "26.9", "40.2", "9.30", "16.40", "31.45"]
    + [
        "12pm",
        "7:30",
        "9h15",
        "16.40h",
        "2.99",
        "24.12",
        "13.13",
        "12.12",
        "30.06",
        "0.5",
        "0.25",
        "10.10",
        "45.12",
        "1/2",
    ]
)
NUMBER_CATEGORIES = sorted({frozenset(read_number(sample) or {}) for sample in _SAMPLES} - {frozenset()}, key=sorted)
