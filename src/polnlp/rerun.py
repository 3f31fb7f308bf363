"""A run once more, from its `run.json` alone, and whether the bytes agree."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from polnlp import __version__
from polnlp.account import read_account, read_run_config
from polnlp.errors import CorpusError
from polnlp.provenance import Provenance
from polnlp.remote import is_remote
from polnlp.reports import read_reports
from polnlp.runner import run_corpus
from polnlp.workers import Outcome

_APART = frozenset({"run.json", ".lock"})  # timings and host facts; no result


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each file of the first run.

    Attributes:
        same: Files whose bytes agree.
        different: Files whose bytes do not.
        missing: Files that only the first run has.
        added: Files that only the second has.
        changed: What is not as it was then: version, models, articles.
    """

    same: list[str]
    different: list[str]
    missing: list[str]
    added: list[str]
    changed: list[str]

    @property
    def agrees(self) -> bool:
        """Tell whether all results are the same bytes."""
        return not (self.different or self.missing or self.added)


def rerun(
    run: Path, output: Path, *, workers: int = 1, watch: Callable[[Outcome], None] = lambda outcome: None
) -> Agreement:
    """Repeat a run with the settings of its account, into another folder, and compare.

    A scholar's decisions in the run's ``merges.csv`` are honoured again.

    Args:
        run: The run's folder, or its ``run.json``.
        output: Folder to write to; empty or not there yet.

    Raises:
        CorpusError: If there is no account, an input is gone or was stdin, or ``output`` is not empty.
    """
    account = read_account(run)
    first = run if run.is_dir() else run.parent
    if output.exists() and any(output.iterdir()):
        raise CorpusError(f"{output}: is not empty; a rerun starts from nothing. Choose another folder with -o.")
    config = read_run_config(run)
    base = Path(account.get("folder") or Path.cwd())
    inputs = [_find_input(base, name) for name in account["inputs"]]
    own = tuple(str(base / name) for name in config.entities.own)
    config = replace(config, entities=replace(config.entities, own=own))
    changed = _list_changes(account, Provenance(config).models)
    output.mkdir(parents=True, exist_ok=True)
    if (first / "merges.csv").is_file():
        shutil.copyfile(first / "merges.csv", output / "merges.csv")
    run_corpus(inputs, output, config, workers=workers, resume=False, watch=watch)
    result = compare_files(first, output, changed)
    return result if result.agrees else replace(result, changed=[*changed, *_list_inputs(first, output)])


def compare_files(first: Path, second: Path, changed: list[str] | None = None) -> Agreement:
    """Compare what two runs wrote, file by file; other files that stand in the first folder do not count."""
    written = _list_files(second)
    before = {name for name in _list_files(first) if _is_result(name)}
    both = sorted(before & written)
    same = [name for name in both if (first / name).read_bytes() == (second / name).read_bytes()]
    return Agreement(
        same=same,
        different=[name for name in both if name not in set(same)],
        missing=sorted(before - written),
        added=sorted(written - before),
        changed=changed or [],
    )


def _is_result(name: str) -> bool:
    """Tell whether a run writes a file of this name; samples, notes and figures of a scholar's own are not of it."""
    folder, _, rest = name.rpartition("/")
    if folder:
        return folder in {"reports", "tables"}
    return rest in {"merges.csv", "entities.csv"} or rest.startswith(("graph", "nodes.", "edges."))


def _list_files(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in _APART)
    return {path.relative_to(folder).as_posix() for path in files}


def _find_input(base: Path, name: str) -> str | Path:
    if is_remote(name):
        return name
    if name == "-":
        raise CorpusError("The run read standard input, which is gone; save the texts and run them as files.")
    path = base / name
    if not path.exists():
        raise CorpusError(f"{path}: the run's input is not there any more; put it back, or run in the old folder.")
    return path


def _list_inputs(first: Path, second: Path) -> list[str]:
    """Name the articles that are not what they were, by the hash of what was read."""
    before, now = ({report.article.id: report.made_by.input for report in read_reports(run)} for run in (first, second))
    return [f"article {name}" for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]


def _list_changes(account: dict[str, Any], models: dict[str, str]) -> list[str]:
    changes = []
    if account["polnlp"] != __version__:
        changes.append(f"polnlp {account['polnlp']} then, {__version__} now")
    for name, digest in account["models"].items():
        if models.get(name) != digest:
            changes.append(f"model {name}: {digest[:12]} then, {(models.get(name) or 'gone')[:12]} now")
    return changes
