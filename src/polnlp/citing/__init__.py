"""What a paper that rests on a run has to cite, and the paragraph on methods that it needs."""

from polnlp.citing.bibliography import cite_run
from polnlp.citing.methods import describe_methods

__all__ = ["cite_run", "describe_methods"]
