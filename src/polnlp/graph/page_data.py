"""What the page holds of a network: rows of plain values, every text once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Any

import networkx as nx

from polnlp.graph.colors import DARK_COLORS, TYPE_COLORS, TYPE_NAMES, TYPE_SHAPES
from polnlp.graph.dates import date_range, first_day, is_calendar, last_day
from polnlp.graph.layout import place_nodes
from polnlp.graph.ledger import meeting_dates
from polnlp.graph.windows import WindowKey, evidence_window

Row = list[Any]

NODE_COLUMNS = (
    *("id", "name", "label", "aliases", "x", "y", "count", "articles", "windows", "windows_low", "windows_high"),
    *("first", "last", "topics", "favor", "against", "neutral", "stance", "sign", "degree", "degree_low"),
    *("degree_high", "strength", "strength_low", "strength_high", "betweenness", "pagerank", "core", "community"),
    *("community_stability", "community_support", "pagerank_low", "pagerank_high", "backbone_betweenness"),
    *("backbone_betweenness_low", "backbone_betweenness_high"),
    *("rank", "rank_low", "rank_high", "qid", "country", "times", "stance_times"),
)
EDGE_COLUMNS = (
    *("a", "b", "count", "count_low", "count_high", "articles", "npmi", "npmi_low", "npmi_high", "q", "disparity"),
    *("noise_corrected", "stance", "stance_low", "stance_high", "stance_count", "sign", "stance_a", "stance_b"),
    *("alignment", "a_to_b", "b_to_a", "same_community", "first", "last", "topics", "meetings", "evidence"),
)
# Names on the page to names on the graph, where they differ.
GRAPH_NAMES = {"first": "first_date", "last": "last_date", "q": "q_value"}

ALIASES = 40  # names shown of one entity
COMMUNITIES = 12
CONTEXT = 400  # characters kept on either side of a name in a sentence that is too long to show
LONG_SENTENCE = 1_200


def page_data(graph: nx.Graph, *, evidence_cap: int, seed: int) -> dict[str, Any]:
    """Give the page's data; ``graph`` is what is drawn, its ``graph.graph`` may speak of more."""
    book = PageBook(graph, evidence_cap)
    places = place_nodes(graph, seed=seed)
    numbers = {node: index for index, node in enumerate(graph)}
    edges = [book.edge_row(numbers[a], numbers[b], data) for a, b, data in graph.edges(data=True)]
    nodes = [book.node_row(numbers[node], node, places[node]) for node in graph]
    counted = Counter(label for _, label in graph.nodes(data="label"))
    return {
        "types": [
            {
                "label": label,
                "name": name,
                "color": TYPE_COLORS[label],
                "dark": DARK_COLORS[label],
                "shape": TYPE_SHAPES[label],
                "count": counted[label],
            }
            for label, name in TYPE_NAMES.items()
            if counted[label]
        ],
        "topics": book.topics,
        "bins": book.bins.described(),
        "articles": book.articles,
        "sentences": book.sentences,
        "communities": name_communities(graph),
        "undated": book.bins.counts[-1],
        "node_columns": NODE_COLUMNS,
        "nodes": nodes,
        "edge_columns": EDGE_COLUMNS,
        "edges": edges,
    }


def name_communities(graph: nx.Graph) -> list[dict[str, Any]]:
    """Give the largest communities with the names of their three strongest members."""
    members: dict[int, list[Any]] = defaultdict(list)
    for node, community in graph.nodes(data="community"):
        members[community].append(node)
    named = []
    for community, nodes in sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))[:COMMUNITIES]:
        if len(nodes) < 2:
            break
        strongest = sorted(nodes, key=lambda node: (-graph.nodes[node]["strength"], node))[:3]
        names = ", ".join(graph.nodes[node]["name"] for node in strongest)
        named.append({"id": community, "name": names, "size": len(nodes)})
    return sorted(named, key=lambda community: int(community["id"]))


class Bins:
    """Stretches of time for the histogram: months, years or decades, whatever gives at most about 60."""

    def __init__(self, dates: Iterable[str]) -> None:
        first, last = date_range(dates)
        self.keys: list[str] = []
        self.width = 4
        if first is not None and last is not None:
            low, high = first_day(first), last_day(last)
            years = int(high[:4]) - int(low[:4]) + 1
            self.width = 7 if years <= 5 else 4 if years <= 80 else 3
            self.keys = _MAKE_KEYS[self.width](low, high)
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.counts: Counter[int] = Counter()

    def place(self, date: str | None) -> int:
        """Give the number of a date's bin; -1 for none, or for a date too coarse for one."""
        return self.places.get(date[: self.width], -1) if date else -1

    def described(self) -> list[dict[str, Any]]:
        """Give each bin's key, name and count."""
        ending = "s" if self.width == 3 else ""
        return [
            {"key": key, "name": f"{key}0{ending}" if ending else key, "count": self.counts[place]}
            for place, key in enumerate(self.keys)
        ]


def _months(low: str, high: str) -> list[str]:
    first, last = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (low, high))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


_MAKE_KEYS: dict[int, Callable[[str, str], list[str]]] = {
    7: _months,
    4: lambda low, high: [f"{year:04}" for year in range(int(low[:4]), int(high[:4]) + 1)],
    3: lambda low, high: [f"{decade:03}" for decade in range(int(low[:3]), int(high[:3]) + 1)],
}


class PageBook:
    """Numbers for articles, sentences and topics as they are first needed, and the rows that use them."""

    def __init__(self, graph: nx.Graph, evidence_cap: int) -> None:
        self.graph = graph
        self.cap = evidence_cap
        self.articles: list[dict[str, Any]] = []
        self.sentences: list[Row] = []
        self.topics = sorted({topic for _, _, data in graph.edges(data=True) for topic in data["topics"]})
        self.topics += sorted(
            {topic for _, data in graph.nodes(data=True) for topic in data["topics"]} - {*self.topics}
        )
        self.topic_numbers = {topic: number for number, topic in enumerate(self.topics)}
        self.bins = Bins(date for _, _, evidence in graph.edges(data="evidence") for date in meeting_dates(evidence))
        self._article_numbers: dict[str, int] = {}
        self._sentence_numbers: dict[tuple[str, int, int], int] = {}
        self._times: dict[int, Counter[int]] = defaultdict(Counter)
        self._windows_seen: set[WindowKey] = set()
        self._stance_times = self._collect_stances()

    def _collect_stances(self) -> dict[str, dict[int, Counter[str]]]:
        found: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        articles = self.graph.graph["articles"]
        for stance in self.graph.graph["stances"]:
            place = self.bins.place(articles[stance["article"]]["date"])
            if place >= 0:
                found[stance["target"]][place][stance["label"]] += 1
        return found

    def _topic_counts(self, counts: dict[str, int]) -> list[Row]:
        return [[self.topic_numbers[topic], count] for topic, count in counts.items()]

    def edge_row(self, a: int, b: int, data: dict[str, Any]) -> Row:
        """Give a tie's row; its windows also count for the histogram and for both ends' times."""
        meetings: Counter[tuple[int, int]] = Counter()
        placed = self._place_meetings((a, b), data["evidence"], meetings)
        shown = nsmallest(self.cap, placed, key=lambda item: -item[0]["a"]["score"] * item[0]["b"]["score"])
        shown.sort(key=lambda item: (item[1], item[0]["article"], item[0]["a"]["start"]))
        own = {
            "a": a,
            "b": b,
            "topics": self._topic_counts(data["topics"]),
            "meetings": [[place, topic, count] for (place, topic), count in sorted(meetings.items())],
            "evidence": [self.evidence_row(*item) for item in shown],
        }
        return [own[name] if name in own else data.get(GRAPH_NAMES.get(name, name)) for name in EDGE_COLUMNS]

    def _place_meetings(
        self, ends: tuple[int, int], evidence: Sequence[dict[str, Any]], meetings: Counter[tuple[int, int]]
    ) -> Iterator[tuple[dict[str, Any], int, int]]:
        """Give a tie's entries with the numbers of their bins and topics, and count them."""
        for entry in evidence:
            place = self.bins.place(earliest(entry["dates"]))
            topic = self.topic_numbers.get(entry["topic"], -1)
            meetings[place, topic] += 1
            self._count_window(entry, place, ends)
            yield entry, place, topic

    def _count_window(self, entry: dict[str, Any], place: int, ends: tuple[int, int]) -> None:
        for end in ends:
            self._times[end][place] += 1
        window = evidence_window(entry, self.graph.graph["settings"]["window"])
        if window not in self._windows_seen:
            self._windows_seen.add(window)
            self.bins.counts[place] += 1

    def node_row(self, number: int, node: Any, place: tuple[float, float]) -> Row:
        """Give an entity's row."""
        data = self.graph.nodes[node]
        stances = self._stance_times.get(node, {})
        own = {
            "id": node,
            "x": place[0],
            "y": place[1],
            "aliases": data["aliases"][:ALIASES],
            "topics": self._topic_counts(data["topics"]),
            "times": [[bin_, count] for bin_, count in sorted(self._times[number].items()) if bin_ >= 0],
            "stance_times": [
                [bin_, labels["favor"], labels["against"], labels["neutral"]]
                for bin_, labels in sorted(stances.items())
            ],
        }
        return [own[name] if name in own else data.get(GRAPH_NAMES.get(name, name)) for name in NODE_COLUMNS]

    def evidence_row(self, entry: dict[str, Any], place: int | str | None, topic: int | str | None) -> Row:
        """Give a window's row: where to read it, and where the names stand in UTF-16 units, as JavaScript counts.

        ``place`` and ``topic`` are the numbers of its bin and topic; or their names, for a page that has them already.
        """
        a, b = entry["a"], entry["b"]
        first, a_start, a_end = self._sentence(entry["article"], a)
        second, b_start, b_end = self._sentence(entry["article"], b)
        score = round(a["score"] * b["score"], 4)
        row: Row = [self._article(entry["article"]), first, second, a_start, a_end, b_start, b_end, score]
        row += [min(a["start"], b["start"]), max(a["end"], b["end"])]
        # The names themselves are needed only where there is no sentence to read them in.
        row += [None, None] if first is not None else [a["text"], b["text"]]
        return [*row, place, topic]

    def _article(self, article: str) -> int:
        if article not in self._article_numbers:
            self._article_numbers[article] = len(self.articles)
            told = self.graph.graph["articles"][article]
            self.articles.append({"id": article, **{key: value for key, value in told.items() if value}})
        return self._article_numbers[article]

    def _sentence(self, article: str, mention: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
        known = self.graph.graph["sentences"].get(article, {})
        span = known.get(f"{mention['paragraph']}.{mention['sentence']}")
        if span is None:
            return None, None, None
        start, _, text = span
        low, high = clip(text, mention["start"] - start, mention["end"] - start)
        number = self._sentence_numbers.setdefault((article, start, low), len(self.sentences))
        lead = "… " if low else ""
        if number == len(self.sentences):
            self.sentences.append([start + low, f"{lead}{text[low:high]}{' …' if high < len(text) else ''}"])
        before = utf16_length(lead + text[low : mention["start"] - start])
        return number, before, before + utf16_length(mention["text"])


def earliest(dates: list[str]) -> str | None:
    """Give the earliest of calendar dates; ``None`` for none."""
    known = [date for date in dates if is_calendar(date)]
    return min(known, key=first_day) if known else None


def clip(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the stretch of a sentence to show: all of it, or of a long one ``CONTEXT`` characters around a name."""
    if len(text) <= LONG_SENTENCE:
        return 0, len(text)
    return max(0, start - CONTEXT), min(len(text), end + CONTEXT)


def utf16_length(text: str) -> int:
    """Count UTF-16 units: characters beyond the first plane count two."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def crowd_note(shown: nx.Graph, whole: nx.Graph) -> str | None:
    """Say what a page that cannot hold the whole network leaves out; ``None`` if it holds it all."""
    if len(shown) == len(whole) and shown.number_of_edges() == whole.number_of_edges():
        return None
    return (
        f"The backbone of a larger network: {len(shown):,} of {len(whole):,} entities, {shown.number_of_edges():,} of "
        f"{whole.number_of_edges():,} ties, by disparity filter. Figures are those of the whole; graph.gexf has it all."
    )
