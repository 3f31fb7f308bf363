"""Grouping and identity of entities against gold."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from polnlp.evaluation.analyser import Analyser
from polnlp.evaluation.gold import GoldEntity, GoldSpan, GoldText
from polnlp.evaluation.scores import Example, Scores, bootstrap, excerpt, score_groups, share_of_counts, worst_examples
from polnlp.kb.names import fold_name
from polnlp.mentions.labels import CODEBOOK
from polnlp.schema import Report

_NAME_FORMS = frozenset({"name", ""})


def score_links(texts: Sequence[GoldText], pipeline: Analyser, origin: str = "gold") -> Scores:
    """Score grouping (B³ over named mentions) and identity (the entry that an entity is linked to).

    Where the gold marks pronouns and common nouns too, only the named mentions count. Grouping alone is B³ over
    mentions that both have.
    """
    texts = [text for text in texts if text.entities is not None]
    gold_groups: list[set[tuple[int, int, int]]] = []
    found_groups: list[set[tuple[int, int, int]]] = []
    rows = []
    errors: list[Example] = []
    for number, text in enumerate(texts):
        report = pipeline.analyze(text.text, date=text.date, title=text.title, id=text.id)
        named = [_named(entity) for entity in text.entities or ()]
        gold_groups += [{(number, *place) for place in places} for places in named if places]
        by_id: dict[str | None, set[tuple[int, int, int]]] = {}
        for mention in report.mentions:
            if text.until is not None and mention.end > text.until:
                continue
            by_id.setdefault(mention.entity_id, set()).add((number, mention.start, mention.end))
        found_groups += by_id.values()
        rows.append(_link_counts(text.entities or (), report))
        errors += _find_errors(text, report)
    common = set().union(*gold_groups) & set().union(*found_groups)
    precision, recall, f1 = score_groups(gold_groups, found_groups)
    alone = score_groups([group & common for group in gold_groups], [group & common for group in found_groups])
    values = {"B3 F1": f1, "B3 precision": precision, "B3 recall": recall, "B3 F1 on common mentions": alone[2]}
    links = np.array(rows, dtype=np.float64).reshape(-1, 2)
    intervals = {}
    if links[:, 1].sum():
        values["link accuracy"] = round(share_of_counts(links.sum(axis=0)), 4)
        intervals["link accuracy"] = bootstrap(links, share_of_counts)
    return Scores(
        task="links",
        gold=origin,
        documents=len(texts),
        values=values,
        intervals=intervals,
        confusion=_count_errors(errors),
        examples=worst_examples(errors),
    )


def _find_errors(text: GoldText, report: Report) -> Iterator[Example]:
    """Give an error for each gold entity and wrong answer, at the first mention that got it."""
    entities = {entity.id: entity for entity in report.entities}
    found = {(mention.start, mention.end): entities.get(mention.entity_id or "") for mention in report.mentions}
    for entity in text.entities or ():
        told: set[str] = set()
        for place in sorted(_named(entity) & found.keys()) if entity.qid or entity.name else ():
            linked = found[place]
            name = linked.name if linked else "no entity"
            if name not in told and not (linked and _is_same(entity, linked.name, linked.qid)):
                told.add(name)
                score = linked.score if linked else 0.0
                shown, gold = excerpt(text.text, *place), entity.name or entity.qid or ""
                yield Example(id=text.id, text=shown, gold=gold, found=name, score=score)


def _count_errors(errors: Sequence[Example]) -> dict[str, int]:
    counts = Counter(f"{error.gold} → {error.found}" for error in errors)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _named(entity: GoldEntity) -> set[tuple[int, int]]:
    return {(span.start, span.end) for span in entity.mentions if _is_name(span)}


def _is_name(span: GoldSpan) -> bool:
    return span.label in _NAME_FORMS or span.label in CODEBOOK


def _link_counts(gold: Sequence[GoldEntity], report: Report) -> tuple[int, int]:
    """Count gold mentions of known identity that were found: rightly linked, and all."""
    entities = {entity.id: entity for entity in report.entities}
    found = {(mention.start, mention.end): entities.get(mention.entity_id or "") for mention in report.mentions}
    right = whole = 0
    for entity in gold:
        if not (entity.qid or entity.name):
            continue
        for place in sorted(_named(entity) & found.keys()):
            linked = found[place]
            whole += 1
            right += linked is not None and _is_same(entity, linked.name, linked.qid)
    return right, whole


def _is_same(gold: GoldEntity, name: str, qid: str | None) -> bool:
    if gold.qid and qid:
        return gold.qid == qid
    title = (gold.name or "").replace("_", " ").partition(" (")[0]
    return bool(title) and fold_name(title) == fold_name(name)
