"""What the paragraphs that join two entities say of them: signed edges, and who speaks for or against whom.

Every figure is a mean of stances' values in [-1, 1] (probability of favour less that of opposition) and comes with
the number of stances that it rests on; without one it is ``None``, never 0.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Any

import networkx as nx

from polnlp.graph.entity_graph import check_graph
from polnlp.schema import AUTHOR

# A mean beyond this is called favour or opposition; between, the labels decide between mixed and neutral.
CLEAR = 0.2

StanceEntry = dict[str, Any]  # holder, target, label, score, value, probabilities


def mean(values: Sequence[float]) -> float | None:
    """Mean to 4 digits, the same in any order of the values; ``None`` for none."""
    return round(fsum(values) / len(values), 4) if values else None


def name_sign(values: Sequence[float], labels: Iterable[str]) -> str | None:
    """Say in one word how stances fall: ``favor``, ``against``, ``mixed``, ``neutral``; ``None`` without stances."""
    if not values:
        return None
    average = fsum(values) / len(values)
    if abs(average) > CLEAR:
        return "favor" if average > 0 else "against"
    return "mixed" if set(labels) & {"favor", "against"} else "neutral"


def sign_pair(a: str | int, b: str | int, paragraphs: list[list[StanceEntry]]) -> dict[str, Any]:
    """Sum up the stances in the places where two entities meet.

    Args:
        a: One entity's id, or the number by which the stances name it.
        b: The other's.
        paragraphs: For each place of meeting its stances.

    Returns:
        ``stance``: mean toward either of the two, with ``stance_count`` and ``sign``. ``stance_a``, ``stance_b``:
        toward each. ``alignment``: mean product of the two attitudes where one holder speaks of both; above 0 they
        are spoken of alike, below 0 as opposites. ``a_to_b``, ``b_to_a``: what the one says of the other.
    """
    stances = [stance for paragraph in paragraphs for stance in paragraph]
    toward = {target: [s["value"] for s in stances if s["target"] == target] for target in (a, b)}
    both = toward[a] + toward[b]
    labels = [s["label"] for s in stances if s["target"] in (a, b)]
    return {
        "stance": mean(both),
        "stance_count": len(both),
        "sign": name_sign(both, labels),
        "stance_a": mean(toward[a]),
        "stance_b": mean(toward[b]),
        "alignment": mean([product for paragraph in paragraphs for product in _products(a, b, paragraph)]),
        "a_to_b": mean([s["value"] for s in stances if s["holder"] == a and s["target"] == b]),
        "b_to_a": mean([s["value"] for s in stances if s["holder"] == b and s["target"] == a]),
    }


def _products(a: str | int, b: str | int, stances: list[StanceEntry]) -> list[float]:
    holders = sorted({s["holder"] for s in stances} - {a, b})
    pairs = [
        [mean([s["value"] for s in stances if (s["holder"], s["target"]) == (h, t)]) for t in (a, b)] for h in holders
    ]
    return [first * second for first, second in pairs if first is not None and second is not None]


def sign_node(labels: Iterable[str], values: Sequence[float]) -> dict[str, Any]:
    """Sum up all stances toward one entity: counts of the three labels, and their mean value."""
    counts = Counter(labels)
    return {
        "favor": counts["favor"],
        "against": counts["against"],
        "neutral": counts["neutral"],
        "stance": mean(values),
        "sign": name_sign(values, counts),
    }


@dataclass
class _Said:
    """What one holder says of one target."""

    labels: Counter[str] = field(default_factory=Counter)
    values: "array[float]" = field(default_factory=lambda: array("d"))
    stances: list[StanceEntry] = field(default_factory=list)


def stance_graph(graph: nx.Graph, *, evidence: bool = True) -> nx.DiGraph:
    """Give the network of who speaks for or against whom, from the stances that a graph lists.

    Examples:
        >>> from polnlp import build_graph, load
        >>> from polnlp.config import GraphConfig
        >>> report = load().analyze("Rafael Correa lied, and his law is a disgrace.")
        >>> graph = stance_graph(build_graph([report], config=GraphConfig(draws=0)))
        >>> graph.edges["author", "leader:ECU:rafael-correa"]["sign"]
        'against'

    Args:
        graph: As ``build_graph`` makes it.
        evidence: Whether edges carry the stances themselves.

    Returns:
        Directed graph, holder to target, with the author of the articles as one node ``author``. Edges carry
        ``count`` (stances, from 1), ``weight`` (their mean value, -1 against to 1 for), ``favor``, ``against``,
        ``neutral`` (stances of each label), ``sign`` and ``evidence``. Without stances it has no nodes.

    Raises:
        TypeError: If ``graph`` is no graph, such as a list of reports.
        ValueError: If ``graph`` is none that ``build_graph`` made.
    """
    check_graph(graph)
    directed = nx.DiGraph()
    by_pair: dict[tuple[str, str], _Said] = defaultdict(_Said)
    for stance in graph.graph["stances"]:
        said = by_pair[stance["holder"], stance["target"]]
        said.labels[stance["label"]] += 1
        said.values.append(stance["value"])
        said.stances += [stance] if evidence else []
    for (holder, target), said in sorted(by_pair.items(), key=lambda item: item[0]):
        for node in (holder, target):
            data = graph.nodes[node] if node in graph else {"name": node, "label": AUTHOR if node == AUTHOR else None}
            directed.add_node(node, **{key: data.get(key) for key in ("name", "label", "qid", "iso", "country")})
        summed = sign_node(said.labels, said.values)
        told = {"evidence": said.stances} if evidence else {}
        directed.add_edge(holder, target, count=len(said.values), weight=summed.pop("stance"), **summed, **told)
    return directed
