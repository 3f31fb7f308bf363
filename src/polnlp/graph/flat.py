"""Nodes and edges as flat rows of scalars, for the exchange forms that hold nothing else."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

Scalar = str | int | float | bool
Row = dict[str, Scalar]
_SCALARS = (str, int, float, bool)

# What XML 1.0 does not allow anywhere, escaped or not: control characters, lone surrogates, the two non-characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEDGERS = frozenset({"evidence"})


def flat_nodes(graph: nx.Graph) -> Iterator[tuple[str, Row]]:
    """Give each node's id and its attributes as scalars."""
    for node, data in graph.nodes(data=True):
        yield node, flatten(data)


def flat_edges(graph: nx.Graph) -> Iterator[tuple[str, str, Row]]:
    """Give each edge's ends and its attributes as scalars, without the ledger."""
    for source, target, data in graph.edges(data=True):
        yield source, target, flatten(data)


def attribute_names(records: Iterable[dict[str, Any]]) -> list[str]:
    """Give the names of all attributes but the ledger, also of those that are nowhere known, in their order."""
    return [name for name in dict.fromkeys(name for data in records for name in data) if name not in _LEDGERS]


def flatten(data: dict[str, Any]) -> Row:
    """Leave out what is unknown, write lists as ``a | b`` and counts as ``Health 3 | Labor 1``."""
    row = {}
    for name, value in data.items():  # some attributes of every tie, for each file: all in one plain loop
        if value is None or name in _LEDGERS:
            continue
        scalar = value if isinstance(value, _SCALARS) else _join(value)
        if scalar != "":
            row[name] = scalar
    return row


def _join(value: Any) -> str:
    if isinstance(value, dict):
        return " | ".join(f"{key} {count}" for key, count in value.items())
    return " | ".join(str(item) for item in value)


def column_types(rows: Iterable[Row]) -> dict[str, type]:
    """Give each column's type, in order of first appearance: ``int`` and ``float`` mixed are ``float``."""
    types: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            found = type(value)
            if types.setdefault(name, found) is not found:
                types[name] = float if {types[name], found} == {int, float} else str
    return types


def xml_text(text: str) -> str:
    """Strip what XML cannot hold and put runs of white space into one space, as the schemas' tokens want it."""
    return " ".join(_NOT_XML.sub("", text).split())


def xml_id(identifier: str) -> str:
    """Give an id that XML can hold; one that had to be changed gets a hash, so that two never become one."""
    clean = xml_text(identifier)
    if clean == identifier:
        return identifier
    return f"{clean}#{hashlib.sha256(identifier.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def write_value(value: Scalar) -> str:
    """Write a scalar as XML Schema spells it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return xml_text(value) if isinstance(value, str) else repr(value)
