"""The recipe of ``models/encoder``: warm up on other people's labels, then learn names in both ways of marking."""

import json
import logging
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch
from tokenizers import Tokenizer

from polnlp.encoder.tokens import Tokenization
from polnlp.schema import LABELS
from polnlp.training.encoder.data import (
    AUXILIARIES,
    Example,
    labels_of,
    read_auxiliary,
    read_crossner,
    read_gold_article,
    read_own,
    read_paragraphs,
)
from polnlp.training.encoder.gazetteer import compile_gazetteer, read_names
from polnlp.training.encoder.loop import Schedule, train
from polnlp.training.encoder.model import PoliticalEncoder, load_start_weights
from polnlp.training.encoder.names import NamesTask, predict_logits, score_spans, spans_of

logger = logging.getLogger(__name__)

SCHEMES = {"crossner": LABELS, "codebook": LABELS}
_BLOCK = 30  # neighbouring sentences of dev are often from one article: folds are made of blocks
_SWAPPED_KINDS = ("party", "party_acronym", "leader", "leader_surname")


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that shapes the weights, apart from data and start weights.

    Attributes:
        warm_up: Schedule on the auxiliary sources.
        names: Schedule on the names.
        n_auxiliary: Texts of a large auxiliary source; others give a share of it.
        auxiliary_shares: Source to its share of ``n_auxiliary``; 1 where it is not named.
        paragraph_share: Of the codebook's paragraphs that an epoch goes through: they are four times as long.
        foreign: Weight of the loss of an output layer on texts marked in the other way.
        swap: Share of parties and leaders replaced by others.
        case: Share of texts in small letters, and in capitals.
        feature_dropout: Share of texts whose gazetteer matches are hidden.
        dropout: Inside the encoder.
        pieces_per_batch: Upper bound of a batch of names, in pieces.
    """

    warm_up: Schedule = Schedule(epochs=1, rate=6e-4)
    names: Schedule = Schedule(epochs=5, rate=4e-4, fresh=5.0)
    n_auxiliary: int = 1500
    auxiliary_shares: dict[str, float] = msgspec.field(
        default_factory=lambda: {"redocred": 0.2, "wikigold": 0.8, "gum": 0.8, "ewt": 0.55}
    )
    paragraph_share: float = 0.7
    foreign: float = 0.5
    swap: float = 0.25
    case: float = 0.02
    feature_dropout: float = 0.1
    dropout: float = 0.1
    pieces_per_batch: int = 600


class Sources(msgspec.Struct, frozen=True):
    """What names are learned from and measured on.

    Attributes:
        train: CrossNER's own training part and the package's own sentences.
        gold: Paragraphs of whole articles, for measuring alone; no part of them is in the others.
    """

    train: list[Example]
    dev: list[Example]
    paragraphs: list[Example]
    gold: list[Example]


def read_sources(data: Path, recipe: Recipe) -> Sources:
    """Read the names' sources of a data folder."""
    articles = sorted((data / "gold").glob("*.json"))
    return Sources(
        [*read_crossner(data / "ner/crossner_politics_train.jsonl", foreign=recipe.foreign), *read_own()],
        read_crossner(data / "ner/crossner_politics_dev.jsonl", foreign=recipe.foreign),
        read_paragraphs(
            data / "gold/paragraphs.jsonl", foreign=recipe.foreign, without=frozenset(path.stem for path in articles)
        ),
        [paragraph for path in articles for paragraph in read_gold_article(path)],
    )


def prepare_folder(folder: Path, start: Path, knowledge: Path) -> Tokenization:
    """Write tokenizer and gazetteer of a new encoder.

    The tokenizer's special marks are taken out of what it looks for in a text: a text that spells "[SEP]" is text.

    Args:
        folder: Made if it is missing.
        start: Folder of the start weights.
        knowledge: Folder of the name tables.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = json.loads((start / "tokenizer.json").read_text(encoding="utf-8"))
    settings |= {"added_tokens": [], "truncation": None, "padding": None, "post_processor": None}
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(settings, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    compile_gazetteer(knowledge, Tokenizer.from_file(str(path))).save(folder / "gazetteer.npz")
    return Tokenization.load(folder)


def warm_up(model: PoliticalEncoder, data: Path, tokenize: Tokenization, recipe: Recipe) -> None:
    """Train the encoder on sources with other labels, each through an output layer of its own that is then dropped."""
    held_out = frozenset(path.stem for path in (data / "gold").glob("*.json"))
    rng = random.Random(recipe.warm_up.seed)  # noqa: S311
    tasks = []
    for source in AUXILIARIES:
        examples = read_auxiliary(source, data, without=held_out)
        rng.shuffle(examples)
        examples = examples[: round(recipe.n_auxiliary * recipe.auxiliary_shares.get(source.name, 1.0))]
        labels = {source.name: labels_of(examples, source.name)}
        logger.info("%s: %d texts, %s", source.name, len(examples), " ".join(labels[source.name]))
        tasks.append(NamesTask(examples, labels, tokenize, pieces_per_batch=1000, case=0.05, feature_dropout=0.3))
    train(model, tasks, recipe.warm_up)
    model.heads.clear()


def name_tasks(
    crossner: Sequence[Example],
    paragraphs: Sequence[Example],
    tokenize: Tokenization,
    recipe: Recipe,
    pool: Mapping[str, Sequence[str]],
) -> list[NamesTask]:
    """Make the names tasks: CrossNER's sentences with swapped names, the codebook's paragraphs as they are."""
    usual: dict[str, Any] = {
        "case": recipe.case,
        "feature_dropout": recipe.feature_dropout,
        "pieces_per_batch": recipe.pieces_per_batch,
    }
    return [
        NamesTask(crossner, SCHEMES, tokenize, swap=recipe.swap, pool=pool, **usual),
        NamesTask(paragraphs, SCHEMES, tokenize, share=recipe.paragraph_share, **usual),
    ]


def names_to_swap(knowledge: Path) -> dict[str, list[str]]:
    """Read the names that may take another's place in a training text."""
    pool: dict[str, set[str]] = {kind: set() for kind in _SWAPPED_KINDS}
    for name, kind in read_names(knowledge):
        if kind in pool and name.isascii() and len(name) < 60 and name[:1].isupper() and not set(name) & set("(/"):
            pool[kind].add(name)
    return {kind: sorted(names) for kind, names in pool.items()}


def new_model(start: Path, recipe: Recipe, *, warm: Path | None = None) -> PoliticalEncoder:
    """Give a model with start weights, or with those that a warm-up left."""
    model = PoliticalEncoder(recipe.dropout)
    if warm is None:
        load_start_weights(model, start)
    else:
        model.load_state_dict(torch.load(warm, weights_only=True))
    return model


def fold_of_dev(dev: Sequence[Example], fold: int) -> tuple[list[Example], list[Example]]:
    """Split dev in two halves of alternate blocks: what joins the training, and what is measured on."""
    halves: tuple[list[Example], list[Example]] = ([], [])
    for number, example in enumerate(dev):
        halves[(number // _BLOCK + fold) % 2].append(example)
    return halves


def measure(
    model: PoliticalEncoder, examples: Sequence[Example], tokenize: Tokenization, scheme: str
) -> dict[str, Any]:
    """Score one output layer on marked texts: precision, recall, F1 of exact spans, in percent."""
    read = predict_logits(model, [example.text for example in examples], tokenize, [scheme])
    pairs = [(tokens, logits[scheme]) for tokens, logits in read]
    gold = [example.marked[scheme] for example in examples]
    labels = SCHEMES[scheme]
    viterbi = score_spans(gold, [spans_of(tokens, logits, labels) for tokens, logits in pairs])
    greedy = score_spans(gold, [spans_of(tokens, logits, labels, greedy=True) for tokens, logits in pairs])
    return {"viterbi": viterbi["micro"], "greedy": greedy["micro"]} | {
        label: rates[2] for label, rates in viterbi.items() if label != "micro"
    }


def copy_licence(start: Path, folder: Path) -> None:
    """Keep the start weights' licence text beside the tokenizer where there is one."""
    if (start / "LICENSE").is_file():
        shutil.copyfile(start / "LICENSE", folder / "LICENSE")
