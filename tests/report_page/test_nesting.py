"""Overlapping spans, opened and closed like tags."""

import pytest

from polnlp.report_page.nesting import Tagged, nest

TEXT = "0123456789"


def written(spans, start=0, end=10):
    pieces = nest(start, end, [Tagged(a, b, f"<{name}>", f"</{name}>") for a, b, name in spans])
    return "".join(piece if isinstance(piece, str) else TEXT[piece[1] : piece[2]] for piece in pieces)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "0123456789"),
        ([(2, 4, "a")], "01<a>23</a>456789"),
        ([(2, 4, "a"), (4, 6, "b")], "01<a>23</a><b>45</b>6789"),
        ([(2, 8, "a"), (3, 5, "b")], "01<a>2<b>34</b>567</a>89"),
        ([(3, 5, "b"), (2, 8, "a")], "01<a>2<b>34</b>567</a>89"),
        ([(2, 5, "a"), (4, 8, "b")], "01<a>23<b>4</b></a><b>567</b>89"),
        ([(0, 10, "a"), (9, 40, "b")], "<a>012345678<b>9</b></a>"),
        ([(3, 3, "a")], "0123456789"),
    ],
)
def test_tags_close_in_the_order_in_which_they_opened(spans, expected):
    assert written(spans) == expected


def test_only_the_stretch_asked_for_is_given():
    assert written([(0, 4, "a"), (7, 10, "b")], start=2, end=8) == "<a>23</a>456<b>7</b>"
