"""Print what trainings of the encoder with parts held out found: five folds of CrossNER, and its train part alone.

make cross-validate DATA=... KB=... START=...   trains them: about two hours on two idle cores
python benchmarks/cross_validation.py WORK      prints them; exact span and label, 32-bit weights, no gazetteer rules
"""

import argparse
import json
from pathlib import Path

import numpy as np

SETS = {"crossner": "held-out CrossNER", "paragraphs": "held-out paragraphs", "gold": "whole articles, by paragraph"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="Folder of the trainings.")
    folder = parser.parse_args().work
    runs = {path.stem.removesuffix("-names"): read_figures(path) for path in sorted(folder.glob("*-names.json"))}
    if not runs:
        parser.error(f"{folder}: no trainings of names (fold0-names.json, train-names.json, ...)")
    print("| part | " + " | ".join(SETS.values()) + " | greedy |\n| --- " + "| --- " * (len(SETS) + 1) + "|")
    for part, figures in runs.items():
        shown = [f"{figures[name]['viterbi'][2]:.1f}" if name in figures else "-" for name in SETS]
        print(f"| {part} | {' | '.join(shown)} | {figures['crossner']['greedy'][2]:.1f} |")
    folds = [figures["crossner"] for part, figures in runs.items() if part.startswith("fold")]
    if folds:
        print(f"\nMean of {len(folds)} folds: {np.mean([fold['viterbi'][2] for fold in folds]):.1f}. By label:\n")
        labels = sorted({label for fold in folds for label in fold} - {"viterbi", "greedy"})
        print("| " + " | ".join(labels) + " |\n" + "| --- " * len(labels) + "|")
        means = [np.mean([fold[label] for fold in folds if label in fold]) for label in labels]
        print("| " + " | ".join(f"{mean:.1f}" for mean in means) + " |")


def read_figures(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))["figures"]


if __name__ == "__main__":
    main()
