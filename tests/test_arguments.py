"""Wrong arguments of public functions: one error that says what was given and what to give."""

import datetime
from pathlib import Path

import networkx as nx
import pytest

from graph.reports_by_hand import make_report
from polnlp.annotation import audit, import_annotations
from polnlp.annotation.sampling import draw_sample
from polnlp.articles import read_articles
from polnlp.classify.stances import stances_of
from polnlp.config import ArticlesConfig, Config, GraphConfig, TopicConfig, load_config
from polnlp.errors import ConfigError, CorpusError
from polnlp.evaluation import evaluate
from polnlp.graph import build_graph, find_changes, stance_graph, topic_graph
from polnlp.kb import open_kb
from polnlp.mentions.dates import find_dates
from polnlp.pipeline import Pipeline, as_article_date
from polnlp.plots import plot_ego, plot_mentions, plot_stance
from polnlp.reports import write_report
from polnlp.schema import Article, Failure
from polnlp.summaries import balance_stances, share_topics
from polnlp.tables import to_dataframe

DAY = datetime.date(2009, 1, 29)
FAILURE = Failure(article_id="a", reason="no text")
QUICK = GraphConfig(draws=0)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"text": ["last week"]}, TypeError, "text is of type list, expected str"),
        ({"reference": DAY}, TypeError, "reference is of type date, expected str; .*isoformat"),
        ({"reference": 2009}, TypeError, "reference is of type int"),
        ({"guideline": "wrong"}, ValueError, "guideline='wrong' is none of codebook, timeml"),
        ({"language": None}, ConfigError, "None is not a language code such as 'en'"),
        ({"day_first": "no"}, TypeError, "day_first is of type str"),
        ({"paragraphs": ["last week"]}, TypeError, "paragraphs: one of them is of type str, expected Paragraph"),
    ],
)
def test_dates_refuse(wrong, error, message):
    with pytest.raises(error, match=message):
        find_dates(**{"text": "no date here", **wrong})


def test_a_date_of_the_library_is_told_to_be_written_out():
    with pytest.raises(TypeError, match=r"date is of type date, expected str; .*isoformat"):
        as_article_date(DAY)


@pytest.mark.parametrize("settings", [{"topic": {"threshold": 0.5}}, TopicConfig(), Config()])
def test_settings_that_are_no_file_are_refused(settings):
    with pytest.raises(ConfigError, match=f"given as {type(settings).__name__}, expected Config or the path"):
        load_config(settings)


@pytest.mark.parametrize("settings", [None, "settings.toml", TopicConfig()])
def test_a_pipeline_needs_settings(settings):
    with pytest.raises(ConfigError, match=f"given as {type(settings).__name__}, expected Config; load"):
        Pipeline(settings)


@pytest.mark.parametrize("use", [lambda: build_graph([], config=Config()), lambda: Pipeline(Config(graph=Config()))])
def test_all_settings_in_the_place_of_a_section_are_refused(use):
    with pytest.raises(
        ConfigError, match=r"\[graph\] is given as Config, expected GraphConfig; Config has it as .graph"
    ):
        use()


@pytest.mark.parametrize(
    ("inputs", "config", "error", "message"),
    [
        ([["a.txt"]], ArticlesConfig(), TypeError, r"list is no path; give paths one by one, or \*paths"),
        ([""], ArticlesConfig(), CorpusError, "empty text: give a file"),
        (["a.txt"], Config(), ConfigError, r"\[articles\] is given as Config, expected ArticlesConfig"),
        (["a.txt"], ArticlesConfig(duplicates="none"), ConfigError, "duplicates: 'none' is none of 'first', 'all'"),
        (["a.txt"], ArticlesConfig(encoding=3), ConfigError, "encoding: Expected"),
    ],
)
def test_reading_refuses(inputs, config, error, message):
    with pytest.raises(error, match=message):
        read_articles(*inputs, config=config)


@pytest.mark.parametrize(
    "use",
    [
        lambda reports: build_graph(reports, config=QUICK),
        lambda reports: to_dataframe(reports),
        lambda reports: share_topics(reports),
        lambda reports: balance_stances(reports),
        lambda reports: plot_mentions(reports, ["Correa"]),
    ],
)
@pytest.mark.parametrize(
    ("reports", "found"),
    [
        ("out", "reports is one str, expected a list or iterator of Report"),
        (Path("out"), "reports is one PosixPath"),
        ([make_report("[LEADER Correa] spoke."), FAILURE], "reports: item 2 is of type Failure"),
    ],
)
def test_what_are_no_reports_is_refused(use, reports, found):
    with pytest.raises(TypeError, match=found + r".*; give \[report\], read_reports\(path\)"):
        use(reports)


def test_a_failure_is_not_written_as_a_report(tmp_path):
    with pytest.raises(TypeError, match=r"report is of type Failure, expected Report; .*pass over"):
        write_report(FAILURE, tmp_path)


@pytest.mark.parametrize(
    "use",
    [
        stance_graph,
        topic_graph,
        lambda graph: find_changes(graph, graph),
        lambda graph: plot_stance(graph, "Correa"),
        lambda graph: plot_ego(graph, "Correa"),
    ],
)
def test_what_is_no_network_of_a_corpus_is_refused(use):
    with pytest.raises(TypeError, match=r"graph is of type list, expected Graph; build_graph\(reports\)"):
        use([make_report("[LEADER Correa] spoke.")])
    with pytest.raises(ValueError, match=r"does not tell its articles and stances; build_graph\(reports\)"):
        use(nx.path_graph(3))


def test_plots_refuse_wrong_names_and_seeds():
    report = make_report("[LEADER Correa] met [ORG CONAIE].")
    graph = build_graph([report], config=QUICK)
    with pytest.raises(TypeError, match=r"names is one str, .* give one name as \[name\]"):
        plot_mentions([report], "Correa")
    for plot in (plot_stance, plot_ego):
        with pytest.raises(TypeError, match="name is of type list, expected str; give one entity's name"):
            plot(graph, ["Correa"])
        with pytest.raises(ValueError, match="seed=-1 is below 0"):
            plot(graph, "Correa", seed=-1)


@pytest.mark.parametrize("own", ["own.csv", Path("own.csv")])
def test_own_entities_are_a_list_of_files(own):
    with pytest.raises(TypeError, match=r"own is one path, expected a list of them; give own=\['own.csv'\]"):
        open_kb(own=own)


def test_samples_refuse_unknown_kinds_and_a_key_that_is_no_list(tmp_path):
    with pytest.raises(ValueError, match="what='wrong' is none of paragraphs, entities, edges, stances"):
        draw_sample(tmp_path, "wrong", 1)
    with pytest.raises(TypeError, match=r"by is one str, .* give one key as \[key\]"):
        draw_sample(tmp_path, "paragraphs", 1, by="topic")


def test_imports_refuse_unknown_formats_and_take_names_of_files(tmp_path):
    file = tmp_path / "doccano.jsonl"
    file.write_text('{"text": "Correa spoke.", "label": [[0, 6, "LEADER"]]}')
    with pytest.raises(ValueError, match="form='wrong' is none of csv, inception-json"):
        import_annotations(file, form="wrong")
    assert import_annotations(str(file)) == import_annotations(file)


def test_an_audit_takes_items():
    with pytest.raises(TypeError, match=r"gold is one str, expected a list or iterator of Item; .*read_items\(path\)"):
        audit("gold.jsonl")


def test_an_evaluation_needs_a_pipeline():
    with pytest.raises(TypeError, match=r"pipeline is of type Config, expected Pipeline; load\(\) gives one"):
        evaluate("topic", "gold.jsonl", Config())


@pytest.mark.parametrize(
    "pair", ["Correa lied.", ("Correa lied.", 0, 6), ("Correa lied.", ["Correa"]), ("Correa lied.", None)]
)
def test_a_stance_needs_a_text_with_its_target(pair):
    with pytest.raises(TypeError, match=r"is not a text with its target; give a list of \(text, 'Correa'\)"):
        next(stances_of([pair], model=None))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": ["Correa spoke."]}, r"text is of type list, expected str; .*extract_batch many texts"),
        ({"text": Path("a.txt")}, r"text is of type PosixPath, .*read_articles\(path\) reads files"),
        ({"date": DAY}, "date is of type date, expected str"),
        ({"id": 3}, r"id is of type int, expected str; give str\(id\)"),
        ({"title": 3}, "title is of type int"),
        ({"metadata": "Ecuador"}, "metadata is of type str, expected dict"),
    ],
)
def test_a_pipeline_refuses(pipeline, wrong, message):
    with pytest.raises(TypeError, match=message):
        pipeline.analyze(**{"text": "Correa spoke.", **wrong})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("article", "message"),
    [
        ("Correa spoke.", r"article is of type str, expected Article; .*analyze\(text\) takes a text"),
        (Article(id="a", text=None), "a: text is of type NoneType"),
        (Article(id=3, text="Correa spoke."), "article.id is of type int"),
        (
            Article(id="a", text="Correa spoke.", date="2009-01-29"),
            "a: date is of type str, expected ArticleDate; give",
        ),
    ],
)
def test_an_article_made_by_hand_is_checked(pipeline, article, message):
    with pytest.raises(TypeError, match=message):
        pipeline.analyze_article(article)


@pytest.mark.slow
def test_one_text_is_not_many(pipeline):
    for read in (pipeline.extract_batch, pipeline.topics):
        with pytest.raises(TypeError, match=r"texts is one str, .* give one text as \[text\]"):
            list(read("Correa spoke."))
        with pytest.raises(TypeError, match="texts: item 2 is of type NoneType"):
            list(read(["Correa spoke.", None]))
    with pytest.raises(TypeError, match="articles: one of them is of type str, expected Article"):
        list(pipeline.run(["Correa spoke."]))
    with pytest.raises(ValueError, match="scheme='wrong' is none of codebook, crossner"):
        list(pipeline.extract_batch(["Correa spoke."], scheme="wrong"))
