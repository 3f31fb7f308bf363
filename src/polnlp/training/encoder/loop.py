"""The training loop: any number of tasks on one encoder, batches of all of them shuffled together."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import msgspec
import torch
from torch import Tensor

from polnlp.training.encoder.model import PoliticalEncoder, has_16_bit_unit

logger = logging.getLogger(__name__)

_REPORT_EVERY = 50  # steps


class Task(Protocol):
    """What a task plugs in: output layers, batches, and the loss of one."""

    def heads(self) -> dict[str, tuple[int, int]]:
        """Give the output layers with their numbers of outputs and of vectors that each reads side by side."""

    def batches(self, rng: random.Random) -> Iterator[Any]:
        """Give one epoch of batches."""

    def loss(self, model: PoliticalEncoder, batch: Any) -> Tensor:
        """Give the batch's loss, a scalar."""


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """How to train.

    Attributes:
        epochs: Passes over all tasks' data.
        rate: Peak learning rate, reached after ``warmup`` (a share of all steps), then falling to 0 in a line.
        layer_decay: Factor per layer from the top down.
        fresh: Factor for what starts from nothing: features and output layers.
        clip: Greatest norm of the gradient.
        seed: Of weights, order and dropout.
        average: Decay of the moving average of the weights that is kept in the end; 0 keeps the last.
    """

    epochs: int = 8
    rate: float = 1e-3
    warmup: float = 0.1
    layer_decay: float = 1.0
    fresh: float = 1.0
    weight_decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    average: float = 0.0


def train(
    model: PoliticalEncoder,
    tasks: Sequence[Task],
    schedule: Schedule,
    *,
    after_epoch: Callable[[int, PoliticalEncoder], None] | None = None,
) -> None:
    """Train the model in place.

    Args:
        model: With start weights; output layers that are missing are added.
        tasks: Each epoch goes once through the data of each.
        schedule: Rates and lengths.
        after_epoch: Called with the epoch's number from 1, for measuring.
    """
    torch.manual_seed(schedule.seed)
    rng = random.Random(schedule.seed)  # noqa: S311 (an order of batches needs no secrecy)
    for task in tasks:
        for name, (n_outputs, n_vectors) in task.heads().items():
            if name not in model.heads:
                model.add_head(name, n_outputs, n_vectors)
    first = _draw(tasks, rng)
    n_steps = len(first) * schedule.epochs
    optimizer = torch.optim.AdamW(_groups(model, schedule), betas=(0.9, 0.98), fused=True)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, n_steps, schedule.warmup))
    average = _Average(model, schedule.average) if schedule.average else None
    for epoch in range(1, schedule.epochs + 1):
        started = time.monotonic()
        model.train()
        model.in_16_bits = has_16_bit_unit()
        total = 0.0
        batches = first if epoch == 1 else _draw(tasks, rng)
        for step, (task, batch) in enumerate(batches, start=1):
            loss = task.loss(model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.clip)
            optimizer.step()
            scheduler.step()
            optimizer.zero_grad()
            total += loss.item()
            if step % _REPORT_EVERY == 0:
                logger.info("epoch %d: step %d of %d, mean loss %.4f", epoch, step, len(batches), total / step)
            if average:
                average.update()
        model.in_16_bits = False
        seconds = time.monotonic() - started
        logger.info("epoch %d: mean loss %.4f, %d batches, %.0f s", epoch, total / len(batches), len(batches), seconds)
        if after_epoch:
            after_epoch(epoch, model)
    if average:
        average.keep()


def _draw(tasks: Sequence[Task], rng: random.Random) -> list[tuple[Task, Any]]:
    drawn = [(task, batch) for task in tasks for batch in task.batches(rng)]
    rng.shuffle(drawn)
    return drawn


def _rate(step: int, n_steps: int, warmup: float) -> float:
    rising = max(1, int(n_steps * warmup))
    return (step + 1) / rising if step < rising else max(0.0, (n_steps - step) / max(1, n_steps - rising))


def _groups(model: PoliticalEncoder, schedule: Schedule) -> list[dict[str, Any]]:
    depth = len(model.layers)
    groups: dict[tuple[int, bool, bool], list[Tensor]] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            level = depth if name.startswith("heads") else int(name.split(".")[1]) if name.startswith("layers") else 0
            fresh = name.startswith(("heads", "feature"))
            groups.setdefault((level, weight.ndim > 1, fresh), []).append(weight)
    return [
        {
            "params": weights,
            "lr": schedule.rate * (schedule.fresh if fresh else schedule.layer_decay ** (depth - level)),
            "weight_decay": schedule.weight_decay if decays else 0.0,
        }
        for (level, decays, fresh), weights in sorted(groups.items(), key=lambda group: group[0])
    ]


class _Average:
    """A moving average of the trained weights."""

    def __init__(self, model: PoliticalEncoder, decay: float) -> None:
        self._trained: list[Tensor] = [weight for weight in model.parameters() if weight.requires_grad]
        self._kept = [weight.detach().clone() for weight in self._trained]
        self._decay = decay
        self._steps = 0

    @torch.no_grad()
    def update(self) -> None:
        self._steps += 1
        # Early on the average would still be mostly the start weights.
        decay = min(self._decay, self._steps / (self._steps + 10))
        torch._foreach_lerp_(self._kept, self._trained, 1 - decay)

    @torch.no_grad()
    def keep(self) -> None:
        for weight, kept in zip(self._trained, self._kept, strict=True):
            weight.copy_(kept)
