"""What machine a figure was measured on."""

import os
import platform
from pathlib import Path


def describe_machine() -> str:
    """Give cores, processor and Python in one line."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores, {name}, Python {platform.python_version()}"
