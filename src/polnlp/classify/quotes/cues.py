"""Who says what within one sentence: verbs of saying, "according to", views and positions."""

from polnlp.classify.quotes.attitudes import (
    ATTITUDE_WORDS,
    Attribution,
    is_noun,
    read_attack,
    read_attitude,
    read_feeling,
)
from polnlp.classify.quotes.clauses import (
    COMPLEMENTS,
    clause_end,
    find_spoken,
    has_quote,
    matches,
    skip_apposition,
)
from polnlp.classify.quotes.phrases import (
    Subject,
    find_object,
    find_owner,
    find_subject,
    read_noun_phrase,
)
from polnlp.classify.quotes.tokens import NAME, QUOTE, WORD, Sentence
from polnlp.classify.words import SPEECH, STRONG_SPEECH, word_set

_VIEWS = word_set(
    "view views opinion words word claim claims argument position belief assertion contention warning "
    "account statement eyes judgment judgement accusation allegation insistence complaint conclusion "
    "promise pledge theory telling reckoning estimation phrase"
)
_POSITIONS = word_set("against")
_POSITION_WORDS = word_set("opposed hostile critical supportive sceptical skeptical wary dismissive contemptuous")
_POSITION_PREPOSITIONS = word_set("of to toward towards about")
_POSITION_ADVERBS = word_set(
    "been in large part largely strongly firmly long deeply mostly fiercely is are was were remains "
    "remained remain himself herself itself themselves dead still openly bitterly very highly being "
    "generally broadly resolutely staunchly"
)
_FOR_PHRASES = (("in", "favour", "of"), ("in", "favor", "of"), ("in", "support", "of"))
_IDIOMS = (("nothing", "to", "do", "with"), ("no", "time", "for"), ("no", "love", "for"), ("no", "sympathy", "for"))
_WILL_OR_HAVE = word_set("want wants wanted have has had will would")
# "Morales must proclaim ...": words that nobody has said.
_ASKED_FOR = word_set("must should can could may might ought cannot never")
_CONVICTIONS = word_set("convinced sure certain confident adamant opinion aware afraid worried plain clear known hope")
_CONVICTION_VERBS = word_set(
    "is are was were remains remained made makes make seems seemed expressed expresses let lets"
)


def find_attributions(sentence: Sentence) -> list[Attribution]:
    """Find who says what in a sentence, in the order of the cues."""
    found = []
    for index, token in enumerate(sentence):
        if token.kind == WORD and token.lower in _TRIGGERS:
            read = (reader(sentence, index) for reader in _READERS)
            attribution = next((attribution for attribution in read if attribution is not None), None)
            if attribution is not None:
                found.append(attribution)
    return found


def read_according(sentence: Sentence, index: int) -> Attribution | None:
    """Read "according to X": the rest of the sentence, or what stands before it, is X's."""
    if not matches(sentence, index, ("according", "to")):
        return None
    subject = find_object(sentence, index + 2)
    if subject is None:
        return None
    after = skip_apposition(sentence, subject.end)
    rest = clause_end(sentence, after)
    if index and sentence[index - 1].lower in ("and", "but", "while", "whereas", "yet"):  # a new clause begins here
        return Attribution(subject, index, index + 2, ((after, rest),), "according-to")
    regions = [(0, index)] if index > 1 else []
    if index <= 1 or (rest > after + 3 and has_quote(sentence, after, rest)):
        regions.append((after, rest))
    return Attribution(subject, index, index + 2, tuple(regions), "according-to")


def read_view(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X's view that ...", "in X's words, ...", "to X, ...": what follows is X's."""
    token = sentence[index]
    if token.lower not in _VIEWS or index < 2:
        return None
    owner = find_owner(sentence, index)
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
    if matches(sentence, index, ("in", "the", "words", "of")):
        subject, end = find_object(sentence, index + 4), 0
        end = subject.end if subject else 0
    elif sentence[index].lower == "as" and index + 3 < len(sentence) + 1:
        verb = next(
            (at for at in range(index + 2, min(index + 8, len(sentence))) if sentence[at].lower in ("put", "puts")),
            None,
        )
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
    while verb > 0 and (sentence[verb].lower in ("it", "of", "the", "be") or sentence[verb].lower.endswith("ly")):
        verb -= 1
    reach = index + (8 if sentence[index + 1].text == "," else 3)
    that = next((at for at in range(index + 1, min(reach, len(sentence))) if sentence[at].lower == "that"), None)
    if that is None or sentence[verb].lower not in _CONVICTION_VERBS:
        return None
    subject = read_noun_phrase(sentence, verb - 1)
    if subject is None:
        return None
    return Attribution(subject, index, index + 1, ((that + 1, clause_end(sentence, that + 1)),), "view")


def read_position(sentence: Sentence, index: int) -> Attribution | None:
    """Read "X, in large part against Y", "X is opposed to Y", "X came out in favour of Y": what follows is X's."""
    token = sentence[index]
    is_phrase = token.lower == "in" and any(matches(sentence, index, phrase) for phrase in _FOR_PHRASES)
    idiom = token.lower in ("nothing", "no") and any(matches(sentence, index, phrase) for phrase in _IDIOMS)
    following = sentence[index + 1].lower if index + 1 < len(sentence) else ""
    is_word = token.lower in _POSITION_WORDS and following in _POSITION_PREPOSITIONS
    if not (token.lower in _POSITIONS or is_word or is_phrase or idiom):
        return None
    before = index - 1
    while idiom and before >= 0 and sentence[before].lower in _WILL_OR_HAVE:
        before -= 1
    while before >= 0 and (sentence[before].lower in _POSITION_ADVERBS or sentence[before].text == ","):
        before -= 1
    came_out = before >= 1 and sentence[before].lower in ("out", "spoke", "voted", "campaigned", "argued")
    while (
        came_out
        and before >= 0
        and sentence[before].lower in ("out", "came", "spoke", "comes", "voted", "campaigned", "argued")
    ):
        before -= 1
    if before < 0 or (token.lower in _POSITIONS and not came_out and sentence[before].kind != NAME):
        return None
    subject = (
        Subject(before, before + 1, "name") if sentence[before].kind == NAME else find_subject(sentence, before + 1)
    )
    if subject is None or subject.kind == "group":
        return None
    return Attribution(subject, index, index + 1, ((index + 1, clause_end(sentence, index + 1)),), "position")


def read_speech(sentence: Sentence, index: int) -> Attribution | None:
    """Read a verb of saying with its speaker before or after it."""
    token = sentence[index]
    if token.lower not in SPEECH or is_noun(sentence, index):
        return None
    strong = token.lower in STRONG_SPEECH
    let = next((at for at in range(index - 1, max(index - 6, 0), -1) if sentence[at].lower in ("let", "lets")), None)
    subject = find_subject(sentence, index if let is None else let)  # "X let her followers know that ..."
    inverted = False
    if subject is None and _is_inverted(sentence, index):
        subject, inverted = find_object(sentence, index + 1), True
    if subject is None:
        return None
    after = skip_apposition(sentence, subject.end) if inverted else index + 1
    regions = find_spoken(sentence, subject, index, after, strong=strong, inverted=inverted)
    quoted = any(has_quote(sentence, start, end) for start, end in regions)
    asked_for = any(token.lower in _ASKED_FOR for token in sentence[max(subject.end, index - 3) : index])
    if not regions or (asked_for and not quoted):
        return None
    return Attribution(subject, index, index + 1, regions, "quote" if quoted else "reported")


def _is_inverted(sentence: Sentence, index: int) -> bool:
    """Tell whether the speaker may follow the verb: a quotation or comma stands before it, or nothing does."""
    if index + 1 >= len(sentence):
        return False
    before = sentence[index - 1] if index else None
    if before is None:
        return sentence[index].lower in STRONG_SPEECH and not sentence[index].lower.endswith("ing")
    if before.kind != QUOTE and before.text not in (",", "—", "–"):
        return False
    return sentence[index + 1].kind == NAME or sentence[index + 1].lower not in COMPLEMENTS


_READERS = (
    read_according,
    read_view,
    read_feeling,
    read_words_of,
    read_conviction,
    read_position,
    read_attack,
    read_speech,
    read_attitude,
)
# No reader looks at a word that is not among these; most words are not, and the search is the faster for it.
_TRIGGERS = (
    frozenset({"according", "in", "as", "nothing", "no"})
    | _VIEWS
    | _CONVICTIONS
    | _POSITIONS
    | _POSITION_WORDS
    | SPEECH
    | ATTITUDE_WORDS
)
