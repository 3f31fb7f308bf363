"""Variants of a training text: other names in place of the marked ones, other case, other words, less of it.

A small set names the same forty parties again and again. Swapping names teaches what surrounds a party's name rather
than the name, and shows the encoder names of all countries.
"""

import random
import re
from collections.abc import Mapping, Sequence

from polnlp.sentences import split_sentences
from polnlp.training.encoder.data import Example, Span, Target

_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "his", "her", "him", "them", "their", "we", "us", "our", "i", "you", "who")
)
_WORD = re.compile(r"\S+")
_FEWEST_WORDS = 6
_SWAPPED = {"PARTY": "party", "LEADER": "leader", "COUNTRY": "country"}


def swap_names(example: Example, pool: Mapping[str, Sequence[str]], rng: random.Random, share: float) -> Example:
    """Replace a share of the marked parties, leaders and countries, and of a stance's targets, by others of their kind.

    An acronym is replaced by an acronym, a single word by a single word (a surname by a surname); one surface form by
    one other throughout the text. The first layer of ``marked`` decides what a name is; the others must mark the same
    stretches or leave them unmarked. A teacher's judgments stay, its vectors do not.

    Args:
        example: Left as it is; a new one is returned.
        pool: Kind of name (``party``, ``party_acronym``, ``leader``, ``leader_surname``, ``country``) to names.
        rng: Source of chance.
        share: Of the names that can be swapped, in [0, 1].
    """
    targets = [span for target in example.targets for span in target.spans]
    stretches = {span: Span(*span, _guess(example.text[slice(*span)])) for span in targets}
    stretches |= {(span.start, span.end): span for marked in example.marked.values() for span in marked}
    pieces, moved, renamed, at = [], {}, dict[str, str](), 0
    for span in sorted(stretches.values()):
        if span.start < at:
            return example
        surface = example.text[span.start : span.end]
        kind = _kind(span.label, surface)
        if surface not in renamed:
            swapped = kind is not None and kind in pool and rng.random() < share
            renamed[surface] = rng.choice(pool[kind]) if swapped and kind else surface
        pieces += [example.text[at : span.start], renamed[surface]]
        end = sum(map(len, pieces))
        moved[span.start, span.end] = (end - len(renamed[surface]), end)
        at = span.end
    if all(surface == other for surface, other in renamed.items()):
        return example
    return example._replace(
        text="".join(pieces) + example.text[at:],
        marked={
            layer: [Span(*moved[span.start, span.end], span.label) for span in given]
            for layer, given in example.marked.items()
        },
        targets=tuple(t._replace(spans=tuple(moved[span] for span in t.spans), vector=None) for t in example.targets),
        vector=None,
    )


def _guess(surface: str) -> str:
    """Guess what the target of a stance is where no names are marked."""
    if surface.isupper() and len(surface) > 1:
        return "PARTY"
    return "LEADER" if surface[:1].isupper() and surface.lower() not in _PRONOUNS else "MISC"


def _kind(label: str, surface: str) -> str | None:
    if label == "PARTY" and surface.isupper():
        return "party_acronym"
    if label == "LEADER" and " " not in surface:
        return "leader_surname"
    if label == "PARTY" and " " not in surface:
        return None
    return _SWAPPED.get(label)


def change_case(example: Example, rng: random.Random, share: float) -> Example:
    """Write a share of the texts in small letters, and as many in capitals; offsets stay, or the text does."""
    drawn = rng.random()
    if drawn >= 2 * share:
        return example
    text = example.text.lower() if drawn < share else example.text.upper()
    return example._replace(text=text) if len(text) == len(example.text) else example


def disturb(example: Example, words: Sequence[str], rng: random.Random, share: float) -> Example:
    """Cut a text at its ends and put drawn words into it, for a teacher to judge: only the targets' places are kept.

    Args:
        example: With or without targets; a target that is cut off is dropped.
        words: To draw from.
        rng: Source of chance.
        share: Of the words outside of targets that are replaced, in [0, 1].

    References:
        Tang et al. (2019). Distilling task-specific knowledge from BERT into simple neural networks. arXiv 1903.12136.
    """
    found = [match.span() for match in _WORD.finditer(example.text)]
    kept = max(_FEWEST_WORDS, round(len(found) * rng.uniform(0.5, 1.0)))
    first = rng.randint(0, max(0, len(found) - kept))
    fixed = [span for target in example.targets for span in target.spans]
    pieces: list[str] = []
    moved: dict[tuple[int, int], tuple[int, int]] = {}
    at = found[first][0] if found else 0
    for start, end in found[first : first + kept]:
        held = [span for span in fixed if start < span[1] and span[0] < end]
        written = sum(map(len, pieces)) + start - at
        pieces.append(example.text[at:start])
        pieces.append(rng.choice(words) if words and not held and rng.random() < share else example.text[start:end])
        for span in held:
            begun = moved.get(span, (written + span[0] - start, 0))[0]
            moved[span] = (begun, written + span[1] - start)
        at = end
    text = "".join(pieces)
    targets = []
    for target in example.targets:
        spans = [moved[span] for span in target.spans if span in moved]
        whole = [(a, b) for a, b in spans if 0 <= a < b <= len(text)]
        if whole:
            targets.append(Target(tuple(whole), None))
    return Example(example.id, text, {}, {}, targets=tuple(targets), source=example.source)


def join_texts(examples: Sequence[Example]) -> Example:
    """Write texts one behind the other, for a teacher to judge; targets of one surface form become one."""
    text = ""
    forms: dict[str, list[tuple[int, int]]] = {}
    for example in examples:
        at = len(text) + bool(text)
        text = f"{text} {example.text}" if text else example.text
        for target in example.targets:
            surface = example.text[slice(*target.spans[0])]
            forms.setdefault(surface, []).extend((at + start, at + end) for start, end in target.spans)
    targets = tuple(Target(tuple(spans), None) for spans in forms.values())
    return Example(examples[0].id, text, {}, {}, targets=targets, source=examples[0].source)


def cut_sentences(example: Example) -> list[Example]:
    """Give a text's sentences with the targets that each names."""
    sentences = []
    for start, end in split_sentences(example.text):
        inside = [
            (target, tuple((a - start, b - start) for a, b in target.spans if start <= a and b <= end))
            for target in example.targets
        ]
        targets = tuple(target._replace(spans=spans) for target, spans in inside if spans)
        sentences.append(example._replace(text=example.text[start:end], marked={}, targets=targets))
    return sentences
