"""What an entry is while the knowledge base is being built, and how the source tables are read."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from polnlp.errors import CorpusError
from polnlp.kb.names import fold_name, is_acronym
from polnlp.kb.records import ALIAS_KINDS, AliasKind, Term
from polnlp.schema import Label

CURATED = Path(__file__).parent / "curated"

# A source's name in the tables (what stands before the bracket) to the licence of what was taken from it.
LICENCES: dict[str, str] = {
    "cia-factbook": "public domain",
    "partyfacts-core": "MIT",
    "partyfacts-wikidata": "MIT",
    "vparty": "MIT",
    "parlgov": "MIT",
    "phoenix-dict2014": "MIT",
    "phoenix-int": "MIT",
    "phoenix-mns": "MIT",
    "us-congress-legislators": "CC0-1.0",
    "wikidata:eps-world": "CC0-1.0",
    "wikidata:world-leaders-2021": "CC0-1.0",
    "dr5hn": "ODbL-1.0",
    "world-countries": "ODbL-1.0",
    "geonames": "CC-BY-4.0",
    "geonames-admin": "CC-BY-4.0",
    "polnlp": "Apache-2.0",
}


@dataclass
class Draft:
    """An entry in the making; the fields are those of ``Entry``."""

    id: str
    label: Label
    name: str
    kind: str = ""
    aliases: dict[str, AliasKind] = field(default_factory=dict)
    qid: str | None = None
    iso: str | None = None
    geonames: str | None = None
    partyfacts: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    terms: list[Term] = field(default_factory=list)
    prior: float = 0.0
    since: int | None = None
    until: int | None = None
    years: dict[str, list[list[int | None]]] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    def add(self, text: str, kind: AliasKind = "alias") -> None:
        """Add a name; of two kinds the better one stays. What folds to nothing, or to one letter, is left out."""
        text = " ".join(text.split())
        if len(fold_name(text)) < 2:
            return
        if kind == "alias" and is_acronym(text) and len(text) <= 8:
            kind = "acronym"
        held = self.aliases.get(text)
        if held is None or ALIAS_KINDS.index(kind) < ALIAS_KINDS.index(held):
            self.aliases[text] = kind


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a tab-separated table with one header line and no quoting; ``.gz`` is unpacked.

    Raises:
        CorpusError: If the file is missing or a line has another number of cells than the header.
    """
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot read the table: {error.strerror}.") from error
    lines = data.decode("utf-8").split("\n")
    header = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise CorpusError(f"{path}, line {number}: {len(cells)} cells, the header has {len(header)}.")
        rows.append(dict(zip(header, cells, strict=True)))
    return rows


def parse_sources(cell: str) -> set[str]:
    """Give the names of a row's sources: ``cia-factbook(PD),phoenix-int(MIT)`` is two."""
    found, depth, part = set(), 0, ""
    for char in cell + ",":
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            found.add(part.split("(")[0].strip())
            part = ""
        else:
            part += char
    return found - {""}


def split_cell(cell: str) -> list[str]:
    """Split a cell of several values at its bars."""
    return [value.strip() for value in cell.split("|") if value.strip()]


def to_year(cell: str) -> int | None:
    """Read the year of a date; ``None`` where there is none."""
    return int(cell[:4]) if cell[:4].isdigit() else None


def is_latin(text: str) -> bool:
    """Tell whether a name is in Latin letters: others cannot stand in an English text."""
    return all(not char.isalpha() or ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 for char in text)


def licences_of(sources: Iterable[str]) -> list[str]:
    """Give the licences of some sources, sorted."""
    return sorted({LICENCES[source] for source in sources})
