"""Exports of newspaper databases: an article each, with title, source, date, author and language from its fields."""

from pathlib import Path

import pytest

from documents import make_docx, paragraph
from polnlp.articles import read_articles
from polnlp.articles.factiva import split_factiva
from polnlp.articles.nexis import split_nexis
from polnlp.schema import ArticleDate

EXPORTS = Path(__file__).parent.parent / "data" / "exports"


def read(path):
    return list(read_articles(path))


def as_docx(path, folder):
    """A Word file of the lines of a text."""
    file = folder / f"{path.stem}.docx"
    lines = [line for line in path.read_text("utf-8").replace(";\n", "; ").splitlines() if line.strip()]
    file.write_bytes(make_docx("".join(map(paragraph, lines))))
    return file


@pytest.mark.parametrize("form", [lambda path, _: path, as_docx], ids=["text", "Word"])
def test_nexis_uni_gives_each_article_with_its_fields(tmp_path, form):
    law, letter = read(form(EXPORTS / "nexis-uni.txt", tmp_path))
    assert (law.id, law.title) == ("nexis-uni#1", "Ecuador's assembly passes the mining law")
    assert law.text.startswith("Ecuador's assembly passes the mining law\n\nRafael Correa has his mining law.")
    assert law.text.endswith("announced road blocks from 20 January on.")
    assert law.date == ArticleDate(value="2009-01-15", source="metadata", text="Nexis date")
    assert law.language == "en"
    assert law.metadata["author"] == "Jane Doe in Quito"
    assert law.metadata["source"] == "The Andean Observer (Quito)"
    assert law.metadata["section"] == "POLITICS; Pg. 4"
    assert law.metadata["edition"] == "First Edition"
    assert law.metadata["subject"] == "MINING (90%); LEGISLATION (89%); INDIGENOUS PEOPLES (78%)"
    assert letter.origin.endswith(":2")
    assert "before the assembly last night" not in law.text  # a picture's caption
    assert any("left out" in note for note in law.notes)


def test_an_article_without_a_date_is_not_younger_than_its_load_date(tmp_path):
    letter = read(EXPORTS / "nexis-uni.txt")[1]
    assert (letter.title, letter.metadata["source"]) == ("A letter from Santiago", "El Mapocho")
    assert letter.date == ArticleDate(value="2009-02-02", source="metadata", text="Load-Date", upper_bound=True)


def test_the_older_nexis_gives_each_article_with_its_fields():
    bank, wait, correction = read(EXPORTS / "nexis-old.txt")
    assert bank.title == "Brown promises a bank that lends again"
    assert bank.text.endswith("that no shop in his constituency had seen a penny of it.")
    assert (bank.date.value, bank.language) == ("2009-03-05", "en")
    assert bank.metadata["author"] == "Ann Smith, Political Editor"
    assert bank.metadata["source"] == "The Northern Herald (Leeds)"
    assert bank.metadata["copyright"] == "Copyright 2009 Northern Herald Newspapers Ltd All Rights Reserved"
    assert (wait.title, wait.date.value) == ("The Liberal Democrats' long wait", "2009-03-06")
    assert wait.metadata["source"] == "The Northern Herald (Leeds)"
    assert wait.text.split("\n\n")[1].startswith("Nick Clegg waits.")
    assert (correction.title, correction.date.value) == ("Correction", "2009-03-07")


@pytest.mark.parametrize("name", ["factiva.txt", "factiva.html"])
def test_factiva_gives_each_article_with_its_fields(name):
    package, hesse = read(EXPORTS / name)
    assert (package.id, hesse.id) == ("RHINEC0020090114e51e0000b", "RHINEC0020090119e51j0000c")
    assert package.title == "Merkel and Steinmeier agree on a second package"
    assert package.date == ArticleDate(value="2009-01-14", source="metadata", text="Factiva date")
    assert (package.metadata["author"], package.metadata["source"]) == ("Max Mustermann", "The Rhine Courier")
    assert package.language == "en"
    title, lead, second, third = [" ".join(block.split()) for block in package.text.split("\n\n")]
    assert title == package.title
    assert lead.endswith("fifty billion euros in two years.")
    assert second == "The CDU gave up its tax cuts, the SPD its bonus for every child."
    assert third.startswith("IN THE END the Greens")  # no field code
    assert " ".join(hesse.text.split()).endswith("the SPD has lost a third of its voters.")


@pytest.mark.parametrize(
    "text",
    [
        "It was the end of document after document.\n\nBody and soul, he said.\n\nEnd of Document",
        "2 of 3 DOCUMENTS were missing.\n\nLENGTH: two pages.",
        "HD is a resolution.\nPD means police department.\n\nLP is a long player.",
        "IN\n\nTHE\n\nEND",
        "",
    ],
)
def test_an_article_that_only_looks_a_little_like_an_export_is_one_article(text):
    assert split_nexis(text) == split_factiva(text) == []


def test_an_export_that_is_cut_off_gives_what_it_holds():
    text = (EXPORTS / "nexis-uni.txt").read_text("utf-8")
    law, rest = split_nexis(text[: text.index("They ask who")])
    assert law.fields["title"] == "Ecuador's assembly passes the mining law"
    assert rest.body == "Nobody in Santiago asks whether Michelle Bachelet will be missed."
    (package,) = split_factiva((EXPORTS / "factiva.txt").read_text("utf-8").split("HD\tFDP")[0])
    assert package.fields["id"] == "RHINEC0020090114e51e0000b"
