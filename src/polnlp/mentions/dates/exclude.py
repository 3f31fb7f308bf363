"""What looks like a date and is none: names, quantities, numbers of documents, ages, verbs that sound like months.

A rule of the grammar names the ``check`` that its candidates must pass; the words stand in the language's file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from polnlp.mentions.dates.find import Item
from polnlp.mentions.dates.values import Calendar, Duration

Words = Mapping[str, Any]  # a frozenset per name, a tuple where the name ends in "_endings"

_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s])\s{0,3}\Z")
_AFTER = re.compile(r"\s?(-?[^\W_]+(?:['’][^\W\d_]+)*|[^\w\s])")
_ABBREVIATED = re.compile(r"(\w+)\. ?\Z")
_RESOLUTION = re.compile(r"\d \(\Z")  # "resolution 1778 (2007)"
_LAST_YEAR = re.compile(r"\d{4}\Z")
_GLUE_BEFORE = frozenset("$£€¥#@_&=/\\+<>~*^|")
_GLUE_AFTER = frozenset("%°$€£_")
_OLDEST_BARE = 1500  # an earlier year needs a word that says so
_MARCH_MAY = (3, 5)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate in its text, with the word (or sign) before it and the one after."""

    text: str
    item: Item
    before: str
    after: str
    value: Any

    @property
    def surface(self) -> str:
        """The candidate's characters."""
        return self.text[self.item.start : self.item.end]


def look_at(item: Item, text: str) -> Place:
    """Give a candidate with its neighbours; they are empty at the edges of the text."""
    before = _BEFORE.search(text[max(0, item.start - 40) : item.start])
    after = _AFTER.match(text[item.end : item.end + 40])
    return Place(text, item, before[1] if before else "", after[1] if after else "", next(iter(item.values.values())))


def is_date(item: Item, text: str, words: Words, guideline: str) -> bool:
    """Tell whether a candidate expression is one, from what stands around it."""
    place = look_at(item, text)
    if _is_glued(place) or _is_named(place, words, guideline):
        return False
    if isinstance(place.value, Duration):
        return _is_duration(place, words)
    if (
        guideline == "codebook"
        and item.check == "year"
        and _RESOLUTION.search(text[max(0, item.start - 8) : item.start])
    ):
        return False
    return _CHECKS[item.check](place, words) if item.check in _CHECKS else True


def _is_glued(place: Place) -> bool:
    """Tell whether the expression is a part of something longer: $2008, A/2008, 2008%, 1998m."""
    text, start, end = place.text, place.item.start, place.item.end
    left, right = text[start - 1 : start], text[end : end + 1]
    if text[start].isdigit() and left:
        if left in _GLUE_BEFORE or left.isalnum():
            return True
        if left in ".:," and text[max(0, start - 2) : start - 1].isdigit():
            return True
    if not right or not text[end - 1].isdigit():
        return False
    return right in _GLUE_AFTER or (right in "./:" and text[end + 1 : end + 2].isdigit())


def _is_named(place: Place, words: Words, guideline: str) -> bool:
    """Tell whether a day or a weekday is part of a name: the March 13th Movement, the Sunday Times."""
    value, before, after = place.value, place.before, place.after
    if not isinstance(value, Calendar) or value.year is not None:
        return False
    if after.lower() in words["names_after"] and after[:1].isupper():
        return True
    day = value.month is not None and value.day is not None
    if guideline == "codebook" and (value.month, value.day) == (9, 11) and after.lower() in words["attacks_after"]:
        return True
    return (day or value.weekday is not None) and before.lower() in words["names_before"] and before[:1].isupper()


def _is_year(place: Place, words: Words) -> bool:
    """Tell a year from a quantity ("2000 troops") and from a number ("resolution 1325")."""
    left, after, start = place.before.lower(), place.after, place.item.start
    if left in words["numbers_before"] or left in words["amounts_before"]:
        return False
    abbreviated = _ABBREVIATED.search(place.text[max(0, start - 12) : start])
    if abbreviated and abbreviated[1].lower() in words["numbers_before"]:
        return False
    if left in words["years_before"]:
        return True
    if isinstance(place.value, Calendar) and (place.value.year or 0) < _OLDEST_BARE:
        return left in ("(", "–", "-", "/") or left in words["years_maybe"]
    plural = after[:1].islower() and after.endswith("s") and after.lower() not in words["years_after"]
    if plural and left not in words["determiners"]:
        return False
    return after.lower() not in words["units_after"] and not after.endswith(words["people_endings"])


def _is_month(place: Place, words: Words) -> bool:
    """Tell a bare month from a person's name and a verb."""
    value, after, left = place.value, place.after, place.before.lower()
    if not isinstance(value, Calendar) or value.month is None:
        return True
    licensed = left in words["months_before"]
    if place.surface[0].islower() and value.month in _MARCH_MAY and not licensed and "march" in words["name_months"]:
        return False
    sure = licensed and left not in words["weak_before"]
    if after[:1].isupper() and after.lower() not in words["capitals_after"] and not sure:
        return False
    if place.before[:1].isupper() and not licensed:
        return False
    return licensed or value.month not in _MARCH_MAY or _can_follow_may(place, words)


def _can_follow_may(place: Place, words: Words) -> bool:
    """Tell the month from the verb where no preposition helps: "May elections" against "May God help them"."""
    opening = place.text[: place.item.start].rstrip()[-1:]
    if opening in ("", ".", "!", "?", "\n"):
        return place.after in (",", ".", ":", "") or place.after.lower() in words["years_after"]
    return not place.after[:1].isupper()


def _is_day_of_month(place: Place, words: Words) -> bool:
    """Tell a day from a count and a verb: "one may ask", "the second may follow"."""
    spoken = place.surface.split()
    month = not isinstance(place.value, Calendar) or place.value.month in _MARCH_MAY
    verb = month and spoken[-1] in words["name_months"] and "of" not in spoken
    return not (verb and not place.surface[0].isdigit() and all(word.isalpha() for word in spoken))


def _is_season(place: Place, words: Words) -> bool:
    """Tell a season from a name (the Arab Spring) and from a verb or a thing (springs, to fall)."""
    left = place.before.lower()
    if place.surface.split()[-1][0].isupper():
        return left in words["months_before"]
    return place.after.lower() not in words["spring_after"] and left not in words["spring_before"]


def _is_duration(place: Place, words: Words) -> bool:
    """Tell "a second" of time from a second one, "a quarter" of a year from one of the votes, a span from an age."""
    if place.after[:1].isupper() and place.after.lower() in words["named_lengths"] and place.surface[0].isupper():
        return False
    spoken = place.surface.lower().split()
    before, after, last = place.before.lower(), place.after.lower(), spoken[-1]
    if len(spoken) <= 2 and last in words["short_units"] and spoken[0] in words["determiners"]:
        return False
    if last in words["fractions"] and len(spoken) <= 3:
        return False
    if after in words["ages_after"] or before in words["aged_before"]:
        return False
    if after in words["when"] and last in words["moments"] and spoken[0] in words["determiners"]:
        return False
    if " ".join(spoken) in words["one_day"] and before not in words["one_day_after"]:
        return after in words["one_day_before"]
    if spoken[0] in words["many"] and before in words["amounts_as"]:
        return False
    if place.item.check == "adjective":
        return True
    if place.item.check == "bare" and _has_article(place, words):
        return False
    return not (len(spoken) == 1 and "-" not in last and before in words["bare_units_not_after"])


def _has_article(place: Place, words: Words) -> bool:
    """Tell whether an article stands before a unit and what describes it: "the early days of", "his last years of"."""
    return any(word.lower() in words["articles"] for word in place.text[: place.item.start][-40:].split()[-2:])


_CHECKS: dict[str, Callable[[Place, Words], bool]] = {
    "year": _is_year,
    "month": _is_month,
    "month day": _is_day_of_month,
    "season": _is_season,
    "adverb": lambda place, words: (
        not (place.surface.istitle() and (place.before[:1].isupper() or place.after[:1].isupper()))
    ),
    "decade": lambda place, words: place.before.lower() not in words["ages_before"],
    "award": lambda place, words: not place.surface.split()[-1][0].isupper(),
    "slash": lambda place, words: place.surface.split()[-1] not in words["slashes"] and place.after not in ("%", "/"),
    "now": lambda place, words: place.after[:1] != "-" and place.before.lower() not in words["now_after"],
}


def shorten(item: Item, text: str, words: Words) -> Item:
    """Cut off what is no date: an event named by its season (the Prague Spring of 1968), a verb, a count."""
    if item.check == "lasting":
        return _without_verb(item, text, words)
    if item.check == "month day":
        return _without_count(item, text, words)
    if item.check != "season year":
        return item
    place = look_at(item, text)
    year = _LAST_YEAR.search(place.surface)
    named = place.before[:1].isupper() and place.before.lower() not in words["months_before"]
    if not year or not named or not place.surface[0].isupper() or not isinstance(place.value, Calendar):
        return item
    return replace(item, start=item.start + year.start(), values={"date": replace(place.value, season=None)})


def _without_count(item: Item, text: str, words: Words) -> Item:
    """Leave the number out of "in March nine men were shot"."""
    place = look_at(item, text)
    month, _, last = place.surface.rpartition(" ")
    spelled = last.isalpha() and last.islower() and not last.endswith(words["ordinal_endings"])
    counts = place.after.isalpha() and place.after.islower() and place.after not in words["days_before"]
    if not spelled or not counts or not isinstance(place.value, Calendar):
        return item
    return replace(item, end=item.start + len(month.rstrip()), values={"date": replace(place.value, day=None)})


def _without_verb(item: Item, text: str, words: Words) -> Item:
    """Leave the verb out of "it could last weeks"."""
    place = look_at(item, text)
    first, _, rest = place.surface.partition(" ")
    if not rest or first.lower() not in words["verbs"] or place.before.lower() not in words["verbs_after"]:
        return item
    return replace(item, start=item.end - len(rest.lstrip()))
