"""Settings: one section per stage, read from TOML and checked whole before any model is opened."""

import difflib
import hashlib
import re
from os import PathLike
from pathlib import Path
from typing import Annotated, Literal, get_args, get_type_hints

import msgspec
from msgspec import Meta

from polnlp.errors import ConfigError
from polnlp.schema import Label

Share = Annotated[float, Meta(ge=0, le=1)]
_HINT = "`polnlp info --settings` prints all settings with their defaults"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all sections: frozen, unknown keys are errors."""


class ArticlesConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 1: how articles are read.

    Examples:
        >>> from polnlp import read_articles
        >>> Path("wire.jsonl").write_text('{"body": "Correa spoke."}')
        25
        >>> settings = ArticlesConfig(columns={"text": "body"})
        >>> [article.text for article in read_articles("wire.jsonl", config=settings)]
        ['Correa spoke.']

    Attributes:
        columns: polnlp's names (``text id title date author source url language country``) to the input's.
        encoding: Of all files; without it, it is found out for each.
        duplicates: Of articles with the same text keep the ``first``, or ``all``.
    """

    columns: dict[str, str] = {}
    encoding: str | None = None
    duplicates: Literal["first", "all"] = "first"


class ParagraphsConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    r"""Stage 2: how a text is cut into paragraphs.

    Examples:
        >>> from polnlp import Article
        >>> from polnlp.paragraphs import split_paragraphs
        >>> article = Article(id="quito", text="Correa spoke\nin Quito.\nNobody came.")
        >>> [len(split_paragraphs(article, ParagraphsConfig(join_lines=how))) for how in ("always", "never")]
        [1, 3]

    Attributes:
        join_lines: Whether hard-wrapped lines are one paragraph; ``auto`` looks at the text.
    """

    join_lines: Literal["auto", "always", "never"] = "auto"


class MentionsConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 3: names.

    Examples:
        >>> from polnlp import load
        >>> nlp = load(Config(mentions=MentionsConfig(threshold=1.0)))
        >>> nlp.extract_entities("Evo Morales spoke.")
        []

    Attributes:
        model: A shipped model (``encoder``, ``names-cnn``), a folder, or any installed spaCy pipeline's name.
        gazetteer: Whether the knowledge base's names are looked for as well.
        threshold: Probability from which on a name is kept, 0 to 1.
    """

    model: str = "encoder"
    gazetteer: bool = True
    threshold: Share = 0.3


class DatesConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 3: dates.

    Examples:
        >>> from polnlp import load
        >>> [date] = load(Config(dates=DatesConfig(day_first=True))).analyze("He left on 9/3/2008.").dates
        >>> date.value
        '2008-03-09'

    Attributes:
        language: Whose grammar reads them; ``auto`` takes the article's, English where that is not known.
        guideline: The codebook's or TimeML's way of marking.
        day_first: Whether 9/3/2008 is 9 March; without it the text's clear cases decide, then the language.
    """

    language: Literal["auto", "en", "es"] = "auto"
    guideline: Literal["codebook", "timeml"] = "codebook"
    day_first: bool | None = None


class EntitiesConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 4: grouping and linking.

    Examples:
        >>> from polnlp import load
        >>> [mention] = load(Config(entities=EntitiesConfig(link=False))).extract_entities("Evo Morales spoke.")
        >>> mention.entity_id
        'nil:leader:evo-morales:...'

    Attributes:
        link: Whether entities are linked to the knowledge base; without it all are the article's own.
        threshold: Probability from which on a link is made, 0 to 1.
        references: Whether reports list descriptions by office, such as "the Bolivian president".
        own: CSV files of a scholar's own entities, which go before the shipped ones.
    """

    link: bool = True
    threshold: Share = 0.5
    references: Annotated[
        bool, Meta(description="Whether reports list descriptions by office, such as `the Bolivian president`.")
    ] = True
    own: Annotated[
        tuple[str, ...],
        Meta(description="CSV files of a scholar's own entities, as `polnlp kb add` records them."),
    ] = ()


class TopicConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 5: topics.

    Examples:
        >>> from polnlp import load
        >>> nlp = load(Config(topic=TopicConfig(threshold=1.0)))
        >>> report = nlp.analyze("The hospitals have no nurses, and patients wait for months.")
        >>> report.topics, report.coverage.left_out
        ((), {'topic below threshold': 1})

    Attributes:
        model: ``topic``, or the folder of a model of one's own.
        threshold: Probability from which on a topic is given, 0 to 1.
        second: Probability from which on a second one is given, 0 to 1.
    """

    model: str = "topic"
    threshold: Share = 0.2
    second: Share = 0.25


class StanceConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 5: stances.

    Examples:
        >>> from polnlp import load
        >>> nlp = load(Config(stance=StanceConfig(threshold=1.0)))
        >>> report = nlp.analyze("Rafael Correa lied, and his law is a disgrace.")
        >>> report.stances, report.coverage.left_out["stance below threshold"]
        ((), 1)

    Attributes:
        model: ``stance``, or the folder of a model of one's own.
        threshold: Probability from which on a stance is given, 0 to 1.
    """

    model: str = "stance"
    threshold: Share = 0.4


class ReportsConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 6: reports.

    Examples:
        >>> from polnlp import load
        >>> report = load(Config(reports=ReportsConfig(text=False))).analyze("Correa spoke.")
        >>> report.text is None
        True

    Attributes:
        text: Whether they hold the text; without it they hold offsets only.
        pages: Whether each is written as a page as well; packed ones, and those without text, have none.
        shard_from: Articles above which reports are packed, 1,000 to a file; from 1.
    """

    text: bool = True
    pages: bool = True
    shard_from: Annotated[int, Meta(ge=1)] = 10_000


class GraphConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 7: the network. Two entities meet in a window; a pair counts once per window.

    Examples:
        >>> from polnlp import build_graph, load
        >>> report = load().analyze("Evo Morales spoke. Rafael Correa left.")
        >>> sections = [GraphConfig(window=window, draws=0) for window in ("sentence", "article")]
        >>> [build_graph([report], config=section).number_of_edges() for section in sections]
        [0, 1]

    Attributes:
        window: Where two entities meet; ``tokens`` are stretches of ``window_tokens`` words that follow each other.
        window_tokens: Words in a window of tokens, from 2.
        min_count: Windows that a pair must share, from 1.
        labels: Types of entities that take part.
        min_score: Probability from which on a mention takes part, 0 to 1.
        weight: What an edge's ``weight`` repeats of its own measures.
        null: What a pair's count is tested against: both entities strewn over the windows evenly, or by how many names
            each window holds.
        dates: Whether a meeting is dated by its article, or by the dates that its paragraph speaks of.
        copies: Whether wire stories count each or once, by the first of them.
        max_entities: Windows that name more are left out and counted, from 2.
        draws: Redraws of the corpus that give the intervals, 0 to 10,000; 0 gives none.
        seed: Of the redraws, from 0.
        page_nodes: Nodes that the page draws at most, from 1.
        page_edges: Edges that the page draws at most, from 1.
        page_evidence: Sentences that the page shows of an edge at most, from 1.

    References:
        Hearst (1997). TextTiling: segmenting text into multi-paragraph subtopic passages. Comp. Linguistics 23(1),
            33-64. (Windows of tokens.)
        Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL, 31-40. (``npmi``)
        Dunning (1993). Accurate methods for the statistics of surprise and coincidence. Comp. Linguistics 19(1), 61-74.
            (``log_likelihood``)
        Jaccard (1912). The distribution of the flora in the alpine zone. New Phytologist 11(2), 37-50. (``jaccard``)
        Tumminello, Micciche, Lillo, Piilo, Mantegna (2011). Statistically validated networks in bipartite complex
            systems. PLoS ONE 6(3), e17994. (``hypergeometric``)
        Saracco, Straka, Di Clemente, Gabrielli, Caldarelli, Squartini (2017). Inferring monopartite projections of
            bipartite networks: an entropy-based approach. New J. Physics 19, 053022. (``configuration``)
        Field, Welsh (2007). Bootstrapping clustered data. J. Royal Stat. Soc. B 69(3), 369-390. (``draws``)
    """

    window: Literal["sentence", "paragraph", "article", "tokens"] = "paragraph"
    window_tokens: Annotated[int, Meta(ge=2)] = 50
    min_count: Annotated[int, Meta(ge=1)] = 1
    labels: tuple[Label, ...] = ("PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION", "ELECTION", "EVENT")
    min_score: Share = 0.5
    weight: Literal["count", "npmi", "log_likelihood", "jaccard", "proximity"] = "count"
    null: Literal["hypergeometric", "configuration"] = "hypergeometric"
    dates: Literal["article", "text"] = "article"
    copies: Literal["each", "once"] = "each"
    max_entities: Annotated[int, Meta(ge=2)] = 500
    draws: Annotated[int, Meta(ge=0, le=10_000)] = 200
    seed: Annotated[int, Meta(ge=0)] = 1
    page_nodes: Annotated[int, Meta(ge=1)] = 2_000
    page_edges: Annotated[int, Meta(ge=1)] = 10_000
    page_evidence: Annotated[int, Meta(ge=1)] = 50


class Config(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of a run, a section per stage; ``polnlp info --settings`` prints them with their defaults.

    Examples:
        >>> Config(graph=GraphConfig(window="sentence")).graph.min_count
        1

    Attributes:
        articles: How articles are read.
        paragraphs: How a text is cut.
        mentions: Which names are kept.
        dates: How dates are read.
        entities: How names are grouped and linked.
        topic: Which topics are given.
        stance: Which stances are given.
        reports: What reports hold.
        graph: What joins two entities.
    """

    articles: ArticlesConfig = ArticlesConfig()
    paragraphs: ParagraphsConfig = ParagraphsConfig()
    mentions: MentionsConfig = MentionsConfig()
    dates: DatesConfig = DatesConfig()
    entities: EntitiesConfig = EntitiesConfig()
    topic: TopicConfig = TopicConfig()
    stance: StanceConfig = StanceConfig()
    reports: ReportsConfig = ReportsConfig()
    graph: GraphConfig = GraphConfig()


def load_config(path: str | Path | None = None) -> Config:
    """Read settings from a TOML file; what it leaves out keeps its default.

    Examples:
        >>> load_config().graph.window
        'paragraph'

    Args:
        path: The file; without it all settings are the defaults.

    Returns:
        The settings, checked.

    Raises:
        ConfigError: If ``path`` is no path, or the file cannot be read, is not TOML, or holds an unknown key or a
            wrong value.
    """
    if path is None:
        return Config()
    if not isinstance(path, str | PathLike):
        found = type(path).__name__
        raise ConfigError(f"Settings are given as {found}, expected Config or the path of a TOML file. {_HINT}.")
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=Config)
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the settings: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {_explain(str(error))} {_HINT}.") from error


def check_config(config: Config) -> Config:
    """Check settings made in Python: msgspec checks types and ranges only of what it reads.

    Examples:
        >>> check_config(Config(graph=GraphConfig(min_count=0)))
        Traceback (most recent call last):
        polnlp.errors.ConfigError: [graph] min_count: Expected `int` >= 1. `polnlp info --settings` prints ...

    Raises:
        ConfigError: If a value is out of range or of the wrong type.
    """
    if not isinstance(config, Config):
        found = type(config).__name__
        raise ConfigError(f"Settings are given as {found}, expected Config; load(path) reads a file. {_HINT}.")
    for name, kind in get_type_hints(Config).items():
        section = getattr(config, name)
        if isinstance(section, Section) and not isinstance(section, kind):
            found = type(section).__name__
            raise ConfigError(f"[{name}] is given as {found}, expected {kind.__name__}; Config has it as .{name}.")
    try:
        return msgspec.convert(msgspec.to_builtins(config), Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{_explain(str(error))} {_HINT}.") from error


def _explain(complaint: str) -> str:
    """Say msgspec's complaint in the words of the file: section, key, what is wrong, what is perhaps meant."""
    what, _, place = complaint.partition(" - at `$.")
    section, _, key = place.rstrip("`").partition(".")
    where = f"[{section}] {key}".strip() + ": " if section else ""
    unknown = re.search(r"unknown field `(.+?)`", what)
    if unknown:
        return f"{where}unknown key `{unknown[1]}`.{_suggest_key(unknown[1], section)}"
    if what.startswith("Invalid enum value "):
        name, _, index = key.partition("[")
        hint = get_type_hints(get_type_hints(Config)[section])[name]
        allowed = get_args(get_args(hint)[0] if index else hint)
        return f"{where}{what.removeprefix('Invalid enum value ')} is none of {', '.join(map(repr, allowed))}."
    return f"{where}{what}."


def _suggest_key(unknown: str, section: str) -> str:
    """Give the valid key nearest to an unknown one; outside of the sections also the section that has it."""
    sections = msgspec.to_builtins(Config())
    holders = [f"[{name}]" for name, keys in sections.items() if unknown in keys]
    if not section and holders:
        return f" It belongs below {' or '.join(holders)}."
    nearest = difflib.get_close_matches(unknown, sections[section] if section else sections, n=1)
    return f" Did you mean `{nearest[0]}`?" if nearest else ""


def hash_config(config: Config) -> str:
    """Give the sha256 of the settings that shape a report, defaults included; those of the graph do not.

    Where a scholar's own entities stand is left out: what they hold has a hash of its own among the models.
    """
    shaping = msgspec.to_builtins(config)
    del shaping["articles"], shaping["graph"], shaping["entities"]["own"]
    del shaping["reports"]["shard_from"], shaping["reports"]["pages"]
    return hashlib.sha256(msgspec.json.encode(shaping, order="deterministic")).hexdigest()
