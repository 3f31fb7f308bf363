"""Sentences whose names are marked in the text, as in ``The [PARTY Labour Party] lost [REGION Kent].``.

A label may have two sides, the codebook's and CrossNER's: ``[PARTY|MISC Republican]``; ``-`` is not marked.
"""

import re
from importlib.resources import files

from polnlp.errors import CorpusError
from polnlp.evaluation.gold import GoldSpan
from polnlp.mentions.labels import Scheme
from polnlp.schema import LABELS
from polnlp.training.data import LabelledText

_MARK = re.compile(r"\[([A-Z-]+)(?:\|([A-Z-]+))? ([^\[\]]+)\]")


def read_marked(text: str, scheme: Scheme, name: str = "own") -> list[LabelledText]:
    """Read one marked text a line with the labels of a scheme; empty lines and those after a # are passed over.

    Raises:
        CorpusError: If a line holds an unknown label or a bracket without one; the message names the line.
    """
    return [
        read_line(line, scheme, f"{name}:{number}")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def read_line(line: str, scheme: Scheme, where: str) -> LabelledText:
    """Read one marked text."""
    pieces, spans, at, length = [], [], 0, 0
    for mark in _MARK.finditer(line):
        label = mark[2] if scheme == "crossner" and mark[2] else mark[1]
        if label not in (*LABELS, "-"):
            raise CorpusError(f"{where}: unknown label {label!r}; expected {', '.join(LABELS)} or -.")
        between = line[at : mark.start()]
        start = length + len(between)
        length = start + len(mark[3])
        pieces += [between, mark[3]]
        if label != "-":
            spans.append(GoldSpan(start, length, label))
        at = mark.end()
    text = "".join(pieces) + line[at:]
    if "[" in text or "]" in text:
        raise CorpusError(f"{where}: a bracket without a label; write [LABEL name].")
    return LabelledText(where, text, tuple(spans))


def read_own_sentences(scheme: Scheme) -> list[LabelledText]:
    """Read the sentences that come with the package."""
    text = files("polnlp.training").joinpath("sentences/names.txt").read_text(encoding="utf-8")
    return read_marked(text, scheme)
