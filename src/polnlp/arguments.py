"""Arguments of public functions, checked where a slip would else end in silence, nonsense or a puzzle."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TypeVar

T = TypeVar("T")


def check_choice(argument: str, value: object, choices: Iterable[object]) -> None:
    """Refuse what is none of the choices.

    Raises:
        ValueError: It names the choices.
    """
    if value not in (known := tuple(choices)):
        raise ValueError(f"{argument}={value!r} is none of {', '.join(map(str, known))}.")


def check_type(argument: str, value: object, kind: type, hint: str) -> None:
    """Refuse what is not of a type.

    Raises:
        TypeError: It names the type that was found; the hint says what to give.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{argument} is of type {type(value).__name__}, expected {kind.__name__}; {hint}.")


def each_of(kind: type[T], items: Iterable[T], argument: str, hint: str) -> Iterator[T]:
    """Give items one by one; a single one, or a name of a file, in the place of many is refused at once.

    Raises:
        TypeError: If ``items`` are not many, or one of them is of another type; the hint says what to give.
    """
    if isinstance(items, str | bytes | PurePath | kind) or not hasattr(items, "__iter__"):
        found = type(items).__name__
        raise TypeError(f"{argument} is one {found}, expected a list or iterator of {kind.__name__}; {hint}.")
    return _check_each(kind, items, argument, hint)


def _check_each(kind: type[T], items: Iterable[T], argument: str, hint: str) -> Iterator[T]:
    for number, item in enumerate(items, 1):
        check_type(f"{argument}: item {number}", item, kind, hint)
        yield item
