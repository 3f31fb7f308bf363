"""Read a shipped encoder's graph back into torch, to train it further."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from polnlp.errors import ModelError
from polnlp.training.encoder.model import PoliticalEncoder

Floats = npt.NDArray[np.float32]


def import_encoder(path: Path, *, dropout: float = 0.1) -> PoliticalEncoder:
    """Give the encoder of a graph that ``export_encoder`` wrote; 8-bit weights come back as what they stand for.

    Args:
        path: The ``.onnx`` file.
        dropout: For the training that follows.

    Raises:
        ModelError: If the file is no encoder of this form.
    """
    constants = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    model = PoliticalEncoder(dropout)
    try:
        with torch.no_grad():
            _copy(model.word.weight, _scaled(constants, "word_table", "word_scale"))
            _copy(model.position.weight, constants["position_table"])
            _copy(model.feature.weight, constants["feature_table"].T)
            _norm(model.norm, constants, "embedded_norm")
            for number, layer in enumerate(model.stack()):
                for part in ("attended", "inner", "outer"):
                    _linear(getattr(layer, part), constants, f"layer{number}_{part}")
                _linear(layer.query_key_value, constants, f"layer{number}_qkv")
                _norm(layer.attended_norm, constants, f"layer{number}_norm1")
                _norm(layer.outer_norm, constants, f"layer{number}_norm2")
            for name in constants:
                if name.startswith("names_") and name.endswith("_weight"):
                    scheme = name.removeprefix("names_").removesuffix("_weight")
                    model.add_head(scheme, constants[name].shape[1])
                    _linear(model.head(scheme), constants, f"names_{scheme}")
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{path}: no encoder of this form: {error}.") from error
    return model


def _scaled(constants: dict[str, npt.NDArray[np.generic]], table: str, scale: str) -> Floats:
    values: Floats = constants[table].astype(np.float32)
    return values * constants[scale].astype(np.float32) if scale in constants else values


def _linear(linear: nn.Linear, constants: dict[str, npt.NDArray[np.generic]], name: str) -> None:
    _copy(linear.weight, _scaled(constants, f"{name}_weight", f"{name}_scale").T)
    _copy(linear.bias, constants[f"{name}_bias"])


def _norm(norm: nn.LayerNorm, constants: dict[str, npt.NDArray[np.generic]], name: str) -> None:
    _copy(norm.weight, constants[f"{name}_gain"])
    _copy(norm.bias, constants[f"{name}_shift"])


def _copy(weight: Tensor, values: npt.NDArray[np.generic]) -> None:
    weight.copy_(torch.tensor(np.asarray(values, dtype=np.float32)))
