"""A language's words and rules, read from its TOML file (``en.toml``, ``es.toml``) and the holidays' file.

A word may belong to several categories ("may" is a month and a modal verb, "second" an ordinal and a unit). Words with
the same categories look the same to the grammar: they share one *symbol*, a single character, so that a rule is a
regular expression over a string of symbols.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from polnlp.errors import ConfigError
from polnlp.mentions.dates.digits import NUMBER_CATEGORIES, read_number

_FIRST_SYMBOL = 0x100  # below it are the characters that mean something in a regular expression
_FISCAL_YEAR = re.compile(r"FY(\d{4}|\d{2})")
_CACHE_LIMIT = 200_000  # surface forms kept per language; a text of random numbers must not fill the memory


@dataclass(slots=True)
class Lexicon:
    """The words of a language.

    Attributes:
        words: Lower-case word to its categories with their values; a category that ends in ``^`` needs a capital.
        symbols: Set of categories to its symbol.
        triggers: Symbols at least one of which is in every date expression.
        tables: The rest of the file: rules, macros, cues of tense, what is no date.
    """

    words: dict[str, dict[str, Any]]
    symbols: dict[frozenset[str], str]
    triggers: frozenset[str]
    tables: dict[str, Any]
    cache: dict[str, tuple[str, dict[str, Any]] | None] = field(default_factory=dict)

    def look_up(self, surface: str) -> tuple[str, dict[str, Any]] | None:
        """Give a token's symbol and its value per category; ``None`` for a word that no date holds."""
        try:
            return self.cache[surface]
        except KeyError:
            if len(self.cache) >= _CACHE_LIMIT:
                self.cache.clear()
            found = self.cache[surface] = self._classify(surface)
            return found

    def _classify(self, surface: str) -> tuple[str, dict[str, Any]] | None:
        values = dict(read_number(surface) or {}) if surface[0].isdigit() else self._read_word(surface)
        if not values:
            return None
        symbol = self.symbols.get(frozenset(values))
        return None if symbol is None else (symbol, values)

    def _read_word(self, surface: str) -> dict[str, Any]:
        fiscal_year = _FISCAL_YEAR.fullmatch(surface)
        if fiscal_year:
            return {"fyname": int(fiscal_year[1]) if len(fiscal_year[1]) == 4 else 2000 + int(fiscal_year[1])}
        return {
            category.rstrip("^"): value
            for category, value in self.words.get(normalise_word(surface), {}).items()
            if not category.endswith("^") or surface[0].isupper()
        }

    def symbol_for(self, categories: frozenset[str]) -> str:
        """Give the symbol of a set of categories, a new one if it was not met before."""
        return self.symbols.setdefault(categories, chr(_FIRST_SYMBOL + len(self.symbols)))


def normalise_word(surface: str) -> str:
    """Fold case, dots of abbreviations ("a.m.") and typographic apostrophes."""
    folded = surface.casefold().replace("’", "'")
    return folded.replace(".", "") if "." in folded and len(folded) > 1 else folded


def find_data(name: str) -> Path:
    """Give the path of a data file of this package.

    Raises:
        ConfigError: If there is none of that name.
    """
    path = Path(__file__).parent / name
    if not path.is_file():
        known = sorted(file.stem for file in path.parent.glob("??.toml"))
        raise ConfigError(f"dates: no language file {name!r}; there are {', '.join(known)}.")
    return path


def _gather_words(tables: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Turn category tables into word to categories; a name of two words is left to the rules."""
    words: dict[str, dict[str, Any]] = {}
    for category, table in tables["words"].items():
        for name, value in table.items():
            for word in name.split("|"):
                words.setdefault(word, {})[category] = value
    for literal in _literals_of(tables["rules"], tables.get("macros", {})):
        words.setdefault(literal, {})["=" + literal] = literal
    for literal in _literals_of([rule for rule in tables["rules"] if rule["stage"] == "holiday"], {}):
        if len(literal) > 3:
            words[literal]["holidayword"] = literal
    return words


def _literals_of(rules: list[dict[str, Any]], macros: dict[str, str]) -> set[str]:
    patterns = [pattern for rule in rules for pattern in rule["patterns"]]
    patterns += list(macros.values())
    elements = {element.lstrip("@~&!") or element for pattern in patterns for element in pattern.split()}
    plain = {element for element in elements if not re.match(r"[{<\[\]()|]", element)}
    return {word for element in plain for word in (element.split("/") if len(element) > 1 else [element])}


def _holiday_rules(holidays: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """Make a rule of each holiday's names, longer names first."""
    named = [
        (" ".join(re.findall(r"'s|[^\W_]+|[^\w\s]", name.lower().replace("’", "'"))), key)
        for key, entry in holidays.items()
        for name in entry.get(language, [])
    ]
    return [
        {
            "name": f"holiday {key}",
            "stage": "holiday",
            "patterns": [pattern],
            "make": "holiday",
            "gives": "date holiday",
            "key": key,
        }
        for pattern, key in sorted(named, key=lambda pair: (-len(pair[0]), pair))
    ]


@lru_cache(maxsize=8)
def load_lexicon(language: str) -> Lexicon:
    """Read a language's words and rules; the result is shared.

    Raises:
        ConfigError: If the language has no file.
    """
    import tomllib  # here, so that importing polnlp's dates costs little

    if not re.fullmatch(r"[a-z]{2,3}", str(language)):
        raise ConfigError(f"dates: {language!r} is not a language code such as 'en'.")
    tables = tomllib.loads(find_data(f"{language}.toml").read_text(encoding="utf-8"))
    tables["language"] = language
    tables["holidays"] = tomllib.loads(find_data("holidays.toml").read_text(encoding="utf-8"))
    tables["rules"] = _holiday_rules(tables["holidays"], language) + tables["rules"]
    for name in ("tense", "exclude"):
        tables[name] = {
            key: tuple(words) if key.endswith("_endings") else frozenset(words) for key, words in tables[name].items()
        }
    lexicon = Lexicon(_gather_words(tables), {}, frozenset(), tables)
    for categories in [*NUMBER_CATEGORIES, frozenset({"fyname"})]:
        lexicon.symbol_for(categories)
    for values in lexicon.words.values():
        lexicon.symbol_for(frozenset(category.rstrip("^") for category in values))
        lexicon.symbol_for(frozenset(category for category in values if not category.endswith("^")))
    triggers = set(tables["triggers"])
    lexicon.triggers = frozenset(symbol for cats, symbol in lexicon.symbols.items() if cats & triggers)
    return lexicon
