"""Dates against gold."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from polnlp.evaluation.analyser import Analyser
from polnlp.evaluation.gold import GoldDate, GoldText
from polnlp.evaluation.scores import (
    Example,
    LabelScores,
    Scores,
    bootstrap,
    excerpt,
    f1_of_counts,
    match_relaxed,
    score_counts,
    share_of_counts,
    worst_examples,
)
from polnlp.schema import DateMention


def score_dates(texts: Sequence[GoldText], pipeline: Analyser, origin: str = "gold") -> Scores:
    """Score dates: strict and relaxed spans, and types and values on spans that overlap.

    ``value F1`` is relaxed F1 times the share of matched expressions whose value is right. Sets of TIMEX3 are read by
    TimeML's guideline, the codebook's own gold by the codebook's.

    References:
        UzZaman et al. (2013). SemEval-2013 task 1: TempEval-3. *SEM.
    """
    texts = [text for text in texts if text.dates is not None]
    read = [(text, text.dates or (), _find_dates(text, pipeline)) for text in texts]
    rows = [_date_counts(gold, found) for _, gold, found in read]
    counts = np.array(rows, dtype=np.float64).reshape(-1, 7)
    found, gold, strict, relaxed, with_value, right_value, right_type = (int(total) for total in counts.sum(axis=0))
    values = {"relaxed F1": score_counts(relaxed, found, gold).f1, "strict F1": score_counts(strict, found, gold).f1}
    intervals = {
        "relaxed F1": bootstrap(counts[:, [3, 0, 1]], f1_of_counts),
        "strict F1": bootstrap(counts[:, [2, 0, 1]], f1_of_counts),
    }
    notes: tuple[str, ...] = ("this gold carries no values",)
    if with_value:
        accuracy = right_value / with_value
        values = {"value F1": round(values["relaxed F1"] * accuracy, 4), **values, "value accuracy": round(accuracy, 4)}
        intervals["value accuracy"] = bootstrap(counts[:, [5, 4]], share_of_counts)
        notes = ()
    if any(date.type for text in texts for date in text.dates or ()):
        values["type accuracy"] = round(right_type / relaxed, 4) if relaxed else 0.0
    relaxed_scores = score_counts(relaxed, found, gold)
    values |= {"relaxed precision": relaxed_scores.precision, "relaxed recall": relaxed_scores.recall}
    labels, confusion = _score_types(read)
    return Scores(
        task="dates",
        gold=origin,
        documents=len(texts),
        values=values,
        intervals=intervals,
        labels=labels,
        confusion=confusion,
        examples=worst_examples(error for text, gold, found in read for error in _find_errors(text, gold, found)),
        notes=notes,
    )


Read = tuple[GoldText, Sequence[GoldDate], Sequence[DateMention]]


def _score_types(read: Sequence[Read]) -> tuple[dict[str, LabelScores], dict[str, int]]:
    """Score each TIMEX3 type on spans that overlap; nothing where the gold has no types."""
    if not any(date.type for _, gold, _ in read for date in gold):
        return {}, {}
    pairs = [
        (gold[g].type or "", found[f].type) for _, gold, found in read for g, f in match_relaxed(*_places(gold, found))
    ]
    of_gold = Counter(date.type or "" for _, gold, _ in read for date in gold)
    of_found: Counter[str] = Counter(date.type for _, _, found in read for date in found)
    right: Counter[str] = Counter(g for g, f in pairs if g == f)
    labels = {
        label: score_counts(right[label], of_found[label], of_gold[label]) for label in sorted({*of_gold, *of_found})
    }
    wrong = Counter(f"{g} → {f}" for g, f in pairs if g != f)
    return labels, dict(sorted(wrong.items(), key=lambda item: (-item[1], item[0])))


def _find_errors(text: GoldText, gold: Sequence[GoldDate], found: Sequence[DateMention]) -> Iterator[Example]:
    pairs = match_relaxed(*_places(gold, found))
    for g, f in pairs:
        value = gold[g].value
        if value and not _same_value(value, found[f].value):
            shown = excerpt(text.text, gold[g].start, gold[g].end)
            yield Example(id=text.id, text=shown, gold=value, found=found[f].value or "no value", score=1.0)
    for place in sorted(set(range(len(gold))) - {g for g, _ in pairs}):
        date = gold[place]
        shown = excerpt(text.text, date.start, date.end)
        yield Example(id=text.id, text=shown, gold=date.value or "a date", found="nothing")
    for place in sorted(set(range(len(found))) - {f for _, f in pairs}):
        shown = excerpt(text.text, found[place].start, found[place].end)
        yield Example(id=text.id, text=shown, gold="nothing", found=found[place].value or "no value", score=1.0)


def _places(
    gold: Sequence[GoldDate], found: Sequence[DateMention]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    return [(date.start, date.end) for date in gold], [(date.start, date.end) for date in found]


def _find_dates(text: GoldText, pipeline: Analyser) -> list[DateMention]:
    from polnlp.mentions.dates import find_dates

    if text.parts:
        return list(pipeline.analyze(text.text, date=text.date, title=text.title, id=text.id).dates)
    own = text.names is not None
    found = find_dates(text.text, reference=text.date, guideline="codebook" if own else "timeml")
    return [date for date in found if text.until is None or date.end <= text.until]


def _date_counts(gold: Sequence[GoldDate], found: Sequence[DateMention]) -> tuple[int, ...]:
    """Count one text: found, gold, strict and relaxed matches, matches with a gold value, right values, right types."""
    pairs = match_relaxed(*_places(gold, found))
    strict = sum((gold[g].start, gold[g].end) == (found[f].start, found[f].end) for g, f in pairs)
    valued = [(g, f) for g, f in pairs if gold[g].value]
    right = sum(_same_value(gold[g].value, found[f].value) for g, f in valued)
    types = sum(gold[g].type == found[f].type for g, f in pairs if gold[g].type)
    return len(found), len(gold), strict, len(pairs), len(valued), right, types


def _same_value(gold: str | None, found: str | None) -> bool:
    return gold is not None and found is not None and gold.strip().upper() == found.strip().upper()
