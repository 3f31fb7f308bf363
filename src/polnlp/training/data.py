"""The labelled texts that names are trained on: which sets there are, what they mark, and what may be shipped.

Every set marks by rules of its own ("Republicans" is a party here, a people there; one set marks no nationality at
all). They are not forced into one scheme: each set trains an output layer of its own (its ``head``) on a shared reading
of the words, and only the heads of the codebook and of CrossNER are kept.
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from polnlp.errors import CorpusError
from polnlp.evaluation.gold import GoldSpan, GoldText, read_gold
from polnlp.mentions.labels import CODEBOOK, CONLL, CROSSNER, map_label
from polnlp.schema import Label

logger = logging.getLogger(__name__)

Head = Literal["codebook", "crossner", "gum", "conll", "people-places", "fewnerd"]

# Licences under which a model that learnt from the text may be passed on.
_REFUSED = ("NC", "NON-COMMERCIAL", "RESEARCH", "UNCLEAR", "NONE STATED", "NO LICENCE")


class LabelledText(msgspec.Struct, frozen=True):
    """A text with labelled spans, ordered and apart; in ``unknown`` stretches there may be a name or not."""

    id: str
    text: str
    spans: tuple[GoldSpan, ...]
    unknown: tuple[tuple[int, int], ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A set of labelled texts.

    Attributes:
        file: Its file in the data folder; ``None`` for the sentences that come with the package.
        head: The output layer that it trains.
        labels: Its labels to those of the head; what is not named here is not marked.
        licence: For the card.
    """

    file: str | None
    head: Head
    labels: Mapping[str, str]
    licence: str


_PEOPLE_PLACES = {"PER": "PERSON", "ORG": "ORG", "LOC": "REGION"}
_GUM = {"person": "PERSON", "place": "REGION", "organization": "ORG", "event": "EVENT"}
_FEWNERD = {
    "organization-politicalparty": "PARTY",
    "event-election": "ELECTION",
    "organization-government/governmentagency": "ORG",
    "organization-religion": "ORG",
    "location-other": "REGION",
    "person-scholar": "PERSON",
    "event-other": "EVENT",
}

SOURCES: dict[str, Source] = {
    "crossner": Source(
        file="ner/crossner_politics_train.jsonl",
        head="crossner",
        labels=CROSSNER,
        licence="MIT; text CC BY-SA 3.0 (Wikipedia)",
    ),
    "own": Source(file=None, head="codebook", labels=CODEBOOK, licence="Apache-2.0"),
    "own-crossner": Source(file=None, head="crossner", labels=CODEBOOK, licence="Apache-2.0"),
    "crossner-dev": Source(
        file="ner/crossner_politics_dev.jsonl",
        head="crossner",
        labels=CROSSNER,
        licence="MIT; text CC BY-SA 3.0 (Wikipedia)",
    ),
    "paragraphs": Source(
        file="gold/paragraphs.jsonl",
        head="codebook",
        labels=CODEBOOK,
        licence="CC0 (UN General Debate), CC BY 4.0, CC BY 2.5 (Wikinews), public domain",
    ),
    "crossner-codebook": Source(
        file="ner/crossner_politics_train.jsonl",
        head="codebook",
        labels=CROSSNER,
        licence="MIT; text CC BY-SA 3.0 (Wikipedia)",
    ),
    "crossner-dev-codebook": Source(
        file="ner/crossner_politics_dev.jsonl",
        head="codebook",
        labels=CROSSNER,
        licence="MIT; text CC BY-SA 3.0 (Wikipedia)",
    ),
    "gum": Source(
        file="ner/gum_train.jsonl.gz",
        head="gum",
        labels=_GUM,
        licence="CC BY 4.0; texts CC BY 2.5, CC BY, CC BY-SA 3.0",
    ),
    "wikigold": Source(
        file="ner/wikigold.jsonl.gz", head="conll", labels=CONLL, licence="CC BY 4.0; text CC BY-SA (Wikipedia)"
    ),
    "ewt": Source(file="ner/uner_ewt_dev.jsonl", head="people-places", labels=_PEOPLE_PLACES, licence="CC BY-SA 4.0"),
    "btc": Source(file="ner/btc_abegh.jsonl.gz", head="people-places", labels=_PEOPLE_PLACES, licence="CC BY 4.0"),
    "fewnerd": Source(
        file="ner/fewnerd_inter_test_public70.jsonl.gz",
        head="fewnerd",
        labels=_FEWNERD,
        licence="CC BY-SA 4.0; text Wikipedia",
    ),
}
DEFAULT_SOURCES: tuple[str, ...] = (
    "crossner",
    "own-crossner",
    "paragraphs",
    "crossner-codebook",
    "own",
    "gum",
    "wikigold",
    "ewt",
)


def read_source(data: Path, name: str) -> list[LabelledText]:
    """Read one of ``SOURCES`` from the data folder; texts of the gold articles and rows that may not ship are left out.

    Raises:
        CorpusError: If there is no such source, or its file is missing.
    """
    if name not in SOURCES:
        raise CorpusError(f"No source {name!r} of labelled names; there are {', '.join(SOURCES)}.")
    source = SOURCES[name]
    if source.file is None:
        return _read_own_sentences(source.head)
    held_out = find_held_out(data)
    texts = [gold for gold in read_gold(data / source.file) if not is_held_out(gold.id, held_out)]
    shippable = [gold for gold in texts if may_ship(gold.license)]
    logger.info("%s: %d texts, %d left out for their licence", name, len(shippable), len(texts) - len(shippable))
    relabel = relabel_by_codebook if name.endswith("-codebook") else _keep
    return [relabel(label_text(gold, source.labels)) for gold in shippable]


def _read_own_sentences(head: Head) -> list[LabelledText]:
    from polnlp.training.marked import read_own_sentences  # it makes LabelledTexts

    return read_own_sentences("crossner" if head == "crossner" else "codebook")


def read_own(path: Path) -> list[LabelledText]:
    """Read a user's own rows, ``{"text": ..., "spans": [{"start", "end", "label"}]}``, labels of any known set.

    Raises:
        CorpusError: If a row is not of that form. A label that maps to none of ours (``DATE``) is passed over.
    """
    return [label_text(gold, _known_labels(gold, path)) for gold in read_gold(path)]


def _known_labels(gold: GoldText, path: Path) -> dict[str, str]:
    if gold.names is None:
        raise CorpusError(f"{path}: {gold.id} has no 'spans'; each is {{'start', 'end', 'label'}}.")
    return {span.label: label for span in gold.names if (label := map_label(span.label))}


def label_text(gold: GoldText, labels: Mapping[str, str]) -> LabelledText:
    """Keep the spans that ``labels`` names, under its names; of two that overlap the longer. A name has a capital."""
    mapped = [
        GoldSpan(span.start, span.end, labels[span.label])
        for span in gold.names or ()
        if span.label in labels and gold.text[span.start : span.end] != gold.text[span.start : span.end].lower()
    ]
    return LabelledText(gold.id, gold.text, tuple(drop_overlaps(mapped)))


def drop_overlaps(spans: Iterable[GoldSpan]) -> list[GoldSpan]:
    """Keep of overlapping spans the longest, of equally long ones the first; ordered by start."""
    kept: list[GoldSpan] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


# What CrossNER marks as people ("Republicans", "Liberal Democrats") the codebook counts as the party.
_PARTY_PEOPLE = re.compile(
    r"(?:(?:\w+ ){0,2}(?:Republican|Democrat|Conservative|Liberal|Green|Whig|Federalist|Unionist|Communist|Socialist"
    r"|Nazi|Bolshevik|Menshevik|Christian-Democrat|Social-Democrat)s?|Tory|Tories|Labour|Labor)"
)
# Nations within a state: countries there, regions in the codebook.
_NATIONS = re.compile(r"England|Scotland|Wales|Northern Ireland|Catalonia|Basque Country|Quebec|Gibraltar")


def relabel_by_codebook(text: LabelledText) -> LabelledText:
    """Mark a CrossNER text as the codebook would, as far as the surface form alone tells."""
    return LabelledText(text.id, text.text, tuple(_relabel(text.text, span) for span in text.spans))


def _relabel(text: str, span: GoldSpan) -> GoldSpan:
    surface = text[span.start : span.end]
    label: Label | None = None
    if span.label == "MISC" and _PARTY_PEOPLE.fullmatch(surface):
        label = "PARTY"
    elif span.label == "COUNTRY" and _NATIONS.fullmatch(surface):
        label = "REGION"
    return GoldSpan(span.start, span.end, label or span.label)


def _keep(text: LabelledText) -> LabelledText:
    return text


def may_ship(licence: str) -> bool:
    """Tell whether a model that learnt from a row of this licence may be passed on.

    Examples:
        >>> may_ship("CC BY-SA 3.0"), may_ship("CC BY-NC 3.0"), may_ship("none stated")
        (True, False, False)
    """
    words = licence.upper()
    return not any(refused in words for refused in _REFUSED)


def find_held_out(data: Path) -> frozenset[str]:
    """Name the whole articles that are the codebook's own measure (``gold/*.json``): never trained on."""
    return frozenset(file.stem for file in sorted((data / "gold").glob("*.json")))


def is_held_out(text_id: str, held_out: frozenset[str]) -> bool:
    """Tell whether a text is a held-out article or a part of one (``GUM_news_korea-12``, ``ungd-BOL-61-2006#3``)."""
    return text_id in held_out or text_id.rpartition("-")[0] in held_out or text_id.rpartition("#")[0] in held_out


def hash_source(data: Path, name: str) -> str:
    """Give the sha256 of a source's file, for the card."""
    file = SOURCES[name].file
    path = Path(__file__).parent / "sentences" / "names.txt" if file is None else data / file
    return hashlib.sha256(path.read_bytes()).hexdigest()
