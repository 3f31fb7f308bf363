"""The package as users get it: a wheel that works in an empty environment, in any folder."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import polnlp

ROOT = Path(__file__).parent.parent
MEGABYTES = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return built


def test_version_is_said_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == polnlp.__version__


def test_every_public_name_can_be_had():
    for name in polnlp.__all__:
        assert getattr(polnlp, name) is not None
    assert set(polnlp.__all__) == set(polnlp._HOME)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        polnlp.analyse  # noqa: B018


def test_help_imports_nothing_heavy():
    code = "import sys, polnlp.cli.app; print({'spacy', 'numpy', 'sklearn', 'networkx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.slow
def test_the_wheel_carries_the_models_and_is_small(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for model in ("kb", "names-cnn", "topic", "stance"):
        assert any(name.startswith(f"polnlp/models_data/{model}/") for name in names)
    assert wheel.stat().st_size < 60 * MEGABYTES


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    bin_folder = tmp_path / "venv" / "bin"
    subprocess.run([bin_folder / "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    article = tmp_path / "article.txt"
    article.write_text("QUITO, 12 March 2009 - President Rafael Correa received Evo Morales of Bolivia on Tuesday.\n")
    command = [bin_folder / "polnlp", "run", article, "-o", tmp_path / "out"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "Analysed 1 article" in done.stderr
    assert (tmp_path / "out" / "graph.html").is_file()
