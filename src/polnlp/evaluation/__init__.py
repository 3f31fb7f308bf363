"""Scores of every stage against gold annotations, the project's own or the user's."""

from polnlp.evaluation.evaluate import Task, evaluate
from polnlp.evaluation.formatting import format_markdown, format_scores
from polnlp.evaluation.gold import GoldText, read_gold
from polnlp.evaluation.scores import Scores

__all__ = ["GoldText", "Scores", "Task", "evaluate", "format_markdown", "format_scores", "read_gold"]
