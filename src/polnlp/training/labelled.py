"""Files of labelled rows: how they are read, and which rows of one's own can be learnt from."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from polnlp.articles.rows import BadFile
from polnlp.articles.rows import read_rows as read_table
from polnlp.articles.sources import ROW_SUFFIXES, Source, match_suffix
from polnlp.errors import CorpusError


class Labelled(Protocol):
    """A text, or a text and its target, with a label."""

    @property
    def label(self) -> str:
        """What it is labelled as."""


E = TypeVar("E", bound=Labelled)


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read JSON Lines, gzipped or not, CSV, TSV or Parquet, with line numbers from 1; empty lines are passed over.

    Raises:
        CorpusError: If the file is of another form or cannot be read, or a row is damaged.
    """
    suffix = match_suffix(path.name)
    if suffix not in ROW_SUFFIXES:
        raise CorpusError(f"{path}: not a table; give labelled rows as .jsonl, .jsonl.gz, .csv, .tsv or .parquet.")
    source = Source(path.name, str(path), suffix, lambda: path.open("rb"))
    try:
        for row in read_table(source):
            if row.columns is None:
                raise CorpusError(f"{path}:{row.number}: {row.fault}")
            yield row.number, dict(row.columns)
    except BadFile as error:
        raise CorpusError(f"{path}: cannot read labelled rows: {error}") from error
    except OSError as error:
        raise CorpusError(f"{path}: cannot read labelled rows: {error.strerror}. Check the path.") from error


def find_label(row: Mapping[str, Any], fields: Sequence[str], where: str) -> str | None:
    """Give a row's label from the first of the fields that it has; ``None`` where it is blank, as in a sample.

    Raises:
        CorpusError: If the label is neither a word nor a whole number.
    """
    value = next((row[field] for field in fields if field in row), None)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise CorpusError(f"{where}: the label {value!r} is a {type(value).__name__}; give one word or whole number.")
    return (value or "").strip() or None


def find_group(row: Mapping[str, Any], number: int) -> str:
    """Give what a row is a part of, by what stands before ``#`` in its ``id``; its number where it has no id."""
    name = row.get("id")
    return str(number if name in (None, "") else name).split("#")[0]


def check_fields(rows: Collection[Mapping[str, Any]], fields: Sequence[str], advice: str, path: Path) -> None:
    """Refuse rows none of which has one of the fields filled.

    Raises:
        CorpusError: It names the fields that there are, and says what to do next.
    """
    if not rows:
        raise CorpusError(f"{path}: no rows; give one labelled text a row.")
    if not any(row.get(field) not in (None, "") for row in rows for field in fields):
        there = ", ".join(dict.fromkeys(str(field) for row in rows for field in row)) or "none"
        wanted = " or ".join(repr(field) for field in fields)
        raise CorpusError(
            f"{path}: none of {len(rows)} rows has {wanted} filled in; their fields are {there}. {advice}"
        )


def drop_repeats(examples: Iterable[E], key: Callable[[E], Hashable]) -> tuple[list[E], Counter[str]]:
    """Keep of what stands there several times the first, and nothing of what has several labels.

    A text that stands both in what is learnt from and in what is judged would flatter the scores.

    Returns:
        The examples in order, and how many were left out as ``repeated`` and as ``of several labels``.
    """
    alike: dict[Hashable, list[E]] = {}
    for example in examples:
        alike.setdefault(key(example), []).append(example)
    kept, left_out = [], Counter[str]()
    for same in alike.values():
        if len({example.label for example in same}) > 1:
            left_out["of several labels"] += len(same)
        else:
            kept.append(same[0])
            left_out["repeated"] += len(same) - 1
    return kept, +left_out
