"""What a Word, RTF or PDF file holds: blocks of text and what the file says of itself → a draft's text."""

from dataclasses import dataclass, field


@dataclass
class Blocks:
    """The paragraphs of a document, in reading order.

    Attributes:
        texts: One string a paragraph.
        title: The heading, else what the file names as its title.
        metadata: What else the file says of itself.
        notes: What had to be decided to read it.
    """

    texts: list[str]
    title: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs, parted by blank lines."""
        return "\n\n".join(self.texts)
