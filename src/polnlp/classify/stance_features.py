"""What surrounds a target, as named features: the words to its left and right, its clause, praise and blame.

The target itself is masked, and so are other names: not who is named decides, but what is said.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

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
_OPENING, _CLOSING = frozenset("“«‘"), frozenset("”»")
_BE = word_set("is are was were be been being am 's 're get gets got")
_PRONOUNS = word_set("he she they it him her them his hers their its i we you me us my our your who himself herself")
_SMALL = word_set("the a an of for and de la van von bin al del do da")
_NEAR, _WIDE = 3, 8  # tokens; chosen on the dev parts


class Token:
    """A word or mark with its place relative to the target."""

    __slots__ = ("distance", "end", "lower", "polarity", "quoted", "same_clause", "side", "start", "word")

    def __init__(self, word: str, start: int, end: int) -> None:
        self.word = word
        self.lower = word.lower()
        self.start = start
        self.end = end
        self.polarity = 0
        self.quoted = False
        self.distance = 0
        self.side = ""
        self.same_clause = False


def describe_target(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, dict[str, float]]:
    """Give the features of a target: block → feature name → value.

    Args:
        text: A paragraph or sentence.
        spans: Offsets of all mentions of the target in ``text``; at least one.
    """
    tokens = read_tokens(text, spans)
    mark_quotes(tokens)
    mark_polarity(tokens)
    places = [index for index, token in enumerate(tokens) if token.lower == "TARGET"]
    measure_distances(tokens, places)
    return {
        "words": weigh_words(tokens),
        "sides": weigh_sides(tokens),
        "frame": describe_frame(tokens, places, text, spans),
        "tone": describe_tone(tokens, places),
    }


def read_tokens(text: str, spans: Sequence[tuple[int, int]]) -> list[Token]:
    """Cut a text into tokens; the target is one token ``TARGET``, a run of other names is one ``NAME``."""
    raw = [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    starts = sorted(spans)
    first = [start for start, _ in starts]
    title_case = is_title_case(raw)
    tokens: list[Token] = []
    for index, token in enumerate(raw):
        at = bisect_right(first, token.start) - 1
        if at >= 0 and token.start < starts[at][1]:
            token.lower = "TARGET"
        elif not title_case and is_name(raw, index):
            token.lower = "NAME"
        if tokens and token.lower == tokens[-1].lower and token.lower in ("TARGET", "NAME"):
            tokens[-1].end = token.end
        else:
            tokens.append(token)
    return tokens


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
        if token.lower in NEGATIONS or token.lower.endswith(("n't", "n’t")):
            negated = 4
        elif token.lower in CONTRASTS or token.lower in ".;:!?":
            negated = 0
        sign = (token.lower in POSITIVE) - (token.lower in NEGATIVE)
        token.polarity = -sign if negated and token.lower not in NEGATIONS else sign
        negated = max(0, negated - 1)


def measure_distances(tokens: Sequence[Token], places: Sequence[int]) -> None:
    """Set each token's distance to the nearest mention, its side, and whether a clause border lies between."""
    borders, count = [], 0
    for token in tokens:
        count += token.lower in _CLAUSE_ENDS
        borders.append(count)
    for index, token in enumerate(tokens):
        nearest = min(places, key=lambda place: abs(place - index), default=index)
        token.distance = abs(nearest - index)
        token.side = "L" if index < nearest else "R"
        token.same_clause = borders[index] == borders[nearest]


def weigh_words(tokens: Sequence[Token]) -> dict[str, float]:
    """Weigh words and word pairs by nearness to the target."""
    found: dict[str, float] = defaultdict(float)
    before = ""
    for token in tokens:
        nearness = 1.0 / (1.0 + token.distance / 8.0)
        found[token.lower] = max(found[token.lower], nearness)
        if before:
            pair = f"{before} {token.lower}"
            found[pair] = max(found[pair], nearness)
        before = token.lower
    return dict(found)


def weigh_sides(tokens: Sequence[Token]) -> dict[str, float]:
    """Weigh the words near the target apart for left and right, and those of its own clause."""
    found: dict[str, float] = defaultdict(float)
    for token in tokens:
        if token.distance == 0:
            continue
        if token.distance <= _WIDE:
            found[f"{token.side} {token.lower}"] += 1.0 / token.distance**0.5
        if token.same_clause:
            found[f"C {token.lower}"] += 1.0
    return dict(found)


def describe_frame(
    tokens: Sequence[Token], places: Sequence[int], text: str, spans: Sequence[tuple[int, int]]
) -> dict[str, float]:
    """Describe the target's own form and its direct neighbours: subject or object, active or passive, who speaks."""
    found: dict[str, float] = {}
    for place in places:
        left = [token.lower for token in tokens[max(0, place - 3) : place]][::-1] + ["<s>"] * 3
        right = [token.lower for token in tokens[place + 1 : place + 4]] + ["</s>"] * 3
        found[f"L1 {left[0]}"] = found[f"R1 {right[0]}"] = 1.0
        found[f"L2 {left[1]} {left[0]}"] = found[f"R2 {right[0]} {right[1]}"] = 1.0
        found[f"LR {left[0]} {right[0]}"] = 1.0
        found.update(dict.fromkeys(describe_role(left, right), 1.0))
        if tokens[place].quoted:
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


def describe_tone(tokens: Sequence[Token], places: Sequence[int]) -> dict[str, float]:
    """Count praise and blame by where they stand, and what else colours a statement."""
    found: dict[str, float] = defaultdict(float)
    nearest: Token | None = None
    for token in tokens:
        if token.polarity:
            name = "praise" if token.polarity > 0 else "blame"
            found[f"{name} {'in quote' if token.quoted else 'outside'}"] += 1
            found[f"{name} {token.side}"] += 1
            found[f"{name} clause {token.side}"] += token.same_clause
            found[f"{name} near {token.side}"] += token.distance <= _NEAR
            found[name] += 1
            if nearest is None or token.distance < nearest.distance:
                nearest = token
        for kind, words in (("modal", MODALS), ("hedge", HEDGES), ("negation", NEGATIONS), ("contrast", CONTRASTS)):
            if token.lower in words:
                found[f"{kind} {token.side}{' clause' if token.same_clause else ''}"] += 1
        if token.lower in ("?", "!"):
            found[token.lower] += 1
    if nearest is not None:
        found[f"nearest {'praise' if nearest.polarity > 0 else 'blame'} {nearest.side}"] += 1
    balance = found["praise"] - found["blame"]
    found[f"balance {'praise' if balance > 0 else 'blame' if balance < 0 else 'even'}"] += 1
    return {name: min(value, 3.0) for name, value in found.items() if value}
