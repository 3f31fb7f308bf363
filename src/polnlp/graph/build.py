"""Stage 7: Reports → the network, every edge with its evidence and its doubt."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np

from polnlp.config import GraphConfig
from polnlp.graph.association import (
    Floats,
    configuration_p,
    correct_p,
    hypergeometric_p,
    jaccard,
    log_likelihood,
    npmi,
)
from polnlp.graph.backbone import disparity, noise_corrected
from polnlp.graph.cooccurrence import Cooccurrences, EntityTally, Identity, ParagraphKey, find_cooccurrences
from polnlp.graph.dates import date_range
from polnlp.graph.entity_graph import EntityGraph
from polnlp.graph.evidence import Evidence, meeting_paragraphs, sort_evidence
from polnlp.graph.intervals import draw_intervals
from polnlp.graph.measures import measure_graph, measure_nodes
from polnlp.graph.signs import StanceEntry, sign_node, sign_pair
from polnlp.schema import LABELS, Report

HALF_DISTANCE = 100  # characters after which a meeting counts half in ``proximity``


def build_graph(
    reports: Iterable[Report], *, config: GraphConfig | None = None, identity: Identity | None = None
) -> nx.Graph:
    """Join the entities that are named in the same window.

    Examples:
        >>> from polnlp import load
        >>> report = load().analyze("Evo Morales met Rafael Correa.", id="a")
        >>> graph = build_graph([report], config=GraphConfig(draws=0))
        >>> graph.edges["leader:BOL:evo-morales", "leader:ECU:rafael-correa"]["count"]
        1

    A window (sentence, paragraph or article) counts once per pair, however often it names the two. Only mentions of
    the types and the score that the settings ask for take part; the others are counted in ``graph.graph["left_out"]``.

    Args:
        reports: Read once; their order does not matter.
        config: Window, thresholds, null model and number of redraws.
        identity: Gives an entity's corpus-wide id from the article's id and the entity; by default its own id.

    Returns:
        Undirected graph, one node per entity, nodes and edges in sorted order.
        Nodes carry ``name``, ``label``, ``aliases``, ``count`` (mentions), ``articles``, ``windows``, dates, topics,
        stances and measures.
        Edges carry ``count`` (windows), ``weight``, ``npmi``, ``jaccard``, ``log_likelihood``, ``proximity``,
        ``p_value``, ``q_value``, ``significance`` (-log10 of q), ``disparity``, ``noise_corrected``, the signs of
        ``sign_pair``, dates, topics and ``evidence``, one entry per window; ``a`` is the end whose id sorts first.
        ``graph.graph`` holds the settings, the articles, the sentences of the evidence (where reports carry texts),
        all stances, and measures of the whole. An empty corpus gives an empty graph.

    Raises:
        CorpusError: If two reports are of one article.
    """
    config = config or GraphConfig()
    found = find_cooccurrences(reports, config, identity)
    graph = EntityGraph()
    graph.add_nodes_from((entity_id, describe_entity(found, entity_id)) for entity_id in sorted(found.entities))
    for (a, b), evidence in sorted(found.pairs.items()):
        if len(evidence) >= config.min_count:
            graph.add_edge(a, b, **describe_pair(found, a, b, sort_evidence(evidence), config))
    graph.graph.update(describe_corpus(found, config))
    add_association(graph, found, config)
    for node, measures in measure_nodes(graph, seed=config.seed).items():
        graph.nodes[node].update(measures)
    draw_intervals(graph, found, draws=config.draws, seed=config.seed)
    graph.graph["measures"] = measure_graph(graph)
    return graph


def describe_corpus(found: Cooccurrences, config: GraphConfig) -> dict[str, Any]:
    """Give what holds for the whole network: settings, counts, articles, sentences, stances."""
    stances = [
        stance
        for _, entries in sorted(found.stances.items())
        for stance in sorted(
            entries, key=lambda entry: (entry["holder"], entry["target"], entry["label"], entry["score"])
        )
    ]
    settings = {name: getattr(config, name) for name in config.__struct_fields__}
    return {
        "settings": {**settings, "labels": list(config.labels)},
        "windows": len(found.members),
        "left_out": dict(sorted(found.left_out.items())),
        "articles": dict(sorted(found.articles.items())),
        "sentences": {
            article: dict(sorted(spans.items(), key=lambda item: item[1][0]))
            for article, spans in sorted(found.sentences.items())
            if spans
        },
        "stances": stances,
    }


def describe_entity(found: Cooccurrences, entity_id: str) -> dict[str, Any]:
    """Give a node's attributes, all but its measures."""
    tally = found.entities[entity_id]
    known = {name: _most(values) if (values := tally.known.get(name)) else None for name in _KNOWN}
    dates = chain.from_iterable(_dates(found, key) for key in tally.paragraphs)
    first, last = date_range(dates)
    stances = [s for key in sorted(tally.paragraphs) for s in found.stances.get(key, ()) if s["target"] == entity_id]
    return {
        "name": _most(tally.names),
        "label": _most_label(tally),
        "aliases": [form for form, _ in _ranked(tally.forms)],
        **known,
        # An ISO 3166-2 code begins with its country's.
        "country": (known["iso"] or "").split("-")[0] or None,
        "count": tally.mentions,
        "articles": len(tally.articles),
        "windows": tally.windows,
        "first_date": first,
        "last_date": last,
        "topics": count_topics(found, tally.paragraphs),
        **sign_node(stances),
    }


_KNOWN = ("qid", "iso", "geonames", "partyfacts", "lat", "lon")


def _ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _most(counts: Counter[Any]) -> Any:
    return _ranked(counts)[0][0]


def _most_label(tally: EntityTally) -> str:
    order: dict[str, int] = {label: place for place, label in enumerate(LABELS)}
    return min(tally.labels, key=lambda label: (-tally.labels[label], order.get(label, len(order))))


def _dates(found: Cooccurrences, key: ParagraphKey) -> tuple[str, ...]:
    if key in found.dates:
        return found.dates[key]
    date = found.articles[key[0]]["date"]
    return (date,) if date else ()


def count_topics(found: Cooccurrences, paragraphs: Iterable[ParagraphKey]) -> dict[str, int]:
    """Count the paragraphs of each topic, the most frequent first; paragraphs without one do not count."""
    labels = Counter(found.topics[key] for key in paragraphs if found.topics.get(key, "None") != "None")
    return dict(_ranked(labels))


def describe_pair(
    found: Cooccurrences, a: str, b: str, evidence: list[Evidence], config: GraphConfig
) -> dict[str, Any]:
    """Give an edge's attributes, all but those that compare it with other edges."""
    places = [meeting_paragraphs(entry) for entry in evidence]
    keys = sorted(set(chain.from_iterable(places)))
    for entry, place in zip(evidence, places, strict=True):
        dates = tuple(sorted(set(chain.from_iterable(_dates(found, key) for key in place))))
        entry["dates"] = found.shared.setdefault(dates, list(dates))
        entry["topic"] = next((topic for key in place if (topic := found.topics.get(key, "None")) != "None"), None)
    first, last = date_range(chain.from_iterable(entry["dates"] for entry in evidence))
    stances: list[list[StanceEntry]] = [found.stances.get(key, []) for key in keys]
    return {
        "count": len(evidence),
        "articles": len({entry["article"] for entry in evidence}),
        "proximity": round(sum(sorted(2.0 ** (-entry["distance"] / HALF_DISTANCE) for entry in evidence)), 4),
        "first_date": first,
        "last_date": last,
        "topics": count_topics(found, keys),
        **sign_pair(a, b, stances),
        "evidence": evidence,
    }


def add_association(graph: nx.Graph, found: Cooccurrences, config: GraphConfig) -> None:
    """Give every edge its measures of association, significance and backbone."""
    if not graph.number_of_edges():
        return
    place = {node: index for index, node in enumerate(graph)}
    windows = np.array([found.entities[node].windows for node in graph], dtype=np.int64)
    sources, targets = (np.array([place[edge[end]] for edge in graph.edges], dtype=np.int64) for end in (0, 1))
    both = np.array([count for _, _, count in graph.edges(data="count")], dtype=np.int64)
    first, second, total = windows[sources], windows[targets], len(found.members)
    if config.null == "configuration":
        sizes = np.array(sorted(len(members) for members in found.members.values()), dtype=np.int64)
        p = configuration_p(both, first, second, sizes)
    else:
        p = hypergeometric_p(both, first, second, total)
    q = correct_p(p, len(graph) * (len(graph) - 1) // 2)
    weights = both.astype(np.float64)
    columns: dict[str, list[float]] = {
        "npmi": _rounded(npmi(both, first, second, total)),
        "jaccard": _rounded(jaccard(both, first, second)),
        "log_likelihood": _rounded(log_likelihood(both, first, second, total)),
        "p_value": [float(f"{value:.4g}") for value in p],
        "q_value": [float(f"{value:.4g}") for value in q],
        # Adding 0.0 turns the minus zero of q = 1 into zero; beyond 1e-300 all are as sure.
        "significance": _rounded(-np.log10(np.maximum(q, 1e-300)) + 0.0),
        "disparity": [float(f"{value:.4g}") for value in disparity(sources, targets, weights, len(graph))],
        "noise_corrected": _rounded(noise_corrected(sources, targets, weights, len(graph))),
    }
    for index, (_, _, data) in enumerate(graph.edges(data=True)):
        data.update({name: values[index] for name, values in columns.items()})
        data["weight"] = data[config.weight]


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) for value in values]
