"""The examples of docs and docstrings run as they stand: lines after ``$`` in a shell, after ``>>>`` in Python.

Each page has an empty folder of its own. What a block shows below a line must be what comes out (stdout and stderr as
a terminal mixes them), ``...`` standing for anything; a command below which nothing is shown has only to succeed.
"""

import builtins
import doctest
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest

import polnlp

DOCS = Path(__file__).parent.parent / "docs"
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if re.search(r"^(\$|>>>) ", page.read_text("utf-8"), re.MULTILINE)]
SOURCE = Path(polnlp.__file__).parent
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if ">>> " in path.read_text("utf-8")]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
SHIM = f"""#!/bin/sh
PYTHONPATH="{Path(polnlp.__file__).parent.parent}"
export PYTHONPATH
exec "{sys.executable}" -c "from polnlp.cli.app import main; main()" "$@"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to stand in, and ``polnlp`` on the path."""
    for name in ("bin", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin" / "polnlp").write_text(SHIM)
    (tmp_path / "bin" / "polnlp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path / "empty")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_the_pages_examples_give_what_they_show(page, folder):
    names: dict[str, object] = {}
    faults: list[str] = []
    for language, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        faults += run_commands(block) if language == "console" else run_python(block, names, page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_the_docstrings_examples_give_what_they_show(path, folder):
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
    report: list[str] = []
    for example in doctest.DocTestFinder().find(import_module(name)):
        doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert not report, "".join(report)


def list_public():
    """Give every public name, and of the pipeline every public method."""
    yield from polnlp.__all__
    yield from (f"Pipeline.{name}" for name in vars(polnlp.Pipeline) if not name.startswith("_"))


@pytest.mark.parametrize("name", list(list_public()))
def test_every_public_name_has_an_example(name):
    """Which runs as a test: see above."""
    assert ">>> " in (inspect.getdoc(attrgetter(name)(polnlp)) or "")


REFERENCE = re.findall(r"^::: (polnlp\.\S+)$", (DOCS / "reference" / "python.md").read_text("utf-8"), re.MULTILINE)


def list_documented():
    """Give all that the reference shows, by its full name; of the pipeline every public method."""
    yield from REFERENCE
    yield from (f"polnlp.pipeline.{name}" for name in list_public() if "." in name)


def find(path):
    """Give what a full name means."""
    holder, _, name = path.rpartition(".")
    is_class = holder.rpartition(".")[2][0].isupper()
    return getattr(find(holder) if is_class else import_module(holder), name)


@pytest.mark.parametrize("path", list(list_documented()))
def test_what_the_reference_shows_is_told_whole(path):
    """Every argument and field, what comes back, and the errors that the function itself raises."""
    thing = find(path)
    text = inspect.getdoc(thing) or ""
    told = set(re.findall(r"^    (\w+): ", text, re.MULTILINE))
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        assert set(signature.parameters) - {"self"} - told == set()
        assert signature.return_annotation is None or "Returns:" in text or text.startswith("Give ")
        assert set(re.findall(r"raise (\w+)\(", inspect.getsource(thing))) - told == set()
        raised = text.partition("Raises:\n")[2].partition("\n\n")[0]
        for name in re.findall(r"^    ([\w.]+): ", raised, re.MULTILINE):
            assert issubclass(getattr(builtins, name, None) or getattr(polnlp, name), Exception)
    elif hasattr(thing, "__struct_fields__"):
        assert set(thing.__struct_fields__) - told == set()
    else:
        assert text


ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")


def test_the_architecture_names_every_module():
    modules = {path.name + "/" * path.is_dir() for path in SOURCE.iterdir() if not path.name.startswith(("_", "."))}
    assert {name for name in modules if f"`{name}`" not in ARCHITECTURE} == {"py.typed"}


def test_the_architectures_files_and_functions_are_there():
    names = set(re.findall(r"`([\w/.]+)`", ARCHITECTURE))
    files = {name for name in names if re.search(r"[\w]/|\.py$", name) and not name.startswith(("src/", "models/"))}
    assert {name for name in files if not list(SOURCE.rglob(name.rstrip("/")))} == set()
    sources = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    functions = {name for name in names if re.fullmatch(r"[a-z]+(_[a-z]+)+|[A-Z][a-z]+[A-Za-z]*", name)}
    assert {name for name in functions if not re.search(rf"^(?:def|class) {name}\b", sources, re.MULTILINE)} == set()


def run_python(block: str, names: dict[str, object], page: Path) -> list[str]:
    """Run a block's lines after ``>>>``; what they define is there in the page's next block."""
    example = doctest.DocTestParser().get_doctest(block, {}, page.name, str(page), 0)
    example.globs = names
    report: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    runner.run(example, out=report.append, clear_globs=False)
    return report


def run_commands(block: str) -> Iterator[str]:
    """Run a block's lines after ``$``; a ``cd`` holds for the rest of the page."""
    for command, shown in COMMAND.findall(block):
        script = f"{command}\nstatus=$?; pwd >&9; exit $status"
        reading, writing = os.pipe()
        done = subprocess.run(
            ["bash", "-c", f"exec 9>&{writing}\n{script}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=[writing],
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            os.chdir(pipe.read().strip() or ".")
        right = not shown.strip() or doctest.OutputChecker().check_output(shown, done.stdout, doctest.ELLIPSIS)
        if done.returncode or not right:
            yield f"$ {command}\nexit code {done.returncode}\n{done.stdout}"
