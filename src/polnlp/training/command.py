"""What ``python -m polnlp.training.topic`` and its like share: where data come from, and where the model goes."""

import argparse
import logging
import os
from collections.abc import Callable
from pathlib import Path


def run_training(train: Callable[[Path, Path], object], *, description: str, output: str) -> None:
    """Make a model from the command line.

    Args:
        train: Takes the data and the output.
        description: What is made.
        output: What ``--output`` names.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"), help="data folder or file")
    parser.add_argument("--output", type=Path, required=True, help=output)
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data or set POLNLP_DATA")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train(Path(arguments.data), arguments.output)
