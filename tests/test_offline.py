"""Offline: a whole run connects to nothing, sends nothing and asks for no address."""

import subprocess
import sys

import pytest

# Refuses what Python code can ask of the network, and tells of it even where the refusal was swallowed. A socket alone
# is no harm: urllib3, which a library imports, makes one to see whether the machine has IPv6.
GUARD = """
import socket, sys

tried = []

def refuse(event, arguments):
    if event.removeprefix("socket.") in ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname"):
        tried.append(event)
        raise OSError("this test allows no network")

sys.addaudithook(refuse)
try:
    {code}
finally:
    print("tried:", *tried)
"""


def run_guarded(code, *arguments):
    command = [sys.executable, "-c", GUARD.format(code=code), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.mark.slow
def test_a_whole_run_asks_nothing_of_the_network(tmp_path):
    (tmp_path / "a.txt").write_text("Angela Merkel met Rafael Correa in Quito on 29 January 2009.")
    page = '<link rel="stylesheet" href="http://example.org/a.css"><img src="http://example.org/a.png">'
    (tmp_path / "b.html").write_text(f"{page}<p>Evo Morales wrote to https://example.org about lithium.</p>")
    done = run_guarded("from polnlp.cli.app import main; main()", "run", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "tried:\n"
    assert (tmp_path / "out" / "graph.html").is_file()


@pytest.mark.parametrize(
    "code", ["socket.create_connection(('127.0.0.1', 9))", "__import__('urllib.request').request.urlopen('http://a.b')"]
)
def test_the_guard_refuses_what_it_should(code):
    done = run_guarded(code)
    assert done.returncode == 1
    assert "this test allows no network" in done.stderr
    assert done.stdout.startswith("tried: socket.")
