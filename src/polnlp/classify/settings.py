"""Whether a mention is a mere setting ("in Geneva"), which no stance is judged for."""

import re

_PLACES = frozenset({"COUNTRY", "REGION"})
_WORDS_BEFORE = re.compile(r"[^\W\d_]+|[^\w\s]")
_LOCATIVE = frozenset("in at near from to into across throughout through inside outside around within via off".split())
_PASSED_OVER = frozenset("the northern southern eastern western central downtown nearby neighbouring neighboring capital".split())


def is_setting(text: str, start: int, end: int, label: str) -> bool:
    """Tell whether ``text[start:end]`` only says where something happens.

    So is a country or region right after a preposition of place (articles and words such as "northern" between). Of
    other labels no mention is a setting.
    """
    if label not in _PLACES:
        return False
    for word in reversed(_WORDS_BEFORE.findall(text[max(0, start - 40) : start].lower())):
        if word not in _PASSED_OVER:
            return word in _LOCATIVE
    return False
