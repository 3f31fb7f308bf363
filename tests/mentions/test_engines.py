"""Any engine reads texts of any length, each name once."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polnlp.errors import ModelError
from polnlp.mentions.engines import RawName, cut_windows, load_tagger, tag_in_windows

CAPITAL = re.compile(r"[A-Z][a-z]+")


def tag_capitals(texts):
    return [[RawName(*match.span(), "ORG", 1.0) for match in CAPITAL.finditer(text)] for text in texts]


def test_a_short_text_is_one_window():
    assert len(cut_windows("Quito votes.")) == 1


@settings(max_examples=30)
@given(st.integers(0, 40_000), st.sampled_from(["a", "ab ", "Quito votes. "]))
def test_windows_cover_the_text_and_each_place_belongs_to_one(length, unit):
    text = (unit * (length // len(unit) + 1))[:length]
    windows = cut_windows(text)
    assert [window.first for window in windows[1:]] == [window.last for window in windows[:-1]]
    assert (windows[0].start, windows[0].first) == (0, 0)
    assert windows[-1].end == windows[-1].last == length
    assert all(window.start <= window.first <= window.last <= window.end for window in windows)
    assert sum(window.end - window.start for window in windows) <= 1.2 * length + 5_000


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["Quito", "votes", "and", "Lima", "\n", "waits."]), min_size=1, max_size=40))
def test_windows_find_what_one_reading_of_the_whole_would_find(words):
    text = " ".join(words * (8_000 // len(words)))
    assert tag_in_windows([text, "", "Lima"], tag_capitals) == tag_capitals([text, "", "Lima"])


def test_a_model_that_is_none_is_refused(tmp_path):
    with pytest.raises(ModelError, match="No model 'nowhere'"):
        load_tagger("nowhere")
    with pytest.raises(ModelError, match="not a names model"):
        load_tagger(str(tmp_path))
