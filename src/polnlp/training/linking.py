"""How ``models/kb/ranker.json`` is made: read articles whose names have known answers, fit the linker's weights, report.

``python -m polnlp.training.linking --data DIR --output models/kb/ranker.json`` reads GUM and MEANTIME as the shipped
tagger and grouping find their names. A group of names whose mentions bear one Wikipedia title, and that has candidates
in the knowledge base, is a choice: one of the candidates is right, or none. A title means the one entry that bears it
as its name; what a title means that several entries bear, or none in that spelling, stands in ``titles.tsv``.
"""

import argparse
import csv
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from polnlp.config import Config
from polnlp.entities.candidates import Found
from polnlp.entities.context import read_context
from polnlp.entities.grouping import Group, group_mentions
from polnlp.entities.linking import Linker, is_same_place
from polnlp.entities.ranking import RIVALS, Features, Ranker
from polnlp.entities.resolving import tell_apart
from polnlp.errors import CorpusError
from polnlp.kb import KnowledgeBase, open_kb
from polnlp.mentions import find_mentions, load_tagger
from polnlp.mentions.gazetteer import Gazetteer
from polnlp.paragraphs import split_paragraphs
from polnlp.schema import Article, ArticleDate, Mention
from polnlp.training.heads import calibration_error, read_rows

logger = logging.getLogger(__name__)

Floats = npt.NDArray[np.float64]

SOURCES = ("coref/gum_named_train.jsonl.gz", "coref/gum_named_dev.jsonl", "coref/meantime_train.jsonl")
STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""How strongly weights are drawn to those set by hand: half of it times their squared distance joins the loss."""

NAMES = ("bias", *Features.__struct_fields__)
_NIL, _OPEN = "nil", "?"  # of titles.tsv: no entry; not said
_MIN_CHOICES = 20
_FOLDS = 5


class Choice(NamedTuple):
    """A group of names with its candidates and the right answer.

    Attributes:
        rows: ``(n_candidates, n_names)``; the bias is a column of ones.
        right: Candidates that are right; none of them where that is empty.
        places: Of each candidate the first one that is the same place, itself where there is no other.
    """

    document: str
    rows: Floats
    right: frozenset[int]
    places: tuple[int, ...]


class Answers(NamedTuple):
    """What a model says of choices: probability of the right answer, score of its own, and whether that is right."""

    likelihoods: Floats
    scores: Floats
    rights: npt.NDArray[np.bool_]


def train_ranker(data: Path, output: Path) -> dict[str, dict[str, float]]:
    """Fit the linker's weights, report them out of fold beside those set by hand, and write them.

    Args:
        data: polnlp's data folder.
        output: The file to write.

    Returns:
        ``hand`` and ``learned`` → measure → value: ``log_loss``, ``accuracy``, ``ece``, ``n``.

    Raises:
        CorpusError: If the data are missing or malformed, or hold fewer than 20 choices.
    """
    kb = open_kb()
    choices = list(read_choices(data, kb))
    if len(choices) < _MIN_CHOICES:
        raise CorpusError(f"{data}: {len(choices)} names with known answers; a ranker needs at least {_MIN_CHOICES}.")
    hand = list_weights(Ranker())
    report = {"hand": measure(answer(choices, hand))}
    held_out = {strength: answer_held_out(choices, hand, strength) for strength in STRENGTHS}
    for strength, answers in held_out.items():
        logger.info("strength %s: %s", strength, measure(answers))
    best = min(STRENGTHS, key=lambda strength: measure(held_out[strength])["log_loss"])
    report["learned"] = measure(held_out[best])
    weights = [round(float(weight), 3) for weight in fit_weights(choices, hand, best)]
    ranker = Ranker(bias=weights[0], weights=Features(*weights[1:]))
    output.write_bytes(msgspec.json.format(msgspec.json.encode(ranker), indent=1) + b"\n")
    logger.info("strength %s; %s", best, json.dumps(report))
    return report


def list_weights(ranker: Ranker) -> Floats:
    """Give the weights in the order of ``NAMES``."""
    return np.array([ranker.bias, *msgspec.structs.astuple(ranker.weights)])


def fit_weights(choices: Sequence[Choice], hand: Floats, strength: float) -> Floats:
    """Give the likeliest weights, each of the sign that it has by hand and near to that.

    The conditional logit's likelihood, with the linker's own sum over the best rivals.

    Args:
        hand: In the order of ``NAMES``; a weight of 0 may take either sign.
        strength: One of ``STRENGTHS`` or any other not below 0.
    """
    packed = _pack(choices)
    bounds = [(0, None) if value > 0 else (None, 0) if value < 0 else (None, None) for value in hand]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = _lose(packed, weights)
        away = weights - hand
        return value + strength / 2 * float(away @ away), slope + strength * away

    return np.asarray(minimize(loss, hand, jac=True, method="L-BFGS-B", bounds=bounds).x, dtype=np.float64)


class _Packed(NamedTuple):
    rows: Floats  # (n_choices, n_most + 1, n_names); the last of each choice is "none of them", all 0
    known: npt.NDArray[np.bool_]  # (n_choices, n_most + 1)
    right: npt.NDArray[np.bool_]


def _pack(choices: Sequence[Choice]) -> _Packed:
    most = max(len(choice.rows) for choice in choices)
    rows = np.zeros((len(choices), most + 1, choices[0].rows.shape[1]))
    known = np.zeros(rows.shape[:2], dtype=bool)
    right = np.zeros(rows.shape[:2], dtype=bool)
    known[:, most] = True
    for number, choice in enumerate(choices):
        rows[number, : len(choice.rows)] = choice.rows
        known[number, : len(choice.rows)] = True
        right[number, sorted(choice.right) or [most]] = True
    return _Packed(rows, known, right)


def _share(packed: _Packed, weights: Floats) -> tuple[Floats, Floats]:
    """Give each candidate's log-odds and what it has of the whole, which the best rivals and the right ones share."""
    scores = np.where(packed.known, packed.rows @ weights, -np.inf)
    most = scores.shape[1] - 1
    counted = packed.right.copy()
    counted[:, most] = True
    order = np.argsort(-scores[:, :most], axis=1, kind="stable")[:, :RIVALS]
    np.put_along_axis(counted, order, True, axis=1)
    counted &= packed.known
    powers = np.where(counted, np.exp(scores - scores.max(axis=1, keepdims=True)), 0.0)
    return scores, powers / powers.sum(axis=1, keepdims=True)


def _lose(packed: _Packed, weights: Floats) -> tuple[float, Floats]:
    """Give the sum of log-losses and its gradient."""
    _, shares = _share(packed, weights)
    rights = np.where(packed.right, shares, 0.0)
    likelihood = np.maximum(rights.sum(axis=1, keepdims=True), 1e-300)
    slope = np.einsum("ck,ckf->f", shares - rights / likelihood, packed.rows)
    return -float(np.log(likelihood).sum()), slope


def answer(choices: Sequence[Choice], weights: Floats, threshold: float = 0.5) -> Answers:
    """Answer choices as the linker does: the best candidate, with its other levels, from a probability on; else none.

    Args:
        threshold: As ``[entities] threshold``.
    """
    packed = _pack(choices)
    scores, shares = _share(packed, weights)
    likelihoods = np.where(packed.right, shares, 0.0).sum(axis=1)
    decided, rights = [], []
    for choice, log_odds, chances in zip(choices, scores, shares, strict=True):
        best = int(np.argmax(log_odds[: len(choice.rows)]))
        same = [place for place, first in enumerate(choice.places) if first == choice.places[best]]
        chance = float(chances[same].sum())
        decided.append(chance if chance >= threshold else 1 - chance)
        rights.append(best in choice.right if chance >= threshold else not choice.right)
    return Answers(likelihoods, np.array(decided), np.array(rights))


def answer_held_out(choices: Sequence[Choice], hand: Floats, strength: float) -> Answers:
    """Answer each choice by weights that were fitted on other documents; their order is that of the folds."""
    documents = [choice.document for choice in choices]
    parts = []
    for fit, out in GroupKFold(_FOLDS).split(choices, groups=documents):
        weights = fit_weights([choices[index] for index in fit], hand, strength)
        parts.append(answer([choices[index] for index in out], weights))
    return Answers(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def measure(answers: Answers) -> dict[str, float]:
    """Give log-loss (nats), accuracy and calibration error over 15 bins."""
    return {
        "n": float(len(answers.rights)),
        "log_loss": round(-float(np.log(np.maximum(answers.likelihoods, 1e-300)).mean()), 4),
        "accuracy": round(float(answers.rights.mean()), 4),
        "ece": round(calibration_error(answers.scores, answers.rights), 4),
    }


def read_choices(data: Path, kb: KnowledgeBase) -> Iterator[Choice]:
    """Read the choices of all articles of a data folder but those that evaluations are made on.

    Raises:
        CorpusError: If a file cannot be read or a row is no article with ``clusters`` and ``wiki``.
    """
    config = Config()
    tagger, gazetteer = load_tagger(config.mentions.model), Gazetteer(kb)
    gold = {path.stem for path in (data / "gold").glob("*.json")}
    for source in SOURCES:
        for number, row in read_rows(data / source):
            if row.get("id") in gold:
                continue
            if not {"id", "text", "clusters", "wiki"} <= row.keys():
                raise CorpusError(f"{data / source}:{number}: expected a row with 'id', 'text', 'clusters' and 'wiki'.")
            date = ArticleDate(value=str(row["dct"])[:10], source="argument") if row.get("dct") else None
            article = Article(id=row["id"], text=row["text"], date=date)
            paragraphs = [
                msgspec.structs.replace(paragraph, zone="body")
                for paragraph in split_paragraphs(article, config.paragraphs)
            ]
            mentions = find_mentions(article.text, paragraphs, tagger, gazetteer, config.mentions)
            yield from choose(article, mentions, read_titles(row), kb, config.entities.threshold)


def read_titles(row: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """Give the Wikipedia title of each span of a row that has one; a name within a mention has the mention's."""
    titles = {}
    for cluster, title in zip(row["clusters"], row["wiki"], strict=True):
        for item in cluster if title else ():
            titles.setdefault((item["start"], item["end"]), title)
            if item.get("form") == "name" and "name_start" in item:
                titles[item["name_start"], item["name_end"]] = title
    return titles


def choose(
    article: Article,
    mentions: Sequence[Mention],
    titles: Mapping[tuple[int, int], str],
    kb: KnowledgeBase,
    threshold: float,
) -> Iterator[Choice]:
    """Give the choices of an article, measured as the linker measures them when it looks for the second time.

    Args:
        titles: Span → Wikipedia title. Groups whose mentions have none or several are left out.
    """
    groups = group_mentions(article.text, mentions, tell_apart(kb))
    recorder = _Recorder(kb, read_context(article, mentions, groups, kb), article.text, mentions, threshold)
    recorder.link(groups)
    for group, found, features in recorder.seen.values():
        spans = ((mentions[index].start, mentions[index].end) for index in group.members)
        borne = {titles[span] for span in spans if span in titles}
        right = find_right(borne.pop(), found, kb) if len(borne) == 1 else None
        if right is not None:
            rows = np.array([(1.0, *msgspec.structs.astuple(held)) for held in features])
            yield Choice(article.id, rows, right, _number_places(found))


class _Recorder(Linker):
    """A linker that keeps what it measured last of each group."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.seen: dict[tuple[int, ...], tuple[Group, Sequence[Found], list[Features]]] = {}

    def measure(self, group: Group, found: Sequence[Found]) -> list[Features]:
        features = super().measure(group, found)
        self.seen[tuple(group.members)] = (group, found, features)
        return features


def find_right(title: str, found: Sequence[Found], kb: KnowledgeBase) -> frozenset[int] | None:
    """Tell which of the candidates a Wikipedia title means, at all levels of a place; ``None`` if that is not clear."""
    title = title.replace("_", " ")
    listed = _read_list().get(title)
    if listed == _OPEN:
        return None
    if listed is not None:
        means = set(listed.split("|"))
    else:
        name = re.sub(r" \(.*\)$", "", title)
        means = {candidate.id for candidate in kb.candidates(name) if candidate.how in ("name", "alias")}
        if sum(candidate.id in means for candidate, _, _ in found) > 1:
            return None
    named = [candidate for candidate, _, _ in found if candidate.id in means]
    return frozenset(
        place
        for place, (candidate, _, _) in enumerate(found)
        if candidate in named or any(is_same_place(candidate, other) for other in named)
    )


@cache
def _read_list() -> dict[str, str]:
    text = files("polnlp.training").joinpath("titles.tsv").read_text(encoding="utf-8")
    return {row["title"]: row["entries"] for row in csv.DictReader(text.splitlines(), delimiter="\t")}


def _number_places(found: Sequence[Found]) -> tuple[int, ...]:
    return tuple(
        next(
            first for first, (other, _, _) in enumerate(found) if other is candidate or is_same_place(other, candidate)
        )
        for candidate, _, _ in found
    )


def main() -> None:
    """Make the weights from the command line."""
    parser = argparse.ArgumentParser(description="Fit the weights of the linker's features.")
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"), help="data folder")
    parser.add_argument("--output", type=Path, required=True, help="file to write, as models/kb/ranker.json")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data or set POLNLP_DATA")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train_ranker(Path(arguments.data), arguments.output)


if __name__ == "__main__":
    main()
