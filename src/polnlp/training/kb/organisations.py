"""Bodies that are no parties: international organisations, movements, armed groups, media, offices of state."""

import re
from collections import defaultdict
from pathlib import Path

from polnlp.kb.names import fold_name, slug
from polnlp.training.kb.drafts import CURATED, Draft, is_latin, parse_sources, read_table, split_cell

_KEPT = {
    "agency",
    "armed-group",
    "domestic-group",
    "forum",
    "igo",
    "legislature",
    "media",
    "movement",
    "ngo",
    "other",
    "religious",
}
# Persons and list debris stand among the bodies; a body's name says what it is, or is an acronym.
_BODY = re.compile(
    r"\b(?:a(?:cadem|genc|llianc|rm|ssembl|ssociat|uthorit)\w*|b(?:and|ank|attalion|loc|oard|rigade|"
    r"ureau|rotherhood)s?|c(?:ell|enter|entre|"
    r"hamber|hurch|ity|lub|oalition|ollectiv|ommand|ommission|ommittee|ommunit|onfederat|onference|"
    r"ongress|onsorti|oordinat|oordinator|orps|"
    r"ouncil|ourt)\w*|defen[cs]e|faction|federa\w*|fighters|force\w*|forum|foundation|front|fund|gang|"
    r"group\w*|guard\w*|guerr?illa\w*|"
    r"initiative|institut\w*|international|jihad|league|legion|liberation|martyrs|militia|mission|"
    r"movement|mujah\w*|nations|network|"
    r"observatory|office|organi[sz]\w*|pact|parliament\w*|parties|party|patriots|peace|people'?s|"
    r"programme|program|project|radio|rebels|"
    r"resistance|revolution\w*|rights|secretariat|societ\w*|solidarity|soldiers|students?|syndicat\w*|"
    r"television|times|tigers|trade|"
    r"tribunal|union\w*|unit|unity|vanguard|warriors|watch|women|workers|youth|hizb\w*|hezb\w*|jamaat|"
    r"lashkar|jaish|ansar|al-\w+)\b",
    re.IGNORECASE,
)
_JUNK = re.compile(
    r"[\[\]{};]|\bother:|\bsecretary\b|\bchairman\b|\bpresident\b|\bleader\b|\binc\b\.?|\bltd\b|"
    r"\bcorp(?:oration)?\b|\bcompany\b|\bplc\b|\bgmbh\b",
    re.IGNORECASE,
)
_PRIOR = {
    "igo": 0.5,
    "forum": 0.6,
    "legislature": 0.6,
    "agency": 0.5,
    "media": 0.4,
    "religious": 0.5,
    "armed-group": 0.35,
    "ngo": 0.3,
}


def build_organisations(source: Path) -> list[Draft]:
    """Make an entry for every body; companies and what is no body are left out."""
    found: dict[tuple[str, str], Draft] = {}
    for row in read_table(source / "organisations.tsv"):
        draft = _build_organisation(row)
        if draft is None:
            continue
        held = found.setdefault((draft.country or "", fold_name(draft.name)), draft)
        if held is not draft:
            _absorb(held, draft)
    drafts = _apply_curated(list(found.values()))
    taken: set[str] = set()
    for draft in sorted(drafts, key=lambda draft: (not draft.id, -draft.prior, draft.name, draft.country or "")):
        if not draft.id:
            base = ":".join(part for part in ("org", draft.country, slug(draft.name)) if part)
            draft.id = base if base not in taken else f"{base}-{draft.kind}"
        if draft.id in taken:
            draft.id = f"{draft.id}-{len(draft.aliases)}"
        taken.add(draft.id)
    return drafts


def _build_organisation(row: dict[str, str]) -> Draft | None:
    name = row["name"].strip()
    sources = parse_sources(row["source"])
    curated = bool(sources & {"curated", "curated-from-seed"})
    if row["kind"] not in _KEPT or _JUNK.search(name) or not is_latin(name):
        return None
    if not curated and not _BODY.search(name):
        return None
    if not curated and len(name.split()) < 2:
        return None
    draft = Draft("", "ORG", _recase(name), kind=row["kind"], country=row["country"] or None)
    draft.sources = {"polnlp" if part.startswith("curated") else part for part in sources}
    draft.add(draft.name, "name")
    acronyms = split_cell(row["acronyms"])
    # Several acronyms on one row are those of neighbours in the same list; the one with the name's initials is its own.
    for acronym in acronyms:
        if len(acronyms) == 1 or curated or _fits(acronym, draft.name):
            draft.add(acronym, "acronym")
    for alias in split_cell(row["aliases"]):
        if is_latin(alias) and not _JUNK.search(alias) and (curated or " " in alias or "-" in alias):
            draft.add(_recase(alias))
    draft.prior = round(_PRIOR.get(row["kind"], 0.25) + (0.2 if curated else 0.0), 3)
    return draft


def _recase(name: str) -> str:
    words = [word.capitalize() if word.isupper() and len(word) > 8 else word for word in name.split()]
    return " ".join("U.N." if word == "U.n." else word for word in words)


def _fits(acronym: str, name: str) -> bool:
    letters = iter(fold_name(name).replace(" ", ""))
    return fold_name(acronym)[:1] == fold_name(name)[:1] and all(
        letter in letters for letter in fold_name(acronym).replace(" ", "")
    )


def _absorb(held: Draft, draft: Draft) -> None:
    for text, kind in draft.aliases.items():
        held.add(text, "alias" if kind == "name" else kind)
    held.sources |= draft.sources
    held.prior = max(held.prior, draft.prior)


def _apply_curated(drafts: list[Draft]) -> list[Draft]:
    by_key: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for text in draft.aliases:
            by_key[fold_name(text)].append(draft)
    gone: set[int] = set()
    made = []
    for row in read_table(CURATED / "organisations.tsv"):
        draft = Draft(
            f"org:{row['slug']}", "ORG", row["name"], kind=row["kind"], country=row["country"] or None, prior=0.85
        )
        draft.add(row["name"], "name")
        draft.sources.add("polnlp")
        aliases = split_cell(row["aliases"])
        for key in dict.fromkeys(fold_name(text) for text in [row["name"], *aliases] if " " in text or len(text) > 2):
            for twin in by_key.get(key, ()):
                same_place = not row["country"] or (twin.country or row["country"]) == row["country"]
                own = key in (fold_name(row["name"]), fold_name(twin.name))
                if id(twin) not in gone and same_place and own:
                    gone.add(id(twin))
                    _absorb(draft, twin)
        for alias in aliases:
            draft.add(alias)
        made.append(draft)
    return made + [draft for draft in drafts if id(draft) not in gone]
