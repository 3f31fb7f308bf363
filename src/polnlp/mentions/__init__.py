"""Stage 3: Paragraph → Mention. Names, gazetteer and dates, and the one rule for their overlaps."""

from polnlp.mentions.engines import load_tagger
from polnlp.mentions.finding import find_mentions
from polnlp.mentions.overlaps import resolve_overlaps

__all__ = ["find_mentions", "load_tagger", "resolve_overlaps"]
