"""A scheme of one's own from few labels: polnlp's topic head beside TF-IDF and beside no training at all.

python benchmarks/few_labels.py --data FOLDER

The scheme is the Manifesto Project's seven domains, on sentences of manifestos that nothing shipped has learnt from.
Figures are means over three draws of the labelled texts.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from polnlp.classify.topics import describe_texts
from polnlp.encoder import default_reader
from polnlp.training.heads import fit_classifier
from polnlp.training.labelled import read_rows
from polnlp.training.topic import STRENGTH

SIZES = (20, 50, 100, 500, 2500)
TESTED, DRAWS = 2000, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    options = parser.parse_args()
    rows = [row for _, row in read_rows(options.data / "topic/marpor_train.jsonl.gz") if row["domain"] != "None"]
    order = np.random.default_rng(0).permutation(len(rows))[: TESTED + DRAWS * max(SIZES)]
    texts = [rows[place]["text"] for place in order]
    labels = np.array([rows[place]["domain"] for place in order])
    vectors = describe_texts(texts, default_reader())
    names = sorted(set(labels))
    tested = slice(0, TESTED)
    likeness = normalize(vectors[tested]) @ normalize(describe_texts(names, default_reader())).T
    unlearnt = 100 * macro_f1(labels[tested], np.array(names)[likeness.argmax(axis=1)])
    print("| labelled texts | polnlp | TF-IDF + LR | likeness to the label's name |\n| --- | --- | --- | --- |")
    for size in SIZES:
        ours, plain = [], []
        for draw in range(DRAWS):
            start = TESTED + draw * max(SIZES)
            chosen = slice(start, start + size)
            head = fit_classifier(vectors[chosen], labels[chosen], np.ones(size), STRENGTH)
            ours.append(macro_f1(labels[tested], head.predict(vectors[tested])))
            plain.append(macro_f1(labels[tested], fit_words(texts[chosen], labels[chosen], texts[tested])))
        print(f"| {size:,} | {100 * np.mean(ours):.1f} | {100 * np.mean(plain):.1f} | {unlearnt:.1f} |")
    print(f"\nMacro-F1 in per cent over {len(names)} labels, {TESTED:,} sentences.")


def fit_words(texts: Sequence[str], labels: np.ndarray, tested: Sequence[str]) -> np.ndarray:
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
    return (
        LogisticRegression(C=10, max_iter=300).fit(words.fit_transform(texts), labels).predict(words.transform(tested))
    )


def normalize(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def macro_f1(truths: np.ndarray, predicted: np.ndarray) -> float:
    return float(f1_score(truths, predicted, average="macro", zero_division=0))


if __name__ == "__main__":
    main()
