"""Two runs beside each other: what changed in reports and network, and what it came from.

An article's results change first in one stage, and all that follows may change with it. That first stage is what a
changed article, node or edge is put down to; ``network`` is left where the reports are the same, and the settings of
the network or the decisions in ``merges.csv`` are not.
"""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import msgspec

from polnlp.account import read_account
from polnlp.errors import PolnlpError
from polnlp.reports import read_reports
from polnlp.schema import Record, Report

STAGES = ("input", "paragraphs", "names", "dates", "identity", "topics", "stances")
Facts = dict[str, frozenset[Any]]
Ledger = dict[Any, Counter[str]]


class Difference(Record, frozen=True, kw_only=True):
    """A setting, model, version or input that is not the same; ``None`` where a run does not have it."""

    what: str
    first: Any
    second: Any


class Change(Record, frozen=True, kw_only=True):
    """A node or an edge that is new, gone, or not what it was.

    Attributes:
        name: Of a node; of an edge both ends'.
        first: Its attributes that differ, as the first run has them; all that are compared where it is gone.
        second: The same in the second run.
        causes: First changed stage to the number of articles in which it changed this.
    """

    id: str
    name: str
    change: str
    first: dict[str, Any] = {}
    second: dict[str, Any] = {}
    causes: dict[str, int] = {}


class StageChange(Record, frozen=True, kw_only=True):
    """What became of one stage's results over all articles that both runs hold.

    Attributes:
        articles: Articles in which they differ.
        began: Of these, the articles in which no stage before differs.
        gone: Results of the first run that the second does not have.
        new: The other way round.
    """

    articles: int
    began: int
    gone: int
    new: int


class Comparison(Record, frozen=True, kw_only=True):
    """All that differs between two runs."""

    differences: tuple[Difference, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    same: int
    stages: dict[str, StageChange]
    nodes: tuple[Change, ...]
    edges: tuple[Change, ...]


class _Entry(msgspec.Struct):
    article: str


class _Node(msgspec.Struct):
    id: str
    name: str
    label: str
    count: int
    articles: int


class _Edge(msgspec.Struct):
    source: str
    target: str
    count: int
    sign: str | None = None
    evidence: list[_Entry] = []


class _Graph(msgspec.Struct):
    nodes: list[_Node]
    edges: list[_Edge]


def compare_runs(first: Path, second: Path) -> Comparison:
    """Compare two runs' folders; what was found in each article is held in memory, texts are not.

    Raises:
        CorpusError: If a folder holds no reports.
        PolnlpError: If a folder holds no network.
    """
    facts = [{report.article.id: gather_facts(report) for report in read_reports(run)} for run in (first, second)]
    began: dict[str, str | None] = {
        article: _begin(facts[0][article], facts[1][article]) for article in facts[0].keys() & facts[1].keys()
    }
    for run, articles in zip(("first", "second"), facts, strict=True):
        began |= dict.fromkeys(articles.keys() - began.keys(), f"only in the {run} run")
    one, other = _read_graph(first), _read_graph(second)
    return Comparison(
        differences=tuple(_differences(_read_run(first), _read_run(second))),
        only_first=tuple(sorted(facts[0].keys() - facts[1].keys())),
        only_second=tuple(sorted(facts[1].keys() - facts[0].keys())),
        same=sum(stage is None for stage in began.values()),
        stages=_compare_stages(facts[0], facts[1]),
        nodes=tuple(
            _compare(_node_facts(one), _node_facts(other), _count_mentions(first), _count_mentions(second), began)
        ),
        edges=tuple(_compare(_edge_facts(one), _edge_facts(other), _edge_ledger(one), _edge_ledger(other), began)),
    )


def gather_facts(report: Report) -> Facts:
    """Give what each stage found in an article, without scores."""
    date = report.article.date.value if report.article.date else None
    return {
        "input": frozenset([(report.article.sha256, report.article.title, date)]),
        "paragraphs": frozenset((p.start, p.end, p.zone) for p in report.paragraphs),
        "names": frozenset((m.start, m.end, m.label) for m in report.mentions),
        "dates": frozenset((d.start, d.end, d.value, d.mod) for d in report.dates),
        "identity": frozenset((m.start, m.end, m.entity_id) for m in report.mentions),
        "topics": frozenset((t.paragraph, t.label, t.second) for t in report.topics),
        "stances": frozenset((s.paragraph, s.holder, s.target, s.label) for s in report.stances),
    }


def _begin(first: Facts, second: Facts) -> str | None:
    return next((stage for stage in STAGES if first[stage] != second[stage]), None)


def _compare_stages(first: dict[str, Facts], second: dict[str, Facts]) -> dict[str, StageChange]:
    both = sorted(first.keys() & second.keys())
    stages = {}
    for stage in STAGES:
        pairs = [(a, first[a][stage], second[a][stage]) for a in both if first[a][stage] != second[a][stage]]
        stages[stage] = StageChange(
            articles=len(pairs),
            began=sum(_begin(first[article], second[article]) == stage for article, _, _ in pairs),
            gone=sum(len(one - other) for _, one, other in pairs),
            new=sum(len(other - one) for _, one, other in pairs),
        )
    return {stage: change for stage, change in stages.items() if change.articles}


def _read_graph(run: Path) -> _Graph:
    path = run / "graph.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Graph)
    except (OSError, msgspec.DecodeError) as error:
        raise PolnlpError(f"{path}: not a network: {error}. Give the folder of a run.") from error


def _read_run(run: Path) -> dict[str, Any]:
    """Give the account of a run; a folder of `polnlp graph` has none."""
    return read_account(run) if (run / "run.json").is_file() else {}


def _differences(first: dict[str, Any], second: dict[str, Any]) -> list[Difference]:
    sides = [_flat_account(account) for account in (first, second)]
    return [
        Difference(what=what, first=sides[0].get(what), second=sides[1].get(what))
        for what in sorted(sides[0].keys() | sides[1].keys())
        if sides[0].get(what) != sides[1].get(what)
    ]


def _flat_account(account: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"polnlp": account.get("polnlp"), "inputs": account.get("inputs")}
    for section, settings in account.get("settings", {}).items():
        told |= {f"setting {section}.{name}": value for name, value in settings.items()}
    return told | {f"model {name}": digest for name, digest in account.get("models", {}).items()}


def _count_mentions(run: Path) -> Ledger:
    """Give each entity's mentions in each article, by its id in the network."""
    import pyarrow.parquet as pq

    counts: Ledger = defaultdict(Counter)
    path = run / "tables" / "mentions.parquet"
    if path.is_file():
        table = pq.read_table(path, columns=["entity_id", "article"])
        for entity, article in zip(*(column.to_pylist() for column in table.columns), strict=True):
            counts[entity][article] += 1
    return counts


def _node_facts(graph: _Graph) -> dict[Any, dict[str, Any]]:
    return {n.id: {"name": n.name, "label": n.label, "count": n.count, "articles": n.articles} for n in graph.nodes}


def _edge_facts(graph: _Graph) -> dict[Any, dict[str, Any]]:
    names = {node.id: node.name for node in graph.nodes}
    return {
        (e.source, e.target): {
            "name": f"{names[e.source]} – {names[e.target]}",
            "count": e.count,
            "sign": e.sign,
        }
        for e in graph.edges
    }


def _edge_ledger(graph: _Graph) -> Ledger:
    return {(e.source, e.target): Counter(entry.article for entry in e.evidence) for e in graph.edges}


def _compare(
    first: dict[Any, dict[str, Any]],
    second: dict[Any, dict[str, Any]],
    first_ledger: Ledger,
    second_ledger: Ledger,
    began: dict[str, str | None],
) -> list[Change]:
    changes = []
    for key in sorted(first.keys() | second.keys()):
        one, other = first.get(key, {}), second.get(key, {})
        if one == other:
            continue
        differ = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
        before, after = first_ledger.get(key, Counter()), second_ledger.get(key, Counter())
        articles = {article for article in before | after if before[article] != after[article]}
        # The same windows, said of otherwise: a sign that changed with the stances of its articles.
        articles = articles or {article for article in before if began.get(article)}
        causes = Counter(began.get(article) or "network" for article in articles) or Counter({"network": 1})
        changes.append(
            Change(
                id=key if isinstance(key, str) else " | ".join(key),
                name=(other or one)["name"],
                change="new" if not one else "gone" if not other else "changed",
                first={name: one[name] for name in sorted(differ & one.keys())},
                second={name: other[name] for name in sorted(differ & other.keys())},
                causes=dict(sorted(causes.items(), key=lambda item: (-item[1], item[0]))),
            )
        )
    return changes


SHOWN = 15  # changes listed of each kind


def format_comparison(comparison: Comparison) -> str:
    """Write a comparison as text; of long lists the beginning, with what is left counted."""
    lines = ["What differs in what made them:"]
    lines += [f"  {d.what}: {_short(d.first)} → {_short(d.second)}" for d in comparison.differences] or ["  nothing"]
    for run, articles in (("first", comparison.only_first), ("second", comparison.only_second)):
        if articles:
            more = ", ..." if len(articles) > SHOWN else ""
            lines.append(f"Articles of the {run} run alone ({len(articles)}): {', '.join(articles[:SHOWN])}{more}")
    lines.append(f"Articles of both runs with the same results: {comparison.same:,}")
    for stage, of_stage in comparison.stages.items():
        told = f"articles {of_stage.articles:,}, results gone {of_stage.gone:,}, new {of_stage.new:,}"
        lines.append(f"  {stage}: {told}; began here in {of_stage.began:,}")
    for kind, changes in (("Nodes", comparison.nodes), ("Edges", comparison.edges)):
        counts = Counter(change.change for change in changes)
        lines.append(f"{kind}: {', '.join(f'{counts[word]:,} {word}' for word in ('new', 'gone', 'changed'))}")
        for change in sorted(changes, key=_rank)[:SHOWN]:
            lines.append(f"  {_MARKS[change.change]} {change.name}{_figures(change)} ({_causes(change)})")
        if len(changes) > SHOWN:
            lines.append(f"  ... and {len(changes) - SHOWN:,} more; --json lists all")
    return "\n".join(lines)


_MARKS = {"new": "+", "gone": "−", "changed": "~"}


def _rank(change: Change) -> tuple[int, str]:
    return -abs((change.second.get("count") or 0) - (change.first.get("count") or 0)), change.id


def _figures(change: Change) -> str:
    if change.change != "changed":
        return f": count {(change.second or change.first)['count']}"
    return ": " + ", ".join(f"{name} {change.first[name]} → {change.second[name]}" for name in change.first)


def _causes(change: Change) -> str:
    return ", ".join(f"{cause} in {count}" if cause != "network" else cause for cause, count in change.causes.items())


def _short(value: Any) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:12]}..." if text.isalnum() else f"{text[:57]}..."
