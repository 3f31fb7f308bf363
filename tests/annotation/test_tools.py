"""The round trip through the tools' own libraries, where these are installed: what they write, `polnlp import` reads.

dkpro-cassis reads UIMA CAS JSON as INCEpTION exports it; Label Studio's has a file of its own.
"""

import pytest

from polnlp.annotation.formats import read_format, write_format
from polnlp.annotation.formats.inception import ITEMS, NAMES
from polnlp.annotation.items import Item, Mark

TEXTS = [
    "👩🏽‍🚀 Evo Morales met Ça\u0301va.\r\n\tThe \u202eحزب\u202c and חד״ש won.",
    'Bolivian Army, New York Times; the |_*;-> [sic] <b> & "MAS" \\ \u2028 end ',
    "\x0b\x07 𝔘nion",
]
MARKS = [
    [(6, 17, "LEADER"), (22, 27, "MISC"), (35, 41, "PARTY"), (46, 50, "PARTY"), (50, 51, "MISC")],
    [(0, 13, "ORG"), (0, 8, "COUNTRY"), (15, 23, "REGION"), (19, 29, "ORG"), (35, 37, "MISC"), (67, 68, "MISC")],
    [(0, 2, "MISC"), (3, 8, "ORG")],
]
SAMPLE = [
    Item(
        id=f"andes/é#{number}@x>|_;[]",
        text=text,
        spans=tuple(Mark(start=start, end=end, label=label) for start, end, label in marks),
        choice="Health" if number else None,
        question="What is this paragraph about?",
    )
    for number, (text, marks) in enumerate(zip(TEXTS, MARKS, strict=True))
]


def annotated(item):
    return item.id, item.text, sorted((m.start, m.end, m.label) for m in item.spans), item.choice


def test_dkpro_cassis_reads_and_gives_back_the_very_annotations():
    cassis = pytest.importorskip("cassis")
    cas = cassis.load_cas_from_json(write_format(SAMPLE, "inception-json").decode())
    items = cas.select(ITEMS)
    assert [item.get_covered_text() for item in items] == TEXTS
    for item, sample in zip(items, SAMPLE, strict=True):
        names = {(name.get_covered_text(), name.value) for name in cas.select_covered(NAMES, item)}
        assert names == {(sample.text[mark.start : mark.end], mark.label) for mark in sample.spans}
    back = read_format(cas.to_json().encode(), "inception-json", "export")
    assert [annotated(item) for item in back] == [annotated(item) for item in SAMPLE]


def test_an_annotation_made_with_dkpro_cassis_is_read():
    cassis = pytest.importorskip("cassis")
    cas = cassis.load_cas_from_json(write_format(SAMPLE, "inception-json").decode())
    begin = cas.sofa_string.index("𝔘nion")
    cas.add(cas.typesystem.get_type(NAMES)(begin=begin, end=begin + 5, value="REGION"))
    cas.select(ITEMS)[0].choice = "Labor"
    first, _, last = read_format(cas.to_json().encode(), "inception-json", "export")
    assert first.choice == "Labor"
    assert Mark(start=3, end=8, label="REGION") in last.spans


def test_spacy_reads_marks_and_choices_as_its_own():
    import spacy
    from spacy.tokens import DocBin

    bin_ = DocBin().from_bytes(write_format(SAMPLE, "spacy"))
    docs = list(bin_.get_docs(spacy.blank("en").vocab))
    for doc, item in zip(docs, SAMPLE, strict=True):
        assert doc.text == item.text
        spans = [*doc.ents, *doc.spans.get("sc", ())]
        assert sorted((s.text, s.label_) for s in spans) == sorted(
            (item.text[m.start : m.end], m.label) for m in item.spans
        )
    assert [len(doc.ents) for doc in docs] == [5, 0, 2]
    again = DocBin(docs=docs, store_user_data=True).to_bytes()
    assert [annotated(item) for item in read_format(again, "spacy", "export")] == [annotated(item) for item in SAMPLE]
