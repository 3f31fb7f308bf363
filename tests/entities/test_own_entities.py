"""A scholar's own entities go before ours, whatever speaks for ours."""

import pytest

from polnlp.entities import resolve_entities
from polnlp.errors import CorpusError
from polnlp.kb import hash_own_entities, load_own_entities, open_kb
from polnlp.schema import Article, ArticleDate, Mention

OWN = (
    "id,label,name,aliases,country\n"
    "party:PER:mine,PARTY,Movement of All,MAS,PER\n"
    "org:correa,ORG,Correa,,\n"
    "region:santa-cruz-mine,REGION,Santa Cruz,,\n"
)


@pytest.fixture(scope="module")
def own_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "mine.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def kb(own_file):
    return open_kb(own=[own_file])


def resolve(kb, *names):
    text, mentions = "", []
    for label, name in names:
        mentions.append(Mention(start=len(text), end=len(text) + len(name), text=name, label=label, score=0.9))
        text += name + " met. "
    article = Article(id="a", text=text, date=ArticleDate(value="2009-01-29", source="argument"))
    return resolve_entities(article, (), mentions, kb)


BOLIVIA = (("COUNTRY", "Bolivia"), ("LEADER", "Evo Morales"), ("PARTY", "MAS"), ("REGION", "Santa Cruz"))


def test_a_shared_name_is_the_scholars(kb):
    resolution = resolve(kb, *BOLIVIA)
    assert [mention.entity_id for mention in resolution.mentions][2:] == ["party:PER:mine", "region:santa-cruz-mine"]
    (row,) = [merge for merge in resolution.merges if merge.into == "party:PER:mine"]
    assert (row.kind, row.rule, row.score) == ("link", "user", 1.0)


def test_without_them_it_is_ours():
    resolution = resolve(open_kb(), *BOLIVIA)
    assert [m.entity_id for m in resolution.mentions][2:] == ["party:BOL:movement-for-socialism", "region:BO-S"]


def test_a_taggers_kind_does_not_stand_against_a_whole_name(kb):
    assert resolve(kb, ("PERSON", "MAS")).mentions[0].entity_id == "party:PER:mine"


def test_a_part_of_anothers_name_is_not_taken(kb):
    resolution = resolve(kb, ("COUNTRY", "Ecuador"), ("LEADER", "Rafael Correa"), ("LEADER", "Correa"))
    assert {mention.entity_id for mention in resolution.mentions[1:]} == {"leader:ECU:rafael-correa"}


def test_files_that_share_an_id_are_refused(own_file, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("id,label,name\norg:correa,ORG,Other\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="both hold 'org:correa'"):
        load_own_entities([own_file, other])
    assert len(load_own_entities([own_file, own_file])) == 3


def test_the_hash_is_of_what_the_files_hold(own_file, tmp_path):
    copy = tmp_path / "copy.csv"
    copy.write_text(OWN, encoding="utf-8")
    assert hash_own_entities([own_file]) == hash_own_entities([copy])
    copy.write_text(OWN + "region:y,REGION,Blue Hill,,\n", encoding="utf-8")
    assert hash_own_entities([own_file]) != hash_own_entities([copy])
    with pytest.raises(CorpusError, match="cannot read the entities"):
        hash_own_entities([tmp_path / "none.csv"])
