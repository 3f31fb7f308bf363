"""What the evaluation asks of a pipeline."""

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from polnlp.schema import Mention, Report, Stance, Topic


class Analyser(Protocol):
    """What is asked of a pipeline; ``polnlp.pipeline.Pipeline`` is one."""

    def analyze(self, text: str, *, date: str | None = None, title: str | None = None, id: str = "text") -> Report:
        """Analyse one article."""

    def extract_batch(
        self, texts: Iterable[str], *, scheme: Literal["codebook", "crossner"] = "codebook"
    ) -> Iterator[list[Mention]]:
        """Find the names of texts."""

    @property
    def topic_labels(self) -> tuple[str, ...]:
        """The labels that topics may have."""

    def topics(self, texts: Iterable[str]) -> Iterator[Topic]:
        """Tell what texts are about."""

    def stances(self, pairs: Iterable[tuple[str, tuple[int, int] | str]]) -> Iterator[Stance]:
        """Tell the attitude of texts toward targets."""
