"""Rows and values in temporary files: what a corpus has by the million is written there and read back, not held.

The files lie where ``TMPDIR`` says, have no name there, and go with the object or its process.
"""

import marshal
import os
import tempfile
from mmap import ACCESS_READ, mmap
from struct import Struct
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from polnlp.errors import PolnlpError


class Spool:
    """A temporary file to which bytes are appended.

    Raises:
        PolnlpError: Here and in all that writes, if there is no room or no right to.
    """

    def __init__(self) -> None:
        try:
            self._file = tempfile.TemporaryFile(prefix="polnlp-")  # noqa: SIM115 - open as long as this object
        except OSError as error:
            raise _refuse(error) from error
        finalize(self, self._file.close)

    def append(self, data: bytes) -> None:
        """Write bytes behind those that are there."""
        try:
            self._file.write(data)
        except OSError as error:
            raise _refuse(error) from error

    def finish(self) -> int:
        """Hand all that was written to the system; give the file's number."""
        try:
            self._file.flush()
        except OSError as error:
            raise _refuse(error) from error
        return self._file.fileno()


def _refuse(error: OSError) -> PolnlpError:
    return PolnlpError(
        f"{tempfile.gettempdir()}: cannot write temporary files: {error.strerror or error}. Make room there, or name "
        "another folder by TMPDIR."
    )


class Rows:
    """Rows of numbers.

    Args:
        columns: Name to kind: ``i`` and ``q`` are whole numbers of 32 and 64 bits, ``f`` and ``d`` floats of as many.
    """

    def __init__(self, **columns: str) -> None:
        self.dtype = np.dtype([(name, f"<{kind}") for name, kind in columns.items()])
        self._pack = Struct("<" + "".join(columns.values())).pack
        self._spool = Spool()
        self.count = 0

    def add(self, *row: float) -> int:
        """Append a row; give its number, from 0."""
        self._spool.append(self._pack(*row))
        self.count += 1
        return self.count - 1

    def extend(self, rows: NDArray[Any]) -> None:
        """Append an array of such rows."""
        self._spool.append(rows.tobytes())
        self.count += len(rows)

    def read(self) -> NDArray[Any]:
        """Give all rows as one array with a field a column; the system reads them from the file as they are used."""
        number = self._spool.finish()
        if not self.count:
            return np.empty(0, self.dtype)
        return np.frombuffer(mmap(number, 0, access=ACCESS_READ), self.dtype, self.count)


class Values:
    """Plain values (texts, numbers, lists, dictionaries) by number; all are added before the first is read.

    They must be Python's own: a number or text of NumPy would come back as bytes.
    """

    def __init__(self) -> None:
        self._spool = Spool()
        self._ends = Rows(end="q")
        self._size = 0
        self._borders: NDArray[np.int64] | None = None

    def add(self, value: Any) -> int:
        """Append a value; give its number, from 0."""
        data = marshal.dumps(value)  # unlike JSON it holds lone surrogates
        self._spool.append(data)
        self._size += len(data)
        return self._ends.add(self._size)

    def read(self, number: int) -> Any:
        """Give a value anew."""
        if self._borders is None:
            self._file = self._spool.finish()
            self._borders = self._ends.read()["end"]
        start = int(self._borders[number - 1]) if number else 0
        return marshal.loads(os.pread(self._file, int(self._borders[number]) - start, start))  # noqa: S302 - our own file
