"""What surrounds a target, as named features: the words to its left and right, its clause, praise and blame.

The target itself is masked, and so are other names: not who is named decides, but what is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from polnlp.classify.words import (
    ATTITUDE_AGAINST,
    ATTITUDE_FAVOR,
    CONTRASTS,
    HEDGES,
    MODALS,
    NEGATIONS,
    NEGATIVE,
    POSITIVE,
    SPEECH,
    word_set,
)

# Block → the length that its part of a row is scaled to; chosen on the dev parts.
STANCE_BLOCKS: Mapping[str, float] = {"words": 1.0, "sides": 1.0, "frame": 0.5, "tone": 0.3}
STANCE_COUNTS = ("tone",)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_CLAUSE_ENDS = frozenset(",;:()—–-") | CONTRASTS | word_set("and or that which who because as if when")
_KINDS = (("modal", MODALS), ("hedge", HEDGES), ("negation", NEGATIONS), ("contrast", CONTRASTS))
_OPENING, _CLOSING = frozenset("“«‘"), frozenset("”»")
_BE = word_set("is are was were be been being am 's 're get gets got")
_PRONOUNS = word_set("he she they it him her them his hers their its i we you me us my our your who himself herself")
_NEAR, _WIDE, _FAR = 3, 8, 60  # tokens; chosen on the dev parts


class Token:
    """A word or mark as it stands in the text, whatever the target.

    Attributes:
        lower: In small letters; ``NAME`` for a name.
        polarity: +1 for praise, -1 for blame, turned round after a negation.
        kinds: What else colours a statement: ``modal``, ``hedge``, ``negation``, ``contrast``.
    """

    __slots__ = ("border", "end", "kinds", "lower", "polarity", "quoted", "start", "word")

    def __init__(self, word: str, start: int, end: int) -> None:
        self.word = word
        self.lower = word.lower()
        self.start = start
        self.end = end
        self.polarity = 0
        self.quoted = False
        self.border = self.lower in _CLAUSE_ENDS
        self.kinds = tuple(kind for kind, words in _KINDS if self.lower in words)


class Placed(NamedTuple):
    """A token seen from the target: parallel to ``Token`` where the target is not read."""

    token: Token
    lower: str
    distance: int
    side: str
    same_clause: bool


def describe_target(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, dict[str, float]]:
    """Give the features of a target: block → feature name → value.

    Args:
        text: A paragraph or sentence.
        spans: Offsets of all mentions of the target in ``text``; at least one.
    """
    tokens = place_tokens(read_tokens(text), spans)
    places = [index for index, placed in enumerate(tokens) if placed.lower == "TARGET"]
    return {
        "words": weigh_words(tokens),
        "sides": weigh_sides(tokens),
        "frame": describe_frame(tokens, places, text, spans),
        "tone": describe_tone(tokens),
    }


@lru_cache(maxsize=16)
def read_tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens, once for all targets in it: names are masked, quotations and polarity marked."""
    tokens = [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    mark_polarity(tokens)
    mark_quotes(tokens)
    if not is_title_case(tokens):
        names = [index for index in range(len(tokens)) if is_name(tokens, index)]
        for index in names:
            tokens[index].lower = "NAME"
    return tuple(tokens)


def place_tokens(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[Placed]:
    """See the tokens from the target: it becomes one token ``TARGET``, a run of other names one ``NAME``."""
    mentions = sorted(spans)
    kept: list[tuple[Token, str]] = []
    at, before = 0, ""
    for token in tokens:
        while at < len(mentions) and mentions[at][1] <= token.start:
            at += 1
        inside = at < len(mentions) and mentions[at][0] < token.end
        lower = "TARGET" if inside else token.lower
        if lower != before or lower not in ("TARGET", "NAME"):
            kept.append((token, lower))
        before = lower
    places = [index for index, (_, lower) in enumerate(kept) if lower == "TARGET"]
    return list(_measure(kept, places))


def _measure(tokens: Sequence[tuple[Token, str]], places: Sequence[int]) -> Iterator[Placed]:
    """Add each token's distance to the nearest mention, its side, and whether no clause border lies between.

    Tokens further than ``_FAR`` from every mention are left out: in a long paragraph they speak of other things.
    """
    clauses = list(accumulate(token.border for token, _ in tokens))
    nearest, following = (places[0] if places else 0), 1
    for index, (token, lower) in enumerate(tokens):
        while following < len(places) and places[following] - index < abs(index - nearest):
            nearest, following = places[following], following + 1
        distance = abs(index - nearest)
        if distance <= _FAR:
            same = clauses[index] == clauses[nearest]
            yield Placed(token, lower, distance, "L" if index < nearest else "R", same)


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Tell whether most longer words are capitalised, as in headlines, so that capitals tell nothing."""
    words = [token.word for token in tokens if len(token.word) > 3 and token.word.isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def is_name(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token looks like (part of) a name: a capital that no sentence start explains."""
    token = tokens[index]
    if not token.word[0].isupper() or token.lower in _PRONOUNS or token.lower in POSITIVE or token.lower in NEGATIVE:
        return False
    if index == 0 or tokens[index - 1].word in ".!?“\"'‘:":
        following = tokens[index + 1].word if index + 1 < len(tokens) else ""
        return following[:1].isupper() and following.lower() not in _PRONOUNS
    return True


def mark_quotes(tokens: Sequence[Token]) -> None:
    """Mark the tokens inside quotation marks; a mark that is never closed ends with the text."""
    inside = False
    for token in tokens:
        if token.word == '"':
            inside = not inside
        elif token.word in _OPENING:
            inside = True
        elif token.word in _CLOSING:
            inside = False
        token.quoted = inside


def mark_polarity(tokens: Sequence[Token]) -> None:
    """Give praise +1 and blame -1; a negation among the three words before turns it round."""
    negated = 0
    for token in tokens:
        is_negation = "negation" in token.kinds or token.lower.endswith(("n't", "n’t"))
        if is_negation:
            negated = 4
        elif "contrast" in token.kinds or token.lower in ".;:!?":
            negated = 0
        sign = (token.lower in POSITIVE) - (token.lower in NEGATIVE)
        token.polarity = -sign if negated and not is_negation else sign
        negated = max(0, negated - 1)


def weigh_words(tokens: Sequence[Placed]) -> dict[str, float]:
    """Weigh words and word pairs by nearness to the target."""
    found: dict[str, float] = {}
    before = ""
    for placed in tokens:
        nearness = 1.0 / (1.0 + placed.distance / 8.0)
        for name in (placed.lower, f"{before} {placed.lower}") if before else (placed.lower,):
            if found.get(name, 0.0) < nearness:
                found[name] = nearness
        before = placed.lower
    return found


def weigh_sides(tokens: Sequence[Placed]) -> dict[str, float]:
    """Weigh the words near the target apart for left and right, and those of its own clause."""
    found: dict[str, float] = defaultdict(float)
    for _, lower, distance, side, same_clause in tokens:
        if 0 < distance <= _WIDE:
            found[f"{side} {lower}"] += 1.0 / distance**0.5
        if same_clause and distance:
            found[f"C {lower}"] += 1.0
    return dict(found)


def describe_frame(
    tokens: Sequence[Placed], places: Sequence[int], text: str, spans: Sequence[tuple[int, int]]
) -> dict[str, float]:
    """Describe the target's own form and its direct neighbours: subject or object, active or passive, who speaks."""
    found: dict[str, float] = {}
    for place in places:
        left = [placed.lower for placed in tokens[max(0, place - 3) : place]][::-1] + ["<s>"] * 3
        right = [placed.lower for placed in tokens[place + 1 : place + 4]] + ["</s>"] * 3
        found[f"L1 {left[0]}"] = found[f"R1 {right[0]}"] = 1.0
        found[f"L2 {left[1]} {left[0]}"] = found[f"R2 {right[0]} {right[1]}"] = 1.0
        found[f"LR {left[0]} {right[0]}"] = 1.0
        found.update(dict.fromkeys(describe_role(left, right), 1.0))
        if tokens[place].token.quoted:
            found["quoted"] = 1.0
    for start, end in spans:
        form = text[start:end].lower()
        found[f"form {form if form in _PRONOUNS else 'name'}"] = 1.0
    found[f"mentions {min(len(places), 4)}"] = 1.0
    found[f"length {min(len(tokens).bit_length(), 8)}"] = 1.0
    return found


def describe_role(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Name the roles that a mention's neighbours (nearest first) suggest."""
    roles = []
    if any(word in SPEECH for word in right[:2]) or left[0] in SPEECH:
        roles.append("speaks")
    if left[0] in ("by", "against", "for", "with", "from", "to", "of", "like", "than"):
        roles.append(f"after {left[0]}")
    if right[0] in _BE and any(word.endswith(("ed", "en")) for word in right[1:3]):
        roles.append("passive subject")
    for name, verbs in (("favor", ATTITUDE_FAVOR), ("against", ATTITUDE_AGAINST)):
        roles += [f"object of {name}"] if any(word in verbs for word in left) else []
        roles += [f"subject of {name}"] if any(word in verbs for word in right) else []
    return roles


def describe_tone(tokens: Sequence[Placed]) -> dict[str, float]:
    """Count praise and blame by where they stand, and what else colours a statement."""
    found: dict[str, float] = defaultdict(float)
    toned = [placed for placed in tokens if placed.token.polarity and placed.distance]
    for placed in toned:
        name = "praise" if placed.token.polarity > 0 else "blame"
        found[name] += 1
        found[f"{name} {placed.side}"] += 1
        found[f"{name} {'in quote' if placed.token.quoted else 'outside'}"] += 1
        found[f"{name} clause {placed.side}"] += placed.same_clause
        found[f"{name} near {placed.side}"] += placed.distance <= _NEAR
    for placed in tokens:
        for kind in placed.token.kinds:
            found[f"{kind} {placed.side}{' clause' if placed.same_clause else ''}"] += 1
        if placed.lower in ("?", "!"):
            found[placed.lower] += 1
    if toned:
        nearest = min(toned, key=lambda placed: placed.distance)
        found[f"nearest {'praise' if nearest.token.polarity > 0 else 'blame'} {nearest.side}"] += 1
    balance = found["praise"] - found["blame"]
    found[f"balance {'praise' if balance > 0 else 'blame' if balance < 0 else 'even'}"] += 1
    return {name: min(value, 3.0) for name, value in found.items() if value}
