"""The shipped encoder: speed beside a spaCy pipeline, node types, share of the int8 peak, size, and exact-span F1.

    python benchmarks/encoder.py --data DATA [--pipeline en_core_web_sm] [--rounds 5]

Everything runs one after the other on one thread; speeds are medians over alternating rounds, so that a busy machine
slows both sides alike.
"""

import argparse
import collections
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import spacy
from onnx import TensorProto, helper

from polnlp.encoder import Encoder
from polnlp.encoder.reader import WIDTH
from polnlp.mentions.encoder_tagger import EncoderTagger
from polnlp.models import find_model

_LOADING = """
import resource, sys, time
import numpy, onnxruntime, tokenizers, polnlp.mentions.encoder_tagger
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
tagger = polnlp.mentions.encoder_tagger.EncoderTagger(polnlp.encoder.Encoder.load())
seconds = time.perf_counter() - started
tagger.tag(["The prime minister of Spain spoke."])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"loading beyond imports {seconds:.2f} s; resident {before / 1024:.0f} MB before, {peak / 1024:.0f} MB after")
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"))
    parser.add_argument("--pipeline", default="en_core_web_sm")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=12_000)
    options = parser.parse_args()
    describe_file(find_model("encoder") / "encoder.onnx")
    print(subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True).stdout.strip())
    texts = read_texts(options.data, options.words)
    compare_speed(texts, options.pipeline, options.rounds)
    share_of_peak(texts)
    score(options.data)


def describe_file(path):
    nodes = collections.Counter(node.op_type for node in onnx.load(path).graph.node)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB;", ", ".join(f"{k} {n}" for k, n in nodes.most_common()))


def read_texts(data, n_words):
    texts, words = [], 0
    with (data / "corpus/articles.jsonl").open(encoding="utf-8") as lines:
        for line in list(lines)[::17]:
            for paragraph in json.loads(line)["text"].split("\n\n"):
                if words < n_words:
                    texts.append(paragraph)
                    words += len(paragraph.split())
    return texts


def compare_speed(texts, pipeline, rounds):
    words = sum(len(text.split()) for text in texts)
    tagger = EncoderTagger(Encoder.load())
    nlp = load_pipeline(pipeline)
    runs = {"encoder": lambda: tagger.tag(texts), pipeline: lambda: collections.deque(nlp.pipe(texts), maxlen=0)}
    speeds = {name: [] for name in runs}
    for name, run in list(runs.items()) * (rounds + 1):
        started = time.perf_counter()
        run()
        speeds[name].append(words / (time.perf_counter() - started))
    encoder, other = (measured[1:] for measured in speeds.values())  # the first round warms up
    ratios = [a / b for a, b in zip(encoder, other, strict=True)]
    print(f"{words} words in {len(texts)} paragraphs, one thread, {rounds} alternating rounds:")
    for name, measured in (("encoder and decoding", encoder), (f"{pipeline}, full pipeline", other)):
        print(f"  {name}: median {statistics.median(measured):.0f} words/s ({min(measured):.0f}-{max(measured):.0f})")
    print(f"  ratio: median {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


def load_pipeline(name):
    # Several packages repackage the small pipeline; a module that has load() is as good as a registered name.
    try:
        return spacy.load(name)
    except OSError:
        return __import__(name).load()


def share_of_peak(texts, length=130, rounds=30):
    """Time a window against nothing but its int8 products, of the same shapes."""
    encoder = Encoder.load()
    window = " ".join(" ".join(texts).split()[: int(length * 0.8)])
    pieces = len(next(encoder.read([window])).offsets) + 2
    products = product_session()
    feeds = {
        name: np.random.default_rng(0).integers(0, 255, (pieces, width)).astype(np.uint8)
        for name, width in (("narrow", WIDTH), ("wide", 4 * WIDTH))
    }
    whole, bare = [], []
    for _ in range(rounds):
        started = time.perf_counter()
        list(encoder.read([window]))
        middle = time.perf_counter()
        products.run(None, feeds)
        whole.append(middle - started)
        bare.append(time.perf_counter() - middle)
    share = statistics.median(b / w for b, w in zip(bare, whole, strict=True))
    print(f"a window of {pieces} pieces: {1e3 * statistics.median(whole):.1f} ms, its bare int8 products")
    print(f"  {1e3 * statistics.median(bare):.1f} ms: {share:.0%} of the machine's int8 peak")


def product_session(layers=6):
    shapes = [("narrow", 3 * WIDTH), ("narrow", WIDTH), ("narrow", 4 * WIDTH), ("wide", WIDTH)] * layers
    rng = np.random.default_rng(0)
    nodes, weights, outputs = [], [], []
    for number, (name, columns) in enumerate(shapes):
        rows = WIDTH if name == "narrow" else 4 * WIDTH
        values = rng.integers(-127, 127, (rows, columns)).astype(np.int8)
        weights.append(onnx.numpy_helper.from_array(values, f"w{number}"))
        nodes.append(helper.make_node("MatMulInteger", [name, f"w{number}"], [f"y{number}"]))
        outputs.append(helper.make_tensor_value_info(f"y{number}", TensorProto.INT32, ["n", columns]))
    widths = (("narrow", WIDTH), ("wide", 4 * WIDTH))
    inputs = [helper.make_tensor_value_info(name, TensorProto.UINT8, ["n", width]) for name, width in widths]
    graph = helper.make_graph(nodes, "products", inputs, outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


def score(data):
    from polnlp.training.encoder.data import read_crossner, read_gold_article
    from polnlp.training.encoder.names import score_spans

    encoder = Encoder.load()
    sets = {
        ("crossner", "CrossNER politics dev (in the training data of the shipped model)"): read_crossner(
            data / "ner/crossner_politics_dev.jsonl"
        ),
        ("codebook", "whole articles (never trained on)"): [
            paragraph for path in sorted((data / "gold").glob("*.json")) for paragraph in read_gold_article(path)
        ],
    }
    for (scheme, title), examples in sets.items():
        found = EncoderTagger(encoder, scheme).tag([example.text for example in examples])
        gold = [[tuple(span) for span in example.marked[scheme]] for example in examples]
        rates = score_spans(gold_spans(gold), gold_spans([[name[:3] for name in names] for names in found]))
        print(f"{title}: micro P {rates['micro'][0]} R {rates['micro'][1]} F1 {rates['micro'][2]}")
        print("  " + " ".join(f"{label} {rate[2]}" for label, rate in rates.items() if label != "micro"))


def gold_spans(texts):
    from polnlp.training.encoder.data import Span

    return [[Span(*span) for span in spans] for spans in texts]


if __name__ == "__main__":
    main()
