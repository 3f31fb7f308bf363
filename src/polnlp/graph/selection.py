"""Parts of a corpus: by time, source, country or topic, and windows that move through time."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal

from msgspec.structs import replace

from polnlp.graph.dates import first_day, is_calendar, last_day, text_dates
from polnlp.schema import Report


def select_reports(
    reports: Iterable[Report],
    *,
    since: str | None = None,
    until: str | None = None,
    dates: Literal["article", "text"] = "article",
    sources: Collection[str] = (),
    countries: Collection[str] = (),
    topics: Collection[str] = (),
) -> Iterator[Report]:
    """Give the reports of a part of the corpus, for ``build_graph``; what is not asked for is not filtered.

    Articles are chosen by date, source and country (of their metadata), paragraphs by topic and, with
    ``dates="text"``, by the dates that they speak of: mentions, topics and stances of other paragraphs are left out.

    Args:
        reports: One after the other; nothing is kept.
        since: First day, month or year that is wanted (``2009``, ``2009-01``, ``2009-01-29``).
        until: Last day, month or year that is wanted. A date that may lie on either side of a bound is inside.
        dates: Whether the article's date is meant, or the dates that a paragraph speaks of. What has none is outside.

    Raises:
        ValueError: If a bound is no calendar date.
    """
    bounds = _bounds(since, until)
    for report in reports:
        metadata = report.article.metadata
        if sources and metadata.get("source") not in sources:
            continue
        if countries and metadata.get("country") not in countries:
            continue
        if bounds and dates == "article" and not (report.article.date and _inside(report.article.date.value, bounds)):
            continue
        if topics or (bounds and dates == "text"):
            yield _keep_paragraphs(report, _wanted_paragraphs(report, bounds if dates == "text" else None, topics))
        else:
            yield report


@dataclass(frozen=True)
class Part:
    """A part of a corpus by the arguments of ``select_reports``; can be read as often as the corpus can."""

    since: str | None = None
    until: str | None = None
    dates: Literal["article", "text"] = "article"
    sources: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def of(self, reports: Iterable[Report]) -> Iterable[Report]:
        """Give the part of a corpus; its reports are read when the part is."""
        return _PartOf(reports, self)

    def describe(self) -> dict[str, Any]:
        """Give what was asked for, without the rest; empty for the whole."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        asked = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items() if value}
        if self.since is None and self.until is None:
            del asked["dates"]
        return asked


@dataclass(frozen=True)
class _PartOf:
    reports: Iterable[Report]
    part: Part

    def __iter__(self) -> Iterator[Report]:
        part = self.part
        return select_reports(
            self.reports,
            since=part.since,
            until=part.until,
            dates=part.dates,
            sources=part.sources,
            countries=part.countries,
            topics=part.topics,
        )


def _bounds(since: str | None, until: str | None) -> tuple[str, str] | None:
    for bound in (since, until):
        if bound is not None and not is_calendar(bound):
            raise ValueError(f"{bound!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD.")
    if since is None and until is None:
        return None
    return (first_day(since) if since else "0000"), (last_day(until) if until else "9999-99")


def _inside(value: str, bounds: tuple[str, str]) -> bool:
    return is_calendar(value) and last_day(value) >= bounds[0] and first_day(value) <= bounds[1]


def _wanted_paragraphs(report: Report, bounds: tuple[str, str] | None, topics: Collection[str]) -> set[int]:
    wanted = {paragraph.index for paragraph in report.paragraphs}
    if topics:
        wanted &= {topic.paragraph for topic in report.topics if topic.label in topics or topic.second in topics}
    if bounds:
        told = text_dates(report.dates)
        wanted &= {index for index, values in told.items() if any(_inside(value, bounds) for value in values)}
    return wanted


def _keep_paragraphs(report: Report, wanted: set[int]) -> Report:
    return replace(
        report,
        mentions=tuple(mention for mention in report.mentions if mention.paragraph in wanted),
        dates=tuple(mention for mention in report.dates if mention.paragraph in wanted),
        topics=tuple(topic for topic in report.topics if topic.paragraph in wanted),
        stances=tuple(stance for stance in report.stances if stance.paragraph in wanted),
    )


def moving_windows(first: str, last: str, *, days: int, step: int) -> Iterator[tuple[str, str]]:
    """Give windows of ``days`` days, each ``step`` days after the one before, from ``first`` until ``last`` is covered.

    Args:
        first: First day; of a year or month its first.
        last: Last day; of a year or month its last.
        days: Length of a window; with ``step=days`` they are slices that touch.

    Raises:
        ValueError: If ``days`` or ``step`` is below 1, or a date is none.
    """
    if days < 1 or step < 1:
        raise ValueError(f"moving_windows: days and step must be at least 1, not {days} and {step}.")
    bounds = _bounds(first, last)
    assert bounds is not None  # noqa: S101 - both are given
    start, end = (date.fromisoformat(bound) for bound in bounds)
    while True:
        close = start + timedelta(days=days - 1)
        yield start.isoformat(), min(close, end).isoformat()
        if close >= end:
            return
        start += timedelta(days=step)
