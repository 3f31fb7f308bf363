"""polnlp reads political articles: who is in them, when and where, and who speaks for or against whom.

The data's way: article → paragraphs → mentions → entities → topic and stance → report → graph. Each step is a module
of that name; ``pipeline.py`` calls them in order.

Examples:
    >>> import polnlp
    >>> nlp = polnlp.load()
    >>> report = nlp.analyze("Evo Morales met Rafael Correa in Quito.", date="2009-01-29")
    >>> "Rafael Correa" in [mention.text for mention in report.mentions]
    True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from polnlp.articles import read_articles
    from polnlp.config import Config, load_config
    from polnlp.errors import ConfigError, CorpusError, ModelError, PolnlpError
    from polnlp.graph import build_graph
    from polnlp.mentions.dates import find_dates
    from polnlp.pipeline import Pipeline, extract_entities, load
    from polnlp.reports import read_reports, write_report
    from polnlp.schema import Article, DateMention, Entity, Failure, Mention, Report, Stance, Topic
    from polnlp.tables import to_dataframe

# Public name to the module that holds it: imported when first used, so that `import polnlp` and `--help` stay fast.
_HOME = {
    "load": "pipeline",
    "Pipeline": "pipeline",
    "extract_entities": "pipeline",
    "find_dates": "mentions.dates",
    "read_articles": "articles",
    "read_reports": "reports",
    "write_report": "reports",
    "build_graph": "graph",
    "to_dataframe": "tables",
    "load_config": "config",
    "Config": "config",
    "Article": "schema",
    "Mention": "schema",
    "DateMention": "schema",
    "Entity": "schema",
    "Topic": "schema",
    "Stance": "schema",
    "Report": "schema",
    "Failure": "schema",
    "PolnlpError": "errors",
    "ConfigError": "errors",
    "CorpusError": "errors",
    "ModelError": "errors",
}

__all__ = [  # noqa: RUF022 - in the data's order
    "load",
    "Pipeline",
    "read_articles",
    "extract_entities",
    "find_dates",
    "read_reports",
    "write_report",
    "build_graph",
    "to_dataframe",
    "load_config",
    "Config",
    "Article",
    "Mention",
    "DateMention",
    "Entity",
    "Topic",
    "Stance",
    "Report",
    "Failure",
    "PolnlpError",
    "ConfigError",
    "CorpusError",
    "ModelError",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'polnlp' has no attribute {name!r}")
    return getattr(import_module(f"polnlp.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
