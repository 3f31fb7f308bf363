"""Stage 5: paragraph → what it is about, and who speaks for or against whom.

Both classifiers go the same way: means of the encoder's vectors → calibrated probabilities (``head``) → a record, or
none below the threshold (``topics``, ``stances``). Whose attitude it is, ``quotes`` finds.
"""

from polnlp.classify.stances import StanceModel, classify_stances, stances_of
from polnlp.classify.topics import Classified, TopicModel, classify_texts, classify_topics

__all__ = [
    "Classified",
    "StanceModel",
    "TopicModel",
    "classify_stances",
    "classify_texts",
    "classify_topics",
    "stances_of",
]
