"""Settings: one section per stage, read from TOML and checked whole before any model is opened."""

import difflib
import hashlib
import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from polnlp.errors import ConfigError

Share = Annotated[float, Meta(ge=0, le=1)]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all sections: frozen, unknown keys are errors."""


class ArticlesConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 1: how articles are read.

    ``columns`` maps polnlp's names (``text id title date author source url language country``) to the input's.
    """

    columns: dict[str, str] = {}
    encoding: str | None = None
    duplicates: Literal["first", "all"] = "first"


class ParagraphsConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 2: how a text is cut into paragraphs.

    ``join_lines``: whether hard-wrapped lines are one paragraph; ``auto`` looks at the text.
    """

    join_lines: Literal["auto", "always", "never"] = "auto"


class MentionsConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 3: names. ``model`` is a folder in ``models/``, a path, or any installed spaCy pipeline's name."""

    model: str = "encoder"
    gazetteer: bool = True
    threshold: Share = 0.3


class DatesConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 3: dates. ``guideline`` is the codebook's or TimeML's way of marking.

    ``language``: whose grammar reads them; ``auto`` takes the article's, English where that is not known.
    """

    language: Literal["auto", "en", "es"] = "auto"
    guideline: Literal["codebook", "timeml"] = "codebook"
    day_first: bool | None = None


class EntitiesConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 4: grouping and linking. A link below ``threshold`` is not made; ``own`` entities go before the shipped."""

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
    """Stage 5: topics. Below ``threshold`` none is given; a second one from ``second`` on."""

    model: str = "topic"
    threshold: Share = 0.2
    second: Share = 0.25


class StanceConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 5: stances. Below ``threshold`` none is given."""

    model: str = "stance"
    threshold: Share = 0.4


class ReportsConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 6: reports. Without ``text`` they hold offsets only; above ``shard_from`` articles they are shards.

    ``pages``: write each report as a page as well; reports that are shards or carry no text have none.
    """

    text: bool = True
    pages: bool = True
    shard_from: Annotated[int, Meta(ge=1)] = 10_000


class GraphConfig(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stage 7: the network. Two entities meet in a ``window``; a pair counts once per window.

    With ``window = "tokens"`` windows are stretches of ``window_tokens`` words that follow each other.
    ``weight`` is what an edge's ``weight`` repeats of its own measures. ``null`` is what a pair's count is tested
    against: both entities strewn over the windows evenly, or by how many names each window holds. ``dates`` puts a
    meeting at the article's date or at those that its paragraph speaks of. ``copies`` counts wire stories each or
    once, by the first of them. Windows of more than ``max_entities`` are
    left out and counted. ``draws`` redraws of the corpus give the intervals; 0 gives none.
    """

    window: Literal["sentence", "paragraph", "article", "tokens"] = "paragraph"
    window_tokens: Annotated[int, Meta(ge=2)] = 50
    min_count: Annotated[int, Meta(ge=1)] = 1
    labels: tuple[str, ...] = ("PARTY", "LEADER", "PERSON", "ORG", "COUNTRY", "REGION", "ELECTION", "EVENT")
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

    Raises:
        ConfigError: If the file cannot be read, is not TOML, or holds an unknown key or a wrong value.
    """
    if path is None:
        return Config()
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=Config)
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the settings: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "`polnlp info --settings` prints all settings with their defaults"
        raise ConfigError(f"{path}: {error}.{_suggest_key(str(error))} {hint}.") from error


def _suggest_key(message: str) -> str:
    """Give the valid key nearest to the unknown one that msgspec's message names."""
    unknown = re.search(r"unknown field `(.+?)`", message)
    if not unknown:
        return ""
    sections = msgspec.to_builtins(Config())
    where = re.search(r"at `\$\.(\w+)`", message)
    keys = sections[where[1]] if where else [key for section, keys in sections.items() for key in (section, *keys)]
    nearest = difflib.get_close_matches(unknown[1], keys, n=1)
    return f" Did you mean `{nearest[0]}`?" if nearest else ""


def hash_config(config: Config) -> str:
    """Give the sha256 of the settings that shape a report, defaults included; those of the graph do not.

    Where a scholar's own entities stand is left out: what they hold has a hash of its own among the models.
    """
    shaping = msgspec.to_builtins(config)
    del shaping["articles"], shaping["graph"], shaping["entities"]["own"]
    del shaping["reports"]["shard_from"], shaping["reports"]["pages"]
    return hashlib.sha256(msgspec.json.encode(shaping, order="deterministic")).hexdigest()
