"""`polnlp evaluate`: scores of a stage on the user's own gold."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from polnlp.cli.settings import ConfigOption, ModelOption, read_settings


def evaluate(
    task: Annotated[Literal["names", "dates", "links", "topic", "stance"], typer.Argument(help="What is scored.")],
    gold: Annotated[Path, typer.Argument(help="Gold: .jsonl[.gz], a whole article's .json, or a folder.")],
    config: ConfigOption = None,
    model: ModelOption = None,
    report: Annotated[Path | None, typer.Option("--report", help="Write a Markdown report to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Score a stage on gold annotations: figures by label, confusions, errors to look at."""
    import msgspec

    from polnlp.evaluation import evaluate as score
    from polnlp.evaluation import format_markdown, format_scores
    from polnlp.pipeline import load
    from polnlp.reports import write_atomically

    scores = score(task, gold, load(read_settings(config, model=model)))
    if report is not None:
        write_atomically(report, format_markdown(scores).encode())
    typer.echo(msgspec.json.encode(scores).decode() if as_json else format_scores(scores))
