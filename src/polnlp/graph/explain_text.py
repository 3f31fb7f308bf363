"""An explanation as text for a terminal."""

import re

from polnlp.graph.explanation import Explanation, Passage, Said, Subject
from polnlp.wording import several

# Control characters could steer the terminal, bidirectional overrides could make a name read as another.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def format_explanation(explanation: Explanation) -> str:
    """Write each passage with its names in brackets, its article, date, stances and score."""
    lines = _head(explanation)
    for number, passage in enumerate(explanation.passages, 1):
        lines += ["", *_describe_passage(number, passage)]
    return "\n".join(lines) + "\n"


def _head(explanation: Explanation) -> list[str]:
    window = explanation.window
    lines = [_describe_subject(explanation.a)]
    if explanation.b:
        lines += [
            _describe_subject(explanation.b),
            "",
            f"Named in the same {window}: {several(explanation.count, 'time')}",
        ]
    else:
        lines += [
            "",
            f"Named in {several(explanation.count, window)}, beside {several(explanation.neighbour_count, 'other')}",
        ]
        lines += [
            f"  {near.count:>5}  {safe(near.name)} ({near.label}, {safe(near.id)})" for near in explanation.neighbours
        ]
    if explanation.topics:
        lines.append("Topics: " + ", ".join(f"{label} {count}" for label, count in explanation.topics.items()))
    if explanation.stances:
        lines.append("Stances: " + ", ".join(f"{label} {count}" for label, count in explanation.stances.items()))
    return lines


def _describe_subject(subject: Subject) -> str:
    names = ", ".join(f"{safe(name)} {count}" for name, count in subject.names.items())
    counted = f"{several(subject.count, 'mention')} in {several(subject.articles, 'article')}"
    return f"{safe(subject.name)} ({subject.label}, {safe(subject.id)}): {counted}\n  as {names}"


def _describe_passage(number: int, passage: Passage) -> list[str]:
    title = f' "{safe(passage.title)}"' if passage.title else ""
    place = f"paragraph {passage.paragraph}, characters {passage.start}-{passage.end}"
    lines = [f"{number}. {passage.date or 'undated'}  {safe(passage.article)}{title}, {place}, score {passage.score:g}"]
    lines.append("   " + (safe(mark_names(passage)) if passage.text else " … ".join(map(safe, passage.names))))
    return lines + [f"   {_describe_stance(said)}" for said in passage.stances]


def _describe_stance(said: Said) -> str:
    verb = {"favor": "speaks for", "against": "speaks against", "neutral": "is neutral toward"}[said.label]
    return f"{safe(said.holder_name)} {verb} {safe(said.target_name)} ({said.score:g})"


def mark_names(passage: Passage) -> str:
    """Put the names of a passage into brackets."""
    text = passage.text or ""
    for mark in sorted(passage.marks, key=lambda mark: -mark.start):
        text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
    return text


def safe(text: str | None) -> str:
    """Make a text one line that cannot steer a terminal."""
    return " ".join(_UNSAFE.sub(" ", text or "").split())
