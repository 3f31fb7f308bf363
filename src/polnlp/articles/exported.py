"""One article out of a newspaper database's export, whichever database it is from."""

from dataclasses import dataclass, field

from polnlp.articles.drafts import Draft
from polnlp.articles.stamps import find_stamps
from polnlp.schema import ArticleDate


@dataclass
class Exported:
    """What an export tells of one article.

    Attributes:
        database: ``Nexis`` or ``Factiva``, for notes.
        body: The article without its headline.
        fields: Known fields that are there: title, date, author, source, language, id.
        metadata: Further fields (section, words, load_date, ...).
        left_out: Characters of the article's part of the file that are neither text nor kept as metadata.
    """

    database: str
    body: str
    fields: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    left_out: int = 0

    def to_draft(self, notes: tuple[str, ...] = ()) -> Draft:
        """Make the draft: the headline goes before the text; a load date dates an article that nothing else does."""
        title = self.fields.get("title", "")
        fields = {name: value for name, value in self.fields.items() if value}
        fields["text"] = "\n\n".join(filter(None, (title, self.body)))
        if "language" in fields:
            fields["language"] = fields["language"].split(";")[0].split(",")[0].strip()
        note = f"{self.database} export: {self.left_out} characters of its headings, captions and indexing left out"
        return Draft(
            fields,
            dict(self.metadata),
            "",
            "",
            date_from=f"{self.database} date",
            found_date=self._date_by_loading(),
            notes=[*notes, note],
            single=False,
        )

    def _date_by_loading(self) -> ArticleDate | None:
        stamp = next(iter(find_stamps(self.metadata.get("load_date", ""))), None)
        return ArticleDate(value=stamp.value, source="metadata", text="Load-Date", upper_bound=True) if stamp else None


def read_date(line: str) -> str:
    """Give the date in a line such as "March 5, 2019 Tuesday 10:00 AM GMT"; an empty string if there is none."""
    return next((stamp.value for stamp in find_stamps(line[:200])), "")
