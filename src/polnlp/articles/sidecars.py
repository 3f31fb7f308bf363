"""A folder's ``metadata.csv``: a row completes or overrides what a file says of itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from polnlp.articles.drafts import Draft, pick_fields
from polnlp.articles.rows import BadFile, Row, read_rows
from polnlp.articles.sources import SidecarFile, refuse
from polnlp.schema import Failure


class Sidecar:
    """The rows of one ``metadata.csv``, by file or id, and which of them have been used."""

    def __init__(self, file: SidecarFile, columns: Mapping[str, str], encoding: str | None) -> None:
        self.file = file
        self.faults: list[Failure] = []
        self._columns = columns
        self._by_file: dict[str, Row] = {}
        self._by_id: dict[str, Row] = {}
        self._used: set[int] = set()
        try:
            for row in read_rows(file.source, encoding):
                self._add(row)
        except (BadFile, OSError) as error:
            self.faults.append(refuse(file.source.name, file.source.origin, f"the folder's metadata: {error}"))

    def _add(self, row: Row) -> None:
        if row.columns is None:
            self._report(row, row.fault)
            return
        folded = {key.casefold(): value for key, value in row.columns.items()}
        name = _normalise(str(folded.get("file") or ""))
        id_column = self._columns.get("id", "id")
        given = str(row.columns.get(id_column) or folded.get("id") or "").strip()
        if not name and not given:
            self._report(row, "the row names neither 'file' nor 'id'.")
        elif (name and name in self._by_file) or (not name and given in self._by_id):
            self._report(row, f"{name or given!r} has a row already; the first stands.")
        elif name:
            self._by_file[name] = row
        else:
            self._by_id[given] = row

    def _report(self, row: Row, reason: str) -> None:
        origin = f"{self.file.source.origin}:{row.number}"
        self.faults.append(refuse(f"{self.file.source.name}:{row.number}", origin, f"the folder's metadata: {reason}"))

    def complete(self, draft: Draft) -> None:
        """Put the row of a draft's file, or of its id, over what the draft holds."""
        name = draft.file.removeprefix(self.file.base)
        row = self._by_file.get(name) or self._by_file.get(_without_suffix(name)) or self._by_id.get(draft.id)
        if row is None or row.columns is None:
            return
        self._used.add(row.number)
        given = {
            key: value for key, value in row.columns.items() if key.casefold() != "file" and value not in (None, "")
        }
        fields, metadata = pick_fields(given, self._columns)
        fields.pop("text", None)
        if not draft.single:
            fields.pop("id", None)  # one id cannot be that of many rows
        if "date" in fields:
            draft.date_from = "metadata.csv"
        draft.fields.update(fields)
        draft.metadata.update(metadata)

    def finish(self) -> Iterator[Failure]:
        """Give what was wrong with the rows, and those that no article was found for."""
        yield from self.faults
        for key, row in sorted({**self._by_id, **self._by_file}.items(), key=lambda pair: pair[1].number):
            if row.number not in self._used:
                origin = f"{self.file.source.origin}:{row.number}"
                yield refuse(
                    key, origin, f"the folder's metadata names {key!r}, but no such article was found beside it."
                )


def _normalise(name: str) -> str:
    return name.strip().replace("\\", "/").removeprefix("./")


def _without_suffix(name: str) -> Any:
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and "/" not in suffix else name
