"""The weights of the linker: those of a file beside the knowledge base hold, and a wrong file is refused."""

import shutil

import msgspec
import pytest

from helpers import read_marked
from polnlp.entities import resolve_entities
from polnlp.entities.ranking import FILE, WEIGHTS, Ranker, load_ranker
from polnlp.errors import ModelError
from polnlp.kb import open_kb


def test_without_a_file_the_weights_set_by_hand_hold(tmp_path):
    assert load_ranker(tmp_path) == Ranker()


def test_weights_beside_the_knowledge_base_are_used(tmp_path):
    article, mentions = read_marked("In [REGION Quito] it rained in [COUNTRY Ecuador].")
    assert resolve_entities(article, (), mentions, open_kb()).mentions[0].entity_id == "city:3652462"
    shutil.copy(open_kb().path / "kb.sqlite", tmp_path)
    (tmp_path / FILE).write_bytes(msgspec.json.encode(Ranker(bias=-50.0)))
    found = resolve_entities(article, (), mentions, open_kb(tmp_path)).mentions[0].entity_id
    assert found.startswith("nil:")


@pytest.mark.parametrize("change", ["unknown", "missing", "format", "broken"])
def test_a_file_of_other_features_is_refused_with_what_to_do(tmp_path, change):
    held = msgspec.to_builtins(Ranker())
    if change == "unknown":
        held["weights"]["shoe_size"] = 1.0
    elif change == "missing":
        del held["weights"]["prior"]
    elif change == "format":
        held["format"] = "other"
    text = b"{" if change == "broken" else msgspec.json.encode(held)
    (tmp_path / FILE).write_bytes(text)
    with pytest.raises(ModelError, match=r"polnlp\.training\.linking") as caught:
        load_ranker(tmp_path)
    assert str(tmp_path / FILE) in str(caught.value)
    assert ("shoe_size" in str(caught.value)) == (change == "unknown")


def test_every_feature_has_a_weight_of_its_plain_sign():
    against = {name for name in WEIGHTS.__struct_fields__ if getattr(WEIGHTS, name) < 0}
    assert against == {"elsewhere", "doubtful"}
