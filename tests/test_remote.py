"""Inputs from elsewhere, and a finished run that goes there; fsspec's memory stands in for a bucket."""

import shutil

import pytest
from typer.testing import CliRunner

from polnlp.articles import read_articles
from polnlp.cli.app import app
from polnlp.errors import ConfigError, CorpusError, PolnlpError
from polnlp.remote import clean_name, is_remote, publish_run
from polnlp.schema import Failure


@pytest.fixture
def bucket():
    """A bucket with two articles, a sidecar and a file that is none."""
    memory = pytest.importorskip("fsspec").filesystem("memory")
    memory.store.clear()
    memory.pipe_file("/bucket/in/quito.txt", b"Rafael Correa met Evo Morales in Quito.")
    memory.pipe_file("/bucket/in/2009/lima.txt", b"Alan Garcia spoke in Lima.")
    memory.pipe_file("/bucket/in/metadata.csv", b"id,date\nquito,2009-01-29\n")
    memory.pipe_file("/bucket/in/empty.txt", b"")
    yield memory
    memory.store.clear()


@pytest.mark.parametrize(
    ("name", "remote"),
    [("s3://bucket/a", True), ("memory://a", True), ("C:/texts", False), ("a/b", False), ("s3://", False)],
)
def test_addresses_are_told_from_paths(name, remote):
    assert is_remote(name) is remote


def test_a_remote_folder_is_read_like_a_local_one(bucket, tmp_path):
    bucket.get("/bucket/in", str(tmp_path / "in"), recursive=True)
    remote = list(read_articles("memory://bucket/in/"))
    local = list(read_articles(tmp_path / "in"))
    assert [item.origin.replace(str(tmp_path), "memory://bucket") for item in local] == [i.origin for i in remote]
    assert [getattr(item, "text", None) for item in remote] == [getattr(item, "text", None) for item in local]
    assert [item.article_id for item in remote if isinstance(item, Failure)] == ["empty"]
    assert {item.id: item.date.value for item in remote if not isinstance(item, Failure) and item.date} == {
        "quito": "2009-01-29"
    }


def test_a_single_file_keeps_its_name(bucket):
    (article,) = read_articles("memory://bucket/in/2009/lima.txt")
    assert (article.id, article.origin) == ("lima", "memory://bucket/in/2009/lima.txt")


def test_copies_go_when_all_is_read(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    items = read_articles("memory://bucket/in")
    next(items)
    assert [*tmp_path.rglob("quito.txt")]
    list(items)
    assert not [*tmp_path.iterdir()]


def test_what_is_not_there_is_told_by_its_address(bucket):
    with pytest.raises(CorpusError, match=r"memory://bucket/none: nothing is there\. Check the address"):
        read_articles("memory://bucket/none")
    bucket.pipe_file("/bucket/odd/a.xyz", b"x")
    with pytest.raises(CorpusError, match="memory://bucket/odd: no article in this folder"):
        read_articles("memory://bucket/odd")


def test_kinds_that_are_not_installed_are_told():
    pytest.importorskip("fsspec")
    with pytest.raises(ConfigError, match="nosuch://bucket: cannot be reached"):
        read_articles("nosuch://bucket")


@pytest.mark.parametrize(
    ("name", "clean"), [("/a/b.txt", "a/b.txt"), ("../../etc/x", "etc/x"), ("a\\..\\b", "a/b"), ("/..", "file")]
)
def test_names_in_a_store_climb_nowhere(name, clean):
    assert clean_name(name) == clean


def make_run(folder, *reports):
    for name in ("run.json", "graph.html", ".lock", *(f"reports/{report}.json" for report in reports)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_a_run_is_published_and_replaces_an_earlier_one(bucket, tmp_path):
    assert publish_run(make_run(tmp_path / "out", "a", "b"), "memory://bucket/run") == 4
    bucket.pipe_file("/bucket/run/notes.txt", b"of my own")
    shutil.rmtree(tmp_path / "out")
    publish_run(make_run(tmp_path / "out", "a", "c"), "memory://bucket/run")
    names = {name.removeprefix("/bucket/run/") for name in bucket.find("/bucket/run")}
    assert names == {"run.json", "graph.html", "reports/a.json", "reports/c.json", "notes.txt"}


def test_the_account_stands_only_beside_a_run_that_is_whole(bucket, tmp_path, monkeypatch):
    publish_run(make_run(tmp_path / "out", "a"), "memory://bucket/run")
    put = type(bucket).put_file

    def fail(self, local, remote, **options):
        if remote.endswith("a.json"):
            raise OSError("the line is down")
        return put(self, local, remote, **options)

    monkeypatch.setattr(type(bucket), "put_file", fail)
    with pytest.raises(PolnlpError, match=r"the line is down.*the same command tries again"):
        publish_run(tmp_path / "out", "memory://bucket/run")
    assert not bucket.exists("/bucket/run/run.json")
    monkeypatch.undo()
    publish_run(tmp_path / "out", "memory://bucket/run")
    assert bucket.exists("/bucket/run/run.json")


def test_what_is_no_run_is_not_written_over(bucket, tmp_path):
    with pytest.raises(PolnlpError, match="holds something else than a run"):
        publish_run(make_run(tmp_path / "out"), "memory://bucket/in")


def test_a_remote_output_is_refused_before_any_work(tmp_path):
    result = CliRunner().invoke(app, ["run", str(tmp_path), "-o", "s3://bucket/out"])
    assert isinstance(result.exception, ConfigError)
    assert "copy it there at the end with --publish" in str(result.exception)


@pytest.mark.slow
def test_a_run_goes_from_address_to_address(bucket, tmp_path):
    output = tmp_path / "out"
    command = ["run", "memory://bucket/in", "-o", str(output), "--publish", "memory://bucket/run"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 3  # for the empty article
    assert "Copied" in result.stderr
    there = {name.removeprefix("/bucket/run/") for name in bucket.find("/bucket/run")}
    here = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert there == here - {".lock"}
    assert b"memory://bucket/in/empty.txt" in bucket.cat("/bucket/run/run.json")
