"""`polnlp rerun`: a run once more, and whether the bytes agree."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer


def rerun(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's run.json, or its folder.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Keep the new results in this folder; else they are dropped.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that analyse.")] = 1,
) -> None:
    """Repeat a run from its account and say whether the bytes agree; they do not: exit code 3."""
    from polnlp.cli.run import watch_progress
    from polnlp.rerun import rerun as repeat

    with tempfile.TemporaryDirectory(prefix="polnlp-rerun-") as scratch, watch_progress() as watch:
        result = repeat(run, output or Path(scratch) / "out", workers=workers, watch=watch)
    for change in result.changed:
        typer.echo(f"Changed since: {change}.", err=True)
    for what in ("different", "missing", "added"):
        for name in getattr(result, what):
            typer.echo(f"{what}\t{name}")
    if not result.agrees:
        wrong = len(result.different) + len(result.missing) + len(result.added)
        typer.echo(f"Files that do not agree: {wrong} of {wrong + len(result.same)}.", err=True)
        raise typer.Exit(3)
    typer.echo(f"All {len(result.same)} files agree, byte by byte.", err=True)
