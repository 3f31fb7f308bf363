"""The encoder in torch: a BERT of six layers whose input also carries case and known names."""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from polnlp.encoder.tokens import N_FEATURES

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
VOCABULARY, POSITIONS = 30522, 512
_NORM_EPSILON = 1e-12


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=_NORM_EPSILON)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=_NORM_EPSILON)
        self.dropout = dropout

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Map ``(batch, length, WIDTH)`` to the same; ``mask`` ``(batch, 1, 1, length)`` is True where a piece is."""
        batch, length, _ = hidden.shape
        query, key, value = (
            part.view(batch, length, HEADS, -1).transpose(1, 2)
            for part in self.query_key_value(hidden).chunk(3, dim=-1)
        )
        # No dropout on attention: it takes torch off its fused kernel, which costs a quarter of the time on a CPU.
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.attended(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        hidden = self.attended_norm(hidden + F.dropout(mixed, self.dropout, self.training))
        fed = self.outer(F.gelu(self.inner(hidden)))
        normed: Tensor = self.outer_norm(hidden + F.dropout(fed, self.dropout, self.training))
        return normed


class PoliticalEncoder(nn.Module):
    """Piece ids and features → vectors ``(batch, length, WIDTH)``; output layers are kept by name in ``heads``."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH, padding_idx=0)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.feature = nn.Linear(N_FEATURES, WIDTH, bias=False)
        self.norm = nn.LayerNorm(WIDTH, eps=_NORM_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = nn.ModuleDict()
        self.dropout = dropout
        nn.init.zeros_(self.feature.weight)
        self.word.weight.requires_grad_(False)

    def add_head(self, name: str, n_outputs: int, n_inputs: int = WIDTH) -> None:
        """Add a linear output layer on the vectors, or on several of them side by side."""
        head = nn.Linear(n_inputs, n_outputs)
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
        self.heads[name] = head

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Take weights of another run, with the output layers that it had."""
        for name, weight in weights.items():
            if name.startswith("heads.") and name.endswith(".weight"):
                self.add_head(name.split(".")[1], *weight.shape)
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
        hidden = self.word(ids) + self.position(positions) + self.feature(features.float())
        hidden = F.dropout(self.norm(hidden), self.dropout, self.training)
        mask = (ids != 0)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return F.dropout(hidden, self.dropout, self.training)


def load_start_weights(model: PoliticalEncoder, folder: Path) -> None:
    """Copy the weights of a BERT checkpoint of the same sizes (``model.safetensors``) into the model."""
    given = load_file(folder / "model.safetensors")
    given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
    with torch.no_grad():
        model.word.weight.copy_(given["embeddings.word_embeddings.weight"])
        # All text is of type 0, so that the type's vector can be added to every position's once.
        types = given["embeddings.token_type_embeddings.weight"]
        model.position.weight.copy_(given["embeddings.position_embeddings.weight"] + types[0])
        _copy(model.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(model.stack()):
            _copy_layer(layer, given, f"encoder.layer.{number}.")


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
