"""`polnlp schema`: the JSON Schema of a report."""

import json

import typer


def schema() -> None:
    """Print the JSON Schema that every report validates against."""
    from polnlp.reports import report_schema

    typer.echo(json.dumps(report_schema(), indent=2))
