"""The card of a names model: what it learnt from, how, how well, and what it cannot do."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from polnlp.evaluation.scores import Scores
from polnlp.training.data import SOURCES, hash_source
from polnlp.training.tagger import PIPE_OF_HEAD, Settings

_LIMITS = """English news and encyclopedia prose. Names in lower case or in capitals throughout are often missed. Long
names of events and laws are the weakest point; whether a person is a politician, and whether an organisation is a
party, is often a guess from the list of names. Scores in running use are calibrated on the held-out texts alone."""


_SILVER = """Besides, paragraphs of `corpus/articles.jsonl` (CC0, CC BY 4.0, CC BY 2.5, public domain; no article
that is measured on) and sentences of Few-NERD (CC BY-SA 4.0), with the names that `{teacher}` finds in them."""


def write_card(
    output: Path,
    data: Path,
    sources: Sequence[str],
    settings: Settings,
    *,
    teacher: str | None,
    seed: int,
    epochs: int,
    scores: Mapping[str, Scores],
) -> None:
    """Write ``CARD.md`` beside the model; no path and no date, so that the same training gives the same card."""
    rows = [_source_row(data, name) for name in sources] or [f"| own data | {_hash(data)} | as given by its owner | |"]
    scheme_of = {pipe: head for head, pipe in PIPE_OF_HEAD.items()}
    tables = [_score_table(scheme_of[pipe], of_pipe) for pipe, of_pipe in scores.items()]
    kept = "all texts, held-out ones included" if settings.refit else "the texts that were not held out"
    given = ", ".join(f"{name} {value}" for name, value in msgspec.structs.asdict(settings).items())
    parts = [
        "# Names tagger",
        "Hash embeddings (word, prefix, suffix, shape, what a list of known names says), a CNN of four layers that all"
        " heads share, and a transition parser for each scheme (`codebook`, `crossner`). A spaCy pipeline; the list of"
        " known names holds hashes only. Licence of the weights: Apache-2.0; the data's stand below.",
        "## Data\n\n| source | sha256 | licence | teaches |\n| --- | --- | --- | --- |\n" + "\n".join(rows),
        *([_SILVER.format(teacher=teacher)] if teacher else []),
        "Texts of the codebook's own gold articles are left out by their id. Rows whose licence forbids commercial use,"
        " or is not stated, are left out. Heads other than the two kept only teach the shared layers.",
        f"## Settings\n\nSeed {seed}; {given}. Best after {epochs} epochs; the weights kept were trained on {kept}.",
        "## Scores on held-out texts\n\nExact span and label, in percent, of the tagger alone, before these texts were"
        " learnt from.\n\n" + "\n\n".join(tables),
        "## Limits\n\n" + _LIMITS,
    ]
    (output / "CARD.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _source_row(data: Path, name: str) -> str:
    source = SOURCES[name]
    where = f"`{source.file}`" if source.file else "sentences of the package"
    return f"| {name} ({where}) | {hash_source(data, name)} | {source.licence} | {source.head} |"


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _score_table(scheme: str, scores: Scores) -> str:
    low, high = scores.intervals.get("F1", (0.0, 0.0))
    values = {name: f"{100 * value:.1f}" for name, value in scores.values.items()}
    lines = [
        f"`{scheme}`, {scores.documents} texts: F1 {values['F1']} ({100 * low:.1f} to {100 * high:.1f}),"
        f" precision {values['precision']}, recall {values['recall']}.",
        "",
        "| label | P | R | F1 | gold |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {label} | {100 * of.precision:.1f} | {100 * of.recall:.1f} | {100 * of.f1:.1f} | {of.gold} |"
        for label, of in scores.labels.items()
    ]
    return "\n".join(lines)
