"""Paragraph and targets → Stance: the attitude to each target, and whose it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from numbers import Integral
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from polnlp.classify.head import Head, best_labels
from polnlp.classify.quotes import Quote, find_holder, find_quotes
from polnlp.classify.settings import is_setting
from polnlp.classify.store import load_classifier, save_classifier
from polnlp.classify.topics import Classified, stack_rows
from polnlp.config import StanceConfig
from polnlp.encoder import WIDTH, SharedReader, default_reader, target_vector
from polnlp.mentions.parts import read_part
from polnlp.models import find_model
from polnlp.schema import AUTHOR, CONTENT_ZONES, STANCE_LABELS, TARGET_LABELS, Entity, Mention, Paragraph, Stance

Span = tuple[int, int]
UNNAMED = "unnamed"  # the rule of a quotation whose speaker is no entity here; its holder is given as the author


class StanceModel:
    """Tells the attitude of a paragraph toward a target that it names, with calibrated probabilities.

    The target's vectors and the paragraph's decide: any number of targets are judged on one reading.

    Attributes:
        labels: In the order of the probabilities' columns: ``schema.STANCE_LABELS``.
    """

    def __init__(self, head: Head, reader: SharedReader | None = None) -> None:
        self.head = head
        self.labels = head.labels
        self.reader = reader or default_reader()

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Open a model's folder; without one the shipped model.

        Raises:
            ModelError: If there is none, or it is damaged or of another kind.
        """
        reader = default_reader()
        return cls(load_classifier(path or find_model(StanceConfig().model), "stance", reader.fingerprint), reader)

    def save(self, folder: Path) -> Path:
        """Write the model to a folder and give the file's path."""
        return save_classifier(folder, "stance", self.head, self.reader.fingerprint)

    def predict(self, targets: Sequence[tuple[str, int, int]]) -> npt.NDArray[np.float64]:
        """Give probabilities of shape ``(n_targets, n_labels)`` for texts with one mention of the target each."""
        return self.predict_mentions([(text, [(start, end)]) for text, start, end in targets])

    def predict_mentions(self, targets: Sequence[tuple[str, Sequence[Span]]]) -> npt.NDArray[np.float64]:
        """Give probabilities of shape ``(n_targets, n_labels)`` for texts with all mentions of the target each."""
        return self.head.predict(describe_targets(targets, self.reader))


def describe_targets(targets: Sequence[tuple[str, Sequence[Span]]], reader: SharedReader) -> npt.NDArray[np.float32]:
    """Give what a stance is told by: the target's mean vector beside its text's, ``(n_targets, 768)``."""
    readings = reader.read(text for text, _ in targets)
    return stack_rows([target_vector(one, spans) for one, (_, spans) in zip(readings, targets, strict=True)], 2 * WIDTH)


class Target(NamedTuple):
    """One target in one paragraph; spans are offsets into ``text``.

    Attributes:
        outside: The mentions that stand in the author's own words.
        quote: The quotation that holds the first of the others.
    """

    paragraph: int
    target: str
    text: str
    spans: list[Span]
    outside: list[Span]
    quote: Quote | None


def classify_stances(
    text: str,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    model: StanceModel,
    config: StanceConfig = StanceConfig(),  # noqa: B008
) -> Classified[Stance]:
    """Judge each content paragraph's attitude to every entity that it is substantively about.

    All mentions of an entity in a paragraph are judged together. An entity whose every mention there is a mere
    setting (``settings.is_setting``) is not judged. Left out are judgements below the threshold.

    Args:
        mentions: Of the whole article; those without ``entity_id`` are passed over.
        entities: Only those of ``TARGET_LABELS`` are targets; any may be a holder.
    """
    by_start = sorted(mentions, key=lambda mention: mention.start)
    quotes = find_quotes(text, [(mention.start, mention.end) for mention in by_start])
    targets = list(find_targets(text, paragraphs, by_start, entities, quotes))
    speakers = {(mention.start, mention.end): mention.entity_id for mention in by_start if mention.entity_id}
    found = []
    for target, row, holder in judge(targets, model):
        name, rule = name_holder(holder, target.target, speakers)
        found.append(make_stance(model.labels, row, target, name, rule))
    sure = tuple(stance for stance in found if stance.score >= config.threshold)
    return Classified(sure, len(found) - len(sure))


def stances_of(
    pairs: Iterable[tuple[str, Span | str]],
    model: StanceModel,
    config: StanceConfig = StanceConfig(),  # noqa: B008
) -> Iterator[Stance]:
    """Judge each text's attitude to a target, in order and whatever the score.

    Args:
        pairs: A text, read as one paragraph, and its target: offsets, or a surface form, which means all places where
            it stands as whole words.

    Yields:
        Holders are ``"author"`` or the speaker's surface form, targets surface forms.

    Raises:
        ValueError: If a target does not stand in its text.
        TypeError: If an item is not a text with its target.
    """
    for pair in pairs:
        text, target = _check_pair(pair)
        spans = find_surface(text, target)
        start, end = spans[0]
        quotes = find_quotes(text)
        one = place_target(0, text[start:end], text, spans, quotes, offset=0)
        for _, row, holder in judge([one], model):
            if holder is None:
                name, rule = AUTHOR, "author"
            elif holder.speaker_start is None:
                name, rule = AUTHOR, UNNAMED
            else:
                name, rule = text[holder.speaker_start : holder.speaker_end], holder.rule
            yield make_stance(model.labels, row, one, name, rule)


def _check_pair(pair: tuple[str, Span | str]) -> tuple[str, Span | str]:
    match pair:
        case (str(), str()) | (str(), (Integral(), Integral())):
            return pair
    raise TypeError(
        f"pairs: {str(pair)[:60]!r} is not a text with its target; give a list of (text, 'Correa') or (text, (0, 6))."
    )


def find_surface(text: str, target: Span | str) -> list[Span]:
    """Give the offsets of a target: those given, or all places of a surface form as whole words.

    Raises:
        ValueError: If it does not stand in the text.
    """
    if isinstance(target, str):
        bordered = rf"(?<!\w){re.escape(target)}(?!\w)"
        spans = [match.span() for match in re.finditer(bordered, text)] if target.strip() else []
    else:
        start, end = target
        spans = [(start, end)] if 0 <= start < end <= len(text) else []
    if not spans:
        raise ValueError(
            f"target {target!r} does not stand in the text {text[:60]!r}; give its offsets or exact words."
        )
    return spans


def find_targets(
    text: str,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
) -> Iterator[Target]:
    """Find what each content paragraph is to be judged about; by paragraph, then by first mention."""
    labels = {entity.id: entity.label for entity in entities}
    for paragraph in paragraphs:
        if paragraph.zone not in CONTENT_ZONES:
            continue
        named: dict[str, list[Span]] = {}
        for mention in mentions:
            if mention.paragraph == paragraph.index and labels.get(mention.entity_id or "") in TARGET_LABELS:
                place = (mention.start - paragraph.start, mention.end - paragraph.start)
                named.setdefault(mention.entity_id or "", []).append(place)
        if named:
            masked = read_part(text, paragraph, paragraphs).text
            for entity_id, spans in named.items():
                if not all(is_setting(masked, start, end, labels[entity_id]) for start, end in spans):
                    yield place_target(paragraph.index, entity_id, masked, spans, quotes, offset=paragraph.start)


def place_target(
    paragraph: int, target: str, text: str, spans: list[Span], quotes: Sequence[Quote], *, offset: int
) -> Target:
    """Tell which mentions stand in quotation; ``offset`` is where the paragraph begins in the quotes' text."""
    around = [find_holder(quotes, start + offset, end + offset) for start, end in spans]
    outside = [span for span, quote in zip(spans, around, strict=True) if quote is None]
    first = next((quote for quote in around if quote is not None), None)
    return Target(paragraph, target, text, spans, outside, first)


def judge(
    targets: Sequence[Target], model: StanceModel
) -> Iterator[tuple[Target, npt.NDArray[np.float64], Quote | None]]:
    """Give each target its probabilities and the quotation whose speaker holds the attitude (``None``: the author).

    Where a target is named inside a quotation and outside it too, the attitude is the speaker's only if the author's
    own words, judged alone, are neutral and the whole is not.
    """
    rows = model.predict_mentions([(target.text, target.spans) for target in targets])
    mixed = [target for target in targets if target.quote is not None and target.outside]
    alone = iter(model.predict_mentions([(target.text, target.outside) for target in mixed]))
    for target, row in zip(targets, rows, strict=True):
        holder = target.quote
        if holder is not None and target.outside:
            label, own = model.labels[row.argmax()], model.labels[next(alone).argmax()]
            holder = holder if own == "neutral" != label else None
        yield target, row, holder


def name_holder(quote: Quote | None, target: str, speakers: dict[Span, str]) -> tuple[str, str]:
    """Give the holder's entity id, or the author, and the rule that found it."""
    if quote is None:
        return AUTHOR, "author"
    if quote.speaker_start is None or quote.speaker_end is None:
        return AUTHOR, UNNAMED
    holder = speakers.get((quote.speaker_start, quote.speaker_end))
    if holder is None:
        return AUTHOR, UNNAMED
    return (AUTHOR, "author") if holder == target else (holder, quote.rule)


def make_stance(
    labels: Sequence[str], probabilities: npt.NDArray[np.float64], target: Target, holder: str, rule: str
) -> Stance:
    """Make a record of one row of probabilities."""
    ranked = dict(best_labels(labels, probabilities))
    label, score = next(iter(ranked.items()))
    return Stance(
        paragraph=target.paragraph,
        holder=holder,
        target=target.target,
        label=label,  # type: ignore[arg-type]
        score=score,
        probabilities={name: ranked[name] for name in STANCE_LABELS if name in ranked},
        rule=rule,
    )
