"""`polnlp import`: annotations back from a tool, as gold."""

from pathlib import Path
from typing import Annotated

import typer

from polnlp.cli.sample import FormatOption


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
    typer.echo(f"{len(imported.items)} items written to {output}.", err=True)
    if imported.missing:
        typer.echo(f"{len(imported.missing)} items of the sample are not in {file}.", err=True)
    if imported.unjudged:
        shown = ", ".join(imported.unjudged[:3]) + (" ..." if len(imported.unjudged) > 3 else "")
        typer.echo(f"{len(imported.unjudged)} items have no choice: {shown}", err=True)
