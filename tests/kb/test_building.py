"""The build, on tables of a few lines: junk goes, doubles merge, doubtful sources stay out, bytes repeat."""

import gzip

import pytest

from polnlp.errors import CorpusError
from polnlp.kb import open_kb
from polnlp.training.kb import build_kb

REGIONS = """id\tname\tascii_name\taliases\tkind\tsubtype\tiso\tparent\tlat\tlon\tpop\tgeonames\twikidata\tsource
VEN\tVenezuela\t\t\tcountry\t\tVEN\tSouth America\t8\t-66\t28000000\t3625428\tQ717\tworld-countries(ODbL)
XX-1\tNowhere\t\t\tadmin1\tprovince\tXX-1\tVEN\t\t\t\t\t\tiso-codes(LGPL)
GN9\tTown of Tests\t\t\tcity\t\t\tVEN/Zulia\t1\t2\t50000\t9\t\tgeonames(CC BY)
"""
PARTIES = """id\tname\tenglish_name\tnative_name\tacronyms\taliases\tcountry\tfounded\tdissolved\
\tfactbook_years\twikidata\tpartyfacts_id\tsource
P1\tTesting Labour Party\t\t\tTLP\t\tVEN\t1990\t\t\tQ1\t77\tpartyfacts-core
P2\tTesting Labor Party of Venezuela\t\t\tTLP\t\tVEN\t\t\t1995-2000\t\t\tcia-factbook
P3\tJose TESTADOR, chairman]\t\t\t\t\tVEN\t\t\t1995-2000\t\t\tcia-factbook
"""
LEADERS = """id\tname\taliases\tcountry\tparty\toffice\tstart\tend\twikidata\tsource
L1\tTestino Quijada Marea\tTestino Quijada\tVEN\t\tPresident\t1970\t1974\t\tcia-factbook(PD)
L2\tTestino Alberto Quijada Marea\t\tVEN\tTesting Labour Party [P1]\tparty leader\t1969\t1975\t\tcia-factbook(PD)
L3\tDoubtful Member\t\tVEN\tX\tmember of parliament\t1990\t1994\t\tparlspeech(partyfacts repo MIT; upstream unverified)
"""
ORGANISATIONS = """id\tname\tacronyms\taliases\tkind\tcountry\tstart\tend\tsource
O1\tCouncil of Test Writers\tCTW\t\tngo\t\t\t\tphoenix-int(MIT)
O2\tTest Tools Inc\t\t\tcompany\t\t\t\tphoenix-int(MIT)
O3\tNobody Inparticular\t\t\tarmed-group\t\t\t\tphoenix-mns(MIT)
"""
DEMONYMS = "demonym\tregion_id\tlang\tsource\nVenezuelan\tVEN\teng\tcia-factbook\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "regions.tsv.gz").write_bytes(gzip.compress(REGIONS.encode(), mtime=0))
    (folder / "leaders.tsv.gz").write_bytes(gzip.compress(LEADERS.encode(), mtime=0))
    for name, text in (("parties", PARTIES), ("organisations", ORGANISATIONS), ("demonyms", DEMONYMS)):
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def kb(source, tmp_path):
    build_kb(source, tmp_path / "kb")
    return open_kb(tmp_path / "kb")


def test_double_rows_of_a_person_are_one(kb):
    (found,) = kb.search("testino quijada")
    assert [term.title for term in found.terms] == ["party leader", "President"]
    assert found.terms[0].party == kb.find("Testing Labour Party")[0][0]
    assert kb.find("Testino Alberto Quijada Marea")[0][0] == found.id


def test_double_rows_of_a_party_are_one(kb):
    assert {entry_id for entry_id, _ in kb.find("TLP")} == {"party:VEN:testing-labour-party"}
    assert kb.find("Testing Labor Party of Venezuela")[0][0] == "party:VEN:testing-labour-party"


@pytest.mark.parametrize(
    "name", ["Doubtful Member", "Test Tools Inc", "Nobody Inparticular", "Nowhere", "Jose Testador"]
)
def test_what_is_doubtful_garbled_or_a_company_is_left_out(kb, name):
    assert kb.find(name) == []


def test_each_entry_has_its_sources_and_licences(kb):
    assert kb.entry("country:VEN").licence == "Apache-2.0, ODbL-1.0"
    assert kb.entry("city:9").source == "geonames"
    assert "CC BY 4.0" in (kb.path / "LICENSES.md").read_text(encoding="utf-8")


def test_the_same_tables_give_the_same_bytes(source, tmp_path):
    for name in ("one", "two"):
        build_kb(source, tmp_path / name)
    for file in sorted(path.name for path in (tmp_path / "one").iterdir()):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_malformed_table_is_named_by_line(source, tmp_path):
    (source / "parties.tsv").write_text(PARTIES + "P4\tShort row\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"parties.tsv, line 5: 2 cells, the header has 13"):
        build_kb(source, tmp_path / "kb")
