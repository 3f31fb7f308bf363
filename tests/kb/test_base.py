"""The shipped knowledge base: what is found by which name, and how fast it opens anywhere."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from operator import methodcaller

import pytest

from polnlp.errors import ModelError
from polnlp.kb import Entry, KnowledgeBase, open_kb


@pytest.fixture(scope="module")
def kb():
    return open_kb()


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("United Socialist Party of Venezuela", ("party:VEN:united-socialist-party-of-venezuela", "exact")),
        ("PSUV", ("party:VEN:united-socialist-party-of-venezuela", "acronym")),
        ("Hugo Chávez", ("leader:VEN:hugo-chavez", "exact")),
        ("HUGO CHÁVEZ", ("leader:VEN:hugo-chavez", "folded")),
        ("the U.S.", ("country:USA", "acronym")),
        ("Burma", ("country:MMR", "exact")),
        ("Guayas", ("region:EC-G", "exact")),
        ("Union of South American Nations", ("org:unasur", "exact")),
        ("Yangtze River", ("region:yangtze", "derived")),
        ("Lake Victoria", ("region:lake-victoria", "exact")),
        ("Galway West", ("region:IRL:galway-west", "exact")),
        ("NSW", ("region:AU-NSW", "acronym")),
    ],
)
def test_a_name_finds_its_entry_and_says_how(kb, surface, expected):
    assert kb.find(surface)[0] == expected


def test_a_bare_surname_is_no_name(kb):
    assert not [entry_id for entry_id, _ in kb.find("Correa") if entry_id.startswith("leader:")]


def test_an_acronym_is_one_only_in_capitals(kb):
    assert any(entry_id.startswith("party:BOL") for entry_id, _ in kb.find("MAS"))
    assert not any(entry_id.startswith("party:BOL") for entry_id, _ in kb.find("mas"))


def test_an_entry_says_who_where_and_when(kb):
    entry = kb.entry("leader:BOL:evo-morales")
    assert (entry.label, entry.country, entry.since) == ("LEADER", "BOL", 2003)
    assert any(term.party == "party:BOL:movement-for-socialism" for term in entry.terms)
    assert entry.source and entry.licence


def test_a_place_carries_its_codes_and_coordinates(kb):
    entry = kb.entry("region:EC-G")
    assert (entry.iso, entry.country) == ("EC-G", "ECU")
    assert entry.lat == pytest.approx(-2.0, abs=0.5)
    assert kb.entry("city:3657509").geonames == "3657509"


@pytest.mark.parametrize("entry_id", ["", "country:QQQ", "leader:VEN:nobody", "zzz", "'; DROP TABLE entry; --"])
def test_an_unknown_id_gives_none(kb, entry_id):
    assert kb.entry(entry_id) is None


def test_past_states_have_their_years(kb):
    assert kb.entry("country:SUN").until == 1991
    assert kb.entry("country:YUG").since == 1918


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Venezuelan", "country:VEN"),
        ("Bolivians", "country:BOL"),
        ("Soviet", "country:SUN"),
        ("Scottish", "region:GB-SCT"),
    ],
)
def test_demonyms_lead_to_their_country(kb, word, place):
    assert kb.demonym(word) == place


@pytest.mark.parametrize("word", ["Korean", "democratic", "", "Chavista"])
def test_what_is_shared_or_no_demonym_leads_nowhere(kb, word):
    assert kb.demonym(word) is None


def test_search_finds_words_in_any_order_with_the_last_unfinished(kb):
    assert kb.search("chavez hug")[0].id == "leader:VEN:hugo-chavez"
    assert "party:BOL:movement-for-socialism" in [entry.id for entry in kb.search("movimiento al social", limit=10)]
    assert kb.search("") == []


@pytest.mark.parametrize("query", ['"', "NEAR(", "a* OR b", "name:x", "(((", "-"])
def test_search_takes_hostile_words_as_words(kb, query):
    assert isinstance(kb.search(query), list)


def test_no_person_is_known_by_a_doubtful_source_alone(kb):
    assert not kb.search("Adam Price Westminster")
    entry = kb.entry("leader:GBR:jeremy-corbyn")
    assert "parlspeech" not in entry.source


def test_companies_are_left_out(kb):
    assert not [entry_id for entry_id, _ in kb.find("Compuware Corporation")]


def test_own_entries_win(kb):
    own = KnowledgeBase(kb.path)
    own.add([Entry(id="org:mine", label="ORG", name="Media Luna")])
    assert own.find("Media Luna")[0] == ("org:mine", "user")
    assert own.entry("org:mine").name == "Media Luna"
    assert own.search("media luna")[0].id == "org:mine"
    assert kb.find("Media Luna")[0][0] == "region:media-luna"


def test_it_crosses_processes(kb):
    assert kb.find("PSUV")
    assert pickle.loads(pickle.dumps(kb)).find("PSUV") == kb.find("PSUV")
    for method in ("fork", "spawn"):
        with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
            assert list(pool.map(methodcaller("find", "PSUV"), [kb, kb])) == [kb.find("PSUV")] * 2


def test_a_folder_without_a_knowledge_base_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no knowledge base here"):
        open_kb(tmp_path)
    (tmp_path / "kb.sqlite").write_bytes(b"not a database at all, but long enough to look at" * 30)
    with pytest.raises(ModelError, match="cannot be read"):
        open_kb(tmp_path)


def test_a_states_changed_names_have_their_years(kb):
    entry = kb.entry("country:COD")
    assert entry.years["Zaire"] == ((1971, 1997),)
    assert entry.years["Democratic Republic of the Congo"] == ((1964, 1971), (1997, None))
    assert kb.entry("country:ECU").years == {}
