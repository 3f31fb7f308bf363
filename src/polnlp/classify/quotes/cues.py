"""Who says what within one sentence: verbs of saying, "according to", views, positions, praise and blame."""

from collections.abc import Sequence
from typing import NamedTuple

from polnlp.classify.quotes.tokens import MARK, NAME, QUOTE, WORD, Sentence, Token
from polnlp.classify.words import ATTITUDE_AGAINST, ATTITUDE_FAVOR, JUDGING, SPEECH, STRONG_SPEECH

PRONOUNS = frozenset("he she they it".split())
SELF = frozenset("i we me us".split())
_AUXILIARIES = frozenset(
    "has have had also later then further once again still did does do will would could may might must should can "
    "just even now today yesterday earlier himself herself themselves itself recently soon always never often "
    "repeatedly immediately once first both all simply only monday tuesday wednesday thursday friday saturday sunday".split()
)
_BE = frozenset("is are was were be been being am 's 're".split())
_DETERMINERS = frozenset(
    "the a an this that these those some many most several his her its their our my another other no one two three few "
    "every each any all both".split()
)
_PREPOSITIONS = frozenset("in on at of for from to with by after before since during near under over against about into as".split())
_STOPS = frozenset(
    "and or but that which when while because if than whether although though so yet where as however meanwhile "
    "after before since until what how why".split()
)
_NOT_SPEAKERS = frozenset(
    "not there here what this that these those which then so it's be been being is are was were to being "
    "i'm don't didn't doesn't won't wouldn't can't couldn't nor never what more less".split()
)
_SPOKESPEOPLE = frozenset("spokesman spokeswoman spokesperson spokespeople spokesmen lawyer lawyers".split())
_GOVERNMENTS = frozenset(
    "government administration regime party army military parliament presidency leadership delegation embassy "
    "cabinet ministry team campaign office".split()
)
_VIEWS = frozenset(
    "view views opinion words word claim claims argument position belief assertion contention warning account statement "
    "eyes judgment judgement accusation allegation insistence complaint conclusion promise pledge theory".split()
)
_POSITIONS = frozenset("against".split())
_POSITION_WORDS = frozenset("opposed hostile critical supportive sceptical skeptical wary dismissive contemptuous".split())
_POSITION_ADVERBS = frozenset(
    "in large part largely strongly firmly long deeply mostly fiercely is are was were remains remained remain himself "
    "herself itself themselves dead still openly bitterly very highly being generally broadly resolutely staunchly".split()
)
_FOR_PHRASES = (("in", "favour", "of"), ("in", "favor", "of"), ("in", "support", "of"))
_CONVICTIONS = frozenset("convinced sure certain confident adamant opinion aware afraid worried plain clear known hope".split())
_CONVICTION_VERBS = frozenset("is are was were remains remained made makes make seems seemed expressed expresses".split())
# "X likes to say": verbs after which an infinitive of saying is still what X says.
_SAYS_AGAIN = frozenset("likes liked loves loved used wants wanted prefers dared dares went continued came chose".split())
_CONTRASTS = frozenset("but while whereas although though yet".split())
_COMPLEMENTS = frozenset("that whether how why what if".split())
_CLAUSE_STARTS = frozenset("the he she it they we i there this these those his her their its no a an some most many all".split())
_FAR = 25  # tokens: how far a subject may stand from its verb, across an apposition


class Subject(NamedTuple):
    """Who speaks: a range of tokens in the sentence; ``kind`` is ``name``, ``pronoun``, ``self`` or ``group``."""

    start: int
    end: int
    kind: str


class Attribution(NamedTuple):
    """Words of a sentence laid in someone's mouth: token ranges."""

    subject: Subject
    cue_start: int
    cue_end: int
    regions: tuple[tuple[int, int], ...]
    rule: str


def find_attributions(sentence: Sentence) -> list[Attribution]:
    """Find who says what in a sentence, in the order of the cues."""
    found = []
    for index, token in enumerate(sentence):
        attribution = None
        if token.kind == WORD:
            attribution = (
                read_according(sentence, index)
                or read_view(sentence, index)
                or read_words_of(sentence, index)
                or read_conviction(sentence, index)
                or read_position(sentence, index)
                or read_speech(sentence, index)
                or read_attitude(sentence, index)
            )
        if attribution is not None:
            found.append(attribution)
    return found


# -- single constructions ---------------------------------------------------------------------------------------------


def read_according(sentence: Sentence, index: int) -> Attribution | None:
    """Read "according to X": the rest of the sentence, or what stands before it, is X's."""
    if not _matches(sentence, index, ("according", "to")):
        return None
    subject = find_object(sentence, index + 2)
    if subject is None:
        return None
    regions = [(0, index)] if index > 1 else []
    after = skip_apposition(sentence, subject.end)
    rest = clause_end(sentence, after)
    if index <= 1 or (rest > after + 3 and _has_quote(sentence, after, rest)):
        regions.append((after, rest))
    return Attribution(subject, index, index + 2, tuple(regions), "according-to")


def read_view(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X's view that ...", "in X's words, ...", "to X, ...": what follows is X's."""
    token = sentence[index]
    if token.lower not in _VIEWS or index < 2:
        return None
    owner = _find_owner(sentence, index)
    if owner is None:
        return None
    following = sentence[index + 1].text.lower() if index + 1 < len(sentence) else ""
    introduced = owner.start > 0 and sentence[owner.start - 1].lower in ("in", "by")
    if introduced and owner.start > 1 and following in (".", "", ","):
        regions = [(0, owner.start - 1)]
        if following == "," and owner.start <= 2:
            regions = [(index + 1, clause_end(sentence, index + 1))]
    elif introduced or following in ("that", "is", "was", ":", "of"):
        regions = [(index + 1, clause_end(sentence, index + 1))]
    else:
        return None
    return Attribution(owner, index, index + 1, tuple(regions), "view")


def read_words_of(sentence: Sentence, index: int) -> Attribution | None:
    """Read "in the words of X, ..." and "as X put it": the rest of the sentence is X's."""
    if _matches(sentence, index, ("in", "the", "words", "of")):
        subject, end = find_object(sentence, index + 4), 0
        end = subject.end if subject else 0
    elif sentence[index].lower == "as" and index + 3 < len(sentence) + 1:
        verb = next((at for at in range(index + 2, min(index + 8, len(sentence))) if sentence[at].lower in ("put", "puts")), None)
        if verb is None or verb + 1 >= len(sentence) or sentence[verb + 1].lower != "it":
            return None
        subject, end = find_subject(sentence, verb), verb + 2
    else:
        return None
    if subject is None:
        return None
    regions = ((0, index), (end, len(sentence))) if index else ((end, len(sentence)),)
    return Attribution(subject, index, index + 1, regions, "view")


def read_conviction(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X is convinced that ...", "X made plain that ...": what follows is X's."""
    if sentence[index].lower not in _CONVICTIONS or index < 2 or index + 1 >= len(sentence):
        return None
    verb = index - 1
    while verb > 0 and (sentence[verb].lower in ("it", "of", "the") or sentence[verb].lower.endswith("ly")):
        verb -= 1
    that = next((at for at in range(index + 1, min(index + 3, len(sentence))) if sentence[at].lower == "that"), None)
    if that is None or sentence[verb].lower not in _CONVICTION_VERBS:
        return None
    subject = _read_noun_phrase(sentence, verb - 1)
    if subject is None:
        return None
    return Attribution(subject, index, index + 1, ((that + 1, clause_end(sentence, that + 1)),), "view")


def read_position(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X, in large part against Y", "X is opposed to Y", "X came out in favour of Y": what follows is X's."""
    token = sentence[index]
    is_phrase = any(_matches(sentence, index, phrase) for phrase in _FOR_PHRASES)
    if not (token.lower in _POSITIONS or token.lower in _POSITION_WORDS or is_phrase):
        return None
    before = index - 1
    while before >= 0 and (sentence[before].lower in _POSITION_ADVERBS or sentence[before].text == ","):
        before -= 1
    came_out = before >= 1 and sentence[before].lower in ("out", "spoke", "voted", "campaigned", "argued")
    while came_out and before >= 0 and sentence[before].lower in ("out", "came", "spoke", "comes", "voted", "campaigned", "argued"):
        before -= 1
    if before < 0 or (token.lower in _POSITIONS and not came_out and sentence[before].kind != NAME):
        return None
    subject = Subject(before, before + 1, "name") if sentence[before].kind == NAME else find_subject(sentence, before + 1)
    if subject is None or subject.kind == "group":
        return None
    return Attribution(subject, index, index + 1, ((index + 1, clause_end(sentence, index + 1)),), "position")


def read_speech(sentence: Sentence, index: int) -> Attribution | None:
    """Read a verb of saying with its speaker before or after it."""
    token = sentence[index]
    if token.lower not in SPEECH or _is_noun(sentence, index):
        return None
    strong = token.lower in STRONG_SPEECH
    subject = find_subject(sentence, index)
    inverted = False
    if subject is None and _is_inverted(sentence, index):
        subject, inverted = find_object(sentence, index + 1), True
    if subject is None:
        return None
    after = skip_apposition(sentence, subject.end) if inverted else index + 1
    regions = _speech_regions(sentence, subject, index, after, strong=strong, inverted=inverted)
    if not regions:
        return None
    quoted = any(_has_quote(sentence, start, end) for start, end in regions)
    return Attribution(subject, index, index + 1, regions, "quote" if quoted else "reported")


def read_attitude(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X denounced Y" and "Y was denounced by X": the attitude to Y is X's."""
    token = sentence[index]
    if token.lower not in ATTITUDE_AGAINST and token.lower not in ATTITUDE_FAVOR and token.lower not in JUDGING:
        return None
    if _is_noun(sentence, index) or index + 1 >= len(sentence):
        return None
    following = sentence[index + 1]
    if token.lower in JUDGING and (following.kind == MARK or following.lower in _PREPOSITIONS | {"off", "up"}):
        return None
    by = next((at for at in range(index + 1, min(index + 4, len(sentence))) if sentence[at].lower == "by"), None)
    if by is not None and token.lower.endswith("ed"):
        subject = find_object(sentence, by + 1)
        start = clause_start(sentence, index)
        regions = ((start, index), (subject.end, clause_end(sentence, subject.end))) if subject else ()
    else:
        subject = find_subject(sentence, index)
        regions = ((index + 1, clause_end(sentence, index + 1)),)
    if subject is None:
        return None
    return Attribution(subject, index, index + 1, tuple(regions), "attitude")


# -- parts of constructions -------------------------------------------------------------------------------------------


def find_subject(sentence: Sentence, verb: int) -> Subject | None:
    """Find who does what the verb at a token says, to its left; across an apposition where there is one."""
    at = _skip_auxiliaries(sentence, verb - 1)
    if at >= 1 and sentence[at].lower == "to" and sentence[at - 1].lower in _SAYS_AGAIN:
        at = _skip_auxiliaries(sentence, at - 2)
    if at < 0 or (sentence[at].lower in _BE and not sentence[verb].lower.endswith("ing")):
        return None
    if sentence[at].lower in _BE:
        at -= 1
    if at >= 0 and sentence[at].lower == "who":
        return _read_antecedent(sentence, at - 1)
    if at >= 0 and sentence[at].lower in ("and", "then"):
        return find_first_subject(sentence, at)
    if at >= 0 and sentence[at].text in (",", ")", "—", "–"):
        return _find_across(sentence, at, sentence[verb].lower.endswith("ing"))
    return _read_noun_phrase(sentence, at)


def _skip_auxiliaries(sentence: Sentence, at: int) -> int:
    while at >= 0 and sentence[at].kind == WORD and (
        sentence[at].lower in _AUXILIARIES or sentence[at].lower.endswith("ly")
    ):
        at -= 1
    return at


def _read_antecedent(sentence: Sentence, at: int) -> Subject | None:
    """Read what "who" stands for; "he who says" stands for no one."""
    if at >= 0 and sentence[at].text == ",":
        at -= 1
    subject = _read_noun_phrase(sentence, at)
    return None if subject is None or subject.kind in ("pronoun", "self") else subject


def _find_across(sentence: Sentence, close: int, participle: bool) -> Subject | None:
    """Find a subject before "..., the mayor of Guayaquil, said" or "..., saying"."""
    opening = "(" if sentence[close].text == ")" else sentence[close].text
    for at in range(close - 1, max(-1, close - _FAR), -1):
        if sentence[at].text == opening and at > 0:
            subject = _read_noun_phrase(sentence, at - 1)
            if subject is not None and subject.kind != "group":
                return subject
        if sentence[at].kind == QUOTE:
            break
    return find_first_subject(sentence, close) if participle else None


def find_first_subject(sentence: Sentence, limit: int) -> Subject | None:
    """Find the first name or pronoun of a sentence that no preposition governs: most likely its subject."""
    for at in range(limit):
        token = sentence[at]
        governed = at > 0 and sentence[at - 1].lower in _PREPOSITIONS
        possessive = at + 1 < len(sentence) and sentence[at + 1].lower in ("'s", "'")
        if token.kind == NAME and not governed and not possessive:
            return Subject(at, at + 1, "name")
        if token.kind == WORD and token.lower in PRONOUNS:
            return Subject(at, at + 1, "pronoun")
    return None


def _read_noun_phrase(sentence: Sentence, last: int) -> Subject | None:
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
    return name or _read_group(sentence, first, last)


def _joins_phrase(token: Token) -> bool:
    return token.kind == NAME or (
        token.kind == WORD
        and token.lower not in _STOPS
        and token.lower not in SPEECH
        and token.lower not in _BE
        and token.lower not in PRONOUNS
    )


def _find_head_name(sentence: Sentence, first: int, last: int) -> Subject | None:
    """Find the name that a phrase is about: not one after a preposition, nor the owner of something else."""
    for at in range(last, first - 1, -1):
        if sentence[at].kind != NAME:
            continue
        before = sentence[at - 1].lower if at > first else ""
        if before == "the" and at - 1 > first:
            before = sentence[at - 2].lower
        governed = before in _PREPOSITIONS
        spokes = governed and before in ("for", "of") and any(t.lower in _SPOKESPEOPLE for t in sentence[first:at])
        tail = sentence[at + 1 : last + 1]
        owned = [token.lower for token in tail if token.kind == WORD and token.lower not in ("'s", "'")]
        owner = bool(tail) and tail[0].lower in ("'s", "'") and bool(owned)
        if owner and owned[-1] in _GOVERNMENTS | _SPOKESPEOPLE:
            owner = False
        plain = not owned or tail[0].lower in _PREPOSITIONS or owned[-1] in _GOVERNMENTS | _SPOKESPEOPLE or _is_title(owned)
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
    if token.lower in _NOT_SPEAKERS or token.lower in _PREPOSITIONS or token.lower in _STOPS:
        return None
    start = last
    for at in range(last, max(first, last - 8) - 1, -1):
        if sentence[at].kind == WORD and sentence[at].lower in _DETERMINERS:
            start = at
            if at == first or sentence[at - 1].lower not in _PREPOSITIONS:
                break
    if start == last and not token.lower.endswith("s") and token.lower not in ("police", "people"):
        titled = last > first and sentence[last - 1].lower in ("mr.", "madam", "mr")
        return Subject(last - 1, last + 1, "group") if titled else None
    if start == last and last == first + 1 and first == 0:  # "Opposition leaders said"
        start = first
    return Subject(start, last + 1, "group")


def find_object(sentence: Sentence, start: int) -> Subject | None:
    """Read the noun phrase that begins at a token: the speaker after "according to", "by", or an inverted verb."""
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
            return Subject(at, at + 1, "name")
    named = next((at for at in range(start, end) if sentence[at].kind == NAME), None)
    if named is not None and sentence[end - 1].lower in _GOVERNMENTS | _SPOKESPEOPLE:
        return Subject(named, named + 1, "name")
    if sentence[start].kind != WORD or sentence[start].lower in _NOT_SPEAKERS - {"this", "these", "those", "that"}:
        return None
    return Subject(start, end, "group")


def _continues_phrase(token: Token, length: int) -> bool:
    if token.kind == NAME:
        return True
    return token.kind == WORD and token.lower not in _STOPS and not (length and token.lower in _PREPOSITIONS | _BE | SPEECH)


def _find_owner(sentence: Sentence, index: int) -> Subject | None:
    """Find X in "X's (own, long-held) view"."""
    for at in range(index - 1, max(-1, index - 4), -1):
        if sentence[at].lower in ("'s", "'") and at > 0 and sentence[at - 1].kind == NAME:
            return Subject(at - 1, at, "name")
        if sentence[at].lower in ("his", "her", "their"):
            return Subject(at, at + 1, "pronoun")
    return None


def _is_noun(sentence: Sentence, index: int) -> bool:
    """Tell whether a form of a verb is used as a noun or infinitive ("his claims", "to say", "a call")."""
    before = sentence[index - 1].lower if index else ""
    if before in ("a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "no", "'s", "any", "such"):
        return before != "that" or not sentence[index].lower.endswith("ed")
    if before == "to":
        return index < 2 or sentence[index - 2].lower not in _SAYS_AGAIN
    return before in ("of", "for", "with", "without", "by", "from", "in") and index != 1


def _is_inverted(sentence: Sentence, index: int) -> bool:
    """Tell whether the speaker may follow the verb: a quotation or comma stands before it, or nothing does."""
    if index + 1 >= len(sentence):
        return False
    before = sentence[index - 1] if index else None
    if before is None:
        return sentence[index].lower in STRONG_SPEECH and not sentence[index].lower.endswith("ing")
    if before.kind != QUOTE and before.text not in (",", "—", "–"):
        return False
    return sentence[index + 1].kind == NAME or sentence[index + 1].lower not in _COMPLEMENTS


def _speech_regions(
    sentence: Sentence, subject: Subject, verb: int, after: int, *, strong: bool, inverted: bool
) -> tuple[tuple[int, int], ...]:
    """Find what is said: after the verb, before the speaker ("..., X said"), or both ("..., X said, ...")."""
    first = min(subject.start, verb)
    border = _phrase_border(sentence, first, aside=_resumes(sentence, after))
    backward = border is not None and border > 0
    end = clause_end(sentence, after)
    forward = _opens_speech(sentence, after, strong=strong and not backward)
    if inverted and not backward and not _has_quote(sentence, after, end):
        forward = after < len(sentence) and sentence[after].text in (",", ":")
    regions = []
    if backward and border is not None and (strong or _has_quote(sentence, 0, border)):
        regions.append((clause_start(sentence, border - 1) if not _has_quote(sentence, 0, border) else 0, border))
    if forward or _has_quote(sentence, after, end) or (backward and _resumes(sentence, after)):
        if not backward or _has_quote(sentence, after, end) or _resumes(sentence, after) or forward:
            regions.append((after, end))
    return tuple(regions)


def _phrase_border(sentence: Sentence, first: int, *, aside: bool) -> int | None:
    """Give where the words before the speaker end, if they can be what is said: after a quotation, or at a comma.

    Args:
        aside: Whether a comma follows the verb of saying, too ("The banks, X said, ..."): then few words suffice.
    """
    at = first - 1
    while at >= 0 and sentence[at].kind == WORD and sentence[at].lower not in _STOPS | SPEECH | _PREPOSITIONS:
        at -= 1
    if at < 0:
        return None
    if sentence[at].kind == QUOTE:
        return at + 1
    if sentence[at].text not in (",", "—", "–"):
        return None
    enough = at >= (1 if aside else 3) or sentence[at - 1].kind == QUOTE
    introduces = sentence[0].lower in _PREPOSITIONS | _STOPS | {"speaking", "asked"} or sentence[0].lower.endswith(("ing", "ly"))
    return at if enough and not (aside and introduces) else None


def _opens_speech(sentence: Sentence, after: int, *, strong: bool) -> bool:
    """Tell whether the words after a verb of saying are what is said."""
    at = after
    while at < len(sentence) and at < after + 9:
        token = sentence[at]
        if token.lower in _COMPLEMENTS or token.kind == QUOTE or token.text == ":":
            return True
        if strong and at == after and token.text != "," and token.kind != MARK:
            return token.lower not in _PREPOSITIONS or token.lower in ("in", "on", "at", "to")
        if token.kind == MARK and token.text != ",":
            return False
        at += 1
    return False


def _resumes(sentence: Sentence, after: int) -> bool:
    """Tell whether speech goes on after "..., X said, ..." or "..., X told the House, ..."."""
    for at in range(after, min(after + 7, len(sentence))):
        if sentence[at].lower in _COMPLEMENTS or sentence[at].kind == QUOTE:
            return False
        if sentence[at].text == ",":
            return len(sentence) - at > 3
    return False


def clause_end(sentence: Sentence, start: int) -> int:
    """Give where a clause ends: at a semicolon, before ", but" and its like, or with the sentence."""
    for at in range(start, len(sentence)):
        if sentence[at].text == ";":
            return at
        if sentence[at].text == "," and at + 1 < len(sentence) and sentence[at + 1].lower in _CONTRASTS:
            return at
    return len(sentence)


def clause_start(sentence: Sentence, end: int) -> int:
    """Give where the clause that holds token ``end`` begins: after a semicolon or ", but", or with the sentence."""
    for at in range(end, 0, -1):
        if sentence[at].text == ";" or (sentence[at - 1].text == "," and sentence[at].lower in _CONTRASTS):
            return at
    return 0


def skip_apposition(sentence: Sentence, end: int) -> int:
    """Give where the words after a speaker begin, past an apposition ("said X, the mayor, ...")."""
    if end >= len(sentence) or sentence[end].text != ",":
        return end
    opens = end + 1 < len(sentence) and sentence[end + 1].lower in ("a", "an", "the", "who", "whose", "president", "governor")
    if not opens:
        return end
    for at in range(end + 1, min(end + _FAR, len(sentence))):
        if sentence[at].text == "," or sentence[at].kind == QUOTE:
            return at
    return end


def _matches(sentence: Sentence, index: int, words: Sequence[str]) -> bool:
    return [token.lower for token in sentence[index : index + len(words)]] == list(words)


def _has_quote(sentence: Sentence, start: int, end: int) -> bool:
    return any(token.kind == QUOTE for token in sentence[start:end])
