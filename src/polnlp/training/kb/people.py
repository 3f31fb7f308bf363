"""Office holders: terms of doubtful licence dropped, double rows merged, names set right."""

import re
from collections import defaultdict
from pathlib import Path

from polnlp.kb.names import fold_name, slug
from polnlp.kb.records import Term
from polnlp.training.kb.careers import HEAD, absorb, find_years, merge_people, place_stateless, weigh
from polnlp.training.kb.drafts import CURATED, Draft, is_latin, parse_sources, read_table, split_cell, to_year

# Their records' licences were not seen; what rests on them alone is left out.
_DOUBTFUL = frozenset({"parlspeech", "leadglob"})
_TITLES = re.compile(
    r"^(?:(?:(?:Interim|Acting|Former|First|Deputy|Vice|Prime|Chief|State|Transitional|Executive|"
    r"Lieutenant|Governor|Us|Uk)\s+)*"
    r"(?:President|Minister|Premiers?|Chancellor|Chairman|Governor|General|Secretary|Speaker|Chief|Deputy)\s+|"
    r"(?:Sir|Dame|Dr|Prof|Gen|Col|Lt|Maj|Capt|Brig|Adm|Rev|Hon|Mr|Mrs|Ms|Us|Uk|Prime|Air|Marshall?|"
    r"Vice|Admiral|Federal Deputy|"
    r"Field Marshal|Air Chief|Commodore|Father|Sen|Rep)\b\.?\s*)+"
)  # fmt: skip
_TAIL = re.compile(r"\s+of (?:the )?(?:Us|Uk|USA?|UK|United States|United Kingdom)\b.*$|,\s.*$|\s*\(.*$")
_PATRONYMIC = re.compile(r"(?:ovich|evich|ich|ovna|evna|ivna|vych|oglu|kyzy|ovych)$")
_BAD_ALIAS = re.compile(
    r"\b(?:Administration|Government|Office|Cabinet|President|Premiers?|Minister|Regime|Spokesman)\b|\.[A-Z]{3}"
)
_ROYAL = re.compile(r"^(?:King|Queen|Emperor|Sultan|Emir|Amir|Prince|Grand Duke)\b")
_SPANISH = frozenset(
    [
        "ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "ESP", "GTM", "HND", "MEX", "NIC", "PAN", "PER", "PRY",
        "SLV", "URY", "VEN",
    ]
)  # fmt: skip
_PARTICLES = ("de", "da", "van", "der", "von", "al", "el", "bin", "le", "la", "dos", "del", "di")
_RULERS = {
    **dict.fromkeys(("ASM", "GUM", "MNP", "PRI", "VIR"), "USA"),
    **dict.fromkeys(
        ["AIA", "BMU", "CYM", "FLK", "GIB", "GGY", "IMN", "JEY", "MSR", "PCN", "SHN", "TCA", "VGB", "IOT"], "GBR"
    ),
    **dict.fromkeys(["GLP", "GUF", "MTQ", "MYT", "NCL", "PYF", "REU", "SPM", "WLF", "MAF", "BLM"], "FRA"),
    **dict.fromkeys(("ABW", "CUW", "SXM", "BES"), "NLD"),
    **dict.fromkeys(("FRO", "GRL"), "DNK"),
    **dict.fromkeys(("HKG", "MAC"), "CHN"),
    **dict.fromkeys(("COK", "NIU", "TKL"), "NZL"),
}


def build_people(source: Path, parties: dict[str, str]) -> list[Draft]:
    """Make an entry for every office holder.

    Args:
        parties: The party table's row ids with the ids of their entries.
    """
    raw: dict[str, Draft] = {}
    for row in read_table(source / "leaders.tsv.gz"):
        sources = parse_sources(row["source"])
        if not sources - _DOUBTFUL:
            continue
        draft = raw.get(row["id"]) or _start_person(row)
        if draft is None:
            continue
        raw[row["id"]] = draft
        draft.sources |= sources - _DOUBTFUL
        draft.qid = draft.qid or row["wikidata"] or None
        _add_term(draft, row, sources, parties)
    people = merge_people([draft for draft in raw.values() if draft.terms])
    people = place_stateless(people)
    _apply_curated(people)
    for draft in people:
        _finish(draft)
    _give_ids(people)
    return people


def _start_person(row: dict[str, str]) -> Draft | None:
    name = _clean(row["name"])
    if len(fold_name(name).split()) < 2 or not is_latin(name) or len(name) > 60:
        return None
    country = row["country"]
    draft = Draft("", "LEADER", name, kind="person", country=_RULERS.get(country, country) or None)
    draft.add(name, "name")
    if row["name"] != name and _ROYAL.match(row["name"]):
        draft.add(row["name"])
    for alias in split_cell(row["aliases"]):
        words = _clean(alias).split()
        if len(words) < 2 or _BAD_ALIAS.search(alias) or _PATRONYMIC.search(words[0].lower()) or not is_latin(alias):
            continue
        whole = fold_name(name).split()
        # Made by leaving out the first name: a person is seldom called so, and namesakes are many.
        middle = fold_name(alias).split() == whole[1:] or _clean(alias) != alias
        draft.add(_clean(alias), "derived" if middle else "alias")
    return draft


def _clean(name: str) -> str:
    name = _TAIL.sub("", name.strip())
    name = _TITLES.sub("", name).strip(" .'-")
    words = [word.title() if len(word) > 3 and word.isupper() else word for word in name.split()]
    words = [re.sub(r"-([A-Z])([A-Z]+)$", lambda m: f"-{m.group(1)}{m.group(2).lower()}", word) for word in words]
    return (
        re.sub(r"'([A-Z])(?=[a-z])", lambda m: "'" + m.group(1).lower(), " ".join(words))
        if "'" in name
        else " ".join(words)
    )


def _add_term(draft: Draft, row: dict[str, str], sources: set[str], parties: dict[str, str]) -> None:
    office = row["office"].strip().rstrip(":")
    match = re.search(r"\[(P\d+)\]$", row["party"])
    if "parlspeech" in sources and office == "member of parliament":
        return
    if "leadglob" in sources and row["party"] and match is None and not office.startswith("US "):
        return
    party = parties.get(match.group(1)) if match else None
    if row["country"] == "USA" and row["party"] in ("Democrat", "Republican"):
        party = {"Democrat": "party:USA:democratic-party", "Republican": "party:USA:republican-party"}[row["party"]]
    term = Term(office, row["start"][:10] or None, row["end"][:10] or None, party)
    if term not in draft.terms:
        draft.terms.append(term)


def _apply_curated(people: list[Draft]) -> None:
    """Give well-known leaders the name that they go by; a row names its person by country and any name."""
    index: dict[tuple[str | None, str], list[Draft]] = defaultdict(list)
    for draft in people:
        for text in draft.aliases:
            index[draft.country, fold_name(text)].append(draft)
    claimed: set[int] = set()  # who has been given a name is no one else
    for row in read_table(CURATED / "people.tsv"):
        names = [row["name"], *split_cell(row["aliases"])]
        keys = dict.fromkeys(fold_name(name) for name in names if " " in name)
        found = {id(draft): draft for key in keys for draft in index.get((row["country"], key), [])}
        found = {key: draft for key, draft in found.items() if key not in claimed and _in_time(draft, row)}
        best = max(found.values(), key=weigh, default=None)
        draft = best or Draft("", "LEADER", row["name"], kind="person", country=row["country"])
        if best is None:
            people.append(draft)
        for other in found.values():
            if (
                other is not draft
                and (not other.qid or other.qid == draft.qid)
                and "us-congress-legislators" not in other.sources
            ):
                absorb(draft, other)
                people.remove(other)
        claimed.add(id(draft))
        draft.name = row["name"]
        draft.add(row["name"], "name")
        for alias in names[1:]:
            draft.aliases.pop(alias, None)
            draft.add(alias)
        draft.until = to_year(row["end"])
        if row["office"]:
            draft.terms.append(Term(row["office"], row["start"] or None, row["end"] or None))
        draft.prior = 0.93
        draft.sources.add("polnlp")


def _in_time(draft: Draft, row: dict[str, str]) -> bool:
    years, start = find_years(draft), to_year(row["start"])
    return not (years and start) or (years[0] - 6 <= (to_year(row["end"]) or 2026) and years[1] + 6 >= start)


def _finish(draft: Draft) -> None:
    _choose_name(draft)
    years = find_years(draft)
    draft.terms.sort(key=lambda term: (term.start or "", term.title, term.end or "", term.party or ""))
    if years:
        draft.since = years[0]
        if draft.until is None and not any(term.start and not term.end for term in draft.terms):
            draft.until = years[1]
    draft.prior = max(draft.prior, _prior(draft))
    words = draft.name.split()
    for text in [text for text, kind in draft.aliases.items() if kind in ("name", "alias")]:
        parts = [part for part in text.split() if len(part) > 1]
        if len(parts) > 2 and fold_name(parts[-1]) not in ("jr", "sr", "ii", "iii", "iv"):
            draft.add(f"{parts[0]} {parts[-1]}", "derived")
            if draft.country in _SPANISH:
                draft.add(f"{parts[0]} {parts[-2]}", "derived")
    if draft.prior >= 0.7 and len(words) > 1 and not _ROYAL.match(draft.name):
        draft.add(_surname(words), "surname")


def _surname(words: list[str]) -> str:
    while len(words) > 2 and fold_name(words[-1]) in ("jr", "sr", "ii", "iii", "iv"):
        words = words[:-1]
    place = len(words) - 1
    while place > 1 and fold_name(words[place - 1]) in _PARTICLES:
        place -= 1
    return " ".join(words[place:])


def _choose_name(draft: Draft) -> None:
    """Prefer the short form that a leader goes by: no patronymic; in Spanish one given name, the father's surname."""
    words = draft.name.split()
    if "polnlp" not in draft.sources and len(words) == 3 and _PATRONYMIC.search(words[1].lower()):
        draft.name = f"{words[0]} {words[2]}"
        draft.add(draft.name, "name")
    if draft.country in _SPANISH and "polnlp" not in draft.sources and len(words) in (3, 4):
        for short in sorted(text for text, kind in draft.aliases.items() if kind == "alias"):
            parts = fold_name(short).split()
            if len(parts) == 2 and parts == [fold_name(words[0]), fold_name(words[-2])]:
                draft.name = short
                draft.add(short, "name")


def _prior(draft: Draft) -> float:
    titles = [term.title.lower() for term in draft.terms]
    best = 0.15
    for title in titles:
        if title.startswith(("president of the united states",)):
            best = max(best, 0.95)
        elif HEAD.match(title):
            best = max(best, 0.75)
        elif (
            title.startswith(("vice president", "deputy prime", "first deputy", "first vice"))
            or "foreign affairs" in title
        ):
            best = max(best, 0.55)
        elif title == "party leader" or "minister" in title or title.startswith("us senator"):
            best = max(best, 0.45)
        elif title == "government":
            best = max(best, 0.35)
        elif title.startswith("us representative"):
            best = max(best, 0.25)
    undated = all(not term.start and not term.end for term in draft.terms)
    return round(min(0.95, best + 0.03 * (len(draft.sources) - 1) - (0.15 if undated and best < 0.9 else 0.0)), 3)


def _give_ids(people: list[Draft]) -> None:
    taken: set[str] = set()
    for draft in sorted(people, key=lambda d: (d.country or "", -d.prior, d.name, d.qid or "", str(d.terms))):
        base = f"leader:{draft.country or 'int'}:{slug(draft.name)}"
        longest = max(draft.aliases, key=lambda text: (len(text), text))
        more = [
            f"leader:{draft.country or 'int'}:{slug(longest)}",
            f"{base}-{draft.since or ''}",
            f"{base}-{draft.qid or ''}",
        ]
        state = next(
            (t.title[t.title.index("(") + 1 : -1] for t in draft.terms if t.title.startswith("US ") and "(" in t.title),
            "",
        )
        more = [choice for choice in [*more[:1], f"{base}-{state.lower()}", *more[1:]] if not choice.endswith("-")]
        choices = [base, *more]
        draft.id = next((choice for choice in choices if choice not in taken), "")
        number = 2
        while not draft.id:
            choice = f"{choices[-1]}-{slug(draft.terms[0].title)}" if number == 2 else f"{choices[-1]}-b{number}"
            draft.id = choice if choice not in taken else ""
            number += 1
        taken.add(draft.id)
