"""Time and memory of the network: of the corpus with 200 redraws, and of a large random graph, exported and thinned.

python benchmarks/network.py --data FOLDER [--reports RUN]

The corpus is ``corpus/articles.jsonl``; its reports are made first, which is not timed, unless a run's folder is given.
Each part runs in a process of its own, and its peak is that of the whole process, libraries included.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
import numpy as np

NODES, EDGES = 50_000, 500_000
LABELS = ("PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION", "EVENT")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    parser.add_argument("--reports", type=Path, help="A run's folder, so that the corpus is not read again.")
    parser.add_argument("--part", choices=("corpus", "large"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        ({"corpus": measure_corpus, "large": measure_large}[options.part])(options.reports)
        return
    print(
        "| what | nodes | edges | seconds | of one core | peak MB |\n| --- | --- | --- | --- | --- | --- |", flush=True
    )
    with tempfile.TemporaryDirectory() as folder:
        reports = options.reports or analyse(options.data / "corpus" / "articles.jsonl", Path(folder))
        for part in ("corpus", "large"):
            command = [sys.executable, __file__, "--data", options.data, "--reports", reports, "--part", part]
            subprocess.run(command, check=True)


def analyse(corpus: Path, folder: Path) -> Path:
    """Make the reports, without any part of the network."""
    from polnlp.articles import read_articles
    from polnlp.pipeline import load
    from polnlp.reports import write_report
    from polnlp.schema import Report

    for report in load().run(read_articles(corpus)):
        if isinstance(report, Report):
            write_report(report, folder / "reports")
    return folder


def measure_corpus(reports: Path) -> None:
    from polnlp.config import GraphConfig
    from polnlp.entities.corpus import join_entities
    from polnlp.graph import build_graph
    from polnlp.graph.export import export_graph
    from polnlp.graph.page import write_page
    from polnlp.network import DecidedReports

    decided = DecidedReports(reports)
    began = now()
    identity = join_entities(decided, decided.decisions)
    graph = build_graph(decided, config=GraphConfig(draws=200), identity=identity)
    say("corpus: identity, network, intervals of 200 draws", graph, began)
    with tempfile.TemporaryDirectory() as folder:
        began = now()
        export_graph(graph, Path(folder))
        say("corpus: all exports", graph, began)
        began = now()
        write_page(graph, Path(folder))
        say("corpus: page", graph, began)


def measure_large(_reports: Path) -> None:
    from polnlp.graph.export import export_graph
    from polnlp.graph.page import write_page

    graph = make_graph(NODES, EDGES)
    with tempfile.TemporaryDirectory() as folder:
        began = now()
        files = export_graph(graph, Path(folder))
        say("random: all exports", graph, began)
        began = now()
        page = write_page(graph, Path(folder))
        html = page.read_text(encoding="utf-8")
        block = html[html.index('id="data"') :]
        data = json.loads(block[block.index(">") + 1 : block.index("</script>")])
        thin = f"{len(data['nodes']):,} nodes and {len(data['edges']):,} edges, {page.stat().st_size / 1e6:.1f} MB"
        say(f"random: thinned to its page ({thin})", graph, began)
        sizes = ", ".join(f"{file.name} {file.stat().st_size / 1e6:.0f}" for file in files)
    print(f"\nRandom graph, sizes in MB: {sizes}.", flush=True)


def make_graph(n: int, m: int) -> nx.Graph:
    """Make a random network with hubs that has all that exports and page read of one."""
    from polnlp.config import GraphConfig
    from polnlp.graph.backbone import disparity

    rng = np.random.default_rng(1)
    chance = rng.pareto(1.5, n) + 1.0
    chance /= chance.sum()
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < m:
        drawn = np.sort(rng.choice(n, (m, 2), p=chance), axis=1)
        pairs.update((int(a), int(b)) for a, b in drawn[: 2 * (m - len(pairs))] if a != b)
    chosen = sorted(pairs)[:: max(1, len(pairs) // m)][:m]
    sources, targets = np.array(chosen).T
    counts = 1 + rng.pareto(1.5, len(chosen)).astype(np.int64)
    alphas = disparity(sources, targets, counts.astype(np.float64), n)
    graph = nx.Graph()
    told = {"aliases": ["Name"], "count": 5, "articles": 3, "windows": 4, "topics": {}, "favor": 0, "against": 0}
    told |= {"neutral": 0, "stance": None, "sign": None, "rank": 1, "betweenness": 0.0, "pagerank": 1 / n, "core": 1}
    graph.add_nodes_from(
        (f"n{i:05}", {"name": f"Name {i}", "label": LABELS[i % 7], **told, "community": i % 40}) for i in range(n)
    )
    mention = {"start": 0, "end": 4, "text": "Name", "paragraph": 0, "sentence": 0, "score": 1.0}
    place = {"article": "a", "sentence": 0, "window": None, "distance": 9, "a": mention, "b": mention, "topic": None}
    for number, (a, b) in enumerate(chosen):
        count = int(counts[number])
        entry = {**place, "paragraph": number, "dates": [f"20{number % 20:02}-01-01"]}
        measures = {"npmi": 0.1, "q_value": 0.5, "disparity": float(f"{alphas[number]:.4g}"), "weight": count}
        data = {"count": count, "articles": 1, "topics": {}, "stance_count": 0, "evidence": [entry] * min(count, 5)}
        graph.add_edge(f"n{a:05}", f"n{b:05}", **data, **measures)
    for node, degree in graph.degree():
        strength = sum(count for _, _, count in graph.edges(node, data="count"))
        graph.nodes[node].update(degree=degree, strength=strength)
    settings = GraphConfig()
    graph.graph.update(articles={"a": {"title": "A", "date": None}}, sentences={}, stances=[], left_out={}, draws=0)
    graph.graph["settings"] = {name: getattr(settings, name) for name in settings.__struct_fields__}
    return graph


def now() -> tuple[float, float]:
    """Give the clock's and the processor's seconds: on a busy machine only the second can be compared."""
    return time.perf_counter(), time.process_time()


def say(what: str, graph: nx.Graph, began: tuple[float, float]) -> None:
    seconds, worked = (end - start for start, end in zip(began, now(), strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{len(graph):,} | {graph.number_of_edges():,}"
    print(f"| {what} | {size} | {seconds:.1f} | {worked:.1f} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
