"""A stratified random sample of what a run found, each item with its weight."""

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from polnlp.annotation.candidates import UNKNOWN, Candidate, RunReports, rank
from polnlp.annotation.items import WHATS, Item, Stratum, What
from polnlp.arguments import check_choice, each_of
from polnlp.errors import PolnlpError


def draw_sample(
    output: str | Path, what: What, count: int, *, by: Sequence[str] = (), seed: int = 0, blind: bool = False
) -> list[Item]:
    """Draw items from a run.

    Examples:
        >>> from polnlp import load, write_report
        >>> file = write_report(load().analyze("Evo Morales spoke.", id="la-paz"), "out/reports")
        >>> [item] = draw_sample(Path("out"), "paragraphs", 1)
        >>> item.id, item.text, item.weight
        ('la-paz#0', 'Evo Morales spoke.', 1.0)

    Every unit has a known chance of being drawn; rare strata get more than their share. The same run and seed give the
    same items.

    Args:
        output: The run's folder.
        what: What an item is: a paragraph, an entity in its paragraph, an edge, or a stance.
        count: Items, at least 1 for each stratum; all there are, if there are fewer.
        by: What strata are made by: ``topic``, ``year``, ``article``, ``label`` (entities, stances), ``zone``
            (paragraphs), or a column of the articles' metadata such as ``country``. Without it there is one stratum.
        seed: Of the draw, any whole number such as 0.
        blind: Show the annotator nothing of what the run found in paragraphs, and not its choice.

    Returns:
        Items with their stratum and ``weight``: how many units each stands for, from 1.

    Raises:
        CorpusError: If the run's folder holds no reports, reports without texts, or, for edges, no network.
        PolnlpError: If strata are made by something unknown, or are more than items.
        ValueError: If there is no such ``what``.
        TypeError: If ``by`` is one text.

    References:
        Bankier (1988). Power allocations: determining sample sizes for subnational areas. The American Statistician
        42(3), 174-177.
    """
    check_choice("what", what, WHATS)
    by = list(each_of(str, by, "by", "give one key as [key]"))
    run = RunReports(Path(output))
    candidates = list(run.list_candidates(what, seed))
    strata = stratify(candidates, by)
    wanted = allocate({name: len(units) for name, units in strata.items()}, count)
    strata_of: dict[str, Stratum] = {}
    drawn: list[Candidate] = []
    for name, units in strata.items():
        stratum = Stratum(name=name, size=len(units), found=_count_choices(units))
        few = sorted(units, key=lambda unit: rank(seed, unit.unit))[: wanted[name]]
        strata_of |= {unit.unit: stratum for unit in few}
        drawn += few
    items = []
    for candidate, item in run.make_items(drawn, what):
        stratum = strata_of[candidate.unit]
        shown = replace(item, choice=None, spans=() if what == "paragraphs" else item.spans) if blind else item
        items.append(replace(shown, stratum=stratum, weight=round(stratum.size / wanted[stratum.name], 6)))
    return sorted(items, key=lambda item: rank(seed, item.id))


def stratify(candidates: Sequence[Candidate], by: Sequence[str]) -> dict[str, list[Candidate]]:
    """Part units into strata, sorted by name; a unit without a value is in the stratum ``unknown``.

    Raises:
        PolnlpError: If no unit has one of the keys.
    """
    known = sorted({key for candidate in candidates for key in candidate.keys})
    wrong = [key for key in by if key not in known]
    if wrong and candidates:
        raise PolnlpError(f"--by {wrong[0]}: nothing here has that; strata can be made by {', '.join(known)}.")
    strata: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        name = ", ".join(f"{key}={candidate.keys.get(key, UNKNOWN)}" for key in by) or "all"
        strata.setdefault(name, []).append(candidate)
    return dict(sorted(strata.items()))


def allocate(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """Share items out among strata: at least one each, beyond that by the square root of the stratum's size.

    Examples:
        >>> allocate({"Health": 10_000, "Housing": 100}, 11)
        {'Health': 10, 'Housing': 1}

    Raises:
        PolnlpError: If there are more strata than items.

    References:
        Bankier (1988). Power allocations: determining sample sizes for subnational areas. American Statistician 42(3).
    """
    if len(sizes) > count:
        raise PolnlpError(f"{len(sizes)} strata are more than {count} items; ask for more (-n) or part by less (--by).")
    shares = dict.fromkeys(sizes, 1)
    queue = [(-(size**0.5) / 3, name) for name, size in sizes.items() if size > 1]
    heapq.heapify(queue)
    for _ in range(count - len(sizes)):  # the method of Sainte-Lague, one item after the other
        if not queue:
            break
        _, name = heapq.heappop(queue)
        shares[name] += 1
        if shares[name] < sizes[name]:
            heapq.heappush(queue, (-(sizes[name] ** 0.5) / (2 * shares[name] + 1), name))
    return shares


def _count_choices(units: Sequence[Candidate]) -> dict[str, int]:
    return dict(sorted(Counter(unit.choice for unit in units if unit.choice is not None).items()))
