"""The one choice of an item, where a tool would allow several."""

from collections.abc import Sequence

from polnlp.errors import CorpusError


def only_choice(choices: Sequence[str], where: str) -> str | None:
    """Give the choice, or ``None``.

    Raises:
        CorpusError: If there are several.
    """
    if len(choices) > 1:
        raise CorpusError(f"{where}: {len(choices)} choices, {', '.join(map(str, choices))}; keep one.")
    return choices[0] if choices else None
