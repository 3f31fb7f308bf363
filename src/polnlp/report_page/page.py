"""The page of one report, put together: it opens from disk, asks no server, and reads without JavaScript as well."""

import re
from functools import cache
from importlib.resources import files

from polnlp.graph.colors import DARK_COLORS, TYPE_COLORS
from polnlp.graph.page import make_policy
from polnlp.report_page import cards
from polnlp.report_page.marking import Marking, escape
from polnlp.schema import LABELS, Report

_SLOT = re.compile(r"\{\{([a-z-]+)\}\}")
_TITLE = 120  # characters of a title that is taken from the text


def format_report_page(report: Report, *, nodes: dict[str, str] | None = None) -> bytes:
    """Write a report as a page; the same report gives the same bytes.

    Args:
        report: With its text.
        nodes: Entity id to its id in the network, for links into a ``graph.html`` one folder up; without it none.

    Raises:
        ValueError: If the report carries no text.
    """
    if report.text is None:
        raise ValueError(f"report of {report.article.id!r}: it carries no text, so there is nothing to mark.")
    numbers = cards.number_entities(report)
    style, program = _style(), _asset("report.js")
    listed = "".join(cards.date_rows(report))
    slots = {
        "policy": make_policy(scripts=[program], styles=[style]),
        "title": escape(find_title(report)),
        "style": style,
        "program": program,
        "counts": cards.describe_counts(report),
        "facts": cards.article_facts(report),
        "legend": cards.legend(report),
        "text": "\n".join(Marking(report, numbers).blocks()),
        "cards": "\n".join(cards.entity_cards(report, numbers, nodes=nodes or {})) or "<p>No name was found.</p>",
        "dates": f"<ul>{listed}</ul>" if listed else "<p>No date was found.</p>",
        "coverage": cards.coverage_line(report),
        "provenance": cards.provenance(report),
        "network": '<a class="button" href="../graph.html">Network</a>' if nodes else "",
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("report.html")).encode("utf-8", "replace")


def find_title(report: Report) -> str:
    """Give the title that came with the article, else the text's title zone, else the id."""
    if report.article.title:
        return report.article.title
    for paragraph in report.paragraphs:
        if paragraph.zone == "title" and report.text is not None:
            words = " ".join(report.text[paragraph.start : paragraph.end].split())
            return words if len(words) <= _TITLE else f"{words[:_TITLE]} …"
    return report.article.id


def _asset(name: str) -> str:
    return (files("polnlp.report_page") / "assets" / name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    """Give the style sheet, with the types' colours as the network's page has them."""
    light = "".join(f".t-{label} {{ --c: {TYPE_COLORS[label]}; }}\n" for label in LABELS)
    dark = "".join(f'[data-theme="dark"] .t-{label} {{ --c: {DARK_COLORS[label]}; }}\n' for label in LABELS)
    system = "".join(f":root:not([data-theme]) .t-{label} {{ --c: {DARK_COLORS[label]}; }}\n" for label in LABELS)
    sheet = _asset("report.css")
    # The dark palette stands once in the sheet; without JavaScript the system's wish decides.
    palette = sheet[sheet.index("/* dark */") : sheet.index("/* end */")]
    unasked = palette.replace(':root[data-theme="dark"]', ":root:not([data-theme])")
    return f"{sheet}{light}{dark}@media (prefers-color-scheme: dark) {{\n{unasked}{system}}}\n"
