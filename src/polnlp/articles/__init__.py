"""Stage 1: files, folders, zips or standard input → articles, one at a time, and a reason for each that is none.

Inputs become sources (``sources``), sources drafts (``readers``); these are completed by a folder's ``metadata.csv``
(``sidecars``) and made articles (``drafts``) with ids of their own (``registry``). An article's own date is found by
``dating``.
"""

import io
import stat
import sys
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

import msgspec

from polnlp.articles.decoding import check_encoding, is_binary
from polnlp.articles.drafts import KNOWN, LIMIT, Draft, finish_draft, pick_fields
from polnlp.articles.readers import read_source, read_texts
from polnlp.articles.registry import Registry
from polnlp.articles.rows import BadFile, read_header
from polnlp.articles.sidecars import Sidecar
from polnlp.articles.sources import (
    SUFFIXES,
    Item,
    SidecarFile,
    Source,
    match_suffix,
    refuse,
    unknown_suffix,
    walk_file,
    walk_folder,
)
from polnlp.config import ArticlesConfig, Config, check_config
from polnlp.errors import ConfigError, CorpusError
from polnlp.remote import FetchedInputs, is_remote
from polnlp.schema import Article, Failure

__all__ = ["read_articles"]

_DEFAULTS = ArticlesConfig()
# How others call the column of texts.
_CALLED_TEXT = ("body", "content", "contents", "article", "fulltext", "full text", "full_text", "article_text")


def read_articles(*inputs: str | Path, config: ArticlesConfig = _DEFAULTS) -> Iterator[Article | Failure]:
    """Read articles, in the order of the inputs and, within a folder, of sorted names.

    Examples:
        >>> Path("quito.txt").write_text("Quito, January 29, 2009 - Correa spoke.")
        39
        >>> [article.id for article in read_articles("quito.txt")]
        ['quito']

    Args:
        inputs: Files, folders, zips, ``-`` for standard input (one text, or JSON lines), or fsspec addresses of files
            and folders (``s3://bucket/folder``), which are copied to a temporary folder first.
        config: Names of columns, encoding, and whether a text that comes twice is kept twice.

    Returns:
        An article, or the reason why there is none, for each file or row. Nothing is read ahead. A text that was
        read already is a ``Failure`` with ``duplicate_of``, unless ``config.duplicates`` is ``all``; a near copy of an
        earlier article is an article with ``copy_of``.

    Raises:
        CorpusError: At once, if an input does not exist, a folder holds no file that could be read, or the only input
            is a file of unknown suffix or a table without texts.
        TypeError: At once, if an input is no path, such as a list of them.
        ConfigError: At once, if ``config`` holds a wrong value, an unknown column or encoding, or an address needs
            fsspec, or one of its packages, that is not installed.

    References:
        Broder (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences. (Near
            copies.)
        Speer (2019). ftfy (version 5.5). Zenodo. doi:10.5281/zenodo.2591652 (Wrongly decoded characters.)
    """
    config = _check_config(config)
    for name in inputs:
        if not isinstance(name, str | PathLike):
            raise TypeError(f"read_articles: {type(name).__name__} is no path; give paths one by one, or *paths.")
        if name == "":
            raise CorpusError("An input is an empty text: give a file, a folder, a zip, or - for standard input.")
    if any(map(is_remote, inputs)):
        return _read_remote(inputs, config)
    paths = [Path(name) if str(name) != "-" else None for name in inputs]
    if not paths:
        raise CorpusError("No input: give a file, a folder, a zip, or - for standard input.")
    for path in paths:
        if path is not None:
            _check_input(path, config, only=len(paths) == 1)
    return Registry(config).admit_all(_read_inputs(paths, config))


def _read_remote(inputs: Sequence[str | Path], config: ArticlesConfig) -> Iterator[Article | Failure]:
    fetched = FetchedInputs()
    paths = [fetched.fetch(str(name)) if is_remote(name) else name for name in inputs]
    try:
        items = read_articles(*paths, config=config)
    except CorpusError as error:
        raise CorpusError(fetched.name(str(error))) from error
    return _read_fetched(items, fetched)


def _read_fetched(items: Iterator[Article | Failure], fetched: FetchedInputs) -> Iterator[Article | Failure]:
    try:
        for item in items:
            yield msgspec.structs.replace(item, origin=fetched.name(item.origin))
    finally:
        fetched.close()


def _check_config(config: ArticlesConfig) -> ArticlesConfig:
    config = check_config(Config(articles=config)).articles
    check_encoding(config.encoding)
    unknown = sorted(set(config.columns) - set(KNOWN))
    if unknown:
        raise ConfigError(
            f"[articles.columns] names {unknown[0]!r}; expected polnlp's names on the left: {' '.join(KNOWN)}."
        )
    return config


def _check_input(path: Path, config: ArticlesConfig, *, only: bool) -> None:
    """Refuse an input that is wrong as a whole."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(f"{path}: cannot be read: {reason}. Check the path.") from error
    if stat.S_ISDIR(mode):
        if not any(isinstance(item, Source) for item in walk_folder(path)):
            raise CorpusError(
                f"{path}: no article in this folder; looked for {' '.join(SUFFIXES)}, hidden files left out."
            )
    elif not stat.S_ISREG(mode):
        raise CorpusError(f"{path}: neither a file nor a folder. To read from a pipe, give - and redirect it.")
    elif only:
        _check_only_file(path, config)


def _check_only_file(path: Path, config: ArticlesConfig) -> None:
    suffix = match_suffix(path.name)
    if not suffix:
        raise CorpusError(f"{path}: {unknown_suffix(path.name)}")
    if suffix.lower() not in (".csv", ".tsv", ".parquet"):
        return
    try:
        header = read_header(Source(path.name, str(path), suffix, lambda: path.open("rb")), config.encoding)
    except (BadFile, OSError) as error:
        raise CorpusError(f"{path}: {error}") from error
    if "text" not in pick_fields(dict.fromkeys(header, "x"), config.columns)[0]:
        columns = ", ".join(map(repr, header[:12])) or "none"
        guess = next((name for name in header if name.strip().casefold() in _CALLED_TEXT), "...")
        raise CorpusError(
            f"{path}: no column 'text'; found {columns}. Write the line [articles.columns] and below it text = "
            f'"{guess}" into a settings file, the same for {" ".join(KNOWN[1:])}, and give that file with -c.'
        )


def _read_inputs(paths: list[Path | None], config: ArticlesConfig) -> Iterator[Article | Failure]:
    sidecars: dict[str, Sidecar] = {}
    for path in paths:
        items = _walk(path) if path is not None else iter(())
        if path is None:
            yield from map(_finish, _read_stdin(config))
        for item in items:
            if isinstance(item, Failure):
                yield item
            elif isinstance(item, SidecarFile):
                yield from _open_sidecar(item, sidecars, config).finish()
                del sidecars[item.source.origin]
            else:
                opened = [_open_sidecar(sidecar, sidecars, config) for sidecar in item.sidecars]
                for draft in read_source(item, config):
                    yield _finish(draft, opened)


def _walk(path: Path) -> Iterator[Item]:
    return walk_folder(path) if path.is_dir() else walk_file(path, path.name)


def _open_sidecar(file: SidecarFile, opened: dict[str, Sidecar], config: ArticlesConfig) -> Sidecar:
    if file.source.origin not in opened:
        opened[file.source.origin] = Sidecar(file, config.columns, config.encoding)
    return opened[file.source.origin]


def _finish(draft: Draft | Failure, sidecars: list[Sidecar] | None = None) -> Article | Failure:
    if isinstance(draft, Failure):
        return draft
    for sidecar in sidecars or []:
        sidecar.complete(draft)
    return finish_draft(draft)


def _read_stdin(config: ArticlesConfig) -> Iterator[Draft | Failure]:
    """Read standard input: JSON lines if it begins as an object does, else one text."""
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield refuse("stdin", "stdin", f"more than {LIMIT:,} bytes on standard input; give a file.")
    elif data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        source = Source("stdin.jsonl", "stdin", ".jsonl", lambda: io.BytesIO(data))
        yield from read_source(source, config)
    elif is_binary(data):
        yield refuse("stdin", "stdin", f"binary data (begins {data[:8]!r}); expected a text.")
    else:
        for number, draft in enumerate(read_texts(data, ".txt", config), 1):
            draft.default_id = draft.origin = "stdin" if draft.single else f"stdin#{number}"
            yield draft
