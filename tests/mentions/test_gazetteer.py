"""Known names in a text: bracketed ones are found, nothing else is."""

import re

import pytest

from polnlp.kb import Entry, KnowledgeBase, open_kb
from polnlp.mentions.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(open_kb())


def read_marked(marked):
    text, expected, at = "", [], 0
    for match in re.finditer(r"\[([A-Z]+) ([^\]]+)\]", marked):
        text += marked[at : match.start()]
        expected.append((len(text), len(text) + len(match.group(2)), match.group(1)))
        text += match.group(2)
        at = match.end()
    return text + marked[at:], expected


@pytest.mark.parametrize(
    "marked",
    [
        "[LEADER Hugo Chávez] and the [PARTY United Socialist Party of Venezuela] ([PARTY PSUV]) won.",
        "[LEADER HUGO CHAVEZ] won.",
        "The [COUNTRY U.S.] and the [ORG European Union]'s envoys met in [REGION Guayaquil].",
        "[LEADER Evo Morales]' allies in [COUNTRY Bolivia] spoke.",
        "The [ORG United Nations Security Council] of the [ORG United Nations] met.",
        "Is it up to us, or to who can pay?",
        "For the nice reading union of May, the will to march on Sunday.",
        "Reading is nice. May they? Union of minds. Of course.",
        "Morales spoke to Chavez and to Hugo.",
        "Paris Hilton and Chelsea Handler danced.",
        "The mas and the psuv are no acronyms here.",
        "",
    ],
)
def test_known_names_are_found_where_marked(gazetteer, marked):
    text, expected = read_marked(marked)
    assert [(span.start, span.end, span.label) for span in gazetteer.find(text)] == expected


def test_a_name_tells_its_entries_and_kind(gazetteer):
    (span,) = gazetteer.find("PSUV")
    assert (span.entity_ids, span.kind) == (("party:VEN:united-socialist-party-of-venezuela",), "acronym")


def test_own_names_are_found(gazetteer):
    kb = KnowledgeBase(gazetteer.kb.path)
    kb.add([Entry(id="org:mine", label="ORG", name="Zanzou Quarterly")])
    assert [span.entity_ids for span in Gazetteer(kb).find("In Zanzou Quarterly she wrote.")] == [("org:mine",)]


@pytest.mark.parametrize(
    "text", ["A" * 200_000, "A. " * 50_000, "Of the " * 30_000, "\ud800 \x00 Bolivia's", "'" * 10_000]
)
def test_hostile_text_is_read_in_linear_time(gazetteer, text):
    for span in gazetteer.find(text):
        assert text[span.start : span.end].strip()


def test_the_spacy_component_marks_spans_with_ids():
    spacy = pytest.importorskip("spacy")
    import polnlp.mentions.gazetteer_component  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("polnlp_gazetteer")
    doc = nlp("Rafael Correa left Ecuador.")
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["gazetteer"]] == [
        ("Rafael Correa", "LEADER", "leader:ECU:rafael-correa"),
        ("Ecuador", "COUNTRY", "country:ECU"),
    ]
