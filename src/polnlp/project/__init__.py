"""A project folder to start from, copied from ``template/`` beside this module."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from polnlp.errors import PolnlpError


def make_project(folder: Path) -> list[Path]:
    """Make a project folder that `polnlp run` works on as it stands; give the files that were made.

    Raises:
        PolnlpError: If the folder holds something already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PolnlpError(f"{folder}: holds something already; give the name of a new folder.")
    with as_file(files("polnlp.project").joinpath("template")) as template:
        try:
            shutil.copytree(template, folder, dirs_exist_ok=True)
        except OSError as error:
            raise PolnlpError(f"{folder}: cannot write there: {error}.") from error
        return sorted(folder / path.relative_to(template) for path in template.rglob("*") if path.is_file())
