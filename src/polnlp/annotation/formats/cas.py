"""INCEpTION: UIMA CAS JSON 0.4.0, one document with the layers of WebAnno TSV's module.

What that form has no sign for (control characters, marks that cross) this one keeps as it is. Offsets are UTF-16 units.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from polnlp.annotation.formats.inception import ITEMS, NAMES
from polnlp.annotation.formats.pieces import cut_pieces
from polnlp.annotation.formats.utf16 import Utf16
from polnlp.annotation.items import Item, Mark
from polnlp.errors import CorpusError

_SEGMENTS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
_SENTENCE, _TOKEN = f"{_SEGMENTS}Sentence", f"{_SEGMENTS}Token"
_FEATURES = {NAMES: ("value", "identifier"), ITEMS: ("choice", "item", "what"), _SENTENCE: (), _TOKEN: ()}
_SOFA, _VIEW = "uima.cas.Sofa", "_InitialView"


def write(items: Sequence[Item]) -> bytes:
    """Give one document: an item a line, covered by a sentence and a ``PolnlpItem``."""
    text = "\n".join(item.text for item in items)
    units = Utf16(text)
    structures: list[dict[str, Any]] = [
        {"%ID": 1, "%TYPE": _SOFA, "sofaNum": 1, "sofaID": _VIEW, "mimeType": "text/plain", "sofaString": text}
    ]
    for layer, start, end, features in _annotations(items):
        given = {name: value for name, value in features.items() if value is not None}
        place = {"@sofa": 1, "begin": units.of(start), "end": units.of(end)}
        structures.append({"%ID": len(structures) + 1, "%TYPE": layer, **place, **given})
    types = {
        layer: {
            "%NAME": layer,
            "%SUPER_TYPE": "uima.tcas.Annotation",
            **{name: {"%NAME": name, "%RANGE": "uima.cas.String"} for name in features},
        }
        for layer, features in _FEATURES.items()
    }
    members = [structure["%ID"] for structure in structures[1:]]
    cas = {
        "%TYPES": types,
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {_VIEW: {"%SOFA": 1, "%MEMBERS": members}},
    }
    return json.dumps(cas, ensure_ascii=False, indent=1).encode() + b"\n"


def _annotations(items: Sequence[Item]) -> Iterator[tuple[str, int, int, dict[str, str | None]]]:
    """Give layer, start, end and features of all annotations, in code points of the document."""
    at = 0
    for item in items:
        end = at + len(item.text)
        yield _SENTENCE, at, end, {}
        yield ITEMS, at, end, {"choice": item.choice, "item": item.id, "what": item.what}
        for first, last in cut_pieces(item.text, item.spans):
            if not item.text[first:last].isspace():
                yield _TOKEN, at + first, at + last, {}
        for mark in item.spans:
            yield NAMES, at + mark.start, at + mark.end, {"value": mark.label, "identifier": mark.entity}
        at = end + 1


def read(data: bytes, where: str) -> list[Item]:
    """Read an export as UIMA CAS JSON; a document without ``PolnlpItem`` is one item."""
    try:
        structures = json.loads(data)["%FEATURE_STRUCTURES"]
        text = next(part["sofaString"] for part in structures if part["%TYPE"] == _SOFA and "sofaString" in part)
        units = Utf16(text)
        layers = {
            layer: [_read_place(part, units) for part in structures if part["%TYPE"] == layer]
            for layer in (NAMES, ITEMS)
        }
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        hint = 'export from INCEpTION as "UIMA CAS JSON 0.4.0"'
        raise CorpusError(f"{where}: not UIMA CAS JSON ({error!r}); {hint}.") from error
    places = layers[ITEMS] or [(0, len(text), {})]
    for start, end, _ in layers[NAMES]:
        if not any(first <= start and end <= last for first, last, _ in places):
            raise CorpusError(f"{where}: the mark {text[start:end]!r} is not within one item; shorten it.")
    return [
        Item(
            id=part.get("item") or "",
            what=part.get("what") or "paragraphs",
            text=text[first:last],
            choice=part.get("choice"),
            spans=tuple(_make_mark(mark, first) for mark in layers[NAMES] if first <= mark[0] and mark[1] <= last),
        )
        for first, last, part in places
    ]


Placed = tuple[int, int, dict[str, Any]]


def _read_place(part: dict[str, Any], units: Utf16) -> Placed:
    return units.back(part["begin"]), units.back(part["end"]), part


def _make_mark(placed: Placed, first: int) -> Mark:
    start, end, part = placed
    return Mark(start=start - first, end=end - first, label=part.get("value") or "", entity=part.get("identifier"))
