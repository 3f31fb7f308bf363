"""Reports as tables: Parquet on disk, data frames in memory."""

import sys

import pyarrow.parquet as pq
import pytest

from graph.reports_by_hand import make_report
from polnlp.errors import PolnlpError
from polnlp.graph import build_graph
from polnlp.schema import DateMention
from polnlp.tables import COLUMNS, to_dataframe, write_tables

REQUIRED = ("articles", "paragraphs", "mentions", "stances", "edges")


@pytest.fixture
def reports():
    return [
        make_report(
            "[LEADER Correa] met [ORG CONAIE].\n\n[ORG CONAIE] left.",
            date="2009-01-29",
            title="A meeting",
            metadata={"author": "A. Writer", "rank": 3},
            topics=[(0, "Public Lands")],
            stances=[(0, "author", "nil:Correa", "against", 0.8)],
            dates=[DateMention(start=0, end=6, text="Correa", type="DATE", value="2009", paragraph=0)],
        ),
        make_report("[ORG CONAIE] and [LEADER Correa].", article="a2", with_text=False),
    ]


def test_all_tables_are_written(reports, tmp_path):
    files = write_tables(iter(reports), build_graph(reports), tmp_path)
    assert {file.stem for file in files} == {*COLUMNS, "nodes", "edges", "evidence"} >= set(REQUIRED)
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_rows_are_those_of_the_reports(reports, tmp_path):
    write_tables(reports, build_graph(reports), tmp_path)
    mentions = pq.read_table(tmp_path / "mentions.parquet").to_pylist()
    assert [(row["article"], row["text"], row["entity_id"], row["date"]) for row in mentions] == [
        ("a1", "Correa", "nil:Correa", "2009-01-29"),
        ("a1", "CONAIE", "nil:CONAIE", "2009-01-29"),
        ("a1", "CONAIE", "nil:CONAIE", "2009-01-29"),
        ("a2", "CONAIE", "nil:CONAIE", None),
        ("a2", "Correa", "nil:Correa", None),
    ]
    (first, _, third) = pq.read_table(tmp_path / "paragraphs.parquet").to_pylist()
    assert (first["topic"], first["text"]) == ("Public Lands", "Correa met CONAIE.")
    assert (third["topic"], third["text"]) == (None, None)
    (stance,) = pq.read_table(tmp_path / "stances.parquet").to_pylist()
    assert (stance["holder"], stance["target_name"], stance["label"]) == ("author", "Correa", "against")
    (article, _) = pq.read_table(tmp_path / "articles.parquet").to_pylist()
    assert (article["author"], article["metadata"]) == ("A. Writer", '{"author":"A. Writer","rank":3}')


def test_edges_and_their_ledger_agree(reports, tmp_path):
    write_tables(reports, build_graph(reports), tmp_path)
    (edge,) = pq.read_table(tmp_path / "edges.parquet").to_pylist()
    evidence = pq.read_table(tmp_path / "evidence.parquet").to_pylist()
    assert (edge["source_name"], edge["target_name"], edge["count"]) == ("CONAIE", "Correa", len(evidence))
    assert [row["article"] for row in evidence] == ["a1", "a2"]


def test_no_reports_give_tables_without_rows(tmp_path):
    for file in write_tables([], None, tmp_path):
        table = pq.read_table(file)
        assert table.num_rows == 0
        assert table.column_names == list(COLUMNS[file.stem])


def test_a_rerun_gives_the_same_bytes(reports, tmp_path):
    for name in ("one", "two"):
        write_tables(reports, build_graph(reports), tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_rows_beyond_one_group_are_all_there(reports, tmp_path, monkeypatch):
    monkeypatch.setattr("polnlp.tables.ROWS_PER_BATCH", 1)
    monkeypatch.setattr("polnlp.tables.ROWS_PER_GROUP", 2)
    write_tables(reports, None, tmp_path)
    assert pq.ParquetFile(tmp_path / "mentions.parquet").num_row_groups == 3
    assert pq.read_table(tmp_path / "mentions.parquet").num_rows == 5


def test_a_crash_leaves_the_old_tables(reports, tmp_path):
    write_tables(reports, None, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def broken():
        yield reports[1]
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        write_tables(broken(), None, tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_corpus_wide_ids_stand_beside_the_reports_own(reports, tmp_path):
    write_tables(reports, None, tmp_path, identity=lambda article, entity: entity.id.replace("nil:", "x:"))
    (row, *_) = pq.read_table(tmp_path / "mentions.parquet").to_pylist()
    assert (row["entity_id"], row["article_entity_id"]) == ("x:Correa", "nil:Correa")


@pytest.mark.parametrize("table", list(COLUMNS))
def test_every_table_is_a_data_frame(reports, table):
    pytest.importorskip("pandas")
    frame = to_dataframe(reports, table)
    assert list(frame.columns) == list(COLUMNS[table])
    assert len(frame) > 0


def test_a_report_alone_is_a_data_frame(reports):
    pytest.importorskip("pandas")
    frame = to_dataframe(reports[0])
    assert frame[["text", "label"]].values.tolist() == [["Correa", "LEADER"], ["CONAIE", "ORG"], ["CONAIE", "ORG"]]


def test_no_reports_are_an_empty_data_frame_with_columns():
    pytest.importorskip("pandas")
    assert list(to_dataframe([], "stances").columns) == list(COLUMNS["stances"])


def test_an_unknown_table_is_refused(reports):
    with pytest.raises(ValueError, match="no table 'people'; there are articles, paragraphs"):
        to_dataframe(reports, "people")


def test_without_pandas_the_message_says_what_to_install(reports, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(PolnlpError, match=r"pip install pandas"):
        to_dataframe(reports)
