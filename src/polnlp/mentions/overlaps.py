"""The one rule for overlaps: mentions and dates neither nest nor overlap.

The outer one wins: "Bolivian Army" over "Bolivian", "2016 presidential election" over "2016". Of two that merely cross,
the longer, then the likelier, then the earlier. A date wins over a name of the very same words (a holiday). One
exception, from the codebook: a dated election or event that is no name of its own ("November 2008 regional elections")
gives its date alone; it is no name where, the date and the place apart, it has no capital and the date is more than a
bare year.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from polnlp.schema import DateMention, Mention

_WHERE = re.compile(r"(?<=[a-z])\s(?:in|of|across)\s(?:the\s)?[A-Z][^,]*$")


def resolve_overlaps(
    mentions: Iterable[Mention], dates: Iterable[DateMention] = ()
) -> tuple[tuple[Mention, ...], tuple[DateMention, ...]]:
    """Keep the outer of mentions and dates that overlap; both come back ordered by start.

    Args:
        mentions: In any order, from one text.
        dates: Of the same text; those that stand inside a name are dropped.
    """
    dates = list(dates)
    dates_by_start = sorted(dates, key=lambda date: date.start)
    names = [mention for mention in mentions if not _is_dated_election(mention, dates_by_start)]
    kept = _keep_outer([*names, *dates])
    return (
        tuple(item for item in kept if isinstance(item, Mention)),
        tuple(item for item in kept if isinstance(item, DateMention)),
    )


def _keep_outer(items: Sequence[Mention | DateMention]) -> list[Mention | DateMention]:
    taken: list[tuple[int, int]] = []  # ordered and apart, so that only the two neighbours can be in the way
    kept = []
    for item in sorted(items, key=_rank):
        place = bisect_left(taken, (item.start, item.end))
        free_before = place == 0 or taken[place - 1][1] <= item.start
        free_after = place == len(taken) or item.end <= taken[place][0]
        if free_before and free_after and item.start < item.end:
            insort(taken, (item.start, item.end))
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def _rank(item: Mention | DateMention) -> tuple[int, int, float, int, str]:
    """Order by length, a date before a name, then by score, start and label."""
    if isinstance(item, DateMention):
        return (item.start - item.end, 0, 0.0, item.start, item.type)
    return (item.start - item.end, 1, -item.score, item.start, item.label)


def _is_dated_election(mention: Mention, dates: list[DateMention]) -> bool:
    if mention.label not in ("ELECTION", "EVENT"):
        return False
    first = bisect_left(dates, mention.start, key=lambda date: date.start)
    for date in dates[first : first + 3]:
        if date.start >= mention.start and date.end < mention.end and not date.text.isdigit():
            start, end = date.start - mention.start, date.end - mention.start
            rest = mention.text[:start] + _WHERE.sub("", mention.text[end:])
            return rest == rest.lower()
    return False
