"""The card and the licence notices beside the knowledge base."""

from collections import Counter
from pathlib import Path

from polnlp.training.kb.drafts import CURATED, Draft, licences_of


def write_notices(drafts: list[Draft], output: Path) -> None:
    """Write ``CARD.md`` and ``LICENSES.md`` with this build's counts."""
    labels = Counter(draft.label for draft in drafts)
    licences = Counter(", ".join(licences_of(draft.sources)) for draft in drafts)
    table = "\n".join(f"| {label} | {count} |" for label, count in sorted(labels.items()))
    names = sum(len(draft.aliases) for draft in drafts)
    card = (CURATED / "CARD.md").read_text(encoding="utf-8").format(entries=len(drafts), names=names, labels=table)
    (output / "CARD.md").write_text(card, encoding="utf-8")
    lines = "\n".join(f"- {licence}: {count}" for licence, count in sorted(licences.items()))
    notice = (CURATED / "LICENSES.md").read_text(encoding="utf-8")
    (output / "LICENSES.md").write_text(notice.format(licences=lines), encoding="utf-8")
