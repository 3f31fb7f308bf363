"""Normalise numbers, amounts and lengths of time: "two and a half", "several", "about three years", "every two weeks".

Each function is a normaliser: see ``normalise.py``.
"""

from dataclasses import replace

from polnlp.mentions.dates.spoken import HALF, Caught, Options, open_text, str_of_duration
from polnlp.mentions.dates.values import UNITS, Amount, Calendar, Deictic, Duration, Recurrence
from polnlp.mentions.dates.when import COARSENESS


def make_number(caught: Caught, options: Options, tables: Options) -> float | None:
    """Add up a spelled number: ``a`` hundreds, thousands, ..., then ``b`` and ``c``."""
    total = caught.get("a", 1) * caught.get("times", 1) + caught.get("b", 0) + caught.get("c", 0)
    return int(total) if total == int(total) else float(total)


def make_amount(caught: Caught, options: Options, tables: Options) -> Amount | None:
    """Make an amount of a number, of two ("two or three"), or of a vague word; ``options`` may fix it."""
    low, high = caught.get("n", options.get("value")), caught.get("high")
    if high is not None and (low is None or high <= low):
        return None
    return Amount(low, high, caught.get("mod", options.get("mod")))


def make_duration(caught: Caught, options: Options, tables: Options) -> Duration | None:
    """Make "three years", "about a week", "two or three days", "several decades"."""
    amount = caught.get("amount", Amount(options.get("value", 1), options.get("high")))
    if not isinstance(amount, Amount):
        amount = Amount(amount)
    if "x" in caught and caught["x"] == HALF:
        amount = Amount((amount.low or 0) + HALF)
    return Duration(((amount, caught["unit"]),), caught.get("mod", amount.mod))


def make_vague_duration(caught: Caught, options: Options, tables: Options) -> Duration | None:
    """Make "years", "decades-long"."""
    return Duration(((Amount(None), caught["unit"]),))


def make_period(caught: Caught, options: Options, tables: Options) -> Duration | Deictic | None:
    """Make "the past three years", "recent weeks": a length, though one whose end is known."""
    if "unit" in caught and "amount" not in caught:
        return Duration(((Amount(1), caught["unit"]),), "APPROX")
    if "dur" in caught and "amount" in caught:
        return Duration(((Amount(caught["amount"]), caught["dur"].parts[0][1]),))
    if "dur" in caught:
        amount, unit = caught["dur"].parts[0]
        if caught.get("dir") == 0 and amount.low is None and unit in COARSENESS:
            return Deictic(unit, 0)  # "this years budget", without its apostrophe
        return None if caught["dur"].parts[0][1] == "weekend" else caught["dur"]
    return Duration(((Amount(caught["amount"]), caught["unit"]),))


def join_durations(caught: Caught, options: Options, tables: Options) -> Duration | None:
    """Join "two years" and "three months"; only a smaller unit can follow."""
    first, second = caught["a"], caught["b"]
    names = list(UNITS)
    if names.index(first.parts[-1][1]) <= names.index(second.parts[0][1]) or first.parts[-1][0].low is None:
        return None
    return Duration(first.parts + second.parts, first.mod)


def make_set(caught: Caught, options: Options, tables: Options) -> Recurrence | None:
    """Make a set of times: "every Sunday", "twice a year", "annually", "each May"."""
    if "b" in caught and caught["b"] != caught["unit"]:
        return None
    value = caught.get("value", options.get("value")) or _recurring(caught, options)
    return Recurrence(value, "EVERY", f"{caught['freq']:g}X" if "freq" in caught else "") if value else None


def _recurring(caught: Caught, options: Options) -> str | None:
    if "duration" in caught:
        return str_of_duration(caught["duration"])
    if "unit" in caught and "day" not in caught:
        unit, count = caught["unit"], int(caught.get("nth", options.get("every", 1)))
        return str_of_duration(Duration(((Amount(count), unit),)))
    of = caught.get("of", Calendar(weekday=caught.get("weekday"), season=caught.get("season"), day=caught.get("day")))
    return open_text(replace(of, part=caught.get("part", of.part))) if isinstance(of, Calendar) else None
