"""Choices that the linker's weights are fitted on: candidates of a name, and which one is right.

They are read from GUM and MEANTIME as the shipped tagger and grouping find their names. A group of names whose mentions
bear one Wikipedia title, and that has candidates in the knowledge base, is a choice: one of the candidates is right, or
none. A title means the one entry that bears it as its name; what a title means that several entries bear, or none in
that spelling, stands in ``titles.tsv``.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from polnlp.config import Config
from polnlp.entities.candidates import Found
from polnlp.entities.context import read_context
from polnlp.entities.grouping import Group, group_mentions
from polnlp.entities.linking import Linker, is_same_place
from polnlp.entities.ranking import Features, Ranker
from polnlp.entities.resolving import tell_apart
from polnlp.errors import CorpusError
from polnlp.kb import KnowledgeBase
from polnlp.mentions import find_mentions, load_tagger
from polnlp.mentions.gazetteer import Gazetteer
from polnlp.paragraphs import split_paragraphs
from polnlp.schema import Article, ArticleDate, Mention
from polnlp.training.labelled import read_rows

SOURCES = ("coref/gum_named_train.jsonl.gz", "coref/gum_named_dev.jsonl", "coref/meantime_train.jsonl")
NAMES = ("bias", *Features.__struct_fields__)
_OPEN = "?"  # in titles.tsv: not said; "nil" is no entry


class Choice(NamedTuple):
    """A group of names with its candidates and the right answer.

    Attributes:
        rows: ``(n_candidates, n_names)``; the bias is a column of ones.
        right: Candidates that are right; none of them where that is empty.
        places: Of each candidate the first one that is the same place, itself where there is no other.
    """

    document: str
    rows: npt.NDArray[np.float64]
    right: frozenset[int]
    places: tuple[int, ...]


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
            split = split_paragraphs(article, config.paragraphs)
            paragraphs = [msgspec.structs.replace(paragraph, zone="body") for paragraph in split]
            mentions = find_mentions(article.text, paragraphs, tagger, gazetteer, config.mentions)
            yield from choose(article, mentions, read_titles(row), kb, config.entities.threshold)


def read_titles(row: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """Give the Wikipedia title of each span of a row that has one; a name within a mention has the mention's."""
    titles: dict[tuple[int, int], str] = {}
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
        self.ranker = Ranker()  # those set by hand: a fit must not depend on the one before it
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
    candidates = [candidate for candidate, _, _ in found]
    return tuple(
        next(first for first, other in enumerate(candidates) if other is candidate or is_same_place(other, candidate))
        for candidate in candidates
    )
