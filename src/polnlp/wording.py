"""How counts are said."""


def name_window(window: str, tokens: int = 0) -> str:
    """Name one window of a network: ``paragraph``, ``50-token window``."""
    return f"{tokens}-token window" if window == "tokens" else window


def several(count: int, noun: str) -> str:
    """Say a number with its noun, in the plural unless it is one.

    Examples:
        >>> several(1, "entity"), several(2, "entity"), several(2_000, "article")
        ('1 entity', '2 entities', '2,000 articles')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("ty") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"
