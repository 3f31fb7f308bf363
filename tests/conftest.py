"""What all tests share: the data folder, and one pipeline for the tests that need trained models."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is slow; how long an example takes is no fault.
settings.register_profile("polnlp", deadline=None)
settings.load_profile("polnlp")


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


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing but what a test opens: no updates, no first run, no requests of the browser's own.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="module")  # while it is open asyncio cannot be used: not for the whole session
def browser():
    """Chromium without a window, with a profile of its own; a test that asks for it is skipped where it is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -e .[browser]")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def pipeline():
    """The default pipeline, opened once."""
    from polnlp.pipeline import load

    return load()
