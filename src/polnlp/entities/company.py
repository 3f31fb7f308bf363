"""Which bearers of a single-word name keep company: they share a country and enough of those named beside them.

Asked of each against all before it, this would take ever longer as the corpus grows. Here a set of articles is an
integer, one bit an article, so that one operation on two of them compares sixty-four articles at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """An unknown entity in one article, with what it may be known again by."""

    article: str
    entity: str
    name: str
    label: str
    countries: frozenset[str]
    company: frozenset[str]


class CompanyIndex:
    """Finds the clusters, known by number, that hold somebody who keeps company with a bearer of their name.

    Two keep company if they share a country, and of the smaller company a quarter, but two at least.

    Args:
        held: All bearers that will come: of companions that only one of them has nothing is kept.
    """

    def __init__(self, held: Iterable[Seen]) -> None:
        common = Counter(companion for seen in held for companion in seen.company)
        self._with_companion = {companion: 0 for companion, count in common.items() if count > 1}
        self._with_country: dict[str, int] = defaultdict(int)
        self._with_need: dict[int, int] = defaultdict(int)
        self._members: dict[int, int] = defaultdict(int)
        self._cluster_of: list[int] = []  # as it was when the bearer came
        self._joined: dict[int, int] = {}

    def add(self, seen: Seen, cluster: int) -> None:
        """Put a bearer into a cluster."""
        bit = 1 << len(self._cluster_of)
        self._cluster_of.append(cluster)
        self._members[cluster] |= bit
        self._with_need[_need(seen)] |= bit
        for country in seen.countries:
            self._with_country[country] |= bit
        for companion in seen.company & self._with_companion.keys():
            self._with_companion[companion] |= bit

    def join(self, cluster: int, other: int) -> None:
        """Make another cluster part of one."""
        self._members[cluster] |= self._members.pop(other)
        self._joined[other] = cluster

    def find(self, seen: Seen) -> list[int]:
        """Give the clusters in which anybody keeps company with a bearer, sorted."""
        left, near = self._keeping_company(seen), []
        while left:
            near.append(self._cluster(self._cluster_of[(left & -left).bit_length() - 1]))
            left &= ~self._members[near[-1]]
        return sorted(near)

    def _keeping_company(self, seen: Seen) -> int:
        most = _need(seen)
        sharing = [-1] + [0] * most  # by number: the bearers that share so many companions, or more
        for companion in seen.company & self._with_companion.keys():
            for number in range(most, 0, -1):
                sharing[number] |= sharing[number - 1] & self._with_companion[companion]
        found = compatriots = 0
        for need, bearers in self._with_need.items():
            found |= bearers & sharing[min(need, most)]
        for country in seen.countries:
            compatriots |= self._with_country[country]
        return found & compatriots

    def _cluster(self, number: int) -> int:
        while number in self._joined:
            number = self._joined[number]
        return number


def _need(seen: Seen) -> int:
    """Companions that must be shared with somebody of at least as large a company."""
    return max(2, -(-len(seen.company) // 4))
