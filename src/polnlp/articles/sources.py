"""Inputs → the files to read, in order: folders and zips are walked, and what cannot be read is told."""

import io
import logging
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from polnlp.articles.drafts import LIMIT, replace_surrogates
from polnlp.schema import Failure

logger = logging.getLogger(__name__)

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
DOCUMENT_SUFFIXES = (".docx", ".rtf", ".pdf")
ROW_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".json", ".csv", ".tsv", ".parquet")
STREAMED = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".csv", ".tsv", ".parquet")
SUFFIXES = (*TEXT_SUFFIXES, *DOCUMENT_SUFFIXES, *ROW_SUFFIXES, ".zip")
SIDECAR = "metadata.csv"
_RATIO = 200  # times its packed size that a zip's member may unpack to; text reaches 3 to 10
_DEEPEST = 100  # folders within folders
_UNPACKED = 10_000_000  # bytes below which the ratio is of no harm


@dataclass(frozen=True)
class Source:
    """A file to read.

    Attributes:
        name: Path below the input, with ``/``; the ids of its articles are made of it.
        origin: Path or zip member, for messages.
        suffix: One of ``SUFFIXES``.
        opener: Opens it from its beginning, as often as it is called.
        sidecars: Names of the sidecars of the folders that it stands in, the outermost first.
    """

    name: str
    origin: str
    suffix: str
    opener: Callable[[], BinaryIO] = field(compare=False)
    sidecars: tuple["SidecarFile", ...] = ()

    @property
    def stem(self) -> str:
        """The name without suffix."""
        return self.name[: len(self.name) - len(self.suffix)] if self.suffix else self.name


@dataclass(frozen=True)
class SidecarFile:
    """A folder's ``metadata.csv``; ``base`` is the folder's name below the input, empty or ending in ``/``."""

    base: str
    source: Source


# A walk gives a sidecar's end when all files of its folder have been given.
Item = Source | SidecarFile | Failure


def match_suffix(name: str) -> str:
    """Give the suffix of a file's name that polnlp reads, as written in the name; else an empty string."""
    lowered = name.lower()
    return next(
        (name[-len(suffix) :] for suffix in sorted(SUFFIXES, key=len, reverse=True) if lowered.endswith(suffix)), ""
    )


def refuse(name: str, origin: str, reason: str) -> Failure:
    """Make the failure of a whole file."""
    return Failure(article_id=replace_surrogates(name), reason=reason, origin=replace_surrogates(origin))


def unknown_suffix(name: str) -> str:
    """Say that a file's suffix is none that polnlp reads."""
    suffix = PurePosixPath(name).suffix
    found = f"unknown suffix {suffix!r}" if suffix else "no suffix"
    return f"{found}; polnlp reads {' '.join(SUFFIXES)}. Convert the file, or leave it out."


def walk_file(path: Path, name: str, sidecars: tuple[SidecarFile, ...] = ()) -> Iterator[Item]:
    """Give the source that a regular file is, or the sources in it if it is a zip."""
    suffix = match_suffix(path.name)
    if not suffix:
        yield refuse(name, str(path), unknown_suffix(path.name))
        return
    try:
        size = path.stat().st_size
    except OSError as error:
        yield refuse(name, str(path), f"cannot be read: {error.strerror}.")
        return
    if suffix.lower() == ".zip":
        yield from walk_zip(path, name[: -len(suffix)], sidecars)
    elif size > LIMIT and suffix.lower() not in STREAMED:
        yield refuse(name, str(path), f"the file has {size:,} bytes; at most {LIMIT:,} are read whole. Cut it up.")
    else:
        yield Source(name, str(path), suffix, lambda: path.open("rb"), sidecars)


def walk_folder(
    folder: Path, prefix: str = "", sidecars: tuple[SidecarFile, ...] = (), visited: set[tuple[int, int]] | None = None
) -> Iterator[Item]:
    """Give the sources of a folder and all below it, sorted by name within each folder.

    Hidden files, ``README*`` and ``metadata.csv`` are no articles. A linked folder is read once, whatever links there;
    a link to a folder above is not followed.
    """
    visited = set() if visited is None else visited
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
        status = folder.stat()
    except OSError as error:
        yield refuse(prefix or str(folder), str(folder), f"the folder cannot be read: {error.strerror}.")
        return
    visited.add((status.st_dev, status.st_ino))
    own: SidecarFile | None = None
    if SIDECAR in names and (folder / SIDECAR).is_file():
        path = folder / SIDECAR
        own = SidecarFile(prefix, Source(prefix + SIDECAR, str(path), ".csv", lambda: path.open("rb")))
        sidecars = (*sidecars, own)
    for name in (
        sorted(names, key=lambda name: (folder / name).is_symlink()) if _has_linked_folder(folder, names) else names
    ):
        if not name.startswith("."):
            yield from _walk_entry(folder / name, prefix + name, sidecars, visited)
    if own is not None:
        yield own


def _has_linked_folder(folder: Path, names: Sequence[str]) -> bool:
    """Links come after the folders that they may link to, so that these keep their own names."""
    return any((folder / name).is_symlink() and (folder / name).is_dir() for name in names)


def _walk_entry(
    path: Path, name: str, sidecars: tuple[SidecarFile, ...], visited: set[tuple[int, int]]
) -> Iterator[Item]:
    try:
        status = path.stat()
    except OSError as error:
        yield refuse(name, str(path), f"cannot be read: {error.strerror}.")
        return
    if stat.S_ISDIR(status.st_mode):
        if (status.st_dev, status.st_ino) in visited or path.resolve() in Path(os.path.realpath(path.parent)).parents:
            logger.warning("%s: links to a folder above it, or to one that is read already; not followed", path)
        elif name.count("/") >= _DEEPEST:
            yield refuse(name, str(path), f"more than {_DEEPEST} folders deep; left out.")
        else:
            yield from walk_folder(path, name + "/", sidecars, visited)
    elif not stat.S_ISREG(status.st_mode):
        yield refuse(name, str(path), "neither a file nor a folder (a pipe, socket or device); left out.")
    elif not is_reserved(path.name):
        yield from walk_file(path, name, sidecars)


def is_reserved(name: str) -> bool:
    """Tell whether a file in a folder is no article by its name."""
    return name == SIDECAR or name.upper().startswith("README")


def walk_zip(path: Path, prefix: str, sidecars: tuple[SidecarFile, ...] = ()) -> Iterator[Item]:
    """Give the members of a zip as the files of a folder; their names are never used as paths.

    A member, or all together, beyond the limit unpacked, or packed absurdly well, is refused by what the zip declares;
    reading stops at what is declared.
    """
    prefix = prefix + "/" if prefix else ""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            total = sum(member.file_size for member in members)
            if total > LIMIT:
                yield refuse(prefix.rstrip("/") or path.name, str(path), _too_large(total))
                return
            yield from _walk_members(archive, path, members, prefix, sidecars)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        yield refuse(prefix.rstrip("/") or path.name, str(path), f"no readable zip: {error}. Pack it again.")


def check_members(members: Sequence[zipfile.ZipInfo]) -> str | None:
    """Say why the members of a zip that is one file (a Word file) may not be unpacked, if so; names play no part."""
    total = sum(member.file_size for member in members)
    if total > LIMIT:
        return f"unpacks to {total:,} bytes; at most {LIMIT:,} are read. Cut it up."
    return next(filter(None, map(_check_size, members)), None)


def _too_large(size: int) -> str:
    return f"unpacks to {size:,} bytes; at most {LIMIT:,} are unpacked. Unpack it yourself and give the folder."


def _walk_members(
    archive: zipfile.ZipFile, path: Path, members: list[zipfile.ZipInfo], prefix: str, outer: tuple[SidecarFile, ...]
) -> Iterator[Item]:
    named = sorted(
        ((_clean_member(member.filename), member) for member in members), key=lambda pair: pair[0].split("/")
    )
    own = {}
    for name, member in named:
        if name.rpartition("/")[2] == SIDECAR and not _is_hidden(name) and _check_member(member) is None:
            base = prefix + name.removesuffix(SIDECAR)
            own[base] = SidecarFile(base, _member_source(archive, member, prefix + name, f"{path}!{name}", ".csv", ()))
    for name, member in named:
        last = name.rpartition("/")[2]
        if _is_hidden(name) or is_reserved(last):
            continue
        origin = f"{path}!{name}"
        suffix = match_suffix(last)
        fault = unknown_suffix(last) if not suffix else _check_member(member)
        if fault is not None:
            yield refuse(prefix + name, origin, fault)
            continue
        sidecars = (*outer, *(sidecar for base, sidecar in sorted(own.items()) if (prefix + name).startswith(base)))
        yield _member_source(archive, member, prefix + name, origin, suffix, sidecars)
    yield from own.values()


def _clean_member(name: str) -> str:
    """A member's name as a relative path: no drive, no root, no way up."""
    parts = replace_surrogates(name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":")) or "member"


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _check_member(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & 1:
        return "encrypted; expected a zip without a password."
    if member.filename.lower().endswith(".zip"):
        return "a zip within a zip is not read. Unpack it."
    return _check_size(member)


def _check_size(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & 1:
        return "is encrypted; save it without a password."
    if member.file_size > LIMIT:
        return _too_large(member.file_size)
    if member.file_size > _UNPACKED and member.file_size > _RATIO * max(member.compress_size, 1):
        return f"unpacks from {member.compress_size:,} to {member.file_size:,} bytes: looks like a zip bomb; left out."
    return None


def _member_source(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    origin: str,
    suffix: str,
    sidecars: tuple[SidecarFile, ...],
) -> Source:
    def open_member() -> BinaryIO:
        # Whole, at most what is declared: later readers may seek and open it twice.
        try:
            with archive.open(member) as packed:
                return io.BytesIO(packed.read(LIMIT + 1))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise OSError(0, f"damaged zip member: {error}") from error

    return Source(name, origin, suffix, open_member, sidecars)
