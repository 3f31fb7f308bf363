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
from polnlp.training.encoder.data import (
    AUXILIARIES,
    Example,
    labels_of,
    read_auxiliary,
    read_crossner,
    read_gold_article,
    read_judged,
    read_own,
    read_paragraphs,
)
from polnlp.training.encoder.gazetteer import compile_gazetteer, read_names
from polnlp.training.encoder.loop import Schedule, train
from polnlp.training.encoder.model import STUDENT, PoliticalEncoder, Shape, load_start_weights
from polnlp.training.encoder.reading import SCHEMES, ReadingTask, Soft, predict_logits, score_spans, spans_of
from polnlp.training.heads import is_hidden
from polnlp.training.swapping import read_known_names

logger = logging.getLogger(__name__)

_BLOCK = 15  # neighbouring sentences are often from one article: what is held out is made of blocks
_SWAPPED_KINDS = ("party", "party_acronym", "leader", "leader_surname")


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that shapes the weights, apart from data and start weights.

    Attributes:
        warm_up: Schedule on the auxiliary sources.
        names: Schedule on the names alone.
        joint: Schedule on names, topics and stances together.
        teacher: The same for a larger encoder, from its start weights on.
        n_unjudged: Texts that a teacher alone judges.
        n_disturbed: Variants of judged texts that it judges too.
        n_recombined: Paragraphs made of several judged texts' sentences that it judges too.
        n_auxiliary: Texts of a large auxiliary source; others give a share of it.
        auxiliary_shares: Source to its share of ``n_auxiliary``; 1 where it is not named.
        paragraph_share: Of the codebook's paragraphs that an epoch goes through: they are four times as long.
        sentence_share: Of the sentences with marked names that an epoch of the joint schedule goes through.
        judged_share: Of others' texts with topics and stances that an epoch of the joint schedule goes through.
        judgment_weight: Of topics and stances beside names.
        crossner_times: How often the joint schedule goes through CrossNER's sentences in an epoch.
        foreign: Weight of the loss of an output layer on texts marked in the other way.
        swap: Share of parties and leaders replaced by others.
        swap_targets: Share of a stance's targets replaced by others, where names are not marked.
        case: Share of texts in small letters, and in capitals.
        feature_dropout: Share of texts whose gazetteer matches are hidden.
        dropout: Inside the encoder.
        pieces_per_batch: Upper bound of a batch of texts with marked names, in pieces.
    """

    warm_up: Schedule = Schedule(epochs=1, rate=6e-4)
    names: Schedule = Schedule(epochs=5, rate=4e-4, fresh=5.0)
    joint: Schedule = Schedule(epochs=6, rate=2.5e-4, fresh=5.0, seed=5)
    teacher: Schedule = Schedule(epochs=3, rate=6e-5, fresh=15.0, layer_decay=0.95)
    n_unjudged: int = 21_000
    n_disturbed: int = 22_000
    n_recombined: int = 40_000
    n_auxiliary: int = 1500
    auxiliary_shares: dict[str, float] = msgspec.field(
        default_factory=lambda: {"redocred": 0.2, "wikigold": 0.8, "gum": 0.8, "ewt": 0.55}
    )
    paragraph_share: float = 0.7
    sentence_share: float = 0.9
    judged_share: float = 0.45
    judgment_weight: float = 1.0
    crossner_times: int = 3
    foreign: float = 0.5
    swap: float = 0.25
    swap_targets: float = 0.5
    case: float = 0.02
    feature_dropout: float = 0.1
    dropout: float = 0.1
    pieces_per_batch: int = 600


class Sources(msgspec.Struct, frozen=True):
    """What is learned from and measured on.

    Attributes:
        train: CrossNER's training part.
        dev: Its dev part.
        own: The package's own sentences and paragraphs, which are always learnt from.
        paragraphs: By the codebook, with topics and stances.
        others: Other people's texts with a topic or stances, and the package's own lines with a topic.
        hidden: Texts with a topic or stances that nothing is learnt from.
        hidden_paragraphs: Of these the paragraphs by the codebook, with their names.
        gold: Paragraphs of whole articles, for measuring alone; no part of them is in the others.
    """

    train: list[Example]
    dev: list[Example]
    own: list[Example]
    paragraphs: list[Example]
    others: list[Example]
    hidden: list[Example]
    hidden_paragraphs: list[Example]
    gold: list[Example]


def read_sources(data: Path, recipe: Recipe) -> Sources:
    """Read the sources of a data folder."""
    articles = sorted((data / "gold").glob("*.json"))
    stems = frozenset(path.stem for path in articles)
    judged = read_judged(data)
    known = {example.text: example for example in judged if example.source == "articles"}
    paragraphs = [
        paragraph._replace(topic=known[paragraph.text].topic, second=known[paragraph.text].second)._replace(
            targets=known[paragraph.text].targets, source="articles"
        )
        for paragraph in read_paragraphs(data / "gold/paragraphs.jsonl", foreign=recipe.foreign, without=stems)
    ]
    out = {example.text for example in judged if is_hidden(example.source, example.id)}
    return Sources(
        train=read_crossner(data / "ner/crossner_politics_train.jsonl", foreign=recipe.foreign),
        dev=read_crossner(data / "ner/crossner_politics_dev.jsonl", foreign=recipe.foreign),
        own=read_own(),
        paragraphs=[paragraph for paragraph in paragraphs if paragraph.text not in out],
        others=[e for e in judged if e.source not in ("articles", "judged") and e.text not in out],
        hidden=[example for example in judged if example.text in out],
        hidden_paragraphs=[paragraph for paragraph in paragraphs if paragraph.text in out],
        gold=[paragraph for path in articles for paragraph in read_gold_article(path)],
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
        tasks.append(ReadingTask(examples, labels, tokenize, pieces_per_batch=1000, case=0.05, feature_dropout=0.3))
    train(model, tasks, recipe.warm_up)
    model.heads.clear()


def name_tasks(
    sentences: Sequence[Example],
    sources: Sources,
    tokenize: Tokenization,
    recipe: Recipe,
    pool: Mapping[str, Sequence[str]],
    *,
    share: float = 1.0,
    judgment_weight: float = 0.0,
) -> list[ReadingTask]:
    """Make the tasks of the marked texts: sentences with swapped names, the codebook's paragraphs as they are.

    Args:
        sentences: CrossNER's.
        sources: All other texts.
        tokenize: The encoder's pieces.
        recipe: Shares.
        pool: Names to swap in.
        share: Of the sentences, drawn anew for each epoch.
        judgment_weight: Of these texts' topics and stances beside their names; 0 leaves them unread.
    """
    usual: dict[str, Any] = {
        "case": recipe.case,
        "feature_dropout": recipe.feature_dropout,
        "pieces_per_batch": recipe.pieces_per_batch,
        "judgment_weight": judgment_weight,
    }
    return [
        ReadingTask([*sentences, *sources.own], SCHEMES, tokenize, share=share, swap=recipe.swap, pool=pool, **usual),
        ReadingTask(sources.paragraphs, SCHEMES, tokenize, share=recipe.paragraph_share, **usual),
    ]


def joint_tasks(
    sentences: Sequence[Example],
    sources: Sources,
    tokenize: Tokenization,
    recipe: Recipe,
    pool: Mapping[str, Sequence[str]],
    soft: Mapping[str, Mapping[str, Soft]],
) -> list[ReadingTask]:
    """Make the joint schedule's tasks: marked texts with topics and stances, and others' with a teacher's names.

    Args:
        sentences: CrossNER's.
        sources: All other texts.
        tokenize: The encoder's pieces.
        recipe: Shares.
        pool: Names to swap in.
        soft: What ``teach_names`` gives.
    """
    weight = recipe.judgment_weight
    others = ReadingTask(
        sources.others,
        SCHEMES,
        tokenize,
        share=recipe.judged_share,
        swap=recipe.swap_targets,
        feature_dropout=recipe.feature_dropout,
        pieces_per_batch=recipe.pieces_per_batch * 3 // 2,
        judgment_weight=weight,
        pool=often_known(pool),
        soft=soft,
    )
    often = [*sentences] * recipe.crossner_times
    share = recipe.sentence_share
    return [*name_tasks(often, sources, tokenize, recipe, pool, share=share, judgment_weight=weight), others]


def names_to_swap(knowledge: Path) -> dict[str, list[str]]:
    """Read the names that may take another's place in a training text."""
    pool: dict[str, set[str]] = {kind: set() for kind in _SWAPPED_KINDS}
    for name, kind in read_names(knowledge):
        if kind in pool and name.isascii() and len(name) < 60 and name[:1].isupper() and not set(name) & set("(/"):
            pool[kind].add(name)
    return {kind: sorted(names) for kind, names in pool.items()}


def often_known(pool: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Give a pool of which about half the draws are names that everybody knows, of parties as well as of leaders.

    Which side a text takes must not be read off the names that are most often written about.
    """
    known: dict[str, list[str]] = {kind: [] for kind in _SWAPPED_KINDS}
    for kind, name in read_known_names():
        known[kind].append(name)
        if kind == "leader":
            known["leader_surname"].append(name.split()[-1])
        elif kind == "party" and " " not in name:
            known["leader_surname"].append(name)  # what a lone word stands for is not known there
    return {
        kind: [*names, *known[kind] * (len(names) // max(len(known[kind]), 1))] if kind in known else list(names)
        for kind, names in pool.items()
    }


def new_model(start: Path, recipe: Recipe, *, warm: Path | None = None, shape: Shape = STUDENT) -> PoliticalEncoder:
    """Give a model with start weights, or with those that an earlier step left."""
    model = PoliticalEncoder(recipe.dropout, shape)
    if warm is None:
        load_start_weights(model, start)
    else:
        model.load_weights(torch.load(warm, weights_only=True))
    return model


def hold_out(examples: Sequence[Example], share: int, which: int = 0) -> tuple[list[Example], list[Example]]:
    """Part what is learnt from what is measured on: of every ``share`` blocks of neighbours the one at ``which``."""
    parts: tuple[list[Example], list[Example]] = ([], [])
    for number, example in enumerate(examples):
        parts[number // _BLOCK % share == which].append(example)
    return parts


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
