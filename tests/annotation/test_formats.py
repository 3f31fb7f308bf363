"""What an annotator gets and gives back: every tool's file holds the very same text, marks and choice."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polnlp.annotation.formats import FORMATS, ending, guess_format, label_studio, read_format, write_format
from polnlp.annotation.formats.inception import NAMES
from polnlp.annotation.formats.table import write_marked
from polnlp.annotation.items import CHOICES, Item, Mark
from polnlp.errors import CorpusError

MANY_WRITINGS = (
    "Evo Morales 👩🏽‍🚀 met Ça\u0301va\r\n[sic] = the |_*;-> 北京 \\ \t𝔘nion\u2028 \x0b\x07. חד״ש \u202eمرسي\u202c"
)
texts = st.one_of(
    st.text(st.sampled_from(MANY_WRITINGS), min_size=1, max_size=40),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
)


@st.composite
def items(draw, crossing=True):
    """An item of any text with marks of any kind, as an annotator may leave it: apart, nested, one over the other."""
    text = draw(texts)
    place = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    marks = []
    for start, end in draw(st.lists(place, max_size=5)):
        mark = Mark(start=start, end=end, label=draw(st.sampled_from(["PARTY", "DATE", "MISC"])))
        if mark not in marks and (crossing or not any(do_cross(mark, other) for other in marks)):
            marks.append(mark)
    choice = draw(st.sampled_from([None, *CHOICES["paragraphs"]]))
    return Item(
        id=draw(st.text(st.sampled_from("andes/é#3@x>|_;[]="), min_size=1)),
        text=text,
        spans=tuple(marks),
        choice=choice,
    )


def do_cross(a, b):
    return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end


def annotated(item):
    return item.id, item.what, item.text, sorted((m.start, m.end, m.label) for m in item.spans), item.choice


def give_back(data, form):
    """What the tool exports when the annotator accepts everything as it is."""
    if form != "label-studio":
        return data
    tasks = json.loads(data)
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        task["annotations"] = [{"completed_by": 1, "result": result}]
    return json.dumps(tasks).encode()


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60)
@given(data=st.data())
def test_nothing_is_lost_in_a_round_trip(form, data):
    some = data.draw(st.lists(items(crossing=form != "csv"), min_size=1, max_size=3))
    back = read_format(give_back(write_format(some, form), form), form, "file")
    assert [annotated(item) for item in back] == [annotated(item) for item in some]


ITEM = Item(id="a#0", text="🙂 MAS won.", spans=(Mark(start=2, end=5, label="PARTY"),), choice="Health")


def test_inception_counts_in_utf_16_and_label_studio_in_code_points():
    assert "1-2\t3-6\tMAS\tPARTY\t" in write_format([ITEM], "inception").decode()
    [task] = json.loads(write_format([ITEM], "label-studio"))
    assert task["predictions"][0]["result"][0]["value"]["start"] == 2


def test_label_studio_offsets_in_utf_16_are_known_by_the_marked_text():
    [task] = json.loads(give_back(write_format([ITEM], "label-studio"), "label-studio"))
    task["annotations"][0]["result"][0]["value"] |= {"start": 3, "end": 6}
    [item] = read_format(json.dumps([task]).encode(), "label-studio", "file")
    assert item.spans == ITEM.spans
    task["annotations"][0]["result"][0]["value"] |= {"start": 1, "end": 4}
    with pytest.raises(CorpusError, match="1-4 should be 'MAS'"):
        read_format(json.dumps([task]).encode(), "label-studio", "file")


def test_label_studio_tasks_of_several_people_are_told_apart():
    [task] = json.loads(write_format([ITEM], "label-studio"))
    assert read_format(json.dumps([task]).encode(), "label-studio", "file") == []
    answers = {"ana@x.org": "Labor", "ben@x.org": "Energy"}
    task["annotations"] = [
        {"completed_by": {"email": who}, "result": [{"type": "choices", "value": {"choices": [what]}}]}
        for who, what in answers.items()
    ]
    data = json.dumps([task]).encode()
    with pytest.raises(CorpusError, match=r"several people: ana@x.org, ben@x.org"):
        read_format(data, "label-studio", "file")
    [item] = read_format(data, "label-studio", "file", annotator="ben@x.org")
    assert item.choice == "Energy"
    with pytest.raises(CorpusError, match="nothing by annotator 'eva'"):
        read_format(data, "label-studio", "file", annotator="eva")


def test_inception_reads_marks_on_parts_of_words_and_several_lines():
    tsv = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n"
        "#Text=anti-Correa\n#Text=vote\n1-1\t0-11\tanti-Correa\t_\t_\t\n1-1.1\t5-11\tCorrea\t*\tLEADER\t\n1-2\t12-16\tvote\t_\t_\t\n"
    )
    [item] = read_format(tsv.encode(), "inception", "file")
    assert (item.text, item.spans) == ("anti-Correa\nvote", (Mark(start=5, end=11, label="LEADER"),))


def test_doccano_rows_of_other_projects_and_versions_are_read():
    rows = [
        {"id": 7, "text": "MAS won.", "label": [[0, 3, "PARTY"]]},
        {"id": 8, "data": "MAS won.", "entities": [{"start_offset": 0, "end_offset": 3, "label": "PARTY"}]},
    ]
    data = "\n".join(map(json.dumps, rows)).encode()
    assert [item.spans for item in read_format(data, "doccano", "file")] == [(Mark(start=0, end=3, label="PARTY"),)] * 2


def test_a_spreadsheet_runs_no_formula_and_may_use_semicolons():
    table = write_format([Item(id="=1", text="=HYPERLINK(1)")], "csv").decode("utf-8-sig")
    assert all(not cell.startswith("=") for cell in table.splitlines()[1].split(","))
    [item] = read_format(b"id;text;choice\n1;[PARTY MAS] won, again.;Health\n", "csv", "file")
    assert annotated(item) == ("1", "paragraphs", "MAS won, again.", [(0, 3, "PARTY")], "Health")


@pytest.mark.parametrize("marked", ["[PARTY MAS won", "MAS] won", "[PARTY the [ORG MAS]", "[MAS]"])
def test_a_bracket_too_many_is_refused(marked):
    with pytest.raises(CorpusError, match=r"row 1: .*a mark is \[LABEL name\]"):
        read_format(f'text\n"{marked}"\n'.encode(), "csv", "file")


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_no_such_file_is_refused(form):
    with pytest.raises(CorpusError, match="file"):
        read_format(b"\xff\xfeno\n", form, "file")


def test_the_interface_offers_what_may_be_chosen():
    assert '<Choice value="against"/>' in label_studio.make_interface("stances")
    assert guess_format("a.TSV") == "inception"
    assert guess_format("a.docx") is None
    assert [guess_format(f"a{ending(form)}") for form in FORMATS] == list(FORMATS)


def test_brackets_nest_but_cannot_cross():
    nested = Item(
        id="a", text="Bolivian Army", spans=(Mark(start=0, end=13, label="ORG"), Mark(start=0, end=8, label="COUNTRY"))
    )
    assert write_marked(nested) == "[ORG [COUNTRY Bolivian] Army]"
    crossed = Item(
        id="a", text="New York Times", spans=(Mark(start=0, end=8, label="REGION"), Mark(start=4, end=14, label="ORG"))
    )
    with pytest.raises(CorpusError, match="a: ORG 'York Times' crosses another mark; choose another --format"):
        write_format([crossed], "csv")


def test_label_studio_may_lose_white_space_of_what_it_shows_but_not_offsets():
    item = Item(id="a", text="MAS\r\nand  allies won.", spans=(Mark(start=0, end=16, label="PARTY"),))
    [task] = json.loads(give_back(write_format([item], "label-studio"), "label-studio"))
    for shown in ("MAS and allies", "MAS\\r\\nand  allies", None):
        task["annotations"][0]["result"][0]["value"]["text"] = shown
        assert read_format(json.dumps([task]).encode(), "label-studio", "file")[0].spans == item.spans


def test_a_region_with_two_labels_is_two_marks_and_two_choices_are_refused():
    [task] = json.loads(give_back(write_format([ITEM], "label-studio"), "label-studio"))
    marks, choice = task["annotations"][0]["result"]
    marks["value"]["labels"] = ["PARTY", "ORG"]
    [item] = read_format(json.dumps([task]).encode(), "label-studio", "file")
    assert [mark.label for mark in item.spans] == ["PARTY", "ORG"]
    choice["value"]["choices"] = ["Health", "Labor"]
    with pytest.raises(CorpusError, match="file: a#0: 2 choices, Health, Labor; keep one"):
        read_format(json.dumps([task]).encode(), "label-studio", "file")
    with pytest.raises(CorpusError, match="file:1: 2 choices"):
        read_format(b'{"text": "MAS won.", "cats": ["Health", "Labor"]}', "doccano", "file")


def test_inception_stacks_marks_on_one_word():
    tsv = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"
        "#Text=Bolivian Army\n1-1\t0-8\tBolivian\tORG[1]|COUNTRY[2]\t\n1-2\t9-13\tArmy\tORG[1]\t\n"
    )
    [item] = read_format(tsv.encode(), "inception", "file")
    assert [(m.start, m.end, m.label) for m in item.spans] == [(0, 13, "ORG"), (0, 8, "COUNTRY")]


def test_a_mark_across_two_items_is_refused():
    cas = json.loads(write_format([ITEM, Item(id="b", text="No.")], "inception-json"))
    cas["%FEATURE_STRUCTURES"] += [{"%ID": 99, "%TYPE": NAMES, "@sofa": 1, "begin": 7, "end": 13, "value": "ORG"}]
    with pytest.raises(CorpusError, match=r"the mark 'won.\\nN' is not within one item"):
        read_format(json.dumps(cas).encode(), "inception-json", "file")
