"""The small names tagger: hash embeddings, a CNN, and a transition parser for each way of marking, trained in turn."""

import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import compile_infix_regex
from thinc.api import Optimizer, fix_random_seed, set_dropout_rate

from polnlp.mentions.lexicon import Lexicon, LexiconMarker
from polnlp.training.data import LabelledText
from polnlp.training.swapping import Pool, swap_names

logger = logging.getLogger(__name__)

Step = tuple[str, list[Example]]

WIDTH = 96
# Hash rows of the embedding of each attribute; TAG holds what the lexicon knows of a word.
ROWS = {"NORM": 4000, "PREFIX": 1000, "SUFFIX": 2000, "SHAPE": 1000, "TAG": 500}
PIPE_OF_HEAD = {"codebook": "ner", "crossner": "ner_crossner"}
MAIN = tuple(PIPE_OF_HEAD.values())  # kept in the model; the other heads only teach the reading that all share


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how hard to train.

    Attributes:
        epochs: Passes over the texts of the main heads, at most.
        patience: Epochs without a better score on the held-out texts before training stops.
        batch_size: Texts a step.
        dropout: Share of values dropped while training.
        learn_rate: Adam's step.
        others: Steps on other texts for each step on those of the main heads.
        silver: Texts to be read by a teacher.
        swapped: Share of texts in which other names take the place of some.
        swap: Share of the names of such a text that are replaced.
        unlisted: Share of texts that are read without the lexicon.
        refit: Train once more on held-out texts as well, for as many epochs as were best.
    """

    epochs: int = 40
    patience: int = 8
    batch_size: int = 8
    dropout: float = 0.3
    learn_rate: float = 0.001
    others: float = 2.0
    silver: int = 8_000
    swapped: float = 0.5
    swap: float = 0.3
    unlisted: float = 0.1
    refit: bool = True


def pipe_of(head: str) -> str:
    """Give the name of a head's pipe."""
    return PIPE_OF_HEAD.get(head, f"ner_{head}")


def make_pipeline(pipes: Sequence[str], lexicon: Lexicon) -> Language:
    """Make an untrained pipeline: lexicon, shared reading of the words, one transition parser for each head."""
    nlp = make_tokenizer()
    marker: Any = nlp.add_pipe("polnlp_lexicon")
    marker.lexicon = lexicon
    nlp.add_pipe("tok2vec", config={"model": _reader_config()})
    for pipe in pipes:
        nlp.add_pipe("ner", name=pipe, config={"model": _head_config()})
    return nlp


def make_tokenizer() -> Language:
    """Make a pipeline that only cuts words: at every hyphen, dash and slash too.

    So the name in "pro-Chavez" or "U.S.-led" is a token of its own.
    """
    nlp = spacy.blank("en")
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=\S)[-–—/](?=\S)", r"(?<=[\])])(?=\[)"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


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


def make_example(doc: Doc, text: LabelledText) -> Example:
    """Turn a text into an example for the Doc made of it; a span of no whole tokens is unknown, not negative."""
    reference = Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
    known = []
    doubtful = list(text.unknown)
    for span in text.spans:
        exact = reference.char_span(span.start, span.end, label=span.label)
        if exact is not None:
            known.append(exact)
        else:
            doubtful.append((span.start, span.end))
    unknown = [reference.char_span(start, end, alignment_mode="expand") for start, end in doubtful]
    reference.set_ents(known, missing=_apart(unknown, known), default="outside")
    return Example(doc, reference)


def _apart(spans: Iterable[Span | None], known: Iterable[Span]) -> list[Span]:
    """Drop spans that meet a known one, and those that meet each other."""
    taken = {token for span in known for token in range(span.start, span.end)}
    kept = []
    for span in spans:
        if span is not None and not taken & set(range(span.start, span.end)):
            taken |= set(range(span.start, span.end))
            kept.append(span)
    return kept


class Trainer:
    """Trains the heads of a pipeline in turn on the reading that they share."""

    def __init__(
        self,
        texts: Mapping[str, Sequence[LabelledText]],
        lexicon: Lexicon,
        settings: Settings,
        *,
        seed: int,
        others: Mapping[str, Sequence[LabelledText]] | None = None,
        pool: Pool | None = None,
    ) -> None:
        """Make the pipeline.

        Args:
            texts: Those of each main head, by its pipe's name.
            lexicon: The names that the tagger is told of.
            settings: How to train.
            seed: The same seed gives the same model, on one kind of machine.
            others: Texts of other heads, and those that a teacher marked for the main ones.
            pool: Names to swap in; without it none are swapped.
        """
        fix_random_seed(seed)
        others = others or {}
        self.nlp = make_pipeline(list(dict.fromkeys([*texts, *others])), lexicon)
        self.texts, self.settings, self.pool = texts, settings, pool or {}
        self.random = random.Random(seed)  # noqa: S311
        self.fixed = {pipe: self._make_examples(of_pipe) for pipe, of_pipe in texts.items()}
        self.others = {pipe: self._make_examples(of_pipe) for pipe, of_pipe in others.items()}
        everything = [*self.fixed.items(), *self.others.items()]
        for pipe, examples in everything:
            head: Any = self.nlp.get_pipe(pipe)
            for label in sorted({span.label_ for example in examples for span in example.reference.ents}):
                head.add_label(label)
        sample = [example for _, examples in everything for example in examples[:50]]
        self.optimizer: Optimizer = self.nlp.initialize(lambda: sample)
        self.optimizer.learn_rate = settings.learn_rate
        self._waiting: list[Step] = []

    def run_epoch(self) -> float:
        """Go once over the texts of the main heads, with steps on others between; give the mean loss a text."""
        size = self.settings.batch_size
        steps = [step for pipe in self.texts for step in self._cut(pipe, self._vary(pipe), size)]
        steps += self._take_others(round(len(steps) * self.settings.others))
        self.random.shuffle(steps)
        return sum(self._step(pipe, batch) for pipe, batch in steps) / max(1, sum(len(batch) for _, batch in steps))

    def _take_others(self, count: int) -> list[Step]:
        """Take the next steps on other texts; when all were seen, they are shuffled anew."""
        size = 2 * self.settings.batch_size  # longer batches are faster, and these texts need less care
        while self.others and len(self._waiting) < count:
            fresh = [step for pipe, examples in self.others.items() for step in self._cut(pipe, examples, size)]
            self.random.shuffle(fresh)
            self._waiting += fresh
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def _make_examples(self, texts: Iterable[LabelledText]) -> list[Example]:
        marker: LexiconMarker = self.nlp.get_pipe("polnlp_lexicon")  # type: ignore[assignment]
        return [make_example(marker(self.nlp.make_doc(text.text)), text) for text in texts]

    def _vary(self, pipe: str) -> list[Example]:
        """Give the examples of a head for one epoch: some with other names, some without the lexicon's help."""
        settings = self.settings
        examples = []
        for text, fixed in zip(self.texts[pipe], self.fixed[pipe], strict=True):
            if self.random.random() < settings.swapped and self.pool:
                text = swap_names(text, self.pool, self.random, settings.swap)
                (fixed,) = self._make_examples([text])
            if self.random.random() < settings.unlisted:
                fixed = make_example(self.nlp.make_doc(text.text), text)
            examples.append(fixed)
        return examples

    def _cut(self, pipe: str, examples: list[Example], size: int) -> list[Step]:
        shuffled = self.random.sample(examples, len(examples))
        return [(pipe, shuffled[first : first + size]) for first in range(0, len(shuffled), size)]

    def _step(self, pipe: str, batch: list[Example]) -> float:
        """Update one head and the shared reading.

        ``Language.update`` would need every text labelled for every head; so the reading is handed to the one head's
        listener here, as ``Tok2Vec.update`` does it for all.
        """
        reader: Tok2Vec = self.nlp.get_pipe("tok2vec")  # type: ignore[assignment]
        head: Any = self.nlp.get_pipe(pipe)
        docs = [example.predicted for example in batch]
        set_dropout_rate(reader.model, self.settings.dropout)
        vectors, backprop = reader.model.begin_update(docs)
        listener = next(layer for layer in head.model.walk() if layer in reader.listeners)
        listener.receive(listener.get_batch_id(docs), vectors, backprop)
        losses = head.update(batch, drop=self.settings.dropout, sgd=None)
        head.finish_update(self.optimizer)
        reader.finish_update(self.optimizer)
        return float(losses[head.name])

    def freeze(self) -> Language:
        """Give a copy of the pipeline as it is now: averaged weights, main heads only."""
        with self.nlp.use_params(self.optimizer.averages):
            data = self.nlp.to_bytes()
        heads = [name for name in self.nlp.pipe_names if name.startswith("ner")]
        copy = make_pipeline(heads, self.nlp.get_pipe("polnlp_lexicon").lexicon)  # type: ignore[attr-defined]
        copy.from_bytes(data)
        for pipe in heads:
            if pipe not in MAIN:
                copy.remove_pipe(pipe)
        return copy
