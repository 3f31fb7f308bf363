"""Texts in pieces → batches of one length, and what a model reads in them."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from polnlp.encoder.tokens import Tokenization, Tokens
from polnlp.training.encoder.data import Example
from polnlp.training.encoder.model import PoliticalEncoder, has_16_bit_unit

MAX_PIECES = 384
_BATCH = 32


def first_window(tokens: Tokens) -> Tokens:
    """Give the pieces that a text is trained with: its first window."""
    if len(tokens.ids) <= MAX_PIECES:
        return tokens
    words = tokens.words[tokens.words < MAX_PIECES]
    return Tokens(tokens.ids[:MAX_PIECES], tokens.offsets[:MAX_PIECES], words, tokens.features[:MAX_PIECES])


def shuffled_groups(
    read: Sequence[tuple[Example, Tokens]], pieces: int, rng: random.Random
) -> list[list[tuple[Example, Tokens]]]:
    """Cut a list that is sorted by length into batches of at most ``pieces`` padded pieces, in random order."""
    groups: list[list[tuple[Example, Tokens]]] = [[]]
    for pair in read:
        if groups[-1] and (len(groups[-1]) + 1) * (len(pair[1].ids) + 2) > pieces:
            groups.append([])
        groups[-1].append(pair)
    rng.shuffle(groups)
    return [group for group in groups if group]


def collate(batch: Sequence[Tokens], tokenize: Tokenization) -> tuple[Tensor, Tensor]:
    """Pad to one length, with the marks that open and close a window; features of marks are 0."""
    longest = max(len(tokens.ids) for tokens in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    features = np.zeros((len(batch), longest, batch[0].features.shape[1]), dtype=np.uint8)
    for row, tokens in enumerate(batch):
        end = len(tokens.ids) + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = tokenize.open_id, tokens.ids, tokenize.close_id
        features[row, 1:end] = tokens.features
    return torch.from_numpy(ids), torch.from_numpy(features)


@torch.no_grad()
def read_texts(
    model: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization
) -> Iterator[tuple[int, Tokens, Tensor]]:
    """Give each text's number, pieces and vectors, in the order of length; a text without words is passed over."""
    model.eval()
    model.in_16_bits = has_16_bit_unit()
    read = [(number, first_window(tokenize(example.text))) for number, example in enumerate(examples)]
    read = sorted((pair for pair in read if len(pair[1].words)), key=lambda pair: len(pair[1].ids))
    for at in range(0, len(read), _BATCH):
        group = read[at : at + _BATCH]
        vectors = model(*collate([tokens for _, tokens in group], tokenize))
        yield from ((number, tokens, vectors[row]) for row, (number, tokens) in enumerate(group))
    model.in_16_bits = False
