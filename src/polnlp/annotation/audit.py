"""What gold says of a run: its errors, how far annotators agree, and shares corrected for the errors."""

import math
import re
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from polnlp.annotation.agreement import cohen_kappa, coincidences, krippendorff_alpha
from polnlp.annotation.items import Item, Mark
from polnlp.annotation.shares import Share, correct_shares, weigh
from polnlp.arguments import each_of
from polnlp.errors import CorpusError
from polnlp.evaluation.scores import Floats, LabelScores, bootstrap, f1_of_counts, score_counts, share_of_counts

_WORD = re.compile(r"\w+")
NOTHING = "O"  # the label of a word that no mark covers


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its 95 % bootstrap interval over documents; ``None`` where it is not defined."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of an audit.

    Attributes:
        what: Paragraphs, entities, edges or stances.
        items: Items of the gold.
        documents: Articles that they are from: what the intervals draw from.
        figures: Precision, recall, F1, accuracy of the run; each item weighs as many units as it stands for.
        labels: Task to label to scores; ``gold`` and ``found`` there are plain counts.
        agreement: Of two annotators.
        shares: Of topics, stances or verdicts, corrected by design-based supervised learning.
    """

    what: str
    items: int
    documents: int
    figures: list[Figure] = []
    labels: dict[str, dict[str, LabelScores]] = {}
    agreement: list[Figure] = []
    shares: list[Share] = []
    notes: list[str] = []


def audit(gold: Sequence[Item], other: Sequence[Item] | None = None) -> Audit:
    """Score the run that a sample was drawn from on that sample, as annotated.

    Examples:
        >>> from polnlp.annotation.items import Found
        >>> gold = [
        ...     Item(id="a", what="stances", text="Correa lied.", choice="against", found=Found(choice="against")),
        ...     Item(id="b", what="stances", text="Correa left.", choice="neutral", found=Found(choice="against")),
        ... ]
        >>> [(figure.name, figure.value) for figure in audit(gold).figures]
        [('stance accuracy', 0.5)]

    Args:
        gold: From ``polnlp import``.
        other: Another person's annotations of the same items, or of some of them.

    Returns:
        Figures with their 95 % intervals, agreement, and corrected shares, all in [0, 1] but kappa and alpha, which
        are at most 1.

    Raises:
        CorpusError: If the gold is empty or mixes kinds of items, or the two share no item.
        TypeError: If ``gold`` or ``other`` are not items, such as a file's name.

    References:
        Egami, Hinck, Stewart and Wei (2023). Using imperfect surrogates for downstream inference: design-based
        supervised learning for social science applications of large language models. NeurIPS 36.
        Cohen (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1).
        Krippendorff (2019). Content analysis: an introduction to its methodology, 4th edition. Sage, chapter 12.
        Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    """
    hint = "polnlp.annotation.read_items(path) reads them"
    gold = list(each_of(Item, gold, "gold", hint))
    other = None if other is None else list(each_of(Item, other, "other", hint))
    kinds = sorted({item.what for item in gold})
    if len(kinds) != 1:
        raise CorpusError(f"The gold holds {', '.join(kinds) or 'no items'}; audit one kind at a time.")
    what = kinds[0]
    scored = [item for item in gold if item.found is not None]
    figures, labels = _score(scored) if scored else ([], {})
    return Audit(
        what=what,
        items=len(gold),
        documents=len({item.article for item in gold}),
        figures=figures,
        labels=labels,
        agreement=_agree(gold, other) if other is not None else [],
        shares=correct_shares(gold),
        notes=_notes(gold),
    )


def _score(items: Sequence[Item]) -> tuple[list[Figure], dict[str, dict[str, LabelScores]]]:
    figures: list[Figure] = []
    labels: dict[str, dict[str, LabelScores]] = {}
    if items[0].what == "paragraphs":
        for task, wanted in (("names", _is_name), ("dates", _is_date)):
            pairs = [
                (_spans(item.spans, wanted), _spans(item.found.spans if item.found else (), wanted)) for item in items
            ]
            if any(gold or found for gold, found in pairs):
                more, labels[task] = _score_sets(task, pairs, items)
                figures += more
    judged = [item for item in items if item.choice is not None]
    if judged:
        task = {"paragraphs": "topic", "stances": "stance"}.get(judged[0].what, "verdict")
        weights = weigh(judged)
        right = [item.found is not None and item.found.choice == item.choice for item in judged]
        rows = _by_document(judged, [(w * r, w) for w, r in zip(weights, right, strict=True)])
        name = f"{task} accuracy" if task != "verdict" else "precision"
        figures.append(_figure(name, rows, share_of_counts))
        if task != "verdict":
            chosen = [({(0, 0, item.choice or "")}, _chosen(item)) for item in judged]
            _, labels[task] = _score_sets(task, chosen, judged)
    return figures, labels


Spans = set[tuple[int, int, str]]


def _chosen(item: Item) -> Spans:
    return {(0, 0, item.found.choice)} if item.found and item.found.choice else set()


def _is_name(mark: Mark) -> bool:
    return mark.label != "DATE"


def _is_date(mark: Mark) -> bool:
    return mark.label == "DATE"


def _spans(marks: Sequence[Mark], wanted: Callable[[Mark], bool]) -> Spans:
    return {(mark.start, mark.end, mark.label) for mark in marks if wanted(mark)}


def _score_sets(
    task: str, pairs: Sequence[tuple[Spans, Spans]], items: Sequence[Item]
) -> tuple[list[Figure], dict[str, LabelScores]]:
    """Score sets of marks, exact in span and label."""
    weights = weigh(items)
    rows = [(w * len(g & f), w * len(f), w * len(g)) for (g, f), w in zip(pairs, weights, strict=True)]
    counts = _by_document(items, rows)
    figures = [
        _figure(f"{task} F1", counts, f1_of_counts),
        _figure(f"{task} precision", counts[:, [0, 1]], share_of_counts),
        _figure(f"{task} recall", counts[:, [0, 2]], share_of_counts),
    ]
    labels = {}
    for label in sorted({span[2] for gold, found in pairs for span in gold | found}):
        of_label = [({s for s in g if s[2] == label}, {s for s in f if s[2] == label}) for g, f in pairs]
        right, found, gold = (
            sum(w * len(part) for w, part in zip(weights, parts, strict=True))
            for parts in zip(*((g & f, f, g) for g, f in of_label), strict=True)
        )
        scores = score_counts(right, found, gold)  # type: ignore[arg-type]  # weighted counts
        labels[label] = msgspec.structs.replace(
            scores, gold=sum(len(g) for g, _ in of_label), found=sum(len(f) for _, f in of_label)
        )
    return figures, labels


def _by_document(items: Sequence[Item], rows: Sequence[Sequence[float]]) -> Floats:
    """Sum rows by article."""
    sums: dict[str, Floats] = {}
    for item, row in zip(items, rows, strict=True):
        sums[item.article] = sums.get(item.article, np.zeros(len(row))) + np.asarray(row, dtype=np.float64)
    return np.array([sums[article] for article in sorted(sums)])


def _figure(name: str, counts: Floats, statistic: Callable[[Floats], float]) -> Figure:
    value = statistic(counts.sum(axis=0))
    if math.isnan(value):
        return Figure(name=name, value=None)
    low, high = bootstrap(counts, statistic)
    return Figure(name=name, value=round(value, 4), low=low, high=high)


def _agree(first: Sequence[Item], second: Sequence[Item]) -> list[Figure]:
    """Compare two annotators: choices item by item, marks by F1 and word by word."""
    theirs = {item.id: item for item in second}
    pairs = [(item, theirs[item.id]) for item in first if item.id in theirs]
    if not pairs:
        raise CorpusError("The two files share no item; give two people's annotations of one sample.")
    items = [item for item, _ in pairs]
    figures = []
    chosen = [(a, b) for a, b in pairs if a.choice is not None and b.choice is not None]
    if chosen:
        figures += _agree_on("choice", [[(a.choice or "", b.choice or "")] for a, b in chosen], [a for a, _ in chosen])
    if items[0].what == "paragraphs":
        sets = [(_spans(a.spans, bool), _spans(b.spans, bool)) for a, b in pairs]
        rows = _by_document(items, [(len(a & b), len(b), len(a)) for a, b in sets])
        figures.append(_figure("marks: F1 of one against the other", rows, f1_of_counts))
        words = [list(zip(_label_words(a), _label_words(b), strict=True)) for a, b in pairs]
        figures += _agree_on("marks, word by word", words, items)
    return figures


def _label_words(item: Item) -> list[str]:
    """Give each word's label; of a word with several marks all of them, joined."""
    words = [
        {mark.label for mark in item.spans if mark.start < word.end() and word.start() < mark.end}
        for word in _WORD.finditer(item.text)
    ]
    return ["+".join(sorted(labels)) or NOTHING for labels in words]


def _agree_on(name: str, pairs: Sequence[Sequence[tuple[str, str]]], items: Sequence[Item]) -> list[Figure]:
    labels = sorted({label for of_item in pairs for pair in of_item for label in pair})
    size = len(labels)
    counts = _by_document(items, [coincidences(of_item, labels).ravel().tolist() for of_item in pairs])
    measures: dict[str, Callable[[Floats], float]] = {
        "agreement": lambda both: float(np.trace(both) / both.sum()) if both.sum() else float("nan"),
        "Cohen's kappa": cohen_kappa,
        "Krippendorff's alpha": krippendorff_alpha,
    }

    def square(statistic: Callable[[Floats], float]) -> Callable[[Floats], float]:
        return lambda row: statistic(row.reshape(size, size))

    return [_figure(f"{name}: {measure}", counts, square(statistic)) for measure, statistic in measures.items()]


def _notes(items: Sequence[Item]) -> list[str]:
    notes = []
    unjudged = sum(item.choice is None for item in items)
    if unjudged:
        notes.append(f"{unjudged} of {len(items)} items have no choice; figures on choices and shares are without them")
    if not all(item.found for item in items):
        notes.append("items that come from no run are compared between annotators only")
    if not all(item.stratum for item in items):
        notes.append("items that `polnlp sample` did not draw weigh 1 and take no part in corrected shares")
    return notes


def format_audit(result: Audit) -> str:
    """Give an audit as plain text, figures in percent, agreement as it is."""
    lines = [f"{result.what}: {result.items} items of {result.documents} articles"]
    if result.figures:
        lines += ["", "the run against the gold (95 % interval, bootstrap over articles)"]
        lines += [_format_figure(figure, 100) for figure in result.figures]
    for task, labels in result.labels.items():
        lines += ["", f"{task:<28}{'P':>6}{'R':>7}{'F1':>7}{'gold':>8}{'found':>8}"]
        lines += [
            f"{label:<28}{100 * s.precision:6.1f}{100 * s.recall:7.1f}{100 * s.f1:7.1f}{s.gold:8d}{s.found:8d}"
            for label, s in labels.items()
        ]
    if result.agreement:
        lines += ["", "agreement of the two annotators"]
        lines += [_format_figure(figure, 1) for figure in result.agreement]
    if result.shares:
        lines += ["", "share of all units (design-based supervised learning, Egami et al. 2023)"]
        lines += [f"{'':<28}{'machine':>8}{'corrected':>11}   95 % interval"]
        lines += [
            f"{s.label:<28}{100 * s.machine:8.1f}{100 * s.corrected:11.1f}   {100 * s.low:.1f} to {100 * s.high:.1f}"
            for s in result.shares
        ]
    return "\n".join([*lines, *([""] if result.notes else []), *(f"Note: {note}." for note in result.notes)])


def _format_figure(figure: Figure, scale: int) -> str:
    digits = 1 if scale == 100 else 2
    if figure.value is None or figure.low is None or figure.high is None:
        return f"{figure.name:<42}  undefined: one label is all there is"
    interval = f"({scale * figure.low:.{digits}f} to {scale * figure.high:.{digits}f})"
    return f"{figure.name:<42}{scale * figure.value:6.{digits}f}   {interval}"
