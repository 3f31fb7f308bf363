"""Read the marked sentences of ``tests/data/dates``: the specification that a political scientist reads and extends.

    2009-01-29 | It was uncovered on [September 11th of last year = 2008-09-11].

The article's date stands first (``-`` for none). A mention is ``[words = value]``; behind the value may stand its
modifier (``END``), and for a set ``SET``. ``? P1Y-`` is a value left open, with what it says relative to its anchor.
``#`` begins a comment, ``##`` a topic.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_MENTION = re.compile(r"\[([^\[\]=]+) = ([^\[\]]+)\]")
FOLDER = Path(__file__).parents[2] / "data" / "dates"


@dataclass(frozen=True)
class Sentence:
    topic: str
    reference: str | None
    text: str
    expected: list[tuple[str, str]]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"


def read_sentences(name: str) -> list[Sentence]:
    topic, sentences = "", []
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("##"):
            topic = line.strip("# ")
        elif line.strip() and not line.startswith("#"):
            reference, bar, marked = line.partition(" | ")
            if not bar:
                raise ValueError(f"{name}, line {number}: expected 'date | sentence', found {line!r}")
            sentences.append(read_marked(marked.replace("\\n", "\n"), reference.strip(), topic))
    return sentences


def read_marked(marked: str, reference: str = "-", topic: str = "") -> Sentence:
    expected = [(match[1], match[2].strip()) for match in _MENTION.finditer(marked)]
    return Sentence(topic, None if reference == "-" else reference, _MENTION.sub(r"\1", marked), expected)


def show(mention) -> tuple[str, str]:
    """A mention as the sentences write it."""
    value = mention.value if mention.value is not None else f"? {mention.relative}"
    kind = " SET" if mention.type == "SET" else ""
    return mention.text, f"{value}{kind}{' ' + mention.mod if mention.mod else ''}"
