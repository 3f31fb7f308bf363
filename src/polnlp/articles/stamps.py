"""Date stamps as metadata, URLs, bylines and comments write them → ISO 8601; dates told in prose are not read here."""

import datetime
import re
from typing import NamedTuple

_MONTH_NAMES = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sept", "sep", "septiembre", "setiembre"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|º|°|\.)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
_ZONE = r"(?:\s{0,2}(?:Z\b|[+-]\d\d:?\d\d|(?:UTC|GMT)(?:[+-]\d{1,2})?|[A-Z]{2,4}T\b|[CE]T\b))"
_CLOCK = (
    r"(?:\d{1,2}[:h]\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:\s?[ap]\.?m\b\.?)?|(?<=T)\d{4}(?:\d\d)?"
    rf"|\d{{1,2}}(?:\.\d\d)?\s?[ap]\.?m\b\.?|(?:\d{{4}})(?=\s?(?:GMT|UTC)))"
    rf"(?:{_ZONE}(?:\s?\([A-Z]{{2,5}}\))?|\s?(?:hrs|hours|h)\b)?"
)
_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b\.?,?\s{0,3}"
)

# Each reads one way of writing a date; the first that matches at a place wins.
_FORMS = (
    rf"{_YEAR}(?P<sep>[-/.])(?P<nmonth>\d\d?)(?:(?P=sep)(?P<nday>\d\d?))?(?![\d/-])",
    r"(?P<year>(?:1[89]|20)\d\d)(?P<nmonth>0[0-9]|1[0-2])(?P<nday>[0-2]\d|3[01])(?!\d)",
    rf"{_DAY}{_ORDINAL}(?:\s{{0,3}}-\s{{0,3}}|\s{{1,3}}(?:(?:of|de)\s{{1,3}})?){_MONTH}"
    rf"(?:\s{{0,3}}-\s{{0,3}}|,?\s{{1,3}}(?:del?\s{{1,3}})?){_YEAR}",
    rf"{_DAY}-{_MONTH}-(?P<short>\d\d)(?!\d)",
    rf"{_DAY}\s{_MONTH}\s['’](?P<short>\d\d)(?!\d)",
    rf"{_MONTH}\s{{0,3}}{_DAY}{_ORDINAL}\s{{0,3}}(?:,|\s|\|)\s{{0,3}}(?:{_CLOCK}\s{{1,3}}(?:[A-Z]{{3,4}}\s)?)?{_YEAR}",
    rf"{_MONTH},?\s{{1,3}}(?:del?\s{{1,3}})?{_YEAR}",
    r"(?P<first>\d\d?)(?P<sep>[-/.])(?P<second>\d\d?)(?P=sep)(?P<year>(?:1[5-9]|20)\d\d)(?!\d)",
)
_BARE_YEAR = _YEAR


def _rename(form: str, number: int) -> str:
    """Give the groups of a form names of their own: one expression may not use a name twice."""
    named = re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{number}>", form)
    return re.sub(r"\(\?P=(\w+)\)", rf"(?P=\1_{number})", named)


_DATE = "(?:" + "|".join(_rename(form, number) for number, form in enumerate(_FORMS)) + ")"
_AFTER = rf"(?:[T\s,|@•·–—-]{{0,4}}(?:at\s|a\slas\s|klo?\s)?\s?{_CLOCK})?"
_BEFORE = rf"(?:{_CLOCK}[\s,|–—-]{{1,4}}(?:on\s)?)?"
_LABEL = (
    r"(?:(?:(?:first|originally|last)\s)?(?:published|posted|updated|modified|created|written|issued|released|dated?)"
    r"(?:\sdate|\son|\sat)?|publication\sdate|release\sdate|pubdate|publicado\sel|actualizado\sel|fecha)"
    r"\s?[:\-–—]?\s{0,3}(?:on\s)?"
)
_STAMP = rf"{_BEFORE}(?:{_WEEKDAY})?{_DATE}{_AFTER}"
_ANYWHERE = re.compile(rf"(?<![\w/.-]){_STAMP}(?![\w])", re.IGNORECASE)
_WHOLE = re.compile(
    rf"[\s(\[|]{{0,3}}(?:{_LABEL})?(?:{_STAMP}|{_rename(_BARE_YEAR, len(_FORMS))})[\s)\]|.,#]{{0,4}}",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"\s{{0,3}}{_LABEL}", re.IGNORECASE)
_DIGITS = re.compile(r"\d\d")
_EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d{1,9})?")
_LONGEST = 120  # characters; no stamp is longer


class Stamp(NamedTuple):
    """A date stamp in a text: its offsets there and its ISO 8601 value."""

    start: int
    end: int
    value: str


def parse_stamp(text: str) -> str | None:
    """Read a text that is nothing but a date stamp.

    Time of day and zone are dropped: the day is the one that is written. A day and month that could be either way
    round ("03/04/2009") give the year alone.

    Returns:
        ISO 8601, as fine as given: ``2009-01-29``, ``2009-01`` or ``2009``; ``None`` for what is no stamp, or no
        date of the calendar.
    """
    if len(text) > _LONGEST:
        return None
    stripped = text.strip()
    if epoch := _EPOCH.fullmatch(stripped):
        return _read_epoch(int(epoch[1]))
    match = _WHOLE.fullmatch(stripped)
    return _read_match(match) if match else None


def find_stamps(text: str) -> list[Stamp]:
    """Give the stamps in a short text, such as a byline; a bare year is none.

    Stamps that are no date of the calendar are passed over.
    """
    if _DIGITS.search(text) is None:
        return []
    found = []
    for match in _ANYWHERE.finditer(text):
        value = _read_match(match)
        if value is not None:
            found.append(Stamp(match.start(), match.end(), value))
    return found


def has_label(text: str) -> bool:
    """Tell whether a text begins as a labelled stamp does ("Published: ")."""
    return _LABELLED.match(text) is not None


def _read_epoch(seconds: int) -> str | None:
    """Read seconds since 1970 (UTC), from September 2001 on: shorter numbers are taken for something else."""
    if not 1_000_000_000 <= seconds < 4_102_444_800:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _read_match(match: re.Match[str]) -> str | None:
    groups = {key.rpartition("_")[0]: value for key, value in match.groupdict().items() if value is not None}
    year = int(groups["year"]) if "year" in groups else _expand_year(int(groups["short"]))
    if "first" in groups:
        return _read_numbers(year, int(groups["first"]), int(groups["second"]), dotted=groups["sep"] == ".")
    month = _MONTHS[groups["month"].lower()] if "month" in groups else int(groups.get("nmonth", 0))
    day = int(groups.get("day") or groups.get("nday") or 0)
    return _format_date(year, month, day)


def _expand_year(short: int) -> int:
    """Two digits: what would lie in the future of any reader of 2040 is taken for the last century."""
    return short + (2000 if short < 40 else 1900)


def _read_numbers(year: int, first: int, second: int, *, dotted: bool) -> str | None:
    """Read day and month in numbers; dots part them day first wherever dots are used."""
    if dotted or first > 12 or first == second:
        return _format_date(year, second, first)
    if second > 12:
        return _format_date(year, first, second)
    return str(year)


def _format_date(year: int, month: int, day: int) -> str | None:
    """Give ISO 8601; a zero stands for a part that is not known."""
    if not 1500 <= year < 2100:
        return None
    if month == 0:
        return str(year) if day == 0 else None
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else f"{year:04}-{month:02}"
