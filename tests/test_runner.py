"""A corpus the whole way: what is written, kept, failed and counted."""

import json
import os
import shutil

import msgspec
import pytest

from polnlp.config import Config, EntitiesConfig, GraphConfig, ReportsConfig
from polnlp.errors import ConfigError, CorpusError, PolnlpError
from polnlp.runner import locked, run_corpus

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def finished(corpus, tmp_path_factory):
    """The run over the project's own corpus: its summary and its folder."""
    output = tmp_path_factory.mktemp("run") / "out"
    return run_corpus([corpus], output, Config()), output


def read_files(folder):
    """Name to bytes of all files; run.json, which holds timings, apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in {"run.json", ".lock"})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_run_writes_all_that_it_promises(finished):
    _, output = finished
    for name in (
        "graph.json",
        "graph.gexf",
        "graph.graphml",
        "nodes.csv",
        "edges.csv",
        "graph.html",
        "merges.csv",
        "run.json",
    ):
        assert (output / name).stat().st_size > 0
    tables = {path.stem for path in (output / "tables").glob("*.parquet")}
    assert {"articles", "paragraphs", "mentions", "stances", "edges"} <= tables
    assert len(list((output / "reports").glob("*.json"))) == 18


def test_run_json_says_what_was_done(finished):
    _, output = finished
    run = json.loads((output / "run.json").read_bytes())
    assert run["counts"]["analysed"] == run["counts"]["reports"] == 18
    assert run["failures"] == []
    assert run["coverage"]["read"] + sum(run["coverage"]["skipped"].values()) == run["coverage"]["characters"]
    assert set(run["models"]) >= {"kb", "topic", "stance"}


def test_a_second_run_does_no_work_twice(finished, corpus, monkeypatch):
    _, output = finished
    before = read_files(output)
    monkeypatch.setattr("polnlp.runner.analyse_here", lambda *_: pytest.fail("analysed again"))
    summary = run_corpus([corpus], output, Config())
    assert summary.counts["kept"] == 18
    assert "analysed" not in summary.counts
    assert read_files(output) == before


def test_two_workers_write_the_same_bytes(finished, corpus, tmp_path):
    _, output = finished
    run_corpus([corpus], tmp_path / "out", Config(), workers=2)
    assert read_files(tmp_path / "out") == read_files(output)


def test_an_interrupted_run_ends_in_the_same_bytes(finished, corpus, tmp_path):
    _, output = finished
    seen = []

    def interrupt(outcome):
        seen.append(outcome)
        if len(seen) == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_corpus([corpus], tmp_path / "out", Config(), watch=interrupt)
    summary = run_corpus([corpus], tmp_path / "out", Config())
    assert summary.counts["kept"] >= 7
    assert read_files(tmp_path / "out") == read_files(output)


def test_changed_settings_make_the_reports_anew(finished, corpus, tmp_path):
    _, output = finished
    shutil.copytree(output, tmp_path / "out")
    replace = msgspec.structs.replace
    config = replace(Config(), topic=replace(Config().topic, threshold=0.9))
    assert run_corpus([corpus], tmp_path / "out", config).counts["analysed"] == 18


def test_a_changed_article_replaces_its_report_and_a_removed_one_goes(tmp_path):
    articles = tmp_path / "in"
    articles.mkdir()
    for name in ("a", "b"):
        (articles / f"{name}.txt").write_text(f"Angela Merkel met Rafael Correa. {name}")
    run_corpus([articles], tmp_path / "out", Config())
    (articles / "a.txt").write_text("Angela Merkel met Evo Morales.")
    (articles / "b.txt").unlink()
    summary = run_corpus([articles], tmp_path / "out", Config())
    assert summary.counts["analysed"] == 1
    assert len(summary.removed) == 1
    nodes = {node["name"] for node in json.loads((tmp_path / "out" / "graph.json").read_bytes())["nodes"]}
    assert "Evo Morales" in nodes
    assert "Rafael Correa" not in nodes


def test_bad_files_are_listed_and_the_rest_is_analysed(tmp_path):
    articles = tmp_path / "in"
    articles.mkdir()
    (articles / "good.txt").write_text("Angela Merkel met Rafael Correa.")
    (articles / "empty.txt").write_text("")
    (articles / "rows.jsonl").write_text('{"text": "Evo Morales spoke."}\n{broken\n{"body": "no text"}\n')
    summary = run_corpus([articles], tmp_path / "out", Config())
    assert summary.counts["analysed"] == 2
    origins = sorted(failure.origin for failure in summary.failures)
    assert [origin.rsplit("/", 1)[-1] for origin in origins] == ["empty.txt", "rows.jsonl:2", "rows.jsonl:3"]


def test_a_folder_whose_name_is_no_utf8_is_read(tmp_path):
    folder = tmp_path / os.fsdecode(b"Qu\xedto")
    folder.mkdir()
    (folder / "a.txt").write_text("Correa met Morales.")
    run_corpus([folder], tmp_path / "out", Config(graph=GraphConfig(draws=0)))
    assert json.loads((tmp_path / "out" / "run.json").read_bytes())["inputs"] == [str(tmp_path / "Qu\ufffdto")]


def test_a_corpus_without_a_readable_article_is_refused(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(CorpusError, match="no article could be read"):
        run_corpus([tmp_path / "empty.txt"], tmp_path / "out", Config())


def test_settings_that_exclude_each_other_stop_the_run_before_it_begins(tmp_path):
    config = Config(graph=GraphConfig(window="tokens"), reports=ReportsConfig(text=False))
    with pytest.raises(ConfigError, match="Keep the texts"):
        run_corpus([tmp_path / "nothing"], tmp_path / "out", config)
    assert not (tmp_path / "out").exists()


def test_a_second_run_on_one_folder_is_refused(tmp_path):
    with (
        locked(tmp_path / "out"),
        pytest.raises(PolnlpError, match="another run is writing here"),
        locked(tmp_path / "out"),
    ):
        pass


def test_a_dead_runs_lock_does_not_count(tmp_path):
    (tmp_path / ".lock").write_text("")
    with locked(tmp_path):
        pass


def test_own_entities_win_and_a_change_to_them_is_noticed(tmp_path):
    article, own = tmp_path / "a.txt", tmp_path / "mine.csv"
    article.write_text("Evo Morales of Bolivia leads the MAS. The MAS won in La Paz.\n", encoding="utf-8")
    settings = Config(entities=EntitiesConfig(own=(str(own),)))

    def run(text):
        own.write_text(f"id,label,name,aliases\n{text}\n", encoding="utf-8")
        summary = run_corpus([article], tmp_path / "out", settings)
        (report,) = (json.loads(file.read_bytes()) for file in (tmp_path / "out" / "reports").glob("*.json"))
        return summary, {entity["id"] for entity in report["entities"]}

    summary, ids = run("party:BOL:mine,PARTY,My Movement,MAS")
    assert "party:BOL:mine" in ids and "own entities" in summary.models
    assert run("party:BOL:mine,PARTY,My Movement,MAS")[0].counts["kept"] == 1
    summary, ids = run("party:BOL:other,PARTY,Another Movement,MAS")
    assert summary.counts["analysed"] == 1 and "party:BOL:other" in ids
    own.unlink()
    with pytest.raises(CorpusError, match="cannot read the entities"):
        run_corpus([article], tmp_path / "out", settings)
