"""Sentences and paragraphs with marked names, from the sources whose terms allow the model to be shipped."""

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from polnlp.evaluation.gold import GoldSpan
from polnlp.mentions.labels import CROSSNER
from polnlp.schema import LABELS
from polnlp.training import stance, topic
from polnlp.training.heads import is_hidden
from polnlp.training.judged import read_own_judged
from polnlp.training.marked import read_own_sentences

# CrossNER gives members of a party as misc, the codebook as the party; last words by which such a name is known.
_MEMBER = re.compile(
    r"(Republican|Democrat|Liberal|Conservative|Socialist|Communist|Nationalist|Federalist|Bolshevik|Menshevik|Whig)s?"
    r"|Democratic|Greens|Tory|Tories|Labour"
)
Vector = npt.NDArray[np.float16]
_PARTS_OF_STATES = frozenset(("Northern Ireland", "Scotland", "Wales", "England"))


class Span(NamedTuple):
    """A marked name, in code points."""

    start: int
    end: int
    label: str


class Target(NamedTuple):
    """What a text is judged about: its mentions in code points, and the attitude toward it.

    Attributes:
        label: One of ``STANCE_LABELS``, or None where only a teacher has judged.
        taught: A teacher's probabilities in the order of ``STANCE_LABELS``.
        vector: A teacher's mean vector of it, ``(width,)``, standardised.
    """

    spans: tuple[tuple[int, int], ...]
    label: str | None
    taught: tuple[float, ...] | None = None
    vector: Vector | None = None


class Example(NamedTuple):
    """A text and what is known of it; what is not known teaches nothing.

    Attributes:
        marked: Output layer for names to its spans; a layer that is missing learns nothing from this text.
        weights: Output layer for names to the weight of its loss, in (0, 1].
        topic: What it is about, and ``second`` what else, if anything.
        targets: Toward whom it takes or avoids a stance.
        source: By which figures are told apart.
        taught_topic: A teacher's probabilities in the order of ``TOPICS``.
        vector: A teacher's mean vector of the text, ``(width,)``, standardised.
    """

    id: str
    text: str
    marked: dict[str, list[Span]]
    weights: dict[str, float]
    topic: str | None = None
    second: str | None = None
    targets: tuple[Target, ...] = ()
    source: str = ""
    taught_topic: tuple[float, ...] | None = None
    vector: Vector | None = None


def read_crossner(path: Path, *, foreign: float = 0.5) -> list[Example]:
    """Read a part of CrossNER politics; the codebook's layer learns from it by mapping, with weight ``foreign``."""
    examples = []
    for row in _rows(path):
        spans = [Span(span["start"], span["end"], CROSSNER[span["label"]]) for span in row["spans"]]
        mapped = [span._replace(label=_to_codebook(span.label, row["text"][span.start : span.end])) for span in spans]
        marked = {"crossner": spans, "codebook": mapped}
        examples.append(Example(row["id"], row["text"], marked, {"crossner": 1.0, "codebook": foreign}))
    return examples


def _to_codebook(label: str, surface: str) -> str:
    if label == "MISC" and _MEMBER.fullmatch(surface.split()[-1]):
        return "PARTY"
    return "REGION" if surface in _PARTS_OF_STATES else label


def read_own() -> list[Example]:
    """Read the sentences and paragraphs that come with the package, marked for both layers."""
    sentences = zip(read_own_sentences("codebook"), read_own_sentences("crossner"), strict=True)
    read = [_own_example(one.id, one.text, one.spans, other.spans) for one, other in sentences]
    for item in read_own_judged():
        if not is_hidden("judged", item.text):
            targets = tuple(Target(target.spans, target.label) for target in item.stances)
            marked = _own_example(item.id, item.text, item.codebook, item.crossner)
            read.append(marked._replace(topic=item.topic, second=item.second, targets=targets, source="judged"))
    return read


def _own_example(name: str, text: str, codebook: Iterable[GoldSpan], crossner: Iterable[GoldSpan]) -> Example:
    marked = {
        "codebook": [Span(span.start, span.end, span.label) for span in codebook],
        "crossner": [Span(span.start, span.end, span.label) for span in crossner],
    }
    return Example(name, text, marked, {"codebook": 1.0, "crossner": 1.0})


def read_judged(data: Path) -> list[Example]:
    """Read what has a topic or stances, names apart: one item per text of any source, hidden ones included."""
    topics: dict[tuple[str, str], tuple[str, str | None]] = {}
    groups: dict[tuple[str, str], str] = {}
    for one in topic.read_examples(data):
        topics[one.source, one.text] = (one.label, one.second)
        groups[one.source, one.text] = one.group
    targets: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for example in stance.read_examples(data):
        targets[example.source, example.text].append(Target(example.spans, example.label))
        groups.setdefault((example.source, example.text), example.group)
    found = []
    for (source, text), group in groups.items():
        label, second = topics.get((source, text), (None, None))
        found.append(Example(group, text, {}, {}, label, second, tuple(targets[source, text]), source))
    return found


def read_paragraphs(path: Path, *, foreign: float = 0.5, without: frozenset[str] = frozenset()) -> list[Example]:
    """Read paragraphs marked by the codebook; dates are left to the temporal grammar.

    Args:
        path: JSON Lines with ``id``, ``text``, ``spans``.
        foreign: Weight for CrossNER's layer.
        without: Articles (the id's part before ``#``) to leave out.
    """
    examples = []
    for row in _rows(path):
        if row["id"].split("#")[0] not in without:
            spans = [Span(s["start"], s["end"], s["label"]) for s in row["spans"] if s["label"] in LABELS]
            marked = {"codebook": spans, "crossner": spans}
            examples.append(Example(row["id"], row["text"], marked, {"codebook": 1.0, "crossner": foreign}))
    return examples


def read_gold_article(path: Path) -> list[Example]:
    """Read the paragraphs of a gold article of the codebook: for measuring, never for training."""
    row = json.loads(path.read_text(encoding="utf-8"))
    spans = [Span(m["start"], m["end"], entity["label"]) for entity in row["entities"] for m in entity["mentions"]]
    examples = []
    for number, paragraph in enumerate(row["paragraphs"]):
        start, end = paragraph["start"], paragraph["end"]
        inside = sorted(Span(s - start, e - start, label) for s, e, label in spans if start <= s and e <= end)
        marked = {"codebook": inside}
        examples.append(Example(f"{row['id']}#{number}", row["text"][start:end], marked, {"codebook": 1.0}))
    return examples


class Auxiliary(NamedTuple):
    """A source with labels of its own: it trains an output layer that is thrown away, and the encoder under it.

    Attributes:
        path: Below the data folder.
        rename: The source's labels to the layer's; one that is missing is not marked.
    """

    name: str
    path: str
    rename: dict[str, str]


_COARSE = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": "MISC"}
_FEWNERD = {
    "organization-politicalparty": "PARTY",
    "organization-government/governmentagency": "GOVERNMENT",
    "organization-religion": "RELIGION",
    "organization-showorganization": "SHOW",
    "event-election": "ELECTION",
    "event-other": "EVENT",
    "event-sportsevent": "SPORTS",
    "person-other": "PERSON",
    "person-scholar": "SCHOLAR",
    "location-other": "PLACE",
    "building-other": "BUILDING",
    "building-library": "BUILDING",
    "art-writtenart": "WORK",
}
# Few-NERD's two parts mark different types, so each has a layer of its own: what one calls outside the other may mark.
AUXILIARIES: tuple[Auxiliary, ...] = (
    Auxiliary("redocred", "coref/redocred_dev.jsonl", {**_COARSE, "TIME": "TIME"}),
    Auxiliary("wikigold", "ner/wikigold.jsonl.gz", _COARSE),
    Auxiliary("fewnerd-a", "ner/fewnerd_inter_dev.jsonl.gz", _FEWNERD),
    Auxiliary("fewnerd-b", "ner/fewnerd_inter_test_public70.jsonl.gz", _FEWNERD),
    Auxiliary("ewt", "ner/uner_ewt_dev.jsonl", _COARSE),
    Auxiliary(
        "gum",
        "ner/gum_train.jsonl.gz",
        {"person": "PERSON", "place": "PLACE", "organization": "ORG", "event": "EVENT", "time": "TIME"},
    ),
    Auxiliary(
        "re3d",
        "ner/re3d_train.jsonl",
        {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE", "Nationality": "NATION", "Weapon": "WEAPON"},
    ),
)
# Types that political text holds: a Few-NERD sentence without any of them is passed over.
_POLITICAL = frozenset(("PARTY", "GOVERNMENT", "RELIGION", "ELECTION", "EVENT", "SCHOLAR"))


def read_auxiliary(source: Auxiliary, folder: Path, *, without: frozenset[str] = frozenset()) -> list[Example]:
    """Read a source for an output layer of its own name.

    Rows with a non-commercial licence are left out, pronouns and lower-case heads that a source marks are not marked.

    Args:
        source: What to read.
        folder: The data folder.
        without: Documents to leave out, by a part of the row's id.
    """
    examples = []
    for row in _rows(folder / source.path):
        if "NC" in row.get("license", "") or any(part in row["id"] for part in without):
            continue
        spans = list(_named_spans(row, source.rename))
        if source.name.startswith("fewnerd") and not any(span.label in _POLITICAL for span in spans):
            continue
        examples.append(Example(row["id"], row["text"], {source.name: spans}, {source.name: 1.0}))
    return examples


def _named_spans(row: dict[str, Any], rename: dict[str, str]) -> Iterator[Span]:
    given = row["spans"] if "spans" in row else [mention for cluster in row["clusters"] for mention in cluster]
    end = 0
    for span in sorted(given, key=lambda span: (span["start"], -span["end"])):
        label = rename.get(span["label"])
        named = any(letter.isupper() or letter.isdigit() for letter in row["text"][span["start"] : span["end"]])
        if label is not None and named and span["start"] >= end:
            end = span["end"]
            yield Span(span["start"], end, label)


def labels_of(examples: Iterable[Example], layer: str) -> tuple[str, ...]:
    """Give the labels that occur for one output layer, sorted."""
    return tuple(sorted({span.label for example in examples for span in example.marked.get(layer, [])}))


def hash_examples(examples: Iterable[Example]) -> str:
    """Give the sha256 of texts and what is known of them, for the log of runs."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(json.dumps(example._asdict(), sort_keys=True, default=np.ndarray.tolist).encode())
    return digest.hexdigest()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
