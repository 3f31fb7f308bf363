"""A run's account, its `run.json`, read back: what it read, with which settings and models."""

import json
from pathlib import Path
from typing import Any

import msgspec

from polnlp.config import Config
from polnlp.errors import CorpusError

_NEEDED = {"polnlp", "settings", "models", "inputs", "counts"}


def read_account(run: Path) -> dict[str, Any]:
    """Read a run's account, given as its folder or as the ``run.json`` in it.

    Raises:
        CorpusError: If there is none, or it is none.
    """
    path = run / "run.json" if run.is_dir() else run
    try:
        account = json.loads(path.read_bytes())
        missing = _NEEDED - account.keys()
    except (OSError, ValueError, AttributeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise CorpusError(f"{path}: not a run's account: {why}. Give the folder that `polnlp run` wrote.") from error
    if missing:
        raise CorpusError(f"{path}: not a run's account; it lacks {', '.join(sorted(missing))}.")
    return dict(account)


def read_run_config(run: Path) -> Config:
    """Give a run's settings; the defaults where its folder has no ``run.json``.

    Raises:
        CorpusError: If the account is damaged, or its settings are not those of this version.
    """
    if run.is_dir() and not (run / "run.json").is_file():
        return Config()
    account = read_account(run)
    try:
        return msgspec.convert(account["settings"], Config)
    except msgspec.ValidationError as error:
        raise CorpusError(
            f"{run}: the settings in run.json are none of polnlp's: {error}. polnlp {account['polnlp']} wrote them; "
            "use that version, or run anew with `polnlp run`."
        ) from error
