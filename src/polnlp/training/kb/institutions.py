"""Bodies and parties that every country or state of a kind has: made by rule, so that they need no list."""

from collections.abc import Iterable

from polnlp.kb.names import fold_name, slug
from polnlp.training.kb.drafts import Draft

# What stands in each sovereign state: kind, name, further names; {country} and {adjective} are filled in.
_BODIES = (
    ("legislature", "Parliament of {country}", ("{adjective} Parliament", "{adjective} legislature")),
    ("army", "{adjective} Army", ("Army of {country}",)),
    ("army", "{adjective} Armed Forces", ("Armed Forces of {country}", "{adjective} military")),
    ("army", "{adjective} Navy", ()),
    ("army", "{adjective} Air Force", ()),
    ("court", "Supreme Court of {country}", ("{adjective} Supreme Court",)),
    ("government", "Ministry of Foreign Affairs of {country}",
     ("{adjective} Foreign Ministry", "Foreign Ministry of {country}")),
)  # fmt: skip
# Parties that stand in every state of a federation under the state's name.
_STATE_PARTIES = {
    "USA": (
        ("{state} Democratic Party", "Democratic Party of {state}"),
        ("{state} Republican Party", "Republican Party of {state}"),
    ),
    "CAN": (
        ("{state} Liberal Party", "Liberal Party of {state}", "{state} Liberals"),
        ("{state} New Democratic Party", "New Democratic Party of {state}", "{state} NDP"),
        ("Progressive Conservative Party of {state}", "{state} Progressive Conservative Party", "{state} Progressive Conservatives",  # noqa: E501
         "Progressive Conservative Association of {state}"),
        ("Green Party of {state}", "{state} Green Party", "{state} Greens"),
    ),
    "AUS": (("{state} Labor Party", "Labor Party of {state}", "{state} Labor"), ("{state} Greens", "Greens {state}")),
}  # fmt: skip


def build_institutions(
    countries: Iterable[Draft], adjectives: dict[str, list[str]], taken: set[tuple[str, str]]
) -> list[Draft]:
    """Make the bodies that every sovereign state has.

    Args:
        adjectives: Country's code to its adjectives, lower case, the usual one first.
        taken: Country and folded name of bodies that are there already; these are not made again.
    """
    made = []
    for country in countries:
        words = adjectives.get(country.country or "", [])
        if country.kind != "country" or not words or country.country is None:
            continue
        adjective = " ".join(word.capitalize() for word in words[0].split())
        for kind, name, aliases in _BODIES:
            names = [text.format(country=country.name, adjective=adjective) for text in (name, *aliases)]
            if any((country.country, fold_name(text)) in taken for text in names):
                continue
            draft = Draft(
                f"org:{country.country}:{slug(names[0])}",
                "ORG",
                names[0],
                kind=kind,
                country=country.country,
                prior=0.4,
            )
            _fill(draft, names)
            made.append(draft)
    return made


def build_state_parties(regions: Iterable[Draft], taken: set[tuple[str, str]]) -> list[Draft]:
    """Make the parties of a federation's states, but for those that are there already."""
    made = []
    for region in regions:
        if region.kind != "admin1" or region.country not in _STATE_PARTIES:
            continue
        for patterns in _STATE_PARTIES[region.country]:
            names = [pattern.format(state=region.name) for pattern in patterns]
            if any((region.country, fold_name(text)) in taken for text in names):
                continue
            draft = Draft(
                f"party:{region.country}:{slug(names[0])}",
                "PARTY",
                names[0],
                kind="state-party",
                country=region.country,
                prior=0.4,
            )
            _fill(draft, names)
            made.append(draft)
    return made


def _fill(draft: Draft, names: list[str]) -> None:
    draft.add(names[0], "name")
    for text in names[1:]:
        draft.add(text)
    draft.sources.add("polnlp")
