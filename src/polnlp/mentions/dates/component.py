"""The dates as a spaCy component: spans in ``doc.spans["dates"]``, records in ``doc.user_data["polnlp_dates"]``."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from polnlp.mentions.dates import find_dates
from polnlp.mentions.dates.context import Guideline


@Language.factory(
    "polnlp_dates",
    assigns=["doc.spans", "doc.user_data"],
    default_config={"language": "en", "guideline": "codebook", "day_first": None, "reference": None},
)
def make_date_finder(
    nlp: Language, name: str, language: str, guideline: Guideline, day_first: bool | None, reference: str | None
) -> "DateFinder":
    """Make the component; its arguments are those of ``find_dates``."""
    return DateFinder(language=language, guideline=guideline, day_first=day_first, reference=reference)


class DateFinder:
    """Mark dates as ``DATE``, ``TIME``, ``DURATION`` or ``SET`` spans in ``doc.spans["dates"]``.

    The article's date is ``doc.user_data["date"]``, else ``reference``; without either, relative dates stay open.
    A date that begins or ends within a token gets the tokens that hold it; the record keeps the characters.
    """

    def __init__(
        self,
        *,
        language: str = "en",
        guideline: Guideline = "codebook",
        day_first: bool | None = None,
        reference: str | None = None,
    ) -> None:
        self.language, self.guideline, self.day_first, self.reference = language, guideline, day_first, reference
        find_dates("", reference=reference, guideline=guideline, language=language)  # a wrong setting fails here

    def __call__(self, doc: Doc) -> Doc:
        """Mark the dates of a document; earlier ones are replaced."""
        records = find_dates(
            doc.text,
            reference=doc.user_data.get("date") or self.reference,
            guideline=self.guideline,
            language=self.language,
            day_first=self.day_first,
        )
        spans = [doc.char_span(one.start, one.end, label=one.type, alignment_mode="expand") for one in records]
        doc.spans["dates"] = [span for span in spans if isinstance(span, Span)]
        doc.user_data["polnlp_dates"] = records
        return doc
