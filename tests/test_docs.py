"""The examples of docs and docstrings run as they stand: lines after ``$`` in a shell, after ``>>>`` in Python.

Each page has an empty folder of its own. What a block shows below a line must be what comes out (stdout and stderr as
a terminal mixes them), ``...`` standing for anything; a command below which nothing is shown has only to succeed.
"""

import builtins
import doctest
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from spacy.language import Language

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


REFERENCE = re.findall(r"^::: (polnlp\.\S+)$", (DOCS / "reference" / "python.md").read_text("utf-8"), re.MULTILINE)


def find(path):
    """Give what a full name means."""
    holder, _, name = path.rpartition(".")
    is_class = holder.rpartition(".")[2][0].isupper()
    return getattr(find(holder) if is_class else import_module(holder), name)


def list_documented():
    """Give all that the reference shows, by its full name; of a class also its public methods and properties."""
    for path in REFERENCE:
        yield path
        if inspect.isclass(find(path)):
            members = inspect.getmembers_static(
                find(path), lambda it: inspect.isroutine(it) or isinstance(it, property)
            )
            yield from (f"{path}.{name}" for name, _ in members if name in vars(find(path)) and name[0] != "_")


def own_docstring(thing):
    """Give what stands at the thing itself, not at a class that it is made of."""
    return inspect.cleandoc(thing.__doc__ or "")


def test_the_reference_shows_every_public_name():
    assert set(polnlp.__all__) - {path.rpartition(".")[2] for path in REFERENCE} == set()


@pytest.mark.parametrize("path", list(list_documented()))
def test_what_the_reference_shows_has_an_example(path):
    """Which runs as a test: see above."""
    assert re.search(r"^Examples:\n    >>> ", own_docstring(find(path)), re.MULTILINE)


@pytest.mark.parametrize("path", list(list_documented()))
def test_what_the_reference_shows_is_told_whole(path):
    """Every argument and field, what comes back, and the errors that the function itself raises."""
    thing = find(path)
    text = own_docstring(thing)
    told = list_told(text)
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        assert set(signature.parameters) - {"self"} - told.keys() == set()
        assert signature.return_annotation is None or "Returns:" in text or text.startswith("Give ")
        assert set(re.findall(r"raise (\w+)\(", inspect.getsource(thing))) - told.keys() == set()
    elif hasattr(thing, "__struct_fields__"):
        assert set(thing.__struct_fields__) - told.keys() == set()
    elif inspect.isfunction(getattr(thing, "__init__", None)):
        assert set(inspect.signature(thing).parameters) - told.keys() == set()
    else:
        assert text
    raised = text.partition("Raises:\n")[2].partition("\n\n")[0]
    for name in re.findall(r"^    ([\w.]+): ", raised, re.MULTILINE):
        assert issubclass(getattr(builtins, name, None) or getattr(polnlp, name), Exception)


@pytest.mark.parametrize("path", list(list_documented()))
def test_numbers_are_told_with_their_range_or_unit(path):
    """A range has a figure in it ("from 1", "in [0, 1]"); offsets have a unit instead."""
    thing = find(path)
    told = list_told(own_docstring(thing))
    hints = getattr(thing, "__annotations__", {})
    numbers = [name for name, hint in hints.items() if name in told and re.search(r"\b(int|float)\b", str(hint))]
    assert [name for name in numbers if not re.search(r"\d|code points", told[name])] == []


def list_told(text):
    """Give the name of each argument, field and error that a docstring tells, with what it tells."""
    entries = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", text, re.MULTILINE)
    return dict(entries)


def test_the_spacy_page_tells_every_setting_with_its_default():
    page = (DOCS / "spacy.md").read_text("utf-8")
    told, component = {name: {} for name in re.findall(r"^\| `(polnlp_\w+)` \|", page, re.MULTILINE)}, ""
    for name, setting, default in re.findall(r"^\| (?:`(polnlp_\w+)` )?\| `(\w+)` \| `(.+?)` \|", page, re.MULTILINE):
        component = name or component
        told[component][setting] = json.loads(default)
    factories = [entry for entry in entry_points(group="spacy_factories") if entry.value.startswith("polnlp.")]
    for entry in factories:
        entry.load()
    assert told == {entry.name: Language.get_factory_meta(entry.name).default_config for entry in factories}


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
