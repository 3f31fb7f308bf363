"""RTF files: paragraphs as a reader sees them, and one clear line for what cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.articles import read_articles
from polnlp.articles.rows import BadFile
from polnlp.articles.rtf import read_rtf

LAW = "Rafael Correa has his mining law. The assembly passed it with the votes of Alianza Pa\\'eds."
READ = "Rafael Correa has his mining law. The assembly passed it with the votes of Alianza País."
FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204{\*\fname Arial}Arial Cyr;}{\f2\fcharset128 Mincho;}}"
STYLES = r"{\stylesheet{\ql Normal;}{\s1\ql\b heading 1;}{\s2 heading 2;}{\*\cs9 Title;}}"
INFO = r"{\info{\title draft 3}{\author A. Typist}{\creatim\yr2009\mo1\dy2}}"


def make_rtf(body, head=FONTS + STYLES):
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{head} {body}}}".encode("latin-1")


def test_a_file_gives_its_paragraphs_heading_and_author(tmp_path):
    body = rf"\pard\s1\b The mining law\par\pard\plain By Jane Doe, 15 January 2009\par {LAW}\par\par"
    (tmp_path / "law.RTF").write_bytes(make_rtf(body, FONTS + STYLES + INFO))
    (article,) = read_articles(tmp_path / "law.RTF")
    assert article.text == f"The mining law\n\nBy Jane Doe, 15 January 2009\n\n{READ}"
    assert (article.id, article.title, article.date) == ("law", "The mining law", None)
    assert article.metadata == {"creator": "A. Typist"}
    assert read_rtf(make_rtf(LAW, INFO)).title == "draft 3"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Correa\rquote s \ldblquote law\rdblquote\emdash now", "Correa’s “law”—now"),
        (r"Garc\u237\'eda, Garc\u237?a and Garc{\uc0\u237 a}", "García, García and García"),
        (r"{\uc2\u8364\'80\'81}5", "€5"),
        (r"vote \u-10179?\u-8704? now", "vote 😀 now"),
        (r"{\f1\'cf\'f3\'f2\'e8\'ed} met {\f2\'88\'c0\'94\'7b\'83A}.", "Путин met 安倍ア."),
        (r"an or\-dinary Franco\_German\~bank \{sic\} a\\b", "an ordinary Franco-German\xa0bank {sic} a\\b"),
        ("Cor\\b re\\b0 a s\r\npoke\\line\\tab in Quito", "Correa spoke\nin Quito"),
        (r"raw \'e9 and é", "raw é and é"),
    ],
)
def test_letters_are_read_however_they_are_written(written, read):
    assert read_rtf(make_rtf(written)).texts == [read]


def test_code_pages_of_file_and_font():
    cyrillic = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset1 A;}{\f1\fcharset0 B;}}\f0\'cf\'f3{\f1\'e9}\plain\'cf}"
    assert read_rtf(cyrillic).texts == ["ПуéП"]
    assert read_rtf(rb"{\rtf1\mac caf\'8e}").texts == ["café"]
    assert read_rtf(rb"{\rtf1\ansi\ansicpg65001 caf\'c3\'a9}").texts == ["café"]
    assert read_rtf(rb"{\rtf1\ansi\ansicpg4711 caf\'e9}").texts == ["café"]
    unread = read_rtf(rb"{\rtf1\ansi\ansicpg1252 caf\'81}")
    assert unread.texts == ["caf\ufffd"]
    assert unread.notes == ["RTF file: 1 characters that its code page does not have"]


def test_what_a_reader_does_not_see_is_left_out_and_notes_stand_at_the_end():
    seen = r"The law{\super\chftn}{\footnote\pard {\super\chftn} Official gazette 517.\par So it said.} stands."
    body = (
        r"{\header Confidential\par}{\footerf Page 1}" + seen + r"\par {\deleted hardly }{\v secret }He"
        r"{\field{\*\fldinst{HYPERLINK http://x.example}}{\fldrslt{ said so}}}"
        r"{\*\annotation really?}{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00ff}}."
        r"{\pict\bin2 }}}\par\bin3 }}}{\listtext\tab 1.\tab}First.\par"
    )
    blocks = read_rtf(make_rtf(body))
    assert blocks.texts == ["The law stands.", "He said so.", "First.", "Official gazette 517. So it said."]
    assert blocks.notes == ["RTF file: 1 foot- and endnotes stand at the end"]


def test_a_table_gives_a_line_a_row():
    row = r"\trowd\cellx1000\cellx2000\pard\intbl CDU\cell 33.8\par {\footnote In 2013.}%\cell\row"
    blocks = read_rtf(make_rtf(rf"Results\par{row}{row.replace('CDU', 'FDP')}\pard So it was.\par"))
    assert blocks.texts == ["Results", "CDU | 33.8 %", "FDP | 33.8 %", "So it was.", "In 2013.", "In 2013."]


def test_a_text_box_is_read_once_though_it_is_written_twice():
    shape = r"{\shp{\*\shpinst\shpleft1{\sp{\sn shapeType}{\sv 202}}{\shptxt A quotation.\par}}{\shprslt A quotation.}}"
    assert read_rtf(make_rtf(rf"Around{shape} it.\par")).texts == ["A quotation.", "Around it."]


def test_exports_of_newspaper_databases_are_taken_apart(tmp_path):
    nexis = (
        "1 of 2 DOCUMENTS|The Northern Herald|March 5, 2009 Thursday|Brown promises a bank|BYLINE: Ann Smith|"
        "LENGTH: 20 words|Gordon Brown told the Commons that banks would lend.|LANGUAGE: ENGLISH|2 of 2 DOCUMENTS|"
        "The Northern Herald|March 6, 2009 Friday|Clegg waits|LENGTH: 9 words|Nick Clegg waits, politely."
    )
    factiva = (
        r"HD\tab Merkel stays|WC\tab 8 words|PD\tab 5 March 2009|SN\tab The Courier|LA\tab English|"
        r"LP\tab Angela Merkel stays.|TD\tab She said so in Berlin.|AN\tab Document COUR000020090305e5350001a"
    )
    for name, words in (("herald", nexis), ("courier", factiva)):
        (tmp_path / f"{name}.rtf").write_bytes(make_rtf(words.replace("|", r"\par ") + r"\par"))
    courier, first, second = read_articles(tmp_path)
    assert [(a.title, a.date.value) for a in (first, second)] == [
        ("Brown promises a bank", "2009-03-05"),
        ("Clegg waits", "2009-03-06"),
    ]
    assert (courier.title, courier.date.value) == ("Merkel stays", "2009-03-05")
    assert courier.metadata["source"] == "The Courier"
    assert courier.text == "Merkel stays\n\nAngela Merkel stays.\n\nShe said so in Berlin."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and then", "it begins b'PK.*Save it anew as .rtf or .docx"),
        (b"Rafael Correa spoke.", "it begins b'Rafael C'"),
        (make_rtf(LAW)[:-1], "it ends within a group, as if cut off. Save it anew"),
        (make_rtf(LAW)[:60], "it ends within a group"),
        (b"{\\rtf1 \\", "it ends within a group"),
        (b"{\\rtf1 {\\pict\\bin999999999 x}}", "it ends within a group"),
        (b"{\\rtf1 " + b"{" * 1_000_000, "more than 1,000 groups within groups"),
    ],
)
def test_a_broken_file_gives_one_clear_line(data, reason):
    with pytest.raises(BadFile, match=reason) as caught:
        read_rtf(data)
    assert "\n" not in str(caught.value)


def test_what_stands_behind_the_end_is_told():
    blocks = read_rtf(make_rtf(LAW) + b"\r\n\0\0")
    assert (blocks.texts, blocks.notes) == ([READ], [])
    assert read_rtf(make_rtf(LAW) + b"<p>more</p>").notes == ["RTF file: 11 bytes behind its end left out"]


PIECES = r"{ } \par \cell \row \intbl \u-10179? \'e9 \'88 \uc0 \* \footnote \shptxt \f2 \v \title \info \bin3 \ Correa"


@given(st.lists(st.sampled_from([*PIECES.split(), FONTS, STYLES]), max_size=30), st.binary(max_size=8))
def test_any_file_gives_texts_or_one_clear_line(parts, ending):
    try:
        texts = read_rtf(b"{\\rtf1" + "".join(parts).encode() + ending + b"}").texts
    except BadFile:
        return
    assert all(text == text.strip() and text.encode("utf-8") for text in texts)
