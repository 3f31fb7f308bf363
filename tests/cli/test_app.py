"""The command line: help with an example everywhere, exit codes, one clear line for an error."""

import json
import subprocess
import sys

import jsonschema
import pytest
from typer.testing import CliRunner

from polnlp import __version__
from polnlp.cli.app import app

COMMANDS = [
    ["run"],
    ["extract"],
    ["graph"],
    ["view"],
    ["explain"],
    ["diff"],
    ["evaluate"],
    ["sample"],
    ["import"],
    ["audit"],
    ["rerun"],
    ["cite"],
    ["methods"],
    ["init"],
    ["schema"],
    ["info"],
    ["train", "names"],
    ["train", "topic"],
    ["train", "stance"],
    ["kb", "search"],
    ["kb", "show"],
    ["kb", "add"],
]


def call(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def polnlp(*arguments, **options):
    """Run the command as a process, as a user's shell does."""
    command = [sys.executable, "-c", "from polnlp.cli.app import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, **options)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command):
    done = call(*command, "--help")
    assert done.exit_code == 0
    assert f"Example: {'echo' if command == ['extract'] else 'polnlp ' + ' '.join(command)}" in done.stdout


def test_every_command_is_in_this_list():
    listed = {command[0] for command in COMMANDS}
    groups = {group.name for group in app.registered_groups}
    assert {command.name for command in app.registered_commands} | groups == listed


def test_version():
    assert call("--version").stdout == f"polnlp {__version__}\n"


def test_schema_is_a_json_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(call("schema").stdout))


def test_wrong_usage_exits_with_2():
    assert call("run", "corpus").exit_code == 2
    assert call("extract", "--format", "xml").exit_code == 2


def test_a_missing_input_is_one_clear_line(tmp_path):
    done = polnlp("run", tmp_path / "none", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("polnlp: ")
    assert str(tmp_path / "none") in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_stops_before_anything_is_written(tmp_path):
    settings = tmp_path / "mine.toml"
    settings.write_text("[graph]\nmin_count = 0\n")
    done = polnlp("run", tmp_path, "-o", tmp_path / "out", "-c", settings)
    assert done.returncode == 1
    assert "$.graph.min_count" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_model_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("Correa spoke.")
    done = polnlp("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--model", "names-gpt")
    assert done.returncode == 1
    assert "names-gpt" in done.stderr
    assert not (tmp_path / "out").exists()


def test_info_tells_models_and_libraries():
    facts = json.loads(call("info", "--json").stdout)
    assert {"kb", "names-cnn", "topic", "stance"} <= set(facts["models"])
    assert facts["libraries"]["spacy"]
