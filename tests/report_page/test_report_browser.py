"""The page of a report in a real browser: choosing, keyboard, phone, dark, and nothing hostile that runs."""

import pytest

from graph.reports_by_hand import make_report
from polnlp.report_page import format_report_page

pytestmark = pytest.mark.browser
ATTACK = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a report's page and watch it: any request, error or dialog fails the test."""
    pages, complaints = [], []
    file = tmp_path / "report.html"
    file.write_bytes(
        format_report_page(
            make_report(
                f"[LEADER=l:correa Rafael Correa] met [ORG CONAIE] {ATTACK}. [LEADER=l:correa Correa] left.\n\n"
                "[COUNTRY Ecuador] waited.",
                title=ATTACK,
                date="2009-01-29",
                topics=[(0, "Public Lands")],
                stances=[(0, "author", "l:correa", "against", 0.8)],
            )
        )
    )

    def opener(fragment="", **options):
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(120_000)  # for a machine that is busy with other things
        pages.append(page)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(f"file://{file}{fragment}")
        page.wait_for_selector("html.scripted")
        return page

    yield opener
    for page in pages:
        page.context.close()
    assert complaints == []


def test_a_name_opens_its_card_and_lights_all_its_places(open_page):
    page = open_page()
    page.click("#c0")
    assert page.inner_text("details[open] summary bdi") == "Rafael Correa"
    assert page.locator(".block .name.on").count() == 2
    assert page.is_visible("details[open] >> text=against 1")
    page.keyboard.press("Escape")
    assert page.locator(".name.on").count() == 0


def test_a_link_with_a_place_shows_the_name_there(open_page):
    page = open_page("#c18")
    page.wait_for_selector("#c18.on")
    assert page.evaluate("document.activeElement.id") == "c18"


def test_marks_are_one_tab_stop_and_arrows_go_between_them(open_page):
    page = open_page()
    assert page.locator(".block a.name[tabindex='0']").count() == 1
    page.focus("#c0")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "CONAIEorganisation"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.textContent") == "Correaleader"
    page.keyboard.press("Enter")
    assert page.is_visible("details[open]")


def test_layers_can_be_hidden(open_page):
    page = open_page()
    assert page.is_visible(".notes")
    page.click("[data-layer=notes]")
    assert page.is_hidden(".notes")
    assert page.get_attribute("[data-layer=notes]", "aria-pressed") == "false"
    page.click("[data-layer=tags]")
    assert page.is_hidden("#c0 .tag")


def test_a_narrow_screen_brings_the_card_up_and_down(open_page):
    page = open_page(viewport={"width": 380, "height": 720})
    assert page.is_hidden("#side")
    page.click("#c0")
    assert page.is_visible("details[open] summary")
    page.click("#close")
    assert page.is_hidden("#side")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark_follows_the_system_and_can_be_changed(open_page):
    def ground(page):
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    dark = open_page(color_scheme="dark")
    light = open_page(color_scheme="light")
    assert ground(dark) != ground(light)
    dark.click("#theme")
    assert ground(dark) == ground(light)


def test_nothing_hostile_runs(open_page):
    page = open_page()
    assert page.locator("img").count() == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 1
    assert ATTACK in page.inner_text(".block >> nth=0")


def test_it_reads_without_javascript(browser, open_page, tmp_path):
    open_page()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{tmp_path / 'report.html'}")
    assert page.is_visible("text=CONAIE >> nth=0")
    assert page.locator(".card summary").count() == 3
    context.close()
