"""Make the encoder, step by step.

python -m polnlp.training.encoder prepare --data D --knowledge K --start S --work W
python -m polnlp.training.encoder warm-up --data D --start S --work W
python -m polnlp.training.encoder names   --data D --knowledge K --start S --work W --part all
python -m polnlp.training.encoder teacher --data D --knowledge K --start T --work W --part all
python -m polnlp.training.encoder joint   --data D --knowledge K --start S --work W --part all
python -m polnlp.training.encoder export  --work W --mean all --output models/encoder

``teacher`` may be left out; ``T`` holds the weights of all-mpnet-base-v2. Where it was run, ``joint`` learns topics and
stances from it too. ``joint --encoder models/encoder`` goes on from an exported encoder, not from the step before.
The parts ``fold0`` to ``fold4`` hold out a fifth of CrossNER each, ``train`` its whole dev part, ``all`` a tenth, on
which the names' scores are calibrated. ``names`` and ``joint`` leave weights, figures and settings with the data's
hashes in the work folder.
"""

import argparse
import json
import logging
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch

from polnlp.encoder.tokens import Tokenization
from polnlp.training.encoder.calibration import calibration_error, fit_calibration, judged_spans
from polnlp.training.encoder.data import Example, hash_examples
from polnlp.training.encoder.export import export_encoder
from polnlp.training.encoder.importing import import_encoder
from polnlp.training.encoder.judgments import TARGET_VECTOR, TEXT_VECTOR, measure_judgments
from polnlp.training.encoder.loop import Schedule, Task, train
from polnlp.training.encoder.model import TEACHER, PoliticalEncoder
from polnlp.training.encoder.reading import SCHEMES, predict_logits
from polnlp.training.encoder.recipe import (
    Recipe,
    Sources,
    hold_out,
    joint_tasks,
    measure,
    name_tasks,
    names_to_swap,
    new_model,
    prepare_folder,
    read_sources,
    warm_up,
)
from polnlp.training.encoder.teaching import (
    add_targets,
    disturb_texts,
    read_unjudged,
    recombine_texts,
    standardize_vectors,
    teach_judgments,
    teach_names,
)

logger = logging.getLogger(__name__)

_FOLDS, _TENTH = 5, 10
PARTS = ("train", *(f"fold{number}" for number in range(_FOLDS)), "all")


def main() -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = _options()
    recipe = msgspec.toml.decode(options.recipe.read_bytes(), type=Recipe) if options.recipe else Recipe()
    torch.set_num_threads(options.threads)
    steps = {"prepare": _prepare, "warm-up": _warm_up, "names": _names, "teacher": _teacher}
    steps |= {"joint": _joint, "export": _export}
    steps[options.step](options, recipe)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "warm-up", "names", "teacher", "joint", "export"))
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"), help="Data folder.")
    parser.add_argument("--knowledge", type=Path, help="Folder of the name tables.")
    parser.add_argument("--start", type=Path, help="Folder of the start weights (all-MiniLM-L6-v2).")
    parser.add_argument("--work", type=Path, required=True, help="Folder for what is made on the way.")
    parser.add_argument("--part", choices=PARTS, default="all", help="What of CrossNER is trained on.")
    parser.add_argument(
        "--mean", choices=PARTS, nargs="+", default=["all"], help="Runs whose weights' mean is exported."
    )
    parser.add_argument(
        "--calibrate", choices=PARTS, nargs="+", default=["all"], help="Runs whose held-out names calibrate."
    )
    parser.add_argument("--encoder", type=Path, help="Folder of an exported encoder that joint goes on from.")
    parser.add_argument("--output", type=Path, help="Model folder.")
    parser.add_argument("--recipe", type=Path, help="TOML file with other settings than the default ones.")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _prepare(options: argparse.Namespace, recipe: Recipe) -> None:
    prepare_folder(options.work, options.start, options.knowledge)


def _warm_up(options: argparse.Namespace, recipe: Recipe) -> None:
    torch.manual_seed(recipe.warm_up.seed)
    model = new_model(options.start, recipe)
    warm_up(model, options.data, Tokenization.load(options.work), recipe)
    torch.save(model.state_dict(), options.work / "warm.pt")


def _names(options: argparse.Namespace, recipe: Recipe) -> None:
    run = _Run(options, recipe)
    model = new_model(options.start, recipe, warm=options.work / "warm.pt")
    tasks = name_tasks(run.sentences, run.sources, run.tokenize, recipe, run.pool)
    run.train(model, tasks, recipe.names, f"{options.part}-names")


def _teacher(options: argparse.Namespace, recipe: Recipe) -> None:
    run = _Run(options, recipe)
    torch.manual_seed(recipe.teacher.seed)
    model = new_model(options.start, recipe, shape=TEACHER)
    tasks = joint_tasks(run.sentences, run.sources, run.tokenize, recipe, run.pool, {})
    run.train(model, tasks, recipe.teacher, f"{options.part}-teacher")


def _joint(options: argparse.Namespace, recipe: Recipe) -> None:
    run = _Run(options, recipe)
    if options.encoder:
        model = import_encoder(options.encoder / "encoder.onnx", dropout=recipe.dropout)
    else:
        model = new_model(options.start, recipe, warm=options.work / f"{options.part}-names.pt")
    others = run.sources.others
    teacher = options.work / f"{options.part}-teacher.pt"
    if teacher.is_file():
        others = [*others, *_more_texts(run, options.data, recipe)]
    soft = teach_names(model, others, run.tokenize)
    if teacher.is_file():
        run.sources = _learn_from(teacher, run, add_targets(others, soft, run.tokenize))
    tasks = joint_tasks(run.sentences, run.sources, run.tokenize, recipe, run.pool, soft)
    run.train(model, tasks, recipe.joint, options.part)


def _more_texts(run: "_Run", data: Path, recipe: Recipe) -> list[Example]:
    """Give texts for a teacher alone to judge: some that nobody judged, variants of judged ones, and mixtures."""
    sources = run.sources
    known = {example.text for example in (*sources.paragraphs, *sources.others, *sources.hidden)}
    unjudged = [e for e in read_unjudged(data, recipe.n_unjudged, recipe.joint.seed) if e.text not in known]
    seed = recipe.joint.seed
    return [
        *unjudged,
        *disturb_texts([*sources.own, *sources.others], recipe.n_disturbed, seed),
        *recombine_texts([*sources.own, *sources.paragraphs, *sources.others], recipe.n_recombined, seed),
    ]


def _learn_from(weights: Path, run: "_Run", others: Sequence[Example]) -> Sources:
    """Give the texts with a teacher's judgments beside their labels."""
    teacher = PoliticalEncoder(shape=TEACHER)
    teacher.load_weights(torch.load(weights, weights_only=True))
    own, paragraphs = run.sources.own, run.sources.paragraphs
    taught = standardize_vectors(teach_judgments(teacher, [*own, *paragraphs, *others], run.tokenize))
    first, second = len(own), len(own) + len(paragraphs)
    return msgspec.structs.replace(
        run.sources, own=taught[:first], paragraphs=taught[first:second], others=taught[second:]
    )


class _Run:
    """What both trainings of a part have in common: its texts, what is held out of them, and the log."""

    def __init__(self, options: argparse.Namespace, recipe: Recipe) -> None:
        self.work, self.recipe = options.work, recipe
        self.tokenize = Tokenization.load(options.work)
        self.sources = read_sources(options.data, recipe)
        self.sentences, self.held_out = split_sources(self.sources, options.part)
        self.pool = names_to_swap(options.knowledge)

    def train(self, model: PoliticalEncoder, tasks: Sequence[Task], schedule: Schedule, name: str) -> None:
        """Train, and write weights and figures under a name."""

        def report(epoch: int, model: PoliticalEncoder) -> None:
            for title, (scheme, examples) in self.held_out.items():
                logger.info("%s: %s", title, measure(model, examples, self.tokenize, scheme))
            if "topic" in model.heads:
                for title, values in measure_judgments(model, self.sources.hidden, self.tokenize).items():
                    logger.info("%s: %s", title, values)

        train(model, tasks, schedule, after_epoch=report)
        for head in {TEXT_VECTOR, TARGET_VECTOR} & set(model.heads):
            model.heads.pop(head)
        torch.save(model.state_dict(), self.work / f"{name}.pt")
        log = {"run": name, "recipe": msgspec.to_builtins(self.recipe)}
        log["hashes"] = {
            "sentences": hash_examples(self.sentences),
            "own": hash_examples(self.sources.own),
            "paragraphs": hash_examples(self.sources.paragraphs),
            "others": hash_examples(self.sources.others),
        }
        log |= judge(model, self.tokenize, self.held_out)
        if "topic" in model.heads:
            log["judgments"] = measure_judgments(model, self.sources.hidden, self.tokenize)
        (self.work / f"{name}.json").write_text(json.dumps(log, indent=1), encoding="utf-8")


def split_sources(sources: Sources, part: str) -> tuple[list[Example], dict[str, tuple[str, list[Example]]]]:
    """Give the sentences of CrossNER that are trained on, and what is measured on: title to scheme and texts."""
    both = [*sources.train, *sources.dev]
    if part == "train":
        learned, held = sources.train, sources.dev
    elif part == "all":
        learned, held = hold_out(both, _TENTH, _TENTH - 1)
    else:
        learned, held = hold_out(both, _FOLDS, int(part[-1]))
    return learned, {
        "gold": ("codebook", sources.gold),
        "crossner": ("crossner", held),
        "paragraphs": ("codebook", sources.hidden_paragraphs),
    }


def judge(
    model: PoliticalEncoder, tokenize: Tokenization, held_out: dict[str, tuple[str, list[Example]]]
) -> dict[str, Any]:
    """Measure on all that was held out, and keep each found name's raw probability with whether it is right."""
    figures, judged = {}, {}
    for title, (scheme, examples) in held_out.items():
        figures[title] = measure(model, examples, tokenize, scheme)
        read = predict_logits(model, [example.text for example in examples], tokenize, [scheme])
        pairs = [(tokens, logits[scheme]) for tokens, logits in read]
        judged[title] = judged_spans(examples, pairs, scheme, SCHEMES[scheme])
    return {"figures": figures, "judged": judged}


def _export(options: argparse.Namespace, recipe: Recipe) -> None:
    model = PoliticalEncoder(recipe.dropout)
    runs = [torch.load(options.work / f"{part}.pt", weights_only=True) for part in options.mean]
    model.load_weights(mean_weights(runs))
    write_model(model, options.work, options.output, read_judged_names(options.work, options.calibrate))


def read_judged_names(work: Path, parts: Sequence[str]) -> dict[str, list[tuple[float, bool]]]:
    """Read what the runs found in texts held out of them, of names alone where a part was not trained further."""
    judged: dict[str, list[tuple[float, bool]]] = {}
    for part in parts:
        last = work / f"{part}.json"
        log = json.loads((last if last.is_file() else work / f"{part}-names.json").read_text(encoding="utf-8"))
        for title, pairs in log["judged"].items():
            judged.setdefault(title, []).extend(pairs)
    return judged


def mean_weights(runs: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Give the mean of several runs' weights; they must have gone out from the same ones.

    References:
        Wortsman et al. (2022). Model soups: averaging weights of multiple fine-tuned models improves accuracy without
        increasing inference time. ICML.
    """
    return {name: torch.stack([run[name] for run in runs]).mean(dim=0) for name in runs[0]}


def write_model(
    model: PoliticalEncoder, work: Path, output: Path, judged: Mapping[str, Sequence[tuple[float, bool]]]
) -> None:
    """Write the folder of a shipped encoder: graph, tokenizer, gazetteer, settings."""
    output.mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.json", "gazetteer.npz"):
        shutil.copyfile(work / name, output / name)
    export_encoder(model.eval(), output / "encoder.onnx", heads=tuple(SCHEMES))
    held = {"crossner": judged["crossner"], "codebook": judged["paragraphs"]}
    settings = {
        "format": 1,
        "schemes": list(SCHEMES),
        "calibration": {scheme: fit_calibration(pairs) for scheme, pairs in held.items()},
        "raw_calibration_error": {scheme: round(calibration_error(pairs), 4) for scheme, pairs in held.items()},
    }
    (output / "encoder.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
