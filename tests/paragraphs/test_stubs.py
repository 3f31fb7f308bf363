"""Stubs: left-over link text; ``{}`` marks them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.paragraphs.stubs import blank_out, find_stubs, is_stub


@pytest.mark.parametrize(
    "marked",
    [
        "Media went silent. {((Tinyurl))} In the end it passed. {((}",
        "It was met by police. {((} This friction, {( (} or that, {((see here))} remains.",
        "Read on {[link]} and {[source]}.",
        "See {https://a.example/x?y=1}, or {www.a.example}.",
        "He met {[}Hugo Chávez{](https://a.example/c)} there.",
        "It rose by half.{[12]} Then it fell.",
        "A share ((a + b) * c) and [sic] and (1) are text.",
        "In 2009 [the year of the vote] nothing moved.",
        "((Correa) said so)",
        "",
    ],
)
def test_stubs_are_found_where_marked(marked):
    text = re.sub("[{}]", "", marked)
    assert [text[start:end] for start, end in find_stubs(text)] == re.findall(r"\{(.*?)\}", marked)


def test_a_text_of_stubs_alone_is_a_stub():
    assert is_stub("((Tinyurl))")
    assert is_stub("(( [link]")
    assert not is_stub("((Tinyurl)) and words")
    assert not is_stub("...")


@given(st.text(st.sampled_from("(([])! ahtps:/.w\n>1"), max_size=60))
def test_blanking_keeps_every_offset(text):
    stubs = find_stubs(text)
    assert all(0 <= start < end <= len(text) for start, end in stubs)
    assert all(left[1] <= right[0] for left, right in pairwise(stubs))
    blanked = blank_out(text, stubs)
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, blanked, strict=True))
