"""Word and PDF files: paragraphs as a reader sees them, and one clear line for what cannot be read."""

import builtins
import re
import zipfile
import zlib

import pytest

from documents import DC, W, make_docx, make_pdf, paragraph
from polnlp.articles import read_articles
from polnlp.articles.docx import read_docx
from polnlp.articles.pdf import read_pdf
from polnlp.articles.pdf_columns import order_lines
from polnlp.articles.pdf_paragraphs import Line
from polnlp.articles.rows import BadFile
from polnlp.errors import PolnlpError
from polnlp.schema import Article, Failure

LAW = "Rafael Correa has his mining law. The assembly passed it with the votes of Alianza País."


def test_a_word_file_gives_its_paragraphs_heading_and_author(tmp_path):
    core = f"<cp xmlns='x' {DC}><dc:title>draft 3</dc:title><dc:creator>A. Typist</dc:creator></cp>"
    body = paragraph("The mining law", "Heading1") + paragraph("By Jane Doe, 15 January 2009") + paragraph(LAW)
    (tmp_path / "law.docx").write_bytes(make_docx(body, core=core))
    (article,) = read_articles(tmp_path / "law.docx")
    assert article.text == f"The mining law\n\nBy Jane Doe, 15 January 2009\n\n{LAW}"
    assert (article.id, article.title) == ("law", "The mining law")
    assert article.metadata == {"creator": "A. Typist"}
    assert article.date is None  # the day on which a file was made is not that of the article


def test_styles_are_known_by_name_in_a_word_of_another_language():
    styles = f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
    blocks = read_docx(make_docx(paragraph("Das Gesetz", "berschrift1") + paragraph(LAW), styles=styles))
    assert blocks.title == "Das Gesetz"


def test_a_table_gives_a_line_a_row_and_tables_within_it_are_read():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('in 2007')}</w:tc></w:tr></w:tbl>"
    cells = "".join(f"<w:tc>{cell}</w:tc>" for cell in (paragraph("CDU"), paragraph("33.8") + inner + paragraph("%")))
    blocks = read_docx(make_docx(f"{paragraph('Results')}<w:tbl><w:tr>{cells}</w:tr></w:tbl>{paragraph('So it was.')}"))
    assert blocks.texts == ["Results", "in 2007", "CDU | 33.8 %", "So it was."]


def test_footnotes_stand_at_the_end_and_what_a_reader_does_not_see_is_left_out():
    rule = f'<w:footnote w:type="separator" w:id="0">{paragraph("____")}</w:footnote>'
    notes = (
        f'<w:footnotes {W}>{rule}<w:footnote w:id="1">{paragraph("Official gazette 517.")}</w:footnote></w:footnotes>'
    )
    deleted = "<w:p><w:r><w:t>The law </w:t></w:r><w:del><w:r><w:delText>hardly </w:delText></w:r></w:del>"
    field = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>stands.</w:t></w:r></w:p>"
    header = f"<w:hdr {W}>{paragraph('Confidential')}</w:hdr>"
    blocks = read_docx(make_docx(deleted + field + paragraph("One line.\nTwo lines."), footnotes=notes, header1=header))
    assert blocks.texts == ["The law stands.", "One line.\nTwo lines.", "Official gazette 517."]
    assert blocks.notes == ["Word file: 1 foot- and endnotes stand at the end"]


def test_a_text_box_is_read_once_though_it_is_written_twice():
    box = f"<w:txbxContent>{paragraph('A quotation.')}</w:txbxContent>"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    alternate = f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{choice}'
    body = f"<w:p><w:r><w:t>Around it.</w:t></w:r><w:r>{alternate}</mc:AlternateContent></w:r></w:p>"
    assert read_docx(make_docx(body)).texts == ["A quotation.", "Around it."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and then nothing", "no readable Word file"),
        (make_docx(paragraph(LAW))[:-80], "no readable Word file"),
        (make_docx("<w:p><w:r>"), "no readable Word file"),
        (make_docx(paragraph(LAW), styles="<w:styles"), "no readable Word file"),
        (make_docx(paragraph(LAW), media=b"\0" * 12_000_000), "looks like a zip bomb"),
    ],
)
def test_a_broken_word_file_gives_one_clear_line(data, reason):
    with pytest.raises(BadFile, match=reason) as caught:
        read_docx(data)
    assert "\n" not in str(caught.value)


def test_entities_of_a_word_file_are_not_resolved():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = f"{paragraph('He said so.')}<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    assert read_docx(make_docx(body, prolog=bomb)).texts == ["He said so."]


LEFT, RIGHT = 72.0, 310.0
FIRST = ["The government announced that the", "law would be put to a vote in Infra-", "structure week."]
SECOND = ["Rafael Correa said that the Franco-", "German bank was a well-known", "lender; a well-known lender, he"]
THIRD = ["added, is still a lender."]


def column(x, lines, top=700.0, indent=10.0):
    """A column's lines; the first is indented."""
    return [(x + (indent if n == 0 else 0), top - 13 * n, 10, line) for n, line in enumerate(lines)]


def page(number, *words):
    """A page with a running head, an address and its number at the foot."""
    return [
        (LEFT, 810, 8, "The Andean Observer - 2009"),
        *words,
        (LEFT, 40, 8, "observer.example"),
        (290, 25, 8, number),
    ]


def columns():
    """Three pages, the first of two columns; a paragraph runs over the column's end and another over the page's."""
    lines = column(LEFT, FIRST) + column(LEFT, SECOND, 661) + column(RIGHT, THIRD, indent=0.0)
    more = ["Marlon Santi of CONAIE called the", "bill unconstitutional and asked the"]
    first = [(LEFT, 750, 18, "Correa's mining law"), *lines, *column(RIGHT, more, 687)]
    second = column(LEFT, ["court in Quito to suspend it for a", "year."], indent=0.0)
    return [page("1", *first), page("2", *second), page("3", *column(LEFT, ["It did not."]))]


EXPECTED = [
    "Correa's mining law",
    "The government announced that the law would be put to a vote in Infrastructure week.",
    "Rafael Correa said that the Franco-German bank was a well-known lender; a well-known lender, he added, is still a"
    " lender.",
    "Marlon Santi of CONAIE called the bill unconstitutional and asked the court in Quito to suspend it for a year.",
    "It did not.",
]


def by_rows(pages):
    """The same pages, but drawn line by line over both columns."""
    return [sorted(words, key=lambda word: (-word[1], word[0])) for words in pages]


@pytest.mark.parametrize("draw", [list, by_rows])
def test_a_pdf_gives_paragraphs_without_furniture_whatever_the_order_of_its_drawing(draw):
    blocks = read_pdf(make_pdf(draw(columns())))
    assert blocks.texts == EXPECTED
    assert blocks.title == "Correa's mining law"
    assert blocks.notes == ["PDF: 3 pages; 129 characters of headers, footers and page numbers left out"]


@pytest.mark.parametrize(("told", "title"), [("The law", "The law"), ("Microsoft Word - x.doc", "Correa's mining law")])
def test_a_pdf_says_its_title_unless_that_is_a_files_name(told, title):
    blocks = read_pdf(make_pdf(columns(), title=told))
    assert blocks.title == title
    assert blocks.metadata["creator"] == "A. Typist"


def test_a_page_number_within_the_text_stays():
    words = [(LEFT, 400, 10, "2009"), (LEFT, 380, 10, "It was a year of elections.")]
    assert "2009" in read_pdf(make_pdf([page("1", *words), page("2", *words)])).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 and then nothing", "no readable PDF"),
        (make_pdf([[]]), "a scan"),
        (make_pdf([[(LEFT, 400, 10, "x")]], stream=zlib.compress(b" " * 30_000_000)), "looks like a bomb"),
        (make_pdf([[(LEFT, 400, 10, "x")]], stream=zlib.compress(b" " * 30_000_000)[:-9]), "looks like a bomb"),
        (make_pdf([[(LEFT, 400, 1, "x" * 41_000)]]), "at most 40,000 are read"),
    ],
)
def test_a_broken_pdf_gives_one_clear_line(data, reason):
    with pytest.raises(BadFile, match=reason) as caught:
        read_pdf(data)
    assert "\n" not in str(caught.value)


def test_what_pdfminer_unpacks_is_bounded_only_while_polnlp_reads():
    from pdfminer import pdftypes

    with pytest.raises(BadFile):
        read_pdf(make_pdf([[]], stream=zlib.compress(b" " * 30_000_000)))
    assert pdftypes.zlib is zlib


def test_without_pdfminer_the_message_names_the_command_and_the_run_goes_on(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(make_pdf(columns()))
    (tmp_path / "b.txt").write_text("The good one.")
    whole = builtins.__import__

    def without(name, *rest, **named):
        if name.startswith("pdfminer"):
            raise ImportError(name)
        return whole(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    missing, good = read_articles(tmp_path)
    assert isinstance(missing, Failure)
    assert missing.reason == "reading PDF needs pdfminer.six: pip install 'polnlp[documents]'"
    assert isinstance(good, Article)


def test_documents_are_read_out_of_a_zip_and_are_completed_by_its_metadata(tmp_path):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("a.docx", make_docx(paragraph(LAW)))
        archive.writestr("b.pdf", make_pdf(columns()))
        archive.writestr("metadata.csv", "file,date\na.docx,2009-01-15\nb.pdf,2009-01-16\n")
    first, second = read_articles(tmp_path / "pack.zip")
    assert (first.text, first.date.value, second.date.value) == (LAW, "2009-01-15", "2009-01-16")
    assert second.text == "\n\n".join(EXPECTED)


def test_a_folder_of_nothing_that_can_be_read_says_which_suffixes_can(tmp_path):
    (tmp_path / "a.odt").write_bytes(b"x")
    with pytest.raises(PolnlpError, match=r"\.docx \.rtf \.pdf"):
        list(read_articles(tmp_path))


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (["a a a  b b b", "a a a  b b b"], "aabb"),
        (["t t t t t t", "a a a  b b b", "a a a  b b b"], "taabb"),
        (["a a a  b b b", "t t t t t t", "c c c  d d d", "c c c  d d d"], "abtccdd"),
        (["l", "a a a  b b b", "a a a"], "laab"),
        (["a a  b b  c c", "a a  b b  c c"], "aabbcc"),
        (["a a a", "       b b b", "a a a"], "aab"),
        (["a a  t t t t t", "a a  b b  c c", "a a  b b  c c"], "aaatbbcc"),
    ],
)
def test_columns_are_read_one_after_the_other_and_what_crosses_them_parts_them(drawn, read):
    """A letter stands for a column's or heading's line; two blanks are a gutter."""
    lines = []
    for number, row in enumerate(drawn):
        for match in re.finditer(r"\S+(?: \S+)*", row):
            low = 700.0 - 13 * number
            lines.append(Line(match[0][0], 10.0 * match.start(), 10.0 * match.end(), low, low + 12, 10, 1))
    assert "".join(line.text for line in order_lines(lines[::-1])) == read
