"""A run once more, and what a paper says of it."""

import json
import shutil

import msgspec
import pytest

from helpers import make_report
from polnlp.account import read_account, read_run_config
from polnlp.citing import cite_run, describe_methods
from polnlp.citing.bibliography import list_keys, read_entries
from polnlp.config import Config
from polnlp.errors import CorpusError, PolnlpError
from polnlp.models import find_model
from polnlp.network import explain_names
from polnlp.project import make_project
from polnlp.reports import write_report
from polnlp.rerun import compare_files, rerun
from polnlp.runner import run_corpus


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project folder as `polnlp init` makes it, run once."""
    from polnlp.config import load_config

    folder = tmp_path_factory.mktemp("project") / "mine"
    make_project(folder)
    run_corpus([folder / "corpus"], folder / "out", load_config(folder / "polnlp.toml"))
    return folder


@pytest.mark.slow
def test_a_new_project_runs_as_it_stands_and_again_with_the_same_bytes(project, tmp_path):
    account = json.loads((project / "out" / "run.json").read_bytes())
    assert (account["counts"]["analysed"], account["counts"]["undated"]) == (3, 0)
    result = rerun(project / "out" / "run.json", tmp_path / "again")
    assert result.agrees
    assert (len(result.same) > 10, result.changed) == (True, [])


@pytest.mark.slow
def test_a_rerun_names_the_article_that_was_changed(project, tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(project, folder)
    account = json.loads((folder / "out" / "run.json").read_bytes())
    (folder / "out" / "run.json").write_text(json.dumps(account | {"folder": str(folder), "inputs": ["corpus"]}))
    with (folder / "corpus" / "mining.txt").open("a", encoding="utf-8") as file:
        file.write("CONAIE refused.\n")
    result = rerun(folder / "out", tmp_path / "again")
    assert not result.agrees
    assert result.changed == ["article mining"]


@pytest.mark.slow
def test_methods_and_references_are_those_of_the_run(project):
    account = read_account(project / "out")
    text = describe_methods(account)
    own = describe_methods(account | {"topic_scheme": "MARPOR domain"})
    assert "the labels of the scheme 'MARPOR domain'" in own
    assert "Comparative Agendas" not in own
    assert "We analysed 3 articles" in text
    assert f"{account['network']['nodes']:,} nodes" in text
    assert "version = {0.1.0}" in cite_run(account)
    assert "tumminello2011" in cite_run(account)
    account["settings"]["graph"]["null"] = "configuration"
    assert "saracco2017" in cite_run(account)


# How the models' cards and the knowledge base's list of licences call a source, and the key of its reference.
SOURCES = {
    "CrossNER": "liu2021",
    "Re-DocRED": "tan2022",
    "WikiGold": "balasuriya2009",
    "Few-NERD": "ding2021",
    "GUM": "zeldes2017",
    "UNER": "mayhew2024",
    "EWT": "silveira2014",
    "re3d": "re3d",
    "NewsMTSC": "hamborg2021",
    "UN General Debate": "baturo2017",
    "Comparative Agendas": "baumgartner2019",
    "Congressional Bills": "bills",
    "front-page headlines": "boydstun2013",
    "Party Facts": "doring2019",
    "V-Party": "vparty",
    "ParlGov": "parlgov",
    "GeoNames": "geonames",
    "Wikidata": "vrandecic2014",
    "World Factbook": "factbook",
    "PETRARCH": "norris2017",
    "petrarch2": "norris2017",
    "legislators": "legislators",
    "dr5hn": "dr5hn",
    "mledoze": "mledoze",
    "all-MiniLM": "reimers2019",
}


@pytest.mark.parametrize("model", ["encoder", "names-cnn", "topic", "stance", "kb"])
def test_what_a_models_card_names_is_cited(model):
    folder = find_model(model)
    text = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("CARD.md", "LICENSES.md") if (folder / name).is_file()
    )
    account = {"settings": msgspec.to_builtins(Config()), "models": {model: ""}, "polnlp": "0"}
    named = {key for name, key in SOURCES.items() if name in text}
    assert named - set(list_keys(account)) == set()
    assert set(list_keys(account)) <= set(read_entries())


def test_files_that_differ_are_named(tmp_path):
    for folder, text in (("a", "1"), ("b", "2")):
        (tmp_path / folder / "reports").mkdir(parents=True)
        (tmp_path / folder / "graph.json").write_text(text)
        (tmp_path / folder / "reports" / "x.json").write_text("same")
    (tmp_path / "b" / "nodes.csv").write_text("")
    (tmp_path / "a" / "notes.txt").write_text("of my own")
    result = compare_files(tmp_path / "a", tmp_path / "b")
    assert (result.same, result.different) == (["reports/x.json"], ["graph.json"])
    assert (result.missing, result.added, result.agrees) == ([], ["nodes.csv"], False)


def test_what_cannot_be_repeated_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="not a run's account"):
        read_account(tmp_path)
    account = {"polnlp": "0", "settings": msgspec.to_builtins(Config()), "models": {}, "inputs": ["-"], "counts": {}}
    (tmp_path / "run.json").write_text(json.dumps(account))
    with pytest.raises(CorpusError, match="standard input"):
        rerun(tmp_path, tmp_path / "again")
    with pytest.raises(PolnlpError, match="holds something already"):
        make_project(tmp_path)


def test_settings_are_the_defaults_without_an_account_and_else_the_runs(tmp_path):
    assert read_run_config(tmp_path) == Config()
    account = {"polnlp": "0", "settings": {"graph": {"min_count": 3}}, "models": {}, "inputs": [], "counts": {}}
    (tmp_path / "run.json").write_text(json.dumps(account))
    assert read_run_config(tmp_path).graph.min_count == 3


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{", "not a run's account"),
        ("[]", "not a run's account"),
        ("{}", "it lacks counts, inputs"),
        (
            '{"polnlp": "9.9", "settings": {"graph": {"old": 1}}, "models": {}, "inputs": [], "counts": {}}',
            r"unknown field `old` - at `\$.graph`\. polnlp 9.9 wrote them",
        ),
    ],
)
def test_a_damaged_or_foreign_account_is_one_clear_line(tmp_path, written, complaint):
    write_report(make_report(), tmp_path / "reports")
    (tmp_path / "run.json").write_text(written)
    with pytest.raises(CorpusError, match=complaint):
        explain_names(tmp_path, "Correa")
