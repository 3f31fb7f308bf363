"""The command `polnlp`: its commands, and what becomes of an error."""

import logging
import sys
from typing import Annotated

import typer

from polnlp import __version__
from polnlp.cli import (
    audit,
    cite,
    diff,
    evaluate,
    explain,
    extract,
    graph,
    import_,
    info,
    init,
    kb,
    rerun,
    run,
    sample,
    schema,
    train,
    view,
)
from polnlp.errors import PolnlpError

app = typer.Typer(
    name="polnlp",
    help="Read political articles: who is in them, when and where, who stands beside whom, for or against whom.",
    epilog="Example: polnlp run corpus/ -o out/",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("run", epilog="Example: polnlp run corpus/ -o out/ --workers 2")(run.run)
app.command("extract", epilog='Example: echo "Evo Morales spoke in Quito." | polnlp extract --format table')(
    extract.extract
)
app.command("graph", epilog="Example: polnlp graph out/ -o out-2010/ --window sentence")(graph.graph)
app.command("view", epilog="Example: polnlp view out/")(view.view)
app.command("explain", epilog='Example: polnlp explain out/ "Correa" "CONAIE"')(explain.explain)
app.command("diff", epilog="Example: polnlp diff out-before/ out-now/")(diff.diff)
app.command("evaluate", epilog="Example: polnlp evaluate names gold.jsonl")(evaluate.evaluate)
app.command("sample", epilog="Example: polnlp sample out/ -n 200 --by topic,country")(sample.sample)
app.command("import", epilog="Example: polnlp import out/sample-paragraphs/sample.csv -o gold.jsonl")(
    import_.import_gold
)
app.command("audit", epilog="Example: polnlp audit gold.jsonl")(audit.audit)
app.command("rerun", epilog="Example: polnlp rerun out/run.json")(rerun.rerun)
app.command("cite", epilog="Example: polnlp cite out/ > polnlp.bib")(cite.cite)
app.command("methods", epilog="Example: polnlp methods out/")(cite.methods)
app.command("init", epilog="Example: polnlp init my-project")(init.init)
app.command("schema", epilog="Example: polnlp schema > report.schema.json")(schema.schema)
app.command("info", epilog="Example: polnlp info --settings > polnlp.toml")(info.info)
app.add_typer(train.app, name="train")
app.add_typer(kb.app, name="kb")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"polnlp {__version__}")
        raise typer.Exit


@app.callback()
def _prepare(
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Say more; -vv says all.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say errors only.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    level = logging.ERROR if quiet else (logging.CRITICAL + 10, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)


def main() -> None:
    """Run the command line; an error that a user can mend is one message and exit code 1."""
    try:
        app()
    except PolnlpError as error:
        typer.echo(f"polnlp: {error}", err=True)
        sys.exit(1)
