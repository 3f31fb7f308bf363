"""`polnlp cite` and `polnlp methods`: what a paper that rests on a run needs."""

from pathlib import Path
from typing import Annotated

import typer

Run = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a run.")]


def cite(run: Run) -> None:
    """Print BibTeX for polnlp and for the models, data and methods that a run used."""
    from polnlp.account import read_account
    from polnlp.citing import cite_run

    typer.echo(cite_run(read_account(run)), nl=False)


def methods(run: Run) -> None:
    """Print the paragraph on methods that a paper needs, with the run's figures."""
    from polnlp.account import read_account
    from polnlp.citing import describe_methods

    typer.echo(describe_methods(read_account(run)))
