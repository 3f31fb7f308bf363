"""Inputs fetched from elsewhere (``s3://``, ``gs://``, ``memory://``), and a finished run copied there.

All reading and writing in between is local: what is promised of interrupted runs rests on a file system that renames
a file at once.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from polnlp.errors import ConfigError, CorpusError, PolnlpError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S")
_PARTS_OF_A_RUN = ("reports/", "tables/")  # folders that a run alone fills


def is_remote(name: str | Path) -> bool:
    """Tell an address from a path."""
    return _URL.match(str(name)) is not None


def open_filesystem(url: str) -> tuple[Any, str]:
    """Give what fsspec reaches an address by, and the path there.

    Raises:
        ConfigError: If fsspec, or what it needs for addresses of this kind, is not installed, or knows no such kind.
    """
    try:
        import fsspec
    except ImportError as error:
        raise ConfigError(f"{url}: addresses need fsspec: pip install 'polnlp[remote]'.") from error
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ConfigError(
            f"{url}: cannot be reached: {error}. Install what it names, or copy the files here."
        ) from error
    return filesystem, path.rstrip("/")


class FetchedInputs:
    """Copies of remote inputs in a temporary folder, which goes with this object."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="polnlp-inputs-", ignore_cleanup_errors=True)
        self._urls: dict[str, str] = {}

    def fetch(self, url: str) -> Path:
        """Copy a file, or a folder with all that is below it, and give the copy's path.

        Raises:
            ConfigError: If it cannot be reached from this installation.
            CorpusError: If nothing is there, or it cannot be read.
        """
        filesystem, path = open_filesystem(url)
        folder = Path(self._folder.name) / str(len(self._urls))
        with _told(CorpusError, f"{url}: cannot be read", "Check the address and your rights to it."):
            single = filesystem.isfile(path)
            names = [path] if single else filesystem.find(path)
            for name in names:
                below = PurePosixPath(name).name if single else clean_name(name.removeprefix(path))
                (folder / below).parent.mkdir(parents=True, exist_ok=True)
                filesystem.get_file(name, str(folder / below))
        if not names:
            raise CorpusError(f"{url}: nothing is there. Check the address.")
        copy = folder / PurePosixPath(path).name if single else folder
        self._urls[str(copy)] = url.rstrip("/")
        return copy

    def name(self, text: str) -> str:
        """Put addresses where a text names the copies."""
        for copy, url in self._urls.items():
            text = text.replace(copy, url)
        return text

    def close(self) -> None:
        """Delete the copies."""
        self._folder.cleanup()


def clean_name(name: str) -> str:
    """A file's name in somebody's store as a relative path that climbs nowhere."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")) or "file"


def publish_run(output: Path, url: str) -> int:
    """Copy a finished run to an address; ``run.json`` goes first there and comes last, as the sign that all is whole.

    Where an earlier run was published, reports and tables that are no more are deleted.

    Returns:
        The number of files.

    Raises:
        ConfigError: If the address cannot be reached from this installation.
        PolnlpError: If it cannot be written, or holds something else than a run.
    """
    filesystem, root = open_filesystem(url)
    names = sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    names = [name for name in names if not name.rpartition("/")[2].startswith(".") and name != "run.json"]
    hint = f"The run stands whole in {output}; the same command tries again."
    with _told(PolnlpError, f"{url}: cannot be written", hint):
        there = filesystem.find(root) if filesystem.exists(root) else []
    found = {name.removeprefix(root).lstrip("/") for name in there}
    if found and not found & {*names, "run.json"}:
        raise PolnlpError(f"{url}: holds something else than a run. Choose an empty place. {hint}")
    with _told(PolnlpError, f"{url}: cannot be written", hint):
        stale = {name for name in found - set(names) if name.startswith(_PARTS_OF_A_RUN)}
        for name in sorted(stale | (found & {"run.json"})):
            filesystem.rm_file(f"{root}/{name}")
        for name in [*names, "run.json"]:
            filesystem.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
            filesystem.put_file(str(output / name), f"{root}/{name}")
    return len(names) + 1


@contextmanager
def _told(kind: type[PolnlpError], what: str, hint: str) -> Iterator[None]:
    """Tell any error of a store in one line: each kind of store has errors of its own."""
    try:
        yield
    except Exception as error:
        raise kind(f"{what}: {type(error).__name__}: {error}. {hint}") from error
