"""The knowledge base: one SQLite file, opened read-only and anew in each process."""

import json
import os
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from polnlp.errors import ModelError
from polnlp.kb.kinds import strip_kinds
from polnlp.kb.names import fold_name, is_acronym
from polnlp.kb.records import ALIAS_KINDS, Alias, Candidate, Entry, Tenure, Term
from polnlp.kb.user import load_own_entities
from polnlp.models import find_model, hash_model

FORMAT = "polnlp-kb-1"
_COLUMNS = "e.id, e.label, e.kind, e.name, e.country, e.prior, e.since, e.until"
# An article names a few dozen things, a corpus the same ones again and again.
_CACHED = 10_000


def hash_key(key: str) -> int:
    """Give 64 bits for a folded name, the same on every machine."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def open_kb(path: Path | None = None, *, own: Iterable[str | Path] = ()) -> "KnowledgeBase":
    """Open the knowledge base in a folder; the shipped one by default.

    Examples:
        >>> kb = open_kb()
        >>> kb.find("CONAIE")
        [('org:conaie', 'exact')]
        >>> kb.entry("country:ECU").name
        'Ecuador'

    Args:
        path: Folder of a knowledge base; by default the shipped one's.
        own: CSV files of entities that go before the shipped ones, as ``[entities] own`` names them.

    Returns:
        The knowledge base, opened read-only.

    Raises:
        ModelError: If there is none, it cannot be read, or it was made for another version.
        CorpusError: If a file of own entities is missing or wrong.
        TypeError: If ``own`` is one file's name.
    """
    if isinstance(own, str | Path):
        raise TypeError(f"own is one path, expected a list of them; give own=[{str(own)!r}].")
    entries = load_own_entities(own)
    kb = KnowledgeBase(path or find_model("kb"))
    kb.add(entries)
    return kb


class KnowledgeBase:
    """Look up entries by id, name and words.

    Entries of the user (``add``) win over the shipped ones of the same id, and come first under a shared name. Safe to
    use after a fork and in several processes: each opens the file for itself.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._file = self.path / "kb.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._user: dict[str, Entry] = {}
        self._user_names: dict[str, list[tuple[Entry, str]]] = {}
        if not self._file.is_file():
            raise ModelError(f"{self._file}: no knowledge base here; `make models` builds it.")
        if self._meta("format") != FORMAT:
            raise ModelError(
                f"{self._file}: made as {self._meta('format')!r}, this version reads {FORMAT!r}; rebuild it."
            )
        self._candidates = lru_cache(maxsize=_CACHED)(self._read_candidates)
        self._by_id = lru_cache(maxsize=_CACHED // 5)(self._read_by_id)
        self._tenures = lru_cache(maxsize=500)(self._read_tenures)
        self._filter: array[int] | None = None
        self._entries = int(self._meta("entries"))
        self._offices: list[str] = []
        self._sources: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return self._entries

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path, "user": list(self._user.values())}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["path"])  # type: ignore[misc]
        self.add(state["user"])

    @property
    def sha256(self) -> str:
        """Hash of the shipped files, as reports name it."""
        return hash_model(self.path)

    @property
    def info(self) -> dict[str, Any]:
        """Format, hash, number of entries and names, and of entries that the user added."""
        return {
            "format": FORMAT,
            "sha256": self.sha256,
            "entries": len(self),
            "names": int(self._meta("names")),
            "user_entries": len(self._user),
        }

    def add(self, entries: list[Entry]) -> None:
        """Add entries of the user; one of a shipped id takes its place."""
        for entry in entries:
            self._user[entry.id] = entry
        self._user_names = {}
        for entry in self._user.values():
            for text in dict.fromkeys([entry.name, *(alias.text for alias in entry.aliases)]):
                self._user_names.setdefault(fold_name(text), []).append((entry, text))
        self._candidates.cache_clear()
        self._tenures.cache_clear()

    def entry(self, entry_id: str) -> Entry | None:
        """Give the entry of an id, ``None`` where there is none."""
        return self._user.get(entry_id) or self._by_id(entry_id)

    def _read_by_id(self, entry_id: str) -> Entry | None:
        query = f"SELECT {_COLUMNS}, e.sources, e.details FROM entry e WHERE e.n = ?"  # noqa: S608
        row = self._connect().execute(query, (self._place(entry_id),)).fetchone()
        return self._read_entry(row) if row is not None and row[0] == entry_id else None

    def candidates(self, surface: str) -> tuple[Candidate, ...]:
        """Give the entries that bear a name, the best known first; bare surnames of leaders are among them."""
        key = fold_name(surface)
        found = self._candidates(key) or self._find_relaxed(key)
        if any(candidate.how == "acronym" for candidate in found) and not _may_be_acronym(surface):
            return tuple(candidate for candidate in found if candidate.how != "acronym")
        return found

    def _find_relaxed(self, key: str) -> tuple[Candidate, ...]:
        """Look a name up without the word that says what it names: "province of Trapani", "Sir Ian", "Shas Party"."""
        for bare in strip_kinds(key):
            found = tuple(
                msgspec.structs.replace(candidate, how="derived")
                for candidate in self._candidates(bare.name)
                if candidate.label in bare.labels
                and candidate.kind not in bare.other_kinds
                and candidate.how in ("name", "alias", "user", "derived")
            )
            if found:
                return found
        return ()

    def find(self, surface: str) -> list[tuple[str, str]]:
        """Give the entries that bear a name, each with how it matched.

        Returns:
            ``(entry id, how)``, best known first. ``exact`` (as written), ``folded`` (but for accents, case or
            punctuation), ``acronym``, ``derived``, ``foreign``, ``user``; a bare surname matches nothing.
        """
        found = []
        for candidate in self.candidates(surface):
            how: str = candidate.how
            if how == "surname":
                continue
            if how in ("name", "alias"):
                entry = self.entry(candidate.id)
                names = {entry.name, *(alias.text for alias in entry.aliases)} if entry else set()
                how = "exact" if surface in names else "folded"
            found.append((candidate.id, how))
        return found

    def search(self, query: str, limit: int = 20) -> list[Entry]:
        """Find entries by words of their names, accents and case aside; the last word may be unfinished.

        Args:
            limit: Give at most so many, names equal to the query first, then the best known.
        """
        key = fold_name(query)
        if not key:
            return []
        words = key.split()
        match = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        sql = f"""SELECT {_COLUMNS}, e.sources, e.details FROM search s JOIN entry e ON e.n = s.rowid
            WHERE search MATCH ? ORDER BY EXISTS (SELECT 1 FROM name WHERE name.key = ? AND name.n = e.n) DESC,
            e.prior DESC, e.id LIMIT ?"""  # noqa: S608
        rows = self._connect().execute(sql, (match, key, limit)).fetchall()
        own = [entry for entry in self._user.values() if _has_words(entry, words)]
        shipped = [self._read_entry(row) for row in rows if row[0] not in self._user]
        return [*own, *shipped][:limit]

    def demonym(self, word: str) -> str | None:
        """Give the country (or region) that a demonym or adjective is of: "Venezuelans" is ``country:VEN``."""
        key = fold_name(word)
        for form in (key, key.removesuffix("s")):
            row = self._connect().execute("SELECT id FROM demonym WHERE key = ?", (form,)).fetchone()
            if row is not None:
                return str(row[0])
        return None

    def tenures(self, country: str) -> tuple[Tenure, ...]:
        """Give who held which office of a country (ISO 3166-1 alpha-3), in the order of ids, where a year is known."""
        return self._tenures(country)

    def _read_tenures(self, country: str) -> tuple[Tenure, ...]:
        # Ids are in order, so a country's leaders stand together.
        first, last = self._place(f"leader:{country}:"), self._place(f"leader:{country};")
        query = f"SELECT {_COLUMNS}, e.sources, e.details FROM entry e WHERE e.n >= ? AND e.n < ? ORDER BY e.n"  # noqa: S608
        entries = map(self._read_entry, self._connect().execute(query, (first, last)))
        return tuple(
            Tenure(entry.id, entry.name, term.title, int(term.start[:4]), int(term.end[:4]) if term.end else None)
            for entry in entries
            if entry.id not in self._user
            for term in entry.terms
            if term.start
        )

    def may_hold(self, key: str) -> bool:
        """Tell at little cost whether the gazetteer may mark a folded name; wrong seldom, and only in saying yes."""
        if key in self._user_names:
            return True
        if self._filter is None:
            self._filter = array("Q")
            self._filter.frombytes(self._meta("filter"))
        number = hash_key(key)
        place = bisect_left(self._filter, number)
        return place < len(self._filter) and self._filter[place] == number

    def safe_names(self, key: str) -> tuple[Candidate, ...]:
        """Give the entries of a folded name that the gazetteer may mark, the best known first."""
        own = tuple(_user_candidate(entry) for entry, _ in self._user_names.get(key, ()))
        query = f"""SELECT {_COLUMNS}, n.how FROM name n JOIN entry e ON e.n = n.n
            WHERE n.key = ? AND n.safe ORDER BY e.prior DESC, e.id"""  # noqa: S608
        rows = self._connect().execute(query, (key,)).fetchall()
        return own + tuple(_read_candidate(row) for row in rows if row[0] not in self._user)

    def _read_candidates(self, key: str) -> tuple[Candidate, ...]:
        own = tuple(_user_candidate(entry) for entry, _ in self._user_names.get(key, ()))
        query = f"""SELECT {_COLUMNS}, n.how FROM name n JOIN entry e ON e.n = n.n
            WHERE n.key = ? ORDER BY e.prior DESC, e.id"""  # noqa: S608
        rows = self._connect().execute(query, (key,)).fetchall()
        return own + tuple(_read_candidate(row) for row in rows if row[0] not in self._user)

    def _place(self, entry_id: str) -> int:
        """Give the place where an id stands or would stand: entries are written in the order of their ids."""
        low, high = 0, self._entries
        while low < high:
            middle = (low + high) // 2
            (found,) = self._connect().execute("SELECT id FROM entry WHERE n = ?", (middle,)).fetchone()
            low, high = (middle + 1, high) if found < entry_id else (low, middle)
        return low

    def _read_entry(self, row: tuple[Any, ...]) -> Entry:
        if not self._offices:
            self._offices = [title for (title,) in self._connect().execute("SELECT title FROM office ORDER BY n")]
            self._sources = list(self._connect().execute("SELECT name, licence FROM source ORDER BY n"))
        entry_id, label, kind, name, country, prior, since, until, held, text = row
        details = json.loads(text) if text else {}
        aliases = tuple(
            Alias(alias, ALIAS_KINDS[int(how)]) for how, texts in details.pop("aliases", {}).items() for alias in texts
        )
        terms = tuple(self._read_term(term) for term in details.pop("terms", ()))
        years = {
            text: tuple((since, until) for since, until in spans) for text, spans in details.pop("years", {}).items()
        }
        sources = [source for n, source in enumerate(self._sources) if held >> n & 1]
        scheme, _, last = entry_id.rpartition(":")
        if scheme == "city":
            details.setdefault("geonames", last)
        elif scheme in ("country", "region") and kind in ("country", "admin1", "admin2") and last.isupper():
            details.setdefault("iso", last)
        return Entry(
            id=entry_id, label=label, kind=kind, name=name, country=country, prior=prior, since=since, until=until,
            aliases=aliases, terms=terms, years=years, source=",".join(source for source, _ in sources),
            licence=", ".join(sorted({licence for _, licence in sources})), **details,
        )  # fmt: skip

    def _read_term(self, term: list[Any]) -> Term:
        title, start, end, party = term + [None] * (4 - len(term))
        return Term(self._offices[title], str(start) if start else None, str(end) if end else None, party)

    def _meta(self, key: str) -> Any:
        row = self._connect().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def _connect(self) -> sqlite3.Connection:
        # A connection must not cross a fork, so each process opens its own.
        if self._connection is None or self._owner != os.getpid():
            try:
                uri = f"{self._file.resolve().as_uri()}?mode=ro&immutable=1"
                self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
                self._connection.execute("SELECT 1 FROM meta")
            except sqlite3.Error as error:
                raise ModelError(f"{self._file}: cannot be read as a knowledge base: {error}.") from error
            self._owner = os.getpid()
        return self._connection


def _may_be_acronym(surface: str) -> bool:
    return is_acronym(surface.strip().removesuffix("'s").removesuffix("’s")) or any(c.isupper() for c in surface[1:])


def _has_words(entry: Entry, words: list[str]) -> bool:
    for text in [entry.name, *(alias.text for alias in entry.aliases)]:
        held = fold_name(text).split()
        if all(word in held for word in words[:-1]) and any(word.startswith(words[-1]) for word in held):
            return True
    return False


def _user_candidate(entry: Entry) -> Candidate:
    return Candidate(
        entry.id, entry.label, entry.kind, entry.name, entry.country, 1.0, entry.since, entry.until, "user"
    )  # fmt: skip


def _read_candidate(row: tuple[Any, ...]) -> Candidate:
    entry_id, label, kind, name, country, prior, since, until, how = row
    return Candidate(entry_id, label, kind, name, country, prior, since, until, ALIAS_KINDS[how])
