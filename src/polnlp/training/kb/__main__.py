"""``python -m polnlp.training.kb --source DIR --output models/kb``."""

import argparse
from pathlib import Path

from polnlp.training.kb import build_kb

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="polnlp.training.kb", description="Compile the knowledge base.")
    parser.add_argument("--source", type=Path, required=True, help="Folder with the source tables.")
    parser.add_argument("--output", type=Path, required=True, help="Folder to write to, as models/kb.")
    options = parser.parse_args()
    build_kb(options.source, options.output)
