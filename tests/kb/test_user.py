"""A scholar's own entities: read, or refused with line and column."""

import pytest

from polnlp.errors import CorpusError
from polnlp.kb import load_user_entities


def write(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_own_entities_is_read(tmp_path):
    path = write(
        tmp_path,
        "id,label,name,aliases,country,since,lat\n"
        'party:VEN:mine,PARTY,"Movement, Mine",MM|Los Mios,VEN,1999,\n'
        "region:hill,REGION,The Hill,,,,-3.5\n",
    )
    first, second = load_user_entities(path)
    assert (first.name, first.country, first.since) == ("Movement, Mine", "VEN", 1999)
    assert [alias.text for alias in first.aliases] == ["MM", "Los Mios"]
    assert second.lat == -3.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,label\nx:y,PARTY\n", "line 1: the header lacks name"),
        ("id,label,name,colour\n", "line 1: the header has unknown columns 'colour'"),
        ("id,label,name\nmine,PARTY,Mine\n", "line 2, column id: 'mine'"),
        ("id,label,name\nnil:party:mine,PARTY,Mine\n", "line 2, column id"),
        ("id,label,name\nparty:mine,PARTEI,Mine\n", "line 2, column label: 'PARTEI'; expected one of PARTY"),
        ("id,label,name\nparty:mine,PARTY,\n", "line 2, column name"),
        ("id,label,name,lat\nx:y,REGION,Hill,91\n", "line 2, column lat: '91'; expected a number from -90 to 90"),
        ("id,label,name,since\nx:y,REGION,Hill,old\n", "line 2, column since: 'old'; expected a number"),
        ("id,label,name,qid\nx:y,REGION,Hill,717\n", "line 2, column qid: '717'; expected a Wikidata item"),
        ("id,label,name\nx:y,REGION,Hill\nx:y,REGION,Dale\n", "line 3, column id: 'x:y' stands twice"),
        ("id,label,name\nx:y,REGION\n", "line 2: 2 cells, the header has 3"),
        ('id,label,name\nx:y,REGION,"Hill\n', "not valid CSV"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path, text, message):
    with pytest.raises(CorpusError, match=message.replace("(", r"\(")):
        load_user_entities(write(tmp_path, text))
