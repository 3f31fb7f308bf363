"""The examples of ``docs/dates.md`` run as they stand."""

import doctest
from pathlib import Path

import pytest

pytest.importorskip("polnlp.mentions.dates.component")  # registers it where the package is not installed
PAGE = Path(__file__).parents[3] / "docs" / "dates.md"


def test_the_pages_examples_give_what_they_show():
    text = "\n".join(line for line in PAGE.read_text(encoding="utf-8").splitlines() if not line.startswith("```"))
    example = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(example.examples) > 15
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert not report, "".join(report)
