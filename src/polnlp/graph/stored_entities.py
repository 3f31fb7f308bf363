"""Entities out of a run's tables, for networks that one page cannot hold: found by name, with all of their ties."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from polnlp.graph.names import fold
from polnlp.graph.page_data import EDGE_COLUMNS, GRAPH_NAMES, NODE_COLUMNS
from polnlp.graph.stored_evidence import Row, read_table

_WORD_BORDER = re.compile(r"[\s\-.]")


@dataclass(frozen=True)
class _Known:
    id: str
    name: str
    label: str
    count: int
    strength: int
    forms: tuple[str, ...]  # the name, then the other names used
    folded: tuple[str, ...]  # of those, of the id and of Wikidata's


def find_entities(output: Path, text: str, *, limit: int = 12) -> list[Row]:
    """Find the entities of a whole network that are called so, as the page's own search does.

    Args:
        output: A run's folder; ``tables/nodes.parquet`` must be there.
        text: A part of a name, of another name used, or of an id; accents and case do not matter.
        limit: Entities at most.

    Returns:
        ``id``, ``name``, ``label``, ``count`` and ``alias`` (the other name that was met, else ``""``) of each: names
        that are the text first, then those that begin with it, then those with a word that does; equals by strength.

    Raises:
        CorpusError: If the table is missing or cannot be read.
    """
    wanted = fold(text)
    if not wanted:
        return []
    path = output / "tables" / "nodes.parquet"
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    ranked = []
    for entity in _read_names(output, changed):
        place = min(((_rank(form, wanted) + 0.5 * (at > 0), at) for at, form in enumerate(entity.folded)))
        if place[0] < _NONE:
            ranked.append((place[0], -entity.strength, entity.id, place[1], entity))
    return [_describe(entity, at) for *_, at, entity in sorted(ranked)[:limit]]


_NONE = 9.0


def _rank(form: str, wanted: str) -> float:
    at = form.find(wanted)
    if at < 0:
        return _NONE
    if at == 0:
        return 0.0 if form == wanted else 1.0
    return 2.0 if _WORD_BORDER.match(form[at - 1]) else 4.0


def _describe(entity: _Known, at: int) -> Row:
    alias = entity.forms[at] if at < len(entity.forms) else ""
    told = {"id": entity.id, "name": entity.name, "label": entity.label, "count": entity.count}
    return {**told, "alias": "" if alias == entity.name else alias}


@lru_cache(maxsize=2)
def _read_names(output: Path, _changed: int) -> list[_Known]:
    """Read what all entities are called; once, until the table changes."""
    columns = ["id", "name", "label", "count", "strength", "aliases", "qid"]
    return [_known(row) for row in read_table(output, "nodes", None, columns)]


def _known(row: Row) -> _Known:
    forms = (row["name"], *_split(row["aliases"]))
    folded = tuple(fold(form) for form in (*forms, row["id"], row["qid"] or ""))
    return _Known(row["id"], row["name"], row["label"], row["count"], row["strength"], forms, folded)


def read_entity(output: Path, entity_id: str, *, limit: int = 500) -> dict[str, Any] | None:
    """Read an entity and its ties, with the page's names for what they carry; ``None`` if there is no such entity.

    Args:
        output: A run's folder; ``tables/`` must hold ``nodes`` and ``edges``.
        entity_id: Its id.
        limit: Ties at most, those of the most windows first.

    Returns:
        ``node``; ``total``, the number of its ties; ``ties``, each with ``source`` and ``target`` as
        ``{id, name, label}``; topics are pairs of name and count.

    Raises:
        CorpusError: If a table is missing or cannot be read.
    """
    rows = read_table(output, "nodes", [("id", "=", entity_id)])
    if not rows:
        return None
    (row,) = rows
    node = {name: row.get(GRAPH_NAMES.get(name, name)) for name in NODE_COLUMNS}
    node |= {"aliases": _split(row["aliases"]), "topics": _counts(row["topics"]), "times": [], "stance_times": []}
    ties = read_table(output, "edges", [[("source", "=", entity_id)], [("target", "=", entity_id)]])
    ties.sort(key=lambda tie: (-tie["count"], tie["source"], tie["target"]))
    shown = ties[:limit]
    ids = sorted({tie[end] for tie in shown for end in ("source", "target")})
    labels = {
        known["id"]: known["label"] for known in read_table(output, "nodes", [("id", "in", ids)], ["id", "label"])
    }
    return {"node": node, "total": len(ties), "ties": [_tie(tie, labels) for tie in shown]}


def _tie(row: Row, labels: dict[str, str]) -> Row:
    ends = {
        end: {"id": row[end], "name": row[f"{end}_name"], "label": labels.get(row[end])} for end in ("source", "target")
    }
    kept = [name for name in EDGE_COLUMNS if name not in ("a", "b", "meetings", "evidence")]
    return {**ends, **{name: row.get(GRAPH_NAMES.get(name, name)) for name in kept}, "topics": _counts(row["topics"])}


def _split(text: str | None) -> list[str]:
    return text.split(" | ") if text else []


def _counts(text: str | None) -> list[tuple[str, int]]:
    """Undo ``Health 3 | Labor 1``."""
    return [(name, int(count)) for name, _, count in (part.rpartition(" ") for part in _split(text))]
