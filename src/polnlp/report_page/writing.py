"""The pages of a run: one beside each report that is a file of its own and carries its text."""

from collections.abc import Callable, Iterable
from pathlib import Path

from polnlp.report_page.page import format_report_page
from polnlp.reports import page_name, report_name, write_atomically
from polnlp.schema import Entity, Report


def write_report_pages(reports: Iterable[Report], folder: Path, *, identity: Callable[[str, Entity], str]) -> int:
    """Write a page beside each report of a folder, and remove the pages that no report stands beside.

    Args:
        reports: Those of the folder, as a scholar's decisions correct them.
        folder: ``reports/`` of a run. Reports that are packed there have no page.
        identity: Gives an entity's id in the network, which its card links to.

    Returns:
        How many pages there are.
    """
    written = set()
    for report in reports:
        article = report.article.id
        if report.text is None or not (folder / report_name(article)).is_file():
            continue
        nodes = {entity.id: identity(article, entity) for entity in report.entities}
        path = folder / page_name(article)
        write_atomically(path, format_report_page(report, nodes=nodes))
        written.add(path.name)
    remove_pages(folder, keep=written)
    return len(written)


def remove_pages(folder: Path, *, keep: Iterable[str] = ()) -> None:
    """Remove the pages of a folder of reports, those apart that are to be kept."""
    kept = {*keep}
    for path in folder.glob("*.html"):
        if path.name not in kept:
            path.unlink()
