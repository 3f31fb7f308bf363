"""Bodies, events, works and places: acronyms, shortened names, other spellings; joined only where one fits."""

from polnlp.entities.grouping.groups import Grouping
from polnlp.entities.similarity import (
    fits_acronym,
    is_clipped,
    is_described,
    is_head,
    is_plural,
    is_shortened,
    is_tail,
    is_town,
    is_variant,
)

# A country has one of these, so that an article may speak of it before it gives the name in full; of organisations,
# councils and offices there are many.
_ONE_EACH = frozenset(
    [
        "assembly",
        "cabinet",
        "charter",
        "congress",
        "constitution",
        "court",
        "house",
        "legislature",
        "parliament",
        "senate",
    ]
)
_HALVES = (("north",), ("south",), ("east",), ("west",))


def join_bodies(state: Grouping) -> None:
    """Join acronyms to the names whose initials they are, and shortened names to full ones; only where one fits."""
    state.join_unique(
        {"body", "misc"}, "acronym", lambda one, two: one.acronym and fits_acronym(one, two, defined=False)
    )
    state.join_unique({"body", "misc"}, "described", is_described)
    state.join_unique({"body"}, "variant", is_variant)
    state.join_unique({"body"}, "shortened", is_shortened)
    state.join_unique({"body", "misc"}, "head", lambda one, two: one.key in _ONE_EACH and is_head(one, two))
    state.join_unique({"body", "misc"}, "head", is_head, behind=True)
    state.join_unique({"body"}, "shortened", is_tail)
    state.join_unique({"event"}, "variant", is_variant)
    state.join_unique({"misc"}, "variant", is_plural)
    state.join_unique({"misc"}, "shortened", is_clipped)


def _join_halves(state: Grouping) -> None:
    """Join "the North", where it is a country, to the one country of the article that is called so: "North Korea"."""
    countries = [n for n, group in state.groups.items() if state.mentions[group.members[0]].label == "COUNTRY"]
    for number in countries:
        half = state.groups[number].forms[0].words
        if half in _HALVES:
            whole = [
                other
                for other in countries
                if other in state.groups
                and any(len(form.words) == 2 and form.words[:1] == half for form in state.groups[other].forms)
            ]
            if len(whole) == 1:
                state.merge(number, whole[0], "shortened")


def join_places(state: Grouping) -> None:
    """Join "Mobile" to "Mobile, Alabama", and spelling variants."""
    state.join_unique({"place"}, "acronym", lambda one, two: one.acronym and fits_acronym(one, two, defined=False))
    state.join_unique({"place"}, "variant", is_variant)
    state.join_unique({"place"}, "shortened", is_clipped)
    _join_halves(state)
    for _ in range(2):  # "Mobile, Alabama, United States" first, so that "Mobile" meets one group
        state.join_unique({"place"}, "shortened", is_town)
