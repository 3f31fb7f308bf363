"""Stage 3: the names of an article, in article offsets."""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from polnlp.config import MentionsConfig
from polnlp.mentions.consistency import agree_on_labels, find_again
from polnlp.mentions.definitions import follow_full_names, label_definitions
from polnlp.mentions.engines import NameTagger, RawName
from polnlp.mentions.evidence import NameList, cuts, weigh_evidence
from polnlp.mentions.headings import drop_headed
from polnlp.mentions.labels import Scheme
from polnlp.mentions.metonyms import mark_metonyms
from polnlp.mentions.overlaps import resolve_overlaps
from polnlp.mentions.parts import Part, read_part
from polnlp.mentions.runs import part_runs
from polnlp.mentions.trimming import find_loose_end, trim_name
from polnlp.schema import CONTENT_ZONES, PEOPLE, DateMention, Mention, Paragraph

_DESCRIBED = ("EVENT", "ELECTION", "ORG")  # by the codebook no name without a capital or a number
# Those who take part in events are none: what stands before them, with a capital, says who they are.
_PEOPLE_NOUN = re.compile(
    r"\s(?:movement|government|regime|forces?|troops|army|party|people|camp|opposition|authorities|leadership|elites?|oligarchy"
    r"|community|population|state|bloc|elements|groups?)$"
)


def find_mentions(
    text: str,
    paragraphs: Sequence[Paragraph],
    tagger: NameTagger,
    gazetteer: NameList | None = None,
    config: MentionsConfig = MentionsConfig(),  # noqa: B008  frozen
    dates: Sequence[DateMention] = (),
    scheme: Scheme = "codebook",
) -> tuple[Mention, ...]:
    """Find the names in an article's content zones.

    The tagger reads each paragraph; the gazetteer adds and settles what it can; then the mentions of the article are
    brought to agree, and a name that is sure at one place is looked for at the others; overlaps go to the outer name.

    Args:
        text: The article's text.
        paragraphs: All of its paragraphs; those of other zones are passed over.
        tagger: From ``load_tagger``.
        gazetteer: ``None`` takes the tagger's names as they are.
        config: ``threshold`` is the least score of a mention.
        dates: A name inside a date, or that only dates an election, is dropped.
        scheme: Whose conventions the tagger marks by.

    Returns:
        Mentions ordered by ``start``, apart from each other; ``text[start:end]`` is each one's ``text``.
    """
    parts = [read_part(text, paragraph, paragraphs) for paragraph in paragraphs if paragraph.zone in CONTENT_ZONES]
    mentions: list[Mention] = []
    for part, names in zip(parts, tagger.tag([part.text for part in parts]), strict=True):
        whole = join_parts(part.text, _keep_names(part.text, names, scheme))
        of_part = [mention for name in whole if (mention := _as_mention(part, name, tagger.source, scheme))]
        of_part = list(resolve_overlaps(of_part)[0])
        if gazetteer is not None:
            of_part = weigh_evidence(of_part, gazetteer.find(part.text), part.text, part.start, part.paragraph.index)
        mentions += of_part
    kept, _ = resolve_overlaps((mention for mention in mentions if mention.score >= config.threshold), dates)
    agreed = agree_on_labels(label_definitions(text, follow_full_names(kept)))
    agreed = part_runs(parts, agreed, gazetteer if scheme == "codebook" else None)
    found = [*agreed, *_missed(parts, agreed)]
    above = [mention for mention in found if mention.score >= config.threshold]
    kept, _ = resolve_overlaps(above, dates)
    if scheme == "codebook":
        kept = tuple(mark_metonyms(text, drop_headed(parts, kept, gazetteer)))
    return _finish(text, paragraphs, kept)


def join_parts(text: str, names: Sequence[RawName]) -> list[RawName]:
    """Make one name of two that nothing but a space parts and that make no sense apart.

    They are two halves of a person ("Manual" and "Rosales"), or the first breaks off at a preposition ("Convention
    against" and "Torture").
    """
    joined: list[RawName] = []
    for name in names:
        last = joined[-1] if joined else None
        if last and text[last.end : name.start] == " " and _goes_on(text, last, name):
            joined[-1] = RawName(last.start, name.end, last.label, min(last.score, name.score))
        else:
            joined.append(name)
    return joined


def _goes_on(text: str, one: RawName, other: RawName) -> bool:
    halves = one.label in PEOPLE and one.label == other.label
    return halves or find_loose_end(text, one.start, one.end) is not None


def _keep_names(text: str, names: Sequence[RawName], scheme: Scheme) -> list[RawName]:
    """Leave out what the codebook counts for no name."""
    if scheme != "codebook":
        return [name for name in names if not _is_no_name(text, name, ("EVENT",))]
    return [_without_people(text, name) for name in names if not _is_no_name(text, name, _DESCRIBED)]


def _is_no_name(text: str, name: RawName, labels: tuple[str, ...]) -> bool:
    """Tell whether an event, vote or body is but described, or a doctrine: no capital in it, but some beside it.

    "The democratic referendum", "religious association", "neo-liberalism". A year makes a name of a description: "2008
    financial crisis".
    """
    surface = text[name.start : name.end]
    small = surface == surface.lower() and not surface[0].isdigit() and text != text.lower()
    return small and (name.label in labels or (name.label == "MISC" and surface.endswith("ism")))


def _without_people(text: str, name: RawName) -> RawName:
    """Give what is left of an "event" that is but a party to events: "Bolivarian" of "Bolivarian movement"."""
    surface = text[name.start : name.end]
    people = _PEOPLE_NOUN.search(surface) if name.label == "EVENT" else None
    if people is None or not surface[:1].isupper():
        return name
    return RawName(name.start, name.start + people.start(), "MISC", name.score)


def _as_mention(part: Part, name: RawName, source: str, scheme: Scheme) -> Mention | None:
    trimmed = trim_name(part.text, name.start, name.end, name.label, keep_article=scheme == "crossner")
    if trimmed is None:
        return None
    start, end = trimmed
    return Mention(
        start=part.start + start,
        end=part.start + end,
        text=part.text[start:end],
        label=name.label,
        score=name.score,
        paragraph=part.paragraph.index,
        source=source,
    )


def _missed(parts: Sequence[Part], mentions: Sequence[Mention]) -> list[Mention]:
    """Find sure names at places where the tagger saw nothing, or but parts of the name."""
    again = find_again([(part.paragraph.index, part.start, part.text) for part in parts], mentions)
    taken = {(mention.start, mention.end) for mention in mentions}
    return [mention for mention in again if (mention.start, mention.end) not in taken and not cuts(mention, mentions)]


def _finish(text: str, paragraphs: Sequence[Paragraph], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Set the text as the article has it, and the sentence."""
    by_index = {paragraph.index: paragraph for paragraph in paragraphs}
    return tuple(
        msgspec.structs.replace(
            mention,
            text=text[mention.start : mention.end],
            sentence=_sentence_of(by_index[mention.paragraph], mention.start),
        )
        for mention in mentions
    )


def _sentence_of(paragraph: Paragraph, start: int) -> int:
    place = bisect_right(paragraph.sentences, start, key=lambda sentence: sentence[0]) - 1
    return max(0, place)
