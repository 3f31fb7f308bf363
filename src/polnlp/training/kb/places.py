"""Countries (present and past), administrative regions, cities and world regions, with demonyms."""

import math
from pathlib import Path

from polnlp.kb.names import fold_name, slug
from polnlp.schema import Label
from polnlp.training.kb.drafts import CURATED, Draft, is_latin, parse_sources, read_table, split_cell, to_year

_HELD_OUT = "iso-codes"  # rows that rest on LGPL data alone
# ISO 3166-3 alpha-4 would be exact; readers know these better.
_PAST = {"DEU-W": "DEW", "VNM-N": "VDN", "": "OTT", "UNK": "XKX"}
# Foreign names are kept for cities that an article may well name in an old or foreign spelling.
_FOREIGN_FROM = 300_000
# Districts without a code are kept where their names are English; elsewhere they are "Comuna Banita", "Powiat sremski".
_ENGLISH = frozenset(["AUS", "CAN", "GBR", "GHA", "IND", "IRL", "JAM", "KEN", "NGA", "NZL", "PAK", "USA", "ZAF", "ZWE"])
_POSTAL = frozenset(["US", "CA", "AU"])
# World regions of the tables that are regions or countries with an id of their own.
_SAME = {
    "england": "region:GB-ENG",
    "scotland": "region:GB-SCT",
    "wales": "region:GB-WLS",
    "northern-ireland": "region:GB-NIR",
    "catalonia": "region:ES-CT",
    "basque-country": "region:ES-PV",
    "palestine": "country:PSE",
    "western-sahara": "country:ESH",
    "antarctica": "country:ATA",
    "tibet": "region:CN-XZ",
    "xinjiang": "region:CN-XJ",
    "chechnya": "region:RU-CE",
}
# How adjectives of countries end, nouns for their people mostly do not.
_ADJECTIVE = ("an", "ish", "ese", "ch", "i", "ic", "ek")
_KINDS = {"country": "country", "historical-country": "past-country"}


def build_places(source: Path) -> list[Draft]:
    """Make an entry for every place of the tables; ids are ISO codes or GeoNames ids wherever there is one."""
    drafts: dict[str, Draft] = {}
    for row in read_table(source / "regions.tsv.gz"):
        sources = parse_sources(row["source"])
        if sources == {_HELD_OUT} or (sources == {"geonames-admin"} and row["parent"].split("/")[0] not in _ENGLISH):
            continue
        draft = _build_place(row)
        draft.sources = {_rename(name) for name in sources if name != _HELD_OUT}
        held = drafts.get(draft.id)
        if held is None:
            drafts[draft.id] = draft
        else:
            for text, kind in draft.aliases.items():
                held.add(text, kind)
    _apply_curated(drafts)
    _apply_state_names(drafts)
    _raise_capitals(drafts)
    _add_listed(drafts)
    _shorten_counties(drafts)
    _add_postal(drafts)
    _drop_confusing(drafts)
    return list(drafts.values())


def build_demonyms(source: Path) -> dict[str, str]:
    """Give English demonyms and adjectives, folded, each with the id of its country or region.

    Of several bearers the sovereign one wins ("Chinese" is of China, "Dutch" of the Netherlands); what two sovereign
    states share ("Congolese", "Korean") is left out unless the curated table decides.
    """
    bearers: dict[str, set[str]] = {}
    curated = {fold_name(row["demonym"]): row["id"] for row in read_table(CURATED / "demonyms.tsv")}
    for row in read_table(source / "demonyms.tsv"):
        if row["lang"] == "eng" and row["region_id"]:
            place = row["region_id"]
            bearers.setdefault(fold_name(row["demonym"]), set()).add(_region_id(place))
    found = {word: min(places) for word, places in bearers.items() if len(places) == 1}
    return dict(sorted({**found, **curated}.items()))


def group_adjectives(demonyms: dict[str, str]) -> dict[str, list[str]]:
    """Give each country's adjectives and demonyms, lower case: singulars first, then the shortest."""
    found: dict[str, list[str]] = {}
    for word, place in demonyms.items():
        found.setdefault(place.removeprefix("country:"), []).append(word)
    return {
        code: sorted(words, key=lambda word: (not word.endswith(_ADJECTIVE), len(word), word))
        for code, words in found.items()
    }


def _shorten_counties(drafts: dict[str, Draft]) -> None:
    """Let "Del Norte" name Del Norte County where nothing else is called so."""
    taken = {fold_name(text) for draft in drafts.values() for text in draft.aliases}
    for draft in drafts.values():
        short = draft.name.removesuffix(" County").removesuffix(" Parish")
        if draft.kind == "admin2" and short != draft.name and fold_name(short) not in taken:
            draft.add(short, "derived")


def _add_postal(drafts: dict[str, Draft]) -> None:
    """Let the states of three federations be called as their post offices call them: "Bartlesville, OK", "NSW"."""
    for draft in drafts.values():
        country, _, code = (draft.iso or "").partition("-")
        if draft.kind == "admin1" and country in _POSTAL and code.isalpha():
            draft.add(code, "acronym")


def _raise_capitals(drafts: dict[str, Draft]) -> None:
    """Let capitals and world cities go before their namesakes."""
    cities: dict[tuple[str | None, str], list[Draft]] = {}
    for draft in drafts.values():
        if draft.kind == "city":
            for text in draft.aliases:
                cities.setdefault((draft.country, fold_name(text)), []).append(draft)
    for row in read_table(CURATED / "capitals.tsv"):
        found = cities.get((row["country"], fold_name(row["name"])), [])
        if found:
            city = max(found, key=lambda draft: (draft.population or 0, draft.id))
            city.add(row["name"])
            city.prior = max(city.prior, 0.8)


def _drop_confusing(drafts: dict[str, Draft]) -> None:
    """Take from a place a foreign name that is another country's own: "Sudan" is not South Sudan."""
    own = {fold_name(draft.name): draft for draft in drafts.values() if draft.label == "COUNTRY"}
    for draft in drafts.values():
        for text in [text for text, kind in draft.aliases.items() if kind == "foreign"]:
            if own.get(fold_name(text), draft) is not draft:
                del draft.aliases[text]


def _region_id(region: str) -> str:
    if region.startswith("M:"):
        return _SAME.get(region[2:], f"region:{region[2:]}")
    return f"country:{_PAST.get(region, region)}"


def _build_place(row: dict[str, str]) -> Draft:
    kind = _KINDS.get(row["kind"], row["kind"])
    country = _country_of(row)
    draft = Draft(
        id=_place_id(row, kind, country),
        label="COUNTRY" if kind in ("country", "past-country") else "REGION",
        name=row["name"],
        kind=kind,
        qid=row["wikidata"] or None,
        iso=_iso_of(row, kind),
        geonames=row["geonames"] or None,
        country=country,
        lat=round(float(row["lat"]), 4) if row["lat"] else None,
        lon=round(float(row["lon"]), 4) if row["lon"] else None,
        population=int(float(row["pop"])) if row["pop"] else None,
    )
    draft.prior = _prior(kind, draft.population)
    draft.add(row["name"], "name")
    if row["ascii_name"]:
        draft.add(row["ascii_name"])
    _add_aliases(draft, split_cell(row["aliases"]))
    return draft


def _add_aliases(draft: Draft, aliases: list[str]) -> None:
    if draft.kind == "city" and (draft.population or 0) < _FOREIGN_FROM:
        return
    # "Washington" for Washington County would make every county a namesake of a state or a president.
    if draft.kind == "admin2" and not draft.iso:
        return
    for alias in aliases:
        if is_latin(alias) and len(fold_name(alias)) > 3:
            foreign = draft.kind in ("city", "country", "admin1", "admin2")
            draft.add(alias, "foreign" if foreign else "alias")


def _country_of(row: dict[str, str]) -> str | None:
    if row["kind"] in _KINDS:
        return _PAST.get(row["iso"], row["iso"])
    parent = row["parent"].split("/")[0]
    return _PAST.get(parent, parent) if parent else None


def _iso_of(row: dict[str, str], kind: str) -> str | None:
    if kind == "past-country":
        return None
    return _PAST.get(row["iso"], row["iso"]) if row["iso"] else None


def _place_id(row: dict[str, str], kind: str, country: str | None) -> str:
    if kind in ("country", "past-country"):
        return f"country:{country}"
    if kind == "macro-region":
        return _region_id(row["id"])
    if kind == "city":
        return f"city:{row['geonames']}"
    if row["iso"]:
        return f"region:{row['iso']}"
    parent = row["parent"].partition("/")[2]
    return ":".join(["region", country or "", slug(row["name"])] + ([slug(parent)] if parent else []))


def _prior(kind: str, population: int | None) -> float:
    if kind in ("country", "past-country"):
        return 0.95
    if kind == "macro-region":
        return 0.9
    base = {"admin1": 0.6, "admin2": 0.15, "city": 0.0}.get(kind, 0.8)
    # From a town of 15,000 (0.04) to a city of ten millions (0.75).
    size = max(0.0, min(1.0, (math.log10(max(population or 1, 1)) - 4) / 3.2))
    return round(max(base, size * 0.8), 3)


def _rename(source: str) -> str:
    return "polnlp" if source.startswith(("UN-M49", "iso3166-3", "curated")) else source


def _apply_curated(drafts: dict[str, Draft]) -> None:
    """Add English names, years and further places of our own to the tables' places."""
    for row in read_table(CURATED / "places.tsv"):
        draft = drafts.get(row["id"])
        if draft is None:
            label: Label = "COUNTRY" if row["id"].startswith("country:") else "REGION"
            draft = drafts[row["id"]] = Draft(
                row["id"], label, row["name"], kind=row["kind"], country=row["country"] or None
            )
            draft.prior = _prior(draft.kind, None)
            draft.add(row["name"], "name")
        elif row["name"]:
            draft.add(draft.name, "alias")
            draft.name = row["name"]
            draft.add(row["name"], "name")
        for alias in split_cell(row["aliases"]):
            draft.aliases.pop(alias, None)
            draft.add(alias)
        for alias in split_cell(row["drop"]):
            draft.aliases.pop(alias, None)
        draft.since = to_year(row["since"]) or draft.since
        draft.until = to_year(row["until"]) or draft.until
        draft.qid = draft.qid or row["qid"] or None
        draft.prior = max(draft.prior, 0.8)
        draft.sources.add("polnlp")


def _apply_state_names(drafts: dict[str, Draft]) -> None:
    """Add from which year to which a state bore a name; a name may come back."""
    for row in read_table(CURATED / "state_names.tsv"):
        draft = drafts.get(row["id"])
        if draft is not None:
            if row["name"] not in draft.aliases or draft.aliases[row["name"]] == "foreign":
                draft.add(row["name"])
            draft.years.setdefault(row["name"], []).append([to_year(row["since"]), to_year(row["until"])])
            draft.sources.add("polnlp")


def _add_listed(drafts: dict[str, Draft]) -> None:
    """Add historic counties, provinces and the like, which an article still names; what is known already is left."""
    known = {(draft.country, fold_name(text)): draft for draft in reversed(drafts.values()) for text in draft.aliases}
    for row in read_table(CURATED / "regions.tsv"):
        for item in split_cell(row["names"]):
            name, *aliases = [part.strip() for part in item.split("=")]
            held = known.get((row["country"], fold_name(name)))
            if held is not None:
                for text in aliases:
                    held.add(text)
                continue
            kind: Label = "COUNTRY" if row["kind"] == "past-country" else "REGION"
            entity_id = f"{kind.lower()}:{row['country'] or 'past'}:{slug(name)}" if kind == "COUNTRY" else ""
            where = f"{row['country']}:" if row["country"] else ""
            draft = Draft(entity_id or f"region:{where}{slug(name)}", kind, name, kind=row["kind"])
            draft.country, draft.prior = row["country"] or None, 0.5
            for text in (name, *aliases):
                draft.add(text, "name" if text == name else "alias")
            draft.sources.add("polnlp")
            drafts[draft.id] = draft
