"""Label Studio's own library takes what `polnlp sample` writes, and `polnlp import` reads what it exports.

`make test-label-studio` runs these: label-studio-sdk holds numpy back, so it has an environment of its own.
"""

import json

import pytest
from msgspec.structs import replace

from annotation.test_tools import SAMPLE, annotated
from helpers import make_report
from polnlp.annotation import import_annotations, read_items
from polnlp.annotation.formats import read_format, write_format
from polnlp.annotation.formats.label_studio import make_interface
from polnlp.annotation.items import Mark
from polnlp.cli.sample import sample
from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.network import write_network
from polnlp.reports import write_report
from polnlp.schema import DateMention

pytest.importorskip("label_studio_sdk", reason="make test-label-studio")

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk.label_interface.objects import AnnotationValue, TaskValue

WHATS = ("paragraphs", "entities", "edges", "stances")
TEXT = "Correa met Morales 🇪🇨\tyesterday: «no & <yes>»\r\nÇa\u0301va \u202eحزب\u202c."


@pytest.fixture
def drawn(tmp_path, request):
    """A sample for Label Studio out of a run of three articles: the folder with its interface and tasks."""
    date = DateMention(start=TEXT.index("yest"), end=TEXT.index(":"), text="yesterday", type="DATE", value="2009-01-28")
    for name in ("quito", "la paz", "é#1@x"):
        write_report(make_report(name, text=TEXT, dates=(date,)), tmp_path / "out" / "reports")
    write_network(tmp_path / "out", tmp_path / "out", GraphConfig())
    sample(tmp_path / "out", count=10, what=request.param, form="label-studio", folder=tmp_path / "drawn")
    return tmp_path / "drawn"


def read_drawn(drawn):
    interface = LabelInterface((drawn / "interface.xml").read_text(encoding="utf-8"))
    return interface, json.loads((drawn / "sample.json").read_bytes())


def make_annotation(*regions, by=1):
    return AnnotationValue(completed_by=by, result=list(regions)).model_dump()


def export(tasks, interface, folder):
    """Let the SDK write annotated tasks as Label Studio's export in the format JSON."""
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    converter = Converter(interface.config, str(folder))
    converter.convert_to_json(str(folder / "tasks.json"), str(folder / "export"), is_dir=False)
    return folder / "export" / "result.json"


@pytest.mark.parametrize("drawn", WHATS, indirect=True)
def test_a_sample_that_is_accepted_comes_back_whole(drawn):
    interface, tasks = read_drawn(drawn)
    interface.validate()
    expected = read_items(drawn / "sample.jsonl")
    assert expected
    for number, task in enumerate(tasks, 1):
        [prediction] = task["predictions"]
        assert interface.validate_prediction(prediction, return_errors=True) == []
        annotation = make_annotation(*prediction["result"])
        assert interface.validate_annotation(annotation)
        assert interface.validate_task(TaskValue(data=task["data"]).model_dump(include={"data"}))
        task |= {"id": number, "annotations": [{"id": number, **annotation}]}
    back = import_annotations(export(tasks, interface, drawn), sample=drawn / "sample.jsonl")
    assert back.items == expected  # weights, strata, what the run found and whom a mark names, too
    assert back.missing == []


@pytest.mark.parametrize("drawn", WHATS, indirect=True)
def test_marks_and_choices_made_with_the_sdk_are_read_as_made(drawn):
    interface, tasks = read_drawn(drawn)
    expected = read_items(drawn / "sample.jsonl")
    marks, choice = interface.get_control("marks"), interface.get_control("choice")
    label, word = marks.labels[-1], TEXT.index("حزب")
    for number, task in enumerate(tasks, 1):
        mark = marks.label(label=label, start=word, end=word + 3)
        annotation = make_annotation(mark, choice.label(label=choice.labels[-1]))
        assert interface.validate_annotation(annotation)
        task |= {"id": number, "annotations": [{"id": number, **annotation}]}
    back = import_annotations(export(tasks, interface, drawn), sample=drawn / "sample.jsonl")
    mark = Mark(start=word, end=word + 3, label=label)
    assert back.items == [replace(item, spans=(mark,), choice=choice.labels[-1]) for item in expected]


@pytest.mark.parametrize("drawn", ["paragraphs"], indirect=True)
def test_annotators_of_an_export_are_told_apart(drawn):
    interface, tasks = read_drawn(drawn)
    choice = interface.get_control("choice")
    answers = {7: "Health", 8: "Energy"}
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        task["annotations"] = [
            {"id": 10 * number + who, **make_annotation(choice.label(label=what), by=who)}
            for who, what in answers.items()
        ]
    file = export(tasks, interface, drawn)
    with pytest.raises(CorpusError, match="several people: 7, 8"):
        import_annotations(file, sample=drawn / "sample.jsonl")
    for who, what in answers.items():
        back = import_annotations(file, sample=drawn / "sample.jsonl", annotator=str(who))
        assert {item.choice for item in back.items} == {what}


@pytest.mark.parametrize("drawn", ["stances"], indirect=True)
def test_the_sdk_refuses_labels_that_the_interface_does_not_offer(drawn):
    interface, tasks = read_drawn(drawn)
    tasks[0]["predictions"][0]["result"][0]["value"]["labels"] = ["PARTY"]
    assert interface.validate_prediction(tasks[0]["predictions"][0], return_errors=True)
    tasks[0]["data"].pop("text")
    assert not interface.validate_task({"data": tasks[0]["data"]})


def test_texts_of_all_writings_go_through_the_sdk_unchanged(tmp_path):
    interface = LabelInterface(make_interface("paragraphs"))
    tasks = json.loads(write_format(SAMPLE, "label-studio"))
    for number, task in enumerate(tasks, 1):
        assert interface.validate_prediction(task["predictions"][0], return_errors=True) == []
        result = task.pop("predictions")[0]["result"]
        task |= {"id": number, "annotations": [{"id": number, "completed_by": 1, "result": result}]}
    back = read_format(export(tasks, interface, tmp_path).read_bytes(), "label-studio", "export")
    assert [annotated(item) for item in back] == [annotated(item) for item in SAMPLE]
