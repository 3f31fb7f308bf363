"""Namesakes, acronyms, dynasties, changed names: most cases must be linked right, and the list must be this one."""

import hashlib
import re
from pathlib import Path

import pytest

from polnlp.entities import resolve_entities
from polnlp.kb import open_kb
from polnlp.schema import Article, ArticleDate, Mention

CASES = Path(__file__).parents[1] / "data" / "identity" / "ambiguity.tsv"
SHA256 = "1df372fdb622e671787e97fc4a3a9c57d28cb3829baf1651f138aa8018efc4d3"
FLOOR = 0.95


@pytest.fixture(scope="module")
def kb():
    return open_kb()


def read_cases():
    for line in CASES.read_text(encoding="utf-8").splitlines()[1:]:
        _, date, marked, answer, reason = line.split("\t")
        yield date, marked, answer, reason


def link(kb, date, marked):
    text, mentions, asked, at = "", [], None, 0
    for match in re.finditer(r"\[(\*?)([A-Z]+) ([^\]]+)\]", marked):
        text += marked[at : match.start()]
        asked = len(mentions) if match.group(1) else asked
        surface, label = match.group(3), match.group(2)
        mentions.append(Mention(start=len(text), end=len(text) + len(surface), text=surface, label=label, score=0.9))
        text += surface
        at = match.end()
    article = Article(id="case", text=text + marked[at:], date=ArticleDate(value=date, source="argument"))
    return resolve_entities(article, (), mentions, kb).mentions[asked].entity_id


def test_the_cases_are_those_that_were_measured():
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == SHA256
    assert len(list(read_cases())) >= 150


def test_every_answer_is_an_entry(kb):
    assert [answer for _, _, answer, _ in read_cases() if answer != "nil" and kb.entry(answer) is None] == []


def test_most_cases_are_linked_right(kb):
    wrong = []
    cases = list(read_cases())
    for date, marked, answer, reason in cases:
        found = link(kb, date, marked)
        if found != answer and not (answer == "nil" and found.startswith("nil:")):
            wrong.append((date, marked, found, answer, reason))
    assert len(wrong) <= (1 - FLOOR) * len(cases), wrong
