"""Reads ``tests/data/stances``: stances marked by kind of wording."""

from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent.parent / "data" / "stances" / "wordings.txt"


class Case(NamedTuple):
    kind: str
    label: str
    text: str
    start: int
    end: int


def read_cases(file: Path = FILE) -> list[Case]:
    cases, kind = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line.removeprefix("# ")
        elif line:
            label, marked = line.split(" | ", 1)
            start, end = marked.index("{"), marked.index("}") - 1
            cases.append(Case(kind, label, marked.replace("{", "").replace("}", ""), start, end))
    return cases
