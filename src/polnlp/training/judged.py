"""Paragraphs written for polnlp with all that is learnt from one: names, topic and stances.

An item is a block of lines, a blank line parts it from the next::

    topic: Energy | Environment
    [LEADER Rafael Correa] gave the forest to the drillers; [ORG CONAIE] alone stood up for those who live there.
    against: Rafael Correa
    favor: CONAIE

The names are marked as in ``marked``; the second topic may be missing. A target is one or more surface forms of the
text, parted by ``=`` (``Rafael Correa = Correa``); several targets are parted by ``;``. Lines that
begin with # are passed over.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

from polnlp.classify.stances import find_surface
from polnlp.errors import CorpusError
from polnlp.evaluation.gold import GoldSpan
from polnlp.schema import STANCE_LABELS, TARGET_LABELS, TOPICS
from polnlp.training.marked import read_line


class JudgedTarget(NamedTuple):
    """A target's mentions, in code points, and the attitude toward it."""

    spans: tuple[tuple[int, int], ...]
    label: str


class JudgedText(NamedTuple):
    """A paragraph with names by both ways of marking, its topic and its stances."""

    id: str
    text: str
    codebook: tuple[GoldSpan, ...]
    crossner: tuple[GoldSpan, ...]
    topic: str
    second: str | None
    stances: tuple[JudgedTarget, ...]


def read_judged(text: str, name: str = "judged") -> list[JudgedText]:
    """Read all items of a text.

    Raises:
        CorpusError: If an item is not of this form; the message names its first line.
    """
    return [_read_item(lines, f"{name}:{number}") for number, lines in _blocks(text)]


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    first = 1
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            first = first if block else number
            block.append(line.strip())
        elif block:
            yield first, block
            block = []


def _read_item(lines: list[str], where: str) -> JudgedText:
    if len(lines) < 2 or not lines[0].startswith("topic:"):
        raise CorpusError(f"{where}: an item begins with 'topic: ...' and the paragraph below it.")
    topic, _, second = (part.strip() for part in lines[0].removeprefix("topic:").partition("|"))
    for label in (topic, second or topic):
        if label not in TOPICS:
            raise CorpusError(f"{where}: unknown topic {label!r}; expected one of {', '.join(TOPICS)}.")
    marked = read_line(lines[1], "codebook", where)
    other = read_line(lines[1], "crossner", where)
    stances = [stance for line in lines[2:] for stance in _read_stances(line, marked.text, marked.spans, where)]
    return JudgedText(where, marked.text, marked.spans, other.spans, topic, second or None, tuple(stances))


def _read_stances(line: str, text: str, names: tuple[GoldSpan, ...], where: str) -> Iterator[JudgedTarget]:
    label, colon, targets = line.partition(":")
    if label not in STANCE_LABELS or not colon:
        raise CorpusError(f"{where}: expected 'favor:', 'against:' or 'neutral:' with targets, not {line[:40]!r}.")
    marked = {(span.start, span.end) for span in names if span.label in TARGET_LABELS}
    for target in targets.split(";"):
        forms = [form.strip() for form in re.split(r"\s=\s", target)]
        try:
            spans = sorted({span for form in forms for span in find_surface(text, form) if span in marked})
        except ValueError as error:
            raise CorpusError(f"{where}: {error}") from error
        if not spans:
            raise CorpusError(f"{where}: {target.strip()!r} is no marked name that can be a target.")
        yield JudgedTarget(tuple(spans), label)


def read_own_judged() -> list[JudgedText]:
    """Read the paragraphs that come with the package."""
    return read_judged(files("polnlp.training").joinpath("sentences/judged.txt").read_text(encoding="utf-8"))
