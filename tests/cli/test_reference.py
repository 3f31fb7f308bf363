"""The reference pages of the documentation are those of the code as it stands."""

from pathlib import Path

import polnlp
from polnlp.cli.reference import describe_commands

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_the_page_of_commands_is_current():
    """If it is not: ``python -m polnlp.cli.reference > docs/reference/commands.md``."""
    assert (REFERENCE / "commands.md").read_text(encoding="utf-8").split() == describe_commands().split()


def test_every_public_name_is_in_the_reference():
    text = (REFERENCE / "python.md").read_text(encoding="utf-8")
    public = [f"polnlp.{polnlp._HOME[name]}.{name}" for name in polnlp.__all__]
    listed = [line.removeprefix("::: ") for line in text.splitlines() if line.startswith("::: ")]
    assert [name for name in listed if name in public] == public
