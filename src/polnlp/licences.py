"""What polnlp is made of, and under which licences: a report to read and a software bill of materials (CycloneDX 1.6).

``python -m polnlp.licences build`` writes both for the installed versions; ``make licences`` calls it. The same
environment gives the same bytes.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from polnlp.models import hash_model, list_models, read_licence
from polnlp.schema import Record

NOT_STATED = "not stated"
_CLASSIFIER = "License :: OSI Approved :: "
_ABOUT_DATA = ("Data", "Data of the shipped weights", "Made from", "Sources")


class Component(Record, frozen=True, kw_only=True):
    """A part with its licence.

    Attributes:
        licence: An SPDX expression where ``is_spdx``, else the part's own words.
        needs: Names of the parts that it needs itself.
        sha256: Of a model; ``None`` for libraries.
        index: Where a library is from.
    """

    name: str
    version: str
    licence: str
    is_spdx: bool = False
    kind: str = "library"
    needs: tuple[str, ...] = ()
    sha256: str | None = None
    index: str = "pypi"


def list_libraries(root: str = "polnlp") -> list[Component]:
    """List what ``pip install`` of a distribution brings: itself first, the others by name, no extras.

    Examples:
        >>> list_libraries()[0].licence
        'Apache-2.0'

    Raises:
        importlib.metadata.PackageNotFoundError: If one of them is not installed.
    """
    found: dict[str, Component] = {}
    waiting = [normalize(root)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _describe(metadata.distribution(name), name)
            waiting += found[name].needs
    first = found.pop(normalize(root))
    return [first, *(found[name] for name in sorted(found))]


def normalize(name: str) -> str:
    """Write a distribution's name as package indexes do.

    Examples:
        >>> normalize("lxml_html_clean")
        'lxml-html-clean'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _describe(distribution: metadata.Distribution, name: str) -> Component:
    wanted = [Requirement(line) for line in distribution.requires or ()]
    needs = {normalize(need.name) for need in wanted if need.marker is None or need.marker.evaluate({"extra": ""})}
    licence, is_spdx = find_licence(distribution)
    return Component(
        name=name, version=distribution.version, licence=licence, is_spdx=is_spdx, needs=tuple(sorted(needs))
    )


def find_licence(distribution: metadata.Distribution) -> tuple[str, bool]:
    """Give the licence that a distribution states, or its text's first line, and whether it is an SPDX expression."""
    for stated in distribution.metadata.get_all("License-Expression") or ():
        return stated, True
    classes = [line for line in distribution.metadata.get_all("Classifier") or () if line.startswith(_CLASSIFIER)]
    if classes:
        return ", ".join(line.removeprefix(_CLASSIFIER) for line in classes), False
    texts = distribution.metadata.get_all("License") or []
    texts += [file.read_text() for file in distribution.files or () if file.name.upper().startswith("LICEN")]
    words = next((text.strip().split("\n")[0] for text in texts if text.strip()), NOT_STATED)
    return words, False


def list_parts() -> list[Component]:
    """List what comes inside of the package: models with their hashes, and libraries of the page."""
    models = [
        Component(
            name=name,
            version=hash_model(folder)[:12],
            licence=read_licence(folder),
            kind="machine-learning-model",
            sha256=hash_model(folder),
        )
        for name, folder in list_models().items()
    ]
    manifest = json.loads(files("polnlp.graph").joinpath("assets", "manifest.json").read_text(encoding="utf-8"))
    scripts = [
        Component(
            name=script["package"],
            version=script["version"],
            licence=script["license"].partition(",")[0],
            is_spdx=True,
            index="npm",
        )
        for script in manifest.values()
    ]
    return [*models, *scripts]


def make_report() -> str:
    """Give the licences as Markdown: libraries, what is inside of the package, what models were made from."""
    lines = [
        "# Licences of polnlp and of all that it needs",
        "",
        "| library | version | licence |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {part.name} | {part.version} | {part.licence} |" for part in list_libraries()]
    lines += ["", "| inside of the package | version or hash | licence |", "| --- | --- | --- |"]
    lines += [f"| {part.name} | {part.version} | {part.licence} |" for part in list_parts()]
    for name, folder in list_models().items():
        for text in _read_data_terms(folder):
            lines += ["", f"## Data of {name}", "", text]
    return "\n".join(lines) + "\n"


def _read_data_terms(folder: Path) -> Iterator[str]:
    """Give what a model's card, or the licences beside it, say about the data."""
    sections = re.split(r"^## ", (folder / "CARD.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for section in sections[1:]:
        title, _, body = section.partition("\n")
        if title.strip() in _ABOUT_DATA:
            yield body.strip()
    if (folder / "LICENSES.md").is_file():
        yield re.sub(r"^#+ .*\n", "", (folder / "LICENSES.md").read_text(encoding="utf-8")).strip()


def make_sbom() -> dict[str, Any]:
    """Give the bill of materials in CycloneDX's JSON, version 1.6.

    References:
        ECMA-424 (2024). CycloneDX bill of materials specification.
    """
    first, *libraries = list_libraries()
    parts = [*libraries, *list_parts()]
    components = [_as_component(part) for part in parts]
    identity = json.dumps([_as_component(first), components], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, identity)}",
        "version": 1,
        "metadata": {"component": {**_as_component(first), "type": "application"}},
        "components": components,
        "dependencies": [
            {"ref": _ref(part), "dependsOn": [_ref(other) for other in libraries if other.name in part.needs]}
            for part in (first, *libraries)
        ],
    }


def _ref(part: Component) -> str:
    return f"{part.name}@{part.version}"


def _as_component(part: Component) -> dict[str, Any]:
    licence = {"expression": part.licence} if part.is_spdx else {"license": {"name": part.licence}}
    given: dict[str, Any] = {"bom-ref": _ref(part), "type": part.kind, "name": part.name, "version": part.version}
    given["licenses"] = [licence]
    if part.sha256:
        return {**given, "hashes": [{"alg": "SHA-256", "content": part.sha256}]}
    return {**given, "purl": f"pkg:{part.index}/{part.name}@{part.version}"}


def main(folder: Path) -> None:
    """Write ``licences.md`` and ``sbom.cdx.json`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "licences.md").write_text(make_report(), encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(json.dumps(make_sbom(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
