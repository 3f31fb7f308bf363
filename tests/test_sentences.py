"""Sentences: ``|`` marks where one ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.sentences import split_sentences

MARKED = [
    "The U.S. Senate met.| Dr. Smith and J. F. Kennedy came.",
    "He lives in the U.S.| The vote was on Jan. 5.| He left in 2009.| Then came 2010.",
    "It rose 3.5 percent.| No. 7 won.| No.| That is wrong.",
    "“Why?” he asked.| “I don’t know.”| She left…| Then it rained.",
    "He said: “We shall not sign.”| The mayor agreed.",
    "She met Mr. Correa, Gen. Padrino and Prof. García Linera at 5 p.m. on Monday.| Nobody spoke.",
    "Inc. and Corp. are companies.| So is Acme Ltd.| The rest is not.",
    "... and so on ... until the end.| Is it?| It is!",
    "1. The first point.| 2. The second point.",
    "See art. 7 and pp. 3 of it.| Article 8 follows.",
    "They wrapped the\nline here.| The next\r\ngoes on.",
    "A heading without a stop|\n\nA paragraph below it.",
    "Correa et al. wrote it.| (He denied it.)| Later he did not.",
    "",
    " \n ",
    "No stop at all",
    "Visit example.org today.| It costs $3.50.",
    "¿Qué dirá?| Nada dijo la Sra. Gómez.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_sentences_end_where_marked(marked):
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|") if part.strip()]
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text(st.sampled_from('aB.!?…"” \n\r1)(U'), max_size=80) | st.text(max_size=80))
def test_sentences_hold_all_but_white_space_in_order(text):
    position = 0
    for start, end in split_sentences(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
