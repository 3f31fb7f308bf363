"""What an article tells about where and when it is: its countries, its year, who else is in it."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from polnlp.entities.grouping import Group
from polnlp.kb import KnowledgeBase
from polnlp.kb.names import fold_name
from polnlp.schema import Article, Mention

_METADATA_WEIGHT = 3.0
# A country's own names and demonyms count whole; a place or body in it counts less, for its name may be another's.
PLACE_WEIGHT = 0.5
_NAMESAKE = 0.5  # prior from which on another place of a country's name leaves a doubt


class ArticleContext(msgspec.Struct):
    """Countries by weight, for the whole article and for each paragraph, and the article's year."""

    year: int | None
    countries: defaultdict[str, float]
    by_paragraph: dict[int, defaultdict[str, float]]

    def support(self, country: str | None, paragraphs: set[int]) -> tuple[float, float]:
        """Tell how much article and paragraphs are about a country: its shares of all that is said of countries."""
        if country is None or not self.countries or not (most := max(self.countries.values())):
            return 0.0, 0.0
        whole = self.countries.get(country, 0.0) / most
        near = 0.0
        for index in paragraphs:
            held = self.by_paragraph.get(index)
            if held and max(held.values()):
                near = max(near, held.get(country, 0.0) / max(held.values()))
        return whole, near

    def add(self, country: str, paragraph: int, weight: float = PLACE_WEIGHT) -> None:
        """Add a name that speaks for a country."""
        self.countries[country] += weight
        self.by_paragraph.setdefault(paragraph, defaultdict(float))[country] += weight


def read_context(
    article: Article, mentions: Sequence[Mention], groups: Sequence[Group], kb: KnowledgeBase
) -> ArticleContext:
    """Gather what is said of countries by names that can mean nothing else."""
    year = int(article.date.value[:4]) if article.date and article.date.value[:4].isdigit() else None
    context = ArticleContext(year, defaultdict(float), {})
    given = article.metadata.get("country")
    if isinstance(given, str):
        code = _read_country(given, kb)
        if code is not None:
            context.countries[code] += _METADATA_WEIGHT
    for group in groups:
        country = _country_of(group, mentions, kb)
        if country is not None:
            for index in group.members:
                context.add(country, mentions[index].paragraph, 1.0)
    return context


def _country_of(group: Group, mentions: Sequence[Mention], kb: KnowledgeBase) -> str | None:
    form = group.full
    if group.kind == "misc":
        place = kb.demonym(form.key)
        if place is None:
            return None
        if place.startswith("country:"):
            return place.removeprefix("country:")
        return place.removeprefix("region:").partition("-")[0] if place[7:8].isupper() else None
    if group.kind != "place":
        return None
    held = [candidate for candidate in kb.candidates(form.name) if candidate.how != "surname"]
    countries = {candidate.country for candidate in held if candidate.label == "COUNTRY"}
    clear = all(candidate.country in countries or candidate.prior < _NAMESAKE for candidate in held)
    if len(countries) == 1 and (clear or mentions[group.members[0]].label == "COUNTRY"):
        return next(iter(countries))
    return None


def _read_country(given: str, kb: KnowledgeBase) -> str | None:
    if len(given) == 3 and given.isupper() and kb.entry(f"country:{given}"):
        return given
    names = [candidate for candidate in kb.candidates(given) if candidate.label == "COUNTRY"]
    if names:
        return names[0].country
    place = kb.demonym(fold_name(given))
    return place.removeprefix("country:") if place else None
