"""Direct and indirect quotation, each with its speaker; plain string code, in linear time.

Quotation marks are paired (``marks``), a text becomes sentences in which a quotation is one token (``tokens``), a
sentence is searched for who says what (``cues``) and thinks what of whom (``attitudes``), pronouns are resolved
(``people``), transcripts are read by their labels (``turns``); ``finder`` puts these together.
"""

from polnlp.classify.quotes.finder import Quote, find_holder, find_quotes

__all__ = ["Quote", "find_holder", "find_quotes"]
