"""The licence report and the bill of materials: all that polnlp needs, each with its licence."""

import json
import uuid

import pytest

from polnlp.licences import NOT_STATED, list_libraries, list_parts, main, make_report, make_sbom
from polnlp.models import list_models


def test_every_library_is_listed_with_what_it_needs_and_its_licence():
    first, *others = list_libraries()
    assert (first.name, first.licence) == ("polnlp", "Apache-2.0")
    names = [library.name for library in others]
    assert names == sorted(set(names))
    assert {"spacy", "onnxruntime", "msgspec", "numpy"} <= set(names)  # numpy is needed by others alone
    assert {need for library in (first, *others) for need in library.needs} <= set(names)
    assert not {"pytest", "torch"} & set(first.needs)
    assert [library.name for library in others if library.licence == NOT_STATED] == []


def test_the_report_tells_what_models_were_made_from():
    report = make_report()
    assert all(f"## Data of {name}" in report for name in list_models())
    assert "NewsMTSC" in report
    assert "| cytoscape | " in report


def test_the_bill_of_materials_holds_all_parts_and_is_the_same_again(tmp_path):
    main(tmp_path)
    data = (tmp_path / "sbom.cdx.json").read_text(encoding="utf-8")
    sbom = json.loads(data)
    assert sbom == make_sbom()
    uuid.UUID(sbom["serialNumber"].removeprefix("urn:uuid:"))
    refs = [component["bom-ref"] for component in sbom["components"]]
    assert len(refs) == len(set(refs)) == len(list_libraries()) - 1 + len(list_parts())
    linked = {ref for entry in sbom["dependencies"] for ref in entry["dependsOn"]}
    assert linked <= set(refs)


def test_the_bill_of_materials_is_valid_cyclonedx(tmp_path):
    """Where ``cyclonedx-python-lib[json-validation]``, which has the schema, is installed."""
    validation = pytest.importorskip("cyclonedx.validation.json")
    schema = pytest.importorskip("cyclonedx.schema")
    validator = validation.JsonStrictValidator(schema.SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(make_sbom())) is None
