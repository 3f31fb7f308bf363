"""`polnlp explain`: the evidence behind a node or an edge."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def explain(
    output: Annotated[Path, typer.Argument(help="Folder of a run.")],
    a: Annotated[str, typer.Argument(help="A name, or an entity's id.")],
    b: Annotated[str | None, typer.Argument(help="Another: then what joins the two.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Print the sentences behind a name, or behind the edge between two."""
    import msgspec

    from polnlp.graph.explain import format_explanation
    from polnlp.network import explain_names

    evidence = explain_names(output, a, b)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(evidence), indent=1) + b"\n")
    else:
        typer.echo(format_explanation(evidence))
