"""Whether a mention is a mere setting ("in Geneva"), which no stance is judged for."""

import re

from polnlp.classify.words import word_set

_WORDS_BEFORE = re.compile(r"[^\W\d_]+|[^\w\s]")
_LOCATIVE = word_set("in at near from across throughout inside outside around within")
_PASSED_OVER = word_set(
    "the northern southern eastern western central downtown nearby neighbouring neighboring capital"
)


def is_setting(text: str, start: int, end: int, label: str) -> bool:
    """Tell whether ``text[start:end]`` only says where something happens.

    So is a ``REGION`` right after a preposition of place, articles and words such as "northern" between. A country
    after "in" is judged nonetheless: annotators mostly did, for a country is nearly always an actor as well.
    """
    if label != "REGION":
        return False
    for word in reversed(_WORDS_BEFORE.findall(text[max(0, start - 40) : start].lower())):
        if word not in _PASSED_OVER:
            return word in _LOCATIVE
    return False
