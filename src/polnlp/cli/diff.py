"""`polnlp diff`: what changed between two runs, and what it came from."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def diff(
    first: Annotated[Path, typer.Argument(help="Folder of a run.")],
    second: Annotated[Path, typer.Argument(help="Folder of another.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print all as JSON.")] = False,
) -> None:
    """Tell which nodes, edges and labels changed, and which stage, model, setting or input differs."""
    import msgspec

    from polnlp.comparison import compare_runs, format_comparison

    comparison = compare_runs(first, second)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(comparison), indent=1) + b"\n")
    else:
        typer.echo(format_comparison(comparison))
