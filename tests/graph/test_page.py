"""The page as a file: what it allows, what it holds, what it says of what it leaves out."""

import base64
import hashlib
import html.parser
import json
import re

import pytest

from graph.reports_by_hand import make_report
from graph.test_export import HOSTILE
from polnlp.config import GraphConfig
from polnlp.graph import build_graph
from polnlp.graph.page import format_page, write_page
from polnlp.graph.page_data import Bins, clip, utf16_length


class PageReader(html.parser.HTMLParser):
    """Collects scripts, styles, the policy, and all attributes."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.scripts, self.styles, self.attributes, self.policy = [], [], [], None
        self._open = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.attributes += attributes.items()
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag in ("script", "style"):
            self._open = [tag, attributes.get("type"), ""]

    def handle_data(self, data):
        if self._open:
            self._open[2] += data

    def handle_endtag(self, tag):
        if self._open and tag == self._open[0]:
            (self.scripts if tag == "script" else self.styles).append(tuple(self._open[1:]))
            self._open = None


def page_of(reports, **options):
    config = GraphConfig(**options)
    text = format_page(build_graph(reports, config=config), config=config, title="Test </title><script>").decode()
    return PageReader(text), text


@pytest.fixture(scope="module")
def hostile_page():
    names = " and ".join(f"[ORG {name}]" for name in HOSTILE)
    return page_of([make_report(names, article='"><img src=x onerror=alert(1)>', title="</script><!--<script>")])


def data_of(page):
    (data,) = [json.loads(text) for kind, text in page.scripts if kind == "application/json"]
    return data


def rows(data, kind):
    return [dict(zip(data[f"{kind}_columns"], row, strict=True)) for row in data[f"{kind}s"]]


def test_the_policy_allows_the_pages_own_scripts_and_styles_alone(hostile_page):
    page, _ = hostile_page

    def hashes(texts):
        return " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts
        )

    scripts = hashes(text for kind, text in page.scripts if kind is None)
    styles = hashes(text for _, text in page.styles)
    assert page.policy == f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:"


def test_there_are_two_scripts_two_styles_and_one_block_of_data(hostile_page):
    page, _ = hostile_page
    assert [kind for kind, _ in page.scripts] == ["application/json", None, None]
    assert len(page.styles) == 2


def test_no_name_becomes_markup(hostile_page):
    page, text = hostile_page
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("style", "src")]
    names = {row["name"] for row in rows(data_of(page), "node")}
    assert "</script><script>alert(1)</script>" in names
    assert "<script>alert" not in text
    assert "\u2028" not in text


def test_nothing_is_fetched(hostile_page):
    page, _ = hostile_page
    assert not [value for name, value in page.attributes if name in ("src", "href") and not value.startswith("#")]


def test_the_evidence_carries_its_sentence_and_the_names_places():
    report = make_report("🎉 Today [LEADER Correa] met [ORG CONAIE]. Bye.", date="2009-01-29", title="T")
    data = data_of(page_of([report])[0])
    ((entry, *_),) = [row["evidence"] for row in rows(data, "edge")]
    text = data["sentences"][entry[1]][1]
    units = text.encode("utf-16-le")
    assert units[2 * entry[3] : 2 * entry[4]].decode("utf-16-le") == "CONAIE"
    assert units[2 * entry[5] : 2 * entry[6]].decode("utf-16-le") == "Correa"
    assert data["articles"][entry[0]] == {"id": "a1", "title": "T", "date": "2009-01-29"}


def test_a_very_long_sentence_is_clipped_around_the_names_and_says_so():
    report = make_report(f"{'so ' * 900}[LEADER Correa] met [ORG CONAIE]{' on' * 900}.")
    data = data_of(page_of([report])[0])
    ((entry, *_),) = [row["evidence"] for row in rows(data, "edge")]
    text = data["sentences"][entry[1]][1]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) < 1_000
    assert text[entry[3] : entry[4]] == "CONAIE"


def test_evidence_beyond_the_cap_is_counted_not_hidden():
    reports = [make_report("[LEADER Correa] met [ORG CONAIE].", article=str(number)) for number in range(9)]
    (edge,) = rows(data_of(page_of(reports, page_evidence=4)[0]), "edge")
    assert (edge["count"], len(edge["evidence"])) == (9, 4)


def test_a_network_beyond_the_caps_is_thinned_and_the_page_says_so():
    reports = [make_report(f"[ORG hub] [LEADER L{i % 9}].", article=str(i)) for i in range(30)]
    data = data_of(page_of(reports, page_nodes=5, page_edges=3)[0])
    assert (len(data["nodes"]), len(data["edges"])) == (5, 3)
    assert "5 of 10 entities, 3 of 9 ties, by disparity filter" in data["meta"]["notice"]
    assert data_of(page_of(reports)[0])["meta"]["notice"] is None


def test_reports_without_texts_still_make_a_page():
    data = data_of(page_of([make_report("[LEADER Correa] met [ORG CONAIE].", with_text=False)])[0])
    ((entry, *_),) = [row["evidence"] for row in rows(data, "edge")]
    assert (data["sentences"], entry[10:12]) == ([], ["CONAIE", "Correa"])


def test_an_empty_network_is_a_page():
    data = data_of(page_of([])[0])
    assert (data["nodes"], data["edges"], data["bins"]) == ([], [], [])


def test_a_rerun_gives_the_same_bytes(tmp_path):
    reports = [make_report(f"[ORG hub] [LEADER L{i % 9}].", article=str(i)) for i in range(30)]
    one = write_page(build_graph(reports), tmp_path / "one")
    two = write_page(build_graph(reports), tmp_path / "two.html")
    assert one.name == "graph.html"
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("dates", "keys"),
    [
        (["2009-01-29", "2009-03"], ["2009-01", "2009-02", "2009-03"]),
        (["1998", "2005-02-01"], [str(year) for year in range(1998, 2006)]),
        (["1848", "1989"], [str(decade) for decade in range(184, 199)]),
        ([], []),
    ],
)
def test_bins_are_months_years_or_decades(dates, keys):
    assert Bins(dates).keys == keys


@pytest.mark.parametrize(("window", "count"), [("paragraph", 1), ("article", 1), ("sentence", 2), ("tokens", 1)])
def test_a_window_counts_once_in_the_histogram(window, count):
    marked = "[ORG A] met [ORG B] and [ORG C]. Then [ORG B] met [ORG C]."
    page, _ = page_of([make_report(marked, date="2009-01-29")], window=window)
    data = data_of(page)
    assert [bin_["count"] for bin_ in data["bins"]] == [count]
    assert data["meta"]["window"] == {"tokens": "50-token window"}.get(window, window)


def test_a_date_too_coarse_for_a_bin_has_none():
    bins = Bins(["2009-01-29", "2009-03-01"])
    assert (bins.place("2009-02-11"), bins.place("2009"), bins.place(None)) == (1, -1, -1)


def test_clip_keeps_short_sentences_whole():
    assert clip("x" * 100, 10, 20) == (0, 100)
    assert clip("x" * 5_000, 2_000, 2_010) == (1_600, 2_410)


def test_utf16_counts_two_beyond_the_first_plane():
    assert utf16_length("a🎉é") == 4


def test_the_library_is_the_one_that_the_manifest_names():
    from importlib.resources import files

    assets = files("polnlp.graph") / "assets"
    manifest = json.loads((assets / "manifest.json").read_text())
    for name, told in manifest.items():
        assert hashlib.sha512((assets / name).read_bytes()).hexdigest() == told["sha512"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])
    assert "MIT" in manifest["cytoscape.min.js"]["license"]
    assert "Permission is hereby granted" in (assets / "cytoscape.LICENSE").read_text()
