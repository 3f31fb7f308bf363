"""The page in a real browser: search, filters, evidence, keyboard, phone, hostile texts."""

import json
import re
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graph.reports_by_hand import make_report
from graph.test_export import HOSTILE
from polnlp.config import GraphConfig
from polnlp.graph import build_graph
from polnlp.graph.measures import measure_graph, measure_nodes
from polnlp.graph.page import write_page

pytestmark = pytest.mark.browser


def reports():
    made = [
        make_report(
            "Talks. [LEADER=leader:chavez Hugo Chávez] met [ORG CONAIE] in [COUNTRY=country:ECU Ecuador].",
            article=f"quito-{year}",
            date=f"{year}-01-29",
            title=f"The talks of {year}",
            metadata={"source": "A paper", "url": "https://example.org/a"},
            topics=[(0, "Public Lands")],
            stances=[(0, "author", "leader:chavez", "against", 0.8)],
        )
        for year in range(2001, 2009)
    ]
    made.append(
        make_report("[PARTY PSUV] and [LEADER=leader:chavez Chávez].", article="caracas", topics=[(0, "Labor")])
    )
    made.append(make_report("[EVENT Lonely Summit].", article="lonely", date="2003"))
    return made


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write_page(build_graph(reports()), tmp_path_factory.mktemp("page"), title="Talks in Quito")


@pytest.fixture
def open_page(browser):
    """Open a file and watch it: any request, error or refusal by the policy fails the test."""
    pages, complaints = [], []

    def opener(path, fragment="", **options):
        page = browser.new_context(accept_downloads=True, **options).new_page()
        page.set_default_timeout(120_000)  # for a machine that is busy with other things
        pages.append(page)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(f"file://{path}{fragment}")
        page.wait_for_selector("html[data-ready]")
        return page

    yield opener
    for page in pages:
        page.context.close()
    assert complaints == []


def search(page, text):
    page.fill("#search", text)
    page.keyboard.press("Enter")


def test_it_opens_and_says_what_it_shows(open_page, file):
    page = open_page(file)
    assert page.inner_text("#shown") == "4 of 5 entities, 4 of 4 ties shown"
    assert "5 entities named in 10 articles (2001-01-29 to 2008-01-29)" in page.inner_text("#subtitle")
    assert page.is_hidden("#notice")


def test_search_knows_other_names_and_no_accents(open_page, file):
    page = open_page(file)
    page.fill("#search", "chavez")
    assert page.inner_text("#suggestions li >> nth=0").split("\n")[0] == "Hugo Chávez"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "Hugo Chávez"
    assert "node=leader" in page.url
    details = page.inner_text("#details")
    for expected in ("Mentions\n9", "Chávez", "2001-01-29 – 2008-01-29", "unfavourable", "Public Lands", "CONAIE"):
        assert expected in details


def test_a_tie_shows_its_sentences_with_both_names_marked(open_page, file):
    page = open_page(file)
    search(page, "CONAIE")
    page.click("#details .rows button >> text=Hugo Chávez")
    assert page.inner_text("#details h2") == "Hugo Chávez – CONAIE"
    first = page.locator(".evidence li").first
    assert first.locator("blockquote").inner_text() == "Hugo Chávez met CONAIE in Ecuador."
    assert first.locator("mark").all_inner_texts() == ["Hugo Chávez", "CONAIE"]
    assert "2001-01-29 · The talks of 2001 · A paper · characters 7–29" in first.inner_text()
    assert first.locator("a").get_attribute("href") == "https://example.org/a"
    assert page.locator(".evidence li").count() == 8


def test_what_is_not_known_leaves_no_trace(open_page, file):
    page = open_page(file)
    search(page, "PSUV")  # no stance, no date
    assert "null" not in page.inner_text("#details")
    page.click("#details .rows button")
    assert "null" not in page.inner_text("#details")


def test_intervals_of_positions_are_told_with_what_they_are_from(open_page, file):
    page = open_page(file)
    search(page, "CONAIE")
    details = page.inner_text("#details")
    assert "on the backbone\n0.0000 [0.0000, " in details
    assert "alike with other articles\n" in details
    page.click("#help")
    assert "on the 4 ties of the smallest disparity, here all of them, and from 30 redraws" in page.inner_text("#about")
    page.keyboard.press("Escape")
    page.click("#show-list")
    heads = page.locator("#list-view th").all_inner_texts()
    assert {"Backbone’s, 95 %", "Community (support)"} <= set(heads)


def test_a_click_on_the_drawing_chooses_what_lies_there(open_page, file):
    page = open_page(file)
    search(page, "Ecuador")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    assert page.is_hidden("#details")
    # The search has put Ecuador's neighbourhood in view; its label stands below its node.
    box = page.locator("#canvas").bounding_box()
    for step in range(400):
        x, y = (
            box["x"] + 30 + (step % 20) * (box["width"] - 60) / 19,
            box["y"] + 30 + (step // 20) * (box["height"] - 60) / 19,
        )
        page.mouse.move(x, y)
        if page.is_visible("#tip"):
            page.mouse.click(x, y)
            break
    assert page.is_visible("#details")


@pytest.mark.parametrize(
    ("control", "label", "shown"),
    [
        ("#kept", "Backbone (disparity α ≤ 0.05)", "0 of 4 ties"),
        ("#kept", "Count surely above 1 (95 % interval)", "3 of 4 ties"),
        ("#topic", "Labor", "1 of 4 ties"),
        ("#stance", "Unfavourably", "2 of 4 ties"),
    ],
)
def test_filters_narrow_the_ties(open_page, file, control, label, shown):
    page = open_page(file)
    page.select_option(control, label=label)
    assert shown in page.inner_text("#shown")


@pytest.fixture(scope="module")
def star(tmp_path_factory):
    """All meet the mayor once; two of them, Luz and Ana, meet each other again and again."""
    made = [
        make_report(f"[LEADER=leader:mayor The mayor] met [PERSON=p:{name} {name}].", article=name)
        for name in ("Luz", "Ana", "Eva", "Ida", "Ute", "Pia", "Lea", "Mia")
    ]
    made += [make_report("[PERSON=p:Luz Luz] met [PERSON=p:Ana Ana].", article=f"{count}") for count in range(6)]
    return write_page(build_graph(made), tmp_path_factory.mktemp("star"))


def test_the_two_backbones_keep_different_ties_and_say_by_what(open_page, star):
    page = open_page(star)
    assert page.is_hidden("#kept-note")
    page.select_option("#kept", label="Backbone (disparity α ≤ 0.05)")
    assert "0 of 9 ties" in page.inner_text("#shown")
    assert "Serrano et al. 2009" in page.inner_text("#kept-note")
    page.select_option("#kept", label="Backbone (noise-corrected)")
    assert "9 of 9 entities, 7 of 9 ties" in page.inner_text("#shown")
    assert "Coscia and Neffke 2017" in page.inner_text("#kept-note")
    assert "kept=noise" in page.url
    page.fill("#weight", "2")
    page.locator("#shown", has_text="2 of 9 entities, 1 of 9 ties").wait_for()
    search(page, "Luz")
    page.click("#details .rows button >> text=Ana")
    assert page.locator('#details dt:text-is("Noise-corrected") + dd').inner_text() == "10.89"
    page.click("#reset")
    assert page.is_hidden("#kept-note")


def test_types_and_dates_filter_too(open_page, file):
    page = open_page(file)
    page.uncheck("#types li:has-text('Organisations') input")
    assert "2 of 4 ties" in page.inner_text("#shown")
    page.click("#reset")
    page.fill("#date-from", "5")
    page.locator("#shown", has_text="3 of 4 ties").wait_for()
    search(page, "Ecuador")
    page.click("#details .rows button >> text=CONAIE")
    assert page.locator(".evidence li").count() == 3


def test_a_link_brings_back_the_view(open_page, file):
    page = open_page(file)
    page.select_option("#color", "stance")
    page.uncheck("#types li:has-text('Countries') input")
    search(page, "CONAIE")
    again = open_page(file, page.url[page.url.index("#") :])
    assert again.input_value("#color") == "stance"
    assert again.inner_text("#shown") == page.inner_text("#shown")
    assert again.inner_text("#details h2") == "CONAIE"


def test_the_legend_tells_what_size_and_width_mean(open_page, file):
    page = open_page(file)
    assert "size: strength, at most" in page.inner_text("#legend")
    page.select_option("#size", "degree")
    legend = page.inner_text("#legend")
    assert "size: degree, at most" in legend and "width: shared paragraphs, at most" in legend


def test_a_broken_link_opens_the_whole(open_page, file):
    page = open_page(file, "#node=nobody&weight=-3&dates=x..y&color=<script>&types=")
    assert page.is_hidden("#details")
    assert page.input_value("#color") == "label"


def test_the_list_holds_the_same_and_works_by_keyboard(open_page, file):
    page = open_page(file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert "Entities that pass the filters: 4" in page.inner_text("#list-view caption")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Ties that pass the filters: 4" in page.inner_text("#list-view caption")
    page.locator("#list-view tbody button").first.focus()
    page.keyboard.press("Enter")
    assert page.is_visible("#details .evidence")
    assert page.evaluate("document.activeElement.id") == "details"


def test_columns_sort(open_page, file):
    page = open_page(file, "#view=list")
    page.click("#list-view th button >> text=Name")
    names = page.locator("#list-view tbody tr td:first-child").all_inner_texts()
    assert names == sorted(names)
    assert page.get_attribute("#list-view th:has-text('Name')", "aria-sort") == "ascending"


def test_a_narrow_screen_shows_one_panel_at_a_time(open_page, file):
    page = open_page(file, viewport={"width": 380, "height": 720})
    assert page.is_hidden("#filters")
    page.click("#tab-filters")
    assert page.is_visible("#types")
    page.click("#tab-stage")
    search(page, "CONAIE")
    assert page.is_visible("#details h2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("button", "name", "begin"), [("#save-png", "network.png", b"\x89PNG"), ("#save-svg", "network.svg", b"<?xml")]
)
def test_pictures_can_be_saved(open_page, file, tmp_path, button, name, begin):
    page = open_page(file)
    page.click("#save-menu summary")
    with page.expect_download() as caught:
        page.click(button)
    assert caught.value.suggested_filename == name
    caught.value.save_as(tmp_path / name)
    saved = (tmp_path / name).read_bytes()
    assert saved.startswith(begin)
    if name.endswith("svg"):
        from lxml import etree

        labels = [text.text for text in etree.fromstring(saved).iter("{http://www.w3.org/2000/svg}text")]
        assert "Hugo Chávez" in labels


def test_dark_follows_the_system_and_can_be_changed(open_page, file):
    page = open_page(file, color_scheme="dark")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"


def test_help_explains_and_closes(open_page, file):
    page = open_page(file)
    page.click("#help")
    assert "It does not say that they agree" in page.inner_text("#about")
    page.keyboard.press("Escape")
    assert page.is_hidden("#about")


def test_nothing_hostile_runs(open_page, tmp_path):
    """Script tags, event handlers and bidi overrides in names, texts, titles, ids and links stay text."""
    attack = "<img src=x onerror=alert(1)>"
    names = " and ".join(f"[ORG {name}]" for name in [*HOSTILE, attack])
    report = make_report(
        names,
        article=attack,
        title="</script><script>alert(2)</script>",
        date="2009-01-29",
        metadata={"url": "javascript:alert(3)", "source": attack, "author": "\u202egnp.exe"},
        topics=[(0, "<b>Labor")],
    )
    page = open_page(write_page(build_graph([report]), tmp_path, title=attack))
    for name in ("</script>", "img src", "party"):
        search(page, name)
        assert page.is_visible("#details")
        page.locator("#details .rows button").first.click()
    assert page.locator("#details a").count() == 0
    assert page.locator("img").count() == 0
    page.click("#show-list")
    assert page.evaluate("document.querySelectorAll('script').length") == 3


def test_the_policy_stops_what_would_slip_through(open_page, file, browser):
    page = browser.new_page()
    page.goto(f"file://{file}")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.slipped = 1";
            document.head.append(script);
        }"""
    )
    assert page.evaluate("window.slipped") is None
    page.close()


def test_reports_without_texts_show_names_and_offsets(open_page, tmp_path):
    report = make_report("[LEADER Correa] met [ORG CONAIE].", with_text=False)
    page = open_page(write_page(build_graph([report]), tmp_path))
    search(page, "Correa")
    page.locator("#details .rows button").first.click()
    assert page.locator(".evidence mark").all_inner_texts() == ["CONAIE", "Correa"]
    assert "offsets lead to the sentences" in page.inner_text("#details")


def test_an_empty_network_opens(open_page, tmp_path):
    page = open_page(write_page(build_graph([]), tmp_path))
    assert page.inner_text("#shown") == "0 of 0 entities, 0 of 0 ties shown"
    assert "No paragraph names two entities" in page.inner_text("#nothing")
    assert page.is_hidden("#nothing-reset")


def test_filters_that_leave_nothing_say_so(open_page, file):
    page = open_page(file)
    assert page.is_hidden("#nothing")
    page.select_option("#kept", label="Backbone (disparity α ≤ 0.05)")
    assert "No tie passes the filters." in page.inner_text("#nothing")
    page.click("#nothing-reset")
    assert page.is_hidden("#nothing")
    assert "4 of 4 ties" in page.inner_text("#shown")


def test_names_cover_neither_each_other_nor_the_marks_of_others(open_page, tmp_path):
    """Read off the saved drawing, box by box; the three largest names may cross marks."""
    page = open_page(write_page(large_graph(300, 900), tmp_path))
    page.click("#save-menu summary")
    with page.expect_download() as caught:
        page.click("#save-svg")
    caught.value.save_as(tmp_path / "network.svg")
    names, marks = read_drawing(tmp_path / "network.svg")
    assert len(names) > 100
    assert {anchor for _, _, anchor in names} == {"start", "middle", "end"}
    boxes = [box for _, box, _ in sorted(names, key=lambda name: -name[0])]
    assert not [pair for pair in combinations(boxes, 2) if cross(*pair)]
    assert not [(box, mark) for box in boxes[3:] for mark in marks if cross(box, mark)]


def read_drawing(file):
    """Give names as (font, box, anchor) and the inner boxes of marks that are large enough to matter."""
    from lxml import etree

    names, marks = [], []
    for item in etree.parse(file).getroot().iter("{*}text", "{*}path"):
        if item.tag.endswith("text"):
            x, y, font = (float(item.get(name)) for name in ("x", "y", "font-size"))
            width, anchor = len(item.text) * font * 0.55, item.get("text-anchor")
            left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            names.append((font, (left, y - 0.7 * font, left + width, y + 0.2 * font), anchor))
        else:
            x, y, reach = map(float, re.findall(r"-?[\d.]+", item.get("transform")))
            marks.append((x - 0.6 * reach, y - 0.6 * reach, x + 0.6 * reach, y + 0.6 * reach))
    return names, [mark for mark in marks if mark[2] - mark[0] > 6]


def cross(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.slow
def test_two_thousand_nodes_open(open_page, tmp_path, capsys):
    page = open_page(write_page(large_graph(2_000, 10_000), tmp_path))
    with capsys.disabled():
        took = json.loads(page.get_attribute("html", "data-ready"))
        print(f"\n2,000 nodes, 10,000 edges: ready after {took / 1000:.1f} s")
    page.fill("#weight", "2")
    page.locator("#shown", has_not_text="10,000 of").wait_for()


def large_graph(n, m):
    """A random network with groups and hubs, with all that the page reads of one."""
    rng = np.random.default_rng(1)
    graph = nx.Graph()
    weights = rng.pareto(1.3, n) + 1.0
    groups = rng.integers(0, 14, n)
    labels = ("PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION", "EVENT")
    graph.add_nodes_from((f"n{i}", {"name": f"Name {i}", "label": labels[i % 7]}) for i in range(n))
    while graph.number_of_edges() < m:
        a = rng.choice(n, p=weights / weights.sum())
        pool = np.flatnonzero(groups == groups[a]) if rng.random() < 0.8 else np.arange(n)
        b = rng.choice(pool, p=weights[pool] / weights[pool].sum())
        if a != b:
            graph.add_edge(f"n{a}", f"n{b}", count=1 + int(rng.pareto(1.5)))
    for node, measures in measure_nodes(graph, seed=1).items():
        told = {"aliases": ["Name"], "count": 5, "articles": 3, "windows": 4, "topics": {}, "favor": 0, "against": 0}
        graph.nodes[node].update(measures, neutral=0, stance=None, sign=None, rank=1, **told)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        day = f"20{number % 20:02}-01-01"
        mention = {"start": 0, "end": 4, "text": "Name", "paragraph": 0, "sentence": 0, "score": 1.0}
        entry = {
            "article": "a",
            "paragraph": number,
            "sentence": 0,
            "a": mention,
            "b": mention,
            "dates": [day],
            "topic": None,
        }
        data.update(topics={}, npmi=0.1, q_value=0.5, disparity=1 / data["count"], weight=data["count"], articles=1)
        data.update(evidence=[entry] * min(data["count"], 5), stance_count=0)
    graph.graph.update(articles={"a": {"title": "A", "date": None}}, sentences={}, stances=[], left_out={}, draws=0)
    settings = GraphConfig()
    graph.graph["settings"] = {name: getattr(settings, name) for name in settings.__struct_fields__}
    graph.graph["measures"] = measure_graph(graph)
    return graph
