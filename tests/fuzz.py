"""A fuzzing campaign, guided by coverage: what reads strangers' texts must neither fail nor hang, and keep its laws.

    python tests/fuzz.py [readers page dates paragraphs quotes] [--seconds 600]

Needs atheris (Linux, Python 3.11 to 3.13). Each target runs in a process of its own. An input that breaks one
stays as ``TARGET-crash-*`` or ``TARGET-timeout-*`` in ``--work``; give it as ``--again FILE`` to see it fail.
"""

import argparse
import io
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
SLOWEST = 20  # seconds that one input of at most LONGEST bytes may take
LONGEST = 1_000
_KNOWN = """
the last next this of in on to from since until between and or before after late early mid about a an two three
ten 19 29 31 2009 1998 '08 2000s 1990s May March April Monday Tuesday January Jan. Sept. first 29th quarter week
weeks days years ago month year century summer winter spring election elections yesterday today tomorrow noon
now , . : - / -- 2009-01-29 1/2/2009 29.1.2009 10:30 p.m. BC AD EST Christmas Easter Ramadan said that " “ ” ‘ ’
he she Correa Morales according told reporters asked who President Minister (Reuters) By ( ) * # Q: A: MR. … ’s
wrote minister decade
"""
WORDS = ["\n", "\n\n", "\t", *_KNOWN.split()]


def read_words(data: bytes) -> str:
    """Make a text of words that the grammars know, or of the bytes as they are."""
    if data[:1] < b"\x60":
        return data[1:].decode("utf-8", "replace")
    return " ".join(WORDS[byte % len(WORDS)] for byte in data[1:])


def check_readers(data: bytes) -> None:
    """Every form of file gives articles or reasons."""
    from polnlp.articles import _finish
    from polnlp.articles.readers import read_source
    from polnlp.articles.sources import SUFFIXES, Source
    from polnlp.config import ArticlesConfig
    from polnlp.schema import Article

    suffixes = [suffix for suffix in SUFFIXES if suffix not in (".zip", ".html", ".htm", ".xhtml")]
    suffix = suffixes[data[0] % len(suffixes)] if data else ".txt"
    body = data[1:]
    if suffix.endswith(".gz"):
        import gzip

        body = gzip.compress(body, mtime=0)
    source = Source(f"a{suffix}", f"a{suffix}", suffix, lambda: io.BytesIO(body))
    for draft in read_source(source, ArticlesConfig()):
        item = _finish(draft)
        if isinstance(item, Article):
            item.text.encode("utf-8")


def check_page(data: bytes) -> None:
    """A page gives a text that can be written."""
    from polnlp.articles.pages import read_page
    from polnlp.articles.rows import BadFile
    from polnlp.config import ArticlesConfig

    with suppress(BadFile):
        read_page(data, ArticlesConfig())


def check_dates(data: bytes) -> None:
    """Dates stand where they say, in order, with values that ISO 8601 can hold."""
    from polnlp.mentions.dates import find_dates

    text = read_words(data)
    reference = (None, "2009-01-29", "2009")[len(data) % 3]
    for mention in find_dates(text, reference=reference):
        assert text[mention.start : mention.end] == mention.text
        assert mention.value is None or re.fullmatch(r"[-A-Z0-9:/.+~?%_]+", mention.value), mention.value


def check_paragraphs(data: bytes) -> None:
    """Paragraphs and sentences are in order, do not overlap but where one is within another, and stay in the text."""
    from polnlp.paragraphs import split_paragraphs
    from polnlp.schema import Article

    text = read_words(data)
    end = 0
    for paragraph in split_paragraphs(Article(id="a", text=text)):
        assert 0 <= paragraph.start < paragraph.end <= len(text)
        if paragraph.within is None:
            assert paragraph.start >= end
            end = paragraph.end
        place = paragraph.start
        for start, stop in paragraph.sentences:
            assert place <= start < stop <= paragraph.end
            place = stop


def check_quotes(data: bytes) -> None:
    """Quotations and their speakers stay in the text."""
    from polnlp.classify.quotes import find_quotes

    text = read_words(data)
    for quote in find_quotes(text):
        assert 0 <= quote.start <= quote.end <= len(text)
        assert quote.speaker_start is None or 0 <= quote.speaker_start < quote.speaker_end <= len(text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "readers": check_readers,
    "page": check_page,
    "dates": check_dates,
    "paragraphs": check_paragraphs,
    "quotes": check_quotes,
}


def make_seeds(folder: Path) -> None:
    """Begin with pieces of the project's own corpus and of the hostile one's makings."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(sorted((HERE.parent / "corpus").rglob("*.txt"))):
        (folder / f"text-{number}").write_bytes(b"\x00" + path.read_bytes()[: LONGEST - 1])
    page = b"<html><head><title>A</title><meta name=date content=2009-01-29></head><body><article><h1>A</h1><p>B.</p>"
    rows = b'\x05{"text": "Correa met Morales.", "date": "2009-01-29", "id": "a"}\n'
    table = b'\x0atext,date\n"Correa met, Morales.",2009-01-29\n'
    for name, seed in (
        ("page", page * 3),
        ("rows", rows * 3),
        ("table", table),
        ("words", b"\x7f" + bytes(range(200))),
    ):
        (folder / name).write_bytes(seed)


def fuzz(target: str, options: list[str]) -> None:
    """Run one target in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["polnlp"]):
        import polnlp.articles
        import polnlp.articles.pages
        import polnlp.articles.readers
        import polnlp.classify.quotes
        import polnlp.mentions.dates
        import polnlp.paragraphs  # noqa: F401
    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()


def main() -> None:
    """Fuzz one target after the other; exit code 1 if any input broke one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", default=list(TARGETS), metavar="target", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=600, help="For each target.")
    parser.add_argument("--work", type=Path, default=Path("build/fuzz"), help="Folder of inputs found so far.")
    parser.add_argument("--again", type=Path, help="Run the targets on this one input.")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside is not None:
        fuzz(options.targets[0], options.inside)
    if options.again:
        for target in options.targets:
            TARGETS[target](options.again.read_bytes())
        return
    failed = False
    for target in options.targets:
        seeds = options.work / target
        make_seeds(seeds)
        limits = [
            f"-max_total_time={options.seconds}",
            f"-max_len={LONGEST}",
            f"-timeout={SLOWEST}",
            "-rss_limit_mb=4096",
        ]
        command = [sys.executable, __file__, target, "--inside", *limits, f"-artifact_prefix={seeds}-", str(seeds)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
        tried = re.findall(r"^#(\d+)", done.stderr, re.MULTILINE)
        covered = re.findall(r"cov: (\d+)", done.stderr)
        print(
            f"{target}: {int(tried[-1]) if tried else 0:,} inputs, {covered[-1] if covered else 0} places reached, "
            f"{'BROKEN' if done.returncode else 'no crash'}",
            flush=True,
        )
        if done.returncode:
            failed = True
            print(done.stderr[-3000:])
    sys.exit(failed)


if __name__ == "__main__":
    main()
