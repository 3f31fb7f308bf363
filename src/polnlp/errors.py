"""The errors that a user can mend; their messages say what was found, where, and what to do next."""


class PolnlpError(Exception):
    """Base of all errors that polnlp raises on purpose.

    Examples:
        >>> try:
        ...     raise CorpusError("corpus/: no article in this folder.")
        ... except PolnlpError as error:
        ...     print(error)
        corpus/: no article in this folder.
    """


class ConfigError(PolnlpError):
    """A setting is wrong: unknown, out of range, or of the wrong type.

    Examples:
        >>> from polnlp import load_config
        >>> load_config("nowhere.toml")
        Traceback (most recent call last):
        polnlp.errors.ConfigError: nowhere.toml: cannot read the settings: No such file or directory.
    """


class CorpusError(PolnlpError):
    """Input cannot be read: missing, unreadable, of an unknown form, or without articles.

    Examples:
        >>> from polnlp import read_articles
        >>> read_articles("nowhere/")
        Traceback (most recent call last):
        polnlp.errors.CorpusError: nowhere: cannot be read: No such file or directory. Check the path.
    """


class ModelError(PolnlpError):
    """A model or the knowledge base is missing, damaged, or not made for this version.

    Examples:
        >>> from polnlp.models import find_model
        >>> try:
        ...     find_model("no-such-model")
        ... except ModelError as error:
        ...     print(str(error)[:25])
        No model 'no-such-model':
    """
