"""The lines of a page → their reading order: what stands across the page parts it, columns are read one by one."""

from collections.abc import Iterable, Iterator, Sequence

from polnlp.articles.pdf_paragraphs import Line

_GUTTER = 7.0  # points, about the width of three letters: the least that parts two columns

Spans = list[tuple[float, float]]


def order_lines(lines: Sequence[Line]) -> list[Line]:
    """Put the lines of one page in reading order.

    Rows are gathered from the top as long as a gutter runs through all of them; what has been gathered is read column
    by column. It is a recursive cut along white space, but it cuts across the page only where no gutter goes on.

    References:
        Nagy and Seth (1984). Hierarchical representation of optically scanned documents. ICPR.
    """
    groups: list[tuple[list[Line], Spans]] = []
    for row in _find_rows(lines):
        own = _merge((line.x0, line.x1) for line in row)
        joint = _merge([*groups[-1][1], *own]) if groups else []
        if len(joint) > 1:
            groups[-1] = [*groups[-1][0], *row], joint
        else:
            groups.append((row, own))
    return [line for group, spans in groups for line in _read_columns(group, spans)]


def _read_columns(group: list[Line], spans: Spans) -> list[Line]:
    if len(spans) == 1:
        return sorted(group, key=lambda line: (-line.y1, line.x0))
    columns = ([line for line in group if left <= line.x0 <= right] for left, right in spans)
    return [line for column in columns for line in order_lines(column)]


def _find_rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Gather the lines that stand beside each other; a quarter of a line's height may reach into the next."""
    row: list[Line] = []
    low = 0.0
    for line in sorted(lines, key=lambda line: (-line.y0 - line.y1, line.x0)):
        quarter = (line.y1 - line.y0) / 4
        if row and line.y1 - quarter <= low:
            yield row
            row = []
        low = min(low, line.y0 + quarter) if row else line.y0 + quarter
        row.append(line)
    if row:
        yield row


def _merge(spans: Iterable[tuple[float, float]]) -> Spans:
    """Join stretches that overlap, or that less than a gutter parts."""
    merged: Spans = []
    for left, right in sorted(spans):
        if merged and left < merged[-1][1] + _GUTTER:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged
