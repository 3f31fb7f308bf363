"""The page of one report: what it marks, what it allows, and that nothing of the text is lost or run."""

import base64
import hashlib
import html.parser

import msgspec
import pytest

from graph.reports_by_hand import make_report
from graph.test_export import HOSTILE
from polnlp.config import GraphConfig
from polnlp.network import write_network
from polnlp.report_page import format_report_page
from polnlp.reports import page_name, write_report
from polnlp.schema import DateMention, Merge, Paragraph


class Reader(html.parser.HTMLParser):
    """Collects the article's words without what the page adds, the tags' attributes, scripts and styles."""

    def __init__(self, report, **options):
        super().__init__(convert_charrefs=True)
        self.words, self.attributes, self.raw, self.open = "", [], {"script": [], "style": []}, []
        self.policy = None
        self.ids = []
        self.feed(format_report_page(report, **options).decode())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.attributes += attributes.items()
        if attributes.get("http-equiv"):
            self.policy = attributes["content"]
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag not in ("meta", "path", "circle", "rect", "use", "br", "input"):
            self.open.append((tag, attributes.get("class") or ""))

    def handle_data(self, data):
        if self.open and self.open[-1][0] in self.raw:
            self.raw[self.open[-1][0]].append(data)
        classes = [name for _, name in self.open]
        in_block = any(name.startswith("block") for name in classes)
        if in_block and not {"margin", "tag", "notes"} & {*classes}:
            self.words += data

    def handle_endtag(self, tag):
        while self.open:
            if self.open.pop()[0] == tag:
                break


def squeezed(text):
    return "".join(text.split())


@pytest.fixture
def report():
    made = make_report(
        "The road. [LEADER=leader:correa Rafael Correa] met [ORG CONAIE] in May 2009.\n\n"
        "[LEADER=leader:correa Correa] left.",
        date="2009-06-01",
        title="The road",
        metadata={"url": "https://example.org/road", "source": "A paper"},
        topics=[(0, "Public Lands")],
        stances=[(0, "author", "leader:correa", "against", 0.8), (1, "nil:CONAIE", "leader:correa", "neutral", 0.6)],
    )
    start = made.text.index("May 2009")
    date = DateMention(start=start, end=start + 8, text="May 2009", type="DATE", value="2009-05", rule="month year")
    merge = Merge(kind="group", source="Correa", into="leader:correa", rule="surname (Rafael Correa)", score=0.86)
    return msgspec.structs.replace(made, dates=(date,), merges=(merge,))


def test_every_name_date_topic_and_stance_is_shown(report):
    text = format_report_page(report).decode()
    assert text.count('<a class="name') == 3
    assert 'href="#e0" data-e="0" title="leader, probability 1.00, found by hand">Rafael Correa' in text
    assert '>May 2009<span class="tag">2009-05</span></a>' in text
    assert "<b>Public Lands</b>" in text
    assert '</span> against</b> <a href="#e0" data-e="0"><bdi>Rafael Correa</bdi></a>' in text
    assert "<summary>1 neutral</summary>" in text
    assert "is the same by surname (Rafael Correa) 0.86" in text
    assert 'href="https://example.org/road"' in text


def test_the_text_is_there_to_the_last_character(report):
    assert squeezed(Reader(report).words) == squeezed(report.text)


def test_words_in_no_paragraph_and_stubs_are_shown_too(report):
    first, second = report.paragraphs
    stub = Paragraph(index=1, start=4, end=8, zone="stub", within=0)
    moved = msgspec.structs.replace(second, index=2, start=second.start + 7, zone="comment")
    cut = msgspec.structs.replace(report, paragraphs=(first, stub, moved), mentions=(), stances=(), topics=())
    text = format_report_page(cut).decode()
    assert squeezed(Reader(cut).words) == squeezed(report.text)
    assert "in no paragraph" in text
    assert '<span class="why">not read for names</span>' in text
    assert ">road<span class=" in text


def test_doubtful_names_are_told_by_more_than_colour():
    text = format_report_page(make_report("[ORG CONAIE] spoke.", score=0.31)).decode()
    assert 'class="name t-ORG doubtful"' in text
    assert '<span class="tag">organisation 0.31?</span>' in text


def test_the_policy_allows_the_pages_own_script_and_style_alone(report):
    page = Reader(report)

    def digest(kind):
        (text,) = page.raw[kind]
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert page.policy == (
        f"default-src 'none'; script-src 'sha256-{digest('script')}'; style-src 'sha256-{digest('style')}'; "
        "img-src data: blob:"
    )


def test_nothing_hostile_becomes_markup():
    attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    names = " and ".join(f"[ORG {name}]" for name in HOSTILE if "]" not in name)
    report = make_report(
        f"{names} {attack} \x00 \u202e turned.",
        article=attack,
        title=attack,
        metadata={"url": "javascript:alert(3)", "author": attack, "source": "</title>"},
        topics=[(0, "<b>Labor")],
        stances=[(0, attack, attack, "against", 0.9)],
    )
    page = Reader(report, nodes={entity.id: attack for entity in report.entities})
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "style")]
    assert not [value for name, value in page.attributes if name == "href" and value.startswith("javascript:")]
    assert len(page.raw["script"]) == 1
    assert "\x00" not in page.words


def test_ids_are_unique_and_links_lead_to_them(report):
    page = Reader(report)
    assert len(page.ids) == len(set(page.ids))
    inner = {value[1:] for name, value in page.attributes if name == "href" and value.startswith("#")}
    assert inner <= {*page.ids}


def test_a_report_without_text_has_no_page():
    with pytest.raises(ValueError, match="carries no text"):
        format_report_page(make_report("[ORG CONAIE] spoke.", with_text=False))


def test_pages_stand_beside_their_reports_and_go_with_them(report, tmp_path):
    settings = GraphConfig(draws=0)
    write_report(report, tmp_path / "reports")
    (tmp_path / "reports" / "gone.html").write_text("of an article that is no longer there")
    first = write_network(tmp_path, tmp_path, settings)
    page = tmp_path / "reports" / page_name("a1")
    assert first["pages"] == 1
    assert [file.name for file in (tmp_path / "reports").glob("*.html")] == [page.name]
    assert "graph.html#node=leader%3Acorrea" in page.read_text()
    assert f'"page":"reports/{page.name}"' in (tmp_path / "graph.html").read_text()
    assert write_network(tmp_path, tmp_path, settings, known=first) is first
    page.unlink()
    write_network(tmp_path, tmp_path, settings, known=first)
    assert page.is_file()
    assert write_network(tmp_path, tmp_path, settings, pages=False)["pages"] == 0
    assert not page.is_file()


def test_another_folder_and_reports_without_texts_get_none(report, tmp_path):
    write_report(msgspec.structs.replace(report, text=None), tmp_path / "run" / "reports")
    assert write_network(tmp_path / "run", tmp_path / "run", GraphConfig(draws=0))["pages"] == 0
    assert write_network(tmp_path / "run", tmp_path / "other", GraphConfig(draws=0))["pages"] == 0
    assert not [*tmp_path.rglob("reports/*.html")]
