"""Hostile input: for each kind, what lands, and what is said of what does not."""

import os

import msgspec
import pytest

from hostile.corpus import HOSTILE, make_corpus
from polnlp.articles import drafts, read_articles
from polnlp.articles import sources as sources_module
from polnlp.errors import CorpusError
from polnlp.reports import decode_report, report_name
from polnlp.schema import Article, Failure, MadeBy
from polnlp.store import ReportStore


def read(folder):
    items = list(read_articles(folder))
    for item in items:
        msgspec.json.encode(item)  # whatever it is, it can be written down
    return [item for item in items if isinstance(item, Article)], [item for item in items if isinstance(item, Failure)]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_can_be_read_lands_and_the_rest_has_its_reason(tmp_path, name):
    case = HOSTILE[name]
    articles, failures = read(make_corpus(tmp_path, {name: case}))
    assert [article.id for article in articles if article.id == "good"] == ["good"]
    assert len(articles) - 1 == case.lands, failures
    assert len(failures) == len(case.refused), failures
    reasons = sorted(failure.reason for failure in failures)
    for reason, expected in zip(reasons, sorted(case.refused), strict=True):
        assert expected in reason


def test_no_id_of_the_corpus_leads_out_of_the_folder_of_reports(tmp_path):
    articles, _ = read(make_corpus(tmp_path))
    names = [report_name(article.id) for article in articles]
    assert len(set(names)) == len(names)
    assert all("/" not in name and ".." not in name and len(name) < 100 for name in names)


def test_a_file_that_vanishes_while_the_folder_is_read_is_a_failure(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Article {name}.")
    reading = read_articles(tmp_path)
    assert next(reading).id == "a"
    (tmp_path / "b.txt").unlink()
    missing, last = reading
    assert (missing.article_id, last.id) == ("b.txt", "c")
    assert "No such file" in missing.reason


def test_a_file_that_grows_beyond_the_limit_while_it_is_read_is_a_failure(tmp_path, monkeypatch):
    for module in (drafts, sources_module, __import__("polnlp.articles.readers", fromlist=["LIMIT"])):
        monkeypatch.setattr(module, "LIMIT", 100)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Article {name}.")
    reading = iter(list(sources_module.walk_folder(tmp_path)))
    next(reading)
    (tmp_path / "b.txt").write_text("It grew. " * 100)  # after its size was looked at
    from polnlp.articles.readers import read_source
    from polnlp.config import ArticlesConfig

    (grown,) = read_source(next(reading), ArticlesConfig())
    assert "more than 100 bytes" in grown.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_a_failure(tmp_path):
    (tmp_path / "a.txt").write_text("Article a.")
    (tmp_path / "b.txt").write_text("Secret.")
    (tmp_path / "b.txt").chmod(0)
    articles, (refused,) = read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert "Permission denied" in refused.reason


@pytest.mark.parametrize("deep", [100, 300, 3_000, 10_000])
def test_a_page_loses_no_text_however_deep_it_is_nested(tmp_path, deep):
    page = f"<p>Before it all.</p>{'<div>' * deep}<p>Deep within.</p>{'</div>' * deep}<p>After it all.</p>"
    (tmp_path / "a.html").write_text(page)
    (article,), _ = read(tmp_path)
    words = " ".join(article.text.split())
    assert words == "Before it all. Deep within. After it all."
    assert any("nested too deep" in note for note in article.notes) == (deep > 256)


def test_reports_nested_without_end_are_no_reports(tmp_path):
    bomb = b'{"article": ' + b"[" * 100_000
    with pytest.raises(CorpusError, match="not a polnlp report"):
        decode_report(bomb)
    made_by = MadeBy(polnlp="0", settings="s", input="i")
    store = ReportStore(tmp_path, shard_from=10, resume=True)
    (tmp_path / report_name("a")).write_bytes(b'{"made_by": ' + b"[" * 100_000)
    assert not store.has("a", made_by)
