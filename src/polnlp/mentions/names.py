"""The names stage as a spaCy component, ``polnlp_names``: any engine's names on any pipeline's Doc."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from polnlp.errors import ConfigError
from polnlp.mentions.engines import NameTagger, RawName, load_tagger
from polnlp.mentions.spacy_tagger import batched


@Language.factory(
    "polnlp_names",
    assigns=["doc.spans", "doc.ents"],
    default_config={"model": "names-cnn", "threshold": 0.3, "spans_key": "mentions", "set_ents": True},
)
def make_name_tagger(
    nlp: Language, name: str, model: str, threshold: float, spans_key: str, set_ents: bool
) -> "NamesComponent":
    """Make the component ``polnlp_names``; ``model`` is anything that ``load_tagger`` opens."""
    if not 0 <= threshold <= 1:
        raise ConfigError(f"polnlp_names: threshold is {threshold}; it must be between 0 and 1.")
    return NamesComponent(load_tagger(model), threshold=threshold, spans_key=spans_key, set_ents=set_ents)


class NamesComponent:
    """Mark names in ``doc.spans["mentions"]`` and ``doc.ents``.

    The group's ``attrs`` hold ``scores`` and ``sources``, one for each span. The text is tokenised anew for the tagger,
    so that any pipeline's tokenizer will do; a name that ends within a token of the Doc takes the whole token.
    """

    def __init__(
        self, tagger: NameTagger, *, threshold: float = 0.3, spans_key: str = "mentions", set_ents: bool = True
    ) -> None:
        self.tagger, self.threshold = tagger, threshold
        self.spans_key, self.set_ents = spans_key, set_ents

    def __call__(self, doc: Doc) -> Doc:
        """Mark one Doc."""
        return self._mark(doc, self.tagger.tag([doc.text])[0])

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Mark a stream of Docs."""
        for docs in batched(stream, batch_size):
            for doc, names in zip(docs, self.tagger.tag([doc.text for doc in docs]), strict=True):
                yield self._mark(doc, names)

    def _mark(self, doc: Doc, names: list[RawName]) -> Doc:
        spans, scores = list(doc.spans.get(self.spans_key, [])), []
        held = doc.spans[self.spans_key].attrs if self.spans_key in doc.spans else {}
        scores, sources = list(held.get("scores", [])), list(held.get("sources", []))
        for name in names:
            span = doc.char_span(name.start, name.end, label=name.label, alignment_mode="expand")
            if name.score >= self.threshold and span is not None:
                spans.append(span)
                scores.append(name.score)
                sources.append(self.tagger.source)
        doc.spans[self.spans_key] = spans
        doc.spans[self.spans_key].attrs.update(scores=scores, sources=sources)
        if self.set_ents:
            doc.ents = filter_spans([*doc.ents, *spans])
        return doc
