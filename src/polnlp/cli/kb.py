"""`polnlp kb`: look into the knowledge base, and put entities of one's own before it."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polnlp.cli.settings import ConfigOption
from polnlp.wording import several

if TYPE_CHECKING:
    from polnlp.kb import Entry, KnowledgeBase

SETTINGS = Path("polnlp.toml")
_SECTION = re.compile(r"\s*\[entities\]\s*(?:#.*)?")
_NEXT = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*own\s*=")

app = typer.Typer(
    help="Look into the knowledge base, add to it.",
    epilog='Example: polnlp kb search "movement for socialism"',
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("search", epilog='Example: polnlp kb search "movement for socialism"')
def search(
    name: Annotated[str, typer.Argument(help="A name or the beginning of one; accents do not matter.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Entries at most.")] = 20,
    config: ConfigOption = None,
) -> None:
    """List the entries that bear a name."""
    found = _open(config).search(name, limit=limit)
    for entry in found:
        typer.echo(f"{entry.id}\t{entry.label}\t{entry.name}\t{entry.country or ''}")
    if not found:
        hint = "try fewer words, or add your own by `polnlp kb add`"
        typer.echo(f"No entry bears a name with {name!r}; {hint}.", err=True)


@app.command("show", epilog="Example: polnlp kb show country:BOL")
def show(
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="An entry's id.")], config: ConfigOption = None
) -> None:
    """Print all that is known of an entry, as JSON."""
    import msgspec

    from polnlp.errors import PolnlpError

    entry = _open(config).entry(entry_id)
    if entry is None:
        raise PolnlpError(f"No entry {entry_id!r}; `polnlp kb search NAME` finds ids.")
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(entry), indent=1) + b"\n")


@app.command("add", epilog="Example: polnlp kb add mine.csv -c polnlp.toml")
def add(
    file: Annotated[Path, typer.Argument(help="CSV with the columns id, label, name, and any of the optional ones.")],
    config: ConfigOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file, record nothing.")] = False,
) -> None:
    """Let entities of your own go before the shipped ones: check the file, record it in the settings.

    Prints a row for each entity: id, label, name, and whose id or name it takes.
    """
    from polnlp.config import load_config
    from polnlp.kb import load_own_entities

    settings = config or SETTINGS
    before = load_config(settings).entities.own if settings.exists() else ()
    entries = load_own_entities(dict.fromkeys([file.as_posix()]))
    load_own_entities([*before, file.as_posix()])  # refuses an id that another file holds
    kb = _open(None)
    for entry in entries:
        typer.echo(f"{entry.id}\t{entry.label}\t{entry.name}\t{_say_overruled(entry, kb)}")
    if dry_run:
        return
    record_own(settings, file.as_posix())
    recorded = several(len(entries), "entity")
    typer.echo(f"{recorded} recorded in {settings}; use them with `polnlp run ... -c {settings}`.", err=True)


def record_own(settings: Path, file: str) -> None:
    """Name a file of own entities in a settings file, which is made where there is none; all else in it stays.

    Raises:
        ConfigError: If the settings are wrong, cannot be written, or cannot be changed safely.
    """
    from msgspec.structs import replace

    from polnlp.config import Config, load_config
    from polnlp.errors import ConfigError

    config = load_config(settings) if settings.exists() else Config()
    if file in config.entities.own:
        return
    own = (*config.entities.own, file)
    wanted = replace(config, entities=replace(config.entities, own=own))
    line = f"own = {json.dumps(own, ensure_ascii=False)}"
    text = settings.read_text(encoding="utf-8") if settings.exists() else ""
    part = settings.with_name(settings.name + ".part")
    try:
        part.write_text(_set_own(text, line), encoding="utf-8")
        changed = _read_quietly(part)
        if changed != wanted:
            raise ConfigError(f"{settings}: cannot be changed safely; write `{line}` into its section [entities].")
        part.replace(settings)
    except OSError as error:
        raise ConfigError(f"{settings}: cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _read_quietly(path: Path) -> object:
    from polnlp.config import load_config
    from polnlp.errors import ConfigError

    try:
        return load_config(path)
    except ConfigError:
        return None


def _set_own(text: str, line: str) -> str:
    lines = text.splitlines()
    start = next((n for n, held in enumerate(lines) if _SECTION.fullmatch(held)), None)
    if start is None:
        return "\n".join([*lines, *([""] if lines else []), "[entities]", line, ""])
    end = next((n for n in range(start + 1, len(lines)) if _NEXT.match(lines[n])), len(lines))
    at = next((n for n in range(start + 1, end) if _KEY.match(lines[n])), None)
    if at is None:
        lines.insert(start + 1, line)
    else:
        lines[at] = line
    return "\n".join([*lines, ""])


def _open(config: Path | None) -> "KnowledgeBase":
    from polnlp.config import load_config
    from polnlp.kb import open_kb

    return open_kb(own=load_config(config).entities.own)


def _say_overruled(entry: "Entry", kb: "KnowledgeBase") -> str:
    if kb.entry(entry.id) is not None:
        return "takes the place of the shipped entry"
    shared = []
    for name in dict.fromkeys([entry.name, *(alias.text for alias in entry.aliases)]):
        others = [entry_id for entry_id, _ in kb.find(name)]
        if others:
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            shared.append(f"{name!r} of {others[0]}{more}")
    return f"takes {', '.join(shared)}" if shared else "new"
