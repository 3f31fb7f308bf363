"""`polnlp train`: a stage's model from the user's own data."""

from pathlib import Path
from typing import Annotated

import typer

from polnlp.wording import several

app = typer.Typer(
    help="Train a stage's model on your own data.",
    epilog="Example: polnlp train topic --data mine.jsonl -o my-topic",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Data = Annotated[Path, typer.Option("--data", envvar="POLNLP_DATA", help="A JSONL file, or the folder of data sets.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the model.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same model on one kind of machine.")]


@app.command("names", epilog="Example: polnlp train names --data mine.jsonl -o my-names")
def names(
    data: Data,
    output: Output,
    seed: Seed = 0,
    tables: Annotated[
        Path | None, typer.Option("--kb", help="Source tables for the lexicon; without them the shipped model's.")
    ] = None,
) -> None:
    """Train the names tagger; rows are {"text": ..., "spans": [{"start", "end", "label"}]}."""
    from polnlp.training.names import train_names

    train_names(data, output, tables=tables, seed=seed)
    _say_where(output, "CARD.md")


@app.command("topic", epilog="Example: polnlp train topic --data mine.jsonl -o my-topic")
def topic(data: Data, output: Output) -> None:
    """Train the topic classifier; rows are {"text": ..., "label": ...}."""
    from polnlp.training.topic import train_topic

    _say_left_out(train_topic(data, output), "topic")
    _say_where(output, "report.json")


@app.command("stance", epilog="Example: polnlp train stance --data mine.jsonl -o my-stance")
def stance(data: Data, output: Output) -> None:
    """Train the stance classifier; rows are {"text", "target", "target_start", "target_end", "label"}."""
    from polnlp.training.stance import train_stance

    _say_left_out(train_stance(data, output), "stance")
    _say_where(output, "report.json")


def _say_left_out(report: dict[str, dict[str, float]], what: str) -> None:
    count = int(report.get("left_out", {}).get("unlabelled", 0))
    if count:
        typer.echo(f"{several(count, 'row')} without a {what} left out.", err=True)


def _say_where(output: Path, scores: str) -> None:
    typer.echo(f"Written to {output}; its scores are in {output / scores}.", err=True)
