"""Grouping within an article: which mentions name one thing.

Names are joined by what a reader goes by: the same name; an acronym that is explained or that fits; a surname after a
full name; a name shortened or misspelt. Every join is kept with its rule, so that it can be shown and undone.
"""

from collections.abc import Sequence

from polnlp.entities.grouping.explained import join_definitions, join_known_as
from polnlp.entities.grouping.groups import RULE_SCORES, Apart, Group, Grouping, Join
from polnlp.entities.grouping.people import join_offices, join_people
from polnlp.entities.grouping.things import join_bodies, join_places
from polnlp.schema import Mention

__all__ = ["RULE_SCORES", "Apart", "Group", "Join", "group_mentions"]


def group_mentions(text: str, mentions: Sequence[Mention], apart: Apart | None = None) -> list[Group]:
    """Group the mentions of one article.

    Args:
        text: The article's text, for what stands between two names.
        mentions: Ordered by start.
        apart: Asked before two unlike names are joined.

    Returns:
        Groups in the order of their first mention; every mention is in exactly one.
    """
    grouping = Grouping(text, mentions, apart or (lambda _one, _other: False))
    grouping.start()
    join_definitions(grouping)
    join_known_as(grouping)
    join_people(grouping)
    join_offices(grouping)
    join_bodies(grouping)
    join_places(grouping)
    return grouping.finish()
