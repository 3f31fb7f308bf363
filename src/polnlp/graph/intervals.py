"""Intervals: how far the network's figures would move with other articles, and with the models' doubts taken seriously.

Each draw takes as many articles as there are, with replacement, and redraws every mention, link and stance from its
probability. All draws run over flat arrays of the ledger; none builds a graph. A doubtful mention is left out of some
draws and added to none, so an interval may lie below the figure that takes every mention for real.

References:
    Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    Field, Welsh (2007). Bootstrapping clustered data. J. Royal Stat. Soc. B 69(3), 369-390. (Whole articles are drawn.)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polnlp.graph.association import npmi
from polnlp.graph.cooccurrence import Cooccurrences
from polnlp.graph.evidence import meeting_paragraphs
from polnlp.graph.positions import DRAWS as POSITION_DRAWS
from polnlp.graph.positions import Positions, write_positions
from polnlp.graph.windows import evidence_window

LEVELS = (0.025, 0.975)
MAX_VALUES = (
    40_000_000  # draws times edges that are held at once; beyond it fewer are drawn, and the graph says how many
)
MIN_DRAWS = 20
DAMPING, TOLERANCE, MAX_STEPS = 0.85, 1e-6, 100  # of PageRank, as in networkx

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FlatLedger:
    """The ledger as arrays: memberships of entities in windows, meetings of pairs, stances on edges.

    A member names its entity, window, article and link; a meeting its edge and its two members; a stance its article
    and the probabilities of favour and opposition; ``on_edge`` pairs a stance with an edge.
    """

    article_count: int
    entity: Indices
    window: Indices
    window_article: Indices
    member_probability: Floats
    link: Indices
    link_probability: Floats
    meeting_edge: Indices
    meeting_members: tuple[Indices, Indices]
    ends: tuple[Indices, Indices]
    stance_article: Indices
    stance_probability: NDArray[np.float64]  # (n_stances, 2): favour, opposition
    on_edge: tuple[Indices, Indices]  # stance, edge


def draw_intervals(graph: nx.Graph, found: Cooccurrences, *, draws: int, seed: int) -> None:
    """Give edges and nodes their intervals.

    Edges get them for ``count``, ``npmi`` and ``stance``, nodes for ``windows``, ``strength``, ``degree``, ``rank`` and
    ``pagerank``: each ``x`` gets ``x_low`` and ``x_high``, its 2.5th and 97.5th percentile over the draws. ``rank`` is
    by strength, from 1; two nodes whose ranks' intervals overlap are in no settled order. A draw leaves out ties of a
    single article, so degrees fall and the PageRank of hubs rises in it: their intervals may lie beside the figure.
    Betweenness and communities are drawn on the backbone and from at most ``positions.DRAWS`` draws: nodes get
    ``backbone_betweenness`` with its bounds and ``community_support``, edges ``same_community``.
    ``graph.graph["draws"]`` says how many draws there were.
    """
    edges = graph.number_of_edges()
    draws = min(draws, max(MIN_DRAWS, MAX_VALUES // max(edges, 1)))
    graph.graph["draws"] = draws if edges else 0
    if not draws or not edges:
        return
    ledger = flatten(graph, found)
    rng = np.random.default_rng(seed)
    min_count = graph.graph["settings"]["min_count"]
    count = np.array([count for _, _, count in graph.edges(data="count")], dtype=np.float64)
    community = _array(number for _, number in graph.nodes(data="community"))
    positions = Positions(ledger.ends, count, community, min_count=min_count, seed=seed)
    drawn: dict[str, list[NDArray[np.float32]]] = {}
    for number in range(draws):
        values = redraw(ledger, len(graph), edges, rng, min_count)
        for name, column in values.items():
            drawn.setdefault(name, []).append(column.astype(np.float32))
        if number < POSITION_DRAWS:
            positions.add(values["count"])
    bounds = {name: _percentiles(np.stack(values)) for name, values in drawn.items()}
    _write_bounds([data for _, _, data in graph.edges(data=True)], bounds, ("count", "npmi", "stance"))
    nodes = [data for _, data in graph.nodes(data=True)]
    for data, rank in zip(nodes, _rank(np.array([data["strength"] for data in nodes])), strict=True):
        data["rank"] = int(rank)
    _write_bounds(nodes, bounds, ("windows", "strength", "degree", "rank", "pagerank"))
    paths = _percentiles(np.stack(positions.drawn).astype(np.float32))
    write_positions(graph, positions, dict(zip(("low", "high"), paths, strict=True)))


def flatten(graph: nx.Graph, found: Cooccurrences) -> FlatLedger:
    """Lay the ledger out as arrays; every order is that of sorted keys."""
    articles = {article: index for index, article in enumerate(sorted(found.articles))}
    nodes = {node: index for index, node in enumerate(graph)}
    links = {key: index for index, key in enumerate(sorted(found.links))}
    windows = sorted(found.members)
    members = [(w, key[0], entity) for w, key in enumerate(windows) for entity in sorted(found.members[key])]
    place = {(w, entity): index for index, (w, _, entity) in enumerate(members)}
    number = {key: index for index, key in enumerate(windows)}
    kind = graph.graph["settings"]["window"]
    edges = list(graph.edges(data="evidence"))
    meetings = (
        (e, place[window, a], place[window, b])
        for e, (a, b, evidence) in enumerate(edges)
        for window in (number[evidence_window(entry, kind)] for entry in evidence)
    )
    stances = graph.graph["stances"]
    meeting = _columns(meetings, 3)
    on_edge = _columns(_stances_on_edges(edges, stances), 2)
    return FlatLedger(
        article_count=len(articles),
        entity=_array(nodes[entity] for _, _, entity in members),
        window=_array(w for w, _, _ in members),
        window_article=_array(articles[key[0]] for key in windows),
        member_probability=np.array([found.members[windows[w]][entity] for w, _, entity in members]),
        link=_array(links[article, entity] for _, article, entity in members),
        link_probability=np.array([found.links[key] for key in links]),
        meeting_edge=meeting[0],
        meeting_members=(meeting[1], meeting[2]),
        ends=(_array(nodes[a] for a, _, _ in edges), _array(nodes[b] for _, b, _ in edges)),
        stance_article=_array(articles[stance["article"]] for stance in stances),
        stance_probability=np.array([_chances(stance) for stance in stances]).reshape(-1, 2),
        on_edge=(on_edge[0], on_edge[1]),
    )


def _stances_on_edges(edges: list[tuple[str, str, Any]], stances: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    by_place: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for index, stance in enumerate(stances):
        by_place.setdefault((stance["article"], stance["paragraph"]), []).append((index, stance["target"]))
    return (
        (index, e)
        for e, (a, b, evidence) in enumerate(edges)
        for key in sorted({key for entry in evidence for key in meeting_paragraphs(entry)})
        for index, target in by_place.get(key, ())
        if target in (a, b)
    )


def _chances(stance: dict[str, Any]) -> tuple[float, float]:
    if stance["probabilities"]:
        return stance["probabilities"].get("favor", 0.0), stance["probabilities"].get("against", 0.0)
    score = stance["score"]
    return (score if stance["label"] == "favor" else 0.0), (score if stance["label"] == "against" else 0.0)


def _array(values: Any) -> Indices:
    return np.fromiter(values, dtype=np.int64)


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> Indices:
    return _array(chain.from_iterable(rows)).reshape(-1, width).T


def redraw(ledger: FlatLedger, nodes: int, edges: int, rng: np.random.Generator, min_count: int) -> dict[str, Floats]:
    """Draw the corpus once and give each measure's values, in the order of nodes or edges; ``nan`` where undefined."""
    times = rng.multinomial(ledger.article_count, np.full(ledger.article_count, 1.0 / ledger.article_count))
    linked = rng.random(len(ledger.link_probability)) < ledger.link_probability
    real = (rng.random(len(ledger.entity)) < ledger.member_probability) & linked[ledger.link]
    window_times = times[ledger.window_article]
    member_times = window_times[ledger.window] * real
    windows = _sum(ledger.entity, member_times, nodes)
    held = np.bincount(ledger.window, real, len(window_times)) > 0
    first, second = ledger.meeting_members
    count = _sum(ledger.meeting_edge, member_times[first] * real[second], edges)
    a, b = ledger.ends
    met = count >= min_count
    strength = _sum(a, count * met, nodes) + _sum(b, count * met, nodes)
    with np.errstate(divide="ignore", invalid="ignore"):
        association = npmi(count, windows[a], windows[b], max(int((window_times * held).sum()), 1))
    return {
        "count": count,
        "npmi": np.where(count > 0, association, np.nan),
        "stance": _draw_stances(ledger, edges, times, rng),
        "windows": windows,
        "strength": strength,
        "degree": _sum(a, met, nodes) + _sum(b, met, nodes),
        "rank": _rank(strength),
        "pagerank": pagerank(a, b, count * met, nodes),
    }


def _sum(places: Indices, values: Any, length: int) -> Floats:
    return np.asarray(np.bincount(places, values, length), dtype=np.float64)


def pagerank(a: Indices, b: Indices, weights: Floats, nodes: int) -> Floats:
    """Give PageRank as ``networkx.pagerank`` does (damping 0.85), from the ends of the edges; the sum is 1."""
    links = csr_array((np.tile(weights, 2), (np.concatenate([a, b]), np.concatenate([b, a]))), shape=(nodes, nodes))
    strength = np.asarray(links.sum(axis=1), dtype=np.float64)
    alone = strength == 0
    rank = np.full(nodes, 1.0 / nodes)
    for _ in range(MAX_STEPS):
        before = rank
        flow = np.divide(rank, strength, out=np.zeros(nodes), where=~alone)
        rank = DAMPING * (links @ flow + rank[alone].sum() / nodes) + (1.0 - DAMPING) / nodes
        if np.abs(rank - before).sum() < nodes * TOLERANCE:
            break
    return np.asarray(rank)


def _draw_stances(ledger: FlatLedger, edges: int, times: Indices, rng: np.random.Generator) -> Floats:
    drawn = rng.random(len(ledger.stance_article))
    favor, against = ledger.stance_probability.T
    value = np.where(drawn < favor, 1.0, np.where(drawn < favor + against, -1.0, 0.0))
    stance, edge = ledger.on_edge
    weight = times[ledger.stance_article[stance]]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.bincount(edge, value[stance] * weight, edges) / np.bincount(edge, weight, edges))


def _rank(strength: Any) -> Floats:
    """Rank from 1, the strongest first; equals share the best rank of theirs."""
    ordered = np.sort(strength)
    return np.asarray(len(ordered) - np.searchsorted(ordered, strength, side="right") + 1, dtype=np.float64)


def _percentiles(values: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Give both percentiles of each column, of the draws in which it is defined; ``nan`` where it never is."""
    ordered = np.sort(values, axis=0)  # nan goes last
    known = (~np.isnan(ordered)).sum(axis=0)
    columns = np.arange(ordered.shape[1])
    low, high = (
        np.where(known > 0, ordered[np.maximum(np.ceil(level * known).astype(int) - 1, 0), columns], np.nan)
        for level in LEVELS
    )
    return low, high


def _write_bounds(
    records: list[dict[str, Any]], bounds: dict[str, tuple[Floats, Floats]], names: tuple[str, ...]
) -> None:
    for name in names:
        digits = {"npmi": 4, "stance": 4, "pagerank": 6}.get(name)
        for suffix, values in zip(("low", "high"), bounds[name], strict=True):
            for data, value in zip(records, values.tolist(), strict=True):
                given = None if value != value else int(value) if digits is None else round(value, digits)
                data[f"{name}_{suffix}"] = given
