"""`polnlp sample`: what an annotator is to look at."""

from pathlib import Path
from typing import Annotated, Literal

import typer

FormatOption = Literal["csv", "inception-json", "label-studio", "doccano", "inception", "spacy"]


def sample(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a run.")],
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="Items.")] = 200,
    by: Annotated[
        str, typer.Option("--by", help="Strata, comma-separated: topic, year, article, label, or a metadata column.")
    ] = "",
    what: Annotated[
        Literal["paragraphs", "entities", "edges", "stances"], typer.Option("--what", help="What is drawn.")
    ] = "paragraphs",
    form: Annotated[FormatOption, typer.Option("--format", help="The annotation tool's.")] = "csv",
    folder: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write to; by default OUT/sample-WHAT.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same items.")] = 0,
    blind: Annotated[bool, typer.Option("--blind", help="Do not show what the run found.")] = False,
) -> None:
    """Draw a stratified random sample of a run's results and write it for an annotation tool."""
    from polnlp.annotation.formats import ending, write_format
    from polnlp.annotation.formats.label_studio import make_interface
    from polnlp.annotation.items import write_items
    from polnlp.annotation.sampling import draw_sample
    from polnlp.errors import PolnlpError
    from polnlp.reports import write_atomically

    folder = folder or output / f"sample-{what}"
    if (folder / "sample.jsonl").exists():
        raise PolnlpError(f"{folder}: holds a sample already, perhaps annotated; choose another folder with -o.")
    keys = [key.strip() for key in by.split(",") if key.strip()]
    items = draw_sample(output, what, count, by=keys, seed=seed, blind=blind)
    if not items:
        raise PolnlpError(f"{output}: the run found no {what} to draw from.")
    write_items(items, folder / "sample.jsonl")
    file = folder / ("doccano.jsonl" if form == "doccano" else f"sample{ending(form)}")
    write_atomically(file, write_format(items, form))
    if form == "label-studio":
        write_atomically(folder / "interface.xml", make_interface(what).encode())
    strata = len({item.stratum.name for item in items if item.stratum})
    units = sum(item.weight or 0 for item in items)
    shown = "1 stratum" if strata == 1 else f"{strata} strata"
    typer.echo(f"{len(items)} of {units:,.0f} {what} from {shown}: annotate {file}, then", err=True)
    typer.echo(f"polnlp import {file} -o gold.jsonl", err=True)
