"""What ``explain`` finds, as records: ready for JSON."""

from polnlp.schema import Record


class Mark(Record, frozen=True, kw_only=True):
    """A name inside a passage: offsets into the passage's text, in code points, and whose name it is."""

    start: int
    end: int
    entity_id: str


class Said(Record, frozen=True, kw_only=True):
    """A stance toward one of the two, in the paragraph of a passage."""

    holder: str
    holder_name: str
    target: str
    target_name: str
    label: str
    score: float


class Passage(Record, frozen=True, kw_only=True):
    """One window with its words.

    Attributes:
        text: The sentence, or the sentences of both names, joined by `` … `` where they do not follow each other;
            ``None`` where reports carry no texts.
        start: Offset of the first mention in the article's text.
        end: Its end.
        score: Probability that the mentions are right; of two, the product.
    """

    article: str
    title: str | None
    date: str | None
    paragraph: int
    sentence: int
    start: int
    end: int
    names: tuple[str, ...]
    score: float
    text: str | None = None
    marks: tuple[Mark, ...] = ()
    topic: str | None = None
    stances: tuple[Said, ...] = ()


class Subject(Record, frozen=True, kw_only=True):
    """Who was asked for: identity, and the names used with their counts."""

    id: str
    name: str
    label: str
    count: int
    articles: int
    names: dict[str, int]


class Neighbour(Record, frozen=True, kw_only=True):
    """An entity that shares windows with the one asked for."""

    id: str
    name: str
    label: str
    count: int


class Explanation(Record, frozen=True, kw_only=True):
    """The evidence behind a node (``b`` is ``None``) or an edge.

    Attributes:
        passages: Of a node its mentions, of an edge the windows that both share; by date, then place.
        stances: Label to number of stances toward the node, or toward either of the two in shared windows.
        neighbours: Of a node those it shares most windows with, at most 20.
        neighbour_count: How many there are in all.
    """

    a: Subject
    b: Subject | None
    window: str
    count: int
    passages: tuple[Passage, ...]
    topics: dict[str, int]
    stances: dict[str, int]
    neighbours: tuple[Neighbour, ...] = ()
    neighbour_count: int = 0
