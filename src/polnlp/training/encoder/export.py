"""Write the trained encoder as an int8 ONNX graph, node by node.

Written by hand rather than traced: query, key and value are one product, there is no padding mask since a window is
read alone, and the file holds exactly the nodes that ONNX Runtime fuses into its fast int8 kernels.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from polnlp.encoder.tokens import N_FEATURES
from polnlp.training.encoder.model import HEADS, WIDTH, Layer, PoliticalEncoder

_OPSET, _IR = 17, 8
Array = npt.NDArray[np.generic]


def export_encoder(model: PoliticalEncoder, path: Path, *, heads: tuple[str, ...], int8: bool = True) -> None:
    """Write the encoder with some of its output layers.

    Inputs of the graph: ``ids`` (length,) int64 with both marks, ``features`` (length, N_FEATURES) uint8. Outputs:
    ``vectors`` (length, WIDTH) and, per output layer, ``names_<layer>`` (length, n_outputs).

    Args:
        model: The trained model.
        path: File to write.
        heads: Output layers to keep.
        int8: Signed 8-bit weights, a scale per output column (per row in the word table); activations are quantised
            as they come, per window. Else 32-bit floats.
    """
    graph = _Graph(int8)
    hidden = _embed(graph, model)
    for number, layer in enumerate(model.stack()):
        hidden = _layer(graph, layer, hidden, f"layer{number}")
    graph.node("Identity", [hidden], "vectors")
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["length", WIDTH])]
    for name in heads:
        graph.float_linear(hidden, model.head(name), f"names_{name}")
        width = model.head(name).out_features
        outputs.append(helper.make_tensor_value_info(f"names_{name}", TensorProto.FLOAT, ["length", width]))
    onnx.save(graph.finish(outputs), path)


class _Graph:
    """Nodes and constants as they are added."""

    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: int | float) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], None, None, domain, None, **attributes))
        return output

    def constant(self, name: str, value: Array) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def linear(self, hidden: str, linear: nn.Linear, name: str) -> str:
        """Add a product with its bias, in 8 bits where the graph is."""
        if not self.int8:
            return self.float_linear(hidden, linear, name)
        weight, scale = quantize_columns(_array(linear.weight).T)
        if f"{hidden}_q" not in self.constants and not any(f"{hidden}_q" in node.output for node in self.nodes):
            parts = [f"{hidden}_q", f"{hidden}_range", f"{hidden}_zero"]
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [hidden], parts))
        zeros = self.constant(f"{name}_zero", np.zeros(len(scale), np.int8))
        inputs = [f"{hidden}_q", self.constant(f"{name}_weight", weight), f"{hidden}_zero", zeros]
        whole = self.node("Cast", [self.node("MatMulInteger", inputs, f"{name}_int")], f"{name}_float", to=1)
        both = self.node("Mul", [f"{hidden}_range", self.constant(f"{name}_scale", scale)], f"{name}_scales")
        product = self.node("Mul", [whole, both], f"{name}_product")
        return self.node("Add", [product, self.constant(f"{name}_bias", _array(linear.bias))], name)

    def float_linear(self, hidden: str, linear: nn.Linear, name: str) -> str:
        weight = self.constant(f"{name}_weight", _array(linear.weight).T)
        product = self.node("MatMul", [hidden, weight], f"{name}_product")
        return self.node("Add", [product, self.constant(f"{name}_bias", _array(linear.bias))], name)

    def norm(self, hidden: str, norm: nn.LayerNorm, name: str) -> str:
        scale = self.constant(f"{name}_gain", _array(norm.weight))
        bias = self.constant(f"{name}_shift", _array(norm.bias))
        return self.node("LayerNormalization", [hidden, scale, bias], name, axis=-1, epsilon=norm.eps)

    def finish(self, outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
        inputs = [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["length"]),
            helper.make_tensor_value_info("features", TensorProto.UINT8, ["length", N_FEATURES]),
        ]
        graph = helper.make_graph(self.nodes, "polnlp-encoder", inputs, outputs, list(self.constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="polnlp")


def quantize_columns(weight: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Round each column to signed 8 bits with a scale of its own, ``(rows, columns)`` → the same and ``(columns,)``."""
    scale = np.maximum(np.abs(weight).max(axis=0) / 127, 1e-12).astype(np.float32)
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale


def _embed(graph: _Graph, model: PoliticalEncoder) -> str:
    table = _array(model.word.weight)
    if graph.int8:
        rounded, scale = quantize_columns(table.T)
        words = graph.node("Gather", [graph.constant("word_table", rounded.T), "ids"], "word_int")
        words = graph.node("Cast", [words], "word_float", to=1)
        scales = graph.node("Gather", [graph.constant("word_scale", scale[:, None]), "ids"], "word_scales")
        words = graph.node("Mul", [words, scales], "words")
    else:
        words = graph.node("Gather", [graph.constant("word_table", table), "ids"], "words")
    positions = graph.constant("position_table", _array(model.position.weight).astype(np.float16))
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    length = graph.node("Shape", ["ids"], "length_of_ids")
    here = graph.node("Cast", [graph.node("Slice", [positions, zero, length, zero, one], "here_half")], "here", to=1)
    seen = graph.node("Cast", ["features"], "features_float", to=1)
    seen = graph.node("MatMul", [seen, graph.constant("feature_table", _array(model.feature.weight).T)], "seen")
    summed = graph.node("Add", [graph.node("Add", [words, here], "words_here"), seen], "embedded")
    return graph.norm(summed, model.norm, "embedded_norm")


def _layer(graph: _Graph, layer: Layer, hidden: str, name: str) -> str:
    joined = graph.linear(hidden, layer.query_key_value, f"{name}_qkv")
    first = graph.constant("first_axis", np.array([0]))
    joined = graph.node("Unsqueeze", [joined, first], f"{name}_qkv_batch")
    parts = [f"{name}_{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [joined], parts, axis=2))
    mixed = graph.node("MultiHeadAttention", parts, f"{name}_mixed_batch", domain="com.microsoft", num_heads=HEADS)
    mixed = graph.node("Squeeze", [mixed, first], f"{name}_mixed")
    attended = graph.linear(mixed, layer.attended, f"{name}_attended")
    attended = graph.norm(graph.node("Add", [attended, hidden], f"{name}_sum1"), layer.attended_norm, f"{name}_norm1")
    inner = graph.linear(attended, layer.inner, f"{name}_inner")
    inner = graph.node("Gelu", [inner], f"{name}_gelu", domain="com.microsoft")
    outer = graph.linear(inner, layer.outer, f"{name}_outer")
    return graph.norm(graph.node("Add", [outer, attended], f"{name}_sum2"), layer.outer_norm, f"{name}_norm2")


def _array(tensor: Tensor) -> npt.NDArray[np.float32]:
    values: npt.NDArray[np.float32] = tensor.detach().numpy().astype(np.float32)
    return values
