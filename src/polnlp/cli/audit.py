"""`polnlp audit`: what gold says of the run that it was drawn from."""

from pathlib import Path
from typing import Annotated

import typer


def audit(
    gold: Annotated[Path, typer.Argument(help="Gold from `polnlp import`.")],
    other: Annotated[Path | None, typer.Argument(help="A second annotator's, for agreement.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Print the run's errors, the annotators' agreement, and shares corrected for the errors."""
    import msgspec

    from polnlp.annotation import audit as examine
    from polnlp.annotation import format_audit, read_items

    result = examine(read_items(gold), read_items(other) if other else None)
    typer.echo(msgspec.json.encode(result).decode() if as_json else format_audit(result))
