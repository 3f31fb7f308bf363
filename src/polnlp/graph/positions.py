"""Betweenness and communities over redraws of the corpus: on the backbone, and from fewer draws than the counts have.

Each draw takes a backbone of its own, the ties of the smallest disparity in it, so that what is drawn is the whole way
from the articles to the figure. Up to ``BACKBONE_EDGES`` ties the backbone is the network itself.

References:
    Serrano, Boguna, Vespignani (2009). Extracting the multiscale backbone of complex weighted networks. PNAS 106(16).
    Hennig (2007). Cluster-wise assessment of cluster stability. Comp. Statistics & Data Analysis 52(1), 258-271.
        (A community is compared with the most like one of a redraw by the Jaccard index; here, with each member's own.)
"""

from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polnlp.graph.backbone import disparity
from polnlp.graph.measures import number_communities, share_paths

BACKBONE_EDGES = 10_000
DRAWS = 30  # at most
EXACT_UP_TO, PIVOTS = 600, 300  # nodes of a backbone; sources of an estimate

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]


class Positions:
    """Gathers what the draws say of positions.

    Args:
        ends: The two ends of each tie, as numbers of nodes.
        count: The windows of each tie, as they were counted.
        community: Of each node, from the whole network.
        min_count: Windows below which two entities are not tied.
        seed: Of pivots and of Louvain.
    """

    def __init__(
        self, ends: tuple[Indices, Indices], count: Floats, community: Indices, *, min_count: int, seed: int
    ) -> None:
        self.ends, self.community, self.min_count, self.seed = ends, community, min_count, seed
        self.edges = self.thin(count)
        self.present = np.zeros(len(community), dtype=bool)
        self.present[np.concatenate([end[self.edges] for end in ends])] = True
        self.betweenness = self.share(self.edges)
        self.drawn: list[Floats] = []
        self.support: list[Floats] = []
        self.together = np.zeros(len(count))
        self.seen = np.zeros(len(count))

    def thin(self, count: Floats) -> Indices:
        """Give the backbone's ties: of those of at least ``min_count`` windows the ones of the smallest disparity."""
        met = np.flatnonzero(count >= self.min_count)
        if not len(met):
            return met
        a, b = (end[met] for end in self.ends)
        alpha = disparity(a, b, count[met].astype(np.float64), len(self.community))
        return met[np.sort(np.lexsort((-count[met], alpha))[:BACKBONE_EDGES])]

    def share(self, edges: Indices) -> Floats:
        """Give each node's betweenness in the network of these ties; 0 for nodes that have none of them."""
        found = np.zeros(len(self.community))
        nodes, places = np.unique(np.concatenate([end[edges] for end in self.ends]), return_inverse=True)
        a, b = places.reshape(2, -1)
        pairs = (np.concatenate([a, b]), np.concatenate([b, a]))
        adjacency = csr_array((np.ones(2 * len(a)), pairs), shape=(len(nodes), len(nodes)))
        found[nodes] = share_paths(adjacency, exact_up_to=EXACT_UP_TO, pivots=PIVOTS, seed=self.seed)
        return found

    def group(self, edges: Indices, count: Floats) -> Indices:
        """Give each node's community in the network of these ties, by one run of Louvain; -1 for nodes without any."""
        graph = nx.Graph()
        a, b = (end[edges] for end in self.ends)
        graph.add_nodes_from(np.unique(np.concatenate([a, b])).tolist())
        graph.add_weighted_edges_from(zip(a.tolist(), b.tolist(), count[edges].tolist(), strict=True), weight="count")
        found = np.full(len(self.community), -1, dtype=np.int64)
        groups = number_communities(graph, weight="count", seed=self.seed)
        found[list(groups)] = list(groups.values())
        return found

    def add(self, count: Floats) -> None:
        """Take in a draw, given the windows that each tie has in it."""
        edges = self.thin(count)
        self.drawn.append(self.share(edges))
        groups = self.group(edges, count)
        self.support.append(compare_communities(self.community, groups))
        a, b = (groups[end] for end in self.ends)
        both = (a >= 0) & (b >= 0)
        self.seen += both
        self.together += both & (a == b)

    def describe_nodes(self) -> dict[str, Floats]:
        """Give each node's betweenness on the backbone and the mean support of its community; ``nan`` off it."""
        known = np.array(self.support)
        times = (~np.isnan(known)).sum(axis=0)
        support = np.divide(np.nansum(known, axis=0), times, out=np.full(len(times), np.nan), where=times > 0)
        return {
            "backbone_betweenness": np.where(self.present, self.betweenness, np.nan),
            "community_support": np.where(self.present, support, np.nan),
        }

    def share_together(self) -> Floats:
        """Give for each tie the share of the draws that have both ends in which one community holds them."""
        return np.asarray(np.divide(self.together, self.seen, out=np.full(len(self.seen), np.nan), where=self.seen > 0))


def compare_communities(given: Indices, drawn: Indices) -> Floats:
    """Give for each node the Jaccard index of its given community and its drawn one, among the nodes of the draw.

    Args:
        given: Community of each node, from 0.
        drawn: The same in a draw; -1 for a node that is not in it, which gets ``nan``.
    """
    found = np.full(len(given), np.nan)
    here = drawn >= 0
    if here.any():
        one, other = given[here], drawn[here]
        _, both = np.unique(one * (other.max() + 1) + other, return_inverse=True)
        shared, first, second = (np.bincount(groups)[groups] for groups in (both, one, other))
        found[here] = shared / (first + second - shared)
    return found


def write_positions(graph: nx.Graph, positions: Positions, bounds: dict[str, Any]) -> None:
    """Write the figures onto nodes and edges; what a node off the backbone, or a tie never drawn, has is ``None``."""
    columns = positions.describe_nodes()
    for suffix, values in bounds.items():
        columns[f"backbone_betweenness_{suffix}"] = np.where(positions.present, values, np.nan)
    for name, values in columns.items():
        for (_, data), value in zip(graph.nodes(data=True), values.tolist(), strict=True):
            data[name] = None if value != value else round(value, 6 if "between" in name else 4)
    for (_, _, data), value in zip(graph.edges(data=True), positions.share_together().tolist(), strict=True):
        data["same_community"] = None if value != value else round(value, 4)
    graph.graph["position_draws"] = len(positions.drawn)
    graph.graph["backbone_edges"] = len(positions.edges)
