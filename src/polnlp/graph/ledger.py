"""The ledger in sorted order: what the numbers of ``Cooccurrences`` mean, pair by pair, and as a reader meets it.

Ids are ranked by their spelling, so that nothing here depends on the order in which reports came.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from polnlp.graph.cooccurrence import Cooccurrences
from polnlp.graph.dates import date_range
from polnlp.graph.evidence import Evidence
from polnlp.graph.spool import Rows, Values
from polnlp.schema import STANCE_LABELS

BLOCK = 1_000_000  # meetings that are sorted at once, if no single entity has more
_BATCH = 1_000  # entries of a ledger that are made at once
_KEPT = 500  # articles last read

Ranks = NDArray[np.int32]
Table = NDArray[Any]  # of rows


class Ledger:
    """A corpus's ledger, sorted.

    Attributes:
        ids: Of entities, holders and targets, sorted; a rank is a place in this list.
        article_ids: Sorted.
        rank, article_rank: Number to rank.
        article_names: Ids of articles by number.
        places, windows, members, mentions: The tables of ``Cooccurrences``.
        meetings: Its meetings by pair, article and place.
        pairs: A row a pair: ranks of ``a`` and ``b``, and where its meetings begin and end.
    """

    def __init__(self, found: Cooccurrences, *, tokens: bool) -> None:
        self.found = found
        self.tokens = tokens
        self.ids, self.rank = _rank(found.ids)
        self.article_ids, self.article_rank = _rank(found.articles)
        self.places, self.windows = found.places.read(), found.windows.read()
        self.members, self.mentions = found.members.read(), found.mentions.read()
        self.member_rank: Ranks = self.rank[self.members["entity"]]
        self.article_names = list(found.articles)
        self.texts, self.topics, self.dates = list(found.texts), list(found.topics), list(found.dates)
        self.spans = [date_range(dates) for dates in self.dates]
        # One list for all meetings of the same dates.
        self.join_dates = lru_cache(_BATCH)(partial(_join_dates, self.dates))
        self.meetings, self.pairs = self._sort_meetings(found.meetings.read())

    def _sort_meetings(self, meetings: Table) -> tuple[Table, Table]:
        """Bring the meetings into order, block by block into another file; a block holds all of an entity's."""
        written, pairs = Rows(**dict.fromkeys(meetings.dtype.names or (), "i")), [np.zeros(0, _PAIR)]
        first = self.member_rank[meetings["a"]]
        order = np.argsort(first, kind="stable")
        for start, stop in _cut_blocks(np.bincount(first)):
            rows = meetings[order[start:stop]]
            b_start, a_start = (self.mentions["start"][rows[name]] for name in ("second", "first"))
            article = self.article_rank[self.windows["article"][self.members["window"][rows["a"]]]]
            b, a = (self.member_rank[rows[name]] for name in ("b", "a"))
            rows = rows[np.lexsort((b_start, a_start, article, b, a))]
            pairs.append(_find_pairs(self.member_rank[rows["a"]], self.member_rank[rows["b"]], written.count))
            written.extend(rows)
        return written.read(), np.concatenate(pairs)

    def pairs_of(self, min_count: int) -> Table:
        """Give the pairs that meet at least so often."""
        kept: Table = self.pairs[self.pairs["stop"] - self.pairs["start"] >= min_count]
        return kept

    def sort_stances(self) -> NDArray[np.int64]:
        """Give each stance's place in ``graph.graph["stances"]``."""
        order = np.argsort(self.article_rank[self.found.stances.read()["article"]], kind="stable")
        places = np.empty(len(order), dtype=np.int64)
        places[order] = np.arange(len(order))
        return places

    def entries(self, start: int, stop: int) -> Iterator[Evidence]:
        """Give a stretch of the meetings as entries of the ledger."""
        for begin in range(start, stop, _BATCH):
            rows = self.meetings[begin : min(begin + _BATCH, stop)]
            first, second = self.mentions[rows["first"]], self.mentions[rows["second"]]
            windows = self.windows[self.members["window"][rows["a"]]]
            places = [self.places[mentions["place"]].tolist() for mentions in (first, second)]
            columns = (rows["distance"].tolist(), windows.tolist(), first.tolist(), second.tolist(), *places)
            for distance, (article, number, _), a, b, place_a, place_b in zip(*columns, strict=True):
                told = sorted({place_a, place_b}, key=lambda place: place[1])
                yield {
                    "article": self.article_names[article],
                    "paragraph": place_a[1],
                    "sentence": a[1],
                    "window": number if self.tokens else None,
                    "distance": distance,
                    "a": self._describe(a, place_a[1]),
                    "b": self._describe(b, place_b[1]),
                    "dates": self.join_dates(*[place[3] for place in told]),
                    "topic": next((self.topics[place[2]] for place in told if place[2] >= 0), None),
                }

    def _describe(self, mention: tuple[Any, ...], paragraph: int) -> dict[str, Any]:
        _, sentence, start, end, text, score = mention
        place = {"start": start, "end": end, "text": self.texts[text], "paragraph": paragraph, "sentence": sentence}
        return {**place, "score": score}

    def meeting_places(self, start: int, stop: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Give the places of both ends of a stretch of meetings."""
        rows = self.meetings[start:stop]
        return self.mentions["place"][rows["first"]], self.mentions["place"][rows["second"]]


_PAIR = np.dtype([("a", "<i4"), ("b", "<i4"), ("start", "<i8"), ("stop", "<i8")])


def _rank(numbers: dict[str, int]) -> tuple[list[str], Ranks]:
    names = sorted(numbers)
    ranks = np.empty(len(names), dtype=np.int32)
    ranks[[numbers[name] for name in names]] = np.arange(len(names))
    return names, ranks


def _join_dates(dates: list[tuple[str, ...]], *numbers: int) -> list[str]:
    return sorted({date for number in numbers for date in dates[number]})


def _cut_blocks(counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut so many meetings of one entity after the other into stretches of ``BLOCK``, or of one entity."""
    start = stop = 0
    for count in counts.tolist():
        if stop > start and stop + count - start > BLOCK:
            yield start, stop
            start = stop
        stop += count
    if stop > start:
        yield start, stop


def _find_pairs(a: Ranks, b: Ranks, offset: int) -> Table:
    """Give the pairs of sorted meetings, of which the first is number ``offset``."""
    new = np.flatnonzero(np.concatenate([[True], (a[1:] != a[:-1]) | (b[1:] != b[:-1])]))
    pairs = np.empty(len(new), _PAIR)
    pairs["a"], pairs["b"] = a[new], b[new]
    pairs["start"], pairs["stop"] = new + offset, np.append(new[1:], len(a)) + offset
    return pairs


class StoredEvidence(Sequence[Evidence]):
    """The ledger of one pair; its entries are made anew whenever they are read."""

    __slots__ = ("ledger", "start", "stop")

    def __init__(self, ledger: Ledger, start: int, stop: int) -> None:
        self.ledger, self.start, self.stop = ledger, start, stop

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[Evidence]:
        return self.ledger.entries(self.start, self.stop)

    @overload
    def __getitem__(self, index: int) -> Evidence: ...
    @overload
    def __getitem__(self, index: slice) -> list[Evidence]: ...
    def __getitem__(self, index: int | slice) -> Evidence | list[Evidence]:
        return [*self][index]

    def dates(self) -> set[str]:
        """Give the dates of all meetings."""
        places = np.concatenate(self.ledger.meeting_places(self.start, self.stop))
        return {*self.ledger.join_dates(*np.unique(self.ledger.places["dates"][places]).tolist())}


def meeting_dates(evidence: Sequence[Evidence]) -> set[str]:
    """Give the dates of all meetings of a pair."""
    if isinstance(evidence, StoredEvidence):
        return evidence.dates()
    return {date for entry in evidence for date in entry.get("dates", ())}


class StoredByArticle(Mapping[str, Any]):
    """Values of articles by the articles' ids, sorted."""

    def __init__(self, numbers: dict[str, int], articles: Sequence[str], values: Values) -> None:
        self.numbers, self.articles = numbers, articles
        self._read = lru_cache(_KEPT)(values.read)

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[str]:
        return iter(self.articles)

    def __getitem__(self, article: str) -> Any:
        return self._read(self.numbers[article])


class StoredStances(Collection[dict[str, Any]]):
    """The stances of all articles, by article."""

    def __init__(self, ledger: Ledger) -> None:
        self._values, self.count = ledger.found.said, ledger.found.stances.count
        self._numbers = np.argsort(ledger.article_rank)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (stance for number in self._numbers.tolist() for stance in self._values.read(number))

    def __contains__(self, stance: object) -> bool:
        return any(known == stance for known in self)


class StancesHere:
    """The stances toward entities in the paragraphs that name them."""

    def __init__(self, ledger: Ledger) -> None:
        self._table = ledger.found.stances.read()
        here = np.flatnonzero(self._table["here"])
        self._order = here[np.argsort(self._table["target"][here], kind="stable")]
        self._targets = self._table["target"][self._order]

    def toward(self, target: int) -> tuple[list[str], list[float]]:
        """Give labels and values of those toward an entity, by its number."""
        start, stop = np.searchsorted(self._targets, [target, target + 1])
        rows = self._table[self._order[start:stop]]
        return [STANCE_LABELS[label] for label in rows["label"].tolist()], rows["value"].tolist()


class StancesByPlace:
    """The stances of each paragraph; in their table they lie beside each other."""

    def __init__(self, ledger: Ledger) -> None:
        self._table = ledger.found.stances.read()
        self._count = np.bincount(self._table["place"], minlength=len(ledger.places))
        firsts = np.flatnonzero(np.diff(self._table["place"], prepend=-1))
        self._first = np.zeros(len(ledger.places), dtype=np.int64)
        self._first[self._table["place"][firsts]] = firsts
        self._sorted = ledger.sort_stances()

    def at(self, places: list[int]) -> list[list[dict[str, Any]]]:
        """Give the stances of those paragraphs that have any, with ``holder`` and ``target`` by number.

        ``stance`` is a stance's place in ``graph.graph["stances"]``.
        """
        return [self._read(place) for place in places if self._count[place]]

    def _read(self, place: int) -> list[dict[str, Any]]:
        first = int(self._first[place])
        rows = self._table[first : first + int(self._count[place])].tolist()
        begin = int(self._sorted[first])
        return [
            {"stance": begin + at, "holder": holder, "target": target, "label": STANCE_LABELS[label], "value": value}
            for at, (_, _, holder, target, _, label, value, *_) in enumerate(rows)
        ]
