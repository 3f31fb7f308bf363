"""The small names tagger: a spaCy pipeline of hash embeddings, a CNN, and a transition parser for each scheme.

`python -m polnlp.training.names --data DIR -o MODEL` makes the shipped one.
"""

import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.pipeline import Tok2Vec, TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import compile_infix_regex
from thinc.api import Optimizer, fix_random_seed, set_dropout_rate

from polnlp.mentions.lexicon import Lexicon, LexiconMarker
from polnlp.training.data import LabelledText

logger = logging.getLogger(__name__)

WIDTH = 96
# Hash rows of the embedding of each attribute; TAG holds what the lexicon knows of a word.
ROWS = {"NORM": 4000, "PREFIX": 1000, "SUFFIX": 2000, "SHAPE": 1000, "TAG": 500}
PIPE_OF_SCHEME = {"codebook": "ner", "crossner": "ner_crossner"}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how hard to train.

    Attributes:
        epochs: Passes over the texts of the main heads, at most.
        patience: Epochs without a better score on the held-out texts before training stops.
        batch_size: Texts a step.
        dropout: Share of values dropped while training.
        learn_rate: Adam's step.
        share: Steps of auxiliary heads for each step of the main heads.
    """

    epochs: int = 40
    patience: int = 8
    batch_size: int = 8
    dropout: float = 0.3
    learn_rate: float = 0.001
    share: float = 1.0


def make_pipeline(heads: Sequence[str], lexicon: Lexicon) -> Language:
    """Make an untrained pipeline: lexicon, shared reading of the words, one transition parser for each head."""
    nlp = spacy.blank("en")
    split_inner_names(nlp)
    marker = nlp.add_pipe("polnlp_lexicon")
    assert isinstance(marker, LexiconMarker)  # noqa: S101
    marker.lexicon = lexicon
    nlp.add_pipe("tok2vec", config={"model": _reader_config()})
    for head in heads:
        nlp.add_pipe("ner", name=PIPE_OF_SCHEME.get(head, f"ner_{head}"), config={"model": _head_config()})
    return nlp


def split_inner_names(nlp: Language) -> None:
    """Split words at every hyphen, dash and slash, so that the name in "pro-Chavez" or "U.S.-led" is a token."""
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=\S)[-–—/](?=\S)", r"(?<=[\])])(?=\[)"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _reader_config() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(ROWS),
            "rows": list(ROWS.values()),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _head_config() -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"},
    }


def make_examples(nlp: Language, texts: Iterable[LabelledText]) -> list[Example]:
    """Turn texts into spaCy's examples; a span that is no whole number of tokens is left unknown, not negative."""
    marker = nlp.get_pipe("polnlp_lexicon")
    return [make_example(marker(nlp.make_doc(text.text)), text) for text in texts]


def make_example(doc: Doc, text: LabelledText) -> Example:
    """Turn one text into an example for the Doc made of it."""
    reference = Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
    known, unknown = [], []
    for span in text.spans:
        exact = reference.char_span(span.start, span.end, label=span.label)
        if exact is not None:
            known.append(exact)
        else:
            unknown.append(reference.char_span(span.start, span.end, alignment_mode="expand"))
    reference.set_ents(known, missing=[span for span in unknown if span is not None], default="outside")
    return Example(doc, reference)


class MultiHeadTrainer:
    """Trains the heads of a pipeline in turn on the reading that they share."""

    def __init__(self, nlp: Language, examples: Mapping[str, Sequence[Example]], settings: Settings, seed: int) -> None:
        """Take the examples of each head, by its pipe's name."""
        fix_random_seed(seed)
        self.nlp, self.settings, self.random = nlp, settings, random.Random(seed)  # noqa: S311
        self.examples = {pipe: list(of_pipe) for pipe, of_pipe in examples.items()}
        for pipe, of_pipe in self.examples.items():
            head: Any = nlp.get_pipe(pipe)
            for label in sorted({span.label_ for example in of_pipe for span in example.reference.ents}):
                head.add_label(label)
        sample = [example for of_pipe in self.examples.values() for example in of_pipe[:50]]
        self.optimizer: Optimizer = nlp.initialize(lambda: sample)
        self.optimizer.learn_rate = settings.learn_rate

    def run_epoch(self, main: Sequence[str]) -> float:
        """Go once over the texts of the main heads, with steps of the others between; give the mean loss a text."""
        steps = [step for pipe in main for step in self._batches(pipe)]
        others = [step for pipe in self.examples if pipe not in main for step in self._batches(pipe)]
        self.random.shuffle(others)
        steps += others[: round(len(steps) * self.settings.share)]
        self.random.shuffle(steps)
        return sum(self._step(pipe, batch) for pipe, batch in steps) / max(1, sum(len(batch) for _, batch in steps))

    def _batches(self, pipe: str) -> list[tuple[str, list[Example]]]:
        examples = self.examples[pipe]
        self.random.shuffle(examples)
        size = self.settings.batch_size
        return [(pipe, examples[first : first + size]) for first in range(0, len(examples), size)]

    def _step(self, pipe: str, batch: list[Example]) -> float:
        """Update one head and the shared reading.

        ``Language.update`` would need every text labelled for every head; so the reading is handed to the one head's
        listener here, as ``Tok2Vec.update`` does it for all.
        """
        reader: Tok2Vec = self.nlp.get_pipe("tok2vec")  # type: ignore[assignment]
        head: TrainablePipe = self.nlp.get_pipe(pipe)
        docs = [example.predicted for example in batch]
        set_dropout_rate(reader.model, self.settings.dropout)
        vectors, backprop = reader.model.begin_update(docs)
        listener = next(layer for layer in head.model.walk() if layer in reader.listeners)
        listener.receive(listener.get_batch_id(docs), vectors, backprop)
        losses = head.update(batch, drop=self.settings.dropout, sgd=None)
        head.finish_update(self.optimizer)
        reader.finish_update(self.optimizer)
        return float(losses[head.name])


def predict(nlp: Language, texts: Sequence[LabelledText], pipe: str) -> list[set[tuple[int, int, str]]]:
    """Tag texts with one head: ``(start, end, label)`` of each."""
    heads = [name for name in nlp.pipe_names if name.startswith("ner")]
    with nlp.select_pipes(disable=[name for name in heads if name != pipe]):
        docs = nlp.pipe(text.text for text in texts)
        return [{(span.start_char, span.end_char, span.label_) for span in doc.ents} for doc in docs]
