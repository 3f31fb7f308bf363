"""The command line: help with an example everywhere, exit codes, one clear line for an error."""

import json
import re
import shlex
import subprocess
import sys

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

from polnlp import __version__
from polnlp.annotation.formats import write_format
from polnlp.annotation.items import Item, read_items, write_items
from polnlp.cli.app import app
from polnlp.cli.reference import list_commands

COMMANDS = list(list_commands(app))


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
    example = re.search(r"^ *Example: (.+)", done.stdout, re.MULTILINE)
    assert example, done.stdout
    assert " ".join(["polnlp", *command]) in example.group(1)


def test_version():
    assert call("--version").stdout == f"polnlp {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_example_uses_options_that_there_are(command):
    example = re.search(r"Example: .*?polnlp (.+)", call(*command, "--help").stdout).group(1)
    words = shlex.split(re.split(r" [|>] ", example)[0])
    node = typer.main.get_command(app)
    while hasattr(node, "commands"):
        node = node.commands[words.pop(0)]
    node.make_parser(node.context_class(node)).parse_args(words)


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "polnlp", "--version"], capture_output=True, text=True)
    assert done.stdout == f"polnlp {__version__}\n"


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


def test_import_counts_as_people_do(tmp_path):
    write_items(
        [Item(id="a#0", text="Correa spoke.", choice="Health"), Item(id="a#1", text="So he did.")],
        tmp_path / "sample.jsonl",
    )
    (tmp_path / "mine.csv").write_bytes(write_format(read_items(tmp_path / "sample.jsonl")[1:], "csv"))
    done = call("import", tmp_path / "mine.csv", "-o", tmp_path / "gold.jsonl")
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines() == [
        f"1 item written to {tmp_path / 'gold.jsonl'}.",
        f"Of the sample, 1 item is not in {tmp_path / 'mine.csv'}.",
        "1 item has no choice: a#1",
    ]


def test_a_text_that_is_given_for_a_file_gets_a_hint():
    assert "is no file; a text itself comes by a pipe" in str(call("extract", "Evo Morales spoke.").exception)


@pytest.mark.slow
def test_extract_gives_words_whatever_reports_hold(tmp_path):
    (tmp_path / "a.txt").write_text("Evo Morales spoke.")
    (tmp_path / "own.toml").write_text("[reports]\ntext = false\n")
    done = call("extract", tmp_path / "a.txt", "-c", tmp_path / "own.toml", "--format", "conll")
    assert done.stdout.splitlines()[:2] == ["Evo\tB-LEADER", "Morales\tI-LEADER"]


def test_a_wrong_setting_stops_before_anything_is_written(tmp_path):
    settings = tmp_path / "mine.toml"
    settings.write_text("[graph]\nmin_count = 0\n")
    done = polnlp("run", tmp_path, "-o", tmp_path / "out", "-c", settings)
    assert done.returncode == 1
    assert "[graph] min_count" in done.stderr
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
    assert all(model["megabytes"] > 0 for model in facts["models"].values())
    assert facts["libraries"]["spacy"]
