"""The spaCy component ``polnlp_gazetteer``."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from polnlp.kb import open_kb
from polnlp.mentions.gazetteer import Gazetteer


@Language.factory("polnlp_gazetteer", assigns=["doc.spans"], default_config={"kb": None})
def make_gazetteer(nlp: Language, name: str, kb: str | None) -> "GazetteerComponent":
    """Make the component; ``kb`` is a knowledge base's folder, the shipped one by default."""
    return GazetteerComponent(Gazetteer(open_kb(Path(kb) if kb else None)))


class GazetteerComponent:
    """Mark known names in ``doc.spans["gazetteer"]``, with the best entry's id as ``kb_id``."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans; a name that does not meet the Doc's token boundaries is widened to them."""
        spans = []
        for name in self.gazetteer.find(doc.text):
            kb_id = name.entity_ids[0]
            span = doc.char_span(name.start, name.end, label=name.label, kb_id=kb_id, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["gazetteer"] = spans
        return doc
