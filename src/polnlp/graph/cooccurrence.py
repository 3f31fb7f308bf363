"""One pass over the reports: who is named, in which windows, beside whom, and what is said of them.

Nothing here depends on the order of the reports; what a later step numbers or sums is sorted first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, combinations
from sys import intern
from typing import Any

from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.graph.dates import text_dates
from polnlp.graph.evidence import find_nearest
from polnlp.graph.spool import Rows, Values
from polnlp.graph.windows import WindowKey, window_namer
from polnlp.schema import AUTHOR, STANCE_LABELS, Entity, Mention, Report, Stance
from polnlp.wording import name_window

# Gives the corpus-wide id of an entity of the article with this id.
Identity = Callable[[str, Entity], str]

ARTICLE_FIELDS = ("author", "source", "url", "country")


@dataclass(slots=True)
class EntityTally:
    """What the corpus says of one entity; ties are settled by ``build_graph``, not by who came first."""

    number: int
    labels: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    known: dict[str, Counter[Any]] = field(default_factory=lambda: defaultdict(Counter))
    articles: int = 0
    mentions: int = 0
    windows: int = 0


@dataclass
class Cooccurrences:
    """The ledger of a corpus: what grows with its articles is numbered as it comes, and lies in temporary files.

    Attributes:
        articles: Ids to numbers.
        about: Of each article, by its number, title, date and source.
        sentences: Of each article ``"paragraph.sentence"`` to ``[start, end, text]``, for sentences that hold evidence.
        quoted: The articles that have such sentences.
        said: Of each article its stances as ``graph.graph["stances"]`` lists them.
        entities: Ids to what is said of them; emptied when a graph's nodes hold it.
        ids: The same ids, and those of holders and targets of stances that are not among them, to numbers.
        texts: Surface forms to numbers.
        topics: Topics to numbers.
        dates: Dates of a paragraph to numbers.
        places: Paragraphs in which someone is named or a stance is taken; -1 is no topic.
        named: An entity in a place, once.
        windows: What names them, as in ``WindowKey``.
        members: An entity in a window, with the probability that at least one of its mentions is real.
        links: An entity in an article, with the probability that the identity is right.
        mentions: Those of windows in which entities meet.
        meetings: Two members of a window, the first by id before the second, and their nearest mentions.
        stances: Of each article those of ``said``, in that order; ``here`` is 1 where the paragraph names the target,
            and the chances are of favour and of opposition.
        left_out: Reason to the number of mentions, or of windows, that were not used.
    """

    articles: dict[str, int] = field(default_factory=dict)
    about: Values = field(default_factory=Values)
    sentences: Values = field(default_factory=Values)
    quoted: Rows = field(default_factory=lambda: Rows(article="i"))
    said: Values = field(default_factory=Values)
    entities: dict[str, EntityTally] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    dates: dict[tuple[str, ...], int] = field(default_factory=dict)
    places: Rows = field(default_factory=lambda: Rows(article="i", paragraph="i", topic="i", dates="i"))
    named: Rows = field(default_factory=lambda: Rows(entity="i", place="i"))
    windows: Rows = field(default_factory=lambda: Rows(article="i", paragraph="i", sentence="i"))
    members: Rows = field(default_factory=lambda: Rows(window="i", entity="i", probability="d"))
    links: Rows = field(default_factory=lambda: Rows(article="i", entity="i", probability="d"))
    mentions: Rows = field(
        default_factory=lambda: Rows(place="i", sentence="i", start="i", end="i", text="i", score="d")
    )
    meetings: Rows = field(default_factory=lambda: Rows(a="i", b="i", first="i", second="i", distance="i"))
    stances: Rows = field(
        default_factory=lambda: Rows(
            article="i", place="i", holder="i", target="i", here="i", label="i", value="d", favor="d", against="d"
        )
    )
    left_out: Counter[str] = field(default_factory=Counter)


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
    found.articles[article] = found.about.add(describe_article(report))
    # Every report brings strings of its own; those that recur are held once.
    ids = {entity.id: intern(identity(article, entity)) for entity in report.entities}
    kept = _keep_mentions(found, report, config, ids)
    places = _Places(found, report, config)
    _tally_entities(found, report, ids, kept, places)
    _add_stances(found, report, ids, kept, places)
    _add_windows(found, report, config, kept, places)


class _Places(dict[int, int]):
    """Numbers of an article's paragraphs, given when they are first asked for."""

    def __init__(self, found: Cooccurrences, report: Report, config: GraphConfig) -> None:
        self._found = found
        self._article = found.articles[report.article.id]
        self._topics = {topic.paragraph: topic.label for topic in report.topics}
        self._told = text_dates(report.dates) if config.dates == "text" else {}
        self._date = (report.article.date.value,) if report.article.date else ()

    def __missing__(self, paragraph: int) -> int:
        topic = self._topics.get(paragraph, "None")
        known = -1 if topic == "None" else number(self._found.topics, topic)
        dates = number(self._found.dates, self._told.get(paragraph, self._date))
        self[paragraph] = place = self._found.places.add(self._article, paragraph, known, dates)
        return place


def number(numbers: dict[Any, int], key: Any) -> int:
    """Give a key's number; a new one gets the next."""
    return numbers.setdefault(key, len(numbers))


def describe_article(report: Report) -> dict[str, Any]:
    """What a reader needs to find and cite the article: title, date, and where it came from."""
    article = report.article
    told = {key: str(article.metadata[key]) for key in ARTICLE_FIELDS if isinstance(article.metadata.get(key), str)}
    title = None if article.title is None else str(article.title)
    return {"title": title, "date": article.date.value if article.date else None, **told}


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


def _tally_entities(
    found: Cooccurrences, report: Report, ids: dict[str, str], kept: dict[str, list[Mention]], places: _Places
) -> None:
    for entity_id, mentions in kept.items():
        if entity_id not in found.entities:
            found.entities[entity_id] = EntityTally(number(found.ids, entity_id))
        tally = found.entities[entity_id]
        tally.mentions += len(mentions)
        tally.articles += 1
        tally.forms.update(" ".join(mention.text.split()) for mention in mentions)
        for paragraph in {mention.paragraph for mention in mentions}:
            found.named.add(tally.number, places[paragraph])
    links: dict[str, float] = {}
    for entity in report.entities:
        entity_id = ids[entity.id]
        if entity_id in kept:
            _tally_entity(found.entities[entity_id], entity)
            links[entity_id] = max(links.get(entity_id, 0.0), entity.score)
    for entity_id, score in links.items():
        found.links.add(found.articles[report.article.id], found.ids[entity_id], score)


def _tally_entity(tally: EntityTally, entity: Entity) -> None:
    tally.labels[entity.label] += entity.count
    tally.names[entity.name] += entity.count
    for name in ("qid", "iso", "geonames", "partyfacts", "lat", "lon"):
        if (value := getattr(entity, name)) is not None:
            tally.known[name][value] += entity.count


def _add_stances(
    found: Cooccurrences, report: Report, ids: dict[str, str], kept: dict[str, list[Mention]], places: _Places
) -> None:
    entries = [describe_stance(report.article.id, stance, ids) for stance in report.stances]
    entries.sort(key=lambda entry: [entry[name] for name in ("paragraph", "holder", "target", "label", "score")])
    article = found.said.add(entries)
    for entry in entries:
        ends = (number(found.ids, entry[end]) for end in ("holder", "target"))
        here = any(mention.paragraph == entry["paragraph"] for mention in kept.get(entry["target"], ()))
        label = STANCE_LABELS.index(entry["label"])
        found.stances.add(article, places[entry["paragraph"]], *ends, here, label, entry["value"], *_chances(entry))


def describe_stance(article: str, stance: Stance, ids: dict[str, str]) -> dict[str, Any]:
    """Give what the ledger keeps of a stance."""
    holder = AUTHOR if stance.holder == AUTHOR else ids.get(stance.holder, stance.holder)
    place = {"article": article, "paragraph": stance.paragraph}
    entry = {"holder": holder, "target": ids.get(stance.target, stance.target), "label": stance.label}
    chances = {label: float(chance) for label, chance in stance.probabilities.items()}
    measures = {"score": float(stance.score), "value": float(value_stance(stance)), "probabilities": chances}
    return {**place, **entry, **measures}


def _chances(entry: dict[str, Any]) -> tuple[float, float]:
    if entry["probabilities"]:
        return entry["probabilities"].get("favor", 0.0), entry["probabilities"].get("against", 0.0)
    score = entry["score"]
    return (score if entry["label"] == "favor" else 0.0), (score if entry["label"] == "against" else 0.0)


def value_stance(stance: Stance) -> float:
    """Give the expected attitude in [-1, 1]: the probability of favour less that of opposition."""
    if stance.probabilities:
        return round(stance.probabilities.get("favor", 0.0) - stance.probabilities.get("against", 0.0), 4)
    return {"favor": stance.score, "against": -stance.score, "neutral": 0.0}[stance.label]


def _add_windows(
    found: Cooccurrences, report: Report, config: GraphConfig, kept: dict[str, list[Mention]], places: _Places
) -> None:
    window_of = window_namer(report, config)
    windows: dict[WindowKey, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for entity_id, mentions in kept.items():
        for mention in mentions:
            windows[window_of(mention)][entity_id].append(mention)
    spans: dict[str, list[Any]] = {}
    for key, members in windows.items():
        window = found.windows.add(found.articles[key[0]], *key[1:])
        numbers = {
            entity_id: found.members.add(window, found.ids[entity_id], _any_real(mentions))
            for entity_id, mentions in members.items()
        }
        for entity_id in members:
            found.entities[entity_id].windows += 1
        if len(members) > config.max_entities:
            name = name_window(config.window, config.window_tokens)
            found.left_out[f"{name} with more than {config.max_entities} entities"] += 1
        elif len(members) > 1:
            _add_pairs(found, members, numbers, places)
            _keep_sentences(spans, report, chain.from_iterable(members.values()))
    article = found.sentences.add(dict(sorted(spans.items(), key=lambda item: item[1][0])))
    if spans:
        found.quoted.add(article)


def _any_real(mentions: list[Mention]) -> float:
    none_real = 1.0
    for mention in mentions:
        none_real *= 1.0 - mention.score
    return 1.0 - none_real


def _add_pairs(
    found: Cooccurrences, members: dict[str, list[Mention]], numbers: dict[str, int], places: _Places
) -> None:
    noted = {
        id(mention): found.mentions.add(
            places[mention.paragraph],
            mention.sentence,
            mention.start,
            mention.end,
            number(found.texts, mention.text),
            mention.score,
        )
        for mentions in members.values()
        for mention in mentions
    }
    for a, b in combinations(sorted(members), 2):
        first, second, distance = find_nearest(members[a], members[b])
        found.meetings.add(numbers[a], numbers[b], noted[id(first)], noted[id(second)], distance)


def _keep_sentences(spans: dict[str, list[Any]], report: Report, mentions: Iterable[Mention]) -> None:
    if (text := report.text) is None:
        return
    for mention in mentions:
        key = f"{mention.paragraph}.{mention.sentence}"
        if key not in spans:
            start, end = sentence_span(report, mention)
            spans[key] = [start, end, text[start:end]]


def sentence_span(report: Report, mention: Mention) -> tuple[int, int]:
    """Give the offsets of the sentence in which a mention stands; of its paragraph where sentences are not known."""
    for paragraph in report.paragraphs[mention.paragraph : mention.paragraph + 1]:
        for start, end in paragraph.sentences:
            if start <= mention.start and mention.end <= end:
                return start, end
        return min(paragraph.start, mention.start), max(paragraph.end, mention.end)
    return mention.start, mention.end
