"""Measures of nodes and of the whole network.

References:
    Blondel, Guillaume, Lambiotte, Lefebvre (2008). Fast unfolding of communities in large networks.
        J. Stat. Mech. P10008.
    Lancichinetti, Fortunato (2012). Consensus clustering in complex networks. Scientific Reports 2, 336.
    Brandes (2001). A faster algorithm for betweenness centrality. J. Math. Sociology 25(2), 163-177; with pivots:
    Brandes, Pich (2007). Centrality estimation in large networks. Int. J. Bifurcation and Chaos 17(7), 2303-2318.
    Page, Brin, Motwani, Winograd (1999). The PageRank citation ranking. Stanford InfoLab.
    Seidman (1983). Network structure and minimum degree. Social Networks 5(3), 269-287. (k-core)
    Newman (2003). Mixing patterns in networks. Physical Review E 67, 026126. (assortativity)
    Cartwright, Harary (1956). Structural balance. Psychological Review 63(5), 277-293.
"""

import math
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

EXACT_UP_TO = 3_000  # nodes; above, betweenness is estimated from pivots
PIVOTS = 500
RUNS = 5  # of Louvain
BATCH = 250  # sources at once, or fewer: some dense matrices of nodes times this
CELLS = 2_500_000  # of such a matrix
ALIGNED = 0.05  # an alignment nearer to 0 has no sign


def measure_nodes(graph: nx.Graph, *, seed: int) -> dict[Any, dict[str, Any]]:
    """Give each node's degree, strength, betweenness, PageRank, k-core and community.

    Args:
        graph: Edges carry ``count``, the weight of all measures but betweenness and core, which take none.
        seed: Of Louvain and of the pivots.

    Returns:
        Node to measures. ``community`` counts from 0, the largest first; ``core`` and ``degree`` are whole,
        ``strength`` is in windows, ``betweenness``, ``pagerank`` and ``community_stability`` in [0, 1].
    """
    nodes = list(graph)
    # Whole numbers as nodes: sets of strings are in another order in every process, and so would Louvain's result be.
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    place = {node: index for index, node in enumerate(nodes)}
    numbered.add_edges_from((place[a], place[b], {"count": data["count"]}) for a, b, data in graph.edges(data=True))
    community, stability = find_communities(numbered, seed=seed)
    columns = {
        "degree": dict(numbered.degree()),
        "strength": dict(numbered.degree(weight="count")),
        "betweenness": betweenness(numbered, seed=seed),
        "pagerank": nx.pagerank(numbered, weight="count") if nodes else {},
        "core": nx.core_number(numbered),
        "community": community,
        "community_stability": stability,
    }
    return {node: {name: _trim(values[index]) for name, values in columns.items()} for index, node in enumerate(nodes)}


def _trim(value: float) -> float:
    return round(value, 6) if isinstance(value, float) else value


def betweenness(graph: nx.Graph, *, seed: int) -> dict[int, float]:
    """Give the share of shortest paths through each node of a graph of 0, 1, ...

    Brandes' two sweeps, run for many sources at once as products of sparse and dense matrices: exact for graphs of
    up to ``EXACT_UP_TO`` nodes, above that an estimate from ``PIVOTS`` sources.
    """
    n = len(graph)
    if not n:
        return {}
    adjacency = nx.to_scipy_sparse_array(graph, nodelist=range(n), weight=None, dtype=np.float64, format="csr")
    return dict(enumerate(share_paths(adjacency, exact_up_to=EXACT_UP_TO, pivots=PIVOTS, seed=seed).tolist()))


def share_paths(adjacency: Any, *, exact_up_to: int, pivots: int, seed: int) -> NDArray[np.float64]:
    """Give each node's betweenness from the symmetric sparse matrix of ones, as ``betweenness`` does."""
    n = adjacency.shape[0]
    if n < 3:
        return np.zeros(n)
    sources = np.arange(n)
    if n > exact_up_to:
        sources = np.sort(np.random.default_rng(seed).choice(n, pivots, replace=False))
    total = np.zeros(n)
    for batch in np.array_split(sources, math.ceil(len(sources) / max(1, min(BATCH, CELLS // n)))):
        total += _dependencies(adjacency, batch)
    return np.asarray(total * (n / len(sources) / ((n - 1) * (n - 2))))


def _dependencies(adjacency: Any, sources: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum each node's dependency over the sources: how many of their shortest paths pass through it."""
    columns = np.arange(len(sources))
    distance = np.full((adjacency.shape[0], len(sources)), -1, dtype=np.int32)
    paths = np.zeros(distance.shape)
    distance[sources, columns], paths[sources, columns] = 0, 1.0
    level = 0
    while (reached := (distance == level)).any():
        onward = adjacency @ (paths * reached)
        fresh = (distance < 0) & (onward > 0)
        distance[fresh], paths[fresh] = level + 1, onward[fresh]
        level += 1
    dependency = np.zeros(distance.shape)
    for far in range(level - 1, 0, -1):
        share = np.divide(1.0 + dependency, paths, out=np.zeros_like(paths), where=distance == far)
        dependency += (adjacency @ share) * paths * (distance == far - 1)
    dependency[sources, columns] = 0.0
    return np.asarray(dependency.sum(axis=1))


def find_communities(graph: nx.Graph, *, seed: int) -> tuple[dict[int, int], dict[int, float]]:
    """Find the communities on which several runs of Louvain agree.

    Each tie is weighed by the share of ``RUNS`` runs that put its ends together (ties below one half are dropped),
    and Louvain runs once more on that.

    Args:
        graph: Of 0, 1, ...; ``count`` weighs its edges.
        seed: Of the first run; the others count on from it.

    Returns:
        Node to the number of its community, the largest 0, equally large ones by their first node; and node to its
        stability: of its ties within the community the share, by count, that the runs kept together.
    """
    if not graph:
        return {}, {}
    runs = [number_communities(graph, weight="count", seed=seed + run) for run in range(RUNS)]
    together = {(a, b): sum(run[a] == run[b] for run in runs) / RUNS for a, b in graph.edges}
    agreed = nx.Graph()
    agreed.add_nodes_from(graph)
    agreed.add_edges_from(
        (a, b, {"weight": share * graph.edges[a, b]["count"]}) for (a, b), share in together.items() if share > 0.5
    )
    community = number_communities(agreed, weight="weight", seed=seed)
    return community, _stability(graph, community, together)


def number_communities(graph: nx.Graph, *, weight: str, seed: int) -> dict[int, int]:
    """Run Louvain once and number the communities as ``find_communities`` does."""
    found = nx.community.louvain_communities(graph, weight=weight, seed=seed)
    ranked = sorted((sorted(community) for community in found), key=lambda members: (-len(members), members[0]))
    return {node: number for number, community in enumerate(ranked) for node in community}


def _stability(graph: nx.Graph, community: dict[int, int], together: dict[tuple[int, int], float]) -> dict[int, float]:
    kept, within = dict.fromkeys(graph, 0.0), dict.fromkeys(graph, 0)
    for (a, b), share in together.items():
        if community[a] == community[b]:
            for end in (a, b):
                kept[end] += share * graph.edges[a, b]["count"]
                within[end] += graph.edges[a, b]["count"]
    return {node: round(kept[node] / within[node], 4) if within[node] else 1.0 for node in graph}


def measure_graph(graph: nx.Graph) -> dict[str, Any]:
    """Give figures of the whole network; ``None`` where one is not defined.

    Returns:
        ``nodes``, ``edges``, ``density``, ``components``, ``transitivity``, ``modularity`` of the communities,
        ``assortativity`` by type, and ``balance``: of the triangles whose three edges have a signed alignment
        (``signed_triangles``) the share in which the product of signs is positive.
    """
    balanced, signed = count_balance(graph)
    return {
        "nodes": len(graph),
        "edges": graph.number_of_edges(),
        "density": round(nx.density(graph), 6),
        "components": nx.number_connected_components(graph),
        "transitivity": transitivity(graph),
        "modularity": _modularity(graph),
        "assortativity": _assortativity(graph),
        "signed_triangles": signed,
        "balance": round(balanced / signed, 4) if signed else None,
    }


def transitivity(graph: nx.Graph) -> float:
    """Give the share of connected triples that are closed, in [0, 1]; 0 without any."""
    if not graph.number_of_edges():
        return 0.0
    adjacency = nx.to_scipy_sparse_array(graph, weight=None, dtype=np.int64, format="csr")
    degree = adjacency.sum(axis=0)
    triples = int((degree * (degree - 1)).sum())
    # Each edge from its end of lower degree: a hub's neighbours are then not paired with each other.
    rank = np.argsort(np.argsort(degree, kind="stable"), kind="stable")
    sources, targets = adjacency.nonzero()
    up = rank[sources] < rank[targets]
    upward = csr_array((np.ones(int(up.sum()), np.int64), (sources[up], targets[up])), shape=adjacency.shape)
    triangles = int(((upward @ upward) * upward).sum())
    return round(6 * triangles / triples, 4) if triples else 0.0


def _modularity(graph: nx.Graph) -> float | None:
    if not graph.number_of_edges():
        return None
    communities: dict[int, list[Any]] = {}
    for node, community in graph.nodes(data="community"):
        communities.setdefault(community, []).append(node)
    return round(float(nx.community.modularity(graph, communities.values(), weight="count")), 4)


def _assortativity(graph: nx.Graph) -> float | None:
    labels = sorted({graph.nodes[node]["label"] for edge in graph.edges for node in edge})
    if len(labels) < 2:
        return None
    mixing = nx.attribute_mixing_matrix(graph, "label", mapping={label: at for at, label in enumerate(labels)})
    expected = float((mixing @ mixing).sum())
    return round((float(np.trace(mixing)) - expected) / (1.0 - expected), 4)


def count_balance(graph: nx.Graph) -> tuple[int, int]:
    """Count the balanced triangles among those whose three edges all have a clear alignment."""
    signs: dict[Any, dict[Any, int]] = {node: {} for node in graph}
    for a, b, alignment in graph.edges(data="alignment"):
        if alignment is not None and abs(alignment) >= ALIGNED:
            signs[a][b] = signs[b][a] = 1 if alignment > 0 else -1
    place = {node: index for index, node in enumerate(graph)}
    balanced = total = 0
    for a, near in signs.items():
        for b in near:
            for c in signs[b].keys() & near.keys() if place[a] < place[b] else ():
                if place[b] < place[c]:
                    total += 1
                    balanced += near[b] * near[c] * signs[b][c] > 0
    return balanced, total
