"""The spaCy component: spans on the doc, records beside them."""

import pytest

spacy = pytest.importorskip("spacy")

import polnlp.mentions.dates.component  # noqa: E402, F401 - registers the factory
from polnlp.mentions.dates import find_dates  # noqa: E402

TEXT = "It was uncovered on September 11th of last year, in mid-2008."


def make(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("polnlp_dates", config=config)
    return nlp


def test_the_doc_carries_spans_and_records():
    doc = make(reference="2009-01-29")(TEXT)
    assert [(span.text, span.label_) for span in doc.spans["dates"]] == [
        ("September 11th of last year", "DATE"),
        ("mid-2008", "DATE"),
    ]
    assert doc.user_data["polnlp_dates"] == find_dates(TEXT, reference="2009-01-29")


def test_the_docs_own_date_goes_first():
    nlp = make(reference="2009-01-29")
    doc = nlp.make_doc("They voted last year.")
    doc.user_data["date"] = "1999"
    assert [record.value for record in nlp(doc).user_data["polnlp_dates"]] == ["1998"]


def test_a_wrong_setting_fails_when_the_pipe_is_added():
    with pytest.raises(ValueError, match="is no date"):
        make(reference="soon")
