"""`polnlp train`: a stage's model from the user's own data."""

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="Train a stage's model on your own data.",
    epilog="Example: polnlp train topic --data mine.jsonl -o my-topic",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Data = Annotated[Path, typer.Option("--data", envvar="POLNLP_DATA", help="A JSONL file, or the folder of data sets.")]
Table = Annotated[
    Path,
    typer.Option("--data", envvar="POLNLP_DATA", help="A .jsonl, .csv or .parquet file, or the folder of data sets."),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the model.")]
_RARE = 5  # rows of a label

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
def topic(
    data: Table,
    output: Output,
    label: Annotated[str | None, typer.Option("--label", help="Field of the label, if not 'label' or 'topic'.")] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="Field of what rows belong to, such as an article; else the id up to '#'."),
    ] = None,
) -> None:
    """Train the topic classifier; rows are {"text": ..., "label": ...}, labels those of any scheme."""
    from polnlp.training.topic import train_topic

    _say_scores(train_topic(data, output, label=label, group=group))
    _say_where(output, "report.json")


@app.command("stance", epilog="Example: polnlp train stance --data mine.jsonl -o my-stance")
def stance(data: Table, output: Output) -> None:
    """Train the stance classifier; rows are {"text", "target", "target_start", "target_end", "label"}."""
    from polnlp.training.stance import train_stance

    _say_scores(train_stance(data, output))
    _say_where(output, "report.json")


def _say_scores(report: dict[str, dict[str, Any]]) -> None:
    """Say of a file of one's own what was left out, and how well what was kept can be told."""
    left_out = report.get("left_out", {})
    if left_out:
        typer.echo(
            f"Rows left out: {', '.join(f'{reason} {count:,}' for reason, count in left_out.items())}.", err=True
        )
    rare = [label for label, values in report.get("labels", {}).items() if 0 < values["n"] < _RARE]
    if rare:
        typer.echo(f"Fewer than {_RARE} rows, hardly ever found again: {', '.join(rare)}.", err=True)
    if "labels" in report:
        own = report["own"]
        typer.echo(
            f"{own['n']:,.0f} rows of {len(report['labels'])} labels, each judged by a model that had not seen it: "
            f"{100 * own['accuracy']:.1f} % right, macro-F1 {100 * own['macro_f1']:.1f}.",
            err=True,
        )
    elif not {*report} - {"left_out"}:
        typer.echo("Too few rows of one kind, or all of one group: nothing could be held out and scored.", err=True)


def _say_where(output: Path, scores: str) -> None:
    typer.echo(f"Written to {output}; its scores are in {output / scores}.", err=True)
