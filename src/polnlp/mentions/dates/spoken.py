"""What normalisers take, and how values without an anchor are written: ``P3Y``, ``XXXX-10-23``, ``P1Y-``."""

from collections.abc import Mapping
from typing import Any

from polnlp.mentions.dates.values import UNITS, Amount, Calendar, Deictic, Duration, Interval, Part, Shift, Value

Caught = Mapping[str, Any]  # what a rule caught, by label
HALF = 0.5
Options = Mapping[str, Any]  # a rule's options, or the language's tables


def open_text(calendar: Calendar) -> str | None:
    """Write a calendar value without a year as TIMEX3 does: ``XXXX-10-23``, ``XXXX-WXX-5``, ``XXXX-SU``."""
    time = str(calendar.clock) if calendar.clock else f"T{calendar.part}" if calendar.part else ""
    if calendar.month is not None:
        return f"XXXX-{calendar.month:02d}" + (f"-{calendar.day:02d}{time}" if calendar.day else "")
    if calendar.weekday is not None:
        return f"XXXX-WXX-{calendar.weekday}{time}"
    if calendar.season is not None:
        return f"XXXX-{calendar.season}"
    if calendar.quarter is not None or calendar.half is not None:
        return f"XXXX-Q{calendar.quarter}" if calendar.quarter is not None else f"XXXX-H{calendar.half}"
    if calendar.week is not None:
        return f"XXXX-W{calendar.week:02d}"
    if calendar.day is not None:
        return f"XXXX-XX-{calendar.day:02d}{time}"
    return time or ("XXXX-XX-XX" if calendar.holiday else None)


def str_of_duration(duration: Duration) -> str:
    """Write a duration as TIMEX3 does: ``P3Y``, ``P2Y6M``, ``PT90M``, ``PXD`` for a vague number."""
    days, times = "", ""
    for amount, unit in duration.parts:
        if unit == "hour" and amount.low == HALF:
            amount, unit = Amount(30), "minute"
        designator, count = UNITS[unit]
        vague = {"decade": "DE", "century": "CE", "millennium": "ML"}
        if amount.low is None:
            text = "X" + vague.get(unit, "M" if unit in ("season", "half") else designator.lstrip("T"))
        else:
            text = f"{amount.low * count:g}" + designator.lstrip("T")
            text = text if "e" not in text else f"{int(amount.low * count)}{designator.lstrip('T')}"
        if designator[0] == "T":
            times += text
        else:
            days += text
    return "P" + days + ("T" + times if times else "")


def say_relative(value: Value | None) -> str | None:
    """Write what a value says without an anchor: ``P1Y-`` a year before, ``P3D+`` three days after, ``XXXX-10-23``."""
    if isinstance(value, Deictic):
        if value.unit == "any":
            return "P0D"
        designator, count = UNITS[value.unit]
        if value.unit == "weekend":
            designator = "WE"
        sign = "-" if value.offset < 0 else "+" if value.offset > 0 else ""
        return f"P{abs(value.offset) * count}{designator}{sign}"
    if isinstance(value, Shift):
        return str_of_duration(value.duration) + ("-" if value.sign < 0 else "+")
    if isinstance(value, Calendar):
        inner, outer = open_text(value), say_relative(value.within)
        return f"{outer} {inner}" if inner and outer else inner or outer
    if isinstance(value, Interval):
        return f"{say_relative(value.start) or '..'}/{say_relative(value.end) or '..'}"
    return say_relative(value.of) if isinstance(value, Part) else None
