"""Choose among the places on the calendar that a date without a year (or a weekday) may mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from polnlp.mentions.dates.tense import FUTURE, OPEN, PAST
from polnlp.mentions.dates.values import Calendar
from polnlp.mentions.dates.when import When, day_from, weekday_of, widen

_AHEAD = 1.2  # reports look back more often than ahead: days ahead count for more
_SURE, _LIKELY = 0.95, 0.5  # range of the better reading's probability
_WEIGHT = 3.0  # how much further the reading may lie that a far verb speaks for
_JUST, _LONG = 15, 200  # days: a date just gone is not the next one in a year, whatever the tense


@dataclass(frozen=True, slots=True)
class Choice:
    """The best reading and others with their probabilities."""

    when: When
    others: tuple[tuple[When, float], ...] = ()


def choose(candidates: Sequence[When], base: When, direction: int | None, tense: float) -> Choice | None:
    """Choose by direction word ("last" is -1, "this" 0, "next" 1), else by tense, else by distance."""
    candidates = sorted(candidates, key=lambda when: when.first)
    if direction is not None:
        return _directed(candidates, base, direction, tense)
    same = [when for when in candidates if when.first <= base.first and base.last <= when.last]
    if base.unit in ("year", "decade") and candidates:
        inside = [when for when in candidates if base.first <= when.first <= base.last]
        return Choice(inside[0]) if inside else None
    before = [when for when in candidates if when.first <= base.last]
    after = [when for when in candidates if when.last >= base.first]
    if before and after and not same and _is_just_off(before[-1], after[0], base, tense):
        return _nearest(before[-1], after[0], base, OPEN)
    if tense == PAST and before:
        return Choice(before[-1])
    if tense == FUTURE and after:
        return Choice(after[0])
    if same or not before or not after:
        return Choice(same[0] if same else (before or after)[-1 if before else 0]) if candidates else None
    return _nearest(before[-1], after[0], base, tense)


def _is_just_off(before: When, after: When, base: When, tense: float) -> bool:
    behind, ahead = base.middle - before.middle, after.middle - base.middle
    return (tense == FUTURE and behind < _JUST and ahead > _LONG) or (
        tense == PAST and ahead < _JUST and behind > _LONG
    )


def _nearest(before: When, after: When, base: When, tense: float) -> Choice:
    behind, ahead = base.middle - before.middle, (after.middle - base.middle) * _AHEAD
    behind, ahead = behind * (_WEIGHT if tense > 0 else 1), ahead * (_WEIGHT if tense < 0 else 1)
    share = max(_LIKELY, min(_SURE, max(behind, ahead) / max(behind + ahead, 1)))
    best, other = (before, after) if behind <= ahead else (after, before)
    return Choice(best, ((other, round(1 - share, 4)),))


def _directed(candidates: Sequence[When], base: When, direction: int, tense: float) -> Choice | None:
    if base.unit in ("year", "decade"):
        return None  # an article of 2009 does not say whether "last October" was in it
    if direction < 0:
        found = [when for when in candidates if when.last < base.first][-1:]
    elif direction > 0:
        found = [when for when in candidates if when.first > base.last][:1]
    else:
        found = [when for when in candidates if when.year == base.year] or list(candidates[:1])
        gone = [when for when in candidates if when.last < base.first and base.first - when.last < _LONG]
        if tense == PAST and found and found[0].first > base.last and gone:
            return Choice(gone[-1])  # "they rose this summer", in January
    return Choice(found[0]) if found else None


def choose_weekday(value: Calendar, base: When, tense: float, *, after: bool = False) -> Choice | None:
    """Choose the day that a weekday means: in reports the last one, the base's own day included, unless told as ahead.

    Args:
        after: The weekday is counted from a date in force ("the following Tuesday"), never that day itself.
    """
    day = widen(base, "day")
    if day is None or value.weekday is None:
        return None
    time = str(value.clock) if value.clock else f"T{value.part}" if value.part else ""
    back = (weekday_of(day) - value.weekday) % 7
    last, following = day_from(day.first - back, time), day_from(day.first + (-back % 7), time)
    if value.direction is not None:
        return _directed_weekday(value, day, back, time, after)
    if tense > 0:
        return Choice(following, ((last, 0.25),) if back and tense < FUTURE else ())
    if tense == OPEN and back:
        return Choice(last, ((following, 0.25),))
    return Choice(last)


def _directed_weekday(value: Calendar, day: When, back: int, time: str, after: bool) -> Choice:
    weekday, direction = value.weekday or 1, value.direction or 0
    monday = day.first - (weekday_of(day) - 1)
    if direction < 0:
        return Choice(
            day_from(day.first - (back if back > 1 or (back and value.just) else back + 7), time)
        )  # yesterday is called so
    if direction == 0:
        return Choice(day_from(monday + weekday - 1, time))
    soon = day_from(day.first + (-back % 7 or 7), time)
    if after:
        return Choice(soon)
    in_next_week = day_from(monday + 7 + weekday - 1, time)
    if in_next_week == soon:
        return Choice(soon)
    return Choice(in_next_week, ((soon, 0.4),))
