"""The parts of the grammar by themselves: calendar, holidays, tense, tokens, patterns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.errors import ConfigError
from polnlp.mentions.dates.find import compile_rule, load_grammar
from polnlp.mentions.dates.holidays import find_holiday
from polnlp.mentions.dates.tense import read_tense
from polnlp.mentions.dates.tokens import find_islands
from polnlp.mentions.dates.when import (
    When,
    day_from,
    days_from,
    easter,
    islamic_to_day,
    make_day,
    month_length,
    move,
    nth_weekday,
    weekday_of,
    widen,
)

GRAMMAR = load_grammar("en", "codebook")


class TestCalendar:
    @given(ordinal=st.integers(-1_000_000, 3_000_000))
    def test_days_are_counted_without_a_gap_through_the_years_bc(self, ordinal):
        day = day_from(ordinal)
        assert days_from(day.year, day.month, day.day) == ordinal
        assert day.year != 0

    @pytest.mark.parametrize(
        ("when", "text"),
        [
            (When("day", 2009, 1, 29), "2009-01-29"),
            (When("day", 2009, 1, 29, time="TMO"), "2009-01-29TMO"),
            (When("month", 2009, 1), "2009-01"),
            (When("quarter", 2009, sub=3), "2009-Q3"),
            (When("season", 2009, season="FA"), "2009-FA"),
            (When("week", 2009, sub=5), "2009-W05"),
            (When("decade", 1990), "199"),
            (When("century", 1800), "18"),
            (When("year", -594), "BC0594"),
            (When("year", 2009, fiscal=True), "FY2009"),
            (When("year", 2009, split=True), "2009/2010"),
        ],
    )
    def test_a_stretch_is_written_as_finely_as_it_is_known(self, when, text):
        assert str(when) == text

    @pytest.mark.parametrize(
        ("unit", "count", "text"),
        [
            ("day", -29, "2008-12-31"),
            ("week", -1, "2009-W04"),
            ("month", -1, "2008-12"),
            ("quarter", -1, "2008-Q4"),
            ("year", 1.5, "2010-07"),
            ("decade", -1, "199"),
            ("century", -1, "19"),
        ],
    )
    def test_moving_keeps_the_unit(self, unit, count, text):
        assert str(move(make_day(2009, 1, 29), unit, count)) == text

    def test_a_month_does_not_tell_the_day(self):
        assert widen(When("month", 2009, 1), "day") is None
        assert move(When("year", 2009), "month", 1) is None

    def test_a_day_that_no_month_has_is_none(self):
        assert make_day(2009, 2, 29) is None
        assert make_day(2008, 2, 29) is not None
        assert month_length(1900, 2) == 28

    @given(day=st.dates())
    def test_weekdays_agree_with_the_standard_library(self, day):
        assert weekday_of(make_day(day.year, day.month, day.day)) == day.isoweekday()

    def test_easter_sundays(self):
        assert [str(easter(year)) for year in (1818, 2000, 2008, 2024, 2038)] == [
            "1818-03-22",
            "2000-04-23",
            "2008-03-23",
            "2024-03-31",
            "2038-04-25",
        ]

    def test_ramadan_begins_within_a_day_of_the_sighting(self):
        for year, seen in {1430: date(2009, 8, 22), 1437: date(2016, 6, 6), 1445: date(2024, 3, 11)}.items():
            assert abs(islamic_to_day(year, 9, 1).first - seen.toordinal()) <= 1

    def test_weekdays_of_a_month(self):
        assert str(nth_weekday(2008, 11, 4, 4)) == "2008-11-27"
        assert str(nth_weekday(2010, 5, 1, -1)) == "2010-05-31"
        assert nth_weekday(2009, 2, 1, 5) is None


class TestHolidays:
    holidays = GRAMMAR.lexicon.tables["holidays"]

    def test_every_entry_has_a_rule_that_gives_days_and_a_name(self):
        for key, entry in self.holidays.items():
            assert any(find_holiday(entry, year) for year in range(2000, 2004)), key
            assert entry.get("en") or entry.get("es"), key

    def test_election_day_is_the_tuesday_after_the_first_monday(self):
        days = {year: str(find_holiday(self.holidays["election-day"], year)) for year in (2008, 2010, 2016, 2020)}
        assert days == {2008: "2008-11-04", 2010: "2010-11-02", 2016: "2016-11-08", 2020: "2020-11-03"}

    def test_a_day_kept_every_four_years_is_not_kept_in_others(self):
        assert find_holiday(self.holidays["inauguration-day"], 2010) is None

    def test_an_unknown_rule_is_refused(self):
        with pytest.raises(ValueError, match="no known form"):
            find_holiday({"when": "some day"}, 2009)


@pytest.mark.parametrize(
    ("marked", "tense"),
    [
        ("The vote was held on [March 5].", -1),
        ("The vote will be held on [March 5].", 1),
        ("The vote is to be held on [March 5].", 1),
        ("The vote is scheduled for [March 5].", 1),
        ("The vote has been scheduled for [March 5].", 1),
        ("The vote was scheduled for [March 5].", 0),
        ("The vote may be held on [March 5].", 0),
        ("On [March 5] the party will choose.", 1),
        ("On [March 5], the party chose its leader.", -1),
        ("The [March 5] elections were lost.", -1),
        ("They said that a [March 5] hearing is expected.", 1),
        ("He left. The [March 5] rally", 0),
        ("They remain in office until [March 5].", 1),
        ("They remained in office until [March 5].", -1),
        ("The board plans to meet on [March 5].", 1),
        ("The peace plan of [March 5]", 0),
        ("Fiat announced on [March 5] that it intends to buy.", -1),
        ("The elected president of [March 5]", 0),
    ],
)
def test_tense_is_read_from_the_clause(marked, tense):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert read_tense(text, start, end, GRAMMAR.lexicon.tables["tense"]) == tense


class TestTokens:
    def islands(self, text):
        return [[text[item.start : item.end] for item in island] for island in find_islands(text, GRAMMAR.lexicon)]

    def test_only_words_that_dates_are_made_of_are_kept(self):
        assert self.islands("The minister resigned on May 4, 2008 in protest.") == [
            ["on", "May", "4", ",", "2008", "in"]
        ]

    def test_what_is_of_no_shape_falls_apart_at_its_hyphens(self):
        assert self.islands("2006-2010") == [["2006", "-", "2010"]]
        assert self.islands("from 07:00-09:10") == [["from", "07:00", "-", "09:10"]]

    def test_a_heading_does_not_run_into_the_next_line(self):
        assert len(self.islands("Jobs cut by 2012\nJanuary 23, 2006")) == 2

    def test_a_wrapped_line_does(self):
        text = "The treaty that both governments had discussed was signed on September\n28th, 2008, in the old palace."
        assert len(self.islands(text)) == 1

    def test_no_island_grows_without_end(self):
        assert max(len(island) for island in find_islands("May " * 2000, GRAMMAR.lexicon)) <= 400


class TestPatterns:
    rule = {"name": "test", "stage": "base", "make": "calendar", "gives": "date"}

    @pytest.mark.parametrize("pattern", ["{nosuch}", "( {month}", "<nomacro>"])
    def test_a_pattern_that_cannot_be_read_names_its_rule(self, pattern):
        with pytest.raises(ConfigError, match="'test'"):
            compile_rule(self.rule | {"patterns": [pattern]}, pattern, GRAMMAR.lexicon)

    def test_no_pattern_repeats_without_end(self):
        for stage in GRAMMAR.stages:
            for rule in stage.rules:
                assert "*" not in rule.pattern.pattern
                assert "+" not in rule.pattern.pattern
