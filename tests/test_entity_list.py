"""The plain list of a corpus's entities."""

import csv

from helpers import make_report
from polnlp.entity_list import write_entity_list
from polnlp.schema import ArticleDate, Entity, ReportArticle
from polnlp.tables import write_tables


def dated(key, date, **fields):
    head = ReportArticle(
        id=key, title=None, language="en", sha256="0" * 64, date=date and ArticleDate(value=date, source="url")
    )
    return make_report(key, article=head, **fields)


def write(folder, *reports):
    write_tables(reports, None, folder / "tables")
    number = write_entity_list(folder / "tables", folder / "entities.csv")
    with (folder / "entities.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == number
    return rows


def test_an_entity_has_one_row_with_all_that_names_it(tmp_path):
    correa = Entity(
        id="leader:ECU:rafael-correa", label="LEADER", name="Rafael Correa", aliases=("Correa",), count=2, qid="Q1"
    )
    again = Entity(
        id="leader:ECU:rafael-correa", label="LEADER", name="Rafael Correa", aliases=("Rafael\nCorrea",), count=3
    )
    morales = Entity(id="nil:morales", label="PERSON", name="Morales", aliases=("Morales",))
    first, second = write(
        tmp_path, dated("b", "2009-02", entities=(correa, morales)), dated("a", "2008-12-01", entities=(again,))
    )
    assert (first["id"], first["name"], first["label"]) == ("leader:ECU:rafael-correa", "Rafael Correa", "LEADER")
    assert (first["mentions"], first["articles"], first["written"]) == ("5", "2", "Correa | Rafael Correa")
    assert (first["first_date"], first["last_date"], first["qid"]) == ("2008-12-01", "2009-02", "Q1")
    assert (second["id"], second["mentions"], second["qid"]) == ("nil:morales", "1", "")


def test_an_undated_article_dates_nothing_and_a_formula_stays_text(tmp_path):
    entity = Entity(id="nil:x", label="MISC", name="=1+1", aliases=("=1+1",))
    (row,) = write(tmp_path, dated("a", None, entities=(entity,)))
    assert (row["first_date"], row["name"]) == ("", "'=1+1")


def test_a_corpus_without_names_gives_a_header_alone(tmp_path):
    assert write(tmp_path, dated("a", None, entities=())) == []
    assert (tmp_path / "entities.csv").read_text().startswith("id,name,label,mentions,articles,first_date")
