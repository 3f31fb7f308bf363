"""`polnlp graph`: the network of reports, without reading the texts again."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from polnlp.cli.settings import ConfigOption, read_settings
from polnlp.wording import several


def graph(
    reports: Annotated[Path, typer.Argument(help="A run's folder, its reports/, or a file of reports.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.")],
    config: ConfigOption = None,
    merges: Annotated[
        Path | None, typer.Option("--merges", help="An edited merges.csv; without it the one in the run's folder.")
    ] = None,
    window: Annotated[
        Literal["sentence", "paragraph", "article", "tokens"] | None,
        typer.Option("--window", help="Where two entities meet."),
    ] = None,
    window_tokens: Annotated[
        int | None, typer.Option("--window-tokens", min=2, help="Words in a window of tokens.")
    ] = None,
    min_count: Annotated[int | None, typer.Option("--min-count", min=1, help="Windows that a pair must share.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day, month or year of a part.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day, month or year of a part.")] = None,
    by: Annotated[
        Literal["article", "text"],
        typer.Option("--by", help="Whether these are the article's dates, or those that a paragraph speaks of."),
    ] = "article",
    source: Annotated[list[str] | None, typer.Option("--source", help="Part: articles of a source.")] = None,
    country: Annotated[list[str] | None, typer.Option("--country", help="Part: articles of a country.")] = None,
    topic: Annotated[list[str] | None, typer.Option("--topic", help="Part: paragraphs of a topic.")] = None,
    copies: Annotated[
        Literal["each", "once"] | None, typer.Option("--copies", help="Count near copies of an article each or once.")
    ] = None,
) -> None:
    """Build graph, exports, tables and page from reports, or from a part of them."""
    from msgspec.structs import replace

    from polnlp.graph.selection import Part
    from polnlp.network import write_network

    settings = read_settings(config).graph
    if window is not None:
        settings = replace(settings, window=window)
    if window_tokens is not None:
        settings = replace(settings, window_tokens=window_tokens)
    if min_count is not None:
        settings = replace(settings, min_count=min_count)
    if copies is not None:
        settings = replace(settings, copies=copies)
    part = Part(since, until, by, tuple(source or ()), tuple(country or ()), tuple(topic or ()))
    counts = write_network(reports, output, settings, merges=merges, part=part)
    typer.echo(
        f"{several(counts['nodes'], 'node')}, {several(counts['edges'], 'edge')}: {output / 'graph.html'}", err=True
    )
