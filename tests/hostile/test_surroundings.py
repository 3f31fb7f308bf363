"""Hostile surroundings: a full disk, a folder that refuses, odd locales and zones, clocks that are wrong."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from polnlp.articles import read_articles
from polnlp.articles.registry import Registry
from polnlp.config import ArticlesConfig
from polnlp.errors import PolnlpError

TEXT = "Rafael Correa met Evo Morales in Quito on Monday, note {}.\n\nMorales attacked the mining law in La Paz.\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("a", "b", "se\u00f1al", "d", "e"):
        (folder / f"{name}.txt").write_text(TEXT.format(name), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(corpus, tmp_path_factory):
    output = tmp_path_factory.mktemp("undisturbed")
    assert run(corpus, output).returncode == 0
    return read_files(output)


def run(corpus, output, **environment):
    command = [sys.executable, "-m", "polnlp", "run", str(corpus), "-o", str(output)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=600)


def read_files(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in {"run.json", ".lock"})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.slow
def test_a_full_disk_ends_a_run_in_one_line_and_the_next_goes_on(corpus, undisturbed, tmp_path):
    small, output = tmp_path / "small", tmp_path / "out"
    small.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=120k", "none", str(small)], capture_output=True
        ).returncode
    ):
        pytest.skip("no right to mount a small disk")
    try:
        full = run(corpus, small / "out")
        assert full.returncode == 1
        (line,) = [line for line in full.stderr.splitlines() if line.startswith("polnlp:")]
        assert "No space left on device. What was written before stays." in line
        assert "Traceback" not in full.stderr
        kept = list(small.glob("out/reports/*.json"))
        assert kept
        shutil.copytree(small / "out", output)
    finally:
        subprocess.run(["umount", str(small)], check=True)
    again = run(corpus, output)
    assert again.returncode == 0, again.stderr
    assert f"kept {len(kept)} from an earlier run" in again.stderr + again.stdout
    assert read_files(output) == undisturbed


@pytest.mark.parametrize("place", ["a file", "/proc/polnlp"])
def test_an_output_that_cannot_be_written_is_refused_in_one_line(corpus, tmp_path, place):
    (tmp_path / "a file").write_text("")
    output = tmp_path / "a file" / "out" if place == "a file" else Path(place)
    refused = run(corpus, output)
    assert refused.returncode == 1
    assert f"{output}: cannot write there" in refused.stderr and "-o" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "POSIX", "TZ": "<-12>12", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7"},
    ],
    ids=["c", "posix", "turkish"],
)
def test_no_locale_and_no_zone_changes_a_byte(corpus, undisturbed, tmp_path, environment):
    done = run(corpus, tmp_path / "out", **environment)
    assert done.returncode == 0, done.stderr
    assert read_files(tmp_path / "out") == undisturbed


@pytest.mark.slow
def test_clocks_that_are_wrong_change_nothing(corpus, undisturbed, tmp_path):
    """Files from the future and from 1970: what is done again is told by hashes, never by times."""
    inputs, output = tmp_path / "in", tmp_path / "out"
    shutil.copytree(corpus, inputs)
    assert run(inputs, output).returncode == 0
    for folder, seconds in ((inputs, 4_102_444_800), (output, 0)):
        for path in folder.rglob("*"):
            os.utime(path, (seconds, seconds))
    again = run(inputs, output)
    assert again.returncode == 0, again.stderr
    assert "kept 5 from an earlier run" in again.stderr + again.stdout
    assert read_files(output) == undisturbed


def test_no_room_for_temporary_files_is_told_in_one_line(corpus):
    registry = Registry(ArticlesConfig(duplicates="all"))
    registry._known.execute("PRAGMA max_page_count = 4")  # a disk that is full at once
    articles = [*read_articles(corpus)]
    with pytest.raises(PolnlpError, match=r"disk is full\. Make room there, or name another folder by TMPDIR"):
        for number in range(10_000):
            list(registry.admit_all(replace(article, id=f"{article.id}{number}" * 20) for article in articles))
