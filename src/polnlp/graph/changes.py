"""Two slices of time → who is named more or less, and which ties rise and fall.

The unit is the article: of each slice's articles the share that names an entity, or that holds a tie. Windows of one
article are not independent, so their numbers are not compared.

References:
    Fisher (1922). On the interpretation of chi-square from contingency tables. J. Royal Stat. Soc. 85(1), 87-94.
    Newcombe (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine
        17(8), 873-890. (Method 10.)
    Benjamini, Hochberg (1995). Controlling the false discovery rate. J. Royal Stat. Soc. B 57(1), 289-300.
"""

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

from polnlp.graph.association import correct_p
from polnlp.graph.entity_graph import check_graph
from polnlp.schema import Record

Z = 1.959964  # of a 95 % interval
IGNORED = {"draws", "seed", "page_nodes", "page_edges", "page_evidence", "weight"}  # settings that move no count

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Trend(Record, frozen=True, kw_only=True):
    """An entity or a tie in two slices.

    Attributes:
        ids: Of the entity, or of the tie's two ends.
        names: Of the same.
        first: Articles of the first slice that name it, or hold the tie.
        second: The same in the second slice.
        change: Share of articles in the second slice less that in the first, in [-1, 1].
        low: Lower end of the change's 95 % interval.
        high: Upper end.
        p_value: Chance of so uneven a split if the articles were dealt to the slices at random; two-sided.
        q_value: The same as false discovery rate over all entities, or all ties, of either slice.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    first: int
    second: int
    change: float
    low: float
    high: float
    p_value: float
    q_value: float


class Changes(Record, frozen=True, kw_only=True):
    """What differs between two slices; each list from the surest change to the least sure."""

    articles: tuple[int, int]
    nodes: tuple[Trend, ...]
    edges: tuple[Trend, ...]


def find_changes(first: nx.Graph, second: nx.Graph) -> Changes:
    """Compare the networks of two slices of a corpus, such as ``select_reports`` gives them.

    Examples:
        >>> from polnlp import build_graph, load
        >>> from polnlp.config import GraphConfig
        >>> nlp, settings = load(), GraphConfig(draws=0)
        >>> first = build_graph([nlp.analyze("Evo Morales met Rafael Correa.", id="a")], config=settings)
        >>> second = build_graph([nlp.analyze("Evo Morales met Hugo Chávez.", id="b")], config=settings)
        >>> for trend in find_changes(first, second).edges:
        ...     print(" and ".join(trend.names), trend.change, trend.p_value)
        Evo Morales and Rafael Correa -1.0 1.0
        Evo Morales and Hugo Chávez 1.0 1.0

    Args:
        first: As ``build_graph`` makes it, with ``min_count=1``: a tie below a threshold would look gone.
        second: Of other articles, with the same settings.

    Returns:
        All entities and ties of either, each with the change of its share of articles in [-1, 1], its interval, and its
        p and q. Without articles in one of the slices nothing can be compared: empty lists.

    Raises:
        ValueError: If the slices share articles, the settings differ, ``min_count`` is above 1, or one of the two is
            none that ``build_graph`` made.
        TypeError: If one of the two is no graph, such as a list of reports.

    References:
        Fisher (1922). On the interpretation of chi-square from contingency tables. J. Royal Stat. Soc. 85(1), 87-94.
        Newcombe (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine
            17(8), 873-890. (Method 10.)
        Benjamini, Hochberg (1995). Controlling the false discovery rate. J. Royal Stat. Soc. B 57(1), 289-300.
    """
    totals = _check(first, second)
    names: dict[str, str] = {**dict(first.nodes(data="name")), **dict(second.nodes(data="name"))}
    nodes: list[dict[tuple[str, ...], int]]
    nodes = [{(node,): int(data["articles"]) for node, data in graph.nodes(data=True)} for graph in (first, second)]
    edges: list[dict[tuple[str, ...], int]] = [
        {(min(a, b), max(a, b)): int(data["articles"]) for a, b, data in graph.edges(data=True)}
        for graph in (first, second)
    ]
    return Changes(
        articles=totals,
        nodes=_trends(nodes[0], nodes[1], totals, names),
        edges=_trends(edges[0], edges[1], totals, names),
    )


def _check(first: nx.Graph, second: nx.Graph) -> tuple[int, int]:
    for graph in (first, second):
        check_graph(graph)
    shared = sorted(first.graph["articles"].keys() & second.graph["articles"].keys())
    if shared:
        raise ValueError(f"find_changes: the slices share {len(shared)} articles, such as {shared[0]!r}; let them not.")
    one, other = (
        {name: value for name, value in graph.graph["settings"].items() if name not in IGNORED}
        for graph in (first, second)
    )
    unlike = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    if unlike:
        raise ValueError(f"find_changes: the networks were built with different settings of {', '.join(unlike)}.")
    if one["min_count"] > 1:
        raise ValueError("find_changes: build both with min_count=1; a tie below the threshold would look gone.")
    return len(first.graph["articles"]), len(second.graph["articles"])


def _trends(
    first: Mapping[tuple[str, ...], int],
    second: Mapping[tuple[str, ...], int],
    totals: tuple[int, int],
    names: Mapping[str, str],
) -> tuple[Trend, ...]:
    keys = sorted(first.keys() | second.keys())
    if not keys or not all(totals):
        return ()
    one, other = (np.array([counts.get(key, 0) for key in keys], dtype=np.int64) for counts in (first, second))
    low, high = difference_interval(one, other, totals)
    p = split_p(one, other, totals)
    q = correct_p(p, len(keys))
    change = other / totals[1] - one / totals[0]
    order = np.lexsort((-np.abs(change), q))
    return tuple(
        Trend(
            ids=keys[at],
            names=tuple(names[end] for end in keys[at]),
            first=int(one[at]),
            second=int(other[at]),
            **{
                name: round(float(values[at]), 4) for name, values in (("change", change), ("low", low), ("high", high))
            },
            p_value=float(f"{p[at]:.4g}"),
            q_value=float(f"{q[at]:.4g}"),
        )
        for at in order.tolist()
    )


def split_p(first: Whole, second: Whole, totals: tuple[int, int]) -> Floats:
    """Give Fisher's exact p of each split, two-sided by doubling the smaller tail, in (0, 1]."""
    drawn = hypergeom(sum(totals), first + second, totals[0])
    smaller = np.minimum(drawn.cdf(first), drawn.sf(first - 1))
    return np.asarray(np.minimum(1.0, 2.0 * smaller))


def difference_interval(first: Whole, second: Whole, totals: tuple[int, int]) -> tuple[Floats, Floats]:
    """Give the 95 % interval of each difference of shares, second less first (Newcombe's method 10)."""
    (p1, low1, high1), (p2, low2, high2) = _wilson(first, totals[0]), _wilson(second, totals[1])
    change = p2 - p1
    low = change - np.sqrt((p2 - low2) ** 2 + (high1 - p1) ** 2)
    high = change + np.sqrt((high2 - p2) ** 2 + (p1 - low1) ** 2)
    return low, high


def _wilson(count: Whole, total: int) -> tuple[Any, Any, Any]:
    share = count / total
    middle = share + Z**2 / (2 * total)
    reach = Z * np.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    scale = 1 + Z**2 / total
    return share, (middle - reach) / scale, (middle + reach) / scale
