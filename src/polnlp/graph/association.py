"""How strongly, and how surely, two entities belong together: measures over counts of windows.

All functions take arrays of one length, one value per pair: ``both`` windows hold the pair, ``first`` and ``second``
hold each of the two, out of ``total`` windows that hold any entity at all.

References:
    Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL, 31-40.
    Dunning (1993). Accurate methods for the statistics of surprise and coincidence. Comp. Linguistics 19(1), 61-74.
    Tumminello, Micciche, Lillo, Piilo, Mantegna (2011). Statistically validated networks in bipartite complex
        systems. PLoS ONE 6(3), e17994. (The hypergeometric test of a co-occurrence, corrected for all pairs.)
    Saracco, Straka, Di Clemente, Gabrielli, Caldarelli, Squartini (2017). Inferring monopartite projections of
        bipartite networks: an entropy-based approach. New J. Physics 19, 053022.
    Chung, Lu (2002). Connected components in random graphs with given expected degree sequences.
        Annals of Combinatorics 6, 125-145. (The null model's probabilities.)
    Benjamini, Hochberg (1995). Controlling the false discovery rate. J. Royal Stat. Soc. B 57(1), 289-300.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy
from scipy.stats import hypergeom, poisson

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def npmi(both: Counts | Floats, first: Counts | Floats, second: Counts | Floats, total: int) -> Floats:
    """Normalised pointwise mutual information in [-1, 1]: 0 is chance, 1 is "never the one without the other"."""
    share = both / total
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(both * total / (first * second)) / -np.log(share)
    # A pair that is in every window has -log(share) = 0: it never parts, so it gets the limit.
    return np.where(both >= total, 1.0, np.where(both == 0, -1.0, value))


def jaccard(both: Counts, first: Counts, second: Counts) -> Floats:
    """Share of the windows with either entity that hold both, in [0, 1]."""
    return np.asarray(both / (first + second - both), dtype=np.float64)


def log_likelihood(both: Counts, first: Counts, second: Counts, total: int) -> Floats:
    """Dunning's G2 of the two-by-two table, at least 0; negative where the two meet less often than by chance."""
    observed = np.stack([both, first - both, second - both, total - first - second + both]).astype(np.float64)
    rows = np.stack([first, first, total - first, total - first])
    columns = np.stack([second, total - second, second, total - second])
    expected = rows * columns / total
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(observed > 0, observed / expected, 1.0)
    score = 2.0 * xlogy(observed, ratio).sum(axis=0)
    return np.asarray(np.where(both >= expected[0], 1.0, -1.0) * np.maximum(score, 0.0))


def hypergeometric_p(both: Counts, first: Counts, second: Counts, total: int) -> Floats:
    """Probability of at least ``both`` joint windows if each entity's windows were drawn evenly from all."""
    return np.asarray(hypergeom.sf(both - 1, total, first, second), dtype=np.float64)


def configuration_p(both: Counts, first: Counts, second: Counts, sizes: Counts) -> Floats:
    """The same where a window with many names draws more of them.

    A list of thirty delegates joins 435 pairs by itself; this null expects that, the hypergeometric one does not.
    Entity ``a`` is in window ``w`` with probability ``windows(a) * size(w) / sum(sizes)``; the joint count is then
    close to Poisson.

    Args:
        sizes: Number of entities in each window.
    """
    places = float(sizes.sum())
    expected = first * second * float((sizes.astype(np.float64) ** 2).sum()) / places**2
    return np.asarray(poisson.sf(both - 1, expected), dtype=np.float64)


def correct_p(p: Floats, tests: int) -> Floats:
    """Correct p-values for the number of tests by Benjamini and Hochberg: the false discovery rate, in [0, 1].

    Args:
        tests: All pairs that might have met, not only those that did: the others have p = 1.
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * tests / np.arange(1, len(p) + 1)
    corrected = np.empty_like(p)
    corrected[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(corrected, 1.0)
