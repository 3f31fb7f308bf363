"""Known names among word pieces."""

import numpy as np
import pytest

from polnlp.encoder.gazetteer import KINDS, PieceGazetteer

PARTY, LEADER, CITY = (1 << KINDS.index(kind) for kind in ("party", "leader", "city"))


@pytest.fixture
def gazetteer():
    return PieceGazetteer.of_pieces([([5, 6], PARTY), ([5, 6, 7, 8], LEADER), ([9], CITY), ([9], PARTY)])


def match(gazetteer, ids, word_starts, capitalised=None):
    return gazetteer.match(np.array(ids), word_starts, capitalised or [True] * len(word_starts))


def test_the_longest_name_wins(gazetteer):
    assert match(gazetteer, [1, 5, 6, 7, 8], [0, 1, 2, 3]) == [(1, 5, LEADER)]
    assert match(gazetteer, [1, 5, 6, 7], [0, 1, 2, 3]) == [(1, 3, PARTY)]


def test_a_name_ends_with_a_word(gazetteer):
    # 6 and 7 are pieces of one word, so that [5, 6] ends inside it
    assert match(gazetteer, [5, 6, 7], [0, 1]) == []


def test_a_name_begins_with_a_capital(gazetteer):
    assert match(gazetteer, [9, 9], [0, 1], [False, True]) == [(1, 2, CITY | PARTY)]


def test_names_do_not_overlap(gazetteer):
    assert match(gazetteer, [5, 6, 5, 6, 9], [0, 1, 2, 3, 4]) == [(0, 2, PARTY), (2, 4, PARTY), (4, 5, CITY | PARTY)]


def test_no_words_no_names(gazetteer):
    assert match(gazetteer, [], []) == []


def test_a_saved_gazetteer_finds_the_same_and_has_the_same_bytes(gazetteer, tmp_path):
    gazetteer.save(tmp_path / "a.npz")
    read = PieceGazetteer.load(tmp_path / "a.npz")
    read.save(tmp_path / "b.npz")
    assert len(read) == len(gazetteer)
    assert match(read, [5, 6, 7, 8, 9], [0, 1, 2, 3, 4]) == [(0, 4, LEADER), (4, 5, CITY | PARTY)]
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
