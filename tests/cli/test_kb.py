"""`polnlp kb add`: a scholar's own entities are checked, recorded in the settings, and found before ours."""

import pytest
from typer.testing import CliRunner

from polnlp.cli.app import app
from polnlp.cli.kb import record_own
from polnlp.config import load_config
from polnlp.errors import ConfigError, CorpusError

MINE = "id,label,name,aliases,country\nparty:BOL:mine,PARTY,My Movement,MAS|Los Mios,BOL\nregion:x,REGION,Red Hill,,\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLNLP_CONFIG", raising=False)
    (tmp_path / "mine.csv").write_text(MINE, encoding="utf-8")
    return tmp_path


def call(*arguments):
    return CliRunner().invoke(app, ["kb", *arguments])


def test_help_gives_an_example():
    assert "Example: polnlp kb add" in call("add", "--help").stdout


def test_a_file_is_recorded_and_its_entities_are_found_first(folder):
    done = call("add", "mine.csv")
    assert done.exit_code == 0
    first, second = done.stdout.splitlines()[:2]
    assert first.startswith("party:BOL:mine\tPARTY\tMy Movement\ttakes 'MAS' of party:BOL:movement-for-socialism")
    assert second == "region:x\tREGION\tRed Hill\tnew"
    assert load_config("polnlp.toml").entities.own == ("mine.csv",)
    found = call("search", "MAS", "-c", "polnlp.toml").stdout.splitlines()
    assert found[0].startswith("party:BOL:mine\t")
    assert "My Movement" in call("show", "party:BOL:mine", "-c", "polnlp.toml").stdout
    assert not any(line.startswith("party:BOL:mine") for line in call("search", "MAS").stdout.splitlines())


def test_a_file_is_recorded_once(folder):
    call("add", "mine.csv")
    call("add", "mine.csv")
    assert load_config("polnlp.toml").entities.own == ("mine.csv",)


def test_a_dry_run_records_nothing(folder):
    assert call("add", "mine.csv", "--dry-run").exit_code == 0
    assert not (folder / "polnlp.toml").exists()


def test_a_wrong_file_is_refused_and_not_recorded(folder):
    (folder / "mine.csv").write_text("id,label,name\nmine,PARTY,Mine\n", encoding="utf-8")
    done = call("add", "mine.csv")
    assert isinstance(done.exception, CorpusError) and "line 2, column id" in str(done.exception)
    assert not (folder / "polnlp.toml").exists()


def test_two_files_may_not_hold_one_id(folder):
    call("add", "mine.csv")
    (folder / "other.csv").write_text("id,label,name\nregion:x,REGION,Blue Hill\n", encoding="utf-8")
    done = call("add", "other.csv")
    assert isinstance(done.exception, CorpusError) and "both hold 'region:x'" in str(done.exception)
    assert load_config("polnlp.toml").entities.own == ("mine.csv",)


def test_an_entry_that_takes_ours_is_said_to(folder):
    (folder / "mine.csv").write_text("id,label,name\ncountry:BOL,COUNTRY,Plurinational State\n", encoding="utf-8")
    assert "takes the place of the shipped entry" in call("add", "mine.csv").stdout


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# my settings\n[graph]\nmin_count = 2\n",
        "[entities] # who is who\nthreshold = 0.6 # strict\n\n[graph]\nmin_count = 2\n",
        '[entities]\nown = ["older.csv"]\nlink = true\n',
    ],
)
def test_settings_keep_all_else(tmp_path, text):
    settings = tmp_path / "polnlp.toml"
    settings.write_text(text, encoding="utf-8")
    before = load_config(settings)
    record_own(settings, "mine.csv")
    after = load_config(settings)
    assert after.entities.own == (*before.entities.own, "mine.csv")
    assert (after.entities.threshold, after.graph) == (before.entities.threshold, before.graph)
    lines = settings.read_text(encoding="utf-8").splitlines()
    assert all(line in lines for line in text.splitlines() if not line.startswith("own"))


def test_settings_that_cannot_be_changed_safely_are_left_alone(tmp_path):
    settings = tmp_path / "polnlp.toml"
    text = '[entities]\nown = [\n  "older.csv",\n]\n'
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r'write `own = \["older.csv", "mine.csv"\]` into'):
        record_own(settings, "mine.csv")
    assert settings.read_text(encoding="utf-8") == text
    assert [file.name for file in tmp_path.iterdir()] == ["polnlp.toml"]


def test_a_search_that_finds_nothing_says_so(folder):
    done = call("search", "zzyzx qwrt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No entry bears a name with 'zzyzx qwrt'" in done.stderr
