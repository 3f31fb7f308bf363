"""A run on a Dask cluster: the same bytes as one on this machine, whatever becomes of its workers."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from polnlp.cluster import Cluster, check_cluster
from polnlp.config import Config, EntitiesConfig
from polnlp.errors import ConfigError, PolnlpError
from polnlp.runner import run_corpus
from polnlp.schema import Article
from test_interruption import MAIN, check_that_none_is_left, read_files, wait_for

N_ARTICLES = 30


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """Thirty articles in one file, with names that meet in several, and one row that is none."""
    leaders = ("Angela Merkel", "Rafael Correa", "Evo Morales", "Michelle Bachelet", "Hugo Chavez")
    rows = []
    for number in range(N_ARTICLES):
        one, two = leaders[number % 5], leaders[(number * 3 + 1) % 5]
        rows.append(f'{{"id": "a{number}", "text": "{one} met {two} in Quito in {1990 + number}. {two} left."}}')
    path = tmp_path_factory.mktemp("articles") / "a.jsonl"
    path.write_text("\n".join([*rows[:20], "{broken", *rows[20:]]))
    return path


@pytest.fixture(scope="module")
def undisturbed(articles, tmp_path_factory):
    output = tmp_path_factory.mktemp("undisturbed") / "out"
    run_corpus([articles], output, Config())
    return read_files(output)


@pytest.fixture(scope="module")
def cluster():
    """A scheduler's address and two workers, as a user would start them."""
    distributed = pytest.importorskip("distributed")
    options = {"dashboard_address": "127.0.0.1:0", "memory_limit": 0}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=2, **options) as made:
        yield made


@pytest.mark.slow
def test_a_cluster_writes_the_same_bytes(articles, undisturbed, cluster, tmp_path):
    summary = run_corpus([articles], tmp_path / "out", Config(), cluster=cluster.scheduler_address)
    assert read_files(tmp_path / "out") == undisturbed
    assert summary.counts["analysed"] == N_ARTICLES
    assert [failure.origin.rsplit("/", 1)[-1] for failure in summary.failures] == ["a.jsonl:21"]
    again = run_corpus([articles], tmp_path / "out", Config(), cluster=cluster.scheduler_address)
    assert again.counts["kept"] == N_ARTICLES


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_and_doubles_nothing(articles, undisturbed, cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("polnlp.runner.CHUNK_ARTICLES", 2)
    seen, killed = [], []

    def kill(outcome):
        seen.append(outcome)
        if len(seen) == 3:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    summary = run_corpus([articles], tmp_path / "out", Config(), cluster=cluster.scheduler_address, watch=kill)
    assert killed
    assert len(seen) == N_ARTICLES + 1
    assert summary.counts["analysed"] == N_ARTICLES
    assert read_files(tmp_path / "out") == undisturbed


@pytest.mark.slow
def test_a_scheduler_that_is_lost_ends_the_run_and_another_run_goes_on(
    articles, undisturbed, cluster, tmp_path, monkeypatch
):
    monkeypatch.setattr("polnlp.runner.CHUNK_ARTICLES", 2)
    with start_dask(tmp_path / "scheduler.json") as (scheduler, address):
        seen = []

        def kill(outcome):
            seen.append(outcome)
            if len(seen) == 3:
                scheduler.kill()

        with pytest.raises(PolnlpError, match=r"the cluster is lost: .* Finished reports stay; the same command goes"):
            run_corpus([articles], tmp_path / "out", Config(), cluster=address, watch=kill)
    assert not (tmp_path / "out" / "run.json").exists()
    summary = run_corpus([articles], tmp_path / "out", Config(), cluster=cluster.scheduler_address)
    assert summary.counts["kept"] >= 3
    assert read_files(tmp_path / "out") == undisturbed


@contextmanager
def start_dask(file):
    """A scheduler and a worker as processes of their own; gives the scheduler and its address."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen([*dask, "--no-dashboard", "--scheduler-file", str(file)], **quiet)
    wait_for(lambda: file.is_file() and file.read_text().rstrip().endswith("}"), scheduler)
    address = json.loads(file.read_text())["address"]
    dask = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    worker = subprocess.Popen([*dask, "--no-dashboard"], **quiet)
    try:
        yield scheduler, address
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


@pytest.mark.slow
def test_an_article_that_no_worker_survives_is_a_failure(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("polnlp.cluster.analyse_articles", lambda config, articles: os._exit(len(articles)))
    with Cluster(Config(), cluster.scheduler_address, tmp_path) as crew:
        heavy = [Article(id="heavy", text="x", origin="a.txt")]
        (failure,) = crew.result(crew.submit(heavy), heavy)
    assert (failure.article_id, failure.origin) == ("heavy", "a.txt")
    assert "the workers that read it died" in failure.reason


@pytest.mark.slow
def test_a_worker_of_another_make_is_refused(articles, cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("polnlp.provenance.__version__", "0.0.0")
    with pytest.raises(PolnlpError, match=r"another version .* here\). Install the same everywhere"):
        run_corpus([articles], tmp_path / "out", Config(), cluster=cluster.scheduler_address)


@pytest.mark.slow
def test_workers_without_polnlp_are_told(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("polnlp.cluster._PACKAGE", "no-such-package")
    with (
        pytest.raises(PolnlpError, match="a worker there has no polnlp"),
        Cluster(Config(), cluster.scheduler_address, tmp_path),
    ):
        pass


@pytest.mark.slow
def test_what_workers_cannot_open_is_told(articles, cluster, tmp_path):
    own = tmp_path / "mine.csv"
    own.write_text("id,label,name\nparty:BOL:mine,PARTY,My Movement\n")
    crew = Cluster(Config(entities=EntitiesConfig(own=(str(own),))), cluster.scheduler_address, tmp_path)
    own.unlink()
    article = [Article(id="a", text="Evo Morales spoke.")]
    with crew, pytest.raises(PolnlpError, match="cannot read the entities"):
        crew.result(crew.submit(article), article)


@pytest.mark.slow
def test_ctrl_c_stops_a_local_cluster(articles, tmp_path):
    pytest.importorskip("distributed")
    output = tmp_path / "out"
    command = [sys.executable, "-c", MAIN, "run", articles, "-o", output, "--cluster", "local:2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    process = subprocess.Popen([str(part) for part in command], **pipes)
    wait_for(lambda: [*output.glob("reports/*.json")], process)
    begin = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, talk = process.communicate(timeout=60)
    print(f"stopped after {time.monotonic() - begin:.2f} s")
    assert process.returncode == 130
    assert talk == f"polnlp: stopped. Finished reports stay in {output}; the same command goes on from there.\n"
    check_that_none_is_left(process.pid)


@pytest.mark.parametrize("address", ["", "host:8786", "tcp://host", "local:0", "local:two", "http://host:8786"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ConfigError, match="is no cluster: give a Dask scheduler's address"):
        check_cluster(address)


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr("polnlp.cluster.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"pip install 'polnlp\[cluster\]'"):
        check_cluster("local:2")


def test_a_scheduler_that_is_not_there_is_told(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("polnlp.cluster._PATIENCE", 0.5)
    with (
        pytest.raises(PolnlpError, match=r"tcp://127.0.0.1:9: no scheduler with a worker answers"),
        Cluster(Config(), "tcp://127.0.0.1:9", tmp_path),
    ):
        pass
