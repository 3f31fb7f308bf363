"""`polnlp view`: a real server, asked with real requests."""

import http.client
import json
import subprocess
import sys
import threading
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.errors import CorpusError, PolnlpError
from polnlp.graph.stored_entities import find_entities, read_entity
from polnlp.graph.stored_evidence import read_evidence
from polnlp.network import write_network
from polnlp.reports import write_report
from polnlp.view import find_file, make_server

CAPPED = GraphConfig(draws=0, page_evidence=2)
TALKS = "Talks \U0001f5f3 began. [LEADER=leader:chavez Hugo Chávez] met [ORG CONAIE] in [COUNTRY=country:ECU Ecuador]."


def write_run(folder, *, with_text=True):
    """Write a run of six articles whose page holds two windows of each tie."""
    for year in range(2001, 2007):
        report = make_report(
            TALKS,
            article=f"quito-{year}",
            date=f"{year}-01-29",
            title=f"Talks of {year}",
            metadata={"url": "https://example.org/a"},
            topics=[(0, "Labor")],
            with_text=with_text,
        )
        write_report(report, folder / "reports")
    write_network(folder, folder, CAPPED)
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return write_run(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def server(run):
    with make_server(run) as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield opened
        opened.shutdown()


@pytest.fixture
def ask(server):
    def asker(path, *, method="GET", host=None):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{server.server_port}"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    return asker


def test_the_page_is_the_same_but_may_ask_its_server(ask, run):
    answer, body = ask("/")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"img-src data: blob:; connect-src 'self'\">" in body
    stripped = body.replace(b"; connect-src 'self'", b"", 1).replace(b" data-live", b"", 1)
    assert stripped == (run / "graph.html").read_bytes()


def test_files_of_the_run_are_served(ask, run):
    page = next((run / "reports").glob("*.html"))
    for name in ("graph.json", "nodes.csv", "tables/edges.parquet", f"reports/{page.name}", "graph.html"):
        answer, body = ask(f"/{name}")
        assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff"), name
        assert len(body) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.json",
        "/%2e%2e/secret.json",
        "/..%2fsecret.json",
        "/reports/../../secret.json",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/..\\secret.json",
        "/C:/secret.json",
        "/link.json",
        "/.hidden.json",
        "/own.html",
        "/tables/own.html",
        "/run.sh",
        "/tables",
        "/tables/",
        "/reports/%00.json",
        "/none.json",
    ],
)
def test_nothing_else_is(ask, run, path):
    (run.parent / "secret.json").write_text("secret")
    if not (run / "link.json").is_symlink():
        (run / "link.json").symlink_to(run.parent / "secret.json")
    for name in (".hidden.json", "own.html", "tables/own.html", "run.sh"):
        (run / name).write_text("secret")
    answer, body = ask(path)
    assert answer.status == 404
    assert b"secret" not in body


def test_only_get_is_answered(ask):
    for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert ask("/", method=method)[0].status == 501


def test_another_hosts_name_is_refused(ask, server):
    assert ask("/", host=f"evil.example:{server.server_port}")[0].status == 403
    assert ask("/graph.json", host="127.0.0.1")[0].status == 403
    assert ask("/", host=f"localhost:{server.server_port}")[0].status == 200


def test_all_evidence_of_a_tie_can_be_fetched(ask):
    answer, body = ask("/evidence.json?" + urlencode({"a": "nil:org:conaie", "b": "leader:chavez"}))
    assert answer.status == 200
    found = json.loads(body)
    assert found["total"] == len(found["evidence"]) == 6
    assert [article["date"] for article in found["articles"]] == [f"{year}-01-29" for year in range(2001, 2007)]
    assert found["articles"][0]["page"].startswith("reports/quito-2001-")
    for row in found["evidence"]:
        _, first, second, a_start, a_end, b_start, b_end = row[:7]
        # ``a`` is the end whose id sorts first; offsets are UTF-16 units.
        assert cut(found["sentences"][first][1], a_start, a_end) == "Hugo Chávez"
        assert cut(found["sentences"][second][1], b_start, b_end) == "CONAIE"
        assert (row[12][4:], row[13]) == ("-01-29", "Labor")


def cut(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_the_fetched_evidence_is_the_pages(ask, run):
    """What page and tables both hold is word for word the same."""
    html = (run / "graph.html").read_text()
    block = html[html.index(">", html.index('id="data"')) + 1 :]
    page = json.loads(block[: block.index("</script>")])
    ids = [node[page["node_columns"].index("id")] for node in page["nodes"]]
    for edge in page["edges"]:
        row = dict(zip(page["edge_columns"], edge, strict=True))
        found = read_evidence(run, ids[row["a"]], ids[row["b"]])
        fetched = [plain(found, entry)[:-2] for entry in found["evidence"]]
        assert len(row["evidence"]) == 2
        assert all(plain(page, entry)[:-2] in fetched for entry in row["evidence"])


def plain(data, entry):
    article, first, second, *rest = entry
    return [data["articles"][article]["id"], data["sentences"][first], data["sentences"][second], *rest]


def test_evidence_comes_in_parts(run):
    whole = read_evidence(run, "nil:org:conaie", "country:ECU")
    part = read_evidence(run, "country:ECU", "nil:org:conaie", offset=4, limit=5)
    assert (part["total"], len(part["evidence"])) == (6, 2)
    assert part["articles"] == whole["articles"][4:]


def test_reports_without_texts_give_names_and_offsets(tmp_path):
    found = read_evidence(write_run(tmp_path, with_text=False), "nil:org:conaie", "country:ECU")
    assert found["sentences"] == []
    assert found["evidence"][0][10:12] == ["Ecuador", "CONAIE"]


def test_tables_of_before_give_the_articles_date(tmp_path):
    run = write_run(tmp_path)
    path = run / "tables" / "evidence.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["dates"]), path)
    assert read_evidence(run, "nil:org:conaie", "country:ECU")["evidence"][0][12] == "2001-01-29"


def test_a_tie_that_is_none_has_no_evidence(ask):
    found = json.loads(ask("/evidence.json?a=nil:org:conaie&b=nobody")[1])
    assert found == {"total": 0, "articles": [], "sentences": [], "evidence": []}


@pytest.mark.parametrize(
    "query", ["", "?a=x", "?a=x&b=y&offset=-1", "?a=x&b=y&offset=one", "?a=x&b=y&offset=" + "9" * 20]
)
def test_a_question_that_is_none_is_refused(ask, query):
    assert ask(f"/evidence.json{query}")[0].status == 400


def test_a_damaged_table_is_said(tmp_path):
    run = write_run(tmp_path)
    (run / "tables" / "paragraphs.parquet").write_bytes(b"PAR1")
    with pytest.raises(CorpusError, match="cannot read the table"):
        read_evidence(run, "nil:org:conaie", "country:ECU")


def test_a_folder_that_is_no_runs_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"not a run's folder, graph\.html and tables/articles\.parquet"):
        make_server(tmp_path)


def test_a_port_that_is_taken_is_refused(run, server):
    with pytest.raises(PolnlpError, match=f"port {server.server_port}: .*Leave `--port` out"):
        make_server(run, port=server.server_port)


def test_a_path_is_never_outside(tmp_path):
    (tmp_path / "graph.html").write_text("page")
    assert find_file(tmp_path, "/") == tmp_path / "graph.html"
    assert find_file(tmp_path, "") is None


def test_the_command_serves_until_it_is_stopped(run):
    code = "from polnlp.cli.app import main; main()"
    command = [sys.executable, "-c", code, "view", str(run), "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        port = int(said.split("http://127.0.0.1:")[1].split("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        process.terminate()


# -- what the page does not hold ---------------------------------------------------------------------------------------


def write_large(folder, config):
    """Write a run of five entities around Hugo Chávez, who meets CONAIE most often."""
    small = ["[REGION Île-de-France]", "[PARTY=party:psuv PSUV]", "[COUNTRY=country:ECU Ecuador]"]
    for number, name in enumerate([*small, "[ORG CONAIE]", "[ORG CONAIE]", "[ORG CONAIE]"]):
        marked = f"Then [LEADER=leader:chavez Hugo Chávez] met {name}."
        report = make_report(marked, article=f"a{number}", date=f"200{number}", topics=[(0, "Labor")])
        write_report(report, folder / "reports")
    write_network(folder, folder, config)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A run whose page draws CONAIE and Hugo Chávez alone."""
    return write_large(tmp_path_factory.mktemp("large"), GraphConfig(draws=5, page_nodes=2, page_edges=1))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ile", ["Île-de-France"]),
        ("FRANCE", ["Île-de-France"]),
        ("psuv", ["PSUV"]),
        ("country:ecu", ["Ecuador"]),
        ("e", ["Ecuador", "Hugo Chávez", "CONAIE", "Île-de-France"]),
        ("nobody", []),
        ("  ", []),
    ],
)
def test_names_of_the_whole_network_are_found(large, text, found):
    names = [row["name"] for row in find_entities(large, text)]
    assert names[: len(found)] == found if text == "e" else names == found


def test_another_name_that_was_met_is_told(tmp_path):
    report = make_report(
        "[LEADER=leader:chavez Hugo Chávez] met [ORG CONAIE]. [LEADER=leader:chavez El Comandante] left."
    )
    write_report(report, tmp_path / "reports")
    write_network(tmp_path, tmp_path, GraphConfig(draws=0))
    (row,) = find_entities(tmp_path, "comandante")
    assert (row["id"], row["alias"], row["count"]) == ("leader:chavez", "El Comandante", 2)


def test_a_changed_table_is_read_anew(tmp_path):
    run = write_run(tmp_path)
    assert find_entities(run, "conaie")
    path = run / "tables" / "nodes.parquet"
    pq.write_table(pq.read_table(path).slice(0, 0), path)
    assert find_entities(run, "conaie") == []


def test_an_entity_comes_with_all_its_ties(large):
    found = read_entity(large, "leader:chavez")
    graph = json.loads((large / "graph.json").read_bytes())
    (node,) = [node for node in graph["nodes"] if node["id"] == "leader:chavez"]
    for name in ("name", "count", "degree", "strength", "windows_low", "community_support", "backbone_betweenness"):
        assert found["node"][name] == node[name]
    assert found["node"]["topics"] == [("Labor", 6)]
    assert found["total"] == len(found["ties"]) == 4
    best = found["ties"][0]
    assert (best["source"]["id"], best["target"]["name"], best["target"]["label"]) == ("leader:chavez", "CONAIE", "ORG")
    assert (best["count"], best["first"], best["topics"]) == (3, "2003", [("Labor", 3)])
    assert len(read_entity(large, "leader:chavez", limit=2)["ties"]) == 2
    assert read_entity(large, "nobody") is None


def test_the_server_answers_for_the_whole_network(ask):
    answer, body = ask("/search.json?" + urlencode({"q": "chavez"}))
    assert (answer.status, [row["name"] for row in json.loads(body)]) == (200, ["Hugo Chávez"])
    assert json.loads(ask("/entity.json?id=leader:chavez")[1])["total"] == 2
    assert ask("/entity.json?id=nobody")[1] == b"null"


@pytest.mark.parametrize("path", ["/search.json", "/search.json?q=", "/search.json?q=" + "x" * 201, "/entity.json?id="])
def test_a_search_for_nothing_is_refused(ask, path):
    assert ask(path)[0].status == 400


def test_a_run_without_the_table_of_nodes_says_so(tmp_path):
    run = write_run(tmp_path)
    (run / "tables" / "nodes.parquet").unlink()
    with pytest.raises(CorpusError, match=r"nodes\.parquet: cannot read the table.*polnlp graph"):
        find_entities(run, "conaie")
