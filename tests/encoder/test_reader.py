"""Windows, and what every text is promised: the same answer in any company, and nothing cut off."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polnlp.encoder import Encoder
from polnlp.encoder.reader import cut_windows
from polnlp.errors import ModelError

TEXTS = [
    "The Green Front won the 2019 Norland election, said Ada Moreno in Quito.",
    "President Moreno met the Foreign Minister of Brazil.",
    "",
    "Nothing was decided.",
    "Workers' Voice (WV) and the Liberal Union quarrelled over the Treaty of Lisbon. " * 30,
]


@pytest.fixture(scope="module")
def encoder():
    return Encoder.load()


@given(st.integers(0, 3000), st.integers(10, 300), st.integers(0, 8))
def test_windows_keep_each_piece_once_and_read_no_more_than_their_size(n_pieces, size, overlap):
    windows = cut_windows(n_pieces, size=size, overlap=overlap)
    kept = [piece for window in windows for piece in range(window.first, window.last)]
    assert kept == list(range(n_pieces))
    assert all(0 < window.end - window.start <= size for window in windows)
    assert all(window.start <= window.first < window.last <= window.end for window in windows)


def test_inside_a_long_text_every_piece_has_neighbours_on_both_sides():
    for window in cut_windows(2000, size=100, overlap=40):
        assert window.first == 0 or window.first - window.start >= 20
        assert window.last == 2000 or window.end - window.last >= 20


def test_a_folder_that_is_no_encoder_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"encoder\.onnx"):
        Encoder.load(tmp_path)


def test_a_damaged_encoder_is_refused(tmp_path):
    for name in ("encoder.onnx", "encoder.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(ModelError, match="cannot be read"):
        Encoder.load(tmp_path)


def dump(reading):
    arrays = [reading.vectors, reading.offsets, reading.words, *(reading.names[key] for key in sorted(reading.names))]
    return reading.text, [array.tobytes() for array in arrays]


@pytest.mark.slow
@given(order=st.permutations(TEXTS), threads=st.integers(1, 3))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_reads_the_same_in_any_company(encoder, order, threads):
    alone = {text: dump(next(iter(encoder.read([text])))) for text in TEXTS}
    other = Encoder.load(threads=threads)
    assert [dump(reading) for reading in other.read(order)] == [alone[text] for text in order]


@pytest.mark.slow
@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=200), max_size=5))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_read(encoder, texts):
    readings = list(encoder.read(texts))
    assert [reading.text for reading in readings] == texts
    for reading in readings:
        assert reading.vectors.shape == (len(reading.offsets), 384)
        assert np.isfinite(reading.vectors).all()
        assert all(logits.shape == (len(reading.words), 19) for logits in reading.names.values())


@pytest.mark.slow
def test_texts_are_taken_lazily_and_given_in_order(encoder):
    def endless():
        rng = random.Random(0)
        while True:
            yield rng.choice(TEXTS)

    reader = Encoder.load(threads=2).read(endless(), vectors=False)
    rng = random.Random(0)
    assert [next(reader).text for _ in range(40)] == [rng.choice(TEXTS) for _ in range(40)]


@pytest.mark.slow
def test_fewer_than_one_thread_is_refused():
    with pytest.raises(ValueError, match="threads"):
        Encoder.load(threads=0)
