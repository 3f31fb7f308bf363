"""Who analyses: the workers of a Dask cluster, on this machine or on many.

They get articles and give reports back, so that they need no disk in common with this process, which alone reads the
input and writes: what a dead worker had begun leaves nothing behind, and nothing is there twice.
"""

import logging
import os
import re
import signal
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from polnlp.config import Config
from polnlp.errors import ConfigError, PolnlpError
from polnlp.pipeline import Pipeline
from polnlp.provenance import Provenance
from polnlp.reports import encode_report, report_name, write_atomically
from polnlp.schema import Article, Failure, Report
from polnlp.store import read_made_by
from polnlp.workers import Done, Outcome, open_pipeline, signals_blocked

if TYPE_CHECKING:
    from distributed import Future

_ADDRESS = re.compile(r"(?:tcp|tls)://[^/\s]+:\d+|local:[1-9]\d*")
_PACKAGE = "polnlp"
_PATIENCE = 60  # seconds to wait for a scheduler and its first worker


def check_cluster(address: str) -> None:
    """Refuse an address that is none, and any where Dask is not installed.

    Raises:
        ConfigError: In both cases.
    """
    if not _ADDRESS.fullmatch(address):
        raise ConfigError(
            f"{address!r} is no cluster: give a Dask scheduler's address (tcp://host:8786, tls://host:8786), "
            "or local:4 for four workers on this machine."
        )
    if find_spec("distributed") is None:
        raise ConfigError("A cluster needs Dask: pip install 'polnlp[cluster]'. --workers does without it.")


class Cluster:
    """A Dask cluster's workers; the reports that they make are written into ``folder``.

    An article whose worker dies is given to another one, and is a failure when it has been the end of several.

    Args:
        address: As ``check_cluster`` allows it.
    """

    def __init__(self, config: Config, address: str, folder: Path) -> None:
        own = tuple(str(Path(name).resolve()) for name in config.entities.own)
        self.config = replace(config, entities=replace(config.entities, own=own))
        self.address = address
        self.folder = folder
        self.count = 1
        self._provenance = Provenance(config)

    def __enter__(self) -> "Cluster":
        from distributed import Client, LocalCluster

        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told here
        try:
            with signals_blocked():
                self._local = None
                if self.address.startswith("local:"):
                    count = int(self.address.removeprefix("local:"))
                    # Any free port of this machine alone; no limit of memory, as its other workers have none.
                    self._local = LocalCluster(
                        n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=0
                    )
                self._client: Client = Client(self._local or self.address, timeout=_PATIENCE, set_as_default=False)
                self._client.wait_for_workers(1, timeout=_PATIENCE)
                self._client.run(version, _PACKAGE)  # a worker that cannot even unpack its work would be waited for
        except PackageNotFoundError as error:
            raise PolnlpError(
                f"{self.address}: a worker there has no polnlp. Install the same polnlp on every worker as here."
            ) from error
        except (OSError, TimeoutError) as error:
            raise PolnlpError(
                f"{self.address}: no scheduler with a worker answers within {_PATIENCE} s: {error}. Start them with "
                "`dask scheduler` and `dask worker`, and look whether this machine reaches them."
            ) from error
        self.count = sum(self._client.nthreads().values())
        return self

    def __exit__(self, problem: type[BaseException] | None, *_: object) -> None:
        if self._local is not None and problem is not None:
            for nanny in self._local.workers.values():  # a worker told to end would finish its articles first
                nanny.auto_restart = False
                if nanny.pid is not None:
                    os.kill(nanny.pid, signal.SIGKILL)
        self._client.close()
        if self._local is not None:
            self._local.close()

    def submit(self, articles: list[Article]) -> "Future | None":
        """Begin work on articles."""
        return self._client.submit(analyse_articles, self.config, articles, pure=False) if articles else None

    def result(self, future: "Future | None", articles: list[Article]) -> list[Outcome]:
        """Wait for the outcomes; articles whose workers died time and again are tried once more, each alone."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        if future is None:
            return []
        try:
            made = future.result()
        except KilledWorker:
            if len(articles) > 1:
                return [outcome for article in articles for outcome in self.result(self.submit([article]), [article])]
            reason = "the workers that read it died, perhaps for want of memory; look at the article's size"
            return [Failure(article_id=articles[0].id, reason=reason, origin=articles[0].origin)]
        except (FutureCancelledError, OSError, TimeoutError) as error:
            told = " ".join(str(error).split()).rstrip(".")  # Dask's message has several lines
            raise PolnlpError(
                f"{self.address}: the cluster is lost: {told}. Finished reports stay; the same command goes on."
            ) from error
        except PolnlpError:
            raise
        except Exception as error:
            raise PolnlpError(
                f"{self.address}: its workers cannot analyse: {type(error).__name__}: {error}. Install the same polnlp "
                "there as here, with the same files of models and own entities at the same paths."
            ) from error
        finally:
            future.release()  # here, for in its __del__ a Ctrl-C would be swallowed
        return [self._write(article, one) for article, one in zip(articles, made, strict=True)]

    def _write(self, article: Article, made: bytes | Failure) -> Outcome:
        if isinstance(made, Failure):
            return made
        expected, found = self._provenance.made_by(article), read_made_by(made)
        if found != expected:
            raise PolnlpError(
                f"{self.address}: a worker has another version or other models than this machine (polnlp "
                f"{found and found.polnlp} there, {expected.polnlp} here). Install the same everywhere."
            )
        write_atomically(self.folder / report_name(article.id), made)
        return Done(article_id=article.id, characters=len(article.text))


_one_at_a_time = Lock()  # a worker may have several threads, and has one pipeline


def analyse_articles(config: Config, articles: list[Article]) -> list[bytes | Failure]:
    """Make the bytes of each article's report, where the cluster's workers are."""
    with _one_at_a_time:
        pipeline: Pipeline = open_pipeline(config)
        reports: Any = pipeline.run(articles)
        return [encode_report(one, indent=1) if isinstance(one, Report) else one for one in reports]
