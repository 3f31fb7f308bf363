"""How far the probabilities of topic and stance can be trusted: reliability diagrams, and what abstaining gains.

python benchmarks/calibration.py --data FOLDER [--pictures docs/images]

On the texts that neither encoder nor heads have learnt from (each head's temperature, one number, was fitted on them).
"""

import argparse
from pathlib import Path

import numpy as np

from polnlp.classify import StanceModel, TopicModel
from polnlp.schema import STANCE_LABELS
from polnlp.training import stance, topic
from polnlp.training.heads import calibration_error, is_hidden

COVERAGES = (1.0, 0.9, 0.75, 0.5, 0.25)
BINS = 10
SIDE, EDGE = 320, 40  # of a picture, in pixels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    parser.add_argument("--pictures", type=Path, help="Folder for the reliability diagrams; none without it.")
    options = parser.parse_args()
    print("| task | source | texts | calibration error |" + "".join(f" at {c:.0%} |" for c in COVERAGES))
    print("| --- " * (4 + len(COVERAGES)) + "|")
    for task, judged in (("topic", judge_topics(options.data)), ("stance", judge_stances(options.data))):
        sources = [source for source, _, _ in judged]
        scores = np.array([score for _, score, _ in judged])
        right = np.array([correct for _, _, correct in judged])
        for source in (*sorted(set(sources)), "all"):
            chosen = np.array([source in (one, "all") for one in sources])
            print(f"| {task} | {source} | " + " | ".join(describe(scores[chosen], right[chosen])) + " |")
        if options.pictures:
            options.pictures.mkdir(parents=True, exist_ok=True)
            (options.pictures / f"reliability-{task}.svg").write_text(draw(task, scores, right), encoding="utf-8")
    print("\nThe last columns: accuracy of the surest share of the texts, when the others are left without a label.")


def judge_topics(data: Path) -> list[tuple[str, float, bool]]:
    """Give source, score of the likeliest label, and whether it is the main topic."""
    dev = [example for example in topic.read_examples(data) if is_hidden(example.source, example.group)]
    model = TopicModel.load()
    chances = model.predict([example.text for example in dev])
    return [
        (e.source, float(row.max()), model.labels[row.argmax()] == e.label) for e, row in zip(dev, chances, strict=True)
    ]


def judge_stances(data: Path) -> list[tuple[str, float, bool]]:
    """Give source, score of the likeliest label, and whether it is right."""
    dev = [example for example in stance.read_examples(data) if is_hidden(example.source, example.group)]
    chances = StanceModel.load().predict_mentions([(example.text, example.spans) for example in dev])
    return [
        (e.source, float(row.max()), STANCE_LABELS[row.argmax()] == e.label)
        for e, row in zip(dev, chances, strict=True)
    ]


def describe(scores: np.ndarray, right: np.ndarray) -> list[str]:
    surest = right[np.argsort(-scores, kind="stable")]
    kept = [surest[: max(1, round(len(surest) * share))].mean() for share in COVERAGES]
    return [str(len(right)), f"{calibration_error(scores, right):.3f}", *(f"{100 * share:.1f}" for share in kept)]


def draw(task: str, scores: np.ndarray, right: np.ndarray) -> str:
    """Draw mean score against share right in ten bins; a disc's area is the bin's share of the texts."""
    places = np.minimum((scores * BINS).astype(int), BINS - 1)
    inner = SIDE - 2 * EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return round(EDGE + x * inner, 1), round(SIDE - EDGE - y * inner, 1)

    parts = [
        f'<line x1="{EDGE}" y1="{SIDE - EDGE}" x2="{SIDE - EDGE}" y2="{EDGE}" stroke="#888" stroke-dasharray="4"/>'
    ]
    for bin_ in np.unique(places):
        chosen = places == bin_
        x, y = at(scores[chosen].mean(), right[chosen].mean())
        radius = round(3 + 30 * float(np.sqrt(chosen.mean() / np.pi)), 1)
        parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#1f6f8b" fill-opacity="0.7"/>')
    for value in (0, 0.5, 1):
        (x, _), (_, y) = at(value, 0), at(0, value)
        parts.append(f'<text x="{x}" y="{SIDE - EDGE + 16}" text-anchor="middle">{value:g}</text>')
        parts.append(f'<text x="{EDGE - 6}" y="{y + 4}" text-anchor="end">{value:g}</text>')
    title = f"{task}: calibration error {calibration_error(scores, right):.3f}, {len(right):,} texts"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}"',
            '  font-family="sans-serif" font-size="12" role="img">',
            f"<title>{title}</title>",
            f'<rect width="{SIDE}" height="{SIDE}" fill="#fff"/>',
            f'<rect x="{EDGE}" y="{EDGE}" width="{inner}" height="{inner}" fill="none" stroke="#444"/>',
            f'<text x="{SIDE / 2}" y="{EDGE - 16}" text-anchor="middle">{title}</text>',
            f'<text x="{SIDE / 2}" y="{SIDE - 6}" text-anchor="middle">score</text>',
            f'<text transform="translate(12 {SIDE / 2}) rotate(-90)" text-anchor="middle">share right</text>',
            *parts,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    main()
