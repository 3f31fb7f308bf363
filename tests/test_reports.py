"""Reports: what they count, how they are named, written and read back."""

import gzip
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import make_report
from polnlp.errors import CorpusError, PolnlpError
from polnlp.reports import (
    decode_report,
    encode_report,
    measure_coverage,
    read_reports,
    report_name,
    report_schema,
    write_atomically,
    write_report,
)
from polnlp.schema import Paragraph


def test_a_report_is_read_back_as_it_was_written(tmp_path):
    report = make_report()
    write_report(report, tmp_path / "reports")
    assert list(read_reports(tmp_path)) == [report]


def test_the_same_report_gives_the_same_bytes():
    assert encode_report(make_report()) == encode_report(make_report())


def test_a_report_validates_against_the_published_schema():
    validator = jsonschema.Draft202012Validator(report_schema())
    validator.check_schema(report_schema())
    validator.validate(json.loads(encode_report(make_report())))


def test_the_schema_refuses_a_label_that_is_none_of_ours():
    fields = json.loads(encode_report(make_report()))
    fields["mentions"][0]["label"] = "FRUIT"
    assert list(jsonschema.Draft202012Validator(report_schema()).iter_errors(fields))


def test_reports_in_shards_are_read_too(tmp_path):
    first, second = make_report("a"), make_report("b")
    lines = encode_report(first) + b"\n" + encode_report(second) + b"\n"
    (tmp_path / "part-00000.jsonl.gz").write_bytes(gzip.compress(lines))
    assert list(read_reports(tmp_path)) == [first, second]


@given(st.text(max_size=300))
def test_a_report_name_is_a_safe_file_name(article_id):
    name = report_name(article_id)
    assert name == report_name(article_id)
    assert len(name) <= 80 + 1 + 8 + len(".json")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.count(".") == 1


def test_ids_with_one_slug_get_two_names():
    assert report_name("a/b") != report_name("a-b")


def test_coverage_adds_up_and_takes_stubs_out_of_their_paragraph():
    text = "Quito ((Tinyurl)) voted.\n\nShare this"
    paragraphs = (
        Paragraph(index=0, start=0, end=24, zone="body"),
        Paragraph(index=1, start=6, end=17, zone="stub", within=0),
        Paragraph(index=2, start=26, end=36, zone="boilerplate"),
    )
    coverage = measure_coverage(text, paragraphs, {})
    assert coverage.read == 13
    assert coverage.skipped == {"boilerplate": 10, "stub": 11, "between paragraphs": 2}
    assert coverage.read + sum(coverage.skipped.values()) == coverage.characters == len(text)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"article": 1}', b"\xff\xfe"])
def test_what_is_no_report_is_refused_by_name(data):
    with pytest.raises(CorpusError, match=r"^here\.json: not a polnlp report"):
        decode_report(data, "here.json")


def test_a_folder_without_reports_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="no reports here"):
        list(read_reports(tmp_path))


def test_a_folder_with_a_network_alone_holds_no_reports(tmp_path):
    for name in ("graph.json", "run.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(CorpusError, match="no reports here"):
        list(read_reports(tmp_path))


def test_a_write_that_fails_leaves_the_old_file_and_no_leftover(tmp_path):
    (tmp_path / "a.json").mkdir()  # a folder where the file should go
    with pytest.raises(PolnlpError, match="cannot write"):
        write_atomically(tmp_path / "a.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "reports").write_text("a file in the way")
    with pytest.raises(PolnlpError, match=r"reports/.*: cannot write: "):
        write_report(make_report(), tmp_path / "reports")
