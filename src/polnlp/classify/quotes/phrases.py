"""Noun phrases of a sentence: who does what a verb says, and whom it is done to."""

from collections.abc import Sequence
from typing import NamedTuple

from polnlp.classify.quotes.names import TITLES
from polnlp.classify.quotes.tokens import NAME, QUOTE, WORD, Sentence, Token
from polnlp.classify.words import SPEECH, word_set

PRONOUNS = word_set("he she they it")
SELF = word_set("i we me us")
_AUXILIARIES = word_set(
    "has have had also later then further once again still did does do will would could may might must "
    "should can just even now today yesterday earlier himself herself themselves itself recently soon "
    "always never often repeatedly immediately once first both all simply only monday tuesday wednesday "
    "thursday friday saturday sunday long"
)
_VERBS_BEFORE = word_set("you has have had will would can could may might must should do does did don't didn't take")
BE = word_set("is are was were be been being am 's 're")
_DETERMINERS = word_set(
    "the a an this that these those some many most several his her its their our my another other no one "
    "two three few every each any all both"
)
PREPOSITIONS = word_set(
    "in on at of for from to with within by after before since during near under over against about into as"
)
STOPS = word_set(
    "and or but that which when while because if than whether although though so yet where as however "
    "meanwhile after before since until what how why"
)
_NOT_SPEAKERS = word_set(
    "not there here what this that these those which then so it's be been being is are was were to being "
    "i'm don't didn't doesn't won't wouldn't can't couldn't nor never what more less"
)
_SPOKESPEOPLE = word_set("spokesman spokeswoman spokesperson spokespeople spokesmen lawyer lawyers")
# "Afghan team member Alireza Mehraban": what stands between whose someone is and who it is.
_OFFICES = TITLES | _SPOKESPEOPLE | word_set("member official officer deputy envoy adviser advisor activist director")
_GOVERNMENTS = word_set(
    "government administration regime party army military parliament presidency leadership delegation "
    "embassy cabinet ministry team campaign office"
)
# "X likes to say": verbs after which an infinitive of saying is still what X says.
SAYS_AGAIN = word_set("likes liked loves loved used wants wanted prefers dared dares went continued came chose")
# "X used his speech to accuse Y": an infinitive of purpose after these tells what X says.
_MEANS = word_set("used uses using took takes taking seized devoted spent")
_OCCASIONS = word_set(
    "speech address interview floor platform rostrum podium stage pulpit opportunity occasion moment appearance "
    "letter column article essay statement message broadcast conference briefing visit rally debate sermon testimony "
    "twitter facebook minutes"
)
_RELATIVES = word_set("who whom whose")
FAR = 25  # tokens: how far a subject may stand from its verb, across an apposition


class Subject(NamedTuple):
    """Who speaks: a range of tokens in the sentence; ``kind`` is ``name``, ``pronoun``, ``self`` or ``group``."""

    start: int
    end: int
    kind: str


def find_subject(sentence: Sentence, verb: int) -> Subject | None:
    """Find who does what the verb at a token says, to its left; across an apposition where there is one."""
    at = _skip_auxiliaries(sentence, verb - 1)
    if at >= 1 and sentence[at].lower == "to" and sentence[at - 1].lower in SAYS_AGAIN:
        at = _skip_auxiliaries(sentence, at - 2)
    elif at >= 1 and is_means(sentence, at):
        return find_first_subject(sentence, at)
    if at < 0 or (sentence[at].lower in BE and not sentence[verb].lower.endswith("ing")):
        return None
    if sentence[at].lower in BE:
        at -= 1
    if at >= 0 and sentence[at].lower == "who":
        return _read_antecedent(sentence, at - 1)
    if at >= 0 and sentence[at].lower == "which":
        return _read_name_before(sentence, at)
    whose = next((place for place in range(at - 1, max(at - 4, -1), -1) if sentence[place].lower == "whose"), None)
    if whose is not None and all(token.kind == WORD for token in sentence[whose : at + 1]):
        return _read_name_before(sentence, whose)
    if at >= 0 and sentence[at].lower in ("and", "then"):
        return find_first_subject(sentence, at)
    if at >= 0 and sentence[at].text in (",", ")", "—", "–"):
        return _find_across(sentence, at, sentence[verb].lower.endswith("ing"))
    return read_noun_phrase(sentence, at)


def is_means(sentence: Sentence, to: int) -> bool:
    """Tell whether the infinitive after "to" is what something is used for ("took the floor to warn")."""
    if sentence[to].lower != "to":
        return False
    before = [token.text.lower() for token in sentence[max(0, to - 8) : to]]
    return any(word in _MEANS for word in before[:-1]) and any(word in _OCCASIONS for word in before)


def _skip_auxiliaries(sentence: Sentence, at: int) -> int:
    while (
        at >= 0
        and sentence[at].kind == WORD
        and (sentence[at].lower in _AUXILIARIES or sentence[at].lower.endswith("ly"))
    ):
        at -= 1
    return at


def _read_antecedent(sentence: Sentence, at: int) -> Subject | None:
    """Read what "who" stands for; "he who says" stands for no one."""
    if at >= 0 and sentence[at].text == ",":
        at -= 1
    subject = read_noun_phrase(sentence, at)
    return None if subject is None or subject.kind in ("pronoun", "self") else subject


def _read_name_before(sentence: Sentence, relative: int) -> Subject | None:
    """Read the name that "which" or "whose" stands for, if it stands right before."""
    at = relative - 2 if relative and sentence[relative - 1].text in (",", "—", "–") else relative - 1
    return Subject(at, at + 1, "name") if at >= 0 and sentence[at].kind == NAME else None


def _find_across(sentence: Sentence, close: int, participle: bool) -> Subject | None:
    """Find a subject before "..., the mayor of Guayaquil, said" or "..., saying"."""
    opening = "(" if sentence[close].text == ")" else sentence[close].text
    for at in range(close - 1, max(-1, close - FAR), -1):
        if sentence[at].text == opening and at > 0:
            subject = read_noun_phrase(sentence, at - 1)
            if subject is not None and subject.kind != "group":
                return subject
            if close == at + 2 and sentence[at + 1].kind == NAME:  # "The mayor, Jaime Nebot, said"
                return Subject(at + 1, close, "name")
        if sentence[at].kind == QUOTE:
            break
    return find_first_subject(sentence, close) if participle else None


def find_first_subject(sentence: Sentence, limit: int) -> Subject | None:
    """Find the first name or pronoun of a sentence that no preposition governs: most likely its subject."""
    for at in range(limit):
        token = sentence[at]
        governed = at > 0 and sentence[at - 1].lower in PREPOSITIONS
        possessive = at + 1 < len(sentence) and sentence[at + 1].lower in ("'s", "'")
        if token.kind == NAME and not governed and not possessive:
            return Subject(at, at + 1, "name")
        if token.kind == WORD and token.lower in PRONOUNS:
            return Subject(at, at + 1, "pronoun")
    return None


def read_noun_phrase(sentence: Sentence, last: int) -> Subject | None:
    """Read the noun phrase that ends at a token: a name in it, a pronoun, or the phrase itself."""
    if last < 0:
        return None
    token = sentence[last]
    if token.kind == WORD and token.lower in PRONOUNS | SELF:
        return Subject(last, last + 1, "pronoun" if token.lower in PRONOUNS else "self")
    first = last
    while first > 0 and _joins_phrase(sentence[first - 1]):
        first -= 1
    name = _find_head_name(sentence, first, last)
    if name is None and token.kind == NAME and last - 2 >= first and sentence[last - 1].lower == "of":
        return _read_group(sentence, first, last - 2)  # "residents of Quito"
    return name or _read_group(sentence, first, last)


def _joins_phrase(token: Token) -> bool:
    return token.kind == NAME or (
        token.kind == WORD
        and token.lower not in STOPS
        and token.lower not in SPEECH
        and (token.lower not in BE or token.lower == "'s")
        and token.lower not in PRONOUNS | SELF | _VERBS_BEFORE
    )


def _find_head_name(sentence: Sentence, first: int, last: int) -> Subject | None:
    """Find the name that a phrase is about: not one after a preposition, nor the owner of something else."""
    for at in range(last, first - 1, -1):
        if sentence[at].kind != NAME:
            continue
        before = sentence[at - 1].lower if at > first else ""
        if before == "the" and at - 1 > first:
            before = sentence[at - 2].lower
        governed = before in PREPOSITIONS
        spokes = governed and before in ("for", "of") and any(t.lower in _SPOKESPEOPLE for t in sentence[first:at])
        tail = sentence[at + 1 : last + 1]
        owned = [token.lower for token in tail if token.kind == WORD and token.lower not in ("'s", "'")]
        owner = bool(tail) and tail[0].lower in ("'s", "'") and bool(owned)
        if owner and owned[-1] in _GOVERNMENTS | _SPOKESPEOPLE:
            owner = False
        plain = (
            not owned or tail[0].lower in PREPOSITIONS or owned[-1] in _GOVERNMENTS | _SPOKESPEOPLE or _is_title(owned)
        )
        if (not governed or spokes) and not owner and plain:
            return Subject(at, at + 1, "name")
    return None


def _is_title(words: Sequence[str]) -> bool:
    return False if not words else words[-1] in ("officials", "himself", "herself", "itself", "authorities")


def _read_group(sentence: Sentence, first: int, last: int) -> Subject | None:
    """Read a phrase without a name as a group or an office ("the party", "critics", "a senior official")."""
    token = sentence[last]
    if token.kind != WORD or not token.text[0].isalpha():
        return None
    if token.lower in _NOT_SPEAKERS or token.lower in PREPOSITIONS or token.lower in STOPS:
        return None
    start = last
    for at in range(last, max(first, last - 8) - 1, -1):
        if sentence[at].kind == WORD and sentence[at].lower in _DETERMINERS:
            start = at
            if at == first or sentence[at - 1].lower not in PREPOSITIONS:
                break
    if start == last and not token.lower.endswith("s") and token.lower not in ("police", "people"):
        titled = last > first and sentence[last - 1].lower in ("mr.", "madam", "mr")
        return Subject(last - 1, last + 1, "group") if titled else None
    if start == last and last == first + 1 and first == 0:  # "Opposition leaders said"
        start = first
    return Subject(start, last + 1, "group")


def find_object(sentence: Sentence, start: int) -> Subject | None:
    """Read the noun phrase that begins at a token: the speaker after "according to", "by", or an inverted verb."""
    if start < len(sentence) and sentence[start].lower in PREPOSITIONS:  # "asked about the amnesty: “...”"
        return None
    end = start
    while end < len(sentence) and end < start + 10 and _continues_phrase(sentence[end], end - start):
        end += 1
    if end == start:
        return None
    if sentence[start].lower in PRONOUNS | SELF | {"him", "her", "them"}:
        return Subject(start, start + 1, "self" if sentence[start].lower in SELF else "pronoun")
    for at in range(start, end):
        owned = at + 1 < end and sentence[at + 1].lower in ("'s", "'")
        if sentence[at].kind == NAME and not owned and not (at + 1 < end and sentence[at + 1].kind == NAME):
            bearer = _find_bearer(sentence, at)
            return Subject(bearer, bearer + 1, "name")
    named = next((at for at in range(start, end) if sentence[at].kind == NAME), None)
    if named is not None and sentence[end - 1].lower in _GOVERNMENTS | _SPOKESPEOPLE:
        return Subject(named, named + 1, "name")
    if sentence[start].kind != WORD or sentence[start].lower in _NOT_SPEAKERS - {"this", "these", "those", "that"}:
        return None
    return Subject(start, end, "group")


def _find_bearer(sentence: Sentence, name: int) -> int:
    """Find who holds an office that follows a name: "Afghan ambassador to the United States Hamdullah Mohib"."""
    end = name + 1
    while end < min(len(sentence), name + 9) and _joins_phrase(sentence[end]):
        end += 1
    for at in range(end - 1, name + 1, -1):
        before = [token.lower for token in sentence[name + 1 : at]]
        governed = before[-1] in PREPOSITIONS or (before[-1] == "the" and before[-2:-1] and before[-2] in PREPOSITIONS)
        if sentence[at].kind == NAME and not governed and any(word in _OFFICES for word in before):
            return at
    return name


def _continues_phrase(token: Token, length: int) -> bool:
    if token.kind == NAME:
        return True
    return (
        token.kind == WORD
        and token.lower not in STOPS
        and not (length and token.lower in PREPOSITIONS | BE | SPEECH | _RELATIVES)
    )


def find_owner(sentence: Sentence, index: int) -> Subject | None:
    """Find X in "X's (own, long-held) view"."""
    for at in range(index - 1, max(-1, index - 4), -1):
        if sentence[at].lower in ("'s", "'") and at > 0 and sentence[at - 1].kind == NAME:
            return Subject(at - 1, at, "name")
        if sentence[at].lower in ("his", "her", "their"):
            return Subject(at, at + 1, "pronoun")
    return None
