"""CSV files that go to a spreadsheet, and come back from it, whichever of its ways to save them was taken."""

import csv
import io
from typing import Any

from polnlp.errors import CorpusError

# A cell that begins so is a formula to a spreadsheet, and may run a program; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def decode_table(data: bytes, where: str) -> str:
    """Decode a table: UTF-8, with or without the mark by which Excel knows it.

    Args:
        data: The file's bytes.
        where: The file, for the message.

    Raises:
        CorpusError: If it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        raise CorpusError(f'{where}: not UTF-8; save it as "CSV UTF-8".') from error


def find_delimiter(text: str) -> str:
    """Tell by its first line what stands between a table's cells: commas, semicolons or tabs.

    Examples:
        >>> find_delimiter("id;label;name")
        ';'
    """
    return max(",;\t", key=text.partition("\n")[0].count)


def open_table(data: bytes, where: str) -> Any:
    """Give a strict CSV reader of a table's bytes.

    Raises:
        CorpusError: If it is not UTF-8.
    """
    text = decode_table(data, where)
    return csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), strict=True)
