"""The one rule for overlaps, as the codebook words it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.mentions import resolve_overlaps
from polnlp.schema import LABELS, DateMention, Mention


def name(text: str, words: str, label: str, score: float = 0.9) -> Mention:
    start = text.index(words)
    return Mention(start=start, end=start + len(words), text=words, label=label, score=score)


def date(text: str, words: str) -> DateMention:
    start = text.index(words)
    return DateMention(start=start, end=start + len(words), text=words, type="DATE", value=None)


def kept(text, names, dates=()):
    found = resolve_overlaps([name(text, *given) for given in names], [date(text, words) for words in dates])
    return [[item.text for item in items] for items in found]


@pytest.mark.parametrize(
    ("text", "names", "dates", "expected"),
    [
        ("the Bolivian Army", [("Bolivian", "MISC"), ("Bolivian Army", "ORG")], [], [["Bolivian Army"], []]),
        ("the 2016 presidential election", [("2016 presidential election", "ELECTION")], ["2016"],
         [["2016 presidential election"], []]),
        ("the November 2008 regional elections", [("November 2008 regional elections", "ELECTION")], ["November 2008"],
         [[], ["November 2008"]]),
        ("the November 23rd regional elections in Venezuela",
         [("November 23rd regional elections in Venezuela", "ELECTION")], ["November 23rd"], [[], ["November 23rd"]]),
        ("last year's elections", [("last year's elections", "ELECTION")], ["last year"], [[], ["last year"]]),
        ("the May 2010 Ruritanian election", [("May 2010 Ruritanian election", "ELECTION")], ["May 2010"],
         [["May 2010 Ruritanian election"], []]),
        ("on Christmas Day", [("Christmas", "MISC")], ["Christmas Day"], [[], ["Christmas Day"]]),
        ("at Easter", [("Easter", "MISC")], ["Easter"], [[], ["Easter"]]),
        ("Quito and Lima", [("Quito", "REGION"), ("Lima", "REGION")], [], [["Quito", "Lima"], []]),
    ],
)  # fmt: skip
def test_the_outer_one_wins_but_a_dated_election_gives_its_date(text, names, dates, expected):
    assert kept(text, names, dates) == expected


def test_of_two_that_cross_the_longer_wins():
    text = "Fiji Labour Party conference hall"
    names = [("Fiji Labour Party", "PARTY"), ("Party conference hall", "REGION")]
    assert kept(text, names) == [["Party conference hall"], []]


def test_of_two_readings_of_one_span_the_likelier_wins():
    mentions = [name("Washington", "Washington", "REGION", 0.4), name("Washington", "Washington", "COUNTRY", 0.6)]
    assert [mention.label for mention in resolve_overlaps(mentions)[0]] == ["COUNTRY"]


def test_nothing_gives_nothing():
    assert resolve_overlaps([]) == ((), ())


TEXT = "x" * 60
mentions = st.builds(
    lambda start, length, label, score: Mention(
        start=start, end=start + length, text=TEXT[start : start + length], label=label, score=score
    ),
    st.integers(0, 40),
    st.integers(1, 12),
    st.sampled_from(LABELS),
    st.floats(0, 1),
)
dates = st.builds(
    lambda start, length: DateMention(
        start=start, end=start + length, text=TEXT[start : start + length], type="DATE", value=None
    ),
    st.integers(0, 40),
    st.integers(1, 12),
)


@given(st.lists(mentions, max_size=12), st.lists(dates, max_size=6), st.randoms(use_true_random=False))
def test_what_is_kept_is_apart_ordered_and_does_not_depend_on_the_order_given(some, some_dates, chance):
    found = resolve_overlaps(some, some_dates)
    everything = sorted([*found[0], *found[1]], key=lambda item: item.start)
    assert all(one.end <= two.start for one, two in itertools.pairwise(everything))
    assert list(found[0]) == sorted(found[0], key=lambda item: item.start)
    chance.shuffle(some)
    chance.shuffle(some_dates)
    assert resolve_overlaps(some, some_dates) == found


@given(st.lists(mentions, max_size=12), st.lists(dates, max_size=6))
def test_what_was_kept_once_is_kept_again(some, some_dates):
    found = resolve_overlaps(some, some_dates)
    assert resolve_overlaps(*found) == found
