"""Where nodes stand on the page: a force layout, computed once, the same on every run.

Attraction is that of ForceAtlas2 in its LinLog form, which draws communities apart; repulsion is exact for small
graphs and sampled above ``EXACT_UP_TO`` nodes, so that a step costs about the same for each node.

References:
    Jacomy, Venturini, Heymann, Bastian (2014). ForceAtlas2, a continuous graph layout algorithm. PLoS ONE 9(6), e98679.
    Noack (2009). Modularity clustering is force-directed layout. Physical Review E 79, 026102.
    Gove (2019). A random sampling O(n) force-calculation algorithm for graph layouts.
        Computer Graphics Forum 38(3), 739-751.
"""

from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 300
SAMPLE = 100  # nodes that push, where not all do
STEPS = 300
_AIR = 7.0

Positions = NDArray[np.float64]  # (n_nodes, 2)
Indices = NDArray[np.int64]
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


def place_nodes(graph: nx.Graph, *, seed: int = 1) -> dict[Any, tuple[float, float]]:
    """Give every node a place, about 40 units from its neighbours on the page.

    Args:
        graph: Edges may carry ``count``, nodes ``community`` to start from.
        seed: Of the sampling.

    Returns:
        Node to ``(x, y)``, to one digit. Nodes without an edge stand in rows below the rest.
    """
    joined = [node for node in graph if graph.degree(node)]
    alone = [node for node in graph if not graph.degree(node)]
    places = _place_joined(graph, joined, seed) if joined else np.zeros((0, 2))
    found = dict(zip(joined, places, strict=True))
    bottom = float(places[:, 1].max()) + 120.0 if joined else 0.0
    columns = max(8, int(np.sqrt(len(alone)) * 2))
    for number, node in enumerate(alone):
        row, column = divmod(number, columns)
        found[node] = np.array([(column - columns / 2) * 60.0, bottom + row * 60.0])
    return {node: (round(float(found[node][0]), 1), round(float(found[node][1]), 1)) for node in graph}


def _place_joined(graph: nx.Graph, nodes: list[Any], seed: int) -> Positions:
    place = {node: index for index, node in enumerate(nodes)}
    edges = np.array([(place[a], place[b]) for a, b in graph.edges], dtype=np.int64)
    counts = np.array([data.get("count", 1) for _, _, data in graph.edges(data=True)], dtype=np.float64)
    mass: Positions = np.bincount(edges.ravel(), minlength=len(nodes)).astype(np.float64) + 1.0
    communities = np.array([graph.nodes[node].get("community", 0) for node in nodes], dtype=np.int64)
    positions = _start(communities, mass)
    positions = _relax(positions, edges, np.sqrt(counts), mass, np.random.default_rng(seed))
    return _part_overlaps(_stretch(positions), _reach(edges, counts, mass))


def _reach(edges: Indices, counts: Positions, mass: Positions) -> Positions:
    """Give each node's radius with some air around it; never less than the page draws (``sizeOf`` in ``look.js``)."""
    strength = np.bincount(edges.ravel(), np.repeat(counts, 2), len(mass))
    drawn = 4.0 + (20.0 + np.sqrt(len(mass)) / 2) * np.sqrt(strength / strength.max())
    return np.asarray(np.maximum(9.0 + 3.2 * np.sqrt(mass), drawn + _AIR))


def _start(communities: Indices, mass: Positions) -> Positions:
    """Put communities on a sunflower's spiral, and each one's nodes, the best joined first, on a spiral of its own."""
    positions = np.zeros((len(mass), 2))
    ranked = sorted(set(communities.tolist()), key=lambda c: (-int((communities == c).sum()), c))
    reach = 0.0
    for number, community in enumerate(ranked):
        members = np.flatnonzero(communities == community)
        members = members[np.argsort(-mass[members], kind="stable")]
        reach += np.sqrt(len(members))
        centre = _spiral(np.array([number]), 6.0 * np.sqrt(reach))[0] if number else np.zeros(2)
        positions[members] = centre + _spiral(np.arange(len(members)), 2.0)
    return positions


def _spiral(numbers: Indices, spread: float) -> Positions:
    radius = spread * np.sqrt(numbers)
    return np.stack([radius * np.cos(numbers * _GOLDEN), radius * np.sin(numbers * _GOLDEN)], axis=1)


def _relax(
    positions: Positions, edges: Indices, weights: Positions, mass: Positions, rng: np.random.Generator
) -> Positions:
    """Move all nodes along their forces, in ever smaller steps."""
    n = len(positions)
    sources, targets = edges.T
    for step in range(STEPS):
        force = _repel(positions, mass, rng) - 0.35 * mass[:, None] * _unit(positions)
        gap = positions[targets] - positions[sources]
        distance = np.sqrt((gap**2).sum(axis=1)) + 1e-9
        pull = gap * (weights * np.log1p(distance) / distance)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(sources, pull[:, axis], n) - np.bincount(targets, pull[:, axis], n)
        length = np.sqrt((force**2).sum(axis=1)) + 1e-9
        limit = 12.0 * (1.0 - step / STEPS) ** 1.5 + 0.05
        positions = positions + force * (np.minimum(length / mass, limit) / length)[:, None]
    return positions


def _repel(positions: Positions, mass: Positions, rng: np.random.Generator) -> Positions:
    """Push every node from all others, or from a sample of them: the sum of ``m_i m_j (x_i - x_j) / |x_i - x_j|^2``."""
    n = len(positions)
    pushers = np.arange(n) if n <= EXACT_UP_TO else np.sort(rng.choice(n, SAMPLE, replace=False))
    squares = (positions**2).sum(axis=1)
    squared = squares[:, None] + squares[None, pushers] - 2.0 * (positions @ positions[pushers].T)
    push = mass[pushers] / (np.maximum(squared, 0.0) + 0.5)
    away = positions * push.sum(axis=1, keepdims=True) - push @ positions[pushers]
    return np.asarray(1.6 * n / len(pushers) * mass[:, None] * away)


def _unit(positions: Positions) -> Positions:
    return np.asarray(positions / (np.sqrt((positions**2).sum(axis=1, keepdims=True)) + 1.0))


def _stretch(positions: Positions) -> Positions:
    """Scale to the number of nodes, draw in what lies far outside, and make it as wide as a screen."""
    centred = positions - np.median(positions, axis=0)
    radius = np.sqrt((centred**2).sum(axis=1))
    typical = float(np.quantile(radius, 0.9)) or 1.0
    wanted = 34.0 * np.sqrt(len(positions)) + 60.0
    far = np.maximum(radius / typical, 1e-9)
    drawn = np.where(far > 1.0, 1.0 + np.log(far), far)
    round_ = centred / np.maximum(radius, 1e-9)[:, None] * (drawn * wanted)[:, None]
    return np.asarray(round_ * np.array([1.3, 1.0]))  # screens are wide


def _part_overlaps(positions: Positions, sizes: Positions, rounds: int = 200) -> Positions:
    """Push apart nodes whose discs overlap, pair by pair of near neighbours."""
    from scipy.spatial import cKDTree

    for _ in range(rounds):
        pairs = cKDTree(positions).query_pairs(float(sizes.max()) * 2.0, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        first, second = pairs.T
        gap = positions[second] - positions[first]
        distance = np.sqrt((gap**2).sum(axis=1))
        lack = sizes[first] + sizes[second] - distance
        near = lack > 0
        if not near.any():
            break
        first, second, gap, distance, lack = first[near], second[near], gap[near], distance[near], lack[near]
        # Nodes on one spot part along the direction that their numbers give.
        spot = np.stack([np.cos(first * _GOLDEN), np.sin(second * _GOLDEN)], axis=1)
        move = np.where(distance[:, None] > 1e-6, gap, spot) * (0.25 * lack / np.maximum(distance, 1.0))[:, None]
        for axis in (0, 1):
            positions[:, axis] += np.bincount(second, move[:, axis], len(positions))
            positions[:, axis] -= np.bincount(first, move[:, axis], len(positions))
    return positions
