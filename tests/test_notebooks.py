"""The notebooks of the documentation run from top to bottom, and are stored without outputs."""

import json
from pathlib import Path

import pytest

from polnlp.config import Config
from polnlp.project import make_project
from polnlp.runner import run_corpus

NOTEBOOKS = sorted((Path(__file__).parent.parent / "docs" / "notebooks").glob("*.ipynb"))


def read_cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_there_are_notebooks_for_all_users():
    assert [path.stem for path in NOTEBOOKS] == ["annotations", "article", "corpus", "parliament"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs(path):
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in read_cells(path))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("MPLBACKEND", "agg")
    run_cells(path)


@pytest.mark.slow
def test_the_notebook_of_a_new_project_runs(tmp_path, monkeypatch, capsys):
    make_project(tmp_path / "mine")
    run_corpus([tmp_path / "mine" / "corpus"], tmp_path / "mine" / "out", Config())
    monkeypatch.chdir(tmp_path / "mine")
    run_cells(Path("notebook.ipynb"))
    assert "Rafael Correa" in capsys.readouterr().out


def run_cells(path):
    """Run the code of a notebook's cells; they share one namespace, as in a kernel."""
    names = {"__name__": "__main__"}
    for number, cell in enumerate(read_cells(path)):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{path.name}, cell {number}", "exec"), names)
