"""Dates against gold."""

from collections.abc import Sequence

import numpy as np

from polnlp.evaluation.analyser import Analyser
from polnlp.evaluation.gold import GoldDate, GoldText
from polnlp.evaluation.scores import Scores, bootstrap, f1_of_counts, match_relaxed, score_counts, share_of_counts
from polnlp.schema import DateMention


def score_dates(texts: Sequence[GoldText], pipeline: Analyser, origin: str = "gold") -> Scores:
    """Score dates: strict and relaxed spans, and types and values on spans that overlap.

    ``value F1`` is relaxed F1 times the share of matched expressions whose value is right. Sets of TIMEX3 are read by
    TimeML's guideline, the codebook's own gold by the codebook's.

    References:
        UzZaman et al. (2013). SemEval-2013 task 1: TempEval-3. *SEM.
    """
    texts = [text for text in texts if text.dates is not None]
    rows = [_date_counts(text.dates or (), _find_dates(text, pipeline)) for text in texts]
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
    return Scores(task="dates", gold=origin, documents=len(texts), values=values, intervals=intervals, notes=notes)


def _find_dates(text: GoldText, pipeline: Analyser) -> list[DateMention]:
    from polnlp.mentions.dates import find_dates

    if text.parts:
        return list(pipeline.analyze(text.text, date=text.date, title=text.title, id=text.id).dates)
    own = text.names is not None
    found = find_dates(text.text, reference=text.date, guideline="codebook" if own else "timeml")
    return [date for date in found if text.until is None or date.end <= text.until]


def _date_counts(gold: Sequence[GoldDate], found: Sequence[DateMention]) -> tuple[int, ...]:
    """Count one text: found, gold, strict and relaxed matches, matches with a gold value, right values, right types."""
    pairs = match_relaxed([(date.start, date.end) for date in gold], [(date.start, date.end) for date in found])
    strict = sum((gold[g].start, gold[g].end) == (found[f].start, found[f].end) for g, f in pairs)
    valued = [(g, f) for g, f in pairs if gold[g].value]
    right = sum(_same_value(gold[g].value, found[f].value) for g, f in valued)
    types = sum(gold[g].type == found[f].type for g, f in pairs if gold[g].type)
    return len(found), len(gold), strict, len(pairs), len(valued), right, types


def _same_value(gold: str | None, found: str | None) -> bool:
    return gold is not None and found is not None and gold.strip().upper() == found.strip().upper()
