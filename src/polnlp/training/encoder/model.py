"""The encoder in torch: a BERT of six layers whose input also carries case and known names, and a larger teacher."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from polnlp.encoder.tokens import N_FEATURES

VOCABULARY, POSITIONS = 30522, 512
_NORM_EPSILON = 1e-12
_BUCKETS, _FARTHEST = 32, 128
_MPNET_MARKS = 4
_MARKS = {0: 1, 100: 3, 101: 0, 102: 2}  # pad, unknown, open and close: BERT's id to MPNet's
_OF_BERT = {
    "attention.attn.q": "attention.self.query",
    "attention.attn.k": "attention.self.key",
    "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense",
    "attention.LayerNorm": "attention.output.LayerNorm",
}


class Shape(NamedTuple):
    """Sizes of an encoder: width, attention heads, inner width, layers, and whether distances bias attention."""

    width: int
    heads: int
    inner: int
    layers: int
    relative: bool = False


STUDENT = Shape(384, 12, 1536, 6)  # MiniLM-L6, which is shipped
TEACHER = Shape(768, 12, 3072, 12, relative=True)  # MPNet, which reads the same pieces
WIDTH, HEADS = STUDENT.width, STUDENT.heads


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, dropout: float, shape: Shape = STUDENT) -> None:
        super().__init__()
        width = shape.width
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=_NORM_EPSILON)
        self.inner = nn.Linear(width, shape.inner)
        self.outer = nn.Linear(shape.inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=_NORM_EPSILON)
        self.dropout = dropout
        self.n_heads = shape.heads

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Map ``(batch, length, width)`` to the same; ``bias`` fits ``(batch, heads, length, length)``."""
        batch, length, width = hidden.shape
        query, key, value = (
            part.view(batch, length, self.n_heads, -1).transpose(1, 2)
            for part in self.query_key_value(hidden).chunk(3, dim=-1)
        )
        mixed = self.attended(_attend(query, key, value, bias).transpose(1, 2).reshape(batch, length, width))
        hidden = self.attended_norm(hidden + F.dropout(mixed, self.dropout, self.training))
        fed = self.outer(F.gelu(self.inner(hidden)))
        normed: Tensor = self.outer_norm(hidden + F.dropout(fed, self.dropout, self.training))
        return normed


def _attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
    # No dropout on attention: it takes torch off its fused kernel, which costs a quarter of the time on a CPU. In 16
    # bits that kernel takes five times as long backwards as plain products.
    if query.dtype != torch.bfloat16:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
    scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]) + bias
    return scores.softmax(dim=-1).to(value.dtype) @ value


class PoliticalEncoder(nn.Module):
    """Piece ids and features → vectors ``(batch, length, width)``; output layers are kept by name in ``heads``.

    Attributes:
        in_16_bits: Whether products are computed in bfloat16; vectors come out in 32 bits all the same.
    """

    def __init__(self, dropout: float = 0.1, shape: Shape = STUDENT) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(VOCABULARY, shape.width, padding_idx=0)
        self.position = nn.Embedding(POSITIONS, shape.width)
        self.feature = nn.Linear(N_FEATURES, shape.width, bias=False)
        self.norm = nn.LayerNorm(shape.width, eps=_NORM_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout, shape) for _ in range(shape.layers))
        if shape.relative:
            self.distance = nn.Embedding(_BUCKETS, shape.heads)
        self.heads = nn.ModuleDict()
        self.dropout = dropout
        self.in_16_bits = False
        nn.init.zeros_(self.feature.weight)
        self.word.weight.requires_grad_(False)

    def add_head(self, name: str, n_outputs: int, n_vectors: int = 1) -> None:
        """Add a linear output layer on the vectors, or on several of them side by side."""
        head = nn.Linear(n_vectors * self.shape.width, n_outputs)
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
        self.heads[name] = head

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Take weights of another run, with the output layers that it had."""
        for name, weight in weights.items():
            if name.startswith("heads.") and name.endswith(".weight"):
                self.add_head(name.split(".")[1], weight.shape[0], weight.shape[1] // self.shape.width)
        self.load_state_dict(weights)

    def stack(self) -> list[Layer]:
        """Give the layers, from the bottom up."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def head(self, name: str) -> nn.Linear:
        """Give an output layer.

        Raises:
            KeyError: If there is none of that name.
        """
        head = self.heads[name]
        if not isinstance(head, nn.Linear):
            raise TypeError(f"output layer {name!r} is no linear layer")
        return head

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """Read a batch; ``ids`` are padded with 0."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=self.in_16_bits):
            hidden = self.word(ids) + self.position(positions) + self.feature(features.float())
            hidden = F.dropout(self.norm(hidden), self.dropout, self.training)
            bias = torch.zeros(ids.shape).masked_fill_(ids == 0, -torch.inf)[:, None, None, :]
            if self.shape.relative:
                bias = bias + self.distance(_buckets(positions)).permute(2, 0, 1)
            for layer in self.layers:
                hidden = layer(hidden, bias)
        return F.dropout(hidden.float(), self.dropout, self.training)


def _buckets(positions: Tensor) -> Tensor:
    """Give the bucket of each distance, ``(length, length)``: near ones have one each, far ones share.

    References:
        Raffel et al. (2020). Exploring the limits of transfer learning with a unified text-to-text transformer.
        JMLR 21(140); MPNet (Song et al. 2020, NeurIPS) takes its buckets from there.
    """
    ahead = positions[None, :] - positions[:, None]
    half, exact = _BUCKETS // 2, _BUCKETS // 4
    distance = ahead.abs()
    growth = torch.log(distance.clamp(min=1) / exact) / math.log(_FARTHEST / exact)
    far = (exact + (growth * (half - exact)).long()).clamp(max=half - 1)
    return torch.where(distance < exact, distance, far) + half * (ahead > 0)


def has_16_bit_unit() -> bool:
    """Say whether this machine multiplies in 16 bits by hardware (AMX): training takes half of the time there."""
    return bool(torch.cpu._is_amx_tile_supported())


def load_start_weights(model: PoliticalEncoder, folder: Path) -> None:
    """Copy the weights of a checkpoint of the same sizes (``model.safetensors``), BERT's or MPNet's, into the model."""
    given = load_file(folder / "model.safetensors")
    if model.shape.relative:
        given = _in_terms_of_bert(given)
    given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
    with torch.no_grad():
        model.word.weight.copy_(given["embeddings.word_embeddings.weight"])
        # All text is of type 0, so that the type's vector can be added to every position's once.
        types = given["embeddings.token_type_embeddings.weight"]
        model.position.weight.copy_(given["embeddings.position_embeddings.weight"] + types[0])
        _copy(model.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(model.stack()):
            _copy_layer(layer, given, f"encoder.layer.{number}.")
        if model.shape.relative:
            model.distance.weight.copy_(given["encoder.relative_attention_bias.weight"])


def _in_terms_of_bert(given: dict[str, Tensor]) -> dict[str, Tensor]:
    """Name MPNet's weights as BERT's; its vocabulary is BERT's four further on, with marks of its own before."""
    renamed = {}
    for name, tensor in given.items():
        for theirs, ours in _OF_BERT.items():
            name = name.replace(theirs, ours)
        renamed[name] = tensor
    words = renamed["embeddings.word_embeddings.weight"]
    table = words[_MPNET_MARKS : _MPNET_MARKS + VOCABULARY].clone()
    table[list(_MARKS)] = words[list(_MARKS.values())]
    return renamed | {
        "embeddings.word_embeddings.weight": table,
        "embeddings.position_embeddings.weight": renamed["embeddings.position_embeddings.weight"][-POSITIONS:],
        "embeddings.token_type_embeddings.weight": torch.zeros(1, words.shape[1]),
    }


def _copy_layer(layer: Layer, given: dict[str, Tensor], prefix: str) -> None:
    parts = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
    for kind in ("weight", "bias"):
        joined = torch.cat([given[f"{part}.{kind}"] for part in parts])
        getattr(layer.query_key_value, kind).copy_(joined)
    _copy(layer.attended, given, f"{prefix}attention.output.dense")
    _copy(layer.attended_norm, given, f"{prefix}attention.output.LayerNorm")
    _copy(layer.inner, given, f"{prefix}intermediate.dense")
    _copy(layer.outer, given, f"{prefix}output.dense")
    _copy(layer.outer_norm, given, f"{prefix}output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
