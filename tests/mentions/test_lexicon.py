"""Known names are found as the longest run of words, whatever their accents."""

import pytest
import spacy

from polnlp.errors import ModelError
from polnlp.mentions.lexicon import KINDS, Lexicon

NAMES = [
    (["Hugo", "Chávez"], "leader"),
    (["Chávez"], "surname"),
    (["Movement", "for", "Socialism"], "party"),
    (["Movement"], "org"),
    (["Zulia"], "region"),
    (["Zulia"], "surname"),
]


def found(text):
    lexicon = Lexicon.of_names(NAMES)
    words = text.split()
    return [
        (" ".join(words[start:end]), {kind for bit, kind in enumerate(KINDS) if kinds >> bit & 1})
        for start, end, kinds in lexicon.find(words)
    ]


def test_the_longest_name_wins():
    assert found("the Movement for Socialism won") == [("Movement for Socialism", {"party"})]


def test_accents_do_not_matter_but_case_does():
    assert found("Hugo Chavez and hugo chavez") == [("Hugo Chavez", {"leader"})]


def test_a_name_of_two_kinds_has_both():
    assert found("in Zulia") == [("Zulia", {"region", "surname"})]


def test_nothing_is_found_in_nothing():
    assert found("") == []


def test_the_same_names_give_the_same_bytes(tmp_path):
    Lexicon.of_names(NAMES).save(tmp_path / "one.npz")
    Lexicon.of_names(reversed(NAMES)).save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert Lexicon.load(tmp_path / "one.npz").kinds_of == Lexicon.of_names(NAMES).kinds_of


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "names.npz").write_bytes(b"not a lexicon")
    with pytest.raises(ModelError, match="not a lexicon"):
        Lexicon.load(tmp_path / "names.npz")


def test_the_component_survives_disk(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("polnlp_lexicon").lexicon = Lexicon.of_names(NAMES)
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)("Hugo Chavez of Zulia")
    assert [token.tag_ for token in doc] == ["B-leader", "I-leader", "", "B-surname+region"] or [
        token.tag_ for token in doc
    ] == ["B-leader", "I-leader", "", "B-" + "+".join(k for k in KINDS if k in ("region", "surname"))]
