"""What looks like a date and is none: names, quantities, numbers of documents, ages, verbs that sound like months."""

import re
from typing import Any

from polnlp.mentions.dates.find import Item
from polnlp.mentions.dates.values import Calendar, Duration

_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s])\s{0,3}\Z")
_AFTER = re.compile(r"\s?(-?[^\W_]+(?:['’][^\W\d_]+)*|[^\w\s])")
_GLUE_BEFORE = frozenset("$£€¥#@_&=/\\+<>~*^|")
_RESOLUTION = re.compile(r"\d \(\Z")  # "resolution 1778 (2007)"
_BARE = frozenset({"month", "Oct.", "season", "weekday"})


def is_date(item: Item, text: str, rules: dict[str, Any], guideline: str) -> bool:
    """Tell whether a candidate expression is one, from what stands around it."""
    before, after = _neighbours(text, item)
    value = next(iter(item.values.values()))
    if _is_glued(text, item) or _is_named(item, before, after, value, rules):
        return False
    if isinstance(value, Duration):
        return _is_duration(item, text, before, after, rules)
    if (
        guideline == "codebook"
        and item.rule == "year"
        and _RESOLUTION.search(text[max(0, item.start - 8) : item.start])
    ):
        return False
    if item.rule == "year" and not _is_year(item, text, before, after, rules):
        return False
    if item.rule in _BARE and isinstance(value, Calendar):
        return _is_bare_name(item, text, before, after, value, rules)
    if item.rule == "the 1990s" and before.lower() in rules["ages_before"]:
        return False
    if item.rule == "now" and (after[:1] == "-" or before.lower() in rules["now_after"]):
        return False
    if item.rule == "7:30" or item.rule == "numeric date":
        return after not in ("%",)
    return True


def _neighbours(text: str, item: Item) -> tuple[str, str]:
    """Give the word (or sign) before and the one after; empty at the edges of a text and of a line."""
    before = _BEFORE.search(text[max(0, item.start - 40) : item.start])
    after = _AFTER.match(text[item.end : item.end + 40])
    return before[1] if before else "", after[1] if after else ""


def _is_glued(text: str, item: Item) -> bool:
    """Tell whether the expression is a part of something longer: $2008, A/2008, 2008%, 1998m."""
    left, right = text[item.start - 1 : item.start], text[item.end : item.end + 1]
    if left and (left in _GLUE_BEFORE or left.isalnum()) and text[item.start].isdigit():
        return True
    if text[item.start].isdigit() and left in (".", ":", ",") and text[item.start - 2 : item.start - 1].isdigit():
        return True
    return (
        bool(right)
        and text[item.end - 1].isdigit()
        and (right in "%°$€£_" or (right in "./:" and text[item.end + 1 : item.end + 2].isdigit()))
    )


def _is_named(item: Item, before: str, after: str, value: Any, rules: dict[str, Any]) -> bool:
    """Tell whether a day or a weekday is part of a name: the March 13th Movement, the Sunday Times."""
    if not isinstance(value, Calendar) or value.year is not None:
        return False
    if after.lower() in rules["names_after"] and after[:1].isupper():
        return True
    day = value.month is not None and value.day is not None
    return (day or value.weekday is not None) and before.lower() in rules["names_before"] and before[:1].isupper()


def _is_year(item: Item, text: str, before: str, after: str, rules: dict[str, Any]) -> bool:
    """Tell a year from a quantity ("2000 troops") and from a number ("resolution 1325")."""
    left = before.lower()
    if left in rules["numbers_before"] or left in rules["amounts_before"]:
        return False
    year = int(re.sub(r"\D", "", text[item.start : item.end])[:4] or 0)
    if left in rules["years_before"]:
        return True
    if year < 1500:
        return left in ("(", "–", "-", "/")
    plural = after[:1].islower() and after.endswith("s") and after.lower() not in rules["years_after"]
    if plural and left not in rules["determiners"]:
        return False
    return after.lower() not in rules["units_after"]


def _is_bare_name(item: Item, text: str, before: str, after: str, value: Calendar, rules: dict[str, Any]) -> bool:
    """Tell a bare month, weekday or season from a person's name, a verb, a newspaper."""
    surface = text[item.start : item.end]
    left = before.lower()
    licensed = left in rules["months_before"]
    if value.month is not None and value.day is None and "month of" not in surface.lower():
        if surface[0].islower() and value.month in (3, 5) and not licensed:
            return False
        if after[:1].isupper() and after.lower() not in rules["capitals_after"] and not licensed:
            return False
        if before[:1].isupper() and not licensed and not _starts_sentence(text, item, before):
            return before.lower() in rules["capitals_before"]
        return licensed or value.month not in (3, 5) or _can_follow_may(after, rules, text, item)
    if value.season is not None and surface.split()[-1][0].isupper():
        return licensed and not (before[:1].isupper() and left not in rules["months_before"])
    if value.season is not None:
        return after.lower() not in rules["spring_after"] and left not in rules["spring_before"]
    return True


def _starts_sentence(text: str, item: Item, before: str) -> bool:
    at = text.rfind(before, 0, item.start)
    return at <= 0 or not text[:at].rstrip() or text[:at].rstrip()[-1] in '.!?:;"“”’—–-('


def _can_follow_may(after: str, rules: dict[str, Any], text: str, item: Item) -> bool:
    """Tell the month from the verb where no preposition helps: "May elections" against "May God help them"."""
    if item.start == 0 or text[: item.start].rstrip()[-1:] in ("", ".", "!", "?", "\n"):
        return after in (",", ".", ":", "") or after.lower() in rules["years_after"]
    return not after[:1].isupper()


def _is_duration(item: Item, text: str, before: str, after: str, rules: dict[str, Any]) -> bool:
    """Tell "a second" of time from a second one, "a quarter" of a year from a quarter of the votes."""
    words = text[item.start : item.end].lower().split()
    if words[-1] in rules["short_units"] and words[0] in rules["determiners"] and len(words) <= 2:
        return False
    if words[-1] in ("quarter", "half") and len(words) <= 3 and "-" not in words[-1]:
        return False
    if (
        after.lower() in rules["ages_after"]
        or (after.lower() in rules["when"] and words[-1] in rules["moments"] and words[0] in rules["determiners"])
        or (before.lower() in ("aged", "age") and after != "ago")
    ):
        return False
    if words == ["one", "day"] and before.lower() not in rules["one_day_after"]:
        return False
    return not (len(words) == 1 and "-" not in words[0] and before.lower() in rules["bare_units_not_after"])
