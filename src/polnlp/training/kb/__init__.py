"""How the knowledge base in ``models/kb`` is made: source tables in, one SQLite file and its notices out."""

from pathlib import Path

from polnlp.kb.names import fold_name
from polnlp.training.kb.compiling import write_database
from polnlp.training.kb.institutions import build_institutions, build_state_parties
from polnlp.training.kb.notices import write_notices
from polnlp.training.kb.organisations import build_organisations
from polnlp.training.kb.parties import build_parties
from polnlp.training.kb.people import build_people
from polnlp.training.kb.places import build_demonyms, build_places, group_adjectives

__all__ = ["build_kb"]


def build_kb(source: Path, output: Path) -> None:
    """Compile the knowledge base; the same tables give the same bytes.

    Args:
        source: Folder with ``regions.tsv.gz``, ``parties.tsv``, ``leaders.tsv.gz``, ``organisations.tsv`` and
            ``demonyms.tsv``.
        output: Folder to write ``kb.sqlite``, ``CARD.md`` and ``LICENSES.md`` to; made where missing.

    Raises:
        CorpusError: If a table is missing or malformed.
    """
    places = build_places(source)
    demonyms = build_demonyms(source)
    countries = {draft.country: draft for draft in places if draft.label == "COUNTRY" and draft.country}
    parties, party_ids = build_parties(source, countries, demonyms)
    bodies = build_organisations(source)
    taken = {(draft.country or "", fold_name(text)) for draft in [*bodies, *parties] for text in draft.aliases}
    made = build_institutions(countries.values(), group_adjectives(demonyms), taken) + build_state_parties(
        places, taken
    )
    drafts = [*places, *parties, *build_people(source, party_ids), *bodies, *made]
    output.mkdir(parents=True, exist_ok=True)
    write_database(drafts, demonyms, output / "kb.sqlite")
    write_notices(drafts, output)
