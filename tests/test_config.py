"""Settings: read, checked whole, hashed."""

import msgspec
import pytest

from polnlp.cli.info import default_settings
from polnlp.config import Config, GraphConfig, TopicConfig, check_config, hash_config, load_config
from polnlp.errors import ConfigError
from polnlp.graph import build_graph
from polnlp.pipeline import load


def write(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return path


def test_what_a_file_leaves_out_keeps_its_default(tmp_path):
    config = load_config(write(tmp_path, "[graph]\nmin_count = 3\n"))
    assert config.graph == GraphConfig(min_count=3)
    assert config.mentions == Config().mentions


def test_the_printed_defaults_are_read_back_as_the_defaults(tmp_path):
    assert load_config(write(tmp_path, default_settings())) == Config()


def test_the_printed_defaults_say_what_each_setting_does():
    printed = default_settings()
    for section in msgspec.to_builtins(Config()).values():
        for key in section:
            assert f"\n# {key} =" in printed or f"\n{key} = " in printed
    assert (
        "# Where two entities meet; tokens are stretches of window_tokens words that follow each other.\n"
        '# One of "sentence", "paragraph", "article", "tokens".\nwindow = "paragraph"\n'
    ) in printed
    assert "References" not in printed


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[graph]\nmin_count = 0\n", r"\[graph\] min_count: Expected `int` >= 1\. `polnlp info"),
        ("[graph]\nmin_cuont = 1\n", r"\[graph\]: unknown key `min_cuont`\. Did you mean `min_count`\?"),
        ("[graph]\nlabels = ['PARTI']\n", r"\[graph\] labels\[0\]: 'PARTI' is none of 'PARTY', 'LEADER', "),
        ("[grph]\n", r"unknown key `grph`\. Did you mean `graph`\?"),
        ("window = 'sentence'\n", r"unknown key `window`\. It belongs below \[graph\]\."),
        ("threshold = 0.5\n", r"It belongs below \[mentions\] or \[entities\] or \[topic\] or \[stance\]\."),
        ("[topic]\nthreshold = 1.5\n", r"\[topic\] threshold: Expected `float` <= 1"),
        ("[graph]\nwindow = 'page'\n", r"window: 'page' is none of 'sentence', 'paragraph', 'article', 'tokens'\."),
        ("graph = 1\n", r"\[graph\]: Expected `object`, got `int`"),
        ("[graph\n", r"mine\.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, text, complaint):
    with pytest.raises(ConfigError, match=complaint):
        load_config(write(tmp_path, text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.toml: cannot read the settings: No such file"):
        load_config(tmp_path / "none.toml")


def test_settings_made_in_python_are_checked_as_those_of_a_file_are():
    with pytest.raises(ConfigError, match=r"^\[topic\] threshold: Expected `float` <= 1.0\. `polnlp info"):
        load(Config(topic=TopicConfig(threshold=5)))
    with pytest.raises(ConfigError, match=r"^\[graph\] window: 'page' is none of 'sentence', 'paragraph'"):
        build_graph([], config=GraphConfig(window="page"))
    config = Config(topic=TopicConfig(threshold=1), graph=GraphConfig(labels=("PARTY",)))
    assert check_config(config) == config


def test_settings_of_the_graph_do_not_make_reports_old():
    replace = msgspec.structs.replace
    assert hash_config(replace(Config(), graph=GraphConfig(min_count=3))) == hash_config(Config())
    assert hash_config(replace(Config(), topic=replace(Config().topic, threshold=0.3))) != hash_config(Config())
