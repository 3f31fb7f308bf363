"""How counts are said."""


def name_window(window: str, tokens: int = 0) -> str:
    """Name one window of a network: ``paragraph``, ``50-token window``."""
    return f"{tokens}-token window" if window == "tokens" else window


def several(count: int, noun: str) -> str:
    """Say a number with its noun, in the plural unless it is one: ``1 article``, ``2,000 articles``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
