"""One pass over the reports: who is named, in which windows, beside whom, and what is said of them.

Nothing here depends on the order of the reports; what a later step numbers or sums is sorted first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from sys import intern
from typing import Any

from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.graph.dates import text_dates
from polnlp.graph.evidence import Evidence, describe_mention, find_nearest
from polnlp.graph.windows import WindowKey, window_namer
from polnlp.schema import AUTHOR, Entity, Mention, Report, Stance
from polnlp.wording import name_window

# Gives the corpus-wide id of an entity of the article with this id.
Identity = Callable[[str, Entity], str]
ParagraphKey = tuple[str, int]

ARTICLE_FIELDS = ("author", "source", "url", "country")


@dataclass
class EntityTally:
    """What the corpus says of one entity; ties are settled by ``GraphBuilder``, not by who came first."""

    labels: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    known: dict[str, Counter[Any]] = field(default_factory=lambda: defaultdict(Counter))
    articles: set[str] = field(default_factory=set)
    paragraphs: set[ParagraphKey] = field(default_factory=set)
    mentions: int = 0
    windows: int = 0


@dataclass
class Cooccurrences:
    """The ledger of a corpus.

    Attributes:
        members: Window to its entities, each with the probability that at least one of its mentions is real.
        links: (article, entity) to the probability that the identity is right.
        sentences: Article to ``"paragraph.sentence"`` to ``[start, end, text]``, for sentences that hold evidence.
        left_out: Reason to the number of mentions, or of windows, that were not used.
        shared: Dates of meetings, as the one list that all meetings of the same dates hold.
    """

    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    entities: dict[str, EntityTally] = field(default_factory=dict)
    members: dict[WindowKey, dict[str, float]] = field(default_factory=dict)
    links: dict[tuple[str, str], float] = field(default_factory=dict)
    pairs: dict[tuple[str, str], list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    topics: dict[ParagraphKey, str] = field(default_factory=dict)
    dates: dict[ParagraphKey, tuple[str, ...]] = field(default_factory=dict)
    stances: dict[ParagraphKey, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    sentences: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    shared: dict[tuple[str, ...], list[str]] = field(default_factory=dict)


def find_cooccurrences(
    reports: Iterable[Report], config: GraphConfig, identity: Identity | None = None
) -> Cooccurrences:
    """Read all reports once and list who meets whom, where.

    Raises:
        CorpusError: If two reports are of one article: its evidence would count twice.
    """
    found = Cooccurrences()
    for report in reports:
        if report.article.id in found.articles:
            raise CorpusError(f"Article {report.article.id!r} has two reports; its evidence would count twice.")
        if config.copies == "once" and report.article.copy_of is not None:
            found.left_out["article that is a copy of another"] += 1
            continue
        add_report(found, report, config, identity or (lambda _article, entity: entity.id))
    return found


def add_report(found: Cooccurrences, report: Report, config: GraphConfig, identity: Identity) -> None:
    """Add one article's names, meetings, topics and stances."""
    article = report.article.id
    found.articles[article] = describe_article(report)
    # Every report brings strings of its own; those that recur are held once.
    ids = {entity.id: intern(identity(article, entity)) for entity in report.entities}
    kept = _keep_mentions(found, report, config, ids)
    _tally_entities(found, report, ids, kept)
    for topic in report.topics:
        found.topics[article, topic.paragraph] = topic.label
    if config.dates == "text":
        found.dates.update({(article, index): dates for index, dates in text_dates(report.dates).items()})
    for stance in report.stances:
        _add_stance(found, article, stance, ids)
    _add_windows(found, report, config, kept)


def describe_article(report: Report) -> dict[str, Any]:
    """What a reader needs to find and cite the article: title, date, and where it came from."""
    article = report.article
    told = {key: article.metadata[key] for key in ARTICLE_FIELDS if isinstance(article.metadata.get(key), str)}
    return {"title": article.title, "date": article.date.value if article.date else None, **told}


def _keep_mentions(
    found: Cooccurrences, report: Report, config: GraphConfig, ids: dict[str, str]
) -> dict[str, list[Mention]]:
    """Give the mentions that take part, by corpus-wide id, in the order of the text."""
    labels = {ids[entity.id]: entity.label for entity in report.entities}
    kept: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(report.mentions, key=lambda mention: (mention.start, mention.end)):
        entity_id = ids.get(mention.entity_id or "")
        if entity_id is None:
            found.left_out["mention without an entity"] += 1
        elif labels[entity_id] not in config.labels:
            found.left_out[f"mention of a type that is not asked for: {labels[entity_id]}"] += 1
        elif mention.score < config.min_score:
            found.left_out["mention below min_score"] += 1
        else:
            kept[entity_id].append(mention)
    return kept


def _tally_entities(found: Cooccurrences, report: Report, ids: dict[str, str], kept: dict[str, list[Mention]]) -> None:
    article = report.article.id
    for entity_id, mentions in kept.items():
        tally = found.entities.setdefault(entity_id, EntityTally())
        tally.mentions += len(mentions)
        tally.articles.add(article)
        tally.forms.update(" ".join(mention.text.split()) for mention in mentions)
        tally.paragraphs.update((article, mention.paragraph) for mention in mentions)
    for entity in report.entities:
        if ids[entity.id] in kept:
            _tally_entity(found.entities[ids[entity.id]], entity)
            key = article, ids[entity.id]
            found.links[key] = max(found.links.get(key, 0.0), entity.score)


def _tally_entity(tally: EntityTally, entity: Entity) -> None:
    tally.labels[entity.label] += entity.count
    tally.names[entity.name] += entity.count
    for name in ("qid", "iso", "geonames", "partyfacts", "lat", "lon"):
        if (value := getattr(entity, name)) is not None:
            tally.known[name][value] += entity.count


def _add_stance(found: Cooccurrences, article: str, stance: Stance, ids: dict[str, str]) -> None:
    holder = AUTHOR if stance.holder == AUTHOR else ids.get(stance.holder, stance.holder)
    place = {"article": article, "paragraph": stance.paragraph}
    entry = {"holder": holder, "target": ids.get(stance.target, stance.target), "label": stance.label}
    measures = {"score": stance.score, "value": value_stance(stance), "probabilities": dict(stance.probabilities)}
    found.stances[article, stance.paragraph].append({**place, **entry, **measures})


def value_stance(stance: Stance) -> float:
    """Give the expected attitude in [-1, 1]: the probability of favour less that of opposition."""
    if stance.probabilities:
        return round(stance.probabilities.get("favor", 0.0) - stance.probabilities.get("against", 0.0), 4)
    return {"favor": stance.score, "against": -stance.score, "neutral": 0.0}[stance.label]


def _add_windows(found: Cooccurrences, report: Report, config: GraphConfig, kept: dict[str, list[Mention]]) -> None:
    window_of = window_namer(report, config)
    windows: dict[WindowKey, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for entity_id, mentions in kept.items():
        for mention in mentions:
            windows[window_of(mention)][entity_id].append(mention)
    for key, members in windows.items():
        found.members[key] = {entity_id: _any_real(mentions) for entity_id, mentions in members.items()}
        for entity_id in members:
            found.entities[entity_id].windows += 1
        if len(members) > config.max_entities:
            window = name_window(config.window, config.window_tokens)
            found.left_out[f"{window} with more than {config.max_entities} entities"] += 1
        else:
            _add_pairs(found, report, members, key[1] if config.window == "tokens" else None)


def _any_real(mentions: list[Mention]) -> float:
    none_real = 1.0
    for mention in mentions:
        none_real *= 1.0 - mention.score
    return 1.0 - none_real


def _add_pairs(found: Cooccurrences, report: Report, members: dict[str, list[Mention]], number: int | None) -> None:
    described = {id(mention): describe_mention(mention) for mentions in members.values() for mention in mentions}
    for a, b in combinations(sorted(members), 2):
        first, second, distance = find_nearest(members[a], members[b])
        found.pairs[a, b].append(
            {
                "article": report.article.id,
                "paragraph": first.paragraph,
                "sentence": first.sentence,
                "window": number,
                "distance": distance,
                "a": described[id(first)],
                "b": described[id(second)],
            }
        )
    if len(members) > 1 and report.text is not None:
        for mentions in members.values():
            _keep_sentences(found, report, mentions)


def _keep_sentences(found: Cooccurrences, report: Report, mentions: list[Mention]) -> None:
    assert report.text is not None  # noqa: S101 - tells the type checker what the caller has looked at
    kept = found.sentences.setdefault(report.article.id, {})
    for mention in mentions:
        key = f"{mention.paragraph}.{mention.sentence}"
        if key not in kept:
            start, end = sentence_span(report, mention)
            kept[key] = [start, end, report.text[start:end]]


def sentence_span(report: Report, mention: Mention) -> tuple[int, int]:
    """Give the offsets of the sentence in which a mention stands; of its paragraph where sentences are not known."""
    for paragraph in report.paragraphs[mention.paragraph : mention.paragraph + 1]:
        for start, end in paragraph.sentences:
            if start <= mention.start and mention.end <= end:
                return start, end
        return min(paragraph.start, mention.start), max(paragraph.end, mention.end)
    return mention.start, mention.end
