"""Names that an article itself explains: a short form beside its long form, a surname after a full name."""

from collections.abc import Sequence

import msgspec

from polnlp.schema import PEOPLE, Label, Mention

# What may have a short form in brackets; a person's is the party ("Sanders (I)"), a place's is the state.
_DEFINED: frozenset[Label] = frozenset({"PARTY", "ORG", "EVENT", "MISC"})
_SURE = 0.7  # a full name of this score says whose surname a word is
_DOUBTFUL = 0.5  # a word whose own label is no surer may be a first name as well


def label_definitions(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Give a short form the label of the long form beside it, for the long form's words say what the thing is.

    Either may come first, the other in brackets: "Movement for Socialism (MAS)", "MAS (Movement for Socialism)".

    Args:
        text: The article's text.
        mentions: Ordered by start, apart from each other.
    """
    labelled = list(mentions)
    for place in range(1, len(labelled)):
        outer, inner = labelled[place - 1], labelled[place]
        if text[outer.end : inner.start] == " (" and text[inner.end : inner.end + 1] == ")" and _define(outer, inner):
            long = inner if is_short_form(outer.text) else outer
            labelled[place - 1] = msgspec.structs.replace(outer, label=long.label)
            labelled[place] = msgspec.structs.replace(inner, label=long.label)
    return labelled


def _define(one: Mention, other: Mention) -> bool:
    return {one.label, other.label} <= _DEFINED and is_short_form(one.text) != is_short_form(other.text)


def is_short_form(text: str) -> bool:
    """Tell whether a name is written as an acronym is: one word, mostly capitals ("PAIS", "EnBW", "EU-27")."""
    letters = [char for char in text if char.isalpha()]
    return " " not in text and 1 < len(text) <= 10 and 2 * sum(char.isupper() for char in letters) > len(letters)


def follow_full_names(mentions: Sequence[Mention]) -> list[Mention]:
    """Take a single word for the person in whose full name it stands, whatever else it might name.

    "Serra" is no mountain range in an article that names José Serra; any word but the first counts, for Capriles is
    the surname of Henrique Capriles Radonski. The first ("Fidel") counts where the tagger was in doubt.
    """
    people: dict[str, Mention] = {}
    first_names: dict[str, Mention] = {}
    for mention in mentions:
        if mention.label in PEOPLE and mention.score >= _SURE:
            first, *others = mention.text.split()
            for word, known in [(first, first_names), *((word, people) for word in others)]:
                held = known.get(word)
                if word[:1].isupper() and len(word) > 2 and (held is None or held.score < mention.score):
                    known[word] = mention
    return [
        _follow(
            mention, people.get(mention.text) or (mention.score < _DOUBTFUL and first_names.get(mention.text)) or None
        )
        for mention in mentions
    ]


def _follow(mention: Mention, person: Mention | None) -> Mention:
    if person is None or mention.label in PEOPLE or mention.label == "COUNTRY":
        return mention
    return msgspec.structs.replace(mention, label=person.label, score=round(person.score * 0.9, 4))
