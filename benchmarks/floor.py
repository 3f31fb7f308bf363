"""A floor for names: the spaCy CNN, trained on CrossNER politics' own training part (200 sentences) and nothing else.

python benchmarks/floor.py --data FOLDER

Its dev part decides when to stop and is what is scored, as published systems do it. The encoder's figure for the same
part of the data is made by ``python -m polnlp.training.encoder names --part train`` (hours in the Makefile).
"""

import argparse
import tempfile
from pathlib import Path

import msgspec

from polnlp.training.names import train_names
from polnlp.training.tagger import Settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = msgspec.structs.replace(Settings(), refit=False)
        scores = train_names(options.data, Path(folder) / "cnn", sources=("crossner",), settings=settings)
    low, high = scores.intervals["F1"]
    print("| trained on | scored on | documents | micro-F1 (95 % interval) |")
    print("| --- | --- | --- | --- |")
    figure = f"{100 * scores.values['F1']:.1f} ({100 * low:.1f}-{100 * high:.1f})"
    print(f"| CrossNER politics train | its dev, exact spans | {scores.documents} | {figure} |")


if __name__ == "__main__":
    main()
