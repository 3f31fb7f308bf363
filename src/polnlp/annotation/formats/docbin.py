"""spaCy: a DocBin. Marks are ``doc.ents``, the choice is ``doc.cats``; ``doc.user_data`` holds the item's id.

Where marks overlap, which ``doc.ents`` cannot hold, they are ``doc.spans["sc"]``, the key of spaCy's span categorizer.
Tokens are spaCy's, cut further where a mark begins or ends inside one, so that no mark is moved.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polnlp.annotation.formats.pieces import cut_pieces
from polnlp.annotation.items import Item, Mark, do_overlap
from polnlp.errors import CorpusError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

OVERLAPPING = "sc"


def write(items: Sequence[Item]) -> bytes:
    """Give a DocBin of one Doc an item."""
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    return DocBin(docs=[_make_doc(item, nlp) for item in items], store_user_data=True).to_bytes()


def _make_doc(item: Item, nlp: "Language") -> "Doc":
    from spacy.tokens import Doc

    tokens = [(token.idx, token.idx + len(token)) for token in nlp.make_doc(item.text)]
    words: list[str] = []
    spaces: list[bool] = []
    begins, ends = {mark.start for mark in item.spans}, {mark.end for mark in item.spans}
    for start, end in cut_pieces(item.text, item.spans, tokens):
        of_mark = start in begins or end in ends
        if item.text[start:end] == " " and words and not spaces[-1] and not of_mark:
            spaces[-1] = True
        else:
            words.append(item.text[start:end])
            spaces.append(False)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    marks = [doc.char_span(mark.start, mark.end, label=mark.label, kb_id=mark.entity or "") for mark in item.spans]
    spans = [span for span in marks if span is not None]
    if do_overlap(item.spans):
        doc.spans[OVERLAPPING] = spans
    else:
        doc.ents = spans
    doc.cats = {} if item.choice is None else {item.choice: 1.0}
    doc.user_data |= {"item": item.id, "what": item.what, "question": item.question}
    return doc


def read(data: bytes, where: str) -> list[Item]:
    """Read a DocBin; of several ``cats`` the highest counts."""
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))
    except Exception as error:  # zlib's, msgpack's and spaCy's own: whatever the bytes are not
        raise CorpusError(f"{where}: not a spaCy DocBin: {error}.") from error
    return [
        Item(
            id=str(doc.user_data.get("item", "")),
            what=doc.user_data.get("what", "paragraphs"),
            text=doc.text,
            spans=tuple(
                Mark(start=span.start_char, end=span.end_char, label=span.label_, entity=span.kb_id_ or None)
                for span in (*doc.ents, *doc.spans.get(OVERLAPPING, ()))
            ),
            choice=max(sorted(doc.cats), key=lambda name: doc.cats[name]) if doc.cats else None,
        )
        for doc in docs
    ]
