"""The evidence behind a name, or behind the edge between two: the sentences, and what is said in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from polnlp.config import GraphConfig
from polnlp.graph.cooccurrence import Identity, describe_article, sentence_span
from polnlp.graph.evidence import find_nearest
from polnlp.graph.explain_text import format_explanation
from polnlp.graph.explanation import Explanation, Mark, Neighbour, Passage, Said, Subject
from polnlp.graph.names import Known, resolve_name
from polnlp.graph.windows import window_namer
from polnlp.schema import AUTHOR, Mention, Report, Stance
from polnlp.wording import name_window

NEIGHBOURS = 20

__all__ = ["Explanation", "explain", "format_explanation"]


def explain(
    reports: Iterable[Report],
    a: str,
    b: str | None = None,
    *,
    config: GraphConfig | None = None,
    identity: Identity | None = None,
) -> Explanation:
    """Gather the evidence behind a name, or behind the edge between two.

    Args:
        reports: Read twice; an iterator is kept in memory for that.
        a: A name, an alias or an id; accents and case do not matter.
        b: Another, for what joins the two.
        config: Window and ``min_score`` as in ``build_graph``; types are not filtered.
        identity: As in ``build_graph``.

    Raises:
        PolnlpError: If a name is not found, or means several entities; the message lists what may be meant.
    """
    reports = list(reports) if isinstance(reports, Iterator) else reports
    reader = _Reader(config or GraphConfig(), identity or (lambda _article, entity: entity.id))
    for report in reports:
        reader.learn_names(report)
    ids = tuple(resolve_name(reader.known, name) for name in ((a,) if b is None else (a, b)))
    for report in reports:
        reader.read(report, ids)
    return reader.sum_up(ids)


class _Reader:
    """What two passes over the reports bring together."""

    def __init__(self, config: GraphConfig, identity: Identity) -> None:
        self.config = config
        self.identity = identity
        self.known = Known()
        self.passages: list[Passage] = []
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        self.articles: dict[str, set[str]] = defaultdict(set)
        self.topics: Counter[str] = Counter()
        self.stances: Counter[str] = Counter()
        self.neighbours: Counter[str] = Counter()
        self.count = 0

    def learn_names(self, report: Report) -> None:
        """Take the names of what the network has: an entity of unsure mentions alone stands in no one's way."""
        sure = {mention.entity_id for mention in report.mentions if mention.score >= self.config.min_score}
        for entity in report.entities:
            if entity.id not in sure:
                continue
            entity_id = self.identity(report.article.id, entity)
            others = [code for code in (entity.qid, entity.id) if code]
            self.known.add(entity_id, entity.label, entity.name, entity.aliases, others, entity.count)

    def read(self, report: Report, ids: tuple[str, ...]) -> None:
        """Add one article's evidence."""
        own = {entity.id: self.identity(report.article.id, entity) for entity in report.entities}
        window_of = window_namer(report, self.config)
        windows: dict[Any, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        for mention in sorted(report.mentions, key=lambda mention: (mention.start, mention.end)):
            entity_id = own.get(mention.entity_id or "")
            if entity_id is None or mention.score < self.config.min_score:
                continue
            windows[window_of(mention)][entity_id].append(mention)
            if entity_id in ids:
                self.forms[entity_id][" ".join(mention.text.split())] += 1  # a name may run over a line's end
                self.articles[entity_id].add(report.article.id)
        seen: set[int] = set()
        for members in windows.values():
            if all(entity_id in members for entity_id in ids):
                self._add_window(report, own, ids, members, seen)

    def _add_window(
        self,
        report: Report,
        own: dict[str, str],
        ids: tuple[str, ...],
        members: dict[str, list[Mention]],
        seen: set[int],
    ) -> None:
        self.count += 1
        groups: list[tuple[Mention, ...]]
        if len(ids) == 1:
            groups = [(mention,) for mention in members[ids[0]]]
            self.neighbours.update(set(members) - set(ids))
        else:
            groups = [find_nearest(members[ids[0]], members[ids[1]])[:2]]
        topics = {topic.paragraph: topic.label for topic in report.topics}
        for mentions in groups:
            stances = [s for s in report.stances if s.paragraph in {m.paragraph for m in mentions}]
            said = tuple(self._said(stance, own) for stance in stances if own.get(stance.target) in ids)
            self.passages.append(self._passage(report, ids, mentions, topics, said))
        for paragraph in sorted({mention.paragraph for mentions in groups for mention in mentions} - seen):
            seen.add(paragraph)
            self.topics.update([topics[paragraph]] if topics.get(paragraph, "None") != "None" else [])
            self.stances.update(
                s.label for s in report.stances if s.paragraph == paragraph and own.get(s.target) in ids
            )

    def _said(self, stance: Stance, own: dict[str, str]) -> Said:
        holder = AUTHOR if stance.holder == AUTHOR else own.get(stance.holder, stance.holder)
        target = own.get(stance.target, stance.target)
        return Said(
            holder=holder,
            holder_name="the author" if holder == AUTHOR else self.known.name(holder),
            target=target,
            target_name=self.known.name(target),
            label=stance.label,
            score=stance.score,
        )

    def _passage(
        self,
        report: Report,
        ids: tuple[str, ...],
        mentions: tuple[Mention, ...],
        topics: dict[int, str],
        said: tuple[Said, ...],
    ) -> Passage:
        text, marks = quote(report, mentions, ids)
        first = min(mentions, key=lambda mention: mention.start)
        about = describe_article(report)
        score = 1.0
        for mention in mentions:
            score *= mention.score
        return Passage(
            article=report.article.id,
            title=about["title"],
            date=about["date"],
            paragraph=first.paragraph,
            sentence=first.sentence,
            start=first.start,
            end=first.end,
            names=tuple(mention.text for mention in mentions),
            score=round(score, 4),
            text=text,
            marks=marks,
            topic=topics.get(first.paragraph),
            stances=said,
        )

    def sum_up(self, ids: tuple[str, ...]) -> Explanation:
        """Order what was found."""
        subjects = [self._subject(entity_id) for entity_id in ids]
        near = sorted(self.neighbours.items(), key=lambda item: (-item[1], item[0]))
        return Explanation(
            a=subjects[0],
            b=subjects[1] if len(ids) > 1 else None,
            window=name_window(self.config.window, self.config.window_tokens),
            count=self.count,
            passages=tuple(sorted(self.passages, key=lambda p: (p.date or "9", p.article, p.start))),
            topics=_ranked(self.topics),
            stances=_ranked(self.stances),
            neighbours=tuple(
                Neighbour(id=i, name=self.known.name(i), label=self.known.labels[i], count=count)
                for i, count in near[:NEIGHBOURS]
            ),
            neighbour_count=len(near),
        )

    def _subject(self, entity_id: str) -> Subject:
        forms = self.forms[entity_id]
        return Subject(
            id=entity_id,
            name=self.known.name(entity_id),
            label=self.known.labels[entity_id],
            count=forms.total(),
            articles=len(self.articles[entity_id]),
            names=_ranked(forms),
        )


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def quote(report: Report, mentions: tuple[Mention, ...], ids: tuple[str, ...]) -> tuple[str | None, tuple[Mark, ...]]:
    """Give the sentences of the mentions as one text, with the mentions' places in it."""
    if report.text is None:
        return None, ()
    owners = {id(mention): entity_id for mention, entity_id in zip(mentions, ids, strict=False)}
    text, marks, last = "", [], None
    for mention in sorted(mentions, key=lambda mention: mention.start):
        span = sentence_span(report, mention)
        if span != last:
            between = report.text[last[1] : span[0]] if last else ""
            text += "" if last is None else (" " if not between.strip() else " … ")
            at = len(text)
            text += report.text[span[0] : span[1]]
            last = span
        start = at + mention.start - span[0]
        marks.append(Mark(start=start, end=start + len(mention.text), entity_id=owners[id(mention)]))
    return text, tuple(marks)
