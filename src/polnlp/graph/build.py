"""Stage 7: Reports → the network, every edge with its evidence and its doubt."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np

from polnlp.config import Config, GraphConfig, check_config
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
from polnlp.graph.cooccurrence import Cooccurrences, EntityTally, Identity, find_cooccurrences
from polnlp.graph.dates import date_range
from polnlp.graph.entity_graph import EntityGraph
from polnlp.graph.evidence import Evidence
from polnlp.graph.intervals import draw_intervals
from polnlp.graph.ledger import (
    Ledger,
    StancesByPlace,
    StancesHere,
    StoredByArticle,
    StoredEvidence,
    StoredStances,
)
from polnlp.graph.measures import measure_graph, measure_nodes
from polnlp.graph.signs import sign_node, sign_pair
from polnlp.graph.spool import Rows
from polnlp.reports import each_report
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
        ConfigError: If ``config`` holds a value out of range, or other settings than the network's.
        CorpusError: If two reports are of one article, or windows are of tokens and a report holds no text.
        TypeError: If ``reports`` is one report or a file's name, or an item is none, such as a ``Failure``.

    References:
        Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL, 31-40.
        Dunning (1993). Accurate methods for the statistics of surprise and coincidence. Comp. Linguistics 19(1), 61-74.
        Jaccard (1912). The distribution of the flora in the alpine zone. New Phytologist 11(2), 37-50.
        Tumminello, Micciche, Lillo, Piilo, Mantegna (2011). Statistically validated networks in bipartite complex
            systems. PLoS ONE 6(3), e17994. (``p_value``)
        Benjamini, Hochberg (1995). Controlling the false discovery rate. J. Royal Stat. Soc. B 57(1), 289-300.
            (``q_value``)
        Serrano, Boguna, Vespignani (2009). Extracting the multiscale backbone of complex weighted networks.
            PNAS 106(16), 6483-6488. (``disparity``)
        Coscia, Neffke (2017). Network backboning with noisy data. ICDE, 425-436. (``noise_corrected``)
        Brandes (2001). A faster algorithm for betweenness centrality. J. Math. Sociology 25(2), 163-177.
        Page, Brin, Motwani, Winograd (1999). The PageRank citation ranking. Stanford InfoLab.
        Seidman (1983). Network structure and minimum degree. Social Networks 5(3), 269-287. (``core``)
        Blondel, Guillaume, Lambiotte, Lefebvre (2008). Fast unfolding of communities in large networks.
            J. Stat. Mech. P10008. (``community``, with the next.)
        Lancichinetti, Fortunato (2012). Consensus clustering in complex networks. Scientific Reports 2, 336.
        Field, Welsh (2007). Bootstrapping clustered data. J. Royal Stat. Soc. B 69(3), 369-390. (Intervals.)
    """
    graph = build_stored_graph(reports, config=config, identity=identity)
    graph.graph |= {name: dict(graph.graph[name]) for name in ("articles", "sentences")}
    graph.graph["stances"] = list(graph.graph["stances"])
    shared: dict[tuple[Any, ...], dict[str, Any]] = {}
    for _, _, data in graph.edges(data=True):
        data["evidence"] = [_share_mentions(entry, shared) for entry in data["evidence"]]
    return graph


def _share_mentions(entry: Evidence, shared: dict[tuple[Any, ...], dict[str, Any]]) -> Evidence:
    """Hold each mention once, however many meetings it has."""
    for end in ("a", "b"):
        mention = entry[end]
        key = (entry["article"], mention["start"], mention["end"], mention["score"])
        entry[end] = shared.setdefault(key, mention)
    return entry


def build_stored_graph(
    reports: Iterable[Report], *, config: GraphConfig | None = None, identity: Identity | None = None
) -> nx.Graph:
    """Do what ``build_graph`` does without holding the ledger in memory.

    Evidence, articles, sentences and stances of the graph are the sequences and mappings of ``polnlp.graph.ledger``,
    which read from temporary files.
    """
    config = check_config(Config(graph=config or GraphConfig())).graph
    found = find_cooccurrences(each_report(reports), config, identity)
    ledger = Ledger(found, tokens=config.window == "tokens")
    graph = EntityGraph()
    graph.add_nodes_from(describe_entities(ledger))
    found.entities.clear()  # nodes hold what is needed of it
    on_edge = Rows(stance="i", edge="i")
    graph.add_edges_from(describe_pairs(ledger, on_edge, config))
    graph.graph.update(describe_corpus(ledger, config))
    add_association(graph, found, config)
    for node, measures in measure_nodes(graph, seed=config.seed).items():
        graph.nodes[node].update(measures)
    draw_intervals(graph, ledger, on_edge.read(), draws=config.draws, seed=config.seed)
    graph.graph["measures"] = measure_graph(graph)
    return graph


def describe_corpus(ledger: Ledger, config: GraphConfig) -> dict[str, Any]:
    """Give what holds for the whole network: settings, counts, articles, sentences, stances."""
    found = ledger.found
    settings = {name: getattr(config, name) for name in config.__struct_fields__}
    quoted = np.sort(ledger.article_rank[found.quoted.read()["article"]])
    return {
        "settings": {**settings, "labels": list(config.labels)},
        "windows": found.windows.count,
        "left_out": dict(sorted(found.left_out.items())),
        "articles": StoredByArticle(found.articles, ledger.article_ids, found.about),
        "sentences": StoredByArticle(
            found.articles, [ledger.article_ids[rank] for rank in quoted.tolist()], found.sentences
        ),
        "stances": StoredStances(ledger),
    }


def describe_entities(ledger: Ledger) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each entity's id and attributes, all but its measures; sorted."""
    found = ledger.found
    named = found.named.read()
    ranks = ledger.rank[named["entity"]]
    order = np.argsort(ranks, kind="stable")
    ends = np.searchsorted(ranks[order], np.arange(len(ledger.ids) + 1))
    told = StancesHere(ledger)
    for rank, entity_id in enumerate(ledger.ids):
        if entity_id in found.entities:
            places = ledger.places[named["place"][order[ends[rank] : ends[rank + 1]]]]
            tally = found.entities[entity_id]
            yield (
                entity_id,
                {
                    **describe_entity(tally),
                    **_describe_places(ledger, places["topic"].tolist(), {*places["dates"].tolist()}),
                    **sign_node(*told.toward(tally.number)),
                },
            )


def describe_entity(tally: EntityTally) -> dict[str, Any]:
    """Give what a node has of its tally."""
    known = {name: _most(values) if (values := tally.known.get(name)) else None for name in _KNOWN}
    return {
        "name": _most(tally.names),
        "label": _most_label(tally),
        "aliases": [form for form, _ in _ranked(tally.forms)],
        **known,
        # An ISO 3166-2 code begins with its country's.
        "country": (known["iso"] or "").split("-")[0] or None,
        "count": tally.mentions,
        "articles": tally.articles,
        "windows": tally.windows,
    }


_KNOWN = ("qid", "iso", "geonames", "partyfacts", "lat", "lon")


def _ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _most(counts: Counter[Any]) -> Any:
    return _ranked(counts)[0][0]


def _most_label(tally: EntityTally) -> str:
    order: dict[str, int] = {label: place for place, label in enumerate(LABELS)}
    return min(tally.labels, key=lambda label: (-tally.labels[label], order.get(label, len(order))))


def _describe_places(ledger: Ledger, topics: Iterable[int], dates: Iterable[int]) -> dict[str, Any]:
    """Sum up paragraphs: first and last of their dates, and the number that each topic has, the most frequent first."""
    first, last = date_range(day for number in dates for day in ledger.spans[number] if day is not None)
    counts = Counter(ledger.topics[topic] for topic in topics if topic >= 0)
    return {"first_date": first, "last_date": last, "topics": dict(_ranked(counts))}


def describe_pairs(ledger: Ledger, on_edge: Rows, config: GraphConfig) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give each pair's ids and attributes, all but those that compare it with others; sorted.

    Args:
        on_edge: Gets a row for each stance that counts for an edge: its place in ``graph.graph["stances"]``, and the
            edge's.
    """
    stances = StancesByPlace(ledger)
    for edge, (a, b, start, stop) in enumerate(ledger.pairs_of(config.min_count).tolist()):
        keys = sorted({key for end in ledger.meeting_places(start, stop) for key in end.tolist()})
        places = ledger.places[keys]
        first, second = (ledger.found.ids[ledger.ids[rank]] for rank in (a, b))
        told = [[stance for stance in here if stance["target"] in (first, second)] for here in stances.at(keys)]
        for stance in chain.from_iterable(told):
            on_edge.add(stance["stance"], edge)
        distances = ledger.meetings["distance"][start:stop].tolist()
        yield (
            ledger.ids[a],
            ledger.ids[b],
            {
                "count": stop - start,
                "articles": len({*places["article"].tolist()}),
                "proximity": round(sum(sorted(2.0 ** (-distance / HALF_DISTANCE) for distance in distances)), 4),
                **_describe_places(ledger, places["topic"].tolist(), {*places["dates"].tolist()}),
                **sign_pair(first, second, told),
                "evidence": StoredEvidence(ledger, start, stop),
            },
        )


def add_association(graph: nx.Graph, found: Cooccurrences, config: GraphConfig) -> None:
    """Give every edge its measures of association, significance and backbone."""
    if not graph.number_of_edges():
        return
    place = {node: index for index, node in enumerate(graph)}
    windows = np.array([count for _, count in graph.nodes(data="windows")], dtype=np.int64)
    sources, targets = (np.array([place[edge[end]] for edge in graph.edges], dtype=np.int64) for end in (0, 1))
    both = np.array([count for _, _, count in graph.edges(data="count")], dtype=np.int64)
    first, second, total = windows[sources], windows[targets], found.windows.count
    if config.null == "configuration":
        sizes = np.sort(np.bincount(found.members.read()["window"]))
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
