"""Texts in pieces: offsets, case, and hostile text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from polnlp.encoder.gazetteer import KINDS, PieceGazetteer
from polnlp.encoder.tokens import CASES, Tokenization, case_of

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "green", "##s", "of", "bolivia", "[", "]", ".", "sep")


def make_tokenization(names=()):
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    pieces = [([vocabulary[piece] for piece in name], 1 << KINDS.index(kind)) for name, kind in names]
    return Tokenization(tokenizer, PieceGazetteer.of_pieces(pieces) if names else None)


def test_pieces_know_their_words_and_places():
    tokens = make_tokenization()("the Greens of Bolivia.")
    assert [WORDS[i] for i in tokens.ids] == ["the", "green", "##s", "of", "bolivia", "."]
    assert tokens.words.tolist() == [0, 1, 3, 4, 5]
    assert tokens.offsets.tolist() == [[0, 3], [4, 9], [9, 10], [11, 13], [14, 21], [21, 22]]


def test_a_text_that_spells_a_mark_of_the_encoder_is_only_text():
    tokenize = make_tokenization()
    assert tokenize.close_id not in tokenize("[SEP]").ids


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("party", "lower"),
        ("Party", "title"),
        ("PSUV", "upper"),
        ("A", "initial"),
        ("2009", "digits"),
        ("McCain", "mixed"),
        ("pH", "mixed"),
        ("?", "other"),
        ("عربي", "other"),
    ],
)
def test_how_a_word_is_written(word, case):
    assert CASES[case_of(word)] == case


def test_every_piece_has_the_case_of_its_word_and_known_names_are_marked():
    tokens = make_tokenization([(("green", "##s", "of", "bolivia"), "party")])("the Greens of Bolivia.")
    cases, names = tokens.features[:, : len(CASES)], tokens.features[:, len(CASES) :]
    assert [CASES[i] for i in cases.argmax(axis=1)] == ["lower", "title", "title", "lower", "title", "other"]
    assert cases.sum(axis=1).tolist() == [1] * 6
    assert names[:, 0].tolist() == [0, 1, 0, 0, 0, 0]
    assert names[:, 1].tolist() == [0, 0, 1, 1, 1, 0]
    assert not names[:, 2:].any()


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\x00"])
def test_a_text_without_words_has_no_pieces(text):
    tokens = make_tokenization()(text)
    assert len(tokens.ids) == len(tokens.words) == len(tokens.features) == 0


@given(st.text(alphabet=st.characters(codec=None)))
def test_words_lie_in_the_text_one_after_the_other(text):
    tokens = make_tokenization()(text)
    flat = tokens.offsets.ravel()
    assert (np.diff(flat) >= 0).all()
    assert flat.size == 0 or (flat[0] >= 0 and flat[-1] <= len(text))
    assert (tokens.offsets[:, 0] < tokens.offsets[:, 1]).all()
