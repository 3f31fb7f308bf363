"""Which names may be marked wherever they stand: the gazetteer's share of the knowledge base."""

from collections import Counter
from collections.abc import Iterable

from polnlp.kb.names import fold_name, is_acronym
from polnlp.kb.records import AliasKind
from polnlp.training.kb.drafts import CURATED, Draft

_CITY_ALONE = 200_000  # persons, from which on a city of one word may be marked
_CITY = 50_000
_FAMOUS = 1_500_000
_PARTY_KNOWN = 0.4  # prior from which on a party's acronym may be marked
# Acronyms of other things that every paper uses.
_COMMON = frozenset(
    {"gdp", "gnp", "ceo", "cfo", "hiv", "aids", "tv", "dna", "pm", "mp", "mps", "ngo", "ngos", "usd", "gmt"}
)
_KINDS = ("name", "alias", "acronym")


class NameSafety:
    """Judge names by the ordinary words of English, and by the given names and surnames that the entries bear."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        text = (CURATED / "ordinary.txt").read_text(encoding="utf-8")
        self._ordinary = frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
        self._personal: Counter[str] = Counter()
        for draft in drafts:
            if draft.label == "LEADER":
                words = fold_name(draft.name).split()
                self._personal.update({words[0], words[-1]})

    def is_safe(self, draft: Draft, text: str, kind: AliasKind) -> bool:
        """Tell whether a name of an entry may be marked in a text without looking at what stands around it."""
        if kind not in _KINDS or not text[:1].isupper():
            return False
        key = fold_name(text)
        if kind == "acronym" or is_acronym(text):
            return self._is_safe_acronym(draft, text, key)
        if " " in key:
            return self._is_safe_phrase(draft, text)
        return self._is_safe_word(draft, key)

    def _is_safe_acronym(self, draft: Draft, text: str, key: str) -> bool:
        curated = "polnlp" in draft.sources
        if not is_acronym(text):  # "Mercosur", "AfD"
            return curated and key not in self._ordinary
        if len(key) == 2:
            return draft.label in ("COUNTRY", "ORG") and curated and key in ("us", "uk", "eu", "un", "nz", "au")
        if key in _COMMON or (draft.label == "PARTY" and draft.prior < _PARTY_KNOWN):
            return False
        return key not in self._ordinary or (curated and key not in ("who", "is", "it", "act", "can", "may"))

    def _is_safe_phrase(self, draft: Draft, text: str) -> bool:
        words = fold_name(text).split()
        if sum(word[:1].isupper() for word in text.split()) < 2 or (
            all(word in self._ordinary for word in words) and len(words) < 3
        ):
            return "polnlp" in draft.sources and sum(word[:1].isupper() for word in text.split()) > 1
        if draft.label == "LEADER":
            return draft.prior >= 0.3 and len(words[-1]) > 1
        if draft.kind in ("city", "admin2"):
            personal = self._personal[words[0]] > 2 and self._personal[words[-1]] > 0
            return (draft.population or 0) >= _CITY and (not personal or (draft.population or 0) >= _FAMOUS)
        return True

    def _is_safe_word(self, draft: Draft, key: str) -> bool:
        if draft.label == "COUNTRY":
            return len(key) > 3
        if key in self._ordinary or len(key) < 4:
            return False
        if draft.kind in ("city", "admin1", "admin2"):
            population = draft.population or 0
            if draft.kind == "admin2" or (draft.kind == "city" and population < _CITY_ALONE):
                return False
            return self._personal[key] < 3 or population >= _FAMOUS or "polnlp" in draft.sources
        return "polnlp" in draft.sources and self._personal[key] < 4
