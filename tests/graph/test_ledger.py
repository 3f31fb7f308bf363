"""The ledger in temporary files: the same network as one held in memory, whatever its size."""

import errno
import gc
import tempfile
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.errors import PolnlpError
from polnlp.graph import build_graph, intervals, ledger
from polnlp.graph.build import build_stored_graph
from polnlp.graph.export import export_graph, stream_json
from polnlp.graph.ledger import Ledger, StoredEvidence
from polnlp.graph.page import write_page
from polnlp.graph.spool import Rows, Values
from polnlp.schema import DateMention
from polnlp.tables import write_tables

TEXTS = (
    "[LEADER Correa] met [ORG CONAIE]. [LEADER Correa] left.\n\n[COUNTRY Ecuador] saw [ORG CONAIE] in [REGION Quito].",
    "[ORG CONAIE] marched. [LEADER Correa] did not.\n\n[PARTY Alianza] left [LEADER Correa].",
    "[COUNTRY Ecuador] is a country.\n\n[LEADER Correa], [ORG CONAIE] and [PARTY Alianza] met in [REGION Quito].",
    "Nobody is named here.",
)


def make_reports(count=12):
    """Reports that use all that a ledger holds, in an order that is not that of their ids."""
    for number in range(count):
        stances = [(0, "author", "nil:Correa", "favor", 0.7), (1, "nil:CONAIE", "nil:Correa", "against", 0.6)]
        said = [DateMention(start=0, end=4, text="1998", type="DATE", value=f"{1998 + number % 3}", paragraph=0)]
        yield make_report(
            TEXTS[number % len(TEXTS)],
            article=f"a{number * 7 % count:02}",
            date=f"2009-01-{number + 1:02}" if number % 5 else None,
            score=0.7 + number % 4 / 10,
            topics=[(0, "Labor"), (1, "None" if number % 2 else "Health")],
            stances=stances[: number % 3],
            metadata={"source": f"Paper {number % 2}"},
            dates=said if number % 2 else (),
        )


def write_all(graph, folder, config):
    export_graph(graph, folder)
    write_tables([], graph, folder / "tables")
    write_page(graph, folder, config=config)
    return {file.relative_to(folder): file.read_bytes() for file in sorted(folder.rglob("*.*")) if file.is_file()}


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"window": "sentence", "min_count": 2},
        {"window": "article", "dates": "text", "page_evidence": 1},
        {"window": "tokens", "window_tokens": 4, "null": "configuration", "weight": "proximity"},
        {"max_entities": 2},
    ],
)
def test_a_ledger_in_files_gives_the_same_bytes_as_one_in_memory(options, tmp_path):
    config = GraphConfig(draws=20, **options)
    stored = build_stored_graph(make_reports(), config=config)
    held = build_graph(make_reports(), config=config)
    assert all(isinstance(evidence, StoredEvidence) for _, _, evidence in stored.edges(data="evidence"))
    assert all(isinstance(evidence, list) for _, _, evidence in held.edges(data="evidence"))
    assert write_all(stored, tmp_path / "stored", config) == write_all(held, tmp_path / "held", config)


def test_what_is_stored_reads_like_what_is_held():
    stored, held = build_stored_graph(make_reports()), build_graph(make_reports())
    for a, b, evidence in held.edges(data="evidence"):
        found = stored.edges[a, b]["evidence"]
        assert [*found] == evidence
        assert (len(found), found[-1], found[:2]) == (len(evidence), evidence[-1], evidence[:2])
    for name in ("articles", "sentences"):
        assert dict(stored.graph[name]) == held.graph[name]
        assert "nobody" not in stored.graph[name]
    assert [*stored.graph["stances"]] == held.graph["stances"]
    assert len(stored.graph["stances"]) == len(held.graph["stances"]) > 0
    assert held.graph["stances"][0] in stored.graph["stances"]


def test_sorting_block_by_block_changes_nothing(monkeypatch):
    whole = [*stream_json(build_stored_graph(make_reports()))]
    monkeypatch.setattr(ledger, "BLOCK", 3)
    monkeypatch.setattr(ledger, "_BATCH", 2)
    monkeypatch.setattr(intervals, "COLUMNS", 2)
    assert [*stream_json(build_stored_graph(make_reports()))] == whole


def test_blocks_hold_whole_entities(monkeypatch):
    monkeypatch.setattr(ledger, "BLOCK", 4)
    assert [*ledger._cut_blocks(np.array([0, 3, 1, 0, 9, 2, 2, 1]))] == [(0, 4), (4, 13), (13, 17), (17, 18)]
    assert [*ledger._cut_blocks(np.array([], dtype=int))] == []


def test_evidence_is_not_held():
    names = " and ".join(f"[ORG N{number:02}]" for number in range(20))  # 190 meetings an article

    def measure(count):
        tracemalloc.start()
        graph = build_stored_graph(
            (make_report(names, article=f"a{number:04}") for number in range(count)), config=GraphConfig(draws=0)
        )
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert sum(len(evidence) for _, _, evidence in graph.edges(data="evidence")) == 190 * count
        return held

    assert (measure(60) - measure(20)) / 40 < 2_000  # bytes an article; as dictionaries they were more than 60,000


def test_no_file_stays_open_when_a_graph_is_made():
    files = Path("/proc/self/fd")
    before = len([*files.iterdir()])
    gc.disable()
    try:
        graphs = [build_graph(make_reports(4), config=GraphConfig(draws=2)) for _ in range(3)]
        assert len([*files.iterdir()]) == before
    finally:
        gc.enable()
    assert all(graphs)


def test_rows_and_values_come_back():
    rows, values = Rows(a="i", b="d"), Values()
    assert len(rows.read()) == 0
    assert [rows.add(1, 0.5), rows.add(-2, 1 / 3)] == [0, 1]
    rows.extend(np.array([(3, 2.0)], rows.dtype))
    assert rows.read().tolist() == [(1, 0.5), (-2, 1 / 3), (3, 2.0)]
    told = [{"title": "Ĉu 😀 \ud83d?"}, [], [1.5, None]]
    assert [values.add(value) for value in told] == [0, 1, 2]
    assert [values.read(number) for number in (2, 0, 1)] == [told[2], told[0], told[1]]


@pytest.mark.parametrize("problem", [OSError(errno.ENOSPC, "No space left on device"), FileNotFoundError("no folder")])
def test_no_room_for_temporary_files_is_told(monkeypatch, problem):
    def refuse(**_):
        raise problem

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(PolnlpError, match=r"cannot write temporary files: .*TMPDIR"):
        build_graph(make_reports())


def test_a_disk_that_fills_up_is_told():
    class Full:
        def write(self, _):
            raise OSError(errno.ENOSPC, "No space left on device")

    rows = Rows(a="i")
    rows._spool._file = Full()
    with pytest.raises(PolnlpError, match=r"No space left on device\. Make room there"):
        rows.add(1)


def test_an_empty_ledger_has_no_pairs():
    from polnlp.graph.cooccurrence import find_cooccurrences

    found = Ledger(find_cooccurrences([], GraphConfig()), tokens=False)
    assert (len(found.pairs), len(found.meetings)) == (0, 0)


def test_numbers_and_texts_of_numpy_stand_in_the_ledger_as_pythons_own():
    report = make_report(TEXTS[0], article="a", stances=[(0, "author", "nil:Correa", "favor", np.float64(0.7))])
    article = replace(report.article, title=np.str_("Talks"), metadata={"author": np.str_("Ana")})
    graph = build_graph([replace(report, article=article)], config=GraphConfig(draws=0))
    assert (graph.graph["articles"]["a"]["title"], graph.graph["articles"]["a"]["author"]) == ("Talks", "Ana")
    assert [(stance["score"], stance["value"]) for stance in graph.graph["stances"]] == [(0.7, 0.7)]


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning", "error::ResourceWarning")
def test_temporary_files_are_closed_with_the_graph():
    build_graph(make_reports(), config=GraphConfig(draws=20))
    gc.collect()
