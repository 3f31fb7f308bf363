"""`polnlp info`: versions, models, knowledge base, licences, settings."""

import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer

LIBRARIES = ("spacy", "scikit-learn", "networkx", "onnxruntime", "msgspec", "skops", "trafilatura", "pyarrow")


def info(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    settings: Annotated[bool, typer.Option("--settings", help="Print all settings and defaults, as TOML.")] = False,
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
    """Give all settings with their defaults as TOML; one that is unset stands there as a comment."""
    import msgspec

    from polnlp.config import Config

    lines = []
    for section, settings in msgspec.to_builtins(Config()).items():
        lines.append(f"[{section}]")
        for key, value in settings.items():  # JSON's strings, numbers, booleans, lists and {} are TOML's too
            lines.append(f"# {key} =" if value is None else f"{key} = {json.dumps(value)}")
        lines.append("")
    return "\n".join(lines)
