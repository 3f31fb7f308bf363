"""The article's text as HTML: every paragraph with its zone, its marks, and what it is about and speaks for."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator

from polnlp.graph.colors import TYPE_SHAPES
from polnlp.report_page.nesting import Tagged, nest
from polnlp.schema import AUTHOR, CONTENT_ZONES, DateMention, Mention, Paragraph, Report, Stance, Topic

# What a browser would drop, or a reader could not see.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
DOUBTFUL = 0.5  # names below it are marked as doubtful

LABEL_WORDS = {
    "PARTY": "party",
    "LEADER": "leader",
    "PERSON": "person",
    "ORG": "organisation",
    "COUNTRY": "country",
    "REGION": "place",
    "ELECTION": "election",
    "EVENT": "event",
    "MISC": "other",
}
STANCE_WORDS = {"favor": "for", "against": "against", "neutral": "neutral"}
STANCE_MARKS = {"favor": "+", "against": "−", "neutral": "○"}


def escape(text: str) -> str:
    """Make a text of the article safe to stand in HTML, in an attribute as well."""
    return html.escape(_CONTROL.sub("\ufffd", text))


def isolate(text: str) -> str:
    """Give a text that cannot turn the direction of what stands beside it."""
    return f"<bdi>{escape(text)}</bdi>"


def type_icon(label: str) -> str:
    """Give the shape of a type, as the network's page draws it."""
    return f'<svg class="icon"><use href="#shape-{TYPE_SHAPES[label]}"/></svg>'


class Marking:
    """Writes the paragraphs of one report.

    Args:
        report: With its text.
        numbers: Entity id to the number of its card on the page.
    """

    def __init__(self, report: Report, numbers: dict[str, int]) -> None:
        self.text = report.text or ""
        self.report = report
        self.numbers = numbers
        self.names = {entity.id: entity.name for entity in report.entities}
        self.topics = {topic.paragraph: topic for topic in report.topics}
        self.stances: dict[int, list[Stance]] = defaultdict(list)
        for stance in report.stances:
            self.stances[stance.paragraph].append(stance)
        self.spans: dict[int, list[Tagged]] = defaultdict(list)
        outer = {p.index: p.index if p.within is None else p.within for p in report.paragraphs}
        for mention in report.mentions:
            self.spans[outer.get(mention.paragraph, mention.paragraph)].append(self.mark_name(mention))
        for number, date in enumerate(report.dates):
            self.spans[outer.get(date.paragraph, date.paragraph)].append(self.mark_date(date, number))
        for paragraph in report.paragraphs:
            if paragraph.within is not None:
                self.spans[outer[paragraph.index]].append(_mark_stub(paragraph))

    def blocks(self) -> Iterator[str]:
        """Give each paragraph as a block; words that stand in no paragraph as well, so that nothing is missing."""
        at = 0
        for paragraph in self.report.paragraphs:
            if paragraph.within is not None:
                continue
            yield from self._between(at, paragraph.start)
            yield self._paragraph(paragraph)
            at = max(at, paragraph.end)
        yield from self._between(at, len(self.text))

    def _between(self, start: int, end: int) -> Iterator[str]:
        left = self.text[start:end].strip()
        if left:
            margin = '<div class="margin"><span class="zone">in no paragraph</span></div>'
            yield f'<div class="block unread">{margin}<p dir="auto">{escape(left)}</p></div>'

    def _paragraph(self, paragraph: Paragraph) -> str:
        read = paragraph.zone in CONTENT_ZONES
        kind = f"zone-{paragraph.zone}" if read else f"zone-{paragraph.zone} unread"
        zone = "" if paragraph.zone == "body" else f'<span class="zone">{paragraph.zone}</span>'
        skipped = "" if read else '<span class="why">not read for names</span>'
        words = "".join(
            piece if isinstance(piece, str) else escape(self.text[piece[1] : piece[2]])
            for piece in nest(paragraph.start, paragraph.end, self.spans[paragraph.index])
        )
        index = paragraph.index
        number = f'<a class="number" href="#p{index}" aria-label="Paragraph {index}">¶{index}</a>'
        return (
            f'<div class="block {kind}" id="p{paragraph.index}"><div class="margin">{number}{zone}{skipped}</div>'
            f'<p dir="auto">{words}</p>{self._notes(paragraph.index)}</div>'
        )

    def mark_name(self, mention: Mention) -> Tagged:
        """Give a name's tags: a link to its card, and its type in a word."""
        doubt = " doubtful" if mention.score < DOUBTFUL else ""
        number = self.numbers.get(mention.entity_id or "")
        word = LABEL_WORDS[mention.label] + (f" {mention.score:.2f}?" if doubt else "")
        card = "" if number is None else f' href="#e{number}" data-e="{number}"'
        title = f"{LABEL_WORDS[mention.label]}, probability {mention.score:.2f}, found by {mention.source or 'unknown'}"
        return Tagged(
            mention.start,
            mention.end,
            f'<a class="name t-{mention.label}{doubt}" id="c{mention.start}"{card} title="{escape(title)}">',
            f'<span class="tag">{word}</span></a>',
        )

    def mark_date(self, date: DateMention, number: int) -> Tagged:
        """Give a date's tags: a link to its row, and its value."""
        value = f'<span class="tag">{escape(date_value(date))}</span></a>'
        title = escape(f"{date.type.lower()}, rule “{date.rule}”")
        return Tagged(
            date.start, date.end, f'<a class="date" id="d{number}-at" href="#d{number}" title="{title}">', value
        )

    def _notes(self, paragraph: int) -> str:
        topic, stances = self.topics.get(paragraph), self.stances.get(paragraph, [])
        if topic is None and not stances:
            return ""
        told = sorted((s for s in stances if s.label != "neutral"), key=lambda stance: -stance.score)
        neutral = [stance for stance in stances if stance.label == "neutral"]
        rows = "".join(map(self._stance, told))
        if neutral:
            hidden = "".join(map(self._stance, neutral))
            rows += f"<li><details><summary>{len(neutral)} neutral</summary><ul>{hidden}</ul></details></li>"
        listed = f'<ul class="stances">{rows}</ul>' if rows else ""
        label = f"Paragraph {paragraph}: topic and stances"
        return f'<div class="notes" role="group" aria-label="{label}">{_topic(topic)}{listed}</div>'

    def _stance(self, stance: Stance) -> str:
        holder = "the author" if stance.holder == AUTHOR else isolate(self.names.get(stance.holder, stance.holder))
        if stance.rule == "unnamed":
            holder = "a speaker who is not named"
        target = isolate(self.names.get(stance.target, stance.target))
        number = self.numbers.get(stance.target)
        link = target if number is None else f'<a href="#e{number}" data-e="{number}">{target}</a>'
        told = ", ".join(f"{label} {chance:.2f}" for label, chance in sorted(stance.probabilities.items()))
        return (
            f'<li class="s-{stance.label}" title="{escape(told)}"><b><span aria-hidden="true">'
            f"{STANCE_MARKS[stance.label]}</span> {STANCE_WORDS[stance.label]}</b> {link} "
            f'<span class="soft">{stance.score:.2f} · {holder}</span></li>'
        )


def _topic(topic: Topic | None) -> str:
    if topic is None:
        return ""
    label = "no policy topic" if topic.label == "None" else topic.label
    second = f", then {escape(topic.second)}" if topic.second else ""
    return f'<p class="topic"><b>{escape(label)}</b>{second} <span class="soft">{topic.score:.2f}</span></p>'


def _mark_stub(paragraph: Paragraph) -> Tagged:
    return Tagged(
        paragraph.start,
        paragraph.end,
        f'<span class="stub" id="p{paragraph.index}" title="stub: left-over link text, cut out before reading">',
        '<span class="tag">stub</span></span>',
    )


def date_value(date: DateMention) -> str:
    """Say what a date means: its value with its modifier, or what it says against a date that is not known."""
    value = date.value or (f"{date.relative} (open)" if date.relative else "open")
    return f"{value} {date.mod}" if date.mod else value
