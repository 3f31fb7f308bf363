"""The task of reading a text: names by each way of marking, topic and stances, all off the same vectors."""

import random
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from polnlp.encoder.tags import TagSpan, bio_ids, decode_tags, tag_spans
from polnlp.encoder.tokens import CASES, Tokenization, Tokens
from polnlp.schema import LABELS
from polnlp.training.encoder.augment import change_case, swap_names
from polnlp.training.encoder.batches import MAX_PIECES, collate, first_window, shuffled_groups
from polnlp.training.encoder.data import Example, Span
from polnlp.training.encoder.judgments import judgment_heads, judgment_loss
from polnlp.training.encoder.model import PoliticalEncoder

SCHEMES = {"crossner": LABELS, "codebook": LABELS}
_SOFT_WEIGHT = 0.5  # of a teacher's word beside a marked one
Soft = npt.NDArray[np.floating]


class ReadingTask:
    """Draws batches of texts and gives their loss, of all that is known of each.

    A text longer than a window is cut for training only; at run time windows overlap and nothing is lost.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        labels: Mapping[str, Sequence[str]],
        tokenize: Tokenization,
        *,
        share: float = 1.0,
        pieces_per_batch: int = 900,
        swap: float = 0.0,
        case: float = 0.0,
        feature_dropout: float = 0.0,
        judgment_weight: float = 1.0,
        pool: Mapping[str, Sequence[str]] | None = None,
        soft: Mapping[str, Mapping[str, Soft]] | None = None,
    ) -> None:
        """Take the data.

        Args:
            examples: What to learn from.
            labels: Output layer for names to its labels, in the order of its outputs; none where names are not learnt.
            tokenize: The encoder's pieces.
            share: Of the examples, drawn anew for each epoch.
            pieces_per_batch: Upper bound of a batch's padded size.
            swap: Share of names that are swapped for others, see ``swap_names``: what surrounds them is to be read.
            case: Share of texts written in small letters, and in capitals.
            feature_dropout: Share of texts whose gazetteer matches are hidden, so that the text is read too.
            judgment_weight: Weight of topic and stance beside names; 0 leaves them unread.
            pool: Names to swap in.
            soft: Text to output layer to a teacher's probabilities ``(n_words, n_tags)``, for texts without marks.
        """
        self.examples = examples
        self.labels = labels
        self.tokenize = tokenize
        self.share = share
        self.pieces_per_batch = pieces_per_batch
        self.swap, self.case, self.feature_dropout = swap, case, feature_dropout
        self.judgment_weight = judgment_weight
        self.pool = pool or {}
        self.soft = soft or {}

    def heads(self) -> dict[str, tuple[int, int]]:
        """Give the output layers with their numbers of outputs and of vectors that each reads side by side."""
        layers = {layer: (1 + 2 * len(labels), 1) for layer, labels in self.labels.items()}
        return layers | (judgment_heads(self.examples) if self.judgment_weight else {})

    def batches(self, rng: random.Random) -> Iterator[list[tuple[Example, Tokens]]]:
        """Give one epoch of batches: texts of like length together, the batches shuffled."""
        drawn = rng.sample(list(self.examples), round(len(self.examples) * self.share))
        changed = [self._vary(example, rng) for example in drawn]
        read = [(example, first_window(self._hide_names(self.tokenize(example.text), rng))) for example in changed]
        read = [pair for pair in read if len(pair[1].words)]
        read.sort(key=lambda pair: len(pair[1].ids) * rng.uniform(0.85, 1.15))
        yield from shuffled_groups(read, self.pieces_per_batch, rng)

    def _vary(self, example: Example, rng: random.Random) -> Example:
        swapped = swap_names(example, self.pool, rng, self.swap) if self.swap else example
        return change_case(swapped, rng, self.case)

    def _hide_names(self, tokens: Tokens, rng: random.Random) -> Tokens:
        if rng.random() < self.feature_dropout:
            tokens.features[:, len(CASES) :] = 0
        return tokens

    def loss(self, model: PoliticalEncoder, batch: Sequence[tuple[Example, Tokens]]) -> Tensor:
        """Give the sum of what each task loses: each layer of names by word, topic by text, stance by target."""
        vectors = model(*collate([tokens for _, tokens in batch], self.tokenize))
        total: Tensor = vectors.new_zeros(())
        if self.judgment_weight:
            total = self.judgment_weight * judgment_loss(model, vectors, batch)
        for layer in self.labels:
            learning = [i for i, (e, _) in enumerate(batch) if layer in e.marked or e.text in self.soft]
            if learning:
                total = total + self._layer_loss(model, vectors, batch, layer, learning)
        return total

    def _layer_loss(
        self,
        model: PoliticalEncoder,
        vectors: Tensor,
        batch: Sequence[tuple[Example, Tokens]],
        layer: str,
        learning: list[int],
    ) -> Tensor:
        # The opening mark stands before the pieces, hence one further.
        picked = torch.cat([vectors[i, torch.from_numpy(batch[i][1].words).long() + 1] for i in learning])
        targets = np.concatenate([self.target(*batch[i], layer) for i in learning])
        shares = [(len(batch[i][1].words), batch[i][0].weights.get(layer, _SOFT_WEIGHT)) for i in learning]
        weights = np.concatenate([np.full(n_words, weight) for n_words, weight in shares])
        losses = F.cross_entropy(model.head(layer)(picked), torch.from_numpy(targets), reduction="none")
        weighted: Tensor = losses * torch.from_numpy(weights).float()
        return weighted.sum() / len(weights)

    def target(self, example: Example, tokens: Tokens, layer: str) -> Soft:
        """Give the probabilities to learn, ``(n_words, n_tags)``: a teacher's, else the marks."""
        if layer not in example.marked:
            return self.soft[example.text][layer][: len(tokens.words)].astype(np.float32)
        labels = self.labels[layer]
        return np.eye(1 + 2 * len(labels), dtype=np.float32)[word_tags(tokens, example.marked[layer], labels)]


def word_tags(tokens: Tokens, spans: Sequence[Span], labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Write character spans as one tag a word; a word that a span covers in part belongs to it."""
    starts, ends = word_bounds(tokens)
    word_spans = []
    for span in spans:
        first, last = int(np.searchsorted(ends, span.start, "right")), int(np.searchsorted(starts, span.end, "left"))
        if first < last:
            word_spans.append(TagSpan(first, last, labels.index(span.label)))
    return bio_ids(word_spans, len(tokens.words))


def word_bounds(tokens: Tokens) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Give each word's start and end in code points."""
    last = np.append(tokens.words[1:], len(tokens.ids)) - 1
    return tokens.offsets[tokens.words, 0], tokens.offsets[last, 1]


@torch.no_grad()
def predict_logits(
    model: PoliticalEncoder, texts: Sequence[str], tokenize: Tokenization, layers: Sequence[str]
) -> Iterator[tuple[Tokens, dict[str, Soft]]]:
    """Give each text's pieces and each layer's logits per word ``(n_words, n_tags)``; windows as at run time."""
    model.eval()
    for text in texts:
        tokens = tokenize(text)
        step, size = MAX_PIECES // 2, MAX_PIECES
        logits = {layer: np.zeros((len(tokens.words), model.head(layer).out_features), np.float32) for layer in layers}
        for start in range(0, max(len(tokens.ids) - step, 1), step):
            here = slice(start, start + size)
            part = Tokens(tokens.ids[here], tokens.offsets[here], tokens.words, tokens.features[here])
            inside = (tokens.words >= start + (step // 2 if start else 0)) & (tokens.words < start + size)
            if not len(part.ids) or not inside.any():
                continue
            vectors = model(*collate([part], tokenize))[0, torch.from_numpy(tokens.words[inside] - start).long() + 1]
            for layer in layers:
                logits[layer][inside] = model.head(layer)(vectors).numpy()
        yield tokens, logits


def spans_of(tokens: Tokens, logits: Soft, labels: Sequence[str], *, greedy: bool = False) -> list[Span]:
    """Decode one text's logits into character spans."""
    tags = _mend(logits.argmax(axis=1)) if greedy else decode_tags(logits)
    starts, ends = word_bounds(tokens)
    return [Span(int(starts[s]), int(ends[e - 1]), labels[label]) for s, e, label in tag_spans(tags)]


def _mend(tags: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    # As the usual scorer does: a name that goes on without having begun begins there.
    mended = tags.copy()
    for i, tag in enumerate(tags):
        before = mended[i - 1] if i else 0
        if tag and tag % 2 == 0 and before not in (tag, tag - 1):
            mended[i] = tag - 1
    return mended


def score_spans(
    gold: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]
) -> dict[str, tuple[float, float, float]]:
    """Give precision, recall and F1 (in percent) of exact spans: over all labels as ``micro``, and per label."""
    counts: dict[str, list[int]] = {"micro": [0, 0, 0]}
    for marked, guessed in zip(gold, found, strict=True):
        right = set(marked) & set(guessed)
        for column, spans in enumerate((right, set(guessed), set(marked))):
            for span in spans:
                counts.setdefault(span.label, [0, 0, 0])[column] += 1
                counts["micro"][column] += 1
    return {label: _rates(*three) for label, three in sorted(counts.items())}


def _rates(right: int, found: int, marked: int) -> tuple[float, float, float]:
    precision, recall = right / max(found, 1), right / max(marked, 1)
    f1 = 2 * right / max(found + marked, 1)
    return round(100 * precision, 2), round(100 * recall, 2), round(100 * f1, 2)
