"""The marked sentences are the specification: what is marked is found with its value, and nothing else."""

import sys
from pathlib import Path

import pytest

from polnlp.mentions.dates import find_dates

sys.path.insert(0, str(Path(__file__).parent))
from marked import read_sentences, show

FILES = {
    "codebook.txt": ("codebook", "en"),
    "timeml.txt": ("timeml", "en"),
    "newswire.txt": ("timeml", "en"),
    "spanish.txt": ("codebook", "es"),
}


@pytest.mark.parametrize("name", FILES)
def test_each_file_holds_sentences(name):
    assert len(read_sentences(name)) >= 20


SENTENCES = [
    pytest.param(sentence, guideline, language, id=f"{name}: {sentence.topic}: {sentence}")
    for name, (guideline, language) in FILES.items()
    for sentence in read_sentences(name)
]


@pytest.mark.parametrize(("sentence", "guideline", "language"), SENTENCES)
def test_what_is_marked_is_found(sentence, guideline, language):
    found = find_dates(sentence.text, reference=sentence.reference, guideline=guideline, language=language)
    assert [show(mention) for mention in found] == sentence.expected


@pytest.mark.parametrize(("sentence", "guideline", "language"), SENTENCES)
def test_offsets_give_the_surface_form(sentence, guideline, language):
    for mention in find_dates(sentence.text, reference=sentence.reference, guideline=guideline, language=language):
        assert sentence.text[mention.start : mention.end] == mention.text
