"""A run that is killed, stopped or doubled: nothing is lost, and the end is the same bytes."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

N_ARTICLES = 40
# A process that a script starts in the background is born deaf to Ctrl-C, and a run leaves it at that.
MAIN = "import signal; signal.signal(2, signal.default_int_handler); from polnlp.cli.app import main; main()"


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """Forty short articles in one file, with names that meet in several."""
    folder = tmp_path_factory.mktemp("articles")
    leaders = ("Angela Merkel", "Rafael Correa", "Evo Morales", "Michelle Bachelet", "Hugo Chavez")
    for number in range(N_ARTICLES):
        one, two = leaders[number % 5], leaders[(number * 3 + 1) % 5]
        text = (
            f"{one} met {two} in Quito on Monday, note {number}.\n\n{two} attacked the mining law of {2000 + number}.\n"
        )
        (folder / f"{number:03d}.txt").write_text(text)
    return folder


def start(articles, output, workers=1, **options):
    """Begin a run as a shell does; its group is its own, so that a signal to it reaches the workers as Ctrl-C does."""
    command = [sys.executable, "-c", MAIN, "run", articles, "-o", output]
    command += ["--workers", workers]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen([str(part) for part in command], **(pipes | options))


def finish(articles, output, workers=1):
    process = start(articles, output, workers)
    _, talk = process.communicate(timeout=600)
    assert process.returncode == 0, talk
    return talk


def wait_for(condition, process, seconds=300):
    """Wait until something is seen; not if the run ends first."""
    end = time.monotonic() + seconds
    while not condition() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)


def read_files(folder):
    """Name to bytes of all files; run.json, which holds timings, and the lock apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in {"run.json", ".lock"})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def find_members(group):
    """List the processes of a group that are alive."""
    members = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, number = (process / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(number) == group and state != "Z":
            members.append(process.name)
    return members


def check_that_none_is_left(group, seconds=30):
    """Wait for workers to end by themselves; one that has just begun ends when its imports are done."""
    begin = time.monotonic()
    while (members := find_members(group)) and time.monotonic() < begin + seconds:
        time.sleep(0.05)
    print(f"workers gone after {time.monotonic() - begin:.2f} s")
    assert not members, "workers outlived the run"


@pytest.fixture(scope="module")
def undisturbed(articles, tmp_path_factory):
    """What a run writes that nobody disturbs, and the seconds from its lock to its end."""
    output = tmp_path_factory.mktemp("undisturbed") / "out"
    process = start(articles, output)
    wait_for((output / ".lock").exists, process)
    begin = time.monotonic()
    _, talk = process.communicate(timeout=600)
    assert process.returncode == 0, talk
    return read_files(output), time.monotonic() - begin


def kill_at(articles, output, seconds, workers):
    """Run, and kill -9 the process so many seconds after it has begun; its workers must end by themselves."""
    (output / ".lock").unlink(missing_ok=True)
    process = start(articles, output, workers)
    wait_for((output / ".lock").exists, process)
    time.sleep(seconds)
    process.kill()
    process.communicate()
    check_that_none_is_left(process.pid)


def test_a_run_that_is_killed_three_times_ends_in_the_same_bytes(articles, undisturbed, tmp_path):
    expected, seconds = undisturbed
    chance = random.Random(1)
    for workers in (1, 2, 1):
        kill_at(articles, tmp_path / "out", chance.random() * seconds, workers)
    finish(articles, tmp_path / "out")
    assert read_files(tmp_path / "out") == expected


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_a_run_that_is_killed_once_ends_in_the_same_bytes(articles, undisturbed, tmp_path, seed):
    expected, seconds = undisturbed
    workers = 1 + seed % 2
    kill_at(articles, tmp_path / "out", random.Random(seed).random() * seconds * 1.1, workers)
    finish(articles, tmp_path / "out", workers)
    assert read_files(tmp_path / "out") == expected


@pytest.mark.parametrize(
    ("number", "workers", "code"), [(signal.SIGINT, 1, 130), (signal.SIGTERM, 1, 143), (signal.SIGINT, 2, 130)]
)
def test_a_signal_stops_a_run_at_once_and_the_next_goes_on(articles, undisturbed, tmp_path, number, workers, code):
    output = tmp_path / "out"
    process = start(articles, output, workers)
    wait_for(lambda: len([*output.glob("reports/*.json")]) >= 3, process)
    begin = time.monotonic()
    os.killpg(process.pid, number)
    _, talk = process.communicate(timeout=60)
    seconds = time.monotonic() - begin
    print(f"stopped after {seconds:.2f} s")
    assert process.returncode == code
    assert talk == f"polnlp: stopped. Finished reports stay in {output}; the same command goes on from there.\n"
    check_that_none_is_left(process.pid)
    assert [*output.rglob(".tmp-*")] == []
    kept = len([*output.glob("reports/*.json")])
    assert f"kept {kept} from an earlier run" in finish(articles, output, workers)
    assert read_files(output) == undisturbed[0]


def test_a_second_run_at_once_is_refused_and_a_dead_one_is_not_in_the_way(articles, undisturbed, tmp_path):
    first = start(articles, tmp_path / "out")
    try:
        wait_for(lambda: [*tmp_path.glob("out/reports/*.json")], first)
        first.send_signal(signal.SIGSTOP)  # it holds the folder while the second tries
        second = start(articles, tmp_path / "out")
        _, talk = second.communicate(timeout=300)
    finally:
        first.kill()
        first.communicate()
    assert second.returncode == 1
    assert f"out: another run is writing here (process {first.pid})." in talk
    finish(articles, tmp_path / "out")
    assert read_files(tmp_path / "out") == undisturbed[0]
