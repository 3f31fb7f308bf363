"""Reading: every file and row becomes an article or a reason, in order, whatever is wrong with its neighbours."""

import datetime
import gzip
import io
import json
import os
import sys
import zipfile

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from polnlp.articles import read_articles
from polnlp.articles import sources as sources_module
from polnlp.config import ArticlesConfig
from polnlp.errors import ConfigError, CorpusError
from polnlp.schema import Article, Failure


def read(*inputs, **settings):
    """Articles by id, and failures, of an input; all of them can be written as JSON."""
    items = list(read_articles(*inputs, config=ArticlesConfig(**settings)))
    for item in items:
        msgspec.json.encode(item)
    failures = [item for item in items if isinstance(item, Failure)]
    return {item.id: item for item in items if isinstance(item, Article)}, failures


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    write(tmp_path, {"b.txt": "Second.", "andes/quito-mining.txt": "First.", "c/d.md": "Third.", ".hidden.txt": "no"})
    write(tmp_path, {"README.md": "no", ".git/x.txt": "no"})
    articles, failures = read(tmp_path)
    assert list(articles) == ["andes/quito-mining", "b", "c/d"]
    assert not failures
    assert list(read(tmp_path)[0].values()) == list(articles.values())


def test_line_ends_stay_and_a_byte_order_mark_goes(tmp_path):
    write(tmp_path, {"a.txt": b"\xef\xbb\xbfOne line.\r\n\r\nTwo lines.\r\n"})
    assert read(tmp_path)[0]["a"].text == "One line.\r\n\r\nTwo lines.\r\n"


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "jsonl.gz", "json", "csv", "tsv", "parquet"])
def test_every_form_of_table_gives_the_same_articles(tmp_path, suffix):
    rows = [
        {"text": "One, two.", "id": "k1", "title": "T", "date": "2009-01-29", "author": "A B", "topic": "mines"},
        {"text": "Three.\r\nFour.", "id": "", "title": "", "date": "2009", "author": "", "topic": ""},
    ]
    path = tmp_path / f"wire.{suffix}"
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if suffix == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif suffix in ("csv", "tsv"):
        mark = "," if suffix == "csv" else "\t"
        cells = [[f'"{value}"' for value in row.values()] for row in rows]
        path.write_bytes("\n".join(mark.join(line) for line in [list(rows[0]), *cells]).encode())
    else:
        path.write_bytes(
            gzip.compress(lines) if suffix.endswith("gz") else json.dumps(rows).encode() if suffix == "json" else lines
        )
    first, second = read(path)[0].values()
    assert (first.id, first.text, first.title) == ("k1", "One, two.", "T")
    assert (first.date.value, first.date.source, first.date.text) == ("2009-01-29", "metadata", "date")
    assert first.metadata == {"author": "A B", "topic": "mines"}
    assert (second.text, second.title, second.date.value) == ("Three.\r\nFour.", None, "2009")
    assert second.id.startswith("wire#")


def test_columns_are_mapped_and_the_rest_is_kept(tmp_path):
    write(tmp_path, {"a.csv": "Body,Headline,Extra\nThe text.,The title,7\n"})
    articles, _ = read(tmp_path / "a.csv", columns={"text": "Body", "title": "Headline"})
    article = articles["a#2"]
    assert (article.text, article.title, article.metadata) == ("The text.", "The title", {"Extra": "7"})


def test_a_bad_row_does_not_stop_its_file(tmp_path):
    lines = [
        '{"text": "good"}',
        "not json",
        "[1]",
        '{"title": "no text"}',
        '{"text": ""}',
        '{"text": 3}',
        '{"text": "last"}',
    ]
    write(tmp_path, {"w.jsonl": "\n".join(lines)})
    articles, failures = read(tmp_path)
    assert [article.text for article in articles.values()] == ["good", "last"]
    assert [failure.origin.rpartition(":")[2] for failure in failures] == ["2", "3", "4", "5", "6"]
    for failure, said in zip(failures, ["no valid JSON", "list", "'title'", "empty", "int"], strict=True):
        assert said in failure.reason


def test_a_bad_file_does_not_stop_its_folder(tmp_path):
    write(
        tmp_path,
        {
            "a.txt": "",
            "b.txt": " \n",
            "c.txt": b"%PDF-1.4",
            "d.odt": "x",
            "e.zip": "x",
            "f.parquet": "x",
            "z.txt": "Good.",
        },
    )
    write(tmp_path, {"g.jsonl.gz": gzip.compress(b'{"text": "Packed."}\n')[:-4]})
    (tmp_path / "h.txt").symlink_to("nowhere")
    articles, failures = read(tmp_path)
    assert [article.text for article in articles.values()] == ["Packed.", "Good."]
    said = {failure.article_id: failure.reason for failure in failures}
    assert "0 bytes" in said["a"]
    assert "white space" in said["b"]
    assert "binary" in said["c"]
    assert ".docx" in said["d.odt"]
    assert "zip" in said["e"]
    assert "Parquet" in said["f"]
    assert "after line 1" in said["g"]
    assert "No such file" in said["h.txt"]


def test_pipes_and_links_in_a_circle_do_not_hang(tmp_path):
    write(tmp_path, {"a/x.txt": "X.", "b/y.txt": "Y."})
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "a" / "b").symlink_to("../b")
    (tmp_path / "b" / "a").symlink_to("../a")
    articles, failures = read(tmp_path)
    assert sorted(article.text for article in articles.values()) == ["X.", "Y."]
    assert [failure.article_id for failure in failures] == ["pipe.txt"]


def test_the_folders_metadata_complete_and_override(tmp_path):
    write(
        tmp_path,
        {
            "andes/a.md": "---\ntitle: Old\nauthor: A B\n---\nThe text.",
            "wire.jsonl": '{"id": "w1", "text": "Wired."}',
            "metadata.csv": "file,id,title,date,edition\nandes/a.md,,New,2009-01-29,late\n,w1,Wire,,\nnone.txt,,x,,\n",
        },
    )
    articles, failures = read(tmp_path)
    article = articles["andes/a"]
    assert (article.title, article.date.value) == ("New", "2009-01-29")
    assert article.metadata == {"author": "A B", "edition": "late"}
    assert articles["w1"].title == "Wire"
    assert [(failure.article_id, failure.origin.rpartition(":")[2]) for failure in failures] == [("none.txt", "4")]


def test_a_text_is_kept_once_and_an_id_names_one_text(tmp_path):
    rows = [("k", "One."), ("k", "Two."), ("k", "One."), ("j", "One.")]
    write(tmp_path, {"a.jsonl": "".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in rows)})
    articles, failures = read(tmp_path)
    changed = "k~" + Article(id="x", text="Two.").sha256[:8]
    assert {key: article.text for key, article in articles.items()} == {"k": "One.", changed: "Two."}
    assert "was taken" in articles[changed].notes[0]
    assert [(failure.article_id, failure.duplicate_of) for failure in failures] == [("k", "k"), ("j", "k")]


def test_all_duplicates_are_kept_on_request_under_ids_of_their_own(tmp_path):
    write(tmp_path, {"a.jsonl": '{"id": "k", "text": "One."}\n' * 3})
    articles, failures = read(tmp_path, duplicates="all")
    assert len(articles) == 3
    assert not failures
    assert "the same text as 'k'" in list(articles.values())[2].notes[0]


def test_a_zip_is_read_as_a_folder_and_its_names_are_no_paths(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.txt", "Evil.")
        archive.writestr("/etc/root.txt", "Root.")
        archive.writestr("in/b.txt", "Zipped.")
        archive.writestr("in/metadata.csv", "file,title\nb.txt,Zed\n")
        archive.writestr("__MACOSX/in/b.txt", "no")
        archive.writestr("inner.zip", "no")
        archive.writestr("zeros.txt", "0" * 20_000_000)
    articles, failures = read(tmp_path / "z.zip")
    assert {key: article.text for key, article in articles.items()} == {
        "z/etc/root": "Root.",
        "z/evil": "Evil.",
        "z/in/b": "Zipped.",
    }
    assert articles["z/in/b"].title == "Zed"
    assert ["zip within a zip" in failures[0].reason, "zip bomb" in failures[1].reason] == [True, True]
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_gzip_bomb_is_left_before_it_is_unpacked(tmp_path):
    write(tmp_path, {"a.jsonl.gz": gzip.compress(b'{"text": "First."}\n' + b"\n" * 30_000_000), "b.txt": "Next."})
    articles, failures = read(tmp_path)
    assert [article.text for article in articles.values()] == ["First.", "Next."]
    assert "gzip bomb" in failures[0].reason


def test_a_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources_module, "LIMIT", 10)
    write(tmp_path, {"a.txt": "More than ten bytes.", "b.txt": "Fewer."})
    articles, failures = read(tmp_path)
    assert list(articles) == ["b"]
    assert "at most 10" in failures[0].reason


@pytest.mark.parametrize(
    ("data", "texts"),
    [(b"A text.\n\nMore.", ["A text.\n\nMore."]), (b'{"text": "A"}\n{"text": "B"}', ["A", "B"])],
)
def test_standard_input_is_a_text_or_json_lines(monkeypatch, data, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [article.text for article in read("-")[0].values()] == texts


def test_nuls_stay_and_surrogates_are_replaced_without_moving_an_offset(tmp_path):
    write(tmp_path, {"a.jsonl": b'{"text": "a\\u0000b \\ud800 c", "t": "\\udfff"}'})
    article = read(tmp_path)[0]["a#1"]
    assert article.text == "a\0b \ufffd c"
    assert len(article.notes) == 2


def test_strange_metadata_are_kept_so_that_they_can_be_written(tmp_path):
    big, deep = "1" + "0" * 30, "[" * 60 + "]" * 60
    write(tmp_path, {"a.jsonl": f'{{"text": "T", "n": NaN, "big": {big}, "deep": {deep}}}'})
    metadata = read(tmp_path)[0]["a#1"].metadata
    assert metadata["n"] is None
    assert metadata["big"] == big
    pq.write_table(pa.table({"text": ["P"], "when": [datetime.date(2009, 1, 29)]}), tmp_path / "p.parquet")
    assert read(tmp_path / "p.parquet")[0]["p#1"].metadata == {"when": "2009-01-29"}


def test_a_date_that_cannot_be_read_is_kept_and_noted(tmp_path):
    write(tmp_path, {"a.jsonl": '{"text": "T", "date": "some day"}\n{"text": "U", "date": "2009-01-29T10:00"}'})
    first, second = read(tmp_path)[0].values()
    assert (first.date, first.metadata["date"]) == (None, "some day")
    assert "some day" in first.notes[0]
    assert (second.date.value, second.metadata["date"]) == ("2009-01-29", "2009-01-29T10:00")


@pytest.mark.parametrize(("given", "code"), [("en-US", "en"), ("English", "en"), ("spa", "es"), ("Klingon", None)])
def test_a_language_is_a_two_letter_code(tmp_path, given, code):
    write(tmp_path, {"a.jsonl": json.dumps({"text": "T", "language": given})})
    assert read(tmp_path)[0]["a#1"].language == code


@pytest.mark.parametrize(
    ("files", "name", "said"),
    [
        ({}, "nowhere", "nowhere"),
        ({}, ".", "no article"),
        ({"x.odt": "x", ".h.txt": "x"}, ".", "no article"),
        ({"x.odt": "x"}, "x.odt", "unknown suffix"),
        ({"a.csv": "Title,Body\n1,2\n"}, "a.csv", "'Title', 'Body'. .* below it text = \"Body\" into"),
        ({"a.csv": ""}, "a.csv", "no column 'text'; found none"),
        ({"a.parquet": "x"}, "a.parquet", "Parquet"),
    ],
)
def test_an_input_that_is_wrong_as_a_whole_is_refused_at_once(tmp_path, files, name, said):
    write(tmp_path, files)
    with pytest.raises(CorpusError, match=said) as caught:
        read_articles(tmp_path / name)
    assert str(tmp_path) in str(caught.value)


def test_a_wrong_setting_is_refused_at_once(tmp_path):
    write(tmp_path, {"a.txt": "T"})
    with pytest.raises(ConfigError, match="'txt'"):
        read_articles(tmp_path, config=ArticlesConfig(columns={"txt": "body"}))
    with pytest.raises(ConfigError, match="utf-9"):
        read_articles(tmp_path, config=ArticlesConfig(encoding="utf-9"))
    with pytest.raises(CorpusError, match="No input"):
        read_articles()


def test_a_file_of_unknown_suffix_beside_others_is_a_failure(tmp_path):
    write(tmp_path, {"a.txt": "T", "b.docx": "x"})
    articles, failures = read(tmp_path / "a.txt", tmp_path / "b.docx")
    assert (list(articles), len(failures)) == (["a"], 1)


def test_the_sample_corpus_is_read_without_a_failure(corpus):
    articles, failures = read(corpus)
    assert len(articles) == 18
    assert not failures
