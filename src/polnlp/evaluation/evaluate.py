"""A pipeline's stages scored against gold: one function for each task."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from polnlp.arguments import check_choice
from polnlp.errors import CorpusError
from polnlp.evaluation.analyser import Analyser
from polnlp.evaluation.classes import score_stances, score_topics
from polnlp.evaluation.dates import score_dates
from polnlp.evaluation.gold import GoldText, read_gold
from polnlp.evaluation.links import score_links
from polnlp.evaluation.names import score_names
from polnlp.evaluation.scores import Scores

Task = Literal["names", "dates", "links", "topic", "stance"]

_SCORERS: dict[str, Callable[[Sequence[GoldText], Analyser, str], Scores]] = {
    "names": score_names,
    "dates": score_dates,
    "links": score_links,
    "topic": score_topics,
    "stance": score_stances,
}


def evaluate(task: Task, gold: str | Path, pipeline: Analyser) -> Scores:
    """Score one stage against gold annotations.

    Examples:
        >>> from polnlp import load
        >>> Path("gold.jsonl").write_text('{"id": "a", "text": "The hospitals have no nurses.", "label": "Health"}')
        71
        >>> evaluate("topic", "gold.jsonl", load()).values["accuracy"]
        1.0

    Args:
        task: ``names`` (exact span and label), ``dates`` (spans as TempEval-3 scores them, and values), ``links``
            (grouping and identity), ``topic``, ``stance``.
        gold: A ``.jsonl``, ``.jsonl.gz`` or ``.json`` file, or a folder of them; see ``polnlp.evaluation.gold``.
        pipeline: A ``Pipeline``.

    Returns:
        Figures in [0, 1] with 95 % bootstrap intervals over texts, by label, with confusions and the worst errors.

    Raises:
        CorpusError: If the gold is missing, of an unknown form or with unknown labels, or holds nothing for this task.
        ModelError: If names are marked in a scheme that the model was not made for.
        ValueError: If there is no such task.
        TypeError: If ``pipeline`` is none.

    References:
        Tjong Kim Sang, De Meulder (2003). Introduction to the CoNLL-2003 shared task: language-independent named entity
            recognition. CoNLL. (Names.)
        UzZaman et al. (2013). SemEval-2013 task 1: TempEval-3. *SEM. (Dates.)
        Bagga, Baldwin (1998). Algorithms for scoring coreference chains. LREC workshop on linguistic coreference.
            (Grouping.)
        Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26. (Intervals.)
    """
    check_choice("task", task, _SCORERS)
    if not hasattr(pipeline, "extract_batch"):
        raise TypeError(f"pipeline is of type {type(pipeline).__name__}, expected Pipeline; load() gives one.")
    texts = list(read_gold(gold))
    scores = _SCORERS[task](texts, pipeline, str(gold))
    if not scores.documents:
        raise CorpusError(f"{gold}: nothing to score for {task!r}; the gold marks no such thing.")
    return scores
