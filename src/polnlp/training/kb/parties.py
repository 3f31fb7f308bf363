"""Political parties: junk dropped, double rows merged, nicknames and member names derived."""

import re
from collections import defaultdict
from pathlib import Path

from polnlp.kb.names import fold_name, is_acronym, slug
from polnlp.training.kb.drafts import CURATED, Draft, is_latin, parse_sources, read_table, split_cell, to_year

# The Factbook's lists run party, [leader] and notes together; what shows it is not the name of a party.
_JUNK = re.compile(
    r"[\[\]{}<>]|\bno-party\b|\bother:|\bsecretary\b|\bchairman\b|\bcoalition of\b|\balliance of the\b|\bNA\b"
)
_SHOUTED = re.compile(r"\b[^\W\d_]{3,}\b")
_FORMER = re.compile(r"\s*\(?\b(?:formerly|previously|now|or|also) (?:known as |called |the )?", re.IGNORECASE)
_GENERIC = frozenset({"assembly", "congress", "union", "alliance", "coalition", "independent", "independents", "other"})
_BRITISH = {"labour": "labor", "centre": "center", "defence": "defense", "organisation": "organization"}
_LOOSE = frozenset(["of", "the", "and", "for", "to", "toward", "towards", "in", "a", "de", "la", "del"])
# Adjective to what its members are called; the last word of a party's core decides.
_MEMBERS = {
    "democratic": "Democrats",
    "republican": "Republicans",
    "liberal": "Liberals",
    "conservative": "Conservatives",
    "socialist": "Socialists",
    "communist": "Communists",
    "green": "Greens",
    "nationalist": "Nationalists",
    "unionist": "Unionists",
    "radical": "Radicals",
    "progressive": "Progressives",
    "libertarian": "Libertarians",
    "centrist": "Centrists",
    "islamist": "Islamists",
}


def build_parties(
    source: Path, countries: dict[str, Draft], demonyms: dict[str, str]
) -> tuple[list[Draft], dict[str, str]]:
    """Make an entry for every party.

    Args:
        countries: Code to the country's entry, for "of Venezuela".
        demonyms: Folded demonym to place, for "Venezuelan".

    Returns:
        The entries, and the tables' row ids with the id of the entry that each became.
    """
    adjectives: dict[str, list[str]] = defaultdict(list)
    for word, place in demonyms.items():
        adjectives[place.removeprefix("country:")].append(word)
    by_country: dict[str, list[tuple[str, Draft]]] = defaultdict(list)
    for row in read_table(source / "parties.tsv"):
        draft = _build_party(row)
        if draft is not None:
            by_country[row["country"]].append((row["id"], draft))
    merged: list[Draft] = []
    places: dict[str, Draft] = {}
    cores: dict[int, set[frozenset[str]]] = {}
    for code in sorted(by_country):
        words = set(fold_name(countries[code].name).split()) if code in countries else set()
        words.update(adjectives.get(code, ()))
        here: list[Draft] = []
        for row_id, draft in sorted(by_country[code], key=lambda pair: (-_rank(pair[1]), pair[0])):
            mine = _cores(draft, words)
            twin = next((held for held in here if _same(held, draft, cores[id(held)], mine)), None)
            if twin is None:
                here.append(draft)
                twin = draft
            else:
                _absorb(twin, draft)
            cores[id(twin)] = cores.get(id(twin), set()) | mine
            places[row_id] = twin
        merged.extend(here)
    merged = _apply_curated(merged, places)
    _give_ids(merged)
    for draft in merged:
        _derive(draft, countries.get(draft.country or ""), sorted(adjectives.get(draft.country or "", ())))
    return merged, {row_id: draft.id for row_id, draft in places.items()}


def _build_party(row: dict[str, str]) -> Draft | None:
    sources = parse_sources(row["source"])
    names = [part.strip() for part in row["name"].split("//")]
    name = _clean(names[0])
    if sources == {"cia-factbook"} and not _is_name(row["name"]):
        return None
    if not name or not is_latin(name):
        return None
    draft = Draft("", "PARTY", name, kind="party", country=row["country"], sources=sources)
    draft.qid, draft.partyfacts = row["wikidata"] or None, row["partyfacts_id"] or None
    years = row["factbook_years"].split("-")
    draft.since = to_year(row["founded"]) or (None if draft.partyfacts else to_year(years[0]))
    draft.until = to_year(row["dissolved"])
    if draft.until is None and not draft.partyfacts and len(years) == 2:
        draft.until = to_year(years[1]) if years[1] < "2021" else None
    draft.add(name, "name")
    for text in [*names[1:], row["english_name"], row["native_name"], *split_cell(row["aliases"])]:
        for part in re.split(r"\s+(?://|--|–)\s+", text):
            if is_latin(part) and _is_name(part) and fold_name(part) not in _GENERIC and not fold_name(part).isdigit():
                draft.add(_clean(part))
    for text in split_cell(row["acronyms"]):
        if 2 <= len(text) <= 12 and is_latin(text):
            draft.add(text, "acronym")
    inner = re.search(r"\(([A-Z][\w-]{1,9})\)?", row["name"])
    if inner and is_acronym(inner.group(1)):
        draft.add(inner.group(1), "acronym")
    draft.prior = round(0.2 + 0.12 * len(sources & {"partyfacts-core", "partyfacts-wikidata", "vparty", "parlgov"}), 3)
    if "cia-factbook" in sources and draft.partyfacts:
        draft.prior = round(draft.prior + 0.1, 3)
    return draft


def _clean(name: str) -> str:
    name = _FORMER.split(name)[0]
    name = re.sub(r"\s*\([^)]*\)?\s*$", "", name)
    return re.sub(r"\s*\([^)]*$|[;,.\s]+$", "", name).strip(" '\"“”-")


def _is_name(text: str) -> bool:
    if _JUNK.search(text) or text.count(")") > text.count("("):
        return False
    words = _SHOUTED.findall(text)
    # A shouted word beside others is the surname of the leader who stood in the same list.
    return not (len(words) > 1 and any(word.isupper() and len(word) > 5 for word in words))


def _rank(draft: Draft) -> float:
    return draft.prior + (0.5 if draft.partyfacts else 0.0) + (0.2 if draft.qid else 0.0)


def _core(name: str, words: set[str]) -> frozenset[str]:
    parts = [_BRITISH.get(word, word) for word in fold_name(name).split()]
    return frozenset(part for part in parts if part not in _LOOSE and part not in words)


def _cores(draft: Draft, words: set[str]) -> set[frozenset[str]]:
    return {_core(text, words) for text, kind in draft.aliases.items() if kind != "acronym"} - {frozenset()}


def _same(held: Draft, draft: Draft, cores: set[frozenset[str]], mine: set[frozenset[str]]) -> bool:
    """Tell whether two rows of one country are one party: the same words, and no two ids or periods that differ."""
    if held.partyfacts and draft.partyfacts and held.partyfacts != draft.partyfacts:
        return False
    if not cores & mine:
        loose = {core - {"party", "movement"} for core in cores} & {core - {"party", "movement"} for core in mine}
        if not (loose - {frozenset()} and _acronyms(held) & _acronyms(draft)):
            return False
    if held.until and draft.since and draft.since > held.until + 3:
        return False
    return not (draft.until and held.since and held.since > draft.until + 3)


def _acronyms(draft: Draft) -> set[str]:
    return {text.upper() for text, kind in draft.aliases.items() if kind == "acronym"}


def _absorb(held: Draft, draft: Draft) -> None:
    for text, kind in draft.aliases.items():
        held.add(text, "alias" if kind == "name" else kind)
    held.qid, held.partyfacts = held.qid or draft.qid, held.partyfacts or draft.partyfacts
    held.since = min((year for year in (held.since, draft.since) if year), default=None)
    held.until = held.until if held.partyfacts else max(held.until or 0, draft.until or 0) or None
    held.prior = max(held.prior, draft.prior)
    held.sources |= draft.sources


def _apply_curated(parties: list[Draft], rows: dict[str, Draft]) -> list[Draft]:
    """Add nicknames of our own; a row names its party by country and any name that only this one bears."""
    index: dict[tuple[str | None, str], list[Draft]] = defaultdict(list)
    for draft in parties:
        for text in draft.aliases:
            index[draft.country, fold_name(text)].append(draft)
    claimed: set[int] = set()  # what has been given a name is nothing else
    listed: dict[int, set[str]] = {}
    for row in read_table(CURATED / "parties.tsv"):
        found = [
            draft
            for draft in index[row["country"], fold_name(row["match"])]
            if id(draft) not in claimed and not (draft.until and draft.until < int(row["since"] or 0))
        ]
        best = max(found, key=_rank, default=None)
        draft = best or Draft("", "PARTY", row["name"] or row["match"], kind="party", country=row["country"])
        if best is None:
            draft.add(draft.name, "name")
            parties.append(draft)
        claimed.add(id(draft))
        listed[id(draft)] = {fold_name(text) for text in (row["name"], *split_cell(row["aliases"]))}
        if row["name"] and row["name"] != draft.name:
            draft.name = row["name"]
            draft.add(row["name"], "name")
        for alias in split_cell(row["aliases"]):
            draft.add(alias)
        draft.since = to_year(row["since"]) or draft.since
        draft.until = to_year(row["until"]) or draft.until
        draft.prior = max(draft.prior, 0.85)
        draft.sources.add("polnlp")
    _part_names([draft for draft in parties if id(draft) in claimed], listed)
    return _absorb_doubles(parties, claimed, rows)


def _part_names(named: list[Draft], listed: dict[int, set[str]]) -> None:
    """Take from a party what is listed as the name of another in its country: a successor's, an ally's."""
    for draft in named:
        others = [listed[id(other)] for other in named if other is not draft and other.country == draft.country]
        taken = set().union(*others) - listed[id(draft)] if others else set()
        for text in [text for text in draft.aliases if fold_name(text) in taken]:
            del draft.aliases[text]


def _absorb_doubles(parties: list[Draft], claimed: set[int], rows: dict[str, Draft]) -> list[Draft]:
    """Let a party that has its best-known name take in unlinked rows that bear this very name at the same time."""
    named = {(draft.country, fold_name(draft.name)): draft for draft in parties if id(draft) in claimed}
    gone: set[int] = set()
    for draft in parties:
        held = named.get((draft.country, fold_name(draft.name)))
        if held is None or held is draft or id(draft) in claimed:
            continue
        apart = (held.until and draft.since and draft.since > held.until) or (
            draft.until and held.since and held.since > draft.until
        )
        if not apart:
            _absorb(held, draft)
            gone.add(id(draft))
            for row_id, known in rows.items():
                if known is draft:
                    rows[row_id] = held
    return [draft for draft in parties if id(draft) not in gone]


def _give_ids(parties: list[Draft]) -> None:
    taken: set[str] = set()
    for draft in sorted(
        parties, key=lambda draft: (draft.country or "", -_rank(draft), draft.name, draft.partyfacts or "")
    ):
        base = f"party:{draft.country}:{slug(draft.name)}"
        more = [
            str(draft.since or ""),
            f"pf{draft.partyfacts}" if draft.partyfacts else "",
            *sorted(_acronyms(draft)),
            draft.kind,
        ]
        choices = [base, *(f"{base}-{slug(part)}" for part in more if part)]
        draft.id = next((choice for choice in choices if choice not in taken), f"{choices[-1]}-{draft.until or 'b'}")
        taken.add(draft.id)


def _derive(draft: Draft, country: Draft | None, adjectives: list[str]) -> None:
    """Derive what an article calls a party: without its country, with it, without "Party", by its members."""
    if country is not None:
        for text in [text for text, kind in draft.aliases.items() if kind in ("name", "alias") and " " in text]:
            bare = re.sub(rf"\s+(?:of|in)\s+(?:the\s+)?{re.escape(country.name)}$", "", text)
            if bare != text and " " in bare:
                draft.add(bare, "derived")
            elif bare == text and text.endswith(("Party", "Movement", "Union", "Front", "Alliance", "League")):
                draft.add(f"{text} of {country.name}", "derived")
            first, _, rest = text.partition(" ")
            if fold_name(first) in adjectives and " " in rest:
                draft.add(rest, "derived")
    for text in [text for text, kind in draft.aliases.items() if kind in ("name", "alias", "derived")]:
        match = re.fullmatch(r"(?:The\s+)?(.+?)\s+(?:Party|Movement)(?:\s+of\s+.+)?", text)
        if match is None or len(match.group(1)) < 4:
            continue
        core = match.group(1)
        draft.add(core, "derived")
        head, _, last = core.rpartition(" ")
        if last.lower() in _MEMBERS:
            draft.add(f"{head} {_MEMBERS[last.lower()]}".strip(), "derived")
