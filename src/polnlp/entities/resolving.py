"""From mentions to entities: group, link, name, and keep the receipt of each decision."""

from collections.abc import Sequence

import msgspec

from polnlp.config import EntitiesConfig
from polnlp.entities.context import read_context
from polnlp.entities.forms import KIND_OF, Form
from polnlp.entities.grouping import RULE_SCORES, Apart, Group, group_mentions
from polnlp.entities.identity import Resolution, describe_entry, make_nil_id, settles
from polnlp.entities.linking import Link, Linker, group_label
from polnlp.entities.merges import Decisions
from polnlp.entities.revising import revise_resolution
from polnlp.kb import Entry, KnowledgeBase
from polnlp.schema import Article, Entity, Label, Mention, Merge, Paragraph

_OWN = ("user", "name", "alias", "acronym")
_KNOWN = 0.4  # prior from which on an entry's name is not taken for another's


def resolve_entities(
    article: Article,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[Mention],
    kb: KnowledgeBase,
    config: EntitiesConfig = EntitiesConfig(),  # noqa: B008 - frozen
    decisions: Decisions | None = None,
) -> Resolution:
    """Find out which mentions of an article name one thing, and which entry of the knowledge base that is.

    What no entry fits well enough is an entity of its own, ``nil:<label>:<name>:<article>``. A link may settle a
    mention's label: ``PERSON`` becomes ``LEADER`` where the knowledge base knows an office, ``ORG`` becomes ``PARTY``.

    Args:
        article: Its text, date and ``metadata["country"]`` help to choose among namesakes.
        paragraphs: Unused but for their order; mentions carry their paragraph's index.
        mentions: Ordered by start, not overlapping.
        decisions: A scholar's rows of ``merges.csv``; a rejected join or link is not made, another id is taken.

    Returns:
        The mentions with ``entity_id``, in the same order; one entity for each id; the decisions, sorted.
    """
    groups = group_mentions(article.text, mentions, tell_apart(kb))
    context = read_context(article, mentions, groups, kb)
    linker = Linker(kb, context, article.text, mentions, config.threshold)
    links = linker.link(groups) if config.link else [Link(None, "not-linked", 1.0)] * len(groups)
    resolution = _Writer(article, mentions, kb).write(groups, links)
    return revise_resolution(resolution, decisions, kb, article.id) if decisions else resolution


def tell_apart(kb: KnowledgeBase) -> Apart:
    """Tell names apart that the knowledge base has as names of different entries of one kind, and of none in common."""

    def apart(one: Form, other: Form) -> bool:
        first, second = _bearers(kb, one), _bearers(kb, other)
        return bool(first) and bool(second) and not first & second

    return apart


def _bearers(kb: KnowledgeBase, form: Form) -> set[str]:
    return {
        candidate.id
        for candidate in kb.candidates(form.name)
        if candidate.how in _OWN and KIND_OF[candidate.label] == form.kind and candidate.prior >= _KNOWN
    }


class _Writer:
    """Write groups and links as records."""

    def __init__(self, article: Article, mentions: Sequence[Mention], kb: KnowledgeBase) -> None:
        self.article = article
        self.given = mentions
        self.kb = kb
        self.mentions: list[Mention] = list(mentions)
        self.merges: dict[tuple[str, str, str], Merge] = {}

    def write(self, groups: Sequence[Group], links: Sequence[Link]) -> Resolution:
        by_id: dict[str, list[tuple[Group, Link]]] = {}
        entries: dict[str, Entry] = {}
        for group, link in zip(groups, links, strict=True):
            entry = self.kb.entry(link.entry_id) if link.entry_id else None
            label = self._entity_label(group, entry)
            entity_id = entry.id if entry else self._nil_id(group, label, by_id)
            if entry is not None:
                entries[entity_id] = entry
            by_id.setdefault(entity_id, []).append((group, link))
            self._record(group, link, entity_id, entry)
            self._fill(group, entity_id, entry)
        entities = [self._entity(entity_id, held, entries.get(entity_id)) for entity_id, held in by_id.items()]
        merges = sorted(self.merges.values(), key=lambda merge: (merge.kind, merge.source, merge.into, merge.rule))
        return Resolution(tuple(self.mentions), tuple(entities), tuple(merges))

    def _entity_label(self, group: Group, entry: Entry | None) -> Label:
        return entry.label if entry is not None else group_label(group, self.given)

    def _nil_id(self, group: Group, label: Label, taken: dict[str, list[tuple[Group, Link]]]) -> str:
        """Give a new id; two entities of one name in one article are told apart by the order of their first mention."""
        entity_id = make_nil_id(label, group.full.name, self.article.id)
        number = 2
        head, _, digest = entity_id.rpartition(":")
        while entity_id in taken:
            entity_id = f"{head}-{number}:{digest}"
            number += 1
        return entity_id

    def _record(self, group: Group, link: Link, entity_id: str, entry: Entry | None) -> None:
        full = group.full
        for form in group.forms:
            join = group.joins.get(form.key)
            if join is not None:
                self._add(
                    Merge(
                        kind="group",
                        source=form.name,
                        into=entity_id,
                        rule=f"{join.rule} ({full.name})",
                        score=RULE_SCORES[join.rule],
                    )
                )
        if entry is None:
            self._add(
                Merge(
                    kind="nil",
                    source=full.name,
                    into=entity_id,
                    rule=link.rule,
                    score=link.score,
                    runner_up=link.runner_up,
                )
            )
            return
        rule = link.rule
        labels = sorted({self.given[index].label for index in group.members} - {entry.label})
        if any(settles(label, entry.label) for label in labels):
            rule = f"{rule}, {'/'.join(labels)} to {entry.label}"
        self._add(
            Merge(kind="link", source=full.name, into=entity_id, rule=rule, score=link.score, runner_up=link.runner_up)
        )

    def _add(self, merge: Merge) -> None:
        key = (merge.kind, merge.source, merge.into)
        if key not in self.merges or self.merges[key].score < merge.score:
            self.merges[key] = merge

    def _fill(self, group: Group, entity_id: str, entry: Entry | None) -> None:
        for index in group.members:
            mention = self.given[index]
            label = entry.label if entry is not None and settles(mention.label, entry.label) else mention.label
            self.mentions[index] = msgspec.structs.replace(mention, entity_id=entity_id, label=label)

    def _entity(self, entity_id: str, held: list[tuple[Group, Link]], entry: Entry | None) -> Entity:
        members = [index for group, _ in held for index in group.members]
        aliases = tuple(sorted({self.given[index].text for index in members}))
        score = max(link.score for _, link in held)
        if entry is None:
            group = held[0][0]
            return Entity(
                id=entity_id, label=group_label(group, self.given), name=group.full.name,
                aliases=aliases, count=len(members), score=score,
            )  # fmt: skip
        return describe_entry(entry, aliases=aliases, count=len(members), score=score)
