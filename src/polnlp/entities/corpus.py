"""Across articles: entities that the knowledge base does not hold meet by name, kind, country and company.

Conservatively: what meets must bear one full name, and nothing may speak against it. The answer depends on the articles
alone, not on their order: entities of one name are joined by what they share, strongest first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from sys import intern

from polnlp.entities.company import CompanyIndex, Seen
from polnlp.entities.forms import KIND_OF
from polnlp.entities.merges import Decisions, MergeRow, strip_article
from polnlp.kb.names import fold_name, slug
from polnlp.schema import Entity, Report


class CorpusIdentity:
    """The corpus-wide id of every article's entities; call it with an article's id and the entity."""

    def __init__(self, ids: dict[tuple[str, str], str], merges: list[MergeRow]) -> None:
        self.ids = ids
        self.merges = merges

    def __call__(self, article: str, entity: Entity) -> str:
        """Give the corpus-wide id: the knowledge base's, else one shared by all that mean the same."""
        return self.ids.get((article, entity.id), entity.id)


def join_entities(reports: Iterable[Report], decisions: Decisions | None = None) -> CorpusIdentity:
    """Find out which unknown entities of different articles are one.

    Two meet if they bear the same full name (two words or more, or an acronym), are of the same kind and share no
    contradiction of countries; a single word must share a country and company as well.

    Args:
        reports: Read once, as a stream; only names and companions are kept.
        decisions: Rows of kind ``corpus``: ``reject`` keeps the articles' entities of that name apart, another id takes
            the joint id's place.
    """
    by_name: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    nobody: frozenset[str] = frozenset()
    for report in reports:
        countries = frozenset(entity.iso[:3] for entity in report.entities if entity.iso and entity.label == "COUNTRY")
        known = frozenset(intern(entity.id) for entity in report.entities if not entity.id.startswith("nil:"))
        for entity in report.entities:
            if entity.id.startswith("nil:"):
                key = fold_name(entity.name)
                company = (countries, known) if _is_single(key) else (nobody, nobody)  # no others are asked for theirs
                seen = Seen(report.article.id, entity.id, entity.name, intern(entity.label), *company)
                by_name[KIND_OF[entity.label], key].append(seen)
    ids: dict[tuple[str, str], str] = {}
    rows: list[MergeRow] = []
    for (_, key), held in sorted(by_name.items()):
        _name_clusters(key, _cluster(key, held), ids, rows, decisions or Decisions())
    return CorpusIdentity(ids, sorted(rows, key=lambda row: row.key))


def _cluster(key: str, held: list[Seen]) -> list[list[Seen]]:
    """Part the bearers of one name; sorted first, so that the order of articles does not matter."""
    held = sorted(held, key=lambda seen: (seen.article, seen.entity))
    clusters: dict[int, dict[str, Seen]] = {}  # oldest first; each by article, for a cluster holds one of each
    single = _is_single(key)
    company = CompanyIndex(held if single else [])
    for number, seen in enumerate(held):
        if not single or seen.name.isupper():
            near = [next((old for old, cluster in clusters.items() if next(iter(cluster)) != seen.article), -1)]
        else:
            near = company.find(seen)
        near = [old for old in near if old in clusters and seen.article not in clusters[old]]
        home = near[0] if near else number
        clusters.setdefault(home, {})[seen.article] = seen
        if single:
            company.add(seen, home)
        for other in near[1:]:
            if not clusters[other].keys() & clusters[home].keys():
                clusters[home].update(clusters.pop(other))
                company.join(home, other)
    return [list(cluster.values()) for cluster in clusters.values()]


def _is_single(key: str) -> bool:
    return len(key.split()) == 1


def _name_clusters(
    key: str, clusters: list[list[Seen]], ids: dict[tuple[str, str], str], rows: list[MergeRow], decisions: Decisions
) -> None:
    clusters = sorted(
        clusters, key=lambda cluster: (-len(cluster), min((seen.article, seen.entity) for seen in cluster))
    )
    for number, cluster in enumerate(clusters, start=1):
        labels = Counter(seen.label for seen in cluster)
        label = min(labels, key=lambda held: (-labels[held], held))
        joint = f"nil:{label.lower()}:{slug(key)[:60].strip('-') or 'x'}" + (f"-{number}" if number > 1 else "")
        names = sorted({seen.name for seen in cluster})
        decided = next((found for name in names if (found := decisions.of("corpus", name, joint))), "")
        for seen in cluster:
            if len(cluster) > 1 and decided == "reject":
                continue
            ids[seen.article, seen.entity] = decided if decided not in ("", "reject") else joint
        if len(cluster) > 1:
            rule = "name" if " " in key else "name and company"
            articles = len({seen.article for seen in cluster})
            rows.extend(
                MergeRow(kind="corpus", source=name, into=strip_article(joint), rule=rule, score=0.9, articles=articles)
                for name in names
            )
