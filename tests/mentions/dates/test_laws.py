"""Laws for any date and any text: what is written can be read back, nothing raises, cost is linear."""

import re
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polnlp.mentions.dates import find_dates
from polnlp.mentions.dates.find import load_grammar

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FORMS = {
    "March 9, 2008": lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    "March 9th, 2008": lambda day: f"{MONTHS[day.month - 1]} {ordinal(day.day)}, {day.year}",
    "9 March 2008": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "the 9th of March, 2008": lambda day: f"the {ordinal(day.day)} of {MONTHS[day.month - 1]}, {day.year}",
    "Sunday, March 9, 2008": lambda day: f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}",
    "Sunday 9 March 2008": lambda day: f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}",
    "Mar. 9, 2008": lambda day: f"{MONTHS[day.month - 1][:3]}{'' if day.month == 5 else '.'} {day.day}, {day.year}",
    "9 Mar 2008": lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    "9-Mar-2008": lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
    "2008-03-09": lambda day: day.isoformat(),
    "9.3.2008": lambda day: f"{day.day}.{day.month}.{day.year}",
    "9/Mar/2008": lambda day: f"{day.day}/{MONTHS[day.month - 1][:3]}/{day.year}",
    "9 March, 2008": lambda day: f"{day.day} {MONTHS[day.month - 1]}, {day.year}",
    "2008 March 9": lambda day: f"{day.year} {MONTHS[day.month - 1]} {day.day}",
    "Sunday the 9th of March 2008": lambda day: (
        f"{DAYS[day.weekday()]} the {ordinal(day.day)} of {MONTHS[day.month - 1]} {day.year}"
    ),
    "2008/03/09": lambda day: f"{day.year}/{day.month:02d}/{day.day:02d}",
    "MARCH 9, 2008": lambda day: f"{MONTHS[day.month - 1].upper()} {day.day}, {day.year}",
}
MODERN = st.dates(min_value=date(1500, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize("form", FORMS)
@given(day=MODERN)
def test_a_written_date_reads_back_as_the_date(form, day):
    written = FORMS[form](day)
    (mention,) = find_dates(f"It was signed on {written} in Quito.")
    assert (mention.value, mention.text) == (day.isoformat(), written.removeprefix("the "))


@given(day=MODERN)
def test_slashes_read_back_either_way(day):
    assert find_dates(f"On {day.month}/{day.day}/{day.year}.", day_first=False)[0].value == day.isoformat()
    assert find_dates(f"On {day.day}/{day.month}/{day.year}.", day_first=True)[0].value == day.isoformat()


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), count=st.integers(1, 5000))
def test_minutes_later_are_counted_on(hour, minute, count):
    at = datetime(2009, 1, 29, hour, minute)
    (mention,) = find_dates(f"{count} minutes later", reference=at.isoformat())
    assert mention.value == (at + timedelta(minutes=count)).strftime("%Y-%m-%dT%H:%M")


YEARS = st.integers(1500, 2199)
STRETCHES = {
    "the third quarter of 2008": (lambda year, n: f"the {ordinal(n % 4 + 1)} quarter of {year}", "{0}-Q{1}", 4),
    "Q3 2008": (lambda year, n: f"Q{n % 4 + 1} {year}", "{0}-Q{1}", 4),
    "the first half of 2008": (lambda year, n: f"the {ordinal(n % 2 + 1)} half of {year}", "{0}-H{1}", 2),
    "fiscal 2008": (lambda year, n: f"fiscal {year}", "FY{0}", 1),
    "the year 2008": (lambda year, n: f"the year {year}", "{0}", 1),
}


@pytest.mark.parametrize("form", STRETCHES)
@given(year=YEARS, n=st.integers(0, 3))
def test_a_stretch_of_a_year_reads_back(form, year, n):
    write, value, count = STRETCHES[form]
    (mention,) = find_dates(f"It was decided in {write(year, n)} in Quito.")
    assert mention.value == value.format(year, n % count + 1)


@given(year=YEARS, season=st.sampled_from([("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("winter", "WI")]))
def test_a_season_reads_back(year, season):
    (mention,) = find_dates(f"It was decided in the {season[0]} of {year}.")
    assert mention.value == f"{year}-{season[1]}"


@given(
    decade=st.integers(151, 219),
    mod=st.sampled_from([("", None), ("early ", "START"), ("mid-", "MID"), ("late ", "END")]),
)
def test_a_decade_reads_back(decade, mod):
    (mention,) = find_dates(f"It began in the {mod[0]}{decade}0s in Quito.")
    century = decade % 10 == 0 and decade != 200  # "the 1900s" are the century
    assert (mention.value, mention.mod) == (str(decade)[: 2 if century else 3], mod[1])


@given(century=st.integers(5, 21))
def test_a_century_reads_back(century):
    (mention,) = find_dates(f"It began in the {ordinal(century)} century.")
    assert mention.value == f"{century - 1:02d}"


@given(at=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 12, 31)))
def test_a_time_of_a_day_reads_back(at):
    half = f"{at.hour % 12 or 12}:{at.minute:02d} {'p.m.' if at.hour >= 12 else 'a.m.'}"
    written = f"{MONTHS[at.month - 1]} {at.day}, {at.year}"
    for text in (f"{half} on {written}", f"{written} at {half}", f"{written} at {at.hour:02d}:{at.minute:02d}"):
        (mention,) = find_dates(f"It was signed on {text} in Quito.")
        assert mention.value == at.strftime("%Y-%m-%dT%H:%M"), text


@given(one=MODERN, other=MODERN)
def test_an_interval_reads_back(one, other):
    first, last = sorted((one, other))
    if first == last:
        return
    written = [f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    (mention,) = find_dates(f"It was shut from {written[0]} to {written[1]}.")
    assert mention.value == f"{first}/{last}"


@given(unit=st.sampled_from([("day", "D"), ("week", "W"), ("month", "M"), ("year", "Y")]), count=st.integers(2, 999))
def test_a_length_reads_back(unit, count):
    (mention,) = find_dates(f"It took {count} {unit[0]}s to build.")
    assert (mention.type, mention.value) == ("DURATION", f"P{count}{unit[1]}")


SPANISH_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


@given(day=MODERN)
def test_a_spanish_date_reads_back(day):
    written = f"{day.day} de {SPANISH_MONTHS[day.month - 1]} de {day.year}"
    (mention,) = find_dates(f"Fue firmado el {written} en Quito.", language="es")
    assert (mention.value, mention.text) == (day.isoformat(), written)


@given(day=MODERN)
def test_a_month_of_a_year_reads_back(day):
    (mention,) = find_dates(f"It began in {MONTHS[day.month - 1]} {day.year}.")
    assert mention.value == f"{day.year}-{day.month:02d}"


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)), count=st.integers(2, 400))
def test_days_ago_are_counted_back(day, count):
    (mention,) = find_dates(f"It began {count} days ago.", reference=day.isoformat())
    assert mention.value == (day - timedelta(days=count)).isoformat()


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)), weekday=st.sampled_from(DAYS))
def test_a_past_weekday_is_within_the_last_week(day, weekday):
    (mention,) = find_dates(f"It was held on {weekday}.", reference=day.isoformat())
    found = date.fromisoformat(mention.value)
    assert DAYS[found.weekday()] == weekday
    assert timedelta(0) <= day - found < timedelta(days=7)


@given(
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    then=st.dates(min_value=date(2000, 1, 1), max_value=date(2000, 12, 31)),
)
def test_tense_puts_a_date_behind_or_ahead(day, then):
    if (then.month, then.day) == (2, 29):
        return
    written = f"{MONTHS[then.month - 1]} {then.day}"
    (behind,) = find_dates(f"The vote was held on {written}.", reference=day.isoformat())
    (ahead,) = find_dates(f"The vote will be held on {written}.", reference=day.isoformat())
    # A date of the last or next two weeks is taken for that one, whatever the verb says.
    assert date.fromisoformat(behind.value) <= day + timedelta(days=15)
    assert date.fromisoformat(ahead.value) >= day - timedelta(days=15)


@settings(max_examples=300)
@given(text=st.text(max_size=400))
def test_no_text_raises(text):
    for mention in find_dates(text, reference="2009-01-29"):
        assert text[mention.start : mention.end] == mention.text


VOCABULARY = sorted(load_grammar("en", "codebook").lexicon.words)
PIECES = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from([word.title() for word in VOCABULARY]),
    st.integers(0, 99_999).map(str),
    st.sampled_from(
        ["\n", "\n\n", "'s", "’", "(", ")", "–", "1/2", "9/3", "9/3/08", "31.2.2009", "1990s", "12:61", "3pm"]
    ),
)


@settings(max_examples=300)
@given(
    words=st.lists(PIECES, max_size=40),
    reference=st.sampled_from([None, "2009-01-29", "2009-01", "2009", "0001-01-01", "9999-12-31"]),
    guideline=st.sampled_from(["codebook", "timeml"]),
)
def test_no_heap_of_time_words_raises(words, reference, guideline):
    text = " ".join(words)
    end = 0
    for mention in find_dates(text, reference=reference, guideline=guideline):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end
        assert sum(other.probability for other in mention.alternatives) < 1
        assert mention.value is not None or mention.relative is not None


@st.composite
def written_by_rules(draw, language):
    """Write a text of what the grammar's own patterns ask for, in any order."""
    lexicon = load_grammar(language, "codebook").lexicon
    patterns = [pattern for rule in lexicon.tables["rules"] for pattern in rule["patterns"]]
    of_category: dict[str, list[str]] = {}
    for word, categories in lexicon.words.items():
        for category in categories:
            of_category.setdefault(category.rstrip("^"), []).append(word)

    def write(pattern: str) -> list[str]:
        words = []
        for element in re.findall(r"@?(?:\{\w+|<\w+>|[^\s\[\]()|~&!:}]+)", pattern):
            plain = element.lstrip("@")
            if plain.startswith("<"):
                words += write(lexicon.tables["macros"][plain[1:-1]])
            elif plain.startswith("{"):
                words.append(draw(st.sampled_from(of_category.get(plain[1:], MADE))))
            else:
                words.append(draw(st.sampled_from(plain.split("/") if len(plain) > 1 else [plain])))
        return words

    return " ".join(
        word for pattern in draw(st.lists(st.sampled_from(patterns), max_size=4)) for word in write(pattern)
    )


MADE = ["7", "31", "2008", "9/3/2008", "1990s", "3pm", "16:40", "May 4", "three days", "last year", "two weeks ago"]


@pytest.mark.parametrize("language", ["en", "es"])
@settings(max_examples=400)
@given(data=st.data(), reference=st.sampled_from([None, "2009-01-29", "2009", "0001-01-01", "9999-12-31"]))
def test_what_the_rules_ask_for_never_raises(language, data, reference):
    text = data.draw(written_by_rules(language))
    for guideline in ("codebook", "timeml"):
        for mention in find_dates(text, reference=reference, guideline=guideline, language=language):
            assert text[mention.start : mention.end] == mention.text
            assert mention.value is not None or mention.relative is not None


def count_work(text):
    """Count what is done to read a text: the calls into Python and C."""
    work = 0

    def count(frame, event, called):
        nonlocal work
        work += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        find_dates(text, reference="2009-01-29", guideline="timeml")
    finally:
        sys.setprofile(None)
    return work


@pytest.mark.parametrize(
    "piece",
    [
        "the ",
        "1.",
        "1/",
        "1,000",
        "May ",
        "last ",
        "of the ",
        "two ",
        "- ",
        "\n",
        "a year ago ",
        "20",
        "( ",
        "1 and ",
        "é́",
        "On Monday they said that two weeks later ",
        "U.S. ",
        "Thursday and ",
        "at 18:00 (",
        "every second ",
    ],
)
def test_the_work_grows_with_the_length_not_faster(piece):
    count_work(piece)  # what is loaded and cached once is not counted
    once, twice = count_work(piece * 1000), count_work(piece * 2000)
    assert twice <= 2.1 * once + 200


def test_the_search_for_a_sentences_end_sees_a_bounded_stretch():
    far = find_dates("On May 4, 2008 it began, " + "and on it went, " * 100 + "at 6 p.m.", reference="2009-01-29")
    near = find_dates("On May 4, 2008 it began, and on it went, at 6 p.m.", reference="2009-01-29")
    assert [near[-1].value, far[-1].value] == ["2008-05-04T18:00", "2009-01-29T18:00"]
