"""The store of a run's reports: what is kept, made anew, packed and removed."""

import pytest

from helpers import make_report
from polnlp import store as store_module
from polnlp.reports import find_report_files, read_reports, report_name, write_report
from polnlp.schema import MadeBy
from polnlp.store import ReportStore


def fill(folder, ids, *, shard_from=10_000, resume=True):
    """Run over articles of these ids as the runner does; give the ids that had to be made."""
    store = ReportStore(folder, shard_from=shard_from, resume=resume)
    made = []
    for article_id in ids:
        report = make_report(article_id)
        if store.has(article_id, report.made_by):
            store.keep(article_id)
            continue
        made.append(article_id)
        write_report(report, folder)
        store.keep(article_id)
    store.finish()
    return store, made


def test_a_second_run_makes_nothing(tmp_path):
    fill(tmp_path, ["a", "b"])
    store, made = fill(tmp_path, ["a", "b"])
    assert made == []
    assert [report.article.id for report in store.read()] == ["a", "b"]


def test_a_report_made_by_something_else_is_made_anew(tmp_path):
    store, _ = fill(tmp_path, ["a"])
    assert store.has("a", make_report("a").made_by)
    assert not store.has("a", MadeBy(polnlp="0", settings="other", input="a"))


def test_without_resume_everything_is_made_anew(tmp_path):
    fill(tmp_path, ["a", "b"])
    assert fill(tmp_path, ["a", "b"], resume=False)[1] == ["a", "b"]


def test_a_damaged_report_is_made_anew(tmp_path):
    fill(tmp_path, ["a"])
    (tmp_path / report_name("a")).write_text('{"made_by"')
    assert fill(tmp_path, ["a"])[1] == ["a"]


def test_reports_of_articles_that_are_gone_are_removed(tmp_path):
    fill(tmp_path, ["a", "b"])
    fill(tmp_path, ["b"])
    assert [report.article.id for report in read_reports(tmp_path)] == ["b"]


def test_a_leftover_of_a_killed_run_is_removed(tmp_path):
    (tmp_path / ".tmp-x.json").write_text("half")
    fill(tmp_path, ["a"])
    assert [path.name for path in tmp_path.iterdir()] == [report_name("a")]


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(store_module, "PART_SIZE", 2)


def test_many_reports_are_packed_in_input_order(tmp_path, small_parts):
    ids = ["e", "d", "c", "b", "a"]
    store, _ = fill(tmp_path, ids, shard_from=3)
    names = [path.name for path in find_report_files(tmp_path)]
    assert names == ["part-00000.jsonl.gz", "part-00001.jsonl.gz", "part-00002.jsonl.gz"]
    assert [report.article.id for report in store.read()] == ids
    assert [report.article.id for report in read_reports(tmp_path)] == ids


def test_packed_reports_are_kept_and_come_out_as_the_same_bytes(tmp_path, small_parts):
    ids = ["a", "b", "c", "d", "e"]
    fill(tmp_path, ids, shard_from=3)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert fill(tmp_path, ids, shard_from=3)[1] == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_run_killed_while_packing_loses_and_doubles_nothing(tmp_path, small_parts):
    ids = ["a", "b", "c", "d", "e"]
    store = ReportStore(tmp_path, shard_from=3, resume=True)
    for article_id in ids[:4]:
        write_report(make_report(article_id), tmp_path)
        store.keep(article_id)  # and dies here: two packed, two not
    assert fill(tmp_path, ids, shard_from=3)[1] == ["e"]
    assert [report.article.id for report in read_reports(tmp_path)] == ids


def test_reports_behind_damage_in_a_part_are_made_anew(tmp_path, small_parts):
    ids = ["a", "b", "c", "d"]
    fill(tmp_path, ids, shard_from=3)
    part = tmp_path / "part-00001.jsonl.gz"
    part.write_bytes(part.read_bytes()[:-20])
    assert set(fill(tmp_path, ids, shard_from=3)[1]) <= {"c", "d"}
    assert [report.article.id for report in read_reports(tmp_path)] == ids
