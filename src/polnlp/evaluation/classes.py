"""Topics and stances of paragraphs against gold."""

from collections.abc import Sequence

import numpy as np

from polnlp.errors import CorpusError
from polnlp.evaluation.analyser import Analyser
from polnlp.evaluation.gold import GoldText
from polnlp.evaluation.scores import (
    Example,
    Scores,
    bootstrap,
    excerpt,
    score_classes,
    share_of_counts,
    worst_examples,
)
from polnlp.schema import STANCE_LABELS

# The Comparative Agendas Project's codes for the media and for what is no policy, in the codebook's terms.
_TOPIC_OF = {
    "Arts and Entertainment": "Culture",
    "Other": "None",
    "Sports and Recreation": "None",
    "Weather and Natural Disasters": "None",
    "Fires": "None",
    "Death Notices": "None",
    "Churches and Religion": "None",
    "State and Local Government Administration": "Government Operations",
}


def score_topics(texts: Sequence[GoldText], pipeline: Analyser, origin: str = "gold") -> Scores:
    """Score topics of paragraphs: accuracy, macro-F1, and how often the gold topic is the first or the second."""
    items = [item for text in texts for item in (text.parts or (text,)) if item.topic is not None]
    known = pipeline.topic_labels
    gold = [topic if topic in known else _TOPIC_OF.get(topic, topic) for topic in (item.topic or "" for item in items)]
    unknown = sorted(set(gold) - set(known))
    if unknown:
        told = f"{', '.join(known[:25])}{', ...' if len(known) > 25 else ''}"
        raise CorpusError(
            f"{origin}: topics of another scheme: {', '.join(unknown[:5])}. The model tells: {told}. "
            "A model of another scheme is named by 'model' under [topic] in the settings (-c)."
        )
    topics = list(pipeline.topics([item.text for item in items]))
    found = [topic.label for topic in topics]
    accuracy, macro, labels, errors = score_classes(gold, found)
    either = [g in (topic.label, topic.second) or topic.label == item.second
              for g, topic, item in zip(gold, topics, items, strict=True)]  # fmt: skip
    return Scores(
        task="topic",
        gold=origin,
        documents=len(items),
        values={"accuracy": accuracy, "macro F1": macro, "first or second": _mean(either)},
        intervals={"accuracy": _interval([g == f for g, f in zip(gold, found, strict=True)])},
        labels=labels,
        confusion=errors,
        examples=worst_examples(
            Example(id=item.id, text=_shorten(item.text), gold=g, found=topic.label, score=topic.score)
            for g, topic, item in zip(gold, topics, items, strict=True)
            if topic.label != g
        ),
    )


def score_stances(texts: Sequence[GoldText], pipeline: Analyser, origin: str = "gold") -> Scores:
    """Score stances toward given targets: macro-F1 over the labels of the gold, accuracy."""
    pairs, gold, ids, left_out = [], [], [], 0
    for item in (item for text in texts for item in (text.parts or (text,))):
        for stance in item.stances or ():
            if stance.label not in STANCE_LABELS:
                raise CorpusError(f"{origin}: {item.id}: stance {stance.label!r}; known: {', '.join(STANCE_LABELS)}.")
            if stance.start is None or stance.end is None:
                left_out += 1
                continue
            pairs.append((item.text, (stance.start, stance.end)))
            gold.append(stance.label)
            ids.append(item.id)
    stances = list(pipeline.stances(pairs))
    found = [stance.label for stance in stances]
    accuracy, macro, labels, errors = score_classes(gold, found)
    return Scores(
        task="stance",
        gold=origin,
        documents=len(pairs),
        values={"macro F1": macro, "accuracy": accuracy},
        intervals={"accuracy": _interval([g == f for g, f in zip(gold, found, strict=True)])},
        labels=labels,
        confusion=errors,
        examples=worst_examples(
            Example(id=name, text=excerpt(text, *place), gold=g, found=stance.label, score=stance.score)
            for name, (text, place), g, stance in zip(ids, pairs, gold, stances, strict=True)
            if stance.label != g
        ),
        notes=(f"{left_out} targets that do not stand in their text are left out",) if left_out else (),
    )


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 200 else words[:197] + "..."


def _mean(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def _interval(right: Sequence[bool]) -> tuple[float, float]:
    counts = np.array([(int(one), 1) for one in right], dtype=np.float64).reshape(-1, 2)
    return bootstrap(counts, share_of_counts)
