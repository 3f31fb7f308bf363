"""Every stage on whole annotated articles, end to end: what `polnlp evaluate` says of each, beside a plain baseline.

python benchmarks/stages.py --data FOLDER

The baselines: names by the knowledge base's gazetteer without a tagger; topics by saying Government Operations,
stances by saying neutral, whatever the text.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from names import OWN_GOLD, NoTagger
from polnlp.evaluation import evaluate
from polnlp.evaluation.gold import GoldText, read_gold
from polnlp.evaluation.scores import Scores
from polnlp.pipeline import load

TASKS = ("names", "dates", "links", "topic", "stance")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    options = parser.parse_args()
    nlp, alone = load(), load()
    alone.tagger = NoTagger()
    print("| articles | task | polnlp | baseline |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for path in (options.data / "gold").glob("*.json"):  # the folder's paragraphs have trained the tagger
            shutil.copy(path, folder)
        for name, articles in (("shared gold", Path(folder)), ("own gold", OWN_GOLD)):
            texts = list(read_gold(articles))
            for task in TASKS:
                baseline = show(evaluate("names", articles, alone)) if task == "names" else guess(task, texts)
                print(f"| {name} ({len(texts)}) | {task} | {show(evaluate(task, articles, nlp))} | {baseline} |")


def show(scores: Scores) -> str:
    return ", ".join(f"{measure} {100 * value:.1f}" for measure, value in scores.values.items())


def guess(task: str, texts: list[GoldText]) -> str:
    parts = [part for text in texts for part in text.parts]
    if task == "topic":
        known = [part for part in parts if part.topic]
        right = sum(part.topic == "Government Operations" for part in known)
        either = sum("Government Operations" in (part.topic, part.second) for part in known)
        return f"accuracy {100 * right / len(known):.1f}, first or second {100 * either / len(known):.1f}"
    if task == "stance":
        labels = [stance.label for part in parts for stance in part.stances]
        neutral = labels.count("neutral")
        return f"accuracy {100 * neutral / len(labels):.1f}, macro-F1 {200 * neutral / (len(labels) + neutral) / 3:.1f}"
    return "-"


if __name__ == "__main__":
    main()
