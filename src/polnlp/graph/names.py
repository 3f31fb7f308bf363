"""Finding the entity that a user means by a name, an alias or an id."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from polnlp.arguments import check_type
from polnlp.errors import PolnlpError

SHOWN = 12  # candidates in a message


@dataclass
class Known:
    """What entities are called: id to names by use, and what a message says of each."""

    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    aliases: dict[str, Counter[str]] = field(default_factory=dict)
    others: dict[str, set[str]] = field(default_factory=dict)  # qid and the like

    def add(
        self, entity_id: str, label: str, name: str, aliases: Iterable[str], others: Iterable[str], count: int
    ) -> None:
        """Add an entity as one article knows it."""
        self.labels.setdefault(entity_id, label)
        self.names.setdefault(entity_id, Counter())[name] += count
        self.aliases.setdefault(entity_id, Counter()).update(aliases)
        self.others.setdefault(entity_id, set()).update(others)

    def name(self, entity_id: str) -> str:
        """Give the name used most; an id that is not known (``author``) stands for itself."""
        names = self.names.get(entity_id)
        return min(names, key=lambda name: (-names[name], name)) if names else entity_id

    def count(self, entity_id: str) -> int:
        """Give the number of mentions."""
        return sum(self.names[entity_id].values())


def fold(name: str) -> str:
    """Bring a name into the form in which names are compared: no accents, no case, no punctuation at the ends."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace("\u2019", "'").split()).strip(" .,'\"")


def resolve_name(known: Known, wanted: str) -> str:
    """Give the id of the one entity that is meant: by id, else by name, else by an alias.

    Raises:
        PolnlpError: If nothing is called so (with the nearest names), or several entities are (with their ids).
        TypeError: If ``wanted`` is no string.
    """
    check_type("name", wanted, str, "give one entity's name, alias or id")
    if wanted in known.names:
        return wanted
    key = fold(wanted)
    for found in (
        sorted(i for i, others in known.others.items() if wanted in others),
        sorted(i for i, names in known.names.items() if key in map(fold, names)),
        sorted(i for i, aliases in known.aliases.items() if key in map(fold, aliases)),
    ):
        if len(found) > 1:
            raise PolnlpError(_say_ambiguous(known, wanted, found))
        if found:
            return found[0]
    raise PolnlpError(_say_unknown(known, wanted))


def _say_ambiguous(known: Known, wanted: str, found: list[str]) -> str:
    ranked = sorted(found, key=lambda entity_id: (-known.count(entity_id), entity_id))
    lines = [f"  {i}  {known.name(i)} ({known.labels[i]}, {known.count(i)} mentions)" for i in ranked[:SHOWN]]
    more = f"\n  and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return f"{wanted!r} may be {len(found)} entities; give one of their ids:\n" + "\n".join(lines) + more


def _say_unknown(known: Known, wanted: str) -> str:
    spelled = {fold(name): name for names in (*known.names.values(), *known.aliases.values()) for name in sorted(names)}
    near = [spelled[key] for key in get_close_matches(fold(wanted), sorted(spelled), n=5, cutoff=0.6)]
    inside = [spelled[key] for key in sorted(spelled) if fold(wanted) and fold(wanted) in key]
    hints = list(dict.fromkeys([*inside, *near]))[:5]
    advice = f" Did you mean: {', '.join(hints)}?" if hints else " `nodes.csv` lists all names."
    return f"No entity is called {wanted!r} in these reports.{advice}"
