"""BIO tags over words: which sequences are legal, and the best legal one."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from polnlp.schema import LABELS

SCHEMES = ("codebook", "crossner")
NAME_TAGS: tuple[str, ...] = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))


class TagSpan(NamedTuple):
    """A run of words with one label; ``end`` is the first word after it."""

    start: int
    end: int
    label: int


def bio_ids(spans: list[TagSpan], n_words: int) -> npt.NDArray[np.int64]:
    """Write spans as tag ids: 0 outside, ``1 + 2 * label`` at the first word, ``2 + 2 * label`` at the others."""
    tags = np.zeros(n_words, dtype=np.int64)
    for start, end, label in spans:
        tags[start:end] = 2 + 2 * label
        tags[start] = 1 + 2 * label
    return tags


def decode_tags(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Find the legal tag sequence of highest probability.

    Only one thing is illegal: to go on with a name (I) that has not begun (B or I of the same label). A sequence of
    each word's best tag that happens to be legal is the best one, which spares most paragraphs the search.

    Args:
        logits: ``(n_words, 1 + 2 * n_labels)``, in the order of ``NAME_TAGS``.

    Returns:
        Tag ids ``(n_words,)``; empty for no words.

    References:
        Viterbi (1967). Error bounds for convolutional codes. IEEE Transactions on Information Theory 13(2), 260-269.
    """
    if not len(logits):
        return np.zeros(0, dtype=np.int64)
    greedy = logits.argmax(axis=1)
    return greedy if _is_legal(greedy) else _search(logits.astype(np.float64))


def _is_legal(tags: npt.NDArray[np.int64]) -> bool:
    inside = (tags > 0) & (tags % 2 == 0)
    before = np.concatenate(([0], tags[:-1]))
    return not bool((inside & (before != tags) & (before != tags - 1)).any())


def _search(logits: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    n_words, n_tags = logits.shape
    back = np.zeros((n_words, n_tags), dtype=np.int64)
    begins = np.arange(1, n_tags, 2)
    score = logits[0].copy()
    score[begins + 1] = -np.inf
    for word in range(1, n_words):
        best = int(score.argmax())
        from_begin = score[begins] >= score[begins + 1]
        back[word] = best
        back[word, begins + 1] = np.where(from_begin, begins, begins + 1)
        score = score[back[word]] + logits[word]
    path = np.zeros(n_words, dtype=np.int64)
    path[-1] = score.argmax()
    for word in range(n_words - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path


def tag_spans(tags: npt.NDArray[np.int64]) -> list[TagSpan]:
    """Read the spans off a legal tag sequence, in order."""
    starts = np.flatnonzero(tags % 2 == 1)
    spans = []
    for start in starts.tolist():
        end, inside = start + 1, int(tags[start]) + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        spans.append(TagSpan(start, end, (inside - 2) // 2))
    return spans
