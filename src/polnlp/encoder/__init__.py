"""The encoder: each paragraph is read once, and names, topics and stances all use that reading."""

from polnlp.encoder.reader import Encoder, Reading

__all__ = ["Encoder", "Reading"]
