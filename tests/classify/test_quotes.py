"""Quotation marks, speakers and what is no speech."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polnlp.classify.quotes import find_holder, find_quotes
from polnlp.classify.quotes.marks import find_marked
from polnlp.classify.quotes.names import find_names


def quoted(text):
    return [text[span.start : span.end] for span in find_marked(text)]


def spoken(text, *, direct=None):
    found = find_quotes(text)
    return [
        (
            text[quote.speaker_start : quote.speaker_end] if quote.speaker_start is not None else None,
            text[quote.start : quote.end],
        )
        for quote in found
        if direct is None or quote.direct == direct
    ]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “yes” and left.", ["yes"]),
        ('He said "yes" and left.', ["yes"]),
        ("He said «yes» and left.", ["yes"]),
        ("He said „yes“ and left.", ["yes"]),
        ("He said 'yes' and left.", ["yes"]),
        ("He said ``yes'' and left.", ["yes"]),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me.", "no"]),
        ("\"He said 'no' to me.\"", ["He said 'no' to me.", "no"]),
        ("The workers’ party and the farmers' union don't agree.", []),
        ("It’s the people’s choice, isn’t it?", []),
        ("“This is never closed", ["This is never closed"]),
        ("“One.\n\n“Two.”", ["One.\n\n“Two."]),
        ("“One.\n\nTwo.", ["One."]),
        ("", []),
    ],
)
def test_marks_are_paired(text, inside):
    assert quoted(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        "A “Civil Coup,” as it came to be known, occurred in September.",
        "Only 52% of them voted “Yes”, and “No” won in Santa Cruz.",
        "I wrote an article titled “Half Way Through the Gauntlet: A Status Report.”",
        "The so-called “Endogenous Right” is small.",
    ],
)
def test_scare_quotes_titles_and_slogans_are_no_speech(text):
    assert find_quotes(text) == []


def test_a_short_answer_is_speech_beside_a_verb_of_saying():
    assert spoken("“Yes,” said Maria Vargas.", direct=True) == [("Maria Vargas", "Yes,")]


def test_speaker_cue_and_words_are_offsets_into_the_text():
    text = "In Quito, Rafael Correa said: “The banks lie.”"
    (quote,) = find_quotes(text)
    assert text[quote.start : quote.end] == "The banks lie."
    assert text[quote.speaker_start : quote.speaker_end] == "Rafael Correa"
    assert text[quote.cue_start : quote.cue_end] == "said"
    assert (quote.rule, quote.direct) == ("quote", True)


def test_given_names_decide_where_a_name_ends():
    text = "The mayor of the city, Nebot Saadi II, said that the law is void."
    start = text.index("Nebot")
    (quote,) = find_quotes(text, [(start, start + len("Nebot Saadi II"))])
    assert text[quote.speaker_start : quote.speaker_end] == "Nebot Saadi II"


def test_a_split_quotation_has_one_speaker():
    found = spoken("“The plan,” said Pablo Perez, governor of Zulia, “is a crime.”", direct=True)
    assert found == [("Pablo Perez", "The plan,"), ("Pablo Perez", "is a crime.")]


def test_a_contrast_ends_reported_speech():
    assert spoken("APAIS argues that mining helps, but others are uneasy.") == [("APAIS", "that mining helps")]


def test_the_author_saying_I_is_no_speaker():
    assert find_quotes("I said last year that Rosales would lose.") == []


def test_a_transcript_is_read_by_its_labels():
    text = "Vladimir Putin: It is true.\n\nQuestion: And NATO?\n\nVladimir Putin: NATO is another matter."
    assert [speaker for speaker, _ in spoken(text)] == ["Vladimir Putin", None, "Vladimir Putin"]


def test_one_label_alone_makes_no_transcript():
    assert find_quotes("Some text comes first.\n\nUpdate: Nothing happened.\n\nMore text.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Angela Merkel met Donald Trump. She said that Poland was right.", "Angela Merkel"),
        ("Angela Merkel met Donald Trump. He said that Poland was right.", "Donald Trump"),
        ("The Labour Party met. The party said that Poland was right.", "Labour Party"),
    ],
)
def test_pronouns_and_groups_are_resolved(text, speaker):
    assert spoken(text)[-1][0] == speaker


def test_the_innermost_quotation_holds_the_target():
    text = "“Smith told me, ‘The banks lie,’ and I left,” Jones recalled."
    quote = find_holder(find_quotes(text), text.index("banks"), text.index("banks") + 5)
    assert text[quote.speaker_start : quote.speaker_end] == "Smith"


def test_names_leave_out_titles_days_and_first_words():
    text = "On Monday President Evo Morales met the Movement for Socialism in La Paz. However, Mr. Costas did not."
    assert [text[start:end] for start, end in find_names(text)] == [
        "Evo Morales",
        "Movement for Socialism",
        "La Paz",
        "Costas",
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(list("aAbS '\"“”‘’«».,:;?!\n—-()")) | st.characters(codec="utf-8"),
        max_size=200,
    )
)
def test_any_text_is_read_and_offsets_stay_inside(text):
    for quote in find_quotes(text):
        assert 0 <= quote.start <= quote.end <= len(text)
        if quote.speaker_start is not None:
            assert 0 <= quote.speaker_start < quote.speaker_end <= len(text)
    assert find_quotes(text) == find_quotes(text)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ['"', "“", "said ", "A ", "X said that ", "“a ‘b “a", "A: b\n", "He said. ", "A of "])
def test_work_grows_with_length_alone(piece):
    """Doubling a hostile text must not square the work; the bound is loose, for machines are busy."""

    def measure(count):
        begin = time.process_time()
        find_quotes(piece * count)
        return time.process_time() - begin

    assert measure(16_000) < 0.5 + 12 * measure(4_000)


@pytest.mark.parametrize(
    ("text", "names", "speaker"),
    [
        (
            "According to Chilean ambassador to the United Nations Ines Rojo, the talks go on.",
            ("Chilean", "United Nations", "Ines Rojo"),
            "Ines Rojo",
        ),
        ("“It is late,” said Congress member Ines Rojo in Lima.", ("Congress", "Ines Rojo", "Lima"), "Ines Rojo"),
        ("“It is late,” said Ines Rojo as president of the Senate.", ("Ines Rojo", "Senate"), "Ines Rojo"),
    ],
)
def test_whoever_holds_an_office_speaks_not_whose_office_it_is(text, names, speaker):
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    [quote] = find_quotes(text, spans)
    assert text[quote.speaker_start : quote.speaker_end] == speaker
