"""Intervals: how far the network's figures would move with other articles, and with the models' doubts taken seriously.

Each draw takes as many articles as there are, with replacement, and redraws every mention, link and stance from its
probability. All draws run over flat arrays of the ledger; none builds a graph. A doubtful mention is left out of some
draws and added to none, so an interval may lie below the figure that takes every mention for real.

References:
    Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    Field, Welsh (2007). Bootstrapping clustered data. J. Royal Stat. Soc. B 69(3), 369-390. (Whole articles are drawn.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polnlp.graph.association import npmi
from polnlp.graph.ledger import Ledger, Table
from polnlp.graph.positions import DRAWS as POSITION_DRAWS
from polnlp.graph.positions import Positions, write_positions
from polnlp.graph.spool import Rows

LEVELS = (0.025, 0.975)
MAX_VALUES = (
    40_000_000  # draws times edges that are held at once; beyond it fewer are drawn, and the graph says how many
)
MIN_DRAWS = 20
COLUMNS = 10_000  # whose draws are sorted at once
ROWS = 1_000_000  # of the ledger that are added up at once
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
    meetings: Table  # edge, first, second
    ends: tuple[Indices, Indices]
    stance_article: Indices
    stance_probability: NDArray[np.float64]  # (n_stances, 2): favour, opposition
    on_edge: Table  # stance, edge


def draw_intervals(graph: nx.Graph, ledger: Ledger, on_edge: Table, *, draws: int, seed: int) -> None:
    """Give edges and nodes their intervals.

    Edges get them for ``count``, ``npmi`` and ``stance``, nodes for ``windows``, ``strength``, ``degree``, ``rank`` and
    ``pagerank``: each ``x`` gets ``x_low`` and ``x_high``, its 2.5th and 97.5th percentile over the draws. ``rank`` is
    by strength, from 1; two nodes whose ranks' intervals overlap are in no settled order. A draw leaves out ties of a
    single article, so degrees fall and the PageRank of hubs rises in it: their intervals may lie beside the figure.
    Betweenness and communities are drawn on the backbone and from at most ``positions.DRAWS`` draws: nodes get
    ``backbone_betweenness`` with its bounds and ``community_support``, edges ``same_community``.
    ``graph.graph["draws"]`` says how many draws there were.

    Args:
        on_edge: The stances that count for each edge, as ``describe_pairs`` writes them.
    """
    edges = graph.number_of_edges()
    draws = min(draws, max(MIN_DRAWS, MAX_VALUES // max(edges, 1)))
    graph.graph["draws"] = draws if edges else 0
    if not draws or not edges:
        return
    flat = flatten(graph, ledger, on_edge)
    rng = np.random.default_rng(seed)
    min_count = graph.graph["settings"]["min_count"]
    count = np.array([count for _, _, count in graph.edges(data="count")], dtype=np.float64)
    community = _array(number for _, number in graph.nodes(data="community"))
    positions = Positions(flat.ends, count, community, min_count=min_count, seed=seed)
    drawn: dict[str, Rows] = {}
    for number in range(draws):
        values = redraw(flat, len(graph), edges, rng, min_count)
        for name, column in values.items():
            drawn.setdefault(name, Rows(value="f")).extend(column.astype(np.float32))
        if number < POSITION_DRAWS:
            positions.add(values["count"])
    bounds = {name: _percentiles(values.read()["value"].reshape(draws, -1)) for name, values in drawn.items()}
    _write_bounds([data for _, _, data in graph.edges(data=True)], bounds, ("count", "npmi", "stance"))
    nodes = [data for _, data in graph.nodes(data=True)]
    for data, rank in zip(nodes, _rank(np.array([data["strength"] for data in nodes])), strict=True):
        data["rank"] = int(rank)
    _write_bounds(nodes, bounds, ("windows", "strength", "degree", "rank", "pagerank"))
    paths = _percentiles(np.stack(positions.drawn).astype(np.float32))
    write_positions(graph, positions, dict(zip(("low", "high"), paths, strict=True)))


def flatten(graph: nx.Graph, ledger: Ledger, on_edge: Table) -> FlatLedger:
    """Lay the ledger out as arrays; every order is that of sorted keys."""
    found, members = ledger.found, ledger.members
    nodes = np.zeros(len(ledger.ids), dtype=np.int64)  # by rank
    nodes[sorted(ledger.rank[found.ids[node]] for node in graph)] = np.arange(len(graph))
    article = ledger.article_rank[ledger.windows["article"]]
    window_order, window_place = _sort(ledger.windows["sentence"], ledger.windows["paragraph"], article)
    member_order, member_place = _sort(ledger.member_rank, window_place[members["window"]])
    members = members[member_order]
    links = found.links.read()
    link_article, link_entity = ledger.article_rank[links["article"]], ledger.rank[links["entity"]]
    link_order, _ = _sort(link_entity, link_article)
    key = link_article.astype(np.int64) * len(ledger.ids) + link_entity
    member_key = article[members["window"]].astype(np.int64) * len(ledger.ids) + ledger.rank[members["entity"]]
    pairs, meetings = ledger.pairs_of(graph.graph["settings"]["min_count"]), Rows(edge="i", first="i", second="i")
    for edge, (_, _, start, stop) in enumerate(pairs.tolist()):
        rows = np.empty(stop - start, meetings.dtype)
        rows["edge"] = edge
        rows["first"], rows["second"] = (member_place[ledger.meetings[end][start:stop]] for end in ("a", "b"))
        meetings.extend(rows)
    stances = found.stances.read()
    stance_order, _ = _sort(ledger.article_rank[stances["article"]])
    stances = stances[stance_order]
    return FlatLedger(
        article_count=len(found.articles),
        entity=nodes[ledger.rank[members["entity"]]],
        window=window_place[members["window"]],
        window_article=article[window_order],
        member_probability=members["probability"],
        link=np.searchsorted(key[link_order], member_key),
        link_probability=links["probability"][link_order],
        meetings=meetings.read(),
        ends=(nodes[pairs["a"]], nodes[pairs["b"]]),
        stance_article=ledger.article_rank[stances["article"]],
        stance_probability=np.stack([stances["favor"], stances["against"]], axis=1),
        on_edge=on_edge,
    )


def _sort(*keys: Any) -> tuple[Indices, Indices]:
    """Give the order by keys, the last one first, and each row's place in it."""
    order = np.lexsort(keys)
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return order, places


def _array(values: Any) -> Indices:
    return np.fromiter(values, dtype=np.int64)


def redraw(ledger: FlatLedger, nodes: int, edges: int, rng: np.random.Generator, min_count: int) -> dict[str, Floats]:
    """Draw the corpus once and give each measure's values, in the order of nodes or edges; ``nan`` where undefined."""
    times = rng.multinomial(ledger.article_count, np.full(ledger.article_count, 1.0 / ledger.article_count))
    linked = rng.random(len(ledger.link_probability)) < ledger.link_probability
    real = (rng.random(len(ledger.entity)) < ledger.member_probability) & linked[ledger.link]
    window_times = times[ledger.window_article]
    member_times = window_times[ledger.window] * real
    windows = _sum(ledger.entity, member_times, nodes)
    held = np.bincount(ledger.window, real, len(window_times)) > 0
    count = _sum_rows(ledger.meetings, edges, lambda rows: member_times[rows["first"]] * real[rows["second"]])
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


def _sum_rows(rows: Table, edges: int, weigh: Callable[[Table], Any]) -> Floats:
    """Add up the weights of rows by edge, block by block; weights are whole."""
    total = np.zeros(edges)
    for start in range(0, len(rows), ROWS):
        block = rows[start : start + ROWS]
        total += np.bincount(block["edge"], weigh(block), edges)
    return total


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
    weight = times[ledger.stance_article]
    value *= weight
    weighted = _sum_rows(ledger.on_edge, edges, lambda rows: value[rows["stance"]])
    with np.errstate(divide="ignore", invalid="ignore"):
        return weighted / _sum_rows(ledger.on_edge, edges, lambda rows: weight[rows["stance"]])


def _rank(strength: Any) -> Floats:
    """Rank from 1, the strongest first; equals share the best rank of theirs."""
    ordered = np.sort(strength)
    return np.asarray(len(ordered) - np.searchsorted(ordered, strength, side="right") + 1, dtype=np.float64)


def _percentiles(values: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Give both percentiles of each column, of the draws in which it is defined; ``nan`` where it never is."""
    blocks = [_sort_draws(values[:, start : start + COLUMNS]) for start in range(0, values.shape[1], COLUMNS)]
    low, high = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return low, high


def _sort_draws(values: NDArray[np.float32]) -> list[Floats]:
    ordered = np.sort(values, axis=0)  # nan goes last
    known = (~np.isnan(ordered)).sum(axis=0)
    columns = np.arange(ordered.shape[1])
    return [
        np.where(known > 0, ordered[np.maximum(np.ceil(level * known).astype(int) - 1, 0), columns], np.nan)
        for level in LEVELS
    ]


def _write_bounds(
    records: list[dict[str, Any]], bounds: dict[str, tuple[Floats, Floats]], names: tuple[str, ...]
) -> None:
    for name in names:
        digits = {"npmi": 4, "stance": 4, "pagerank": 6}.get(name)
        for suffix, values in zip(("low", "high"), bounds[name], strict=True):
            for data, value in zip(records, values.tolist(), strict=True):
                given = None if value != value else int(value) if digits is None else round(value, digits)
                data[f"{name}_{suffix}"] = given
