"""Run all benchmarks and write what they print into benchmarks/README.md.

python benchmarks/run_all.py --data FOLDER [--only speed names]
"""

import argparse
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from machine import describe_machine

HERE = Path(__file__).parent
RESULTS = HERE / "results"
SECTIONS = {
    "speed": "Speed and memory of the whole way",
    "compare": "Beside other tools",
    "stages": "Every stage on whole articles",
    "encoder": "The encoder",
    "names": "Names",
    "floor": "A floor for names",
    "dates": "Dates",
    "identity": "Who is who",
    "classify": "Topic, stance and holder",
    "calibration": "How far topic and stance scores can be trusted",
    "few_labels": "Topic schemes of one's own",
    "network": "The network",
}
PREFACE = """# Benchmarks

Every figure here was printed by a script of this folder; `make bench DATA=folder` runs them all and writes this page.
The data sets are those that the scripts name; none is part of this repository. Machines are noisy: compare
what stands in one table, and do not compare seconds across runs. Training and tuning saw the train and dev parts only.
A section's date tells which state it measured: weights and rules have changed since the older ones.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="Run these alone.")
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    for name in options.only:
        (RESULTS / f"{name}.md").write_text(run(name, options.data), encoding="utf-8")
    written = [section(name) for name in SECTIONS if (RESULTS / f"{name}.md").exists()]
    (HERE / "README.md").write_text("\n".join([PREFACE, *written]), encoding="utf-8")


def run(name: str, data: Path) -> str:
    print(f"{name} ...", file=sys.stderr, flush=True)
    environment = os.environ | {"POLNLP_DATA": str(data)}
    command = [sys.executable, HERE / f"{name}.py", "--data", data]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    shown = done.stdout.strip()
    if not any(line.startswith("|") for line in shown.splitlines()):  # aligned columns, no Markdown
        shown = f"```\n{shown}\n```"
    today = datetime.now(UTC).date().isoformat()
    return f"`python benchmarks/{name}.py --data FOLDER`, {today}, {describe_machine()}\n\n{shown}\n"


def section(name: str) -> str:
    return f"## {SECTIONS[name]}\n\n" + (RESULTS / f"{name}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
