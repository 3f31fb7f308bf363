"""Figures for print: what they show, that they are the same each time, and what they say where they cannot be drawn."""

import sys

import numpy as np
import pytest

from graph.reports_by_hand import make_report
from graph.test_export import HOSTILE
from polnlp import plots
from polnlp.config import GraphConfig
from polnlp.errors import PolnlpError
from polnlp.graph import build_graph


@pytest.fixture
def matplotlib():
    """Drawing without a screen; figures are closed afterwards."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    yield matplotlib
    from matplotlib import pyplot

    pyplot.close("all")


def reports():
    made = [
        make_report(
            "[LEADER=l:correa Rafael Correa] met [ORG CONAIE]. [LEADER=l:correa Correa] left [COUNTRY Ecuador].",
            article=f"a{year}{copy}",
            date=f"{year}-01-29",
            stances=[(0, "author", "l:correa", "against" if year < 2005 else "favor", 1.0)],
        )
        for year in range(2001, 2008)
        for copy in range(1 if year == 2001 else 2)
    ]
    return [*made, make_report("[ORG CONAIE].", article="undated")]


@pytest.fixture(scope="module")
def graph():
    return build_graph(reports(), config=GraphConfig(draws=0))


def test_mentions_over_time(matplotlib):
    ax = plots.plot_mentions(reports(), ["Correa", "CONAIE"])
    heights = [list(line.get_ydata()) for line in ax.get_lines()]
    assert heights == [[2, 4, 4, 4, 4, 4, 4], [1, 2, 2, 2, 2, 2, 2]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [" Rafael Correa", " CONAIE"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2001", "2003", "2005", "2007"]
    assert "1 undated articles left out" in {text.get_text() for text in ax.texts}


def test_stance_over_time(matplotlib, graph):
    ax = plots.plot_stance(graph, "Correa")
    means = {line.get_xdata()[0]: line.get_ydata()[0] for line in ax.get_lines() if line.get_marker() == "o"}
    assert means == {0: -1, 1: -1, 2: -1, 3: -1, 4: 1, 5: 1, 6: 1}
    hollow = [line.get_markerfacecolor() for line in ax.get_lines() if line.get_marker() == "o"].index("white")
    assert hollow == 0  # the year of one article
    assert [text.get_text() for text in ax.texts] == ["1", "2", "2", "2", "2", "2", "2"]


def test_the_interval_of_a_mean_stance_counts_articles_not_stances():
    rng = np.random.default_rng(1)
    stances = [
        {"article": article, "label": "favor", "score": 1.0, "probabilities": {"favor": chance, "against": 1 - chance}}
        for article, chance in [("a", 1.0)] * 50 + [("b", 0.0)] * 50
    ]
    assert plots.redraw_mean(stances, rng) == (-1.0, 1.0)
    assert plots.redraw_mean(stances[:50], rng) == (None, None)


def test_an_ego_network(matplotlib, graph):
    ax = plots.plot_ego(graph, "CONAIE")
    assert {text.get_text() for text in ax.texts} == {"CONAIE", "Rafael Correa", "Ecuador"}
    assert len(ax.get_lines()) == 3
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {" Organisations", " Leaders", " Countries"}
    assert "1 of 2 neighbours" in {text.get_text() for text in plots.plot_ego(graph, "CONAIE", most=1).texts}


@pytest.mark.parametrize("ending", ["pdf", "svg", "png"])
def test_a_saved_figure_is_the_same_each_time(matplotlib, graph, tmp_path, ending):
    saved = []
    for number in range(2):
        path = tmp_path / f"{number}.{ending}"
        plots.save_plot(plots.plot_ego(graph, "CONAIE"), path)
        saved.append(path.read_bytes())
    assert saved[0] == saved[1]
    if ending == "svg":
        assert b">Rafael Correa</text>" in saved[0]


def test_hostile_names_are_drawn_as_they_are(matplotlib, tmp_path):
    names = [*HOSTILE, "$\\frac{1}$", "_hidden"]
    report = make_report(" and ".join(f"[ORG {name}]" for name in names), date="2009")
    graph = build_graph([report], config=GraphConfig(draws=0))
    plots.save_plot(plots.plot_ego(graph, "_hidden", most=50), tmp_path / "ego.png")
    ax = plots.plot_mentions([report], ["$\\frac{1}$", "_hidden"])
    plots.save_plot(ax, tmp_path / "mentions.svg")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [" $\\frac{1}$", " _hidden"]


def test_what_cannot_be_drawn_is_said(matplotlib, graph):
    with pytest.raises(PolnlpError, match=r"No entity is called 'Corea'.*Correa"):
        plots.plot_ego(graph, "Corea")
    with pytest.raises(PolnlpError, match="has no stance"):
        plots.plot_stance(graph, "CONAIE")
    with pytest.raises(ValueError, match="one to 4 names"):
        plots.plot_mentions(reports(), [])


def test_without_matplotlib_the_way_to_it_is_said(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    for draw in (lambda: plots.plot_ego(graph, "CONAIE"), lambda: plots.plot_mentions(reports(), ["CONAIE"])):
        with pytest.raises(PolnlpError, match=r"pip install matplotlib"):
            draw()
