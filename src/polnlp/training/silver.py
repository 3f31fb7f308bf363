"""Texts that nobody marked, read by a better engine: the small tagger learns from what the encoder finds in them.

References:
    Hinton, Vinyals and Dean (2015). Distilling the knowledge in a neural network. arXiv 1503.02531 (here with labels
    instead of probabilities: what the teacher doubts is left unknown).
"""

import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from polnlp.evaluation.gold import GoldSpan, GoldText, read_gold
from polnlp.mentions.engines import NameTagger
from polnlp.training.data import LabelledText, find_held_out, is_held_out, may_ship
from polnlp.training.labelled import read_rows

logger = logging.getLogger(__name__)

ARTICLES = "corpus/articles.jsonl"
SENTENCES = ("ner/fewnerd_inter_test_public70.jsonl.gz", "ner/fewnerd_inter_dev.jsonl.gz")
# Few-NERD sentences that name one of these are read first: the others are about sports, cars and medicines.
_POLITICAL = frozenset(
    {"organization-politicalparty", "event-election", "organization-government/governmentagency", "event-other"}
)
SURE = 0.6  # a name of this score is learnt as it is
DOUBTFUL = 0.1  # between the two it is neither a name nor none
_LENGTH = range(20, 2_000)  # characters


def read_silver(data: Path, teacher: NameTagger, *, count: int, seed: int) -> list[LabelledText]:
    """Choose texts of the data folder and mark them by the teacher.

    Args:
        data: The data folder; a file that is missing gives no texts.
        teacher: An engine in the scheme that is to be learnt.
        count: Texts at most, half of them paragraphs of articles and half sentences.
        seed: Of the choice.
    """
    texts = [*_choose(list(read_paragraphs(data)), count // 2, seed), *_choose_sentences(data, count // 2, seed)]
    marked = [mark(text, teacher) for text in texts]
    logger.info("%d texts read by %s, %d names", len(marked), teacher.source, sum(len(text.spans) for text in marked))
    return marked


def mark(text: tuple[str, str], teacher: NameTagger) -> LabelledText:
    """Mark a text, given with its id: sure names as they are, doubtful ones as unknown."""
    names = teacher.tag([text[1]])[0]
    spans = tuple(GoldSpan(name.start, name.end, name.label) for name in names if name.score >= SURE)
    unknown = tuple((name.start, name.end) for name in names if DOUBTFUL <= name.score < SURE)
    return LabelledText(*text, spans, unknown)


def read_paragraphs(data: Path) -> Iterator[tuple[str, str]]:
    """Give the paragraphs of articles, without those that are marked by hand: these are learnt from, or measured on."""
    if not (data / ARTICLES).is_file():
        return
    by_hand = data / "gold" / "paragraphs.jsonl"
    marked = {gold.text.strip() for gold in read_gold(by_hand)} if by_hand.is_file() else set()
    held_out = find_held_out(data)
    for _, row in read_rows(data / ARTICLES):
        if not is_held_out(row["id"], held_out) and may_ship(row.get("license", "")):
            for number, paragraph in enumerate(row["text"].split("\n\n")):
                if len(paragraph) in _LENGTH and paragraph.strip() not in marked:
                    yield f"{row['id']}#{number}", paragraph


def _choose_sentences(data: Path, count: int, seed: int) -> list[tuple[str, str]]:
    sentences = [text for name in SENTENCES if (data / name).is_file() for text in read_gold(data / name)]
    first = [(text.id, text.text) for text in sentences if _is_political(text)]
    rest = [(text.id, text.text) for text in sentences if not _is_political(text)]
    return [*first[:count], *_choose(rest, count - len(first[:count]), seed)]


def _is_political(text: GoldText) -> bool:
    return any(span.label in _POLITICAL for span in text.names or ())


def _choose(texts: Sequence[tuple[str, str]], count: int, seed: int) -> list[tuple[str, str]]:
    return random.Random(seed).sample(list(texts), min(count, len(texts)))  # noqa: S311
