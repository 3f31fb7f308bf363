"""The records that flow from stage to stage, and that a report is made of.

All are frozen ``msgspec.Struct``s: a stage returns new ones. ``start`` and ``end`` are offsets in code points into the
article's text as decoded, ``end`` not included; ``text[start:end]`` is the surface form. Scores and probabilities are
in [0, 1], rounded to 4 digits.
"""

import hashlib
from typing import Any, Literal

import msgspec

SCHEMA_VERSION = "1.0"

Label = Literal["PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION", "ELECTION", "EVENT", "MISC"]
LABELS: tuple[Label, ...] = ("PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION", "ELECTION", "EVENT", "MISC")
PEOPLE: frozenset[Label] = frozenset({"LEADER", "PERSON"})
PLACES: frozenset[Label] = frozenset({"COUNTRY", "REGION"})
# What a paragraph can speak for or against.
TARGET_LABELS: tuple[Label, ...] = ("PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION")

Zone = Literal["title", "byline", "body", "quote", "bio", "comment", "boilerplate", "stub"]
# Names, topics and stances are read in these zones alone; dates are read in every zone.
CONTENT_ZONES: frozenset[Zone] = frozenset({"title", "body", "quote"})

DateType = Literal["DATE", "TIME", "DURATION", "SET"]
StanceLabel = Literal["favor", "against", "neutral"]
STANCE_LABELS: tuple[StanceLabel, ...] = ("favor", "against", "neutral")

CAP = "Comparative Agendas Project"  # whose topics the shipped model gives
# Its major topics, and "None" for a paragraph without policy content.
TOPICS: tuple[str, ...] = (
    "Macroeconomics",
    "Civil Rights",
    "Health",
    "Agriculture",
    "Labor",
    "Education",
    "Environment",
    "Energy",
    "Immigration",
    "Transportation",
    "Law and Crime",
    "Social Welfare",
    "Housing",
    "Domestic Commerce",
    "Defense",
    "Technology",
    "Foreign Trade",
    "International Affairs",
    "Government Operations",
    "Public Lands",
    "Culture",
    "None",
)

AUTHOR = "author"  # the holder of a stance that no named speaker voices


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: frozen, with keyword arguments only."""


class ArticleDate(Record, frozen=True, kw_only=True):
    """An article's date and where it was found.

    Attributes:
        value: ISO 8601, as fine as the source allows: ``2009-01-29``, ``2009-01`` or ``2009``.
        source: ``metadata``, ``url``, ``byline``, ``body``, ``comment``, or ``argument`` (given by the caller).
        text: What the date was read from: the words of the text, a meta tag's name, or a column's name.
        start: Where these words stand in the article's text; ``None`` for a source outside it.
        end: End of these words.
        upper_bound: The article is not younger than this, and may be older (a comment's stamp).
    """

    value: str
    source: Literal["metadata", "url", "byline", "body", "comment", "argument"]
    text: str = ""
    start: int | None = None
    end: int | None = None
    upper_bound: bool = False


class Article(Record, frozen=True, kw_only=True):
    """A text with what is known of it.

    Examples:
        >>> article = Article(id="quito", text="Correa spoke.", date=ArticleDate(value="2009-01", source="argument"))
        >>> article.date.value
        '2009-01'

    Attributes:
        id: Unique within a corpus.
        text: The text as decoded: a BOM dropped, line ends kept; for HTML and front matter the extracted text.
        title: As given by metadata; the text itself is not searched for it.
        date: ``None`` where none is known; never invented.
        language: Language code (ISO 639-1) as given, else ``None``; once the article is read, the one it is written in.
        metadata: Everything else that came with the article, as given (author, source, url, country, ...).
        origin: File (and line or member) that it was read from, for messages.
        notes: What the reader had to decide (an id that was taken, a declared encoding that was wrong, ...).
        copy_of: Id of an earlier article of the corpus whose text is the same, or nearly so (a wire story).
    """

    id: str
    text: str
    title: str | None = None
    date: ArticleDate | None = None
    language: str | None = None
    metadata: dict[str, Any] = {}
    origin: str = ""
    notes: tuple[str, ...] = ()
    copy_of: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the text in UTF-8; lone surrogates are hashed as they are.

        Examples:
            >>> article = Article(id="quito", text="Correa spoke.")
            >>> article.sha256 == hashlib.sha256(b"Correa spoke.").hexdigest()
            True
        """
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Paragraph(Record, frozen=True, kw_only=True):
    """A stretch of the text in one zone.

    A stub inside a paragraph is a paragraph of its own, ``within`` the other: it is cut out of what is analysed.

    Attributes:
        index: Position in the article's list, from 0; ordered by ``start``, the outer before the inner.
        sentences: ``(start, end)`` of each sentence, in article offsets.
        within: Index of the paragraph in which this stub stands, else ``None``.
    """

    index: int
    start: int
    end: int
    zone: Zone
    sentences: tuple[tuple[int, int], ...] = ()
    within: int | None = None


class Mention(Record, frozen=True, kw_only=True):
    """A stretch of text that names an entity.

    Examples:
        >>> text = "In Quito Correa spoke."
        >>> mention = Mention(start=9, end=15, text="Correa", label="LEADER", score=0.97)
        >>> text[mention.start : mention.end] == mention.text
        True

    Attributes:
        start: Where it begins in the article's text, in code points from 0.
        end: Where it ends, in code points; not included.
        text: The surface form, ``article.text[start:end]``.
        label: One of ``LABELS``.
        score: Probability that span and label are right, in [0, 1].
        entity_id: The entity that it names; ``None`` before entities are resolved.
        paragraph: Index of its paragraph, from 0.
        sentence: Index of its sentence within that paragraph, from 0.
        source: The model or rule that found it: ``names-cnn``, ``gazetteer``, ...
    """

    start: int
    end: int
    text: str
    label: Label
    score: float
    entity_id: str | None = None
    paragraph: int = 0
    sentence: int = 0
    source: str = ""


class DateReading(Record, frozen=True, kw_only=True):
    """Another value that a date expression may have."""

    value: str
    probability: float


class DateMention(Record, frozen=True, kw_only=True):
    """A calendar expression or duration with its value.

    Examples:
        >>> from polnlp import find_dates
        >>> [date] = find_dates("They resigned in late 2007.")
        >>> date.text, date.type, date.value, date.mod
        ('late 2007', 'DATE', '2007', 'END')

    Attributes:
        start: Where it begins in the article's text, in code points from 0.
        end: Where it ends, in code points; not included.
        text: The words, ``article.text[start:end]``.
        type: TIMEX3 type: ``DATE``, ``TIME``, ``DURATION`` or ``SET``.
        value: ISO 8601 / TIMEX3 (``2008-08-10``, ``2007-H2``, ``P3Y``, ``PRESENT_REF``) or an EDTF interval
            (``2003/2005``, ``1998/..``); ``None`` when it depends on a date that is not known.
        mod: ``START``, ``MID``, ``END``, ``APPROX``, ``MORE_THAN``, ``LESS_THAN``, ... as in TIMEX3, else ``None``.
        paragraph: Index of its paragraph, from 0.
        relative: What an unanchored expression says: ``P1Y-`` is a year before, ``P3D+`` three days after.
        alternatives: Further readings where the text leaves the value open; probabilities of all sum to at most 1.
        rule: The grammar rule that read it.

    References:
        Pustejovsky et al. (2003). TimeML: robust specification of event and temporal expressions in text. AAAI Spring
            Symposium on New Directions in Question Answering.
    """

    start: int
    end: int
    text: str
    type: DateType
    value: str | None
    mod: str | None = None
    paragraph: int = 0
    relative: str | None = None
    alternatives: tuple[DateReading, ...] = ()
    rule: str = ""


class Entity(Record, frozen=True, kw_only=True):
    """What mentions of one article name.

    Examples:
        >>> entity = Entity(id="country:ECU", label="COUNTRY", name="Ecuador", aliases=("Ecuador",), iso="ECU", count=2)
        >>> entity.iso, entity.count
        ('ECU', 2)

    Attributes:
        id: Stable id of the knowledge base (``country:VEN``), or ``nil:...`` for an entity that it does not hold.
        label: One of ``LABELS``.
        name: Best-known English form in full.
        aliases: Surface forms used in this article, sorted.
        qid: Wikidata item.
        iso: ISO 3166-1 alpha-3 or ISO 3166-2 code; for a party or a leader its country's code.
        geonames: GeoNames id.
        partyfacts: Party Facts id.
        lat: Latitude of a place, degrees north, -90 to 90.
        lon: Longitude of a place, degrees east, -180 to 180.
        count: Mentions in this article, from 1.
        score: Probability that the identity is right, in [0, 1].
    """

    id: str
    label: Label
    name: str
    aliases: tuple[str, ...] = ()
    qid: str | None = None
    iso: str | None = None
    geonames: str | None = None
    partyfacts: str | None = None
    lat: float | None = None
    lon: float | None = None
    count: int = 1
    score: float = 1.0


class Merge(Record, frozen=True, kw_only=True):
    """One decision about identity, as a row of ``merges.csv``.

    Attributes:
        kind: ``group`` (a surface form joins an entity of the article) or ``link`` (an entity joins the knowledge
            base's entry), ``nil`` (no entry was good enough), or ``corpus`` (an entity of one article joins that of
            another).
        source: The surface form or entity that is merged; the column ``from``.
        into: Id of the entity that it joins.
        rule: ``acronym``, ``surname``, ``exact``, ``fuzzy``, ...
        score: Probability that the merge is right.
        runner_up: The best other candidate's id, with its score after a space; empty if there was none.
    """

    kind: Literal["group", "link", "nil", "corpus"]
    source: str = msgspec.field(name="from")
    into: str
    rule: str
    score: float
    runner_up: str = ""


class Reference(Record, frozen=True, kw_only=True):
    """A description of a person by an office, which article and date decide: "the Bolivian president" in 2009.

    It is no mention: it enters no count and no network.

    Attributes:
        text: The description, without its article.
        entity_id: The holder's id in the knowledge base; the article need not name him.
        name: The holder's name.
        rule: ``office`` (the article's year alone decides), ``office-and-name`` (of several in that year, the one whom
            the article names).
    """

    start: int
    end: int
    text: str
    entity_id: str
    name: str
    rule: str
    score: float
    paragraph: int = 0


class Topic(Record, frozen=True, kw_only=True):
    """What a paragraph is about.

    Examples:
        >>> topic = Topic(label="Labor", score=0.7, probabilities={"Labor": 0.7, "Macroeconomics": 0.2})
        >>> topic.label in TOPICS, topic.second
        (True, None)

    Attributes:
        paragraph: Index of the paragraph; for a bare text 0.
        label: One of ``TOPICS``, or of the scheme that ``made_by.topic_scheme`` names.
        score: Calibrated probability of ``label``, in [0, 1].
        second: A clear second topic, else ``None``.
        probabilities: Label to calibrated probability, in [0, 1]; those under 0.01 are left out.

    References:
        Baumgartner, Breunig, Grossman (2019). Comparative policy agendas: theory, tools, data. Oxford University Press.
            (The topics.)
        Guo et al. (2017). On calibration of modern neural networks. ICML.
    """

    paragraph: int = 0
    label: str
    score: float
    second: str | None = None
    probabilities: dict[str, float] = {}


class Stance(Record, frozen=True, kw_only=True):
    """The attitude that a paragraph conveys toward a target.

    Examples:
        >>> stance = Stance(holder=AUTHOR, target="leader:ECU:rafael-correa", label="against", score=0.8)
        >>> stance.label in STANCE_LABELS
        True

    Attributes:
        paragraph: Index of the paragraph; for a bare text 0.
        holder: ``"author"``, an entity id, or in ``Pipeline.stances`` a surface form.
        target: An entity id; in ``Pipeline.stances`` the surface form.
        label: ``favor``, ``against`` or ``neutral``.
        score: Calibrated probability of ``label``, in [0, 1].
        probabilities: Each of the three labels to its calibrated probability, in [0, 1].
        rule: How the holder was found: ``author``, ``quote``, ``reported``, ``according-to``, or another rule of
            ``polnlp.classify.quotes``; ``unnamed`` where the speaker is no entity of the article.

    References:
        Guo et al. (2017). On calibration of modern neural networks. ICML.
    """

    paragraph: int = 0
    holder: str
    target: str
    label: StanceLabel
    score: float
    probabilities: dict[str, float] = {}
    rule: str = "author"


class Coverage(Record, frozen=True, kw_only=True):
    """How much of an article was read, and why the rest was not.

    Attributes:
        characters: Length of the text in code points.
        read: Characters in paragraphs that were analysed for names, topics and stances.
        skipped: Reason (``comment``, ``boilerplate``, ``stub``, ``whitespace``, ...) to characters; with ``read``
            they add up to ``characters``.
        left_out: Reason (``topic below threshold``, ...) to the number of items.
    """

    characters: int
    read: int
    skipped: dict[str, int] = {}
    left_out: dict[str, int] = {}


class MadeBy(Record, frozen=True, kw_only=True):
    """What made a report: two with the same ``made_by`` are the same.

    Attributes:
        polnlp: Version.
        settings: sha256 of the settings that shape a report.
        models: Name of each model, and of the knowledge base, to its sha256.
        topic_scheme: Whose topics the labels are: ``CAP``, or the name of a scheme of one's own.
        input: sha256 of the article as it was read: id, text, title, date and metadata.
    """

    polnlp: str
    settings: str
    models: dict[str, str] = {}
    topic_scheme: str = CAP
    input: str = ""


class ReportArticle(Record, frozen=True, kw_only=True):
    """An article's identity in its report; the text stands in ``Report.text``.

    Attributes:
        language: As the text shows it (ISO 639-1, ``und-Cyrl`` and the like where only the script is known), else as
            given; ``None`` where neither tells. What is not read in which language, ``coverage`` says.
    """

    id: str
    title: str | None
    date: ArticleDate | None
    language: str | None
    sha256: str
    metadata: dict[str, Any] = {}
    notes: tuple[str, ...] = ()
    copy_of: str | None = None


class Report(Record, frozen=True, kw_only=True):
    """All that was found in one article.

    Examples:
        >>> about = ReportArticle(id="quito", title=None, date=None, language="en", sha256="0" * 64)
        >>> made_by = MadeBy(polnlp="0.1.0", settings="0" * 64)
        >>> report = Report(article=about, text="He left.", coverage=Coverage(characters=8, read=8), made_by=made_by)
        >>> report.mentions
        ()

    Attributes:
        schema_version: Shape of the report; fields may be added within a version.
        article: Id, title, date, language, metadata and hash of the text.
        text: The article's text; ``None`` where reports are written without texts.
        paragraphs: All of the text in order, each in its zone.
        mentions: Names in order of ``start``, without overlaps.
        dates: Calendar expressions in order of ``start``.
        entities: What the mentions name, each once.
        topics: At most one a paragraph, by its index.
        stances: One for each holder, target and paragraph.
        merges: Every decision about identity that was taken within the article.
        references: Descriptions by office; they are no mentions and count for nothing.
        coverage: How much was read, and what was left out for which reason.
        made_by: Version, settings and models by their hashes.
    """

    schema_version: str = SCHEMA_VERSION
    article: ReportArticle
    text: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    stances: tuple[Stance, ...] = ()
    merges: tuple[Merge, ...] = ()
    references: tuple[Reference, ...] = ()
    coverage: Coverage
    made_by: MadeBy

    def _repr_html_(self) -> str:
        from polnlp.notebook import format_report

        return format_report(self)


class Failure(Record, frozen=True, kw_only=True):
    """An article that was not analysed, and why.

    Examples:
        >>> failure = Failure(article_id="quito", reason="no text", origin="corpus/quito.txt")
        >>> failure.duplicate_of is None
        True

    Attributes:
        article_id: Its id, or its origin where the id is not known.
        reason: What was wrong with it.
        origin: File (and line or member) that it was read from.
        duplicate_of: Id of the article of the same text that was kept; such a one is left out, not failed.
    """

    article_id: str
    reason: str
    origin: str = ""
    duplicate_of: str | None = None
