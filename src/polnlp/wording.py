"""How counts are said."""


def several(count: int, noun: str) -> str:
    """Say a number with its noun, in the plural unless it is one: ``1 article``, ``2,000 articles``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
