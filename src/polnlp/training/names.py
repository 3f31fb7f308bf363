"""Train the small names tagger.

``python -m polnlp.training.names --data DIR --tables KB -o models/names-cnn`` makes the shipped one.
"""

import argparse
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from sklearn.isotonic import IsotonicRegression
from spacy.language import Language

from polnlp.errors import CorpusError
from polnlp.evaluation.scores import Scores, Span, bootstrap, confuse_spans, f1_of_counts, score_spans
from polnlp.mentions.engines import RawName, load_tagger
from polnlp.mentions.labels import Scheme
from polnlp.mentions.lexicon import Lexicon
from polnlp.mentions.spacy_tagger import CALIBRATION, Calibration, SpacyTagger
from polnlp.models import find_model
from polnlp.training.data import DEFAULT_SOURCES, SOURCES, LabelledText, read_own, read_source
from polnlp.training.lexicon import compile_lexicon, list_names
from polnlp.training.names_card import write_card
from polnlp.training.silver import read_silver
from polnlp.training.swapping import Pool, make_pool
from polnlp.training.tagger import MAIN, Settings, Trainer, make_tokenizer, pipe_of

logger = logging.getLogger(__name__)

HELD_OUT_EVERY = 10  # one text in so many is held out where a set has no part for that
_MIN_TEXTS = 20
_KNOTS = 16  # of the calibration curve
_HELD_SOURCES = {"crossner": "crossner-dev", "crossner-codebook": "crossner-dev-codebook"}

_SCHEMES: tuple[tuple[Scheme, str], ...] = (("codebook", MAIN[0]), ("crossner", MAIN[1]))

Texts = dict[str, list[LabelledText]]


def train_names(
    data: Path,
    output: Path,
    *,
    sources: Sequence[str] = DEFAULT_SOURCES,
    tables: Path | None = None,
    teacher: str | None = None,
    seed: int = 0,
    settings: Settings = Settings(),  # noqa: B008  frozen
) -> Scores:
    """Train a names tagger and write it as a spaCy pipeline with its calibration and its card.

    Training stops when held-out texts are no longer tagged better; the scores are those of that model. Then, unless
    ``settings.refit`` is off, a second model is trained for as many epochs on all texts, and that one is kept.

    Args:
        data: The folder of data sets, or a JSONL file of one's own with ``text`` and ``spans``.
        output: Folder of the model; made where missing.
        sources: Which of ``polnlp.training.data.SOURCES`` to learn from; not asked for with a file of one's own.
        teacher: An engine whose reading of unmarked texts is learnt from as well, as ``encoder``.
        tables: The knowledge base's source tables, for the list of known names; without them the shipped model's list.
        seed: The same seed gives the same model, on one kind of machine.

    Returns:
        Scores on the held-out texts, before these were learnt from; of the codebook's head where there is one.

    Raises:
        CorpusError: If the data are missing, of another form, or too few.
        ModelError: If no list of names is at hand.
    """
    learnt, others, held = read_texts(data, sources)
    for pipe, texts in _read_teacher(data, teacher, learnt, settings.silver, seed).items():
        others.setdefault(pipe, []).extend(texts)
    lexicon, pool = _load_names(tables)

    def make_trainer(texts: Texts) -> Trainer:
        return Trainer(texts, lexicon, settings, seed=seed, others=others, pool=pool)

    started = time.monotonic()
    first, epochs = _train_until_best(make_trainer(learnt), held)
    calibration = {pipe: calibrate(first, pipe, texts) for pipe, texts in held.items()}
    scores = {pipe: score_held_out(first, pipe, texts, calibration[pipe]) for pipe, texts in held.items()}
    final = first
    if settings.refit:
        everything = {pipe: [*texts, *held.get(pipe, ())] for pipe, texts in learnt.items()}
        logger.info("once more on all texts, %d epochs", epochs)
        final = _train_for(make_trainer(everything), epochs)
    logger.info("trained in %.0f s", time.monotonic() - started)
    _write(final, output, calibration)
    write_card(
        output,
        data,
        () if data.is_file() else sources,
        settings,
        teacher=teacher,
        seed=seed,
        epochs=epochs,
        scores=scores,
    )
    return scores[MAIN[0] if MAIN[0] in scores else MAIN[1]]


def read_texts(data: Path, sources: Sequence[str]) -> tuple[Texts, Texts, Texts]:
    """Read what the main heads learn from, what the others do, and what is held out, by the pipe of their head."""
    learnt: Texts = {}
    others: Texts = {}
    held: Texts = {}
    if data.is_file():
        _split(read_own(data), learnt.setdefault(MAIN[0], []), held.setdefault(MAIN[0], []))
    for name in () if data.is_file() else sorted(sources, key=_main_first):
        pipe = pipe_of(SOURCES[name].head)
        texts = read_source(data, name)
        if name in _HELD_SOURCES:
            learnt.setdefault(pipe, []).extend(texts)
            held.setdefault(pipe, []).extend(read_source(data, _HELD_SOURCES[name]))
        elif pipe in MAIN and SOURCES[name].file is None:
            learnt.setdefault(pipe, []).extend(texts)
        elif pipe in MAIN:
            _split(texts, learnt.setdefault(pipe, []), held.setdefault(pipe, []))
        else:
            others.setdefault(pipe, []).extend(texts)
    if not held:
        raise CorpusError(f"{data}: none of the sources {', '.join(sources)} marks names by a scheme that is kept.")
    few = min(len(texts) for texts in learnt.values())
    if few < _MIN_TEXTS:
        raise CorpusError(f"{data}: {few} labelled texts are too few to train on; give at least {_MIN_TEXTS}.")
    return learnt, others, held


def _read_teacher(data: Path, teacher: str | None, learnt: Texts, count: int, seed: int) -> Texts:
    if teacher is None or data.is_file():
        return {}
    return {
        pipe: read_silver(data, load_tagger(teacher, scheme=scheme), count=count, seed=seed)
        for scheme, pipe in _SCHEMES
        if pipe in learnt
    }


def _main_first(name: str) -> int:
    if name not in SOURCES:
        raise CorpusError(f"No source {name!r} of labelled names; there are {', '.join(SOURCES)}.")
    pipe = pipe_of(SOURCES[name].head)
    return MAIN.index(pipe) if pipe in MAIN else len(MAIN)


def _split(texts: Sequence[LabelledText], learnt: list[LabelledText], held: list[LabelledText]) -> None:
    for number, text in enumerate(texts):
        (held if number % HELD_OUT_EVERY == 0 else learnt).append(text)


def _load_names(tables: Path | None) -> tuple[Lexicon, Pool]:
    if tables is None:
        return Lexicon.load(find_model("names-cnn") / "polnlp_lexicon" / "names.npz"), {}
    return compile_lexicon(tables, make_tokenizer()), make_pool(list_names(tables))


def _train_until_best(trainer: Trainer, held: Mapping[str, Sequence[LabelledText]]) -> tuple[Language, int]:
    """Train until the mean F1 of the main heads has not risen for a while; give the best model and its epochs."""
    best, best_f1, best_epoch = trainer.nlp, -1.0, 0
    for epoch in range(1, trainer.settings.epochs + 1):
        loss = trainer.run_epoch()
        frozen = trainer.freeze()
        by_pipe = {pipe: score_held_out(frozen, pipe, texts).values["F1"] for pipe, texts in held.items()}
        mean = sum(by_pipe.values()) / len(by_pipe)
        figures = ", ".join(f"{pipe} {100 * value:.1f}" for pipe, value in by_pipe.items())
        logger.info("epoch %d: loss %.2f, F1 %s", epoch, loss, figures)
        if mean > best_f1:
            best, best_f1, best_epoch = frozen, mean, epoch
        elif epoch - best_epoch >= trainer.settings.patience:
            break
    return best, best_epoch


def _train_for(trainer: Trainer, epochs: int) -> Language:
    for epoch in range(1, epochs + 1):
        logger.info("epoch %d: loss %.2f", epoch, trainer.run_epoch())
    return trainer.freeze()


def _tag(
    nlp: Language, pipe: str, texts: Sequence[LabelledText], calibration: Calibration | None
) -> list[list[RawName]]:
    tagger = SpacyTagger(nlp, source="training", pipe=pipe, calibration=calibration)
    return tagger.tag([text.text for text in texts])


def score_held_out(
    nlp: Language, pipe: str, texts: Sequence[LabelledText], calibration: Calibration | None = None
) -> Scores:
    """Score one head: exact span and label."""
    gold: list[list[Span]] = [[(span.start, span.end, span.label) for span in text.spans] for text in texts]
    found = [
        [(name.start, name.end, str(name.label)) for name in names] for names in _tag(nlp, pipe, texts, calibration)
    ]
    micro, labels, counts = score_spans(gold, found)
    return Scores(
        task="names",
        gold="held-out texts",
        documents=len(texts),
        values={"F1": micro.f1, "precision": micro.precision, "recall": micro.recall},
        intervals={"F1": bootstrap(counts, f1_of_counts)} if calibration else {},
        labels=labels,
        confusion=confuse_spans(gold, found) if calibration else {},
    )


def calibrate(nlp: Language, pipe: str, texts: Sequence[LabelledText]) -> Calibration:
    """Fit the share of names that are right to their raw probability, never falling (isotonic regression).

    References:
        Zadrozny and Elkan (2002). Transforming classifier scores into accurate multiclass probability estimates. KDD.
    """
    raw, right = [], []
    for text, names in zip(texts, _tag(nlp, pipe, texts, None), strict=True):
        gold = {(span.start, span.end, span.label) for span in text.spans}
        raw += [name.score for name in names]
        right += [(name.start, name.end, name.label) in gold for name in names]
    if len(raw) < 2 * _KNOTS:
        return Calibration()
    curve = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(raw, right)
    knots = np.unique(np.quantile(raw, np.linspace(0, 1, _KNOTS)))
    return Calibration(tuple(knots.round(4).tolist()), tuple(curve.predict(knots).round(4).tolist()))


def _write(nlp: Language, output: Path, calibration: Mapping[str, Calibration]) -> None:
    nlp.meta.update(name="names", description="Names of political articles, by polnlp's codebook", license="Apache-2.0")
    nlp.to_disk(output)
    by_scheme = {scheme: calibration[pipe] for scheme, pipe in _SCHEMES if pipe in calibration}
    (output / CALIBRATION).write_bytes(msgspec.json.format(msgspec.json.encode(by_scheme), indent=1) + b"\n")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="polnlp.training.names", description="Train the small names tagger.")
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets, or a JSONL file.")
    parser.add_argument("-o", "--output", type=Path, required=True, help="Folder of the model.")
    parser.add_argument("--tables", type=Path, help="Folder with the knowledge base's source tables.")
    parser.add_argument("--sources", default=",".join(DEFAULT_SOURCES), help="Names of sources, joined by commas.")
    parser.add_argument("--teacher", help="An engine to learn from besides, as 'encoder'.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--no-refit", action="store_true", help="Keep the model that the held-out texts measured.")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings(epochs=options.epochs, refit=not options.no_refit)
    sources = options.sources.split(",")
    train_names(
        options.data,
        options.output,
        sources=sources,
        tables=options.tables,
        teacher=options.teacher,
        seed=options.seed,
        settings=settings,
    )


if __name__ == "__main__":
    main()
