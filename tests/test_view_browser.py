"""`polnlp view` in a real browser: a tie's evidence beyond what the page holds, and nothing asked elsewhere."""

import shutil
import threading

import pytest

from polnlp.view import make_server
from test_view import write_run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

OFFLINE = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with make_server(write_run(tmp_path_factory.mktemp("run"))) as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield opened
        opened.shutdown()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, server):
    page = browser.new_page()
    page.set_default_timeout(45_000)  # for a machine that is busy with other things
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.address)
    page.wait_for_selector("html[data-ready]")
    yield page
    page.close()
    assert complaints == []
    # The browser itself asks for the icon.
    assert all(url.startswith((server.address, "data:", "blob:")) for url in asked)


def choose_tie(page):
    page.fill("#search", "CONAIE")
    page.keyboard.press("Enter")
    page.click("#details .rows button >> text=Hugo Chávez")


def test_a_tie_shows_all_of_its_evidence(page):
    choose_tie(page)
    page.locator(".evidence li").nth(5).wait_for()
    assert page.locator(".evidence li").count() == 6  # the page itself holds two
    last = page.locator(".evidence li").last
    assert last.locator("mark").all_inner_texts() == ["Hugo Chávez", "CONAIE"]
    assert "2006-01-29 · Talks of 2006 · characters 15–37" in last.inner_text()
    assert page.is_hidden("#more-evidence")


def test_what_was_fetched_is_filtered_by_date(page):
    choose_tie(page)
    page.locator(".evidence li").nth(5).wait_for()
    page.fill("#date-from", "4")
    page.locator("#details h3", has_text="Evidence (2").wait_for()


def test_the_article_opens_at_the_place(page):
    choose_tie(page)
    page.locator(".evidence li").nth(5).wait_for()
    page.locator(".evidence li >> text=Read in the article").last.click()
    page.wait_for_url("**/reports/quito-2006-*.html#c15")


def test_a_server_that_is_gone_is_said(page):
    page.route("**/evidence.json*", lambda route: route.abort())
    choose_tie(page)
    page.locator("[role=alert]", has_text="Is polnlp view still running?").wait_for()
    assert page.locator(".evidence li").count() == 2
    page.unroute("**/evidence.json*")
    page.click("#details button >> text=Try again")
    page.locator(".evidence li").nth(5).wait_for()
