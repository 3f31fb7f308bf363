"""Near copies: wire stories that stand in the corpus again with another headline, a cut or a changed word.

Two texts are near copies if they share most of their shingles (runs of five words). This is estimated by MinHash, and
only texts with a band of hashes in common are compared, so that time per article does not grow with the corpus. What
must be kept of each text lies in a temporary SQLite file, not in memory.
"""

import re
import sqlite3
import zlib
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

SIMILAR = 0.8  # share of shingles that two near copies have in common
_SHINGLE = 5  # words
_FEWEST = 20  # shingles; the overlap of shorter texts says too little
_BANDS, _ROWS = 8, 8  # of 8 bands, copies that share 0.9 of their shingles agree in one with a probability of 0.99
_PIECE = 4_096  # shingles that are hashed at once
_WORD = re.compile(r"\w+")
_LONGEST = 1_000_000  # characters; of a longer text its beginning stands for the whole
_COMPARED = 100  # texts that share a band with a new one and are compared with it, the earliest first
# Odd multipliers of 64 bits and what is added; the top 32 bits of the result are the hash. The same for ever.
_DIGESTS = b"".join(blake2b(bytes([number]), digest_size=16).digest() for number in range(_BANDS * _ROWS))
_TIMES, _PLUS = np.frombuffer(_DIGESTS, dtype="<u8").reshape(-1, 2).T | np.array([[1], [0]], dtype=np.uint64)

Signature = npt.NDArray[np.uint32]


class CopyFinder:
    """Remembers the texts that it was shown, and knows a near copy of an earlier one."""

    def __init__(self) -> None:
        self._known = sqlite3.connect("", check_same_thread=False)  # a file of its own that goes when it is closed
        self._known.execute("CREATE TABLE original (n INTEGER PRIMARY KEY, id TEXT, signature BLOB)")
        self._known.execute("CREATE TABLE band (key BLOB, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID")

    def find(self, article_id: str, text: str) -> str | None:
        """Give the id of the article that a text is a near copy of; of several the nearest, of equals the earliest.

        A text that is no copy is remembered, a copy is not: what is named is always an original.
        """
        signature = sign_text(text)
        if signature is None:
            return None
        keys = [band.tobytes() + bytes([number]) for number, band in enumerate(signature.reshape(_BANDS, _ROWS))]
        marks = ",".join("?" * len(keys))
        query = f"SELECT DISTINCT n FROM band WHERE key IN ({marks}) ORDER BY n LIMIT {_COMPARED}"  # noqa: S608 - no values
        nearest, best = None, SIMILAR
        for (number,) in self._known.execute(query, keys).fetchall():
            known, held = self._known.execute("SELECT id, signature FROM original WHERE n = ?", (number,)).fetchone()
            similarity = estimate_similarity(signature, np.frombuffer(held, dtype=np.uint32))
            if similarity > best or (similarity == best and nearest is None):
                nearest, best = known, similarity
        if nearest is None:
            self._remember(article_id, signature, keys)
        return nearest

    def _remember(self, article_id: str, signature: Signature, keys: list[bytes]) -> None:
        row = (article_id, signature.tobytes())
        number = self._known.execute("INSERT INTO original (id, signature) VALUES (?, ?)", row).lastrowid
        self._known.executemany("INSERT INTO band VALUES (?, ?)", [(key, number) for key in keys])


def sign_text(text: str) -> Signature | None:
    """Give a text's MinHash signature; ``None`` for one that is too short.

    References:
        Broder (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences.
    """
    words = _WORD.findall(text[:_LONGEST].lower())
    count = len(words) - _SHINGLE + 1
    if count < _FEWEST:
        return None
    signature = np.full(_BANDS * _ROWS, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, count, _PIECE):
        ends = range(start, min(start + _PIECE, count))
        shingles = np.fromiter(
            (zlib.crc32(" ".join(words[place : place + _SHINGLE]).encode("utf-8", "replace")) for place in ends),
            dtype=np.uint64,
        )
        hashes = (shingles[:, None] * _TIMES + _PLUS) >> np.uint64(32)
        signature = np.minimum(signature, hashes.min(axis=0).astype(np.uint32))
    return signature


def estimate_similarity(one: Signature, other: Signature) -> float:
    """Estimate which share of all shingles of two texts is in both, in [0, 1]."""
    return float(np.mean(one == other))
