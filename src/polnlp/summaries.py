"""Topics and stances of paragraphs → what an article or a corpus says as a whole, with intervals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from polnlp.reports import each_report
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

    Examples:
        >>> from polnlp import load
        >>> report = load().analyze("The hospitals have no nurses, and patients wait for months.")
        >>> share = share_topics([report])[0]
        >>> share.label, share.counted, 0 <= share.low <= share.share <= share.high <= 1
        ('Health', 1.0, True)

    The share is the mean of the paragraphs' calibrated probabilities (probabilistic classify and count), which unlike a
    count of likeliest labels does not starve topics that the classifier finds hard. It is right as far as the
    probabilities are: for a corpus unlike the texts that they were calibrated on, correct it by a sample that people
    judged (``polnlp audit``). The interval redraws articles, and each paragraph's topic from its probabilities: it is
    wider than a calibrated classifier needs, for this corpus as for texts of its kind.

    Args:
        reports: Of one corpus; paragraphs without a topic are passed over.
        draws: Of the bootstrap, from 1.
        seed: Of the draws, from 0.

    Returns:
        One share per topic that has any probability; none if no paragraph has a topic. Topics may be of any scheme.

    Raises:
        ValueError: If ``draws`` is below 1 or ``seed`` below 0.
        TypeError: If ``reports`` is one report or a file's name, or an item is none, such as a ``Failure``.

    References:
        Bella, Ferri, Hernández-Orallo and Ramírez-Quintana (2010). Quantification via probability estimators. ICDM.
    """
    _check_draws(draws, seed)
    chances, articles, counted = [], [], Counter[str]()
    for number, report in enumerate(each_report(reports)):
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

    Examples:
        >>> from polnlp import load
        >>> [balance] = balance_stances([load().analyze("Rafael Correa lied, and his law is a disgrace.")])
        >>> balance.target, balance.holder, balance.paragraphs, balance.balance < 0
        ('leader:ECU:rafael-correa', 'author', 1, True)

    Shares are means of calibrated probabilities. The interval redraws articles (within one article its paragraphs),
    each paragraph's label from its probabilities, and the shares from a Dirichlet posterior with a prior worth one
    paragraph, so that one sentence is never certainty.

    Args:
        reports: Of one corpus. Ids of unknown entities are an article's own: these are not added up over articles.
        by_article: One balance per article, else one for all.
        draws: Of the bootstrap, from 1.
        seed: Of the draws, from 0; each balance is drawn from it alone, whatever else is asked for.

    Returns:
        By article, target and holder, in the order of these ids; none without stances.

    Raises:
        ValueError: If ``draws`` is below 1 or ``seed`` below 0.
        TypeError: If ``reports`` is one report or a file's name, or an item is none, such as a ``Failure``.

    References:
        Rubin (1981). The Bayesian bootstrap. The Annals of Statistics 9(1), 130-134.
    """
    _check_draws(draws, seed)
    cells: dict[tuple[str, str, str], list[tuple[list[float], int]]] = defaultdict(list)
    for number, report in enumerate(each_report(reports)):
        for stance in report.stances:
            chances = stance.probabilities or {stance.label: 1.0}
            row = [chances.get(label, 0.0) for label in STANCE_LABELS]
            key = (report.article.id if by_article else "", stance.target, stance.holder)
            cells[key].append((row, stance.paragraph if by_article else number))
    return [_balance(key, rows, draws, seed) for key, rows in sorted(cells.items())]


def _check_draws(draws: int, seed: int) -> None:
    if draws < 1:
        raise ValueError(f"draws={draws} gives no interval; ask for at least 1, as a rule 1,000.")
    check_seed(seed)


def check_seed(seed: int) -> None:
    """Refuse a seed that the generators do not take.

    Raises:
        ValueError: If it is below 0.
    """
    if seed < 0:
        raise ValueError(f"seed={seed} is below 0; give 0 or more.")


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
