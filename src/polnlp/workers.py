"""Who analyses: this process, or others of this machine; each article's report is written as it is made."""

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, Self

import msgspec

from polnlp.config import Config
from polnlp.encoder.shared import load_reader
from polnlp.kb import hash_own_entities
from polnlp.mentions import load_tagger
from polnlp.pipeline import Pipeline
from polnlp.reports import write_report
from polnlp.schema import Article, Failure, Report


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """An article whose report stands on disk.

    Attributes:
        kept: Whether an earlier run made it.
    """

    article_id: str
    characters: int
    kept: bool = False


# What became of one article: its report stands, or why there is none.
Outcome = Done | Failure


class Crew(Protocol):
    """What maps the analysis over articles: they go in by ``submit``, outcomes come out of ``result`` in their order.

    Attributes:
        count: Pieces of work that it does at once.
    """

    count: int

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(self, problem: type[BaseException] | None, *_: object) -> None:
        """End; at once if there is a problem."""
        ...

    def submit(self, articles: list[Article]) -> Any:
        """Begin work on articles."""
        ...

    def result(self, future: Any, articles: list[Article]) -> list[Outcome]:
        """Wait for the outcomes of articles, whose reports stand then."""
        ...


class Workers:
    """Processes that analyse and write reports into ``folder``, each with a pipeline of its own.

    Each holds the reading end of a pipe: when this process closes the other, or dies in any way, all of them end at
    once. Ctrl-C in a terminal reaches them as well, but is for this process to answer.
    """

    def __init__(self, config: Config, count: int, folder: Path) -> None:
        self.count = count
        self._lifeline, self._end = get_context("spawn").Pipe(duplex=False)
        self._setup = (config, folder, self._lifeline)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, problem: type[BaseException] | None, *_: object) -> None:
        if problem is not None:
            self._end.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._end.close()
        self._lifeline.close()

    def submit(self, articles: list[Article]) -> Future[list[Outcome]]:
        """Begin work on articles."""
        if not articles:
            done: Future[list[Outcome]] = Future()
            done.set_result([])
            return done
        pool = self._open_pool()
        try:
            with signals_blocked():
                return pool.submit(_analyse_chunk, articles)
        except BrokenProcessPool:
            self._pool = None
            return self.submit(articles)

    def result(self, future: Future[list[Outcome]], articles: list[Article]) -> list[Outcome]:
        """Wait for the outcomes; if a worker died, its articles are tried again, each in a process of its own."""
        try:
            return future.result()
        except BrokenProcessPool:
            self._pool = None
            return [self._analyse_alone(article) for article in articles]

    def _analyse_alone(self, article: Article) -> Outcome:
        with ProcessPoolExecutor(1, get_context("spawn"), _start_worker, self._setup) as pool:
            try:
                with signals_blocked():
                    future = pool.submit(_analyse_chunk, [article])
                return future.result()[0]
            except BrokenProcessPool:
                reason = "the process that read it died, perhaps for want of memory; look at the article's size"
                return Failure(article_id=article.id, reason=reason, origin=article.origin)

    def _open_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.count, get_context("spawn"), _start_worker, self._setup)
        return self._pool


@contextmanager
def signals_blocked() -> Iterator[None]:
    """Let processes be born deaf to Ctrl-C and to a closed terminal; this one hears them a moment later."""
    resource_tracker.ensure_running()  # first, for its start would unblock them again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(config: Config, folder: Path, lifeline: Connection) -> None:
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    open_pipeline(config)
    _folders.append(folder)


def _end_with(lifeline: Connection) -> None:
    """End this process when the one that started it lets go of its end of the pipe."""
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


# The folder that a worker writes reports to.
_folders: list[Path] = []
# A process's pipeline, by its settings and what own entities hold: opened at the first article, kept for the next.
_pipelines: dict[str, Pipeline] = {}


def open_pipeline(config: Config) -> Pipeline:
    """Give this process's pipeline for these settings."""
    key = repr((config, hash_own_entities(config.entities.own)))
    if key not in _pipelines:
        _pipelines.clear()
        _pipelines[key] = Pipeline(config)
    return _pipelines[key]


def close_pipelines() -> None:
    """Give the models' room to the network, which needs none of them."""
    _pipelines.clear()
    load_tagger.cache_clear()
    load_reader.cache_clear()


def analyse_here(config: Config, folder: Path, articles: Iterable[Article]) -> Iterator[Outcome]:
    """Analyse articles in this process and write each report as it is made."""
    yield from _write_reports(open_pipeline(config), folder, articles)


def _analyse_chunk(articles: list[Article]) -> list[Outcome]:
    (folder,) = _folders
    (pipeline,) = _pipelines.values()
    return list(_write_reports(pipeline, folder, articles))


def _write_reports(pipeline: Pipeline, folder: Path, articles: Iterable[Article]) -> Iterator[Outcome]:
    for report in pipeline.run(articles):
        if isinstance(report, Report):
            write_report(report, folder)
            yield Done(article_id=report.article.id, characters=report.coverage.characters)
        else:
            yield report
