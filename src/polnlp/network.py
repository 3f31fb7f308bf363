"""From reports to the network: who is who across articles, the scholar's decisions, graph, exports, tables, page."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from polnlp import __version__
from polnlp.account import read_run_config
from polnlp.config import GraphConfig
from polnlp.entities.corpus import CorpusIdentity, join_entities
from polnlp.entities.merges import Decisions, MergeTally, apply_decisions, read_merges, refuse_unknown_ids, write_merges
from polnlp.entity_list import write_entity_list
from polnlp.errors import CorpusError
from polnlp.graph.build import build_stored_graph
from polnlp.graph.explain import Explanation, explain
from polnlp.graph.export import export_graph
from polnlp.graph.page import write_page
from polnlp.graph.selection import Part
from polnlp.kb import hash_own_entities, open_kb
from polnlp.report_page import remove_pages, write_report_pages
from polnlp.reports import find_report_files, read_reports
from polnlp.schema import Report
from polnlp.tables import write_tables

logger = logging.getLogger(__name__)

WHOLE = Part()


class DecidedReports:
    """Reports as a scholar's edited ``merges.csv`` corrects them; can be read as often as needed.

    Args:
        reports: A run's folder, its ``reports/``, or a file of reports.
        merges: The edited file; by default ``merges.csv`` in the run's folder, where there is one.
        own: Files of the scholar's own entities; by default those of the run.

    Raises:
        CorpusError: If ``merges`` or a file of own entities is missing or wrong.
    """

    def __init__(self, reports: Path, merges: Path | None = None, own: Sequence[str] | None = None) -> None:
        self.reports = reports
        run = reports.parent if reports.name == "reports" or reports.is_file() else reports
        edited = run / "merges.csv"
        self.decisions = read_merges(merges or edited) if merges or edited.is_file() else Decisions()
        self._own = _find_own(run) if own is None else own
        self._kb = open_kb(own=self._own)
        refuse_unknown_ids(merges or edited, self.decisions, self._kb)

    def __iter__(self) -> Iterator[Report]:
        for report in read_reports(self.reports):
            yield apply_decisions(report, self.decisions, self._kb)

    def digest(self, config: GraphConfig, *, pages: bool = False, part: Part = WHOLE) -> str:
        """Give the sha256 of all that network and pages depend on: the same again means that nothing need be built."""
        own = hash_own_entities(self._own)
        decided = [row for row in self.decisions.rows if row.decision]  # the others are the machine's, made anew
        digest = hashlib.sha256(msgspec.json.encode([__version__, config, decided, own, pages, part.describe()]))
        for report in read_reports(self.reports):
            digest.update(msgspec.json.encode([report.article.id, report.made_by], order="deterministic"))
        return digest.hexdigest()


def write_network(
    reports: Path,
    output: Path,
    config: GraphConfig,
    *,
    merges: Path | None = None,
    own: Sequence[str] | None = None,
    known: dict[str, Any] | None = None,
    pages: bool | None = None,
    part: Part = WHOLE,
) -> dict[str, Any]:
    """Build the network of reports and write graph, exports, tables, page and ``merges.csv`` into ``output``.

    Where ``output`` is the run's own folder the articles' pages are written as well, beside their reports.

    Args:
        merges: An edited ``merges.csv`` to honour; by default the one in the run's folder.
        own: Files of the scholar's own entities, which a decision may name; by default those of the run.
        known: What this function gave for the same ``output`` before; if nothing has changed, nothing is built.
        pages: Whether articles have pages; by default as the run's settings say.
        part: The part of the corpus whose network is built. Who is who is settled in the whole corpus, so that the
            same entity has the same id in the networks of all parts.

    Returns:
        Numbers of ``nodes``, ``edges`` and articles' ``pages``, and the ``digest`` of what all was made from.

    Raises:
        CorpusError: If ``part`` holds no report, or is to be written over its own run.
    """
    decided = DecidedReports(reports, merges, own)
    folder = output / "reports"
    here = folder.is_dir() and find_report_files(reports) == find_report_files(folder)
    wanted = here and (read_run_config(output).reports.pages if pages is None else pages)
    if part != WHOLE:
        _check_part(decided, part, output, over=here)
    digest = decided.digest(config, pages=wanted, part=part)
    if known and known.get("digest") == digest and _stands(output, known):
        return known
    # The page goes first and comes last: where it stands, all that belongs to it does, whenever a run was cut off.
    (output / "graph.html").unlink(missing_ok=True)
    identity = join_entities(decided, decided.decisions)
    chosen = decided if part == WHOLE else part.of(decided)
    written = write_report_pages(decided, folder, identity=identity) if wanted else 0
    if here and not wanted:
        remove_pages(folder)
    graph = build_stored_graph(chosen, config=config, identity=identity)
    graph.graph["part"] = part.describe()
    export_graph(graph, output)
    write_tables(chosen, graph, output / "tables", identity=identity)
    write_entity_list(output / "tables", output / "entities.csv")
    _write_merges(reports, identity, output / "merges.csv")
    write_page(graph, output, config=config, reports="reports" if written else None)
    return {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges(), "pages": written, "digest": digest}


def _check_part(decided: DecidedReports, part: Part, output: Path, *, over: bool) -> None:
    if over:
        raise CorpusError(
            f"{output}: holds the reports of the whole corpus, whose network a part's would replace. "
            "Give the part a folder of its own with `-o`."
        )
    try:
        empty = next(iter(part.of(decided)), None) is None
    except ValueError as error:
        raise CorpusError(f"--since, --until: {error}") from error
    if empty:
        asked = ", ".join(f"{name} {value}" for name, value in part.describe().items())
        raise CorpusError(f"{decided.reports}: no report is of this part ({asked}). Ask for less.")


def _stands(output: Path, known: dict[str, Any]) -> bool:
    """Tell whether the pages that an earlier run wrote are still there."""
    return (output / "graph.html").is_file() and len([*output.glob("reports/*.html")]) == known.get("pages")


def _write_merges(reports: Path, identity: CorpusIdentity, path: Path) -> None:
    """List every decision that the machine took; rows that a scholar has edited stay as they are."""
    tally = MergeTally()
    for report in read_reports(reports):
        tally.add(report.merges)
    write_merges([*tally.rows(), *identity.merges], path)


def explain_names(output: Path, a: str, b: str | None = None) -> Explanation:
    """Gather the evidence behind a name, or behind the edge between two, in a run's folder.

    Raises:
        CorpusError: If the folder holds no reports.
        PolnlpError: If a name is not found, or means several entities.
    """
    decided = DecidedReports(output)
    identity = join_entities(decided, decided.decisions)
    return explain(decided, a, b, config=read_graph_config(output), identity=identity)


def _find_own(run: Path) -> list[str]:
    """Give the run's files of own entities; without one only a decision for its entities cannot be carried out."""
    files = read_run_config(run).entities.own
    for file in files:
        if not Path(file).is_file():
            logger.warning("%s: not there any more; decisions for its entities are left undone.", file)
    return [file for file in files if Path(file).is_file()]


def read_graph_config(output: Path) -> GraphConfig:
    """Give the settings that a run's network was built with; the defaults where ``run.json`` is missing."""
    return read_run_config(output).graph
