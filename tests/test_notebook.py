"""What a notebook shows of a report and of a network: small, and nothing in it runs."""

import html.parser

import pytest

from graph.reports_by_hand import make_report
from graph.test_export import HOSTILE
from polnlp.config import GraphConfig
from polnlp.graph import build_graph

ALLOWED = {"div", "p", "br", "strong", "bdi", "table", "thead", "tbody", "tr", "th", "td"}


class TagReader(html.parser.HTMLParser):
    def __init__(self, shown):
        super().__init__()
        self.tags, self.attributes, self.texts = set(), [], []
        self.feed(shown)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture
def report():
    return make_report(
        "[LEADER=l:correa Rafael Correa] met [ORG CONAIE]. [LEADER=l:correa Correa] left.",
        title="Talks",
        date="2009-01-29",
        topics=[(0, "Labor")],
        stances=[(0, "author", "l:correa", "against", 0.8)],
    )


def test_a_report_shows_who_is_in_it(report):
    texts = TagReader(report._repr_html_()).texts
    assert texts[0] == "Talks"
    assert "2009-01-29 (metadata)" in texts
    assert "Labor 1" in texts
    row = texts.index("Rafael Correa")
    assert texts[row : row + 7] == ["Rafael Correa", "LEADER", "2", "0", "1", "0", "l:correa"]


def test_a_network_shows_its_strongest(report):
    texts = TagReader(build_graph([report], config=GraphConfig(draws=20))._repr_html_()).texts
    assert texts[0] == "2 entities, 1 ties (paragraph), 1 articles"
    assert "1 [1, 1]" in texts


def test_long_lists_are_cut_and_say_so():
    report = make_report(" and ".join(f"[ORG Body {number}]" for number in range(13)))
    assert "and 3 more entities" in TagReader(report._repr_html_()).texts
    shown = build_graph([report], config=GraphConfig(draws=0))._repr_html_()
    assert "and 68 more ties" in TagReader(shown).texts
    assert len(shown) < 5_000


def test_a_part_of_a_network_and_an_empty_one_show_too(report):
    graph = build_graph([report], config=GraphConfig(draws=0))
    assert "1 entities, 0 ties" in graph.subgraph(["l:correa"])._repr_html_()
    assert "0 entities, 0 ties" in build_graph([])._repr_html_()
    assert "1 entities" in type(graph)([("a", "a")])._repr_html_()


def test_hostile_names_stay_text():
    report = make_report(" and ".join(f"[ORG {name}]" for name in HOSTILE), title="<script>alert(1)</script>")
    for shown in (report._repr_html_(), build_graph([report], config=GraphConfig(draws=0))._repr_html_()):
        reader = TagReader(shown)
        assert reader.tags <= ALLOWED
        assert reader.attributes == []
        assert not {"\u202e", "\x00", "\x1b"} & set(shown)
