"""From reports to all files of a network: the whole corpus, and parts of it."""

import json

import pytest

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.graph.selection import Part
from polnlp.network import write_network
from polnlp.reports import write_report

QUICK = GraphConfig(draws=0)


@pytest.fixture
def run(tmp_path):
    """Three articles on Correa, whom only the first names in full."""
    texts = {
        "a2007": "[LEADER=nil:leader:rafael-correa Rafael Correa] met [ORG CONAIE].",
        "a2008": "[LEADER=nil:leader:rafael-correa Rafael Correa] met [PARTY PSUV].",
        "a2009": "[LEADER=nil:leader:rafael-correa Rafael Correa] met [ORG CONAIE].\n\n[ORG OAS] met [ORG CONAIE].",
    }
    for number, (article, text) in enumerate(texts.items()):
        source = {"source": "Paper" if number else "Weekly", "country": "ECU"}
        report = make_report(text, article=article, date=article[1:], metadata=source, topics=[(0, "Labor")])
        write_report(report, tmp_path / "run" / "reports")
    return tmp_path / "run"


def read_names(folder):
    graph = json.loads((folder / "graph.json").read_bytes())
    return sorted(node["name"] for node in graph["nodes"]), graph


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (Part(), ["CONAIE", "OAS", "PSUV", "Rafael Correa"]),
        (Part(since="2008"), ["CONAIE", "OAS", "PSUV", "Rafael Correa"]),
        (Part(until="2007"), ["CONAIE", "Rafael Correa"]),
        (Part(sources=("Paper",), topics=("Labor",)), ["CONAIE", "PSUV", "Rafael Correa"]),
    ],
)
def test_the_network_is_that_of_the_part(run, tmp_path, part, names):
    write_network(run, tmp_path / "part", QUICK, part=part)
    found, graph = read_names(tmp_path / "part")
    assert found == names
    assert graph["graph"]["part"] == part.describe()
    page = (tmp_path / "part" / "graph.html").read_text()
    assert ("A part of a corpus (" in page) == (part != Part())


def test_an_entity_has_the_same_id_in_every_part(run, tmp_path):
    ids = {}
    for year in ("2007", "2009"):
        write_network(run, tmp_path / year, QUICK, part=Part(since=year, until=year))
        _, graph = read_names(tmp_path / year)
        ids[year] = {node["id"] for node in graph["nodes"] if node["name"] in ("Rafael Correa", "CONAIE")}
    assert ids["2007"] == ids["2009"]
    assert len(ids["2007"]) == 2


def test_another_part_is_built_anew(run, tmp_path):
    first = write_network(run, tmp_path / "part", QUICK, part=Part(until="2007"))
    assert write_network(run, tmp_path / "part", QUICK, part=Part(until="2007"), known=first) is first
    assert write_network(run, tmp_path / "part", QUICK, part=Part(until="2008"), known=first)["nodes"] == 3


def test_a_part_does_not_replace_the_whole(run):
    with pytest.raises(CorpusError, match="Give the part a folder of its own"):
        write_network(run, run, QUICK, part=Part(since="2008"))


def test_a_part_without_reports_is_refused(run, tmp_path):
    with pytest.raises(CorpusError, match=r"no report is of this part \(since 2010, dates article\)"):
        write_network(run, tmp_path / "part", QUICK, part=Part(since="2010"))
    assert not (tmp_path / "part").exists()


def test_a_wrong_bound_is_one_clear_line(run, tmp_path):
    with pytest.raises(CorpusError, match=r"--since, --until: 'last year' is no date: write YYYY"):
        write_network(run, tmp_path / "part", QUICK, part=Part(since="last year"))
