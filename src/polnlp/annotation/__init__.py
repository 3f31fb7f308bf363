"""A scholar's own annotations: a sample out of a run, into an annotation tool, back as gold, and what it says.

The way: ``candidates`` (what a run found) → ``sampling`` (which of it is looked at, with its weight) → ``formats`` (to
a tool and back) → ``importing`` (gold) → ``audit`` (figures, agreement, corrected shares).
"""

from polnlp.annotation.audit import audit, format_audit
from polnlp.annotation.importing import import_annotations
from polnlp.annotation.items import Item, Mark, read_items, write_items
from polnlp.annotation.sampling import draw_sample

__all__ = [
    "Item",
    "Mark",
    "audit",
    "draw_sample",
    "format_audit",
    "import_annotations",
    "read_items",
    "write_items",
]
