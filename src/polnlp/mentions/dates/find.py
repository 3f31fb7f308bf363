"""Find: tokens → candidate expressions, by a cascade of rules over the tokens' symbols.

A rule is one line of the language's file: a pattern of words and ``{categories}``, and the name of the normaliser that
makes a value of what it caught. The stages run in order; what a rule matched becomes one item of the category that the
rule ``gives``, and later stages build on it: "late" + "September 2008" + ..., "three days" + "ago".

A pattern is read like this: ``word`` or ``in/of`` (one of these words), ``{month}`` (a word of this category; its
value is handed on), ``{day:first}`` (under another name), ``[ ... ]`` (may be missing), ``( a | b )`` (one of them),
``<macro>`` (as defined in the file), ``@in/of`` and ``~in/of`` (preceded, not preceded by one of these), ``&or`` and
``!or`` (followed, not followed by); after ``@ ~ & !`` a ``{category}`` may stand, too. Nothing repeats without end, so
that every pattern has a bounded length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from polnlp.errors import ConfigError
from polnlp.mentions.dates.lexicon import Lexicon, load_lexicon
from polnlp.mentions.dates.normalise import NORMALISERS, Normaliser
from polnlp.mentions.dates.tokens import Item, find_islands

_PHRASE = 60  # characters; a longer text is a sentence
_OPEN = {"[": "(?:", "]": ")?", "(": "(?:", "|": "|", ")": ")"}
_AROUND = {"@": "(?<={})", "~": "(?<!{})", "&": "(?={})", "!": "(?!{})"}
_ELEMENT = re.compile(r"([@~&!]?)(?:\{(\w+)(?::(\w+))?\}|<(\w+)>|(\S+))")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule: ``labels`` hold category and name of each group, ``gives`` the categories of what it makes."""

    name: str
    pattern: re.Pattern[str]
    labels: tuple[tuple[str, str], ...]
    normalise: Normaliser
    gives: frozenset[str]
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """Rules that are tried together; ``start`` matches wherever one of them can."""

    name: str
    rules: tuple[Rule, ...]
    start: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's lexicon and the stages of its cascade for one guideline."""

    lexicon: Lexicon
    stages: tuple[Stage, ...]
    emitted: frozenset[str]
    guideline: str


@lru_cache(maxsize=8)
def load_grammar(language: str, guideline: str, *, phrase: bool = False) -> Grammar:
    """Compile a language's rules for one guideline; the result is shared.

    Args:
        phrase: Add the rules for a text that is nothing but a date (a table's cell, an entry of a calendar), where
            "26.9." or "12 Nov 1115" can be nothing else.

    Raises:
        ConfigError: If the language has no file, or a rule of it cannot be read.
    """
    lexicon = load_lexicon(language)
    rules = [
        rule
        for rule in lexicon.tables["rules"]
        if rule.get("guideline", guideline) == guideline and (phrase or not rule.get("phrase"))
    ]
    given = frozenset(frozenset(rule["gives"].split()) for rule in rules)
    for categories in sorted(given, key=sorted):
        lexicon.symbol_for(categories)
    stages = []
    for name in lexicon.tables["stages"]:
        compiled = tuple(
            compile_rule(rule, pattern, lexicon)
            for rule in rules
            if rule["stage"] == name
            for pattern in rule["patterns"]
        )
        if compiled:
            stages.append(
                Stage(name, compiled, re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in compiled)))
            )
    return Grammar(lexicon, tuple(stages), frozenset(lexicon.tables["emitted"]), guideline)


def compile_rule(rule: dict[str, Any], pattern: str, lexicon: Lexicon) -> Rule:
    """Turn one pattern of a rule into a regular expression over symbols."""
    labels: list[tuple[str, str]] = []
    try:
        source = _translate(pattern, lexicon, labels)
        normalise = NORMALISERS[rule["make"]]
        options = {key: value for key, value in rule.items() if key not in ("patterns", "make", "stage", "gives")}
        return Rule(
            rule["name"], re.compile(source), tuple(labels), normalise, frozenset(rule["gives"].split()), options
        )
    except (KeyError, re.error) as error:
        raise ConfigError(f"dates: rule {rule.get('name')!r}: cannot read {pattern!r}: {error}.") from error


def _translate(pattern: str, lexicon: Lexicon, labels: list[tuple[str, str]], depth: int = 0) -> str:
    parts = []
    for around, category, label, macro, word in _ELEMENT.findall(pattern):
        wanted = {category} if category else {"=" + one for one in (word.split("/") if len(word) > 1 else [word])}
        if around:
            parts.append(_AROUND[around].format(_symbols_of(wanted, lexicon)))
        elif category:
            labels.append((category, label or category))
            parts.append("(" + _symbols_of(wanted, lexicon) + ")")
        elif macro:
            if depth > 8:
                raise KeyError(f"macro <{macro}> is defined by itself")
            parts.append("(?:" + _translate(lexicon.tables["macros"][macro], lexicon, labels, depth + 1) + ")")
        else:
            parts.append(_OPEN[word] if word in _OPEN else _symbols_of(wanted, lexicon))
    return "".join(parts)


def _symbols_of(wanted: set[str], lexicon: Lexicon) -> str:
    symbols = sorted(symbol for categories, symbol in lexicon.symbols.items() if categories & wanted)
    if not symbols:
        raise KeyError(f"no word is in {', '.join(sorted(wanted))}")
    return "[" + "".join(symbols) + "]"


def find_expressions(text: str, grammar: Grammar) -> list[Item]:
    """Find the candidate expressions of a text, in order; they do not overlap.

    Returns:
        Items that hold a value (see ``values.py``) under one of the grammar's ``emitted`` categories.
    """
    found = []
    for island in find_islands(text, grammar.lexicon):
        for stage in grammar.stages:
            if stage.start.search("".join([item.symbol for item in island])):
                island = _run_stage(stage, island, grammar.lexicon)
        found += [item for item in island if item.rule and not grammar.emitted.isdisjoint(item.values)]
    return found


def _run_stage(stage: Stage, items: list[Item], lexicon: Lexicon) -> list[Item]:
    symbols = "".join([item.symbol for item in items])
    done: list[Item] = []
    position = 0
    while position < len(items):
        match = stage.start.search(symbols, position)
        if match is None:
            break
        done += items[position : match.start()]
        position = match.start()
        longest = _longest_match(stage.rules, symbols, position, items, lexicon)
        done.append(longest[0] if longest else items[position])
        position = longest[1] if longest else position + 1
    return done + items[position:]


def _longest_match(
    rules: Sequence[Rule], symbols: str, position: int, items: list[Item], lexicon: Lexicon
) -> tuple[Item, int] | None:
    """Apply the rule that takes the most items; of two that take the same, the one that stands first."""
    matches = [(match.end(), rule, match) for rule in rules if (match := rule.pattern.match(symbols, position))]
    matches.sort(key=lambda candidate: -candidate[0])
    for end, rule, match in matches:
        item = _apply(rule, match, items, lexicon)
        if item is not None:
            return item, end
    return None


def _apply(rule: Rule, match: re.Match[str], items: list[Item], lexicon: Lexicon) -> Item | None:
    caught: dict[str, Any] = {}
    first, trim = match.start(), rule.options.get("trim")
    for group, (category, label) in enumerate(rule.labels, start=1):
        index = match.start(group)
        if index >= 0 and label not in caught:
            caught[label] = items[index].values[category]
            if trim == label or (trim == "*" and len(caught) == 1):
                first = index
    value = rule.normalise(caught, rule.options, lexicon.tables)
    if value is None:
        return None
    start, end, check = items[first].start, items[match.end() - 1].end, rule.options.get("check", "")
    return Item(start, end, lexicon.symbols[rule.gives], dict.fromkeys(rule.gives, value), rule.name, check)


def is_phrase(text: str, grammar: Grammar) -> bool:
    """Tell whether a short text is made of date words alone."""
    stripped = text.strip(" .\t")
    if not 1 < len(stripped) <= _PHRASE or "\n" in stripped:
        return False
    islands = list(find_islands(stripped, grammar.lexicon))
    return len(islands) == 1 and islands[0][0].start == 0 and islands[0][-1].end == len(stripped)


__all__ = ["Grammar", "Item", "find_expressions", "is_phrase", "load_grammar"]
