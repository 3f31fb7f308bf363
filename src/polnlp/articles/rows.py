"""Files of many articles (JSON lines, JSON, CSV, Parquet) → rows: a position and its columns, one at a time."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

import msgspec

from polnlp.articles.decoding import decode_bytes, find_codec, is_binary, stream_encoding
from polnlp.articles.drafts import LIMIT
from polnlp.articles.sources import Source

_GZIP_RATIO = 100  # times its packed size that a gzip may unpack to; text reaches 3 to 10
_GZIP_FREE = 10_000_000  # bytes below which the ratio is of no harm
_BATCH = 64  # rows of a Parquet file that are held at once
_json = msgspec.json.Decoder()


class Row(NamedTuple):
    """One row: its number (a line's, or from 1), and its columns or what is wrong with it.

    Attributes:
        alone: Whether the file holds one article that is no row of a table.
    """

    number: int
    columns: Mapping[str, Any] | None
    fault: str = ""
    notes: tuple[str, ...] = ()
    alone: bool = False


class BadFile(Exception):
    """A file that can be read no further; the message says why."""


def read_rows(source: Source, encoding: str | None = None) -> Iterator[Row]:
    """Give the rows of a file, whatever its form.

    Raises:
        BadFile: When the file, from there on, cannot be read.
    """
    suffix = source.suffix.lower()
    if suffix == ".json":
        yield from _read_json(source, encoding)
    elif suffix in (".csv", ".tsv"):
        yield from _read_table(source, encoding)
    elif suffix == ".parquet":
        yield from _read_parquet(source)
    else:
        with source.opener() as file:
            yield from read_json_lines(_unpack(file, source) if suffix.endswith(".gz") else file, encoding)


def read_header(source: Source, encoding: str | None = None) -> list[str]:
    """Give the column names of a CSV or Parquet file; none of an empty one.

    Raises:
        BadFile: If it cannot be read.
    """
    if source.suffix.lower() == ".parquet":
        with source.opener() as file:
            return list(_open_parquet(file).schema_arrow.names)
    with _Table(source, encoding) as (reader, _):
        return next(reader, [])


def read_json_lines(file: BinaryIO, encoding: str | None) -> Iterator[Row]:
    """Give the objects of a file that holds one a line; blank lines are passed over."""
    number = 0
    declared = encoding is not None and find_codec(encoding) != "utf-8"
    try:
        while line := file.readline(LIMIT + 1):
            number += 1
            if len(line) > LIMIT:
                raise BadFile(f"line {number} has more than {LIMIT:,} bytes; expected one article a line.")
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield from _read_wide_lines(line + file.read(LIMIT))
                return
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield _read_object(line, number, encoding if declared else None)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadFile(f"damaged gzip data after line {number}: {error}. Pack it again.") from error


def _read_wide_lines(data: bytes) -> Iterator[Row]:
    for number, line in enumerate(decode_bytes(data).text.split("\n"), 1):
        if line.strip():
            yield _read_object(line.encode("utf-8", "surrogatepass"), number, None)


def _read_object(line: bytes, number: int, declared: str | None) -> Row:
    """Read one line; what the fast decoder refuses (stray bytes, lone surrogates, NaN) is read with patience."""
    notes: tuple[str, ...] = ()
    try:
        value = _json.decode(line) if declared is None else _decode_patiently(decode_bytes(line, declared).text)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as first:
        text, notes = decode_bytes(line, declared)
        try:
            value = _decode_patiently(text)
        except (ValueError, RecursionError):
            begins = text.strip()[:20]
            return Row(number, None, f"no valid JSON: {first}. The line begins {begins!r}; expected one object a line.")
    if not isinstance(value, dict):
        return Row(
            number, None, f"the line holds a value of type {type(value).__name__}; expected an object with a 'text'."
        )
    return Row(number, value, notes=notes)


def _decode_patiently(text: str) -> Any:
    return json.loads(text, strict=False, parse_constant=lambda name: None)


def _read_json(source: Source, encoding: str | None) -> Iterator[Row]:
    with source.opener() as file:
        data = file.read(LIMIT + 1)
    text, notes = decode_bytes(data, encoding)
    if not text.strip():
        raise BadFile("the file is empty; expected an object or a list of objects.")
    try:
        value = _decode_patiently(text)
    except (ValueError, RecursionError) as error:
        if not _begins_with_object(text):
            raise BadFile(f"no valid JSON: {error}.") from error
        yield from read_json_lines(io.BytesIO(data), encoding)
        return
    if isinstance(value, dict):
        yield Row(1, value, notes=notes, alone=True)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            fault = (
                "" if isinstance(item, dict) else f"item {number} is of type {type(item).__name__}; expected an object."
            )
            yield Row(number, None if fault else item, fault, notes)
    else:
        raise BadFile(
            f"the file holds a value of type {type(value).__name__}; expected an object or a list of objects."
        )


def _begins_with_object(text: str) -> bool:
    """Tell JSON lines under the wrong name from a damaged file."""
    try:
        return isinstance(_decode_patiently(text.strip().split("\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        return False


def _unpack(file: BinaryIO, source: Source) -> BinaryIO:
    head = file.read(2)
    file.seek(0, io.SEEK_END)
    packed = file.tell()
    file.seek(0)
    if head != b"\x1f\x8b":
        raise BadFile("no gzip data; expected JSON lines packed with gzip.")
    return io.BufferedReader(_BoundedGzip(file, max(_GZIP_FREE, _GZIP_RATIO * packed)), 1 << 18)


class _BoundedGzip(io.RawIOBase):
    """Unpacks a gzip until it has given more than any honest one of its size would."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = gzip.GzipFile(fileobj=file)
        self._left = limit

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with unpacked bytes."""
        # One read of what is packed, so that all before damaged data is given.
        piece = self._file.read1(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise BadFile(
                f"unpacks to more than {_GZIP_RATIO} times its size: looks like a gzip bomb; the rest is left out."
            )
        buffer[: len(piece)] = piece
        return len(piece)


class _Table:
    """Open a CSV or TSV file: a strict reader, and notes on its encoding."""

    def __init__(self, source: Source, encoding: str | None) -> None:
        with source.opener() as file:
            if is_binary(file.read(65_536)):
                raise BadFile("binary data; expected a table as text.")
        codec, errors, self.notes = stream_encoding(source.opener, encoding)
        self.file = io.TextIOWrapper(source.opener(), encoding=codec, errors=errors, newline="")
        self.tab = source.suffix.lower() == ".tsv"

    def __enter__(self) -> tuple[Any, tuple[str, ...]]:
        csv.field_size_limit(LIMIT)
        head = self.file.readline(1_000_000)
        self.file.seek(0)
        return csv.reader(self.file, delimiter=self._find_delimiter(head), strict=True), self.notes

    def __exit__(self, *problem: object) -> None:
        self.file.close()

    def _find_delimiter(self, head: str) -> str:
        return "\t" if self.tab else max(",;\t|", key=head.count)


def _read_table(source: Source, encoding: str | None) -> Iterator[Row]:
    with _Table(source, encoding) as (reader, notes):
        try:
            header = [name.strip().removeprefix("\ufeff") for name in next(reader, [])]
        except csv.Error as error:
            raise BadFile(f"line 1: no header: {error}.") from error
        if not header:
            raise BadFile("the file is empty; expected a header with a column 'text', and rows.")
        while True:
            number = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Row(number, None, f"no valid row: {error}; quotes inside a cell must be doubled.", notes)
                continue
            if cells is None:
                return
            if cells:
                yield _make_row(number, header, cells, notes)


def _make_row(number: int, header: list[str], cells: list[str], notes: tuple[str, ...]) -> Row:
    if len(cells) > len(header) and any(cells[len(header) :]):
        fault = f"the row has {len(cells)} cells, the header {len(header)}; a cell with the delimiter must be quoted."
        return Row(number, None, fault, notes)
    # The first of two columns of one name stands.
    return Row(number, dict(reversed(list(zip(header, cells, strict=False)))), notes=notes)


def _open_parquet(file: BinaryIO) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(file)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadFile(f"no readable Parquet file: {str(error)[:200]}.") from error


def _read_parquet(source: Source) -> Iterator[Row]:
    import pyarrow as pa

    with source.opener() as file:
        table = _open_parquet(file)
        number = 0
        try:
            for batch in table.iter_batches(batch_size=_BATCH):
                for columns in batch.to_pylist():
                    number += 1
                    yield Row(number, columns)
        except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError) as error:
            raise BadFile(f"damaged Parquet data after row {number}: {str(error)[:200]}.") from error
