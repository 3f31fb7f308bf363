"""Reads ``tests/data/holders``: cases of who holds an attitude."""

from pathlib import Path
from typing import NamedTuple

from polnlp.classify.quotes import find_holder, find_quotes

FOLDER = Path(__file__).parent.parent / "data" / "holders"
_ARTICLES = ("the ", "a ", "an ", "my ")


class Case(NamedTuple):
    file: str
    line: int
    holder: str
    text: str
    start: int
    end: int


def read_cases(folder: Path = FOLDER) -> list[Case]:
    return [
        read_case(file.stem, number, line)
        for file in sorted(folder.glob("*.txt"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def read_case(file: str, number: int, line: str) -> Case:
    holder, marked = line.split(" | ", 1)
    marked = marked.replace("¶", "\n\n")
    start, end = marked.index("{"), marked.index("}") - 1
    return Case(file, number, holder, marked.replace("{", "", 1).replace("}", "", 1), start, end)


def predict_holder(case: Case) -> str:
    quote = find_holder(find_quotes(case.text), case.start, case.end)
    if quote is None or quote.speaker_start is None:
        return "author" if quote is None else "unnamed"
    return case.text[quote.speaker_start : quote.speaker_end]


def is_right(case: Case, found: str) -> bool:
    """Compare names without their articles and capitals."""
    return _bare(found) == _bare(case.holder)


def _bare(name: str) -> str:
    lower = name.lower()
    return next((lower.removeprefix(article) for article in _ARTICLES if lower.startswith(article)), lower)
