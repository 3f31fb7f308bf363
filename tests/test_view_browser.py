"""`polnlp view` in a real browser: a tie's evidence beyond what the page holds, and nothing asked elsewhere."""

import threading
from contextlib import contextmanager

import pytest

from polnlp.config import GraphConfig
from polnlp.view import make_server
from test_view import write_large, write_run

pytestmark = pytest.mark.browser


@contextmanager
def serve(run):
    with make_server(run) as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield opened
        opened.shutdown()


@contextmanager
def open_page(browser, address):
    """Open a page and watch it: an error, or a request to any other address, fails the test."""
    page = browser.new_page()
    page.set_default_timeout(45_000)  # for a machine that is busy with other things
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    yield page
    page.close()
    assert complaints == []
    # The browser itself asks for the icon.
    assert all(url.startswith((address, "data:", "blob:")) for url in asked)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(write_run(tmp_path_factory.mktemp("run"))) as opened:
        yield opened


@pytest.fixture
def page(browser, server):
    with open_page(browser, server.address) as opened:
        yield opened


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


# -- a network of which the page draws a part --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The page draws CONAIE and Hugo Chávez; Ecuador is left out of it."""
    config = GraphConfig(draws=5, page_nodes=2, page_edges=1, page_evidence=1)
    with serve(write_large(tmp_path_factory.mktemp("large"), config)) as opened:
        yield opened


@pytest.fixture
def partial(browser, large):
    with open_page(browser, large.address) as opened:
        yield opened


def test_search_finds_what_is_not_drawn(partial):
    assert "2 of 5 entities" in partial.inner_text("#notice")
    partial.fill("#search", "ecua")
    partial.locator("#suggestions li", has_text="not drawn").wait_for()
    partial.keyboard.press("ArrowDown")
    partial.keyboard.press("Enter")
    partial.locator("#details h2", has_text="Ecuador").wait_for()
    partial.locator("#details dt", has_text="Betweenness").wait_for()
    details = partial.inner_text("#details")
    for expected in ("Not in the drawing", "Mentions\n1", "TIES SHOWN (1)", "Hugo Chávez"):
        assert expected in details
    assert "null" not in details
    assert "node=country" in partial.url


def test_a_tie_that_is_not_drawn_shows_its_evidence(partial):
    partial.fill("#search", "ecua")
    partial.locator("#suggestions li", has_text="not drawn").click()
    partial.click("#details .rows button >> text=Hugo Chávez")
    partial.locator(".evidence li").wait_for()
    assert partial.locator(".evidence mark").all_inner_texts() == ["Hugo Chávez", "Ecuador"]
    partial.click("#details .rows button >> text=Hugo Chávez")
    assert partial.inner_text("#details h2") == "Hugo Chávez"


def test_a_drawn_entity_can_be_given_all_its_ties(partial):
    partial.fill("#search", "chavez")
    partial.keyboard.press("Enter")
    assert partial.locator("#details .rows button").count() == 1
    partial.click("#more-ties")
    partial.locator("#details .rows button >> text=Ecuador").wait_for()
    assert partial.locator("#details .rows button").count() == 4
    assert partial.is_hidden("#more-ties")


def test_a_link_to_what_is_not_drawn_opens_its_card(partial, large):
    partial.goto(f"{large.address}#node=country:ECU")
    partial.reload()
    partial.locator("#details h2", has_text="Ecuador").wait_for()
    partial.locator("#details .rows button >> text=Hugo Chávez").wait_for()


def test_a_link_to_nobody_says_so(partial, large):
    partial.goto(f"{large.address}#node=nobody")
    partial.reload()
    partial.locator("[role=alert]", has_text="no such entity").wait_for()


def test_what_nobody_is_called_is_said(partial):
    partial.fill("#search", "nobody at all")
    partial.locator("#suggestions", has_text="Nothing is called so in the whole network.").wait_for()
