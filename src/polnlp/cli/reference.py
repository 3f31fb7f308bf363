"""The documentation's page of all commands, made from what `--help` prints.

``python -m polnlp.cli.reference > docs/reference/commands.md``
"""

from collections.abc import Iterator

import typer
from typer.testing import CliRunner

HEAD = """# Commands

What `--help` says of each, put together by `python -m polnlp.cli.reference`. Data goes to stdout or a file, talk to
stderr. Exit codes: 0 done, 1 an error you can mend, 2 wrong usage, 3 done but some articles failed or bytes differ.

`polnlp --install-completion` lets the shell complete commands and options (bash, zsh, fish, PowerShell). There is no
man page; this page and `--help` are it. Where `polnlp` is not on the path, `python -m polnlp` is the same.
"""


def describe_commands() -> str:
    """Give the page, in Markdown."""
    from polnlp.cli.app import app

    pages = [HEAD]
    for words in list_commands(app):
        shown = CliRunner(env={"COLUMNS": "80"}).invoke(app, [*words, "--help"], prog_name="polnlp").stdout
        lines = [line.rstrip() for line in shown.strip().splitlines()]
        pages.append("\n".join([f"## {' '.join(['polnlp', *words])}\n", "```text", *lines, "```", ""]))
    return "\n".join(pages)


def list_commands(app: typer.Typer) -> Iterator[list[str]]:
    """Give the words of each command, `polnlp` itself first, groups before what is in them."""
    yield []
    yield from ([command.name or ""] for command in app.registered_commands)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            yield from ([group.name or "", *words] for words in list_commands(group.typer_instance))


if __name__ == "__main__":
    typer.echo(describe_commands(), nl=False)
