"""The encoder: each paragraph is read once, and names, topics and stances all use that reading."""

from polnlp.encoder.reader import WIDTH, Encoder, Reading
from polnlp.encoder.shared import SharedReader, default_reader, load_reader, mean_vector, target_vector

__all__ = [
    "WIDTH",
    "Encoder",
    "Reading",
    "SharedReader",
    "default_reader",
    "load_reader",
    "mean_vector",
    "target_vector",
]
