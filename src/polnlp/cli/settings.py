"""Settings of a command: its options win over the file's, the file's over the defaults."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from polnlp.config import Config

ConfigOption = Annotated[
    Path | None, typer.Option("--config", "-c", envvar="POLNLP_CONFIG", help="Settings, a TOML file.")
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        envvar="POLNLP_MODEL",
        help="Names tagger: a shipped model, a folder, or an installed spaCy pipeline.",
    ),
]


def read_settings(path: Path | None, *, model: str | None = None, keep_text: bool = True) -> "Config":
    """Read the settings' file, if one is given, and put a command's options over it."""
    from msgspec.structs import replace

    from polnlp.config import load_config

    config = load_config(path)
    if model is not None:
        config = replace(config, mentions=replace(config.mentions, model=model))
    if not keep_text:
        config = replace(config, reports=replace(config.reports, text=False))
    return config
