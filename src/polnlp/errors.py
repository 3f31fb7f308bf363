"""The errors that a user can mend; their messages say what was found, where, and what to do next."""


class PolnlpError(Exception):
    """Base of all errors that polnlp raises on purpose."""


class ConfigError(PolnlpError):
    """A setting is wrong: unknown, out of range, or of the wrong type."""


class CorpusError(PolnlpError):
    """Input cannot be read: missing, unreadable, of an unknown form, or without articles."""


class ModelError(PolnlpError):
    """A model or the knowledge base is missing, damaged, or not made for this version."""
