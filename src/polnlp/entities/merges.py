"""``merges.csv``: every decision about identity, one row for each distinct one, to be read and overruled by a scholar.

``from`` joins ``into`` by ``rule``. ``decision`` is the scholar's: ``accept``, ``reject``, or the id of the entity that
is meant; a row with a decision is kept as it is, whatever is written later. Ids of entities that the knowledge base
does not hold stand without their article's part, so that one row speaks for all articles.
"""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from polnlp.errors import CorpusError
from polnlp.kb import KnowledgeBase
from polnlp.reports import write_atomically
from polnlp.schema import Merge, Report
from polnlp.spreadsheets import FORMULA, open_table

COLUMNS = ("kind", "from", "into", "rule", "score", "runner_up", "articles", "decision", "note")
KINDS = ("group", "link", "nil", "corpus")
_ARTICLE_PART = re.compile(r"(nil:[a-z]+:[^:]+):[0-9a-f]{8}$")


class MergeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of ``merges.csv``.

    Attributes:
        articles: In how many articles the decision was taken.
        decision: ``accept``, ``reject``, an entity id, or empty.
    """

    kind: str
    source: str
    into: str
    rule: str = ""
    score: float = 0.0
    runner_up: str = ""
    articles: int = 0
    decision: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the row is about."""
        return self.kind, self.source, self.into


class Decisions:
    """The rows of a ``merges.csv``, those that bear a decision ready to be asked."""

    def __init__(self, rows: Iterable[MergeRow] = ()) -> None:
        self.rows: tuple[MergeRow, ...] = tuple(rows)
        self._held = {row.key: row.decision for row in self.rows if row.decision not in ("", "accept")}

    def __bool__(self) -> bool:
        return bool(self._held)

    def of(self, kind: str, source: str, into: str) -> str:
        """Give what was decided: ``reject``, an entity's id, or an empty string where nothing is to be changed."""
        return self._held.get((kind, source, strip_article(into)), "")


class MergeTally:
    """Counts distinct decisions, article by article, in any order; of each it keeps the lowest score, to be checked."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, str], MergeRow] = {}

    def add(self, merges: Iterable[Merge]) -> None:
        """Add one article's decisions."""
        seen: dict[tuple[str, str, str], Merge] = {}
        for merge in merges:
            key: tuple[str, str, str] = (merge.kind, merge.source, strip_article(merge.into))
            if key not in seen or (merge.score, merge.rule) < (seen[key].score, seen[key].rule):
                seen[key] = merge
        for key, merge in seen.items():
            self._count(key, merge)

    def _count(self, key: tuple[str, str, str], merge: Merge) -> None:
        held = self._held.get(key)
        count = held.articles + 1 if held else 1
        lowest = (merge.score, merge.rule, merge.runner_up)
        if held is not None:
            lowest = min(lowest, (held.score, held.rule, held.runner_up))
        self._held[key] = MergeRow(
            kind=key[0],
            source=key[1],
            into=key[2],
            score=lowest[0],
            rule=lowest[1],
            runner_up=lowest[2],
            articles=count,
        )

    def rows(self) -> list[MergeRow]:
        """Give the rows counted so far, sorted."""
        return [self._held[key] for key in sorted(self._held)]


def write_merges(rows: Iterable[MergeRow], path: Path) -> None:
    """Write ``merges.csv``; rows that bear a decision in a file that is there already are kept as they are.

    Raises:
        CorpusError: If the file that is there is no ``merges.csv``: it is left alone.
        PolnlpError: If it cannot be written.
    """
    kept = {row.key: row for row in read_merges(path).rows if row.decision or row.note} if path.exists() else {}
    merged = {row.key: row for row in rows} | kept
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key in sorted(merged):
        row = merged[key]
        cells = [
            row.kind,
            row.source,
            row.into,
            row.rule,
            f"{row.score:.4f}",
            row.runner_up,
            str(row.articles),
            row.decision,
            row.note,
        ]
        writer.writerow([_quote(cell) for cell in cells])
    write_atomically(path, stream.getvalue().encode("utf-8", "surrogatepass"))


def read_merges(path: Path) -> Decisions:
    """Read a ``merges.csv``.

    Raises:
        CorpusError: If it cannot be read, a column is missing, a cell is wrong, or two rows contradict each other; the
            message names the lines.
    """
    try:
        reader = open_table(path.read_bytes(), str(path))
    except OSError as error:
        raise CorpusError(f"{path}: cannot read the merges: {error.strerror}.") from error
    rows: list[tuple[int, MergeRow]] = []
    try:
        header: list[str] = next(reader, [])
        missing = [name for name in (*COLUMNS[:3], "decision") if name not in header]
        if missing:
            raise CorpusError(
                f"{path}, line 1: columns {', '.join(missing)} are missing; expected {', '.join(COLUMNS)}."
            )
        for cells in reader:
            if any(cells):
                rows.append((reader.line_num, _read_row(path, reader.line_num, header, cells)))
    except csv.Error as error:
        raise CorpusError(f"{path}, line {reader.line_num}: not valid CSV: {error}.") from error
    _refuse_contradictions(path, rows)
    return Decisions(row for _, row in rows)


def refuse_unknown_ids(path: Path, decisions: Decisions, kb: KnowledgeBase) -> None:
    """Refuse decisions for an entity that the knowledge base does not hold: they would change nothing, unseen.

    Raises:
        CorpusError: The message names the row.
    """
    for row in decisions.rows:
        wanted = row.decision
        if wanted not in ("", "accept", "reject") and not wanted.startswith("nil:") and kb.entry(wanted) is None:
            raise CorpusError(f"{path}: {_say(row)}: no entity has this id; `polnlp kb search NAME` finds ids.")


def apply_decisions(report: Report, decisions: Decisions, kb: KnowledgeBase) -> Report:
    """Change a report as the edited rows say, and nothing else; the text is not read again.

    A rejected link makes the entity one of its own (``nil:``); another id puts that entry in its place. A rejected join
    takes the mentions of that surface form out of the entity, to stand by themselves; another id moves them there.
    ``accept`` and rows without a decision change nothing. Rows of kind ``corpus`` concern ``join_entities``.
    """
    if not decisions:
        return report
    from polnlp.entities.revising import revise_report

    return revise_report(report, decisions, kb)


def strip_article(entity_id: str) -> str:
    """Give an id without the part that says in which article an unknown entity stands."""
    match = _ARTICLE_PART.fullmatch(entity_id)
    return match.group(1) if match else entity_id


def _read_row(path: Path, line: int, header: list[str], cells: list[str]) -> MergeRow:
    if len(cells) != len(header):
        raise CorpusError(f"{path}, line {line}: {len(cells)} cells, the header has {len(header)}.")
    row = {name: _unquote(cell) for name, cell in zip(header, cells, strict=True)}
    if row["kind"] not in KINDS:
        raise CorpusError(f"{path}, line {line}, column kind: {row['kind']!r}; expected one of {', '.join(KINDS)}.")
    decision = row["decision"].strip()
    if decision.lower() in ("accept", "reject"):
        decision = decision.lower()
    elif decision and ":" not in decision:
        raise CorpusError(
            f"{path}, line {line}, column decision: {decision!r}; expected accept, reject, or an entity's id."
        )
    numbers = {}
    for name, kind in (("score", float), ("articles", int)):
        try:
            numbers[name] = kind(row.get(name) or 0)
        except ValueError:
            raise CorpusError(f"{path}, line {line}, column {name}: {row[name]!r}; expected a number.") from None
    return MergeRow(
        kind=row["kind"], source=row["from"], into=row["into"], rule=row.get("rule", ""),
        runner_up=row.get("runner_up", ""),
        score=float(numbers["score"]), articles=int(numbers["articles"]), decision=decision, note=row.get("note", ""),
    )  # fmt: skip


def _refuse_contradictions(path: Path, rows: list[tuple[int, MergeRow]]) -> None:
    """Refuse two rows that decide one thing in two ways."""
    held: dict[tuple[str, str, str], tuple[int, MergeRow]] = {}
    for line, row in rows:
        known = held.setdefault(row.key, (line, row)) if row.decision else (line, row)
        if known[1].decision != row.decision:
            raise CorpusError(
                f"{path}: lines {known[0]} and {line} contradict each other: {_say(known[1])}, but {_say(row)}. "
                f"Keep one of the decisions."
            )


def _say(row: MergeRow) -> str:
    return f"{row.kind} {row.source!r} into {row.into!r}: {row.decision}"


def _quote(cell: str) -> str:
    return (
        f"'{cell}"
        if cell.startswith(FORMULA) or (cell.startswith("'") and cell.lstrip("'").startswith(FORMULA))
        else cell
    )


def _unquote(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip("'").startswith(FORMULA) else cell
