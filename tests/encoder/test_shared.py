"""One reading for all who ask: what is kept changes nothing but the time."""

import numpy as np
import pytest

from polnlp.encoder import SharedReader, mean_vector, target_vector
from polnlp.encoder.reader import Reading


class CountingEncoder:
    """Gives each word a vector of its length, and counts what it read."""

    def __init__(self):
        self.asked = []

    def read(self, texts, *, vectors=True):
        for text in texts:
            self.asked.append((text, vectors))
            ends = np.cumsum([len(word) + 1 for word in text.split()], dtype=np.int32) - 1
            starts = np.array([end - len(word) for word, end in zip(text.split(), ends, strict=True)], dtype=np.int32)
            rows = np.tile((ends - starts)[:, None].astype(np.float32), (1, 384))
            offsets = np.stack([starts, ends], axis=1).reshape(-1, 2)
            yield Reading(text, rows, offsets, np.arange(len(ends), dtype=np.int32), {})


def test_a_text_is_read_once_for_all_who_ask():
    encoder = CountingEncoder()
    reader = SharedReader(encoder)
    first = list(reader.read(["one two", "three", "one two"]))
    again = list(reader.read(["three", "one two"]))
    assert [text for text, _ in encoder.asked] == ["one two", "three"]
    assert again[1] is first[0]


def test_the_oldest_readings_make_room():
    encoder = CountingEncoder()
    reader = SharedReader(encoder, capacity=8)
    list(reader.read(["a b c", "d e f", "a b c", "g h i", "a b c", "d e f"]))
    assert [text for text, _ in encoder.asked] == ["a b c", "d e f", "g h i", "d e f"]


def test_what_is_too_long_to_keep_is_read_without_vectors_where_none_are_asked_for():
    encoder = CountingEncoder()
    reader = SharedReader(encoder, capacity=4)
    list(reader.read(["some longer text", "short"], vectors=False))
    list(reader.read(["some longer text"]))
    assert encoder.asked == [("some longer text", False), ("short", True), ("some longer text", True)]


def test_a_target_is_described_by_its_pieces_beside_the_whole():
    (reading,) = CountingEncoder().read(["a bbb ccccc"])
    assert mean_vector(reading)[0] == 3
    assert target_vector(reading, [(2, 5), (6, 8)])[[0, 384]].tolist() == [4, 3]
    assert target_vector(reading, [(99, 100)])[[0, 384]].tolist() == [3, 3]


@pytest.mark.parametrize("text", ["", "   "])
def test_a_text_without_words_has_zeros(text):
    (reading,) = CountingEncoder().read([text])
    assert not mean_vector(reading).any()
    assert target_vector(reading, [(0, 1)]).shape == (768,)
