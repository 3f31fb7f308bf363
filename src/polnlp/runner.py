"""A corpus the whole way: articles → reports → network, with workers, resumption and an account of the run."""

import fcntl
import logging
import os
import platform
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from polnlp import __version__
from polnlp.articles import read_articles
from polnlp.articles.drafts import replace_surrogates
from polnlp.cluster import Cluster, check_cluster
from polnlp.config import Config, hash_config
from polnlp.errors import ConfigError, CorpusError, PolnlpError
from polnlp.provenance import Provenance
from polnlp.reports import remove_leftovers, write_atomically
from polnlp.schema import CAP, Article, Failure, Report
from polnlp.store import ReportStore
from polnlp.workers import Crew, Done, Outcome, Workers, analyse_here, close_pipelines

logger = logging.getLogger(__name__)

CHUNK_ARTICLES = 16
CHUNK_CHARACTERS = 100_000


class RunSummary(msgspec.Struct, kw_only=True):
    """The account of a run, as ``run.json`` holds it.

    Attributes:
        counts: Articles ``read``, ``analysed``, ``kept`` from an earlier run, ``failed``, ``duplicate``; then what
            all reports of the run hold together: ``paragraphs``, ``mentions``, ``dates``, ``entities``, ...
        folder: Where the run was started; relative ``inputs`` begin there.
        languages: Articles by language; ``unknown`` ones are read as English.
        coverage: Characters of all articles; those read; those skipped by reason.
        seconds: Wall time of reading and analysing, and of building the network.
    """

    polnlp: str
    settings: dict[str, Any]
    settings_hash: str
    models: dict[str, str]
    inputs: list[str]
    topic_scheme: str = CAP
    folder: str = ""
    counts: dict[str, int] = {}
    languages: dict[str, int] = {}
    coverage: dict[str, Any] = {}
    failures: list[Failure] = []
    duplicates: list[Failure] = []
    removed: list[str] = []
    notes: dict[str, list[str]] = {}
    network: dict[str, Any] = {}
    workers: int = 1
    cluster: str = ""
    seconds: dict[str, float] = {}
    started: str = ""
    host: dict[str, str] = {}


def run_corpus(
    inputs: Sequence[str | Path],
    output: Path,
    config: Config,
    *,
    workers: int = 1,
    cluster: str | None = None,
    resume: bool = True,
    watch: Callable[[Outcome], None] = lambda outcome: None,
) -> RunSummary:
    """Analyse a corpus and write everything that a run gives into ``output``.

    Reports are the same bytes whoever analyses, and whether or not the run was interrupted before. Each
    is written when it is made, whole or not at all: a run that ends early, however it ends, is taken up by the next.

    Args:
        inputs: Files, folders, zip archives, or ``-`` for stdin.
        workers: Processes that analyse; 1 works in this one.
        cluster: Dask workers that analyse in their place: a scheduler's address, or ``local:4``.
        resume: Keep reports that an earlier run made from the same text, settings and models.
        watch: Called with the outcome of each article, in input order.

    Raises:
        ConfigError: If two settings exclude each other, ``cluster`` is no address, or Dask is not installed.
        CorpusError: If an input is missing, or no article at all could be read.
        ModelError: If the settings name a model that is not there.
        PolnlpError: If ``output`` cannot be written, another run is writing there, or the cluster is lost.
    """
    if config.graph.window == "tokens" and not config.reports.text:
        raise ConfigError(
            'graph.window = "tokens" counts words, and reports without texts hold none. Keep the texts (leave out '
            '`--no-text` or `reports.text = false`), or set graph.window to "sentence", "paragraph" or "article".'
        )
    from polnlp.network import write_network  # opens networkx and pyarrow: not before they are needed

    if cluster is not None:
        check_cluster(cluster)
    provenance = Provenance(config)
    summary = RunSummary(
        polnlp=__version__,
        settings=msgspec.to_builtins(config),
        settings_hash=hash_config(config),
        models=provenance.models,
        topic_scheme=provenance.topic_scheme,
        inputs=[replace_surrogates(str(path)) for path in inputs],  # of names that are no UTF-8
        folder=replace_surrogates(str(Path.cwd())),
        workers=workers,
        cluster=cluster or "",
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        host={"python": platform.python_version(), "system": platform.platform(), "cpus": str(os.cpu_count())},
    )
    with locked(output):
        begin = time.perf_counter()
        remove_leftovers(output, output / "tables")
        store = ReportStore(output / "reports", shard_from=config.reports.shard_from, resume=resume)
        crew = None if cluster is None and workers == 1 else hire(config, store.folder, workers, cluster)
        with closing(analyse(read_articles(*inputs, config=config.articles), store, config, crew)) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Done):
                    store.keep(outcome.article_id)
                _count_outcome(outcome, summary)
                watch(outcome)
        if not store.count:
            raise CorpusError(_say_nothing_read(summary))
        summary.removed = store.finish()
        _sum_reports(store.read(), summary)
        summary.seconds["articles"] = round(time.perf_counter() - begin, 3)
        begin = time.perf_counter()
        close_pipelines()
        known = _read_network(output)
        summary.network = write_network(
            output, output, config.graph, own=config.entities.own, known=known, pages=config.reports.pages
        )
        summary.seconds["network"] = round(time.perf_counter() - begin, 3)
        write_atomically(output / "run.json", msgspec.json.format(msgspec.json.encode(summary), indent=1) + b"\n")
    return summary


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold a run's folder, so that two runs never write into one; the lock of a dead run goes with its process."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / ".lock").open("a+")
    except OSError as error:
        raise PolnlpError(f"{output}: cannot write there: {error.strerror}. Choose another folder with -o.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = f" (process {number})" if (number := lock.read(20).strip()).isdigit() else ""
            raise PolnlpError(
                f"{output}: another run is writing here{holder}. Wait for it, or choose another folder with -o."
            ) from error
        except OSError as error:  # some network drives
            logger.warning("%s: cannot be locked (%s); let no second run write there.", output, error.strerror)
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def hire(config: Config, folder: Path, workers: int, cluster: str | None) -> Crew:
    """Give those who analyse and write into ``folder``: processes of this machine, or a cluster's workers."""
    return Workers(config, workers, folder) if cluster is None else Cluster(config, cluster, folder)


def analyse(
    articles: Iterable[Article | Failure], store: ReportStore, config: Config, crew: Crew | None
) -> Generator[Outcome, None, None]:
    """Give each article's outcome in input order; a model is opened only if there is something to analyse.

    Args:
        crew: Who analyses; ``None`` for this process alone.
    """
    provenance = Provenance(config)
    if crew is None:
        for article in articles:
            item = _plan(article, store, provenance)
            yield from analyse_here(config, store.folder, [item]) if isinstance(item, Article) else [item]
        return
    waiting: deque[tuple[list[Article | Outcome], Any]] = deque()
    with crew:
        for chunk in chunks(articles):
            plan = [_plan(article, store, provenance) for article in chunk]
            waiting.append((plan, crew.submit(_to_do(plan))))
            while len(waiting) > 2 * crew.count:
                yield from _outcomes(*waiting.popleft(), crew)
        while waiting:
            yield from _outcomes(*waiting.popleft(), crew)


def chunks(articles: Iterable[Article | Failure]) -> Iterator[list[Article | Failure]]:
    """Cut a stream of articles into pieces of work; the cut shows in nothing but speed."""
    chunk: list[Article | Failure] = []
    characters = 0
    for article in articles:
        chunk.append(article)
        characters += len(article.text) if isinstance(article, Article) else 0
        if len(chunk) >= CHUNK_ARTICLES or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _plan(article: Article | Failure, store: ReportStore, provenance: Provenance) -> Article | Outcome:
    """Give the article if it is to be analysed, or what has become of it already."""
    if isinstance(article, Article) and store.has(article.id, provenance.made_by(article)):
        return Done(article_id=article.id, characters=len(article.text), kept=True)
    return article


def _to_do(plan: list[Article | Outcome]) -> list[Article]:
    return [item for item in plan if isinstance(item, Article)]


def _outcomes(plan: list[Article | Outcome], future: Any, crew: Crew) -> Iterator[Outcome]:
    analysed = iter(crew.result(future, _to_do(plan)))
    for item in plan:
        yield next(analysed) if isinstance(item, Article) else item


def _count_outcome(outcome: Outcome, summary: RunSummary) -> None:
    counts = summary.counts
    match outcome:
        case Failure(duplicate_of=None):
            kind = "failed"
            summary.failures.append(outcome)
        case Failure():
            kind = "duplicate"
            summary.duplicates.append(outcome)
        case Done():
            kind = "kept" if outcome.kept else "analysed"
    counts[kind] = counts.get(kind, 0) + 1


def _sum_reports(reports: Iterable[Report], summary: RunSummary) -> None:
    """Count what all reports of the run hold, those kept from an earlier run included."""
    totals: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for report in reports:
        totals["reports"] += 1
        for field in ("paragraphs", "mentions", "dates", "entities", "topics", "stances"):
            totals[field] += len(getattr(report, field))
        languages[report.article.language or "unknown"] += 1
        totals["undated"] += report.article.date is None
        totals["characters"] += report.coverage.characters
        totals["read"] += report.coverage.read
        skipped.update(report.coverage.skipped)
        for reason, number in report.coverage.left_out.items():
            totals[reason] += number
        if report.article.notes:
            summary.notes[report.article.id] = list(report.article.notes)
    summary.languages = dict(sorted(languages.items()))
    characters = {"characters": totals.pop("characters"), "read": totals.pop("read")}
    summary.coverage = {**characters, "skipped": dict(sorted(skipped.items()))}
    summary.counts |= totals


def _read_network(output: Path) -> dict[str, Any]:
    """Give what an earlier run's account says of its network, if there is one that can be read."""
    try:
        network: dict[str, Any] = msgspec.json.decode((output / "run.json").read_bytes())["network"]
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return {}
    return network


def _say_nothing_read(summary: RunSummary) -> str:
    reasons = [f"  {failure.origin or failure.article_id}: {failure.reason}" for failure in summary.failures[:5]]
    return "\n".join([f"{', '.join(summary.inputs)}: no article could be read.", *reasons])
