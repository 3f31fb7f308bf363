"""Quotations on a spaCy Doc."""

import pytest
import spacy

from polnlp.classify.component import make_quote_finder


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("polnlp_quotes")
    return nlp


def test_quotations_are_spans_with_rule_and_speaker(nlp):
    assert make_quote_finder.__name__ == "make_quote_finder"
    doc = nlp("“The banks lie,” Rafael Correa said.")
    (span,) = doc.spans["quotes"]
    assert (span.text, span.label_, span.kb_id_) == ("The banks lie,", "quote", "Rafael Correa")


def test_a_text_without_speech_has_none(nlp):
    assert list(nlp("Nothing was said.").spans["quotes"]) == []
    assert list(nlp("").spans["quotes"]) == []


def test_the_key_can_be_chosen():
    nlp = spacy.blank("en")
    nlp.add_pipe("polnlp_quotes", config={"key": "speech"})
    assert len(nlp("Correa said that the law is void.").spans["speech"]) == 1
