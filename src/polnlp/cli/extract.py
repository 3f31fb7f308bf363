"""`polnlp extract`: names and dates of one text."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from polnlp.cli.settings import ConfigOption, ModelOption, read_settings

if TYPE_CHECKING:
    from polnlp.schema import Article, Report

Format = Literal["jsonl", "json", "table", "conll", "spacy"]


def extract(
    file: Annotated[Path | None, typer.Argument(help="A text; without it, or as -, stdin is read.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="When it was written: 2009-01-29, 2009-01, 2009.")] = None,
    form: Annotated[Format, typer.Option("--format", help="spacy writes a DocBin.")] = "jsonl",
    config: ConfigOption = None,
    model: ModelOption = None,
) -> None:
    """Find the names and dates of one text and print them."""
    from msgspec.structs import replace

    from polnlp.errors import PolnlpError
    from polnlp.pipeline import load

    if form == "spacy" and sys.stdout.isatty():
        raise PolnlpError("--format spacy writes bytes: send them to a file, as in `polnlp extract a.txt > a.spacy`.")
    article = _read_one(file)
    settings = read_settings(config, model=model)
    nlp = load(replace(settings, reports=replace(settings.reports, text=True)))  # which some forms cut into words
    given = date or (article.date.value if article.date else None)
    try:
        report = nlp.analyze(article.text, date=given, title=article.title, id=article.id)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--date") from error
    match form:
        case "spacy":
            sys.stdout.buffer.write(to_docbin(report))
        case "json":
            sys.stdout.buffer.write(to_json(report))
        case _:
            writer = {"jsonl": to_lines, "table": to_table, "conll": to_conll}[form]
            for line in writer(report):
                typer.echo(line)


def _read_one(file: Path | None) -> "Article":
    from polnlp.articles import read_articles
    from polnlp.errors import CorpusError
    from polnlp.schema import Article

    path = "-" if file is None or str(file) == "-" else str(file)
    if " " in path and not Path(path).exists():
        raise CorpusError(f'{path[:60]!r} is no file; a text itself comes by a pipe: echo "..." | polnlp extract')
    if path == "-" and sys.stdin.isatty():
        typer.echo("Type or paste a text; Ctrl-D on a line of its own ends it.", err=True)
    articles = list(read_articles(path))
    read = [article for article in articles if isinstance(article, Article)]
    if len(read) != 1:
        reasons = "; ".join(article.reason for article in articles if not isinstance(article, Article))
        found = reasons or f"{len(read)} articles"
        raise CorpusError(f"{path}: found {found}; extract reads one text. For more, use `polnlp run`.")
    return read[0]


def to_json(report: "Report") -> bytes:
    """Give names, dates and entities as one JSON object."""
    import msgspec

    found = {"mentions": report.mentions, "dates": report.dates, "entities": report.entities}
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def to_lines(report: "Report") -> Iterator[str]:
    """Give one JSON object a line, in the order of the text; a date's label is ``DATE``."""
    import msgspec

    names = [(mention.start, mention.end, msgspec.to_builtins(mention)) for mention in report.mentions]
    dates = [(date.start, date.end, {"label": "DATE", **msgspec.to_builtins(date)}) for date in report.dates]
    for _, _, fields in sorted([*names, *dates], key=lambda found: found[:2]):
        yield msgspec.json.encode(fields).decode()


def to_table(report: "Report") -> Iterator[str]:
    """Give aligned columns for the eye: offsets, label, text, entity or value."""
    names = {entity.id: entity.name for entity in report.entities}
    rows: list[tuple[int, int, str, str, str]] = [
        (m.start, m.end, m.label, m.text, names.get(m.entity_id or "", "")) for m in report.mentions
    ]
    rows += [(d.start, d.end, d.type, d.text, f"{d.value or d.relative or '?'} {d.mod or ''}") for d in report.dates]
    width = max((len(row[3]) for row in rows), default=0)
    for start, end, label, text, value in sorted(rows):
        shown = " ".join(text.split())
        yield f"{start:6d} {end:6d}  {label:9s} {shown:{min(width, 60)}s}  {value}"


def to_conll(report: "Report") -> Iterator[str]:
    """Give a token and its BIO tag a line, a blank line between sentences."""
    import spacy

    assert report.text is not None  # noqa: S101 - extract keeps the text
    tokenizer = spacy.blank("en").tokenizer
    spans = [(m.start, m.end, m.label) for m in report.mentions] + [(d.start, d.end, "DATE") for d in report.dates]
    for paragraph in report.paragraphs:
        for start, end in paragraph.sentences:
            for token in tokenizer(report.text[start:end]):
                if not token.is_space:
                    yield f"{token.text}\t{_tag(start + token.idx, start + token.idx + len(token), spans)}"
            yield ""


def _tag(start: int, end: int, spans: list[tuple[int, int, str]]) -> str:
    for span_start, span_end, label in spans:
        if span_start < end and start < span_end:
            return f"{'B' if start <= span_start else 'I'}-{label}"
    return "O"


def to_docbin(report: "Report") -> bytes:
    """Give a spaCy DocBin of one Doc: names in ``doc.ents`` with their entity's id, dates as ``DATE``."""
    import spacy
    from spacy.tokens import DocBin
    from spacy.util import filter_spans

    doc = spacy.blank("en")(report.text or "")
    spans = [
        doc.char_span(m.start, m.end, label=m.label, kb_id=m.entity_id or "", alignment_mode="expand")
        for m in report.mentions
    ]
    spans += [doc.char_span(d.start, d.end, label="DATE", alignment_mode="expand") for d in report.dates]
    doc.ents = filter_spans([span for span in spans if span is not None])
    return DocBin(docs=[doc], store_user_data=False).to_bytes()
