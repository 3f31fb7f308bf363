"""`polnlp info`: versions, models, knowledge base, licences, settings."""

import inspect
import json
import platform
import re
import textwrap
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import typer

LIBRARIES = ("spacy", "scikit-learn", "networkx", "onnxruntime", "msgspec", "skops", "trafilatura", "pyarrow")


def info(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    settings: Annotated[
        bool, typer.Option("--settings", help="Print all settings, what they do and their defaults, as TOML.")
    ] = False,
) -> None:
    """Tell versions, models, knowledge base and licences."""
    if settings:
        typer.echo(default_settings(), nl=False)
        return
    facts = gather()
    if as_json:
        typer.echo(json.dumps(facts, indent=1))
        return
    typer.echo(f"polnlp {facts['polnlp']} (Apache-2.0), Python {facts['python']}")
    for name, model in facts["models"].items():
        typer.echo(f"model {name}: {model['megabytes']} MB, sha256 {model['sha256'][:12]}, licence {model['licence']}")
    typer.echo(f"cards: {Path(facts['models']['kb']['card']).parents[1]}/*/CARD.md")
    typer.echo(", ".join(f"{name} {version}" for name, version in facts["libraries"].items()))


def gather() -> dict[str, Any]:
    """Collect what `polnlp info` tells."""
    from polnlp import __version__
    from polnlp.models import hash_model, list_models, read_licence

    return {
        "polnlp": __version__,
        "python": platform.python_version(),
        "models": {
            name: {
                "megabytes": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6, 2),
                "sha256": hash_model(folder),
                "licence": read_licence(folder),
                "card": str(folder / "CARD.md"),
            }
            for name, folder in list_models().items()
        },
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
    }


def default_settings() -> str:
    """Give all settings with what they do and their defaults, as TOML; one that is unset stands there as a comment."""
    import msgspec

    from polnlp.config import Config

    config = Config()
    lines = []
    for section, settings in msgspec.to_builtins(config).items():
        told = _describe(type(getattr(config, section)))
        lines.append(f"[{section}]")
        for key, value in settings.items():  # JSON's strings, numbers, booleans, lists and {} are TOML's too
            for sentence in told[key].split("\n"):
                lines += textwrap.wrap(sentence, 100, initial_indent="# ", subsequent_indent="# ")
            lines.append(f"# {key} =" if value is None else f"{key} = {json.dumps(value)}")
        lines.append("")
    return "\n".join(lines)


def _describe(section: type) -> dict[str, str]:
    """Give what a section's docstring says of each setting, and the values that it may have."""
    told: dict[str, str] = {}
    name = ""
    attributes = (inspect.getdoc(section) or "").partition("Attributes:\n")[2].partition("\n\n")[0]
    for line in attributes.splitlines():
        if match := re.match(r"    (\w+): (.*)", line):
            name, told[match[1]] = match[1], match[2]
        elif name:
            told[name] += f" {line.strip()}"
    for key, hint in get_type_hints(section).items():
        if get_origin(hint) is Literal:
            told[key] += f"\nOne of {', '.join(map(json.dumps, get_args(hint)))}."
    return {key: text.replace("``", "") for key, text in told.items()}
