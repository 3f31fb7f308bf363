"""The files of annotation tools, one module each: ``write`` items → bytes, ``read`` bytes → what was annotated.

No format carries weights or what the run found; these stay in ``sample.jsonl``, where the item's id leads back to.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Literal, get_args

from polnlp.annotation.items import Item

Format = Literal["csv", "inception-json", "label-studio", "doccano", "inception", "spacy"]
FORMATS: tuple[Format, ...] = get_args(Format)

# The module of each format and the ending by which its files are known.
_HOME: dict[Format, tuple[str, str]] = {
    "csv": ("table", ".csv"),
    "inception-json": ("cas", ".cas.json"),  # before the other .json
    "label-studio": ("label_studio", ".json"),
    "doccano": ("doccano", ".jsonl"),
    "inception": ("inception", ".tsv"),
    "spacy": ("docbin", ".spacy"),
}


def write_format(items: Sequence[Item], form: Format) -> bytes:
    """Give items as the bytes of a tool's file."""
    write: Callable[[Sequence[Item]], bytes] = _module(form).write
    return write(items)


def read_format(data: bytes, form: Format, where: str, *, annotator: str | None = None) -> list[Item]:
    """Read a tool's file; ids are empty where it holds none.

    Args:
        where: For messages.
        annotator: Whose annotations to take, where the file holds several people's (Label Studio).

    Raises:
        CorpusError: If the file is not of this format.
    """
    read: Callable[..., list[Item]] = _module(form).read
    return read(data, where, annotator=annotator) if form == "label-studio" else read(data, where)


def ending(form: Format) -> str:
    """Give the ending of a format's files."""
    return _HOME[form][1]


def guess_format(name: str) -> Format | None:
    """Tell a file's format by its ending.

    Examples:
        >>> guess_format("export.json")
        'label-studio'
    """
    return next((form for form, (_, suffix) in _HOME.items() if name.lower().endswith(suffix)), None)


def _module(form: Format) -> Any:
    return import_module(f"polnlp.annotation.formats.{_HOME[form][0]}")
