"""Schemes of one's own: polnlp's topic head beside TF-IDF and beside no training at all, from few labels and from many.

python benchmarks/few_labels.py --data FOLDER

Sentences are those of manifestos, which nothing shipped has learnt from, with the Manifesto Project's 7 domains and 56
codes. The learning curve is on the domains, a mean over three draws of the labelled texts; then both schemes are fitted
to four fifths of the manifestos and judged on the rest.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from polnlp.classify.topics import describe_texts
from polnlp.encoder import default_reader
from polnlp.training.heads import falls_in_share, fit_out_of_fold, measure
from polnlp.training.labelled import read_rows

SIZES = (20, 50, 100, 500, 2500)
TESTED, DRAWS = 2000, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    options = parser.parse_args()
    rows = [row for _, row in read_rows(options.data / "topic/marpor_train.jsonl.gz")]
    begin = time.process_time()
    vectors = describe_texts([row["text"] for row in rows], default_reader())
    print(f"Reading {len(rows):,} sentences: {time.process_time() - begin:.0f} s of one core.\n")
    print_curve(rows, vectors)
    print_schemes(rows, vectors)


def print_curve(rows: Sequence[dict], vectors: np.ndarray) -> None:
    known = np.flatnonzero([row["domain"] != "None" for row in rows])
    order = known[np.random.default_rng(0).permutation(len(known))[: TESTED + DRAWS * max(SIZES)]]
    texts, vectors = [rows[place]["text"] for place in order], vectors[order]
    labels = np.array([rows[place]["domain"] for place in order])
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
            told = tuple(sorted(set(labels[chosen])))
            apart = [str(number) for number in range(size)]
            head, _ = fit_out_of_fold(vectors[chosen], labels[chosen], told, groups=apart, weights=np.ones(size))
            predicted = np.array(told)[head.predict(vectors[tested]).argmax(axis=1)]
            ours.append(macro_f1(labels[tested], predicted))
            plain.append(macro_f1(labels[tested], fit_words(texts[chosen], labels[chosen], texts[tested])))
        print(f"| {size:,} | {100 * np.mean(ours):.1f} | {100 * np.mean(plain):.1f} | {unlearnt:.1f} |", flush=True)
    print(f"\nMacro-F1 in per cent over {len(names)} labels, {TESTED:,} sentences.\n")


def print_schemes(rows: Sequence[dict], vectors: np.ndarray) -> None:
    groups = np.array([row["manifesto_id"] for row in rows])
    held = np.array([falls_in_share(group, 0.2) for group in groups])
    print("| scheme | system | labels | accuracy | macro-F1 | calibration error | of the surest half | s of one core |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for scheme, field in (("domains", "domain"), ("codes", "label")):
        labels = np.array([row[field] for row in rows])
        names = tuple(sorted(set(labels)))
        truths = list(labels[held])
        begin = time.process_time()
        head, _ = fit_out_of_fold(
            vectors[~held], labels[~held], names, groups=list(groups[~held]), weights=np.ones((~held).sum())
        )
        seconds = time.process_time() - begin
        chances = head.predict(vectors[held])
        right = np.array(names)[chances.argmax(axis=1)] == labels[held]
        surest = right[np.argsort(-chances.max(axis=1), kind="stable")][: len(right) // 2].mean()
        found = measure(names, chances, truths)
        print(
            f"| {scheme} | polnlp | {len(names)} | {100 * found['accuracy']:.1f} | {100 * found['macro_f1']:.1f} | "
            f"{found['ece']:.3f} | {100 * surest:.1f} | {seconds:.0f} |",
            flush=True,
        )
        begin = time.process_time()
        texts = np.array([row["text"] for row in rows])
        plain = fit_words(list(texts[~held]), labels[~held], list(texts[held]), rarest=2)
        seconds = time.process_time() - begin
        scores = 100 * np.mean(plain == labels[held]), 100 * macro_f1(labels[held], plain)
        print(
            f"| {scheme} | TF-IDF + LR | {len(names)} | {scores[0]:.1f} | {scores[1]:.1f} | - | - | {seconds:.0f} |",
            flush=True,
        )
    print(f"\n{held.sum():,} sentences of {len(set(groups[held]))} of {len(set(groups))} manifestos were held out.")


def fit_words(texts: Sequence[str], labels: np.ndarray, tested: Sequence[str], *, rarest: int = 1) -> np.ndarray:
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=rarest)
    return (
        LogisticRegression(C=10, max_iter=300).fit(words.fit_transform(texts), labels).predict(words.transform(tested))
    )


def normalize(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def macro_f1(truths: np.ndarray, predicted: np.ndarray) -> float:
    return float(f1_score(truths, predicted, labels=sorted(set(truths)), average="macro", zero_division=0))


if __name__ == "__main__":
    main()
