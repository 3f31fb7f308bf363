"""How likely a candidate is the one meant: a conditional logit over a few features that a reader would name.

The weights stand in ``ranker.json`` beside the knowledge base, where ``polnlp.training.linking`` wrote it; without
that file those here hold, which were set by hand.

References:
    McFadden (1974). Conditional logit analysis of qualitative choice behavior. In: Frontiers in Econometrics.
"""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from polnlp.entities.context import ArticleContext
from polnlp.errors import ModelError
from polnlp.kb.records import Candidate
from polnlp.schema import Label

FILE = "ranker.json"
FORMAT = "polnlp-ranker-1"
RIVALS = 4  # best candidates that share the probability
_TOWN = 0.3  # prior of a town from which on its country's being named speaks for it
_SLACK = 3  # years before and after a term in which a person is still spoken of as one in it
_NAME = {"user": 1.2, "name": 1.0, "alias": 0.9, "acronym": 0.6, "derived": 0.35, "foreign": 0.2, "surname": -0.2}


class Features(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for a candidate or against it, each about in [-1, 1]."""

    name: float
    prior: float
    label: float
    country: float
    paragraph: float
    elsewhere: float
    in_time: float
    official: float
    company: float
    words: float
    doubtful: float


WEIGHTS = Features(
    name=2.0,
    prior=2.2,
    label=1.4,
    country=1.6,
    paragraph=0.8,
    elsewhere=-3.0,
    in_time=1.2,
    official=0.4,
    company=2.0,
    words=1.2,
    doubtful=-0.8,
)
BIAS = -3.4


class Ranker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The log-odds of a candidate against "none of them": a bias and a weight for each feature."""

    format: str = FORMAT
    bias: float = BIAS
    weights: Features = WEIGHTS

    def score(self, features: Features) -> float:
        """Give the log-odds that a candidate of these features is the one meant, rivals aside."""
        return self.bias + math.fsum(
            getattr(self.weights, name) * getattr(features, name) for name in Features.__struct_fields__
        )


@cache
def load_ranker(folder: Path) -> Ranker:
    """Read the weights that stand beside a knowledge base; those set by hand where it has none.

    Raises:
        ModelError: If the file is damaged, of another format, or does not name just the features that are measured.
    """
    path = folder / FILE
    if not path.is_file():
        return Ranker()
    remedy = "`python -m polnlp.training.linking` writes it anew, without the file the weights set by hand hold."
    try:
        ranker = msgspec.json.decode(path.read_bytes(), type=Ranker)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"{path}: no weights of the features that are measured: {error}; {remedy}") from error
    if ranker.format != FORMAT:
        raise ModelError(f"{path}: made as {ranker.format!r}, this version reads {FORMAT!r}; {remedy}")
    return ranker


def measure(
    candidate: Candidate,
    label: Label,
    context: ArticleContext,
    paragraphs: set[int],
    *,
    words: int,
    company: float,
    official: float = 0.0,
    doubtful: float = 0.0,
) -> Features:
    """Measure a candidate against a group.

    Args:
        label: The group's, by its mentions.
        words: Number of words of the name that found the candidate.
        official: Whether a state bore the name in the article's year: 1, or -1 if not, 0 where that is not known.
        company: How strongly sure entities of the article speak for the candidate, in [0, 1].
        doubtful: Whether the name is a single word of which a tagger was not sure: 1 or 0.
    """
    whole, near = context.support(candidate.country, paragraphs)
    # That a country is spoken of says little for one of its small towns: "Paris" is no town in Texas.
    share = min(1.0, candidate.prior / _TOWN) if candidate.kind in ("city", "admin2") else 1.0
    return Features(
        name=_NAME[candidate.how],
        prior=candidate.prior,
        label=_label_agreement(candidate.label, label),
        country=whole * share,
        paragraph=near * share,
        elsewhere=_elsewhere(candidate, label, context, words) if whole == 0.0 else 0.0,
        in_time=_time_agreement(candidate, context.year),
        official=official,
        company=company,
        words=min(words - 1, 2) / 2 if candidate.label in ("LEADER", "ORG") else 0.5,
        doubtful=doubtful,
    )


def choose_probability(scores: Sequence[float], *, none: bool = True) -> list[float]:
    """Turn log-odds into probabilities that share one whole.

    Args:
        none: "None of them" shares too, with log-odds of 0.
    """
    # Dozens of villages of one name, each unlikely, must not add up to a doubt.
    rivals = sorted(scores, reverse=True)[:RIVALS]
    top = max([0.0, *rivals]) if none else max(rivals)
    whole = sum(math.exp(value - top) for value in rivals) + (math.exp(-top) if none else 0.0)
    return [math.exp(value - top) / whole for value in scores]


def _elsewhere(candidate: Candidate, wanted: Label, context: ArticleContext, words: int) -> float:
    """Tell how strange it is that nothing else in the article is of a candidate's country.

    A person's full name is nearly enough by itself; a body's or a small place's is borne by others elsewhere, a party's
    by programmes and treaties too.
    """
    if candidate.country is None or candidate.label == "COUNTRY":
        return 0.0
    # "Parliament", "Supreme Court" and "State Council" are everywhere; so are they where no country is named.
    if candidate.how == "alias" and candidate.kind in ("legislature", "court", "government") and words < 3:
        return 1.0
    # A body that a tagger took for no party needs more than a name to be one.
    if not context.countries and (candidate.label != "PARTY" or wanted == "PARTY"):
        return 0.0
    if candidate.prior >= 0.8 and (candidate.label == "ORG" or candidate.kind == "city"):
        return 0.2
    if candidate.label == "LEADER":
        # Full names of little known people have namesakes in the next country.
        return 1.0 if words < 2 or candidate.prior < 0.6 else 0.3
    most = 1.15 if candidate.label == "PARTY" else 1.0
    return most if words < 2 or candidate.prior < 0.8 else 0.6


def _label_agreement(held: Label, wanted: Label) -> float:
    if held == wanted:
        return 1.0
    return 0.0 if {held, wanted} in ({"LEADER", "PERSON"}, {"PARTY", "ORG"}) else -1.0


def _time_agreement(candidate: Candidate, year: int | None) -> float:
    if year is None or (candidate.since is None and candidate.until is None):
        return 0.0
    if candidate.since is not None and year < candidate.since - _SLACK:
        return -1.0 if year > candidate.since - 10 else -2.0
    # Of two bodies or states of one name, the one that was there already; a person may be on the way to office.
    if candidate.since is not None and year < candidate.since and candidate.label != "LEADER":
        return 0.3
    # A party's members are voted out; the party itself is gone.
    slack = 0 if candidate.label == "PARTY" else _SLACK
    if candidate.until is None or year <= candidate.until + slack:
        return 1.0 if candidate.since is not None else 0.5
    # Of the past, but still spoken of: the longer ago, the less.
    return max(-0.8, 0.3 - (year - candidate.until) / 25)
