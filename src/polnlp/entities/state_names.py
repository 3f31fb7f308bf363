"""Names of states in time: "Zaire" was the DR Congo's from 1971 to 1997."""

from collections.abc import Sequence

from polnlp.entities.forms import Form
from polnlp.kb import Entry
from polnlp.kb.names import fold_name

Years = tuple[tuple[int | None, int | None], ...]


def find_years(entry: Entry, forms: Sequence[Form]) -> Years:
    """Give the years in which a state officially bore one of some names; empty where that is not known of them all."""
    known = {fold_name(name): years for name, years in entry.years.items()}
    if not forms or any(form.key not in known for form in forms):
        return ()
    return tuple(sorted((span for form in forms for span in known[form.key]), key=lambda span: span[0] or 0))


def is_official(years: Years, year: int) -> bool:
    """Tell whether a year is among those of a name; the years of change count for both names."""
    return any((since is None or since <= year) and (until is None or year <= until) for since, until in years)


def tell_years(years: Years) -> str:
    """Say from when to when: "official 1971-1997", "official until 1939, 1945-1949", "official since 2018"."""
    said = []
    for since, until in dict.fromkeys(years):
        if since is None:
            said.append(f"until {until}")
        else:
            said.append(f"since {since}" if until is None else f"{since}-{until}")
    return f"official {', '.join(said)}"
