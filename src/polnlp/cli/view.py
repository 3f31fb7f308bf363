"""`polnlp view`: the network of a run in the browser, with all of its evidence."""

from pathlib import Path
from typing import Annotated

import typer


def view(
    output: Annotated[Path, typer.Argument(help="Folder of a run.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="Port; 0 takes one that is free.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Serve a run's folder to this machine's browser, until Ctrl+C."""
    import webbrowser

    from polnlp.view import make_server

    with make_server(output, port=port) as server:
        typer.echo(f"{output} at {server.address} (this machine only; Ctrl+C stops)", err=True)
        if browser:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
