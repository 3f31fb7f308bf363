"""What grows with a corpus: seconds, memory and bytes of runs over ever more articles of about 100 words.

    python benchmarks/growth.py --articles 100 1000 [--workers 2]

The articles are made of sentences drawn from the project's own corpus, so that names meet anew in each. Prints a table.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = 100
KINDS = {
    "reports": "reports/*.json*",
    "pages": "reports/*.html",
    "tables": "tables/*",
    "graph.json": "graph.json",
    "other": "*.*",
}


def read_sentences() -> list[str]:
    """Give the sentences of the project's corpus, cut at full stops; the cut need not be right."""
    folder = Path(__file__).parent.parent / "corpus"
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt")))
    return [words for text in texts for words in re.split(r"(?<=[.!?])\s+", text) if 5 < len(words.split()) < 60]


def make_corpus(path: Path, count: int) -> int:
    """Write articles as JSON lines; give the number of words."""
    chance, sentences, words = random.Random(1), read_sentences(), 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text: list[str] = []
            while sum(len(sentence.split()) for sentence in text) < WORDS:
                text.append(chance.choice(sentences))
            day = f"20{number % 20:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            row = {"id": f"a{number}", "date": day, "text": " ".join(text[:3]) + "\n\n" + " ".join(text[3:])}
            words += len(row["text"].split())
            file.write(json.dumps(row) + "\n")
    return words


def measure_run(count: int, workers: int) -> str:
    """Run over so many articles in a process of its own; give a row of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = make_corpus(folder / "a.jsonl", count)
        command = [sys.executable, "-c", "from polnlp.cli.app import main; main()", "run", folder / "a.jsonl"]
        command += ["-o", folder / "out", "--workers", workers]
        begin = time.perf_counter()
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
        seconds = time.perf_counter() - begin
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = json.loads((folder / "out" / "run.json").read_bytes())
        sizes = {kind: sum(p.stat().st_size for p in (folder / "out").glob(glob)) for kind, glob in KINDS.items()}
        sizes["other"] -= sizes["graph.json"]
    cells = [f"{count:,}", f"{words:,}", f"{seconds:.1f}", f"{run['seconds']['articles']:.1f}"]
    cells += [f"{run['seconds']['network']:.1f}", f"{usage.ru_maxrss / 1024:.0f}"]
    cells += [f"{run['network']['nodes']:,}", f"{run['network']['edges']:,}"]
    cells += [f"{size / count / 1000:.1f}" for size in sizes.values()]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Measure run after run, each in a process of its own; the memory is the largest process's so far."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    heads = ["articles", "words", "s in all", "s articles", "s network", "peak MB of a process", "nodes", "edges"]
    heads += [f"{kind}, kB an article" for kind in KINDS]
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for count in sorted(options.articles):
        print(measure_run(count, options.workers), flush=True)


if __name__ == "__main__":
    main()
