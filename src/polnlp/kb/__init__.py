"""The political knowledge base: who is who, with names, offices and years; read here, built in ``training/kb``."""

from polnlp.kb.base import KnowledgeBase, open_kb
from polnlp.kb.records import Alias, Candidate, Entry, Tenure, Term
from polnlp.kb.user import hash_own_entities, load_own_entities, load_user_entities

__all__ = [
    "Alias",
    "Candidate",
    "Entry",
    "KnowledgeBase",
    "Tenure",
    "Term",
    "hash_own_entities",
    "load_own_entities",
    "load_user_entities",
    "open_kb",
]
