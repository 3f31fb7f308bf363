"""Two runs beside each other: what changed, and to which stage it is put down."""

import json

import pytest

from graph.reports_by_hand import make_report
from polnlp.comparison import compare_runs, format_comparison
from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.network import write_network
from polnlp.reports import write_report

A = "[LEADER=l:correa Correa] met [ORG=o:conaie CONAIE]."
B = "[LEADER=l:correa Correa] met [COUNTRY=c:ecu Ecuador]."


@pytest.fixture
def run_of(tmp_path):
    def write(name, reports, *, account=None, **settings):
        for report in reports:
            write_report(report, tmp_path / name / "reports")
        write_network(tmp_path / name, tmp_path / name, GraphConfig(draws=0, **settings), pages=False)
        if account is not None:
            whole = {"polnlp": "0", "inputs": [], "counts": {}} | account
            (tmp_path / name / "run.json").write_text(json.dumps(whole))
        return tmp_path / name

    return write


def changes(found):
    return {(change.name, change.change): change.causes for change in found}


def test_the_same_run_twice_differs_in_nothing(run_of):
    found = compare_runs(run_of("one", [make_report(A)]), run_of("two", [make_report(A)]))
    assert (found.differences, found.stages, found.nodes, found.edges, found.same) == ((), {}, (), (), 1)


def test_a_name_that_is_lost_takes_its_edge_and_is_put_down_to_names(run_of):
    lost = make_report("[LEADER=l:correa Correa] met CONAIE.")
    found = compare_runs(run_of("one", [make_report(A)]), run_of("two", [lost]))
    assert list(found.stages) == ["names", "identity"]
    assert (found.stages["names"].began, found.stages["names"].gone, found.stages["identity"].began) == (1, 1, 0)
    assert changes(found.nodes) == {("CONAIE", "gone"): {"names": 1}}
    assert changes(found.edges) == {("Correa – CONAIE", "gone"): {"names": 1}}


def test_another_identity_is_put_down_to_identity(run_of):
    other = make_report(A.replace("l:correa", "l:other"))
    found = compare_runs(run_of("one", [make_report(A)]), run_of("two", [other]))
    assert changes(found.nodes) == {("Correa", "gone"): {"identity": 1}, ("Correa", "new"): {"identity": 1}}


def test_another_stance_changes_the_edges_sign_alone(run_of):
    pair = [make_report(A, stances=[(0, "author", "l:correa", label, 0.9)]) for label in ("favor", "against")]
    found = compare_runs(run_of("one", pair[:1]), run_of("two", pair[1:]))
    (edge,) = found.edges
    assert (edge.first, edge.second, edge.causes) == ({"sign": "favor"}, {"sign": "against"}, {"stances": 1})


def test_an_article_more_is_named(run_of):
    one = run_of("one", [make_report(A)])
    found = compare_runs(one, run_of("two", [make_report(A), make_report(B, article="a2")]))
    assert found.only_second == ("a2",)
    assert changes(found.edges) == {("Ecuador – Correa", "new"): {"only in the second run": 1}}


def test_the_networks_own_settings_are_left_where_reports_are_the_same(run_of):
    one = run_of("one", [make_report(A)], account={"settings": {"graph": {"min_count": 1}}, "models": {"kb": "a"}})
    two = run_of("two", [make_report(A)], min_count=2, account={"settings": {"graph": {"min_count": 2}}, "models": {}})
    found = compare_runs(one, two)
    assert [(d.what, d.first, d.second) for d in found.differences] == [
        ("model kb", "a", None),
        ("setting graph.min_count", 1, 2),
    ]
    text = format_comparison(found)
    assert "setting graph.min_count: 1 → 2" in text
    assert "− Correa – CONAIE: count 1" in text


def test_a_folder_without_reports_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="no reports here"):
        compare_runs(tmp_path, tmp_path)
