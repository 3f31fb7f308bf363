"""Stage 4: mentions that name one thing become entities, linked to the knowledge base where it holds them."""

from polnlp.entities.identity import Resolution
from polnlp.entities.references import find_references
from polnlp.entities.resolving import resolve_entities

__all__ = ["Resolution", "find_references", "resolve_entities"]
