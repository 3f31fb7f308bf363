"""Who thinks what of whom within one sentence: praise and blame, by verb or by noun."""

from typing import NamedTuple

from polnlp.classify.quotes.clauses import clause_end, clause_start, matches
from polnlp.classify.quotes.phrases import (
    PREPOSITIONS,
    SAYS_AGAIN,
    Subject,
    find_object,
    find_owner,
    find_subject,
    is_means,
)
from polnlp.classify.quotes.tokens import MARK, NAME, QUOTE, Sentence
from polnlp.classify.words import ATTITUDE_AGAINST, ATTITUDE_FAVOR, JUDGING, inflect, word_set

# "his contempt for Y", "X's verdict on Y": nouns of which it is clear what is felt or judged.
_FEELINGS = word_set(
    "contempt hatred admiration disdain dislike scorn loathing fondness affection distrust mistrust suspicion "
    "criticism condemnation praise hostility respect verdict"
)
_FELT_FOR = word_set("for of on toward towards against")
_HOLD = word_set("hold holds held")
_SEE = word_set("see sees saw")
# Words that judge, but are nouns as often.
_ALSO_NOUNS = word_set("brand call judge label term view brands calls judges labels terms views")
# "X tore into Y", "X stands by Y": verbs that praise or blame with a preposition.
_ATTACKS = (
    ("tore", "into"),
    ("tears", "into"),
    ("took", "aim", "at"),
    ("takes", "aim", "at"),
    ("hit", "out", "at"),
    ("hits", "out", "at"),
    ("hitting", "out", "at"),
    *(
        (form, *rest)
        for verb, *rest in (
            ("lash", "out", "at"),
            ("round", "on"),
            ("rail", "against"),
            ("side", "with"),
            ("complain", "about"),
            ("complain", "of"),
        )
        for form in inflect(verb)
    ),
    *((form, "by") for form in ("stand", "stands", "stood")),
)
_ATTACK_VERBS = frozenset(phrase[0] for phrase in _ATTACKS)
_ATTITUDES = ATTITUDE_AGAINST | ATTITUDE_FAVOR | JUDGING
_BEFORE_NOUNS = word_set("a an the this that these those his her its their no 's any such")
# What a reader of this module looks at.
ATTITUDE_WORDS = _ATTITUDES | _FEELINGS | _HOLD | _SEE | _ATTACK_VERBS


class Attribution(NamedTuple):
    """Words of a sentence laid in someone's mouth: token ranges."""

    subject: Subject
    cue_start: int
    cue_end: int
    regions: tuple[tuple[int, int], ...]
    rule: str


def read_feeling(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X's contempt for Y", "X has never hidden his contempt for Y": the attitude to Y is X's."""
    if sentence[index].lower not in _FEELINGS or index + 1 >= len(sentence):
        return None
    owner = find_owner(sentence, index) if sentence[index + 1].lower in _FELT_FOR else None
    if owner is None:
        return None
    return Attribution(owner, index, index + 1, ((index + 2, clause_end(sentence, index + 2)),), "attitude")


def read_attitude(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X denounced Y" and "Y was denounced by X": the attitude to Y is X's."""
    token = sentence[index]
    if token.lower not in _ATTITUDES or is_noun(sentence, index) or index + 1 >= len(sentence):
        return None
    following = sentence[index + 1]
    if token.lower in JUDGING and (following.kind == MARK or following.lower in PREPOSITIONS | {"off", "up"}):
        return None
    by = next((at for at in range(index + 1, min(index + 4, len(sentence))) if sentence[at].lower == "by"), None)
    if by is not None and token.lower.endswith("ed"):
        return _read_passive(sentence, index, by)
    subject = find_subject(sentence, index)
    named = token.lower in JUDGING and not _is_judged(sentence, index)
    if subject is None or (subject.kind == "group" and (named or token.lower.endswith("ing"))):
        return None
    return Attribution(subject, index, index + 1, ((index + 1, clause_end(sentence, index + 1)),), "attitude")


def read_attack(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X lashed out at Y", "X holds Y responsible", "X sees Y as Z": the attitude to Y is X's."""
    lower = sentence[index].lower
    if lower not in _HOLD and lower not in _SEE and lower not in _ATTACK_VERBS:
        return None
    end = clause_end(sentence, index)
    near = [token.lower for token in sentence[index + 1 : min(end, index + 9)]]
    if lower in _HOLD:
        told = any(word in near for word in ("responsible", "accountable"))
    elif lower in _SEE:
        told = "as" in near[1:] and not {"soon", "well", "far"} & {*near[near.index("as") :]}
    else:
        told = any(matches(sentence, index, phrase) for phrase in _ATTACKS) and near[1:2] != [
            "and"
        ]  # "stand by and watch"
    subject = find_subject(sentence, index) if told else None
    return subject and Attribution(subject, index, index + 1, ((index + 1, end),), "attitude")


def _read_passive(sentence: Sentence, verb: int, by: int) -> Attribution | None:
    """Read "Y was denounced by X (for Z)"."""
    subject = find_object(sentence, by + 1)
    if subject is None or (subject.kind == "group" and sentence[verb].lower in JUDGING):
        return None
    regions = ((clause_start(sentence, verb), verb), (subject.end, clause_end(sentence, subject.end)))
    return Attribution(subject, verb, verb + 1, regions, "attitude")


def _is_judged(sentence: Sentence, verb: int) -> bool:
    """Tell "called the law a wound", "described Y as Z" from "a movement called Y", "a phone call"."""
    if sentence[verb].lower in _ALSO_NOUNS:
        return False
    end = clause_end(sentence, verb)
    opens = verb + 1 < end and (sentence[verb + 1].kind == NAME or sentence[verb + 1].lower in _BEFORE_NOUNS)
    rest = sentence[verb + 2 : min(end, verb + 8)]
    return opens and any(token.kind == QUOTE or token.lower in ("a", "an", "as") for token in rest)


def is_noun(sentence: Sentence, index: int) -> bool:
    """Tell whether a form of a verb is used as a noun or infinitive ("his claims", "to say", "a call")."""
    before = sentence[index - 1].lower if index else ""
    if before in _BEFORE_NOUNS:
        return before != "that" or not sentence[index].lower.endswith("ed")
    if before == "to":
        means = is_means(sentence, index - 1) and sentence[index].lower not in JUDGING  # "used the word to describe Y"
        return index < 2 or not (means or sentence[index - 2].lower in SAYS_AGAIN)
    return before in ("of", "for", "with", "without", "by", "from", "in") and index != 1
