"""The best legal tag sequence."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from polnlp.encoder.tags import NAME_TAGS, TagSpan, bio_ids, decode_tags, tag_spans
from polnlp.schema import LABELS


def is_legal(path):
    return all(
        tag % 2 == 1 or tag == 0 or before in (tag, tag - 1) for before, tag in zip((0, *path), path, strict=False)
    )


def logits_of(max_words, n_labels=2):
    width = 1 + 2 * n_labels
    values = st.integers(-40, 40).map(lambda value: value / 4)
    return st.integers(0, max_words).flatmap(lambda words: arrays(np.float32, (words, width), elements=values))


@given(logits_of(max_words=5))
def test_decoding_finds_the_best_of_all_legal_sequences(logits):
    def score(path):
        return sum(float(logits[word, tag]) for word, tag in enumerate(path))

    found = decode_tags(logits).tolist()
    every = itertools.product(range(logits.shape[1]), repeat=len(logits))
    best = max((path for path in every if is_legal(path)), key=score)
    assert is_legal(found)
    assert score(found) == score(best)


@given(st.integers(0, 60), st.integers(0, 10**6))
def test_spans_written_as_tags_are_read_back(n_words, seed):
    logits = np.random.default_rng(seed).normal(size=(n_words, len(NAME_TAGS))).astype(np.float32)
    tags = decode_tags(logits)
    assert is_legal(tags.tolist())
    spans = tag_spans(tags)
    assert bio_ids(spans, len(tags)).tolist() == tags.tolist()


def test_two_names_side_by_side_stay_two():
    tags = bio_ids([TagSpan(0, 2, 0), TagSpan(2, 3, 0)], 4)
    assert [NAME_TAGS[tag] for tag in tags] == ["B-PARTY", "I-PARTY", "B-PARTY", "O"]
    assert tag_spans(tags) == [TagSpan(0, 2, 0), TagSpan(2, 3, 0)]


def test_tags_follow_the_order_of_the_labels():
    assert [tag[2:] for tag in NAME_TAGS[1::2]] == list(LABELS)
