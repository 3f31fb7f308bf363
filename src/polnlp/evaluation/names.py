"""Names against gold."""

from collections.abc import Callable, Iterator, Sequence

from polnlp.evaluation.analyser import Analyser
from polnlp.evaluation.gold import GoldText
from polnlp.evaluation.scores import (
    Example,
    Scores,
    Span,
    bootstrap,
    confuse_spans,
    excerpt,
    f1_of_counts,
    score_spans,
    worst_examples,
)
from polnlp.mentions.labels import CODEBOOK, CROSSNER, Scheme, coarsen_label, map_label
from polnlp.schema import Mention

_NOTHING = "nothing"
SCHEMES: tuple[Scheme, ...] = ("codebook", "crossner")


def score_names(texts: Sequence[GoldText], pipeline: Analyser, origin: str = "gold") -> Scores:
    """Score names, exact in span and label, labels mapped by the codebook.

    Sets with coarse labels (PER, LOC, ORG) are scored at their grain: a leader is a person, a country a place.
    """
    texts = [text for text in texts if text.names is not None]
    used = {span.label for text in texts for span in text.names or ()} - {"DATE"}
    exact = used <= set(CODEBOOK) or used <= set(CROSSNER)
    grain: Callable[[str], str | None] = map_label if exact else _coarse
    marked = {grain(label) for label in used}
    gold = [_gold_spans(text, grain) for text in texts]
    mentions = _find_names(texts, pipeline)
    found = [[(m.start, m.end, m.label if exact else coarsen_label(m.label)) for m in of_text] for of_text in mentions]
    if not exact:  # what a set does not mark at all cannot be found wrongly
        found = [[span for span in spans if span[2] in marked] for spans in found]
    micro, labels, counts = score_spans(gold, found)
    return Scores(
        task="names",
        gold=origin,
        documents=len(texts),
        values={"F1": micro.f1, "precision": micro.precision, "recall": micro.recall},
        intervals={"F1": bootstrap(counts, f1_of_counts)},
        labels=labels,
        confusion=confuse_spans(gold, found),
        examples=worst_examples(_find_errors(texts, gold, found, mentions)),
        notes=_notes_on_labels(used, exact),
    )


def _find_errors(
    texts: Sequence[GoldText],
    gold: Sequence[Sequence[Span]],
    found: Sequence[Sequence[Span]],
    mentions: Sequence[Sequence[Mention]],
) -> Iterator[Example]:
    for text, of_gold, of_found, of_text in zip(texts, gold, found, mentions, strict=True):
        scores = {(m.start, m.end): m.score for m in of_text}
        for span in of_found:
            if span not in of_gold:
                told = _say_overlap(text.text, span, of_gold)
                shown, score = excerpt(text.text, *span[:2]), scores[span[:2]]
                yield Example(id=text.id, text=shown, gold=told, found=span[2], score=score)
        for span in of_gold:
            if span not in of_found and _say_overlap(text.text, span, of_found) == _NOTHING:
                yield Example(id=text.id, text=excerpt(text.text, *span[:2]), gold=span[2], found=_NOTHING)


def _say_overlap(text: str, span: Span, others: Sequence[Span]) -> str:
    other = next((other for other in others if span[0] < other[1] and other[0] < span[1]), None)
    if other is None:
        return _NOTHING
    return other[2] if other[:2] == span[:2] else f"{other[2]} {text[other[0] : other[1]]}"


def _coarse(label: str) -> str | None:
    mapped = map_label(label)
    return coarsen_label(mapped) if mapped else None


def _gold_spans(text: GoldText, grain: Callable[[str], str | None]) -> list[Span]:
    return [(span.start, span.end, label) for span in text.names or () if (label := grain(span.label))]


def _find_names(texts: Sequence[GoldText], pipeline: Analyser) -> list[Sequence[Mention]]:
    """Find names: of whole articles in their zones, of single paragraphs in the conventions of their set."""
    found: dict[int, Sequence[Mention]] = {}
    for scheme in SCHEMES:
        places = [place for place, text in enumerate(texts) if text.scheme == scheme and not text.parts]
        if places:  # a model need not know a scheme that is not asked for
            of_scheme = pipeline.extract_batch([texts[place].text for place in places], scheme=scheme)
            found.update(zip(places, of_scheme, strict=True))
    for place, text in enumerate(texts):
        if place not in found:
            found[place] = pipeline.analyze(text.text, date=text.date, title=text.title, id=text.id).mentions
    return [found[place] for place in range(len(texts))]


def _notes_on_labels(used: set[str], exact: bool) -> tuple[str, ...]:
    dropped = sorted(label for label in used if map_label(label) is None)
    notes = [] if exact else ["coarse labels: LEADER counts as PERSON, PARTY as ORG, COUNTRY as REGION"]
    if dropped:
        notes.append(f"gold labels without a counterpart are left out: {', '.join(dropped)}")
    return tuple(notes)
