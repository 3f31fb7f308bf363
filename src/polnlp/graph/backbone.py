"""Which edges carry the structure of a weighted network: two tests against a null of evenly spread weight.

References:
    Serrano, Boguna, Vespignani (2009). Extracting the multiscale backbone of complex weighted networks.
        PNAS 106(16), 6483-6488.
    Coscia, Neffke (2017). Network backboning with noisy data. ICDE, 425-436.
"""

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def disparity(sources: Indices, targets: Indices, weights: Floats, n_nodes: int) -> Floats:
    """Give each edge's alpha: how likely the weight is if a node spread its strength over its edges at random.

    The smaller of the two ends' values counts, in (0, 1]; small means that the edge matters to one of them.
    An end with a single edge says nothing (alpha 1).
    """
    strength = _sum_ends(sources, targets, weights, n_nodes)
    degree = _sum_ends(sources, targets, np.ones_like(weights), n_nodes)
    alphas = [(1.0 - weights / strength[ends]) ** (degree[ends] - 1.0) for ends in (sources, targets)]
    return np.asarray(np.minimum(*alphas))


def noise_corrected(sources: Indices, targets: Indices, weights: Floats, n_nodes: int) -> Floats:
    """Give each edge's score: by how many standard deviations its weight exceeds what the two ends' strengths expect.

    Coscia and Neffke keep edges above 1.64 (p = 0.05), 2.32 (0.01). Weights must be counts.
    """
    total = float(weights.sum()) * 2.0
    strength = _sum_ends(sources, targets, weights, n_nodes)
    out, into = strength[sources], strength[targets]
    mean = out * into / total**2
    # Beta prior of the pair's probability, moments after Coscia and Neffke, eq. 6-8.
    variance = out * into * (total - out) * (total - into) / (total**4 * max(total - 1.0, 1.0))
    variance = np.maximum(variance, 1e-300)
    alpha = mean**2 / variance * (1.0 - mean) - mean
    beta = mean / variance * (1.0 - mean) ** 2 - (1.0 - mean)
    posterior = (alpha + weights) / (alpha + beta + total)
    spread = posterior * (1.0 - posterior) * total
    kappa = total / (out * into)
    slope = 1.0 / (out * into) - total * (out + into) / (out * into) ** 2
    slope = (kappa + weights * slope) * 2.0 / (kappa * weights + 1.0) ** 2
    lift = (kappa * weights - 1.0) / (kappa * weights + 1.0)
    return np.asarray(lift / np.maximum(np.sqrt(spread) * np.abs(slope), 1e-12))


def _sum_ends(sources: Indices, targets: Indices, weights: Floats, n_nodes: int) -> Floats:
    return np.asarray(np.bincount(sources, weights, n_nodes) + np.bincount(targets, weights, n_nodes), dtype=np.float64)


def backbone(graph: nx.Graph, *, max_nodes: int, max_edges: int) -> nx.Graph:
    """Give the part of the graph that fits: edges by disparity, the strongest first, with the nodes that they join.

    Args:
        graph: As ``build_graph`` makes it, or any graph whose edges carry ``disparity`` and ``weight``.
        max_nodes: Nodes without an edge fill what room is left, those named most often first.
        max_edges: Edges at most.

    Returns:
        A new graph with the same attributes; the graph itself if it fits.
    """
    if len(graph) <= max_nodes and graph.number_of_edges() <= max_edges:
        return graph
    nodes: set[str] = set()
    edges: list[tuple[str, str]] = []
    for a, b, _ in sorted(graph.edges(data=True), key=lambda edge: (*_rank(edge[2]), edge[0], edge[1])):
        if len(edges) == max_edges:
            break
        if len(nodes | {a, b}) <= max_nodes:
            nodes.update((a, b))
            edges.append((a, b))
    thin = nx.Graph(**graph.graph)
    by_count = sorted(set(graph) - nodes, key=lambda node: (-graph.nodes[node].get("count", 0), node))
    nodes.update(by_count[: max_nodes - len(nodes)])
    thin.add_nodes_from((node, graph.nodes[node]) for node in graph if node in nodes)
    thin.add_edges_from((a, b, graph.edges[a, b]) for a, b in sorted(edges))
    return thin


def _rank(data: dict[str, float]) -> tuple[float, float]:
    return data["disparity"], -data["weight"]
