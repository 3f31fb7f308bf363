"""What one mention of an article says about another: the same name is the same kind of thing, seldom named once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import ahocorasick
import msgspec

from polnlp.schema import LABELS, PEOPLE, PLACES, Label, Mention

# Labels that only knowledge of the world tells apart; between these the article's other mentions decide.
RIVALS: tuple[frozenset[Label], ...] = (
    PEOPLE,
    frozenset({"PARTY", "ORG"}),
    PLACES,
)
SURE = 0.8  # a mention of this score speaks for others
DOUBTFUL = 0.6  # below this a single word may be a known person's surname, whatever it was taken for
BORROWED = 0.85  # what a found-again name keeps of the score that spoke for it
_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_ALL: frozenset[Label] = frozenset(LABELS)
_LONGEST_WORD = 40  # characters looked at before a name
# Words that have a capital only because they open a sentence.
_OPENERS = re.compile(
    "A|After|Although|An|And|As|At|Because|Before|Both|But|By|During|Even|For|From|If|In|Later|Like|Meanwhile|Now|Of|On|Once"
    "|Our|Since|So|Still|That|The|Then|These|This|Those|Though|Through|To|Under|Unlike|Until|What|When|Where|Which|While|With"
    "|Without|Yet"
)


def agree_on_labels(mentions: Sequence[Mention]) -> list[Mention]:
    """Give rival labels of one name to the one with the higher scores; a surname counts with its full name.

    An acronym means one thing in an article, so all of its labels are rivals. A single word of low score that is
    taken for something else ("For Correa the risk is small": a place) is the person whose surname it is, if the
    article has one in full and the word nowhere surely means another thing.
    """
    mentions = _name_persons(mentions)
    votes: dict[tuple[str, frozenset[Label]], dict[Label, float]] = defaultdict(lambda: defaultdict(float))
    for mention in mentions:
        if rivals := _rivals_of(mention):
            votes[_key_of(mention), rivals][mention.label] += mention.score
    return _follow_the_sure([_follow(mention, votes) for mention in mentions])


def _name_persons(mentions: Sequence[Mention]) -> Sequence[Mention]:
    forms = collect_forms(mentions)
    surnames = {
        form: sure.label for form, sure in forms.items() if sure.label in PEOPLE and sure.text.endswith(f" {form}")
    }
    return [
        msgspec.structs.replace(mention, label=surnames[mention.text])
        if mention.score < DOUBTFUL and mention.text in surnames
        else mention
        for mention in mentions
    ]


def _rivals_of(mention: Mention) -> frozenset[Label] | None:
    if _ACRONYM.fullmatch(mention.text):
        return _ALL
    return next((rivals for rivals in RIVALS if mention.label in rivals), None)


def _key_of(mention: Mention) -> str:
    """Give what mentions of one thing share: a person's last word, anything else's whole name."""
    return mention.text.split()[-1] if mention.label in PEOPLE else " ".join(mention.text.split())


def _follow(mention: Mention, votes: Mapping[tuple[str, frozenset[Label]], Mapping[Label, float]]) -> Mention:
    rivals = _rivals_of(mention)
    if rivals is None:
        return mention
    of_name = votes[_key_of(mention), rivals]
    best = min(of_name, key=lambda label: (-round(of_name[label], 6), label))
    return mention if best == mention.label else msgspec.structs.replace(mention, label=best)


def _follow_the_sure(mentions: Sequence[Mention]) -> list[Mention]:
    """Give a doubtful name the label that the same name surely has elsewhere; persons apart, who may be namesakes."""
    sure: dict[str, Mention] = {}
    for mention in mentions:
        if mention.score >= SURE and mention.score > getattr(sure.get(mention.text), "score", 0.0):
            sure[mention.text] = mention
    return [
        msgspec.structs.replace(mention, label=sure[mention.text].label)
        if mention.score < SURE and mention.text in sure and not {mention.label, sure[mention.text].label} & PEOPLE
        else mention
        for mention in mentions
    ]


def find_again(parts: Iterable[tuple[int, int, str]], mentions: Sequence[Mention]) -> list[Mention]:
    """Find names that were missed at one place and are sure at another, whole words only; overlaps are not looked at.

    Args:
        parts: Paragraphs: index, offset in the article, text.
        mentions: What was found in them so far.

    Returns:
        New mentions, among them such as lie within or across those given.
    """
    parts = list(parts)
    forms = collect_forms(mentions)
    common = {word for _, _, text in parts for word in _WORD.findall(text) if word.islower()}
    forms = {form: sure for form, sure in forms.items() if form.lower() not in common}
    if not forms:
        return []
    automaton = ahocorasick.Automaton()
    for form in sorted(forms):
        automaton.add_word(form, form)
    automaton.make_automaton()
    found = []
    for index, offset, text in parts:
        for last, form in automaton.iter(text):
            start, end = last + 1 - len(form), last + 1
            if stands_alone(text, start, end, forms[form].label):
                found.append(_mention(text, start, end, index, offset, forms[form]))
    return found


def _mention(text: str, start: int, end: int, index: int, offset: int, sure: Mention) -> Mention:
    return Mention(
        start=start + offset,
        end=end + offset,
        text=text[start:end],
        label=sure.label,
        score=round(sure.score * BORROWED, 4),
        paragraph=index,
        source="article",
    )


def collect_forms(mentions: Iterable[Mention], *, least: float = SURE) -> dict[str, Mention]:
    """Give the names worth looking for, with the mention that speaks best for each; a person's surname is one.

    Args:
        least: Score from which on a mention speaks.
    """
    forms: dict[str, Mention] = {}
    for mention in mentions:
        if mention.score < least or mention.label == "MISC" or not mention.text[:1].isupper():
            continue
        words = mention.text.split()
        surnames = [words[-1]] if mention.label in PEOPLE and len(words) > 1 else []
        for form in (mention.text, *surnames):
            held = forms.get(form)
            if len(form) > 2 and form[:1].isupper() and (held is None or held.score < mention.score):
                forms[form] = mention
    return forms


def stands_alone(text: str, start: int, end: int, label: Label) -> bool:
    """Tell whether a form is whole words there, and no part of a longer name that begins or goes on with a capital."""
    if text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum():
        return False
    if text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isupper():
        return False
    if label in PEOPLE or text[max(0, start - 1) : start] not in (" ", "-"):
        return True  # before a person an office title may stand with a capital
    before = text[max(0, start - 1 - _LONGEST_WORD) : start - 1].split(" ")[-1]
    return not before[:1].isupper() or _OPENERS.fullmatch(before) is not None
