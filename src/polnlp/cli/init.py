"""`polnlp init`: a folder to start from."""

from pathlib import Path
from typing import Annotated

import typer


def init(project: Annotated[Path, typer.Argument(help="Folder to make; empty or not there yet.")]) -> None:
    """Make a commented project folder that runs as it stands: settings, a small corpus, a README."""
    from polnlp.project import make_project

    for path in make_project(project):
        typer.echo(path)
    typer.echo(f"Next: cd {project} && polnlp run corpus/ -o out/ -c polnlp.toml", err=True)
