"""A scholar's decisions, carried out on what was resolved: no text is read, nothing else is changed."""

import re
from collections.abc import Sequence

import msgspec

from polnlp.entities.forms import read_form
from polnlp.entities.identity import Resolution, describe_entry, make_nil_id, settles
from polnlp.entities.merges import Decisions
from polnlp.kb import KnowledgeBase
from polnlp.schema import AUTHOR, Entity, Label, Mention, Merge, Report, Stance

_JOINED = re.compile(r"[\w-]+ \((.*)\)", re.DOTALL)  # a join's rule, and the name of the group that was joined


def revise_report(report: Report, decisions: Decisions, kb: KnowledgeBase) -> Report:
    """Carry out decisions on a report; see ``apply_decisions``."""
    given = Resolution(report.mentions, report.entities, report.merges)
    moves = _find_moves(given, decisions, kb, report.article.id)
    if not moves:
        return report
    revised = _move(given, moves, kb)
    stances = _revise_stances(report.stances, report.mentions, revised.mentions)
    return msgspec.structs.replace(report, mentions=revised.mentions, entities=revised.entities, stances=stances)


def revise_resolution(given: Resolution, decisions: Decisions, kb: KnowledgeBase, article_id: str) -> Resolution:
    """Carry out decisions on what was just resolved."""
    moves = _find_moves(given, decisions, kb, article_id)
    return _move(given, moves, kb) if moves else given


def _find_moves(
    given: Resolution, decisions: Decisions, kb: KnowledgeBase, article_id: str
) -> dict[int, tuple[str, str]]:
    """Give the mentions that change sides: index to new entity id and, where that is a new one of its own, its name."""
    moves: dict[int, tuple[str, str]] = {}
    rows = _read_rows(given.merges)
    for index, mention in enumerate(given.mentions):
        entity_id = mention.entity_id
        if entity_id is None:
            continue
        surface = read_form(mention.text, mention.label).name
        joined = rows.joins.get((surface, entity_id))
        decision = decisions.of("group", surface, entity_id) if joined is not None else ""
        name = surface
        if not decision:
            name = joined if joined is not None else rows.names.get((_fold(surface), entity_id), surface)
            decision = _decide_link(rows, decisions, name, entity_id)
        if decision == "reject":
            moves[index] = (make_nil_id(mention.label, name, article_id), name)
        elif decision and (kb.entry(decision) is not None or decision.startswith("nil:")):
            moves[index] = (decision, name)
    return {index: move for index, move in moves.items() if move[0] != given.mentions[index].entity_id}


class _Rows(msgspec.Struct):
    joins: dict[tuple[str, str], str] = {}
    names: dict[tuple[str, str], str] = {}
    links: dict[tuple[str, str], Merge] = {}


def _read_rows(merges: Sequence[Merge]) -> _Rows:
    rows = _Rows({}, {}, {})
    for merge in merges:
        if merge.kind == "group":
            match = _JOINED.fullmatch(merge.rule)
            rows.joins[merge.source, merge.into] = match.group(1) if match else merge.source
        elif merge.kind in ("link", "nil"):
            rows.links[merge.source, merge.into] = merge
            rows.names[_fold(merge.source), merge.into] = merge.source
    return rows


def _decide_link(rows: _Rows, decisions: Decisions, name: str, entity_id: str) -> str:
    merge = rows.links.get((name, entity_id))
    if merge is None:
        return ""
    decision = decisions.of(merge.kind, name, entity_id)
    if merge.kind == "nil" and decision == "reject":
        # It is something: what came nearest, if anything did.
        return merge.runner_up.partition(" ")[0]
    return decision


def _fold(surface: str) -> str:
    return read_form(surface, "MISC").key


def _move(given: Resolution, moves: dict[int, tuple[str, str]], kb: KnowledgeBase) -> Resolution:
    mentions = list(given.mentions)
    names: dict[str, str] = {}
    for index, (entity_id, name) in moves.items():
        entry = kb.entry(entity_id)
        label = (
            entry.label if entry is not None and settles(mentions[index].label, entry.label) else mentions[index].label
        )
        mentions[index] = msgspec.structs.replace(mentions[index], entity_id=entity_id, label=label)
        names.setdefault(entity_id, name)
    touched = {move[0] for move in moves.values()} | {given.mentions[index].entity_id for index in moves}
    held = {entity.id: entity for entity in given.entities}
    members: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.entity_id is not None:
            members.setdefault(mention.entity_id, []).append(mention)
    entities = [
        _recount(entity_id, held.get(entity_id), found, names.get(entity_id, ""), kb)
        if entity_id in touched
        else held[entity_id]
        for entity_id, found in members.items()
    ]
    return Resolution(tuple(mentions), tuple(entities), given.merges)


def _recount(entity_id: str, held: Entity | None, found: list[Mention], name: str, kb: KnowledgeBase) -> Entity:
    aliases = tuple(sorted({mention.text for mention in found}))
    if held is not None:
        return msgspec.structs.replace(held, aliases=aliases, count=len(found))
    entry = kb.entry(entity_id)
    if entry is not None:
        return describe_entry(entry, aliases=aliases, count=len(found), score=1.0)
    label: Label = found[0].label
    return Entity(id=entity_id, label=label, name=name, aliases=aliases, count=len(found))


def _revise_stances(
    stances: Sequence[Stance], before: Sequence[Mention], after: Sequence[Mention]
) -> tuple[Stance, ...]:
    """Let stances follow their holder and target where all that they were called in the paragraph went one way."""
    went: dict[tuple[int, str], set[str]] = {}
    anywhere: dict[str, set[str]] = {}
    for old, new in zip(before, after, strict=True):
        if old.entity_id is not None and new.entity_id is not None:
            went.setdefault((old.paragraph, old.entity_id), set()).add(new.entity_id)
            anywhere.setdefault(old.entity_id, set()).add(new.entity_id)

    def follow(paragraph: int, entity_id: str) -> str:
        found = went.get((paragraph, entity_id)) or anywhere.get(entity_id) or {entity_id}
        return next(iter(found)) if len(found) == 1 else entity_id

    return tuple(
        msgspec.structs.replace(
            stance,
            target=follow(stance.paragraph, stance.target),
            holder=stance.holder if stance.holder == AUTHOR else follow(stance.paragraph, stance.holder),
        )
        for stance in stances
    )
