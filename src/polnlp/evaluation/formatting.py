"""Scores → a table in plain text, or a report in Markdown."""

import re

from polnlp.evaluation.scores import Example, LabelScores, Scores


def format_scores(scores: Scores) -> str:
    """Give the scores as a table in plain text, figures in percent."""
    lines = [f"{scores.task}: {scores.gold}, {scores.documents} texts", ""]
    for name, value in scores.values.items():
        low_high = scores.intervals.get(name)
        interval = f"   ({100 * low_high[0]:.1f} to {100 * low_high[1]:.1f})" if low_high else ""
        lines.append(f"{name:<28}{100 * value:6.1f}{interval}")
    if scores.labels:
        lines += ["", f"{'label':<28}{'P':>6}{'R':>7}{'F1':>7}{'gold':>8}{'found':>8}"]
        lines += [_format_label(label, of_label) for label, of_label in scores.labels.items()]
    if scores.confusion:
        lines += ["", "most frequent errors (gold → found)"]
        lines += [f"{count:6d}  {pair}" for pair, count in list(scores.confusion.items())[:12]]
    if scores.examples:
        lines += ["", "errors to look at (gold → found)"]
        lines += [
            f"  {error.gold} → {error.found}{_format_score(error)}: {error.text}" for error in scores.examples[:5]
        ]
    if scores.notes:
        lines += ["", *(f"Note: {note}" for note in scores.notes)]
    return "\n".join(lines)


def _format_score(error: Example) -> str:
    return "" if error.score is None else f" ({error.score:.2f})"


def format_markdown(scores: Scores) -> str:
    """Give the scores as a report in Markdown, with all errors to look at."""
    lines = [
        f"# {scores.task}: {scores.gold}",
        "",
        f"{scores.documents} texts; intervals: 95 %, bootstrap over texts.",
        "",
    ]
    lines += ["| measure | % | interval |", "| --- | ---: | --- |"]
    for name, value in scores.values.items():
        low_high = scores.intervals.get(name)
        shown = f"{100 * low_high[0]:.1f} to {100 * low_high[1]:.1f}" if low_high else ""
        lines.append(f"| {name} | {100 * value:.1f} | {shown} |")
    if scores.labels:
        lines += ["", "## By label", "", "| label | P | R | F1 | gold | found |", "| --- |" + " ---: |" * 5]
        for label, s in scores.labels.items():
            figures = f"{100 * s.precision:.1f} | {100 * s.recall:.1f} | {100 * s.f1:.1f}"
            lines.append(f"| {_cell(label)} | {figures} | {s.gold} | {s.found} |")
    if scores.confusion:
        lines += ["", "## Confusion", "", "| gold → found | count |", "| --- | ---: |"]
        lines += [f"| {_cell(pair)} | {count} |" for pair, count in scores.confusion.items()]
    if scores.examples:
        lines += [
            "",
            "## Errors to look at",
            "",
            "| text | gold | found | score | where |",
            "| --- | --- | --- | ---: | --- |",
        ]
        for error in scores.examples:
            score = "" if error.score is None else f"{error.score:.2f}"
            cells = (error.text, error.gold, error.found, score, error.id)
            lines.append(f"| {' | '.join(map(_cell, cells))} |")
    if scores.notes:
        lines += ["", *(f"- {note}" for note in scores.notes)]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Give text that stays within its cell, whatever it holds, and is no markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))


def _format_label(label: str, scores: LabelScores) -> str:
    figures = f"{100 * scores.precision:6.1f}{100 * scores.recall:7.1f}{100 * scores.f1:7.1f}"
    return f"{label:<28}{figures}{scores.gold:8d}{scores.found:8d}"
