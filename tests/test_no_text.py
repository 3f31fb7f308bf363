"""`--no-text`, for licensed corpora: no six words in a row of an article stand anywhere in what a run writes."""

import gzip
import json
import re
import shutil
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from polnlp.articles import read_articles
from polnlp.config import Config, ReportsConfig
from polnlp.reports import find_report_files, read_reports
from polnlp.runner import run_corpus
from polnlp.schema import Article

RUN = 6  # words in a row that are a quotation
EXPORTS = Path(__file__).parent / "data" / "exports"
PAGE = """<html><head><title>Quito waits</title>
<meta name="description" content="Nobody in the old town believes that the assembly will sit again before March">
</head><body><h1>Quito waits</h1><p>Nobody in the old town believes that the assembly will sit again before March, and
Rafael Correa does not say when. In the square before the palace CONAIE has put up its tents.</p></body></html>"""


def words_of(text):
    return re.findall(r"\w+", text.casefold())


def runs_of(text):
    words = words_of(text)
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def read_output(folder):
    """Give all that stands in the files of a folder, unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            yield path, json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False)
        elif path.suffix == ".gz":
            yield path, gzip.decompress(path.read_bytes()).decode()
        elif path.is_file():
            yield path, path.read_text("utf-8")


def find_quotations(articles, output):
    """Give the runs of words of articles in a run's files: but for headlines, which a citation needs, and for names."""
    told = list(read_reports(output))
    allowed = runs_of("\n".join(article.title or "" for article in articles))
    for report in told:
        for named in (*report.mentions, *report.dates, *report.entities):
            allowed |= runs_of(getattr(named, "text", "") or named.name)
    quotable = set().union(*(runs_of(article.text) for article in articles)) - allowed
    found = []
    for path, text in read_output(output):
        # What stands in two cells or strings is no quotation, though it follows each other.
        cells = re.split(r'" ?[,:] ?"| \| |</?\w[^>]{0,200}>|\n', text)
        found += [(path.name, run) for cell in cells for run in runs_of(cell) & quotable]
    return found


@pytest.fixture(scope="module")
def licensed(tmp_path_factory, corpus):
    """The project's articles, exports of newspaper databases, and a page that quotes itself in its metadata."""
    folder = tmp_path_factory.mktemp("licensed")
    shutil.copytree(corpus, folder / "corpus")
    shutil.copytree(EXPORTS, folder / "exports")
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "bad.jsonl").write_text('{"text": "It begins as JSON does and then it does not end')
    return folder


def run(folder, output, **settings):
    run_corpus([folder], output, Config(reports=ReportsConfig(**settings)))
    return [item for item in read_articles(folder) if isinstance(item, Article)]


@pytest.mark.slow
def test_nothing_that_a_run_writes_quotes_the_articles(licensed, tmp_path):
    articles = run(licensed, tmp_path, text=False)
    assert len(list(read_reports(tmp_path))) > 20
    assert find_quotations(articles, tmp_path) == []


@pytest.mark.slow
def test_nor_do_packed_reports_or_what_an_earlier_run_with_texts_left(licensed, tmp_path, monkeypatch):
    monkeypatch.setattr("polnlp.store.PART_SIZE", 5)
    articles = run(licensed, tmp_path)
    assert find_quotations(articles, tmp_path)  # the search does find quotations where there are some
    run(licensed, tmp_path, text=False, shard_from=5)
    assert find_report_files(tmp_path)[0].name.endswith(".jsonl.gz")
    assert find_quotations(articles, tmp_path) == []


@pytest.mark.slow
def test_metadata_that_quotes_the_article_is_left_out_and_the_rest_stays(licensed, tmp_path):
    run(licensed, tmp_path, text=False)
    reports = {report.article.title: report.article for report in read_reports(tmp_path)}
    page = reports["Quito waits"]
    assert "description" not in page.metadata
    assert any("left out" in note and "description" in note for note in page.notes)
    law = reports["Ecuador's assembly passes the mining law"]
    assert law.metadata["source"] == "The Andean Observer (Quito)"
    msgspec.json.encode(page)
