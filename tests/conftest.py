"""What all tests share: the data folder, and one pipeline for the tests that need trained models."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of data sets; a test that asks for it is skipped where it is missing."""
    folder = os.environ.get("POLNLP_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("POLNLP_DATA names no folder of data sets")
    return Path(folder)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The articles that come with the project."""
    return Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def pipeline():
    """The default pipeline, opened once."""
    from polnlp.pipeline import load

    return load()
