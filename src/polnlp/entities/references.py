"""Descriptions by office that article and date decide: "the Bolivian president" in 2009 is Evo Morales.

Precision first. A description is taken where a country that the article names stands in it, the knowledge base knows
one holder of the office in the article's year, and nothing says that another time or another person is meant. In a year
of change, and where lists give an office to several (they join the two terms of one who came back, and count the heads
of territories), the article must name the holder too.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from polnlp.kb import KnowledgeBase, Tenure
from polnlp.schema import PEOPLE, Article, DateMention, Mention, Paragraph, Reference

# Set by hand: by the year alone, and by the year and the holder's name in the article.
_SCORES = {"office": 0.9, "office-and-name": 0.8}
_OPEN = 10  # years for which a term without a known end is taken to last
# Words for an office, to the titles by which the knowledge base has it. China has premiers alone, Britain's are those
# of islands.
_OFFICES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"[Vv]ice[ -][Pp]resident", frozenset({"vice president"})),
    (r"[Pp]resident", frozenset({"president", "executive president"})),
    (r"[Pp]rime [Mm]inister|[Pp]remier", frozenset({"prime minister"})),
    (r"[Cc]hancellor", frozenset({"chancellor", "federal chancellor"})),
    (
        r"[Ff]oreign [Mm]inister|[Mm]inister (?:of|for) [Ff]oreign [Aa]ffairs|[Ff]oreign [Ss]ecretary",
        frozenset(
            {
                "minister of foreign affairs", "minister for foreign affairs", "foreign minister", "foreign secretary",
                "federal minister for foreign affairs",
            }
        ),
    ),
    (r"[Ss]ecretary of [Ss]tate", frozenset({"secretary of state"})),
    (
        r"[Dd]efen[cs]e ([Mm]inister|[Ss]ecretary)|([Mm]inister|[Ss]ecretary) of [Dd]efen[cs]e",
        frozenset({"minister of defence", "minister of defense", "defence minister", "secretary of defense"}),
    ),
    (r"[Kk]ing", frozenset({"king"})),
    (r"[Qq]ueen", frozenset({"queen"})),
)  # fmt: skip
_PREMIER = frozenset({"premier"})
_AFTER = [(re.compile(rf" (?:{words})\b"), titles) for words, titles in _OFFICES]
_BEFORE = [(re.compile(rf"\b(?:{words}) of (?:the )?$"), titles) for words, titles in _OFFICES]
_WIDEST = 40  # characters of "Minister of Foreign Affairs of the "
# What may stand before a description of whoever holds the office now; "a", "former", "became the" may not.
_DETERMINED = re.compile(r"(?:^|[.!?:;,\"“”(\n]\s*|\b(?:[Tt]he|[Bb]y|[Ww]ith|[Tt]o|[Ff]rom|[Aa]nd|[Tt]hat)\s)$")
_PREDICATE = re.compile(
    r"\b(?:was|were|been|be|is|are|became|become|becomes|becoming|being|as|elected|named|appointed|remain\w*|once)\s+the\s$"
)
# What makes another office or another time of it.
_OTHER = re.compile(
    r"(?:['’]s)?\s*(?:-elect\b|-designate\b|(?:of|for|from|since|until|between|then)\b|at the time\b"
    r"|(?:in|during)\s+(?:the\s+)?\d)"
)
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,4}")
_NEAR = 3  # characters between a description and the name beside it: a space, or a comma and a space


def find_references(
    article: Article,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    kb: KnowledgeBase,
) -> tuple[Reference, ...]:
    """Find descriptions of people by their office, and who held it at the article's date.

    Args:
        article: Without a date of its own there are none; a comment's stamp is not enough.
        paragraphs: With their sentences.
        mentions: With their entities, ordered by start.
        dates: A description whose sentence or paragraph so far speaks of another year is passed over.

    Returns:
        References ordered by start. A description beside a name ("Bolivian President Evo Morales") is none: the name
        says who is meant.
    """
    date = article.date
    if date is None or date.upper_bound or not date.value[:4].isdigit():
        return ()
    year = int(date.value[:4])
    named = {mention.entity_id for mention in mentions}
    by_index = {paragraph.index: paragraph for paragraph in paragraphs}
    found = []
    for start, end, country, titles, mention in _describe(article.text, mentions, kb):
        if not _stands_for_holder(article.text, start, end, mentions):
            continue
        if _is_of_another_time(by_index.get(mention.paragraph), start, end, dates, year):
            continue
        held = _choose(_read_terms(kb, country, titles), year, named)
        if held is not None:
            tenure, rule = held
            found.append(
                Reference(
                    start=start,
                    end=end,
                    text=article.text[start:end],
                    entity_id=tenure.entry_id,
                    name=tenure.name,
                    rule=rule,
                    score=_SCORES[rule],
                    paragraph=mention.paragraph,
                )
            )
    return tuple(sorted(found, key=lambda reference: reference.start))


def _describe(
    text: str, mentions: Sequence[Mention], kb: KnowledgeBase
) -> Iterator[tuple[int, int, str, frozenset[str], Mention]]:
    """Give offices that stand beside a country's or its people's name."""
    for mention in mentions:
        country = _country_of(mention, kb)
        if country is None:
            continue
        owned = text[mention.end : mention.end + 2] in ("'s", "’s")
        if mention.label == "MISC" or owned or _ACRONYM.fullmatch(mention.text):
            begin = mention.end + (2 if owned else 0)
            for pattern, titles in _AFTER:
                match = pattern.match(text, begin)
                if match:
                    yield mention.start, match.end(), country, titles, mention
                    break
        if mention.label == "COUNTRY" and not owned:
            first = max(0, mention.start - _WIDEST)
            for pattern, titles in _BEFORE:
                match = pattern.search(text[first : mention.start])
                if match:
                    yield first + match.start(), mention.end, country, titles, mention
                    break


def _country_of(mention: Mention, kb: KnowledgeBase) -> str | None:
    place = mention.entity_id if mention.label == "COUNTRY" else None
    if mention.label == "MISC":
        place = kb.demonym(mention.text)
    return place.removeprefix("country:") if place and place.startswith("country:") else None


def _stands_for_holder(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a description is definite, of the office itself, and beside no name of a person."""
    before = text[max(0, start - _WIDEST) : start]
    if _DETERMINED.search(before) is None or _PREDICATE.search(before) or _OTHER.match(text, end):
        return False
    for mention in mentions:
        if mention.label in PEOPLE:
            gap = text[mention.end : start].removesuffix("the ") if mention.end <= start else text[end : mention.start]
            beside = len(gap) <= _NEAR and not gap.strip(" ,-–—(")
            if beside or (mention.start < end and start < mention.end):
                return False
    return True


def _is_of_another_time(
    paragraph: Paragraph | None, start: int, end: int, dates: Sequence[DateMention], year: int
) -> bool:
    if paragraph is None:
        return False
    sentence_end = next((last for first, last in paragraph.sentences if first <= start < last), end)
    return any(
        paragraph.start <= date.start < max(sentence_end, end)
        and date.value is not None
        and date.value[:4].isdigit()
        and int(date.value[:4]) != year
        for date in dates
    )


def _read_terms(kb: KnowledgeBase, country: str, titles: frozenset[str]) -> list[Tenure]:
    found = [tenure for tenure in kb.tenures(country) if _is_title(tenure.title, country, titles, kb)]
    if not found and "prime minister" in titles:
        return _read_terms(kb, country, _PREMIER)
    return found


def _is_title(title: str, country: str, titles: frozenset[str], kb: KnowledgeBase) -> bool:
    """Tell whether a title is one of some, with or without its country: "President of the United States"."""
    title = title.lower()
    head, _, place = title.rpartition(" of ")
    if title in titles:
        return True
    return head in titles and any(candidate.id == f"country:{country}" for candidate in kb.candidates(place))


def _choose(tenures: Sequence[Tenure], year: int, named: set[str | None]) -> tuple[Tenure, str] | None:
    """Give the one holder of an office in a year and the rule by which he is known; ``None`` where that is open."""
    held: dict[str, Tenure] = {}
    for tenure in tenures:
        if tenure.start <= year and (tenure.end is None or year <= tenure.end):
            known = held.get(tenure.entry_id, tenure)
            end = None if tenure.end is None or known.end is None else max(tenure.end, known.end)
            start = min(tenure.start, known.start)
            held[tenure.entry_id] = msgspec.structs.replace(known, start=start, end=end)
    possible = list(held.values())
    if len(possible) == 1 and _is_inside(possible[0], year):
        return possible[0], "office"
    known_here = [tenure for tenure in possible if tenure.entry_id in named]
    return (known_here[0], "office-and-name") if len(known_here) == 1 else None


def _is_inside(tenure: Tenure, year: int) -> bool:
    """Tell whether all of a year lies in a term; the years of its beginning and end are another's too."""
    last = tenure.start + _OPEN if tenure.end is None else tenure.end - 1
    return tenure.start < year <= last
