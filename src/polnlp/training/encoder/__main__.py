"""Make the encoder, step by step.

python -m polnlp.training.encoder prepare  --data D --knowledge K --start S --work W
python -m polnlp.training.encoder warm-up  --data D --start S --work W
python -m polnlp.training.encoder names    --data D --knowledge K --start S --work W --part fold0
python -m polnlp.training.encoder names    --data D --knowledge K --start S --work W --part all
python -m polnlp.training.encoder export   --work W --mean all fold0 --calibrate fold0 --output models/encoder

Every run of ``names`` leaves its weights, its figures and its settings with the data's hashes in the work folder.
"""

import argparse
import json
import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch

from polnlp.encoder.tokens import Tokenization
from polnlp.training.encoder.calibration import calibration_error, fit_calibration, judged_spans
from polnlp.training.encoder.data import Example, hash_examples
from polnlp.training.encoder.export import export_encoder
from polnlp.training.encoder.loop import train
from polnlp.training.encoder.model import PoliticalEncoder
from polnlp.training.encoder.names import predict_logits
from polnlp.training.encoder.recipe import (
    SCHEMES,
    Recipe,
    Sources,
    fold_of_dev,
    measure,
    name_tasks,
    names_to_swap,
    new_model,
    prepare_folder,
    read_sources,
    warm_up,
)

logger = logging.getLogger(__name__)

PARTS = ("train", "fold0", "fold1", "all")
_PARAGRAPHS_HELD_OUT = 5  # of every so many paragraphs one is measured on, unless all are trained on


def main() -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = _options()
    recipe = msgspec.toml.decode(options.recipe.read_bytes(), type=Recipe) if options.recipe else Recipe()
    torch.set_num_threads(options.threads)
    steps = {"prepare": _prepare, "warm-up": _warm_up, "names": _names, "export": _export}
    steps[options.step](options, recipe)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "warm-up", "names", "export"))
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"), help="Data folder.")
    parser.add_argument("--knowledge", type=Path, help="Folder of the name tables.")
    parser.add_argument("--start", type=Path, help="Folder of the start weights (all-MiniLM-L6-v2).")
    parser.add_argument("--work", type=Path, required=True, help="Folder for what is made on the way.")
    parser.add_argument("--part", choices=PARTS, default="all", help="What of CrossNER is trained on.")
    parser.add_argument(
        "--mean", choices=PARTS, nargs="+", default=["all"], help="Runs whose weights' mean is exported."
    )
    parser.add_argument("--calibrate", choices=PARTS[:3], default="fold0", help="Run whose held-out names calibrate.")
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
    tokenize = Tokenization.load(options.work)
    sources = read_sources(options.data, recipe)
    learned, held_out = split_sources(sources, options.part)
    torch.manual_seed(recipe.names.seed)
    warm = options.work / "warm.pt"
    model = new_model(options.start, recipe, warm=warm if warm.is_file() else None)
    tasks = name_tasks(*learned, tokenize, recipe, names_to_swap(options.knowledge))
    train(model, tasks, recipe.names)
    torch.save(model.state_dict(), options.work / f"{options.part}.pt")
    log = {"part": options.part, "recipe": msgspec.to_builtins(recipe), "hashes": [hash_examples(e) for e in learned]}
    log |= judge(model, tokenize, held_out)
    (options.work / f"{options.part}.json").write_text(json.dumps(log, indent=1), encoding="utf-8")
    logger.info("%s", json.dumps(log["figures"]))


def split_sources(
    sources: Sources, part: str
) -> tuple[tuple[list[Example], list[Example]], dict[str, tuple[str, list[Example]]]]:
    """Give what is trained on (sentences, paragraphs), and what is measured on: title to scheme and texts."""
    paragraphs = [e for i, e in enumerate(sources.paragraphs) if i % _PARAGRAPHS_HELD_OUT]
    held_paragraphs = sources.paragraphs[::_PARAGRAPHS_HELD_OUT]
    sentences, held_sentences = sources.train, sources.dev
    if part.startswith("fold"):
        joined, held_sentences = fold_of_dev(sources.dev, int(part[-1]))
        sentences = [*sources.train, *joined]
    held: dict[str, tuple[str, list[Example]]] = {"gold": ("codebook", sources.gold)}
    if part == "all":
        return ([*sources.train, *sources.dev], sources.paragraphs), held
    held |= {"crossner": ("crossner", held_sentences), "paragraphs": ("codebook", held_paragraphs)}
    return (sentences, paragraphs), held


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
    for scheme, labels in SCHEMES.items():
        model.add_head(scheme, 1 + 2 * len(labels))
    runs = [torch.load(options.work / f"{part}.pt", weights_only=True) for part in options.mean]
    model.load_state_dict(mean_weights(runs))
    log = json.loads((options.work / f"{options.calibrate}.json").read_text(encoding="utf-8"))
    write_model(model, options.work, options.output, log["judged"])


def mean_weights(runs: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Give the mean of several runs' weights; they must have gone out from the same ones.

    References:
        Wortsman et al. (2022). Model soups: averaging weights of multiple fine-tuned models improves accuracy without
        increasing inference time. ICML.
    """
    return {name: torch.stack([run[name] for run in runs]).mean(dim=0) for name in runs[0]}


def write_model(
    model: PoliticalEncoder, work: Path, output: Path, judged: dict[str, Sequence[tuple[float, bool]]]
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
