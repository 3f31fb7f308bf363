"""`polnlp import`: annotations back from a tool, as gold."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polnlp.cli.sample import FormatOption
from polnlp.wording import several

if TYPE_CHECKING:
    from polnlp.annotation.importing import Imported


def import_gold(
    file: Annotated[Path, typer.Argument(help="The annotated file: .csv .json .jsonl .tsv .spacy")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Gold to write, JSON Lines.")],
    sample: Annotated[
        Path | None, typer.Option("--sample", help="The sample.jsonl it was made with; by default the one beside it.")
    ] = None,
    form: Annotated[
        FormatOption | None, typer.Option("--format", help="By default as the file's ending tells.")
    ] = None,
    annotator: Annotated[
        str | None, typer.Option("--annotator", help="Whose annotations (Label Studio: e-mail or number).")
    ] = None,
) -> None:
    """Read corrected annotations back into gold that `polnlp audit`, `evaluate` and `train` take."""
    from polnlp.annotation.importing import import_annotations
    from polnlp.annotation.items import write_items
    from polnlp.errors import PolnlpError

    if output.exists() and output.resolve() == file.resolve():
        raise PolnlpError(f"{output}: is the annotated file itself; write the gold elsewhere.")
    imported = import_annotations(file, form=form, sample=sample, annotator=annotator)
    write_items(imported.items, output)
    for line in describe(imported, file, output):
        typer.echo(line, err=True)


def describe(imported: "Imported", file: Path, output: Path) -> Iterator[str]:
    """Say what was written, and what of the sample is not in it."""
    from polnlp.schema import LABELS, TOPICS

    yield f"{several(len(imported.items), 'item')} written to {output}."
    if imported.missing:
        missing = several(len(imported.missing), "item")
        yield f"Of the sample, {missing} {_verb(imported.missing, 'is', 'are')} not in {file}."
    if imported.empty:
        yield f"Left out: {several(len(imported.empty), 'mark')} of no characters, in {_show(imported.empty)}"
    if imported.overlapping:
        yield (
            f"{several(len(imported.overlapping), 'item')} {_verb(imported.overlapping, 'has', 'have')} marks that "
            f"overlap, which polnlp's own never do: {_show(imported.overlapping)}"
        )
    if imported.unknown_labels:
        yield (
            f"Labels that polnlp does not have: {_name_nearest(imported.unknown_labels, (*LABELS, 'DATE'))}. If they "
            "are misspelt, correct them and import again: an audit counts each as a label of its own."
        )
    if imported.unknown_topics:
        yield (
            f"Choices that are none of polnlp's topics: {_name_nearest(imported.unknown_topics, TOPICS)}. Right for a "
            "scheme of your own; if they are misspelt, correct them and import again."
        )
    if imported.unjudged:
        verb = _verb(imported.unjudged, "has", "have")
        yield f"{several(len(imported.unjudged), 'item')} {verb} no choice: {_show(imported.unjudged)}"


def _name_nearest(counts: dict[str, int], known: Sequence[str]) -> str:
    """Name the most frequent, each with its count and the known name that it is perhaps meant to be."""
    folded = {name.casefold(): name for name in known}
    named = []
    for name, count in list(counts.items())[:5]:
        nearest = get_close_matches(name.casefold(), folded, n=1)
        named.append(f"{name} {count:,}" + (f" ({folded[nearest[0]]}?)" if nearest else ""))
    return ", ".join(named) + (", ..." if len(counts) > len(named) else "")


def _show(ids: Sequence[str]) -> str:
    return ", ".join(ids[:3]) + (" ..." if len(ids) > 3 else "")


def _verb(items: Sequence[object], one: str, more: str) -> str:
    return one if len(items) == 1 else more
