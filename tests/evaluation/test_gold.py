"""Gold of every form is read, and what is no gold is refused with its place."""

import gzip
import json

import pytest

from polnlp.errors import CorpusError
from polnlp.evaluation.gold import read_gold

ARTICLE = {
    "id": "a",
    "title": "T",
    "date": "2009-01-29",
    "text": "Ycaza won in 2009.\n\nShe fell.",
    "paragraphs": [
        {
            "start": 0,
            "end": 18,
            "topic": "None",
            "topic2": None,
            "stance": [{"target": "Tamara Ycaza", "label": "favor"}],
        },
        {"start": 20, "end": 29, "topic": "Labor", "topic2": "Energy", "stance": []},
    ],
    "entities": [
        {"canonical": "Tamara Ycaza", "label": "LEADER", "mentions": [{"start": 0, "end": 5, "text": "Ycaza"}]}
    ],
    "dates": [{"start": 13, "end": 17, "text": "2009", "value": "2009"}],
}
NAMES = {"id": "n", "text": "Greens met.", "spans": [{"start": 0, "end": 6, "label": "politicalparty"}]}
DATES = {
    "id": "d",
    "text": "in 2007",
    "dct": "2009",
    "timexes": [{"start": 3, "end": 7, "type": "DATE", "value": "2007"}],
}
CLUSTERS = {
    "id": "c",
    "text": "the Greens; they",
    "clusters": [
        [
            {"start": 0, "end": 10, "label": "organization", "form": "name", "name_start": 4, "name_end": 10},
            {"start": 12, "end": 16, "label": "organization", "form": "pronoun"},
        ]
    ],
    "wiki": ["Green_Party"],
}
STANCE = {"id": "s", "text": "Ycaza lied.", "target": "Ycaza", "target_start": 0, "target_end": 5, "label": "against"}
TOPIC = {"id": "t", "text": "Wages rose.", "label": "Labor"}


def write(path, *rows):
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_every_form_of_row_is_known_by_its_fields(tmp_path, name):
    names, dates, clusters, stance, topic = read_gold(write(tmp_path / name, NAMES, DATES, CLUSTERS, STANCE, TOPIC))
    assert (names.names[0].label, names.scheme) == ("politicalparty", "crossner")
    assert (dates.dates[0].value, dates.date) == ("2007", "2009")
    (entity,) = clusters.entities
    assert (entity.name, [(m.start, m.end, m.label) for m in entity.mentions]) == (
        "Green_Party",
        [(4, 10, "name"), (12, 16, "pronoun")],
    )
    assert (stance.stances[0].label, stance.stances[0].start, stance.topic) == ("against", 0, None)
    assert topic.topic == "Labor"


def test_a_whole_article_has_all_layers(tmp_path):
    (article,) = read_gold(write(tmp_path / "a.json", ARTICLE))
    assert [(span.start, span.end, span.label) for span in article.names] == [(0, 5, "LEADER")]
    assert article.dates[0].value == "2009"
    first, second = article.parts
    assert (first.text, first.topic, first.stances[0].start) == ("Ycaza won in 2009.", "None", 0)
    assert (second.text, second.topic, second.second, second.stances) == ("She fell.", "Labor", "Energy", ())


def test_a_folder_is_read_in_order_of_names_and_its_readme_passed_over(tmp_path):
    write(tmp_path / "b.jsonl", TOPIC)
    write(tmp_path / "a.json", ARTICLE)
    (tmp_path / "README.md").write_text("about")
    assert [gold.id for gold in read_gold(tmp_path)] == ["a", "t"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "x", "words": []}, r"gold.jsonl:1: gold of an unknown form .* known forms"),
        (
            {"text": "x", "spans": [{"start": 0, "end": 9, "label": "ORG"}]},
            r":1: span 0-9 lies outside the text of 1 char",
        ),
        (
            {"text": "x", "target": "x", "target_start": 0, "target_end": 9, "label": "favor"},
            r":1: span 0-9 lies outside the text of 1 char",
        ),
        ({"text": "x", "spans": [{"start": 0, "label": "ORG"}]}, r":1: a row lacks a field"),
        ({"text": "x", "spans": [{"start": "0", "end": 1, "label": "ORG"}]}, r":1: a row lacks a field or has"),
        (["x"], r":1: expected a JSON object, found list"),
    ],
)
def test_what_is_no_gold_is_refused_with_its_place(tmp_path, row, message):
    with pytest.raises(CorpusError, match=message):
        list(read_gold(write(tmp_path / "gold.jsonl", row)))


def test_other_files_are_refused(tmp_path):
    (tmp_path / "gold.txt").write_text("x")
    (tmp_path / "bad.jsonl").write_text("{")
    (tmp_path / "bad.jsonl.gz").write_text("x")
    (tmp_path / "empty").mkdir()
    for name, message in {
        "gold.txt": "not gold",
        "bad.jsonl": "bad.jsonl:1: not JSON",
        "bad.jsonl.gz": "cannot read",
        "empty": "no gold here",
        "missing": "there is no such file or folder",
    }.items():
        with pytest.raises(CorpusError, match=message):
            list(read_gold(tmp_path / name))


@pytest.mark.data
def test_all_sets_of_the_data_folder_are_read(data_folder):
    for folder in ("ner", "dates", "coref", "gold"):
        for file in sorted((data_folder / folder).glob("*.json*")):
            assert sum(1 for _ in read_gold(file)) > 0


def test_a_set_that_marks_first_sentences_alone_is_read_that_far(tmp_path):
    text = "It began in 2007. It went on. It ended in 2009."
    row = {"id": "meantime-1", "text": text, "dct": "2009", "timexes": [{"start": 12, "end": 16, "value": "2007"}]}
    (gold,) = read_gold(write(tmp_path / "gold.jsonl", row))
    assert text[: gold.until] == "It began in 2007."
    (gold,) = read_gold(write(tmp_path / "gold.jsonl", row | {"id": "other-1"}))
    assert gold.until is None
