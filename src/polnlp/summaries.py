"""Topics and stances of paragraphs → what an article or a corpus says as a whole, with intervals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from polnlp.schema import STANCE_LABELS, TOPICS, Record, Report

Floats = npt.NDArray[np.float64]
_ROWS_AT_ONCE = 1_000_000  # drawn labels that are held in memory


class TopicShare(Record, frozen=True, kw_only=True):
    """How much of a corpus is about a topic.

    Attributes:
        label: The topic.
        share: Estimated share of the paragraphs that have a topic, 0 to 1.
        low: Lower end of its 95 % interval.
        high: Upper end.
        counted: Share of the paragraphs whose likeliest topic it is; biased where the classifier is.
    """

    label: str
    share: float
    low: float
    high: float
    counted: float


class StanceBalance(Record, frozen=True, kw_only=True):
    """What an article or a corpus thinks of a target.

    Attributes:
        target: Entity id.
        holder: ``"author"`` or the entity id of who speaks.
        article: Article id; ``None`` for the whole corpus.
        paragraphs: How many paragraphs judge the target.
        favor: Estimated share of them in favour, 0 to 1.
        against: Estimated share of them against.
        balance: ``favor`` less ``against``, -1 to 1.
        low: Lower end of the balance's 95 % interval.
        high: Upper end; a balance whose interval holds 0 takes no side that the text supports.
    """

    target: str
    holder: str
    article: str | None
    paragraphs: int
    favor: float
    against: float
    balance: float
    low: float
    high: float


def share_topics(reports: Iterable[Report], *, draws: int = 1000, seed: int = 0) -> list[TopicShare]:
    """Estimate how often each topic occurs, the most frequent first.

    The share is the mean of the paragraphs' calibrated probabilities (probabilistic classify and count), which unlike a
    count of likeliest labels does not starve topics that the classifier finds hard. It is right as far as the
    probabilities are: for a corpus unlike the texts that they were calibrated on, correct it by a sample that people
    judged (``polnlp audit``). The interval redraws articles, and each paragraph's topic from its probabilities: it is
    wider than a calibrated classifier needs, for this corpus as for texts of its kind.

    Args:
        reports: Of one corpus; paragraphs without a topic are passed over.
        draws: Of the bootstrap.
        seed: Of the draws.

    Returns:
        One share per topic that has any probability; none if no paragraph has a topic. Topics may be of any scheme.

    Raises:
        ValueError: If ``draws`` is below 1.

    References:
        Bella, Ferri, Hernández-Orallo and Ramírez-Quintana (2010). Quantification via probability estimators. ICDM.
    """
    chances, articles, counted = [], [], Counter[str]()
    for number, report in enumerate(reports):
        for topic in report.topics:
            chances.append(topic.probabilities or {topic.label: 1.0})
            articles.append(number)
            counted[topic.label] += 1
    if not chances:
        return []
    told = {label for row in chances for label in row} | {*counted}
    labels = [label for label in TOPICS if label in told] + sorted(told - {*TOPICS})
    likely = _normalize([[row.get(label, 0.0) for label in labels] for row in chances])
    low, high = np.quantile(_draw_shares(likely, articles, draws, seed), (0.025, 0.975), axis=0)
    shares = likely.mean(axis=0)
    found = [
        TopicShare(
            label=label,
            share=_round(shares[k]),
            low=_round(min(low[k], shares[k])),
            high=_round(max(high[k], shares[k])),
            counted=_round(counted[label] / len(chances)),
        )
        for k, label in enumerate(labels)
        if shares[k] > 0
    ]
    return sorted(found, key=lambda share: (-share.share, share.label))


def balance_stances(
    reports: Iterable[Report], *, by_article: bool = False, draws: int = 1000, seed: int = 0
) -> list[StanceBalance]:
    """Estimate what each holder thinks of each target, over the corpus or in each article.

    Shares are means of calibrated probabilities. The interval redraws articles (within one article its paragraphs),
    each paragraph's label from its probabilities, and the shares from a Dirichlet posterior with a prior worth one
    paragraph, so that one sentence is never certainty.

    Args:
        reports: Of one corpus. Ids of unknown entities are an article's own: these are not added up over articles.
        by_article: One balance per article, else one for all.
        draws: Of the bootstrap.
        seed: Of the draws; each balance is drawn from it alone, whatever else is asked for.

    Returns:
        By article, target and holder, in the order of these ids.

    Raises:
        ValueError: If ``draws`` is below 1.

    References:
        Rubin (1981). The Bayesian bootstrap. The Annals of Statistics 9(1), 130-134.
    """
    cells: dict[tuple[str, str, str], list[tuple[list[float], int]]] = defaultdict(list)
    for number, report in enumerate(reports):
        for stance in report.stances:
            chances = stance.probabilities or {stance.label: 1.0}
            row = [chances.get(label, 0.0) for label in STANCE_LABELS]
            key = (report.article.id if by_article else "", stance.target, stance.holder)
            cells[key].append((row, stance.paragraph if by_article else number))
    return [_balance(key, rows, draws, seed) for key, rows in sorted(cells.items())]


def _balance(
    key: tuple[str, str, str], rows: Sequence[tuple[list[float], int]], draws: int, seed: int
) -> StanceBalance:
    article, target, holder = key
    likely = _normalize([row for row, _ in rows])
    drawn = _draw_shares(likely, [unit for _, unit in rows], draws, seed)
    favor, against = STANCE_LABELS.index("favor"), STANCE_LABELS.index("against")
    low, high = np.quantile(drawn[:, favor] - drawn[:, against], (0.025, 0.975))
    shares = likely.mean(axis=0)
    balance = shares[favor] - shares[against]
    return StanceBalance(
        target=target,
        holder=holder,
        article=article or None,
        paragraphs=len(rows),
        favor=_round(shares[favor]),
        against=_round(shares[against]),
        balance=_round(balance),
        low=_round(min(low, balance)),
        high=_round(max(high, balance)),
    )


def _draw_shares(likely: Floats, units: Sequence[int], draws: int, seed: int) -> Floats:
    """Draw shares ``(draws, n_labels)``: units with replacement, labels by their chances, shares by their posterior."""
    if draws < 1:
        raise ValueError(f"draws={draws}: an interval takes draws; give 1 or more, 1000 as a rule.")
    rng = np.random.default_rng(seed)
    n_rows, n_labels = likely.shape
    names, place = np.unique(np.asarray(units), return_inverse=True)
    borders = likely.cumsum(axis=1)[:, :-1]
    drawn = np.empty((draws, n_labels))
    step = max(1, _ROWS_AT_ONCE // n_rows)
    for start in range(0, draws, step):
        size = min(step, draws - start)
        times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=size)[:, place]
        chance = rng.random((size, n_rows))
        labels = np.zeros((size, n_rows), dtype=np.int64)
        for border in borders.T:
            labels += chance > border
        counts = np.stack([(times * (labels == k)).sum(axis=1) for k in range(n_labels)], axis=1)
        parts = rng.gamma(counts + 1 / n_labels)
        drawn[start : start + size] = parts / parts.sum(axis=1, keepdims=True)
    return drawn


def _normalize(rows: Sequence[Sequence[float]]) -> Floats:
    """Make rows of probabilities add up to 1 again: reports leave out the least of them."""
    chances = np.array(rows, dtype=np.float64)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)


def _round(value: float) -> float:
    return round(float(value), 4)
