"""`polnlp kb`: look into the knowledge base."""

import sys
from typing import Annotated

import typer

app = typer.Typer(help="Look into the knowledge base.", no_args_is_help=True, rich_markup_mode=None)


@app.command("search", epilog='Example: polnlp kb search "movement for socialism"')
def search(
    name: Annotated[str, typer.Argument(help="A name or the beginning of one; accents do not matter.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Entries at most.")] = 20,
) -> None:
    """List the entries that bear a name."""
    from polnlp.kb import open_kb

    for entry in open_kb().search(name, limit=limit):
        typer.echo(f"{entry.id}\t{entry.label}\t{entry.name}\t{entry.country or ''}")


@app.command("show", epilog="Example: polnlp kb show country:BOL")
def show(entry_id: Annotated[str, typer.Argument(metavar="ID", help="An entry's id.")]) -> None:
    """Print all that is known of an entry, as JSON."""
    import msgspec

    from polnlp.errors import PolnlpError
    from polnlp.kb import open_kb

    entry = open_kb().entry(entry_id)
    if entry is None:
        raise PolnlpError(f"No entry {entry_id!r}; `polnlp kb search NAME` finds ids.")
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(entry), indent=1) + b"\n")
