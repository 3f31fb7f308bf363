"""Every form is read back by another program's reader, and holds the same graph."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import networkx as nx
import pytest
from lxml import etree

from graph.reports_by_hand import make_report
from polnlp.graph import build_graph, stance_graph
from polnlp.graph.bipartite import topic_graph
from polnlp.graph.export import export_graph, format_csv, stream_json
from polnlp.graph.gexf import format_gexf

SCHEMA = Path(__file__).parent.parent / "data" / "gexf-1.3" / "gexf.rng"
HOSTILE = [
    'He said "no" & <left>',
    "O'Neill; DROP TABLE",
    "</script><script>alert(1)</script>",
    "=HYPERLINK(evil)",
    "-2+3",
    "\u202eright to left\u202c",
    "حزب العدالة",
    "Party 🎉",
    "bell\x07 and null\x00",
    "two  spaces",
    "tab\tand nbsp\u00a0",
]


@pytest.fixture(scope="module")
def graph():
    reports = [
        make_report(
            "[LEADER Correa] met [ORG CONAIE] in [COUNTRY=country:ECU Ecuador].\n\n[LEADER Correa] spoke.",
            date="2009-01-29",
            topics=[(0, "Public Lands")],
            stances=[(0, "author", "nil:Correa", "against", 0.8), (0, "nil:CONAIE", "nil:Correa", "against", 0.9)],
            title="A meeting",
        ),
        make_report("[ORG CONAIE] and [COUNTRY=country:ECU Ecuador].", article="a2", date="2010"),
    ]
    return build_graph(reports)


@pytest.fixture(scope="module")
def hostile():
    names = " and ".join(f"[ORG {name}]" for name in HOSTILE)
    return build_graph([make_report(names, article="<a>&", title="</title>")])


@pytest.fixture(params=["graph", "hostile"])
def written(request, tmp_path):
    graph = request.getfixturevalue(request.param)
    export_graph(graph, tmp_path)
    return graph, tmp_path


def shape(graph):
    return len(graph), graph.number_of_edges()


def test_json_gives_back_the_very_graph(written):
    graph, folder = written
    data = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
    read = nx.node_link_graph(data, edges="edges")
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {(a, b): d for a, b, d in read.edges(data=True)} == {(a, b): d for a, b, d in graph.edges(data=True)}
    assert {"id", "name", "label"} <= data["nodes"][0].keys()
    assert data["edges"][0]["evidence"]


def test_json_is_written_in_small_parts_that_are_one_encoding(written):
    graph, folder = written
    whole = json.loads(b"".join(stream_json(graph)))
    assert (folder / "graph.json").read_bytes() == b"".join(stream_json(graph))
    assert msgspec.json.encode(whole["graph"]) in (folder / "graph.json").read_bytes()
    largest = max(len(msgspec.json.encode({"source": a, "target": b, **d})) for a, b, d in graph.edges(data=True))
    nodes = max(len(msgspec.json.encode({"id": node, **data})) for node, data in graph.nodes(data=True))
    assert max(map(len, stream_json(graph))) <= max(largest, nodes, 1_000) + 2


@pytest.mark.parametrize("name", ["graph.gexf", "graph-dynamic.gexf"])
def test_gexf_is_valid_and_read_by_networkx(written, name):
    graph, folder = written
    schema = etree.RelaxNG(file=str(SCHEMA))
    assert schema.validate(etree.parse(folder / name)), schema.error_log
    read = nx.read_gexf(folder / name)
    assert shape(read) == shape(graph)
    assert [data["weight"] for _, _, data in read.edges(data=True)] == [d for _, _, d in graph.edges(data="weight")]


def test_the_schema_would_refuse_a_wrong_file(graph):
    schema = etree.RelaxNG(file=str(SCHEMA))
    wrong = format_gexf(graph).replace(b"<edges ", b'<edges colour="red" ')
    assert not schema.validate(etree.fromstring(wrong))


def test_spells_stand_for_full_dates_alone(graph):
    text = format_gexf(graph, dynamic=True).decode()
    assert '<spell start="2009-01-29" end="2009-01-29"/>' in text
    assert 'start="2010"' not in text


def test_graphml_is_read_by_networkx(written):
    graph, folder = written
    read = nx.read_graphml(folder / "graph.graphml")
    assert shape(read) == shape(graph)
    assert sorted(data["count"] for _, data in read.nodes(data=True)) == sorted(d for _, d in graph.nodes(data="count"))


@pytest.mark.parametrize("name", ["graph", "graph-stances", "graph-topics"])
def test_graphml_is_read_by_igraph(written, name):
    igraph = pytest.importorskip("igraph", reason="igraph is not installed: pip install -e .[dev]")
    _, folder = written
    read = igraph.Graph.Read_GraphML(str(folder / f"{name}.graphml"))
    expected = nx.read_graphml(folder / f"{name}.graphml")
    assert (read.vcount(), read.ecount(), read.is_directed()) == (*shape(expected), expected.is_directed())
    names = [data.get("name") for _, data in expected.nodes(data=True)]
    assert (read.vs["name"] if names else []) == names


def test_who_speaks_of_whom_and_the_topics_are_networks_of_their_own(graph, tmp_path):
    export_graph(graph, tmp_path)
    stances, topics = (nx.read_graphml(tmp_path / f"graph-{name}.graphml") for name in ("stances", "topics"))
    assert shape(stances) == shape(stance_graph(graph))
    assert stances.is_directed()
    assert stances.number_of_edges() > 0
    assert shape(topics) == shape(topic_graph(graph))
    assert {data["bipartite"] for _, data in topics.nodes(data=True)} == {0, 1}


def test_pajek_is_read_by_networkx(written):
    graph, folder = written
    read = nx.Graph(nx.read_pajek(folder / "graph.net"))
    assert shape(read) == shape(graph)


def test_csv_has_a_row_per_node_and_edge_and_no_formula(written):
    graph, folder = written
    nodes = list(csv.DictReader((folder / "nodes.csv").open(encoding="utf-8", newline="")))
    edges = list(csv.DictReader((folder / "edges.csv").open(encoding="utf-8", newline="")))
    assert (len(nodes), len(edges)) == shape(graph)
    assert not [
        row for row in nodes for column in ("id", "name", "aliases") if row[column].startswith(("=", "+", "-", "@"))
    ]


def test_csv_columns_do_not_depend_on_what_is_known(graph, hostile, tmp_path):
    for name, network in (("one", graph), ("two", hostile)):
        export_graph(network, tmp_path / name)
    for file in ("nodes.csv", "edges.csv"):
        one, two = ((tmp_path / name / file).read_text(encoding="utf-8").split("\n")[0] for name in ("one", "two"))
        assert one == two


def test_a_negative_number_is_no_formula():
    (_, row) = csv.reader(io.StringIO(format_csv([{"npmi": -0.5, "name": "-x"}], ()).decode()))
    assert row == ["-0.5", "'-x"]


def test_names_keep_their_letters(hostile, tmp_path):
    export_graph(hostile, tmp_path)
    names = {data["name"] for _, data in nx.read_gexf(tmp_path / "graph.gexf").nodes(data=True)}
    assert {'He said "no" & <left>', "حزب العدالة", "Party 🎉", "bell and null", "two spaces"} <= names


def test_a_rerun_gives_the_same_bytes(graph, tmp_path):
    export_graph(graph, tmp_path / "one")
    export_graph(graph, tmp_path / "two")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


PROGRAM = """
import sys
from pathlib import Path
from graph.reports_by_hand import make_report
from polnlp.graph import build_graph
from polnlp.graph.export import stream_json

names = [f"[ORG N{i}] [LEADER M{i % 7}] [PARTY P{i % 5}]." for i in range(40)]
reports = [make_report(" ".join(names[i : i + 5]), article=str(i)) for i in range(36)]
Path(sys.argv[1]).write_bytes(b"".join(stream_json(build_graph(reports))))
"""


def test_another_process_gives_the_same_bytes(tmp_path):
    """Sets of strings have another order in every process."""
    path = [str(Path(__file__).parent.parent), *sys.path]
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, path)), "OMP_NUM_THREADS": "1"}
        subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path / seed)], check=True, env=environment)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_who_speaks_against_whom_is_a_network_of_its_own(graph, tmp_path):
    directed = stance_graph(graph)
    assert sorted(directed.edges(data="sign")) == [
        ("author", "nil:Correa", "against"),
        ("nil:CONAIE", "nil:Correa", "against"),
    ]
    assert directed.edges["nil:CONAIE", "nil:Correa"]["weight"] == -0.9
    (tmp_path / "s.gexf").write_bytes(format_gexf(directed))
    assert nx.read_gexf(tmp_path / "s.gexf").is_directed()
