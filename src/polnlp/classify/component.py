"""Quotation as a spaCy component, for pipelines of one's own."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from polnlp.classify.quotes import Quote, find_quotes


@Language.factory("polnlp_quotes", assigns=["doc.spans"], default_config={"key": "quotes"})
def make_quote_finder(nlp: Language, name: str, key: str) -> "QuoteFinder":
    """Wire the component; ``key`` is where in ``doc.spans`` the quotations go."""
    return QuoteFinder(key)


class QuoteFinder:
    """Mark direct and indirect quotations in ``doc.spans["quotes"]``.

    A span's ``label_`` is the rule that found it, its ``kb_id_`` the speaker's words (empty if the text names none).
    Names in ``doc.ents`` and ``doc.spans["mentions"]`` help to find speakers, where a component before set them.
    Words at the edges are marked whole.
    """

    def __init__(self, key: str = "quotes") -> None:
        self.key = key

    def __call__(self, doc: Doc) -> Doc:
        """Write the quotations of a Doc to its spans."""
        names = {(span.start_char, span.end_char) for span in (*doc.ents, *doc.spans.get("mentions", ()))}
        quotes = find_quotes(doc.text, sorted(names))
        marked = (mark_quote(doc, quote) for quote in quotes)
        doc.spans[self.key] = [span for span in marked if span is not None]
        return doc


def mark_quote(doc: Doc, quote: Quote) -> Span | None:
    """Give a quotation as a span; ``None`` if no token stands in it."""
    speaker = doc.text[quote.speaker_start : quote.speaker_end] if quote.speaker_start is not None else ""
    return doc.char_span(quote.start, quote.end, label=quote.rule, kb_id=speaker, alignment_mode="expand")
