"""What a run found, as units that a sample can be drawn from: paragraphs, entities, edges or stances."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from polnlp.annotation.items import Found, Item, Mark, What
from polnlp.entities.corpus import CorpusIdentity, join_entities
from polnlp.errors import CorpusError
from polnlp.network import DecidedReports
from polnlp.schema import AUTHOR, CONTENT_ZONES, Mention, Paragraph, Report, Stance

UNKNOWN = "unknown"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A unit, and how to make an item of it.

    Attributes:
        unit: Its id in the population.
        place: Paragraph's index; a stance's position in its report; or the places ``(start, end)`` that are marked.
        keys: What strata can be made by.
        choice: What the run says of it.
        question: What an annotator is asked.
    """

    unit: str
    article: str
    place: Any
    keys: dict[str, str]
    choice: str | None
    question: str


class RunReports:
    """The reports of a run with all that is needed to list and show its units.

    Raises:
        CorpusError: If the folder holds no reports.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.reports = DecidedReports(output)

    def list_candidates(self, what: What, seed: int) -> Iterator[Candidate]:
        """List the units of the whole run; an entity or an edge is shown at one of its places, chosen by ``seed``."""
        match what:
            case "paragraphs":
                return (candidate for report in self.reports for candidate in _paragraphs(report))
            case "stances":
                return (candidate for report in self.reports for candidate in _stances(report))
            case "entities":
                identity = join_entities(self.reports, self.reports.decisions)
                return iter(_list_entities(self.reports, identity, seed))
            case "edges":
                return iter(_list_edges(self.output, self.reports, seed))

    def make_items(self, chosen: Iterable[Candidate], what: What) -> Iterator[tuple[Candidate, Item]]:
        """Make the items of candidates, article by article."""
        of_article: dict[str, list[Candidate]] = {}
        for candidate in chosen:
            of_article.setdefault(candidate.article, []).append(candidate)
        for report in self.reports:
            for candidate in of_article.get(report.article.id, ()):
                if report.text is None:
                    raise CorpusError(
                        f"{self.output}: its reports hold no texts to annotate; run `polnlp run` without --no-text."
                    )
                yield candidate, _make_item(report, report.text, candidate, what)


def rank(seed: int, name: str) -> str:
    """Give what decides who is drawn: the same for the same seed and name, whatever the order and the rest."""
    return hashlib.sha256(f"{seed}:{name}".encode("utf-8", "surrogatepass")).hexdigest()


def _keys(report: Report, paragraph: int, **more: str) -> dict[str, str]:
    """Give what strata can be made by: the article's metadata, its year, the paragraph's topic."""
    article = report.article
    given = {name: str(value) for name, value in article.metadata.items() if isinstance(value, str | int)}
    topic = next((topic.label for topic in report.topics if topic.paragraph == paragraph), UNKNOWN)
    year = article.date.value[:4] if article.date else UNKNOWN
    return {**given, "article": article.id, "year": year, "topic": topic, **more}


def _paragraphs(report: Report) -> Iterator[Candidate]:
    for paragraph in report.paragraphs:
        if paragraph.zone in CONTENT_ZONES:
            keys = _keys(report, paragraph.index, zone=paragraph.zone)
            topic = keys["topic"] if keys["topic"] != UNKNOWN else None
            yield Candidate(
                unit=f"{report.article.id}#{paragraph.index}",
                article=report.article.id,
                place=paragraph.index,
                keys=keys,
                choice=topic,
                question="What is this paragraph about? Are names and dates marked as they should be?",
            )


def _stances(report: Report) -> Iterator[Candidate]:
    names = {entity.id: entity.name for entity in report.entities}
    for position, stance in enumerate(report.stances):
        holder = "the author" if stance.holder == AUTHOR else names.get(stance.holder, stance.holder)
        yield Candidate(
            unit=f"{report.article.id}#{stance.paragraph}@{stance.holder}>{stance.target}",
            article=report.article.id,
            place=position,
            keys=_keys(report, stance.paragraph, label=stance.label),
            choice=stance.label,
            question=f"What attitude of {holder} toward {names.get(stance.target, stance.target)} does this convey?",
        )


def _list_entities(reports: Iterable[Report], identity: CorpusIdentity, seed: int) -> list[Candidate]:
    best: dict[str, tuple[str, Candidate]] = {}
    for report in reports:
        entities = {entity.id: entity for entity in report.entities}
        for mention in report.mentions:
            entity = entities.get(mention.entity_id or "")
            if entity is None:
                continue
            unit = identity(report.article.id, entity)
            order = rank(seed, f"{unit} {report.article.id} {mention.start}")
            if unit not in best or order < best[unit][0]:
                known = "" if entity.id.startswith("nil:") else f", {entity.id}"
                best[unit] = (
                    order,
                    Candidate(
                        unit=unit,
                        article=report.article.id,
                        place=((mention.start, mention.end),),
                        keys=_keys(report, mention.paragraph, label=entity.label),
                        choice="right",
                        question=f"Does the marked name mean {entity.name} ({entity.label}{known})?",
                    ),
                )
    return [candidate for _, candidate in best.values()]


def _list_edges(output: Path, reports: Iterable[Report], seed: int) -> list[Candidate]:
    try:
        graph = json.loads((output / "graph.json").read_bytes())
    except (OSError, ValueError) as error:
        raise CorpusError(f"{output}/graph.json: cannot read the network: {error}. `polnlp graph` makes it.") from error
    names = {node["id"]: node["name"] for node in graph["nodes"]}
    drawn: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for edge in graph.get("edges", graph.get("links", ())):
        a, b = sorted((edge["source"], edge["target"]))
        entry = min(edge["evidence"], key=lambda e: rank(seed, f"{a} {b} {e['article']} {e['a']['start']}"))
        drawn.setdefault(entry["article"], []).append((f"{a}+{b}", {**entry, "names": (names[a], names[b])}))
    candidates = []
    for report in reports:
        for unit, entry in drawn.get(report.article.id, ()):
            first, second = entry["names"]
            places = tuple((entry[end]["start"], entry[end]["end"]) for end in ("a", "b"))
            candidates.append(
                Candidate(
                    unit=unit,
                    article=report.article.id,
                    place=places,
                    keys=_keys(report, entry["a"]["paragraph"]),
                    choice="right",
                    question=f"Do the marked names mean {first} and {second}, and does the text bring them together?",
                )
            )
    return candidates


def _make_item(report: Report, text: str, candidate: Candidate, what: What) -> Item:
    if what == "paragraphs":
        paragraphs = [report.paragraphs[candidate.place]]
        mentions = [mention for mention in report.mentions if mention.paragraph == candidate.place]
        marks = [_mark(mention, mention.label) for mention in mentions]
        marks += [Mark(start=d.start, end=d.end, label="DATE") for d in report.dates if d.paragraph == candidate.place]
    elif what == "stances":
        stance = report.stances[candidate.place]
        paragraphs = [report.paragraphs[stance.paragraph]]
        marks = _stance_marks(report, stance)
    else:
        mentions = [mention for mention in report.mentions if (mention.start, mention.end) in candidate.place]
        paragraphs = [report.paragraphs[mention.paragraph] for mention in mentions]
        marks = [_mark(mention, mention.label) for mention in mentions]
    begin, end = min(p.start for p in paragraphs), max(p.end for p in paragraphs)
    spans = tuple(_shift(mark, begin) for mark in sorted(marks, key=lambda mark: mark.start))
    return Item(
        id=candidate.unit if what in {"paragraphs", "stances"} else _item_id(candidate, paragraphs),
        what=what,
        text=text[begin:end],
        spans=spans,
        choice=candidate.choice if what in {"paragraphs", "stances"} else None,
        question=candidate.question,
        article=report.article.id,
        offset=begin,
        date=report.article.date.value if report.article.date else None,
        found=Found(spans=spans, choice=candidate.choice),
    )


def _item_id(candidate: Candidate, paragraphs: list[Paragraph]) -> str:
    return f"{candidate.article}#{min(p.index for p in paragraphs)}@{candidate.unit}"


def _stance_marks(report: Report, stance: Stance) -> list[Mark]:
    mentions = [mention for mention in report.mentions if mention.paragraph == stance.paragraph]
    roles = {stance.holder: "HOLDER", stance.target: "TARGET"}
    return [_mark(mention, roles[mention.entity_id]) for mention in mentions if mention.entity_id in roles]


def _mark(mention: Mention, label: str) -> Mark:
    return Mark(start=mention.start, end=mention.end, label=label, entity=mention.entity_id)


def _shift(mark: Mark, begin: int) -> Mark:
    return msgspec.structs.replace(mark, start=mark.start - begin, end=mark.end - begin)
