"""Floors under the scores on the development sets: what was reached is not lost unseen."""

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "dates.py"
pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("polnlp_benchmark_dates", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def run(benchmark, data_folder, name):
    reader, guideline, how, _ = benchmark.SETS[name]
    return benchmark.score(list(reader(data_folder)), benchmark.make_polnlp(guideline), how, [])


def test_meantime(benchmark, data_folder):
    total = run(benchmark, data_folder, "meantime")
    assert total.f1(total.strict) >= 90.5
    assert total.f1(total.relaxed) >= 94.5
    assert total.f1(total.values) >= 85.5


def test_the_gold_articles(benchmark, data_folder):
    total = run(benchmark, data_folder, "gold")
    assert total.f1(total.strict) >= 94
    assert total.f1(total.values) >= 90


def test_the_gold_paragraphs(benchmark, data_folder):
    total = run(benchmark, data_folder, "paragraphs")
    assert total.f1(total.strict) >= 93
    assert total.f1(total.relaxed) >= 95


@pytest.mark.parametrize(("name", "floor"), [("gum-dev", 80), ("gum-train", 85), ("recognizers", 75), ("ctparse", 77)])
def test_values_of_the_spans_found(benchmark, data_folder, name, floor):
    total = run(benchmark, data_folder, name)
    assert 100 * total.values / total.relaxed >= floor


def test_the_gold_is_the_one_that_was_scored(data_folder):
    digest = hashlib.sha256((data_folder / "dates" / "meantime_train.jsonl").read_bytes()).hexdigest()
    assert digest.startswith("db04b337582b73ad")


SEED = {
    "October": "2008-10",
    "August 10th": "2008-08-10",
    "September 28th": "2008-09-28",
    "January 25th": "2009-01-25",
    "late September 2008": "2008-09",
    "April": "2009-04",
    "November 2008": "2008-11",
    "late 2007": "2007",
    "September 11th of last year": "2008-09-11",
    "November 23rd": "2008-11-23",
    "February 15th": "2009-02-15",
    "May 4th": "2008-05-04",
    "early September of last year": "2008-09",
    "several years": "PXY",
    "2006": "2006",
    "January 29th, 2009 at 12:01pm": "2009-01-29T12:01",
}


def test_every_date_of_the_seed_article_has_the_right_value(data_folder):
    from polnlp.mentions.dates import find_dates

    text = (data_folder / "articles" / "seed_gauntlet.txt").read_text(encoding="utf-8")
    found = find_dates(text, reference="2009-01-29")
    assert {mention.text: mention.value for mention in found} == SEED
