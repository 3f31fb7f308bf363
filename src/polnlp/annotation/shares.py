"""How often a label really occurs in a corpus: what the machine counted, corrected by a sample that people judged."""

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from polnlp.annotation.items import Item

Z = 1.959964  # of a 95 % interval


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A label's share of all units.

    Attributes:
        machine: As the run has it.
        corrected: Estimate by design-based supervised learning.
        low: Lower end of its 95 % interval.
        high: Upper end.
    """

    label: str
    machine: float
    corrected: float
    low: float
    high: float


def weigh(items: Sequence[Item]) -> list[float]:
    """Give how many units each item stands for: its stratum's size over the items at hand of it; 1 where not drawn."""
    counted = Counter(item.stratum.name for item in items if item.stratum)
    return [item.stratum.size / counted[item.stratum.name] if item.stratum else 1.0 for item in items]


def correct_shares(items: Sequence[Item]) -> list[Share]:
    """Correct the machine's shares for its errors, without bias whatever these are.

    A unit counts as what the machine says, plus, where a person judged it, the person's answer less the machine's times
    the number of units that it stands for. That number is known, for the sample was drawn at random in known strata;
    where items of a stratum were not judged, the others stand for them. The interval is the large-sample one for units
    drawn independently of one another; strata make the estimate, if anything, surer than it says.

    Args:
        items: Judged items that ``polnlp sample`` drew; others are passed over.

    Returns:
        A share for each label that machine or annotator used, the most frequent first; none without such items.

    References:
        Egami, Hinck, Stewart and Wei (2023). Using imperfect surrogates for downstream inference: design-based
        supervised learning for social science applications of large language models. NeurIPS 36.
        Egami, Hinck, Stewart and Wei (2024). Using large language model annotations for the social sciences: a general
        framework of using predicted variables in downstream analyses.
    """
    judged = [item for item in items if item.stratum and item.found and item.choice is not None]
    strata = {item.stratum.name: item.stratum for item in judged if item.stratum}
    if not strata:
        return []
    total = sum(stratum.size for stratum in strata.values())
    weights = weigh(judged)
    labels = {item.choice or "" for item in judged} | {label for s in strata.values() for label in s.found}
    shares = []
    for label in labels:
        machine = sum(stratum.found.get(label, 0) for stratum in strata.values())
        corrections = np.zeros(len(judged))
        squares = float(machine)  # of the machine's zeros and ones; those of judged units are put right below
        for place, (item, weight) in enumerate(zip(judged, weights, strict=True)):
            says = float(item.found is not None and item.found.choice == label)
            corrections[place] = weight * ((item.choice == label) - says)
            squares += (says + corrections[place]) ** 2 - says
        share = (machine + corrections.sum()) / total
        error = np.sqrt(max(0.0, squares / total - share**2) / max(1, total - 1))
        low, high = np.clip([share - Z * error, share + Z * error], 0, 1)
        shares.append(
            Share(
                label=label,
                machine=round(machine / total, 4),
                corrected=round(float(np.clip(share, 0, 1)), 4),
                low=round(float(low), 4),
                high=round(float(high), 4),
            )
        )
    return sorted(shares, key=lambda share: (-share.corrected, -share.machine, share.label))
