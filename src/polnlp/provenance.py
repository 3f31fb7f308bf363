"""What a report is made by: version, settings, models and input, each by its hash."""

import hashlib
from importlib import metadata
from pathlib import Path

import msgspec

from polnlp import __version__
from polnlp.classify.store import read_scheme
from polnlp.config import Config, hash_config
from polnlp.errors import ModelError
from polnlp.kb import hash_own_entities
from polnlp.models import find_model, hash_model
from polnlp.schema import CAP, Article, MadeBy


class Provenance:
    """Gives each article's ``made_by`` without opening a model, so that finished work is known by its hashes.

    Raises:
        ModelError: If the settings name a model that is not there.
    """

    def __init__(self, config: Config) -> None:
        names = ("kb", "encoder", config.mentions.model, config.topic.model, config.stance.model)
        self.models = {Path(name).name: _version(name) for name in names}
        if config.entities.own:
            self.models["own entities"] = hash_own_entities(config.entities.own)
        self.settings = hash_config(config)
        self.topic_scheme = read_scheme(find_model(config.topic.model)) or CAP

    def made_by(self, article: Article) -> MadeBy:
        """Give what a report on this article, as it was read, is made by."""
        given = msgspec.structs.replace(article, origin="")
        digest = hashlib.sha256(msgspec.json.encode(given, order="deterministic")).hexdigest()
        return MadeBy(
            polnlp=__version__, settings=self.settings, models=self.models, topic_scheme=self.topic_scheme, input=digest
        )


def _version(name: str) -> str:
    try:
        return hash_model(find_model(name))
    except ModelError:
        try:
            return f"{name} {metadata.version(name)}"  # an installed spaCy pipeline
        except metadata.PackageNotFoundError:
            pass
        raise
