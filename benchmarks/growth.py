"""What grows with a corpus: seconds, memory and bytes of runs over ever more articles of about 100 words.

    python benchmarks/growth.py --articles 1000 10000 100000 [--workers 2] [--plot growth.svg]
    python benchmarks/growth.py --hours 2 [--samples soak.tsv]

The articles are made of sentences drawn from the project's own corpus, so that names meet anew in each. Prints a table.
With one worker the resident set is that of the process that analyses, as it was at the 100th, 1,000th, ... article;
--plot draws it for the last run, with the CPU time of an article.
With --hours one process analyses without end; its memory and its words by second of CPU time are sampled every minute,
so that other programs on the machine count for little.
"""

import argparse
import itertools
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

WORDS = 100
PAGE_MB = resource.getpagesize() / 1e6
RUN = """
import json, sys
from pathlib import Path
from growth import peak, resident, worked
from polnlp.config import Config
from polnlp.runner import run_corpus
seen, sampled, told = 0, {}, {}
def watch(outcome):
    global seen
    seen += 1
    if str(seen).strip("0") in ("1", "2", "5") and seen >= 100:
        sampled[seen] = (resident(), worked())
    told.update(cpu_articles=worked(), peak_articles=peak())
run_corpus([sys.argv[1]], Path(sys.argv[2]), Config(), workers=int(sys.argv[3]), watch=watch)
print(json.dumps(told | {"sampled": sampled, "cpu": worked(), "peak": peak()}))
"""
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


def make_articles() -> Iterator[dict[str, str]]:
    """Give articles without end, the same each time."""
    chance, sentences = random.Random(1), read_sentences()
    for number in itertools.count():
        text: list[str] = []
        while sum(len(sentence.split()) for sentence in text) < WORDS:
            text.append(chance.choice(sentences))
        day = f"20{number % 20:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        yield {"id": f"a{number}", "date": day, "text": " ".join(text[:3]) + "\n\n" + " ".join(text[3:])}


def make_corpus(path: Path, count: int) -> int:
    """Write articles as JSON lines; give the number of words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for row in itertools.islice(make_articles(), count):
            words += len(row["text"].split())
            file.write(json.dumps(row) + "\n")
    return words


def resident() -> float:
    """Give this process's resident set in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_MB


def worked() -> float:
    """Give the seconds of CPU time of this process and of those that it has started and that have ended."""
    return sum(os.times()[:4])


def peak() -> float:
    """Give the largest resident set so far, in MB, of this process or of one that it has started and that has ended."""
    sizes = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(sizes) * 1024 / 1e6


def soak(hours: float, samples: Path) -> None:
    """Analyse without end; write a row a minute, and print a table of ten of them."""
    from polnlp.pipeline import load

    nlp, begin, rows = load(), time.perf_counter(), []
    last, spent, words = begin, time.process_time(), 0
    with samples.open("w", encoding="utf-8") as file:
        file.write("seconds\tarticles\twords_per_cpu_second\tresident_mb\n")
        for number, row in enumerate(make_articles(), start=1):
            nlp.analyze(row["text"], date=row["date"], id=row["id"])
            words += len(row["text"].split())
            now = time.perf_counter()
            done = now - begin >= 3600 * hours
            if now - last >= 60 or done:
                pace = words / (time.process_time() - spent)
                rows.append([f"{now - begin:.0f}", str(number), f"{pace:.0f}", f"{resident():.0f}"])
                file.write("\t".join(rows[-1]) + "\n")
                file.flush()
                last, spent, words = now, time.process_time(), 0
            if done:
                break
    print("| s | articles | words a CPU second | resident MB |\n| --- | --- | --- | --- |")
    for row_number in sorted({round(part * (len(rows) - 1) / 9) for part in range(10)}):
        print("| " + " | ".join(rows[row_number]) + " |")


def measure_run(count: int, workers: int) -> tuple[str, dict[int, tuple[float, float]]]:
    """Run over so many articles in a process of its own.

    Returns:
        A row of the table; and by the number of articles done the resident set in MB and the seconds of CPU time.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = make_corpus(folder / "a.jsonl", count)
        command = [sys.executable, "-c", RUN, folder / "a.jsonl", folder / "out", workers]
        begin = time.perf_counter()
        paths = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [str(part) for part in command], check=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}
        )
        seconds = time.perf_counter() - begin
        told = json.loads(done.stdout)
        run = json.loads((folder / "out" / "run.json").read_bytes())
        sizes = {kind: sum(p.stat().st_size for p in (folder / "out").glob(glob)) for kind, glob in KINDS.items()}
        sizes["other"] -= sizes["graph.json"]
    cells = [f"{count:,}", f"{words:,}", f"{seconds:.1f}", f"{told['cpu_articles']:.1f}"]
    cells += [f"{told['cpu'] - told['cpu_articles']:.1f}", f"{1000 * told['cpu'] / count:.1f}"]
    cells += [f"{told['peak_articles']:.0f}", f"{told['peak']:.0f}"]
    cells += [f"{run['network']['nodes']:,}", f"{run['network']['edges']:,}"]
    sampled = {int(done): (megabytes, spent) for done, (megabytes, spent) in told["sampled"].items()}
    tens = {done: megabytes for done, (megabytes, _) in sampled.items() if str(done).strip("0") == "1"}
    cells += [", ".join(f"{megabytes:.0f} at {done:,}" for done, megabytes in tens.items()) or "-"]
    cells += [f"{size / count / 1000:.1f}" for size in sizes.values()]
    return "| " + " | ".join(cells) + " |", sampled


def draw(sampled: dict[int, tuple[float, float]], path: Path) -> None:
    """Draw a run's resident set and the CPU time of an article, over the articles done."""
    from matplotlib import pyplot

    done = list(sampled)
    figure, (memory, time_taken) = pyplot.subplots(1, 2, figsize=(7, 2.4), layout="constrained")
    memory.plot(done, [megabytes for megabytes, _ in sampled.values()], marker="o")
    steps = list(itertools.pairwise(sampled.items()))
    pace = [1000 * (after[1] - before[1]) / (number - begun) for (begun, before), (number, after) in steps]
    time_taken.plot(done[1:], pace, marker="o")
    for axes, label in ((memory, "resident set, MB"), (time_taken, "CPU time of an article, ms")):
        axes.set(xscale="log", xlabel="articles done", ylabel=label)
        axes.set_ylim(0, 1.1 * axes.get_ylim()[1])
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> None:
    """Measure run after run, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="File for a picture of the run over most articles.")
    parser.add_argument("--hours", type=float, help="Instead: analyse for so long without end.")
    parser.add_argument("--samples", type=Path, default=Path("soak.tsv"), help="File for the samples of --hours.")
    options = parser.parse_args()
    if options.hours:
        soak(options.hours, options.samples)
        return
    heads = ["articles", "words", "s", "CPU s articles", "CPU s network", "CPU ms an article", "peak MB articles"]
    heads += ["peak MB", "nodes", "edges", "resident MB"]
    heads += [f"{kind}, kB an article" for kind in KINDS]
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for count in sorted(options.articles):
        row, sampled = measure_run(count, options.workers)
        print(row, flush=True)
    if options.plot:
        draw(sampled, options.plot)


if __name__ == "__main__":
    main()
