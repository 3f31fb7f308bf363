"""The encoder at run time: each text is read once, in windows, by an int8 ONNX graph."""

import json
import platform
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime

from polnlp.encoder.tokens import Tokenization, Tokens
from polnlp.errors import ModelError
from polnlp.models import find_model

Floats = npt.NDArray[np.float32]

WIDTH = 384
# Pieces in a window, and how far the next one reaches back: each piece has at least half of the overlap around it.
WINDOW, OVERLAP = 254, 94
_FORMAT = 1
_FILES = ("encoder.onnx", "encoder.json", "tokenizer.json")
# Windows that may wait for their turn per thread; bounds the memory that a long text takes.
_WAITING = 8


class Reading(NamedTuple):
    """What the encoder made of one text: names, topics and stances are all read off it.

    Attributes:
        text: As given.
        vectors: ``(n_pieces, 384)``; ``(0, 384)`` if they were not asked for.
        offsets: ``(n_pieces, 2)``, code points into ``text``, end not included.
        words: ``(n_words,)``, index of each word's first piece.
        names: Way of marking (``codebook``, ``crossner``) to logits ``(n_words, 19)`` in the order of ``NAME_TAGS``.
    """

    text: str
    vectors: Floats
    offsets: npt.NDArray[np.int32]
    words: npt.NDArray[np.int32]
    names: dict[str, Floats]

    def word_spans(self) -> npt.NDArray[np.int32]:
        """Give each word's start and end in code points, ``(n_words, 2)``."""
        last = np.append(self.words[1:], len(self.offsets)) - 1
        return np.stack([self.offsets[self.words, 0], self.offsets[last, 1]], axis=1)


class Window(NamedTuple):
    """Pieces ``start`` to ``end`` are read together; the result is kept for ``first`` to ``last`` alone."""

    start: int
    end: int
    first: int
    last: int


def cut_windows(n_pieces: int, *, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """Cover all pieces by overlapping windows; each piece is kept once, from where it stands furthest from an edge."""
    windows = []
    step = size - overlap
    for start in range(0, max(n_pieces - overlap, 1), step):
        end = min(start + size, n_pieces)
        first = start + overlap // 2 if start else 0
        last = n_pieces if end == n_pieces else end - (overlap - overlap // 2)
        windows.append(Window(start, end, first, last))
    return windows if n_pieces else []


class Encoder:
    """Reads texts; the same text gives the same bytes, whatever is read before, after or beside it.

    A window is always read alone: int8 activations take their scale from everything that is read together, so that
    in a batch a text's neighbours would change its tags. Threads read different windows, never parts of one.
    """

    def __init__(self, session: Any, tokenize: Tokenization, settings: Mapping[str, Any], *, threads: int = 1) -> None:
        """Wire the parts; ``Encoder.load`` is the usual way."""
        if threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        self._session = session
        self._tokenize = tokenize
        self._threads = threads
        self.schemes: tuple[str, ...] = tuple(settings["schemes"])
        self.calibration: dict[str, dict[str, list[float]]] = settings.get("calibration", {})

    @classmethod
    def load(cls, path: str | Path | None = None, *, threads: int = 1) -> "Encoder":
        """Read a model folder.

        Args:
            path: A folder, or the name of a shipped model; without one the shipped encoder.
            threads: Windows that are read at the same time; does not change what is found.

        Raises:
            ModelError: If the folder or one of its files is missing, damaged, or of another version's form.
        """
        folder = find_model("encoder" if path is None else path)
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"{folder}: not an encoder: {', '.join(missing)} missing. Reinstall polnlp or give another path."
            )
        try:
            settings = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
            tokenize = Tokenization.load(folder)
            session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), _session_options())
        except Exception as error:
            raise ModelError(f"{folder}: the encoder cannot be read: {error}") from error
        if settings.get("format") != _FORMAT:
            raise ModelError(
                f"{folder}: form {settings.get('format')!r} of the encoder; this polnlp reads form {_FORMAT}."
            )
        return cls(session, tokenize, settings, threads=threads)

    def read(self, texts: Iterable[str], *, vectors: bool = True) -> Iterator[Reading]:
        """Read texts of any length, in order; nothing is cut off.

        Args:
            texts: Usually one paragraph each. Taken lazily.
            vectors: Without them a text of 200,000 words takes some 20 MB instead of 400.

        Yields:
            One reading per text; a text without words has empty arrays.
        """
        if self._threads == 1:
            for text in texts:
                tokens = self._tokenize(text)
                parts = [self._read_window(tokens, vectors, window) for window in cut_windows(len(tokens.ids))]
                yield self._join(text, tokens, parts)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            yield from self._read_ahead(pool, texts, vectors)

    def _read_ahead(self, pool: ThreadPoolExecutor, texts: Iterable[str], vectors: bool) -> Iterator[Reading]:
        waiting: deque[tuple[str, Tokens, list[Future[list[Floats]]]]] = deque()
        n_windows = 0
        for text in texts:
            tokens = self._tokenize(text)
            read = partial(self._read_window, tokens, vectors)
            waiting.append((text, tokens, [pool.submit(read, window) for window in cut_windows(len(tokens.ids))]))
            n_windows += len(waiting[-1][2])
            while n_windows > _WAITING * self._threads and len(waiting) > 1:
                n_windows -= len(waiting[0][2])
                yield self._collect(waiting.popleft())
        while waiting:
            yield self._collect(waiting.popleft())

    def _collect(self, entry: tuple[str, Tokens, list[Future[list[Floats]]]]) -> Reading:
        text, tokens, parts = entry
        return self._join(text, tokens, [part.result() for part in parts])

    def _read_window(self, tokens: Tokens, vectors: bool, window: Window) -> list[Floats]:
        start, end, first, last = window
        ids = np.empty(end - start + 2, dtype=np.int64)
        ids[0], ids[1:-1], ids[-1] = self._tokenize.open_id, tokens.ids[start:end], self._tokenize.close_id
        features = np.zeros((len(ids), tokens.features.shape[1]), dtype=np.uint8)
        features[1:-1] = tokens.features[start:end]
        outputs = [*(["vectors"] if vectors else []), *(f"names_{scheme}" for scheme in self.schemes)]
        made: list[Floats] = self._session.run(outputs, {"ids": ids, "features": features})
        kept = slice(first - start + 1, last - start + 1)
        words = tokens.words[(tokens.words >= first) & (tokens.words < last)] - start + 1
        return [*([made[0][kept]] if vectors else []), *(logits[words] for logits in made[1 if vectors else 0 :])]

    def _join(self, text: str, tokens: Tokens, parts: list[list[Floats]]) -> Reading:
        if not parts:
            empty = {scheme: np.zeros((0, 19), np.float32) for scheme in self.schemes}
            return Reading(text, np.zeros((0, WIDTH), np.float32), tokens.offsets, tokens.words, empty)
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        made = columns.pop(0) if len(columns) > len(self.schemes) else np.zeros((0, WIDTH), np.float32)
        return Reading(text, made, tokens.offsets, tokens.words, dict(zip(self.schemes, columns, strict=True)))


def _session_options() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Windows have many lengths; a plan kept for each would grow without end.
    options.enable_mem_pattern = False
    if not _multiplies_exactly():
        options.add_session_config_entry("session.x64quantprecision", "1")
    options.log_severity_level = 3
    return options


def _multiplies_exactly() -> bool:
    # x86 without VNNI adds products of signed weights in 16 bits, where they saturate; the kernels that do not take
    # twice the time. All other processors (and all of x86 with VNNI) add in 32 bits.
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        described = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "vnni" in described
