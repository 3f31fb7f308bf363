"""`polnlp run`: a corpus the whole way, from articles to reports and a network."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from polnlp.cli.settings import ConfigOption, ModelOption, read_settings
from polnlp.errors import ConfigError
from polnlp.remote import open_filesystem, publish_run
from polnlp.wording import several

if TYPE_CHECKING:
    from polnlp.config import Config
    from polnlp.runner import RunSummary
    from polnlp.schema import Failure
    from polnlp.workers import Outcome

SHOWN = 5  # failures and duplicates listed on the terminal; all stand in run.json


def run(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files (.txt .md .html .docx .rtf .pdf .jsonl .csv .parquet ...), folders, .zip archives, s3:// and "
            "the like, or - for stdin."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write to.")],
    config: ConfigOption = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, envvar="POLNLP_WORKERS", help="Processes that analyse.")
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Dask workers that analyse instead: tcp://host:8786, or local:4 (needs polnlp[cluster]).",
        ),
    ] = None,
    resume: Annotated[bool, typer.Option(help="Keep what an earlier run finished.")] = True,
    publish: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Copy what the run wrote there, s3://bucket/run, once it is whole."),
    ] = None,
    model: ModelOption = None,
    text: Annotated[bool, typer.Option("--text/--no-text", help="Keep the texts in the reports.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the articles, analyse nothing.")] = False,
) -> None:
    """Analyse a corpus: reports, tables, a network and its page."""
    settings = read_settings(config, model=model, keep_text=text)
    talk = (lambda line: None) if ctx.parent and ctx.parent.params.get("quiet") else _talk
    _check_places(output, publish)
    if dry_run:
        _list_articles(inputs, settings)
        return
    with stoppable(output), watch_progress() as watch:
        from polnlp.runner import run_corpus

        summary = run_corpus(inputs, output, settings, workers=workers, cluster=cluster, resume=resume, watch=watch)
    for line in describe(summary, output):
        talk(line)
    if publish is not None:
        with stoppable(output):
            talk(f"Copied {several(publish_run(output, publish), 'file')} to {publish}.")
    if summary.failures:
        raise typer.Exit(3)


def _check_places(output: Path, publish: str | None) -> None:
    """Refuse, before any work, what cannot be written to."""
    if ":/" in str(output):
        raise ConfigError(
            f"{output}: a run is written into a folder of this machine; copy it there at the end with --publish."
        )
    if publish is not None:
        open_filesystem(publish)


def describe(summary: "RunSummary", output: Path) -> Iterator[str]:
    """Say in a few lines what a run did, what it left out and where to look."""
    counts, coverage = summary.counts, summary.coverage
    analysed, kept = counts.get("analysed", 0), counts.get("kept", 0)
    seconds = sum(summary.seconds.values())
    yield f"Analysed {several(analysed, 'article')} in {seconds:.1f} s; kept {kept} from an earlier run."
    yield (
        f"Found {several(counts['mentions'], 'mention')} of {several(counts['entities'], 'entity')}, "
        f"{several(counts['dates'], 'date')}, {several(counts['topics'], 'topic')}, "
        f"{several(counts['stances'], 'stance')} in {several(counts['paragraphs'], 'paragraph')}."
    )
    skipped = ", ".join(f"{reason} {count:,}" for reason, count in coverage["skipped"].items())
    yield f"Read {coverage['read']:,} of {coverage['characters']:,} characters; skipped: {skipped or 'nothing'}."
    if counts.get("undated"):
        undated = several(counts["undated"], "article")
        hint = "a column date, or a metadata.csv beside it, gives one"
        yield f"{undated} without a date: relative dates there stay open; {hint}."
    yield from _tell_languages(summary.languages)
    yield from _list("failed", summary.failures, output)
    yield from _list("left out as duplicates", summary.duplicates, output)
    if summary.removed:
        yield f"{several(len(summary.removed), 'old report')} removed: the articles are no longer in the input."
    network = summary.network
    yield f"Network: {several(network['nodes'], 'node')}, {several(network['edges'], 'edge')}."
    pages = output / "reports" / "*.html" if network.get("pages") else output / "reports"
    yield f"Look at {output / 'graph.html'} (network), {pages} (an article each), {output / 'run.json'}."


def _tell_languages(languages: dict[str, int]) -> Iterator[str]:
    """Say what is not read in languages other than English."""
    from polnlp.language import NAMES, READ

    unread = {code: count for code, count in languages.items() if code not in ("unknown", *READ)}
    if unread:
        which = ", ".join(f"{NAMES.get(code, code)} {count:,}" for code, count in unread.items())
        yield f"{several(sum(unread.values()), 'article')} not read, for the language: {which}. Reports hold no names."
    if spanish := languages.get("es"):
        yield f"{several(spanish, 'article')} in Spanish: names and dates are read, topics and stances are not."


def _list(what: str, failures: list["Failure"], output: Path) -> Iterator[str]:
    if failures:
        yield f"{several(len(failures), 'article')} {what}:"
        for failure in failures[:SHOWN]:
            where = f" (same text as {failure.duplicate_of})" if failure.duplicate_of else f": {failure.reason}"
            yield f"  {failure.origin or failure.article_id}{where}"
        if len(failures) > SHOWN:
            yield f"  ... and {len(failures) - SHOWN} more, in {output / 'run.json'}"


def _talk(line: str) -> None:
    typer.echo(line, err=True)


def _list_articles(inputs: list[str], settings: "Config") -> None:
    from polnlp.articles import read_articles
    from polnlp.schema import Article

    for article in read_articles(*inputs, config=settings.articles):
        if isinstance(article, Article):
            typer.echo(f"{article.id}\t{len(article.text)} characters\t{article.date.value if article.date else '-'}")
        else:
            typer.echo(f"{article.article_id}\tleft out: {article.reason}")


@contextmanager
def stoppable(output: Path) -> Iterator[None]:
    """Answer Ctrl-C, SIGTERM and a closed terminal with one line and exit code 128 + the signal's number."""
    heard: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    signals = [s for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) != signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield
    except BaseException:
        if not heard:
            raise
        _talk(f"polnlp: stopped. Finished reports stay in {output}; the same command goes on from there.")
        raise typer.Exit(128 + heard[0]) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def watch_progress() -> Iterator[Callable[["Outcome"], None]]:
    """Show a bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("articles", total=None)
        yield lambda outcome: bar.advance(task)
