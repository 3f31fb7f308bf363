"""What stage 4 gives, and how its entities are called and described."""

import hashlib
from typing import NamedTuple

from polnlp.entities.forms import KIND_OF
from polnlp.kb import Entry
from polnlp.kb.names import slug
from polnlp.schema import PEOPLE, PLACES, Entity, Label, Mention, Merge

# A link settles these: a tagger cannot know who holds an office, or that a union stands for election.
_SETTLED = (PEOPLE, frozenset({"PARTY", "ORG"}))
_SLUG = 60  # characters of a name in an id


class Resolution(NamedTuple):
    """Mentions with their entities, the entities in order of first mention, and every decision."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    merges: tuple[Merge, ...]


def make_nil_id(label: Label, name: str, article_id: str) -> str:
    """Give the id of an entity that the knowledge base does not hold."""
    digest = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"nil:{label.lower()}:{slug(name)[:_SLUG].strip('-') or 'x'}:{digest}"


def describe_entry(entry: Entry, *, aliases: tuple[str, ...], count: int, score: float) -> Entity:
    """Give the record of an entity that is in the knowledge base."""
    place = entry.label in PLACES
    return Entity(
        id=entry.id,
        label=entry.label,
        name=entry.name,
        aliases=aliases,
        qid=entry.qid,
        iso=entry.iso or entry.country,
        geonames=entry.geonames,
        partyfacts=entry.partyfacts,
        lat=entry.lat if place else None,
        lon=entry.lon if place else None,
        count=count,
        score=score,
    )


def settles(found: Label, held: Label) -> bool:
    """Tell whether an entry's label takes the place of a mention's."""
    return found != held and (frozenset({found, held}) in _SETTLED or KIND_OF[found] != KIND_OF[held])
