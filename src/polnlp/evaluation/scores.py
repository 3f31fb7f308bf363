"""Scores as small pure functions: spans, dates, classes, grouping, and how sure a figure is.

All figures are in [0, 1]. A precision, recall or F1 over nothing is 0.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

Span = tuple[int, int, str]
Floats = npt.NDArray[np.float64]
_SEED = 0
_EXAMPLES = 10  # of each kind
_AROUND = 60  # characters of an excerpt before and after


class LabelScores(msgspec.Struct, frozen=True, kw_only=True):
    """Precision, recall and F1 of one label; ``gold`` and ``found`` are counts."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An error, to look at.

    Attributes:
        id: Of the text.
        text: The words around it.
        gold: What the annotators say.
        found: What was found instead.
        score: How sure the model was; ``None`` where it found nothing.
    """

    id: str
    text: str
    gold: str
    found: str
    score: float | None = None


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of an evaluation.

    Attributes:
        documents: Texts that were scored.
        values: The figures, the one that is reported as a rule first.
        intervals: 95 % bootstrap interval over documents of some of them.
        labels: Figures of each label.
        confusion: ``"gold → found"`` to its count, right ones left out.
        examples: The worst errors: those of which the model was surest first, then what it missed.
        notes: What was left out of the count, and how labels were mapped.
    """

    task: str
    gold: str
    documents: int
    values: dict[str, float]
    intervals: dict[str, tuple[float, float]] = {}
    labels: dict[str, LabelScores] = {}
    confusion: dict[str, int] = {}
    examples: tuple[Example, ...] = ()
    notes: tuple[str, ...] = ()


def score_counts(right: int, found: int, gold: int) -> LabelScores:
    """Give precision, recall and F1 of counts.

    Examples:
        >>> score_counts(2, 4, 2).f1
        0.6667
    """
    return LabelScores(
        precision=_share(right, found),
        recall=_share(right, gold),
        f1=_share(2 * right, found + gold),
        gold=gold,
        found=found,
    )


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def score_spans(
    gold: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]]
) -> tuple[LabelScores, dict[str, LabelScores], Floats]:
    """Score ``(start, end, label)`` spans, exact in span and label (CoNLL-2003).

    Args:
        gold: Spans of each document.
        found: Of the same documents, in the same order.

    Returns:
        Micro-averaged scores; those of each label; and an array (n_documents, 3) of right, found and gold spans.
    """
    by_label: dict[str, list[int]] = {}
    rows = []
    for of_gold, of_found in zip(map(set, gold), map(set, found), strict=True):
        right = of_gold & of_found
        rows.append((len(right), len(of_found), len(of_gold)))
        for column, spans in enumerate((right, of_found, of_gold)):
            for _, _, label in spans:
                by_label.setdefault(label, [0, 0, 0])[column] += 1
    counts = np.array(rows, dtype=np.float64).reshape(-1, 3)
    right_all, found_all, gold_all = (int(total) for total in counts.sum(axis=0))
    labels = {label: score_counts(*columns) for label, columns in sorted(by_label.items())}
    return score_counts(right_all, found_all, gold_all), labels, counts


def confuse_spans(gold: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]]) -> dict[str, int]:
    """Count what became of gold spans that were not found as they are, and of found ones that are none.

    A gold span is ``label → other label`` where the very span was found with another label, ``label → other span``
    where something overlaps it, else ``label → nothing``; a found span that overlaps none is ``nothing → label``.
    """
    counts: Counter[str] = Counter()
    for of_gold, of_found in zip(map(set, gold), map(set, found), strict=True):
        labels_at = {(start, end): label for start, end, label in of_found}
        for span in of_gold - of_found:
            other = labels_at.get(span[:2]) or ("other span" if _overlaps_any(span, of_found) else "nothing")
            counts[f"{span[2]} → {other}"] += 1
        for span in of_found:
            if not _overlaps_any(span, of_gold):
                counts[f"nothing → {span[2]}"] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _overlaps_any(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def worst_examples(errors: Iterable[Example]) -> tuple[Example, ...]:
    """Pick errors to look at: at most ten that were found wrongly, the surest first, and ten that were missed."""
    ordered = sorted(errors, key=lambda error: -(error.score or 0.0))
    wrong = [error for error in ordered if error.score is not None]
    missed = [error for error in ordered if error.score is None]
    return (*wrong[:_EXAMPLES], *missed[:_EXAMPLES])


def excerpt(text: str, start: int, end: int) -> str:
    """Give a stretch of text between arrows, in the words around it, on one line.

    Examples:
        >>> excerpt("In Quito the MAS won.", 13, 16)
        'In Quito the →MAS← won.'
    """
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"{before}→{text[start:end]}←{after}".split())


def match_relaxed(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair spans that overlap, each at most once: the very same first, then from left to right.

    Returns:
        Pairs of indices into ``gold`` and ``found``.
    """
    pairs = [(g, found.index(span)) for g, span in enumerate(gold) if span in found]
    used_gold, used_found = {g for g, _ in pairs}, {f for _, f in pairs}
    for g in sorted(set(range(len(gold))) - used_gold, key=lambda g: gold[g]):
        start, end = gold[g]
        for f in sorted(set(range(len(found))) - used_found, key=lambda f: found[f]):
            if start < found[f][1] and found[f][0] < end:
                pairs.append((g, f))
                used_found.add(f)
                break
    return sorted(pairs)


def score_classes(
    gold: Sequence[str], found: Sequence[str]
) -> tuple[float, float, dict[str, LabelScores], dict[str, int]]:
    """Score one label an item.

    Returns:
        Accuracy; macro-F1 over the labels that occur in ``gold``; scores of each label; errors as ``"gold → found"``.
    """
    pairs = Counter(zip(gold, found, strict=True))
    labels = {}
    for label in sorted({*gold, *found}):
        labels[label] = score_counts(pairs[label, label], found.count(label), gold.count(label))
    accuracy = _share(sum(pairs[label, label] for label in labels), len(gold))
    in_gold = [scores.f1 for scores in labels.values() if scores.gold]
    macro = round(sum(in_gold) / len(in_gold), 4) if in_gold else 0.0
    errors = {f"{g} → {f}": n for (g, f), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0])) if g != f}
    return accuracy, macro, labels, errors


def score_groups(gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> tuple[float, float, float]:
    """Give B³ precision, recall and F1 of a grouping.

    A mention counts as many shares as others of its group are rightly beside it; one that is only in ``found`` lowers
    precision, one that is only in ``gold`` recall.

    References:
        Bagga and Baldwin (1998). Algorithms for scoring coreference chains. LREC workshop on linguistic coreference.
        Cai and Strube (2010). Evaluation metrics for end-to-end coreference resolution systems. SIGDIAL (the treatment
        of mentions that one side alone has is simpler here: they count 0).
    """
    gold_of = {mention: frozenset(group) for group in map(list, gold) for mention in group}
    found_of = {mention: frozenset(group) for group in map(list, found) for mention in group}
    both = gold_of.keys() & found_of.keys()
    shared = {mention: len(gold_of[mention] & found_of[mention]) for mention in both}
    precision = sum(shared[mention] / len(found_of[mention]) for mention in both) / max(1, len(found_of))
    recall = sum(shared[mention] / len(gold_of[mention]) for mention in both) / max(1, len(gold_of))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return round(precision, 4), round(recall, 4), round(f1, 4)


def bootstrap(
    counts: Floats, statistic: Callable[[Floats], float], *, samples: int = 1_000, level: float = 0.95
) -> tuple[float, float]:
    """Give the percentile bootstrap interval of a figure over documents.

    Args:
        counts: One row of counts a document.
        statistic: The figure from the summed counts; draws for which it is ``nan`` do not count.

    References:
        Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    """
    if not len(counts):
        return 0.0, 0.0
    draws = np.random.default_rng(_SEED).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=samples)
    values = [statistic(row) for row in draws @ counts]
    low, high = np.nanquantile(values, [(1 - level) / 2, (1 + level) / 2])
    return round(float(low), 4), round(float(high), 4)


def f1_of_counts(counts: Floats) -> float:
    """Give F1 of right, found and gold."""
    right, found, gold = counts
    return float(2 * right / (found + gold)) if found + gold else 0.0


def share_of_counts(counts: Floats) -> float:
    """Give the share of right ones of counts right and all."""
    right, whole = counts
    return float(right / whole) if whole else 0.0
