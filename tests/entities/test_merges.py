"""``merges.csv``: written, edited by a scholar, read back, and carried out on reports without their texts."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import collect_merges, make_report
from polnlp.entities.merges import (
    Decisions,
    MergeRow,
    apply_decisions,
    read_merges,
    refuse_unknown_ids,
    write_merges,
)
from polnlp.errors import CorpusError
from polnlp.kb import open_kb
from polnlp.schema import Entity, Mention, Merge, Stance


@pytest.fixture(scope="module")
def kb():
    return open_kb()


def row(**fields):
    return MergeRow(**({"kind": "link", "source": "Morales", "into": "leader:BOL:evo-morales"} | fields))


def report_of(article_id="a"):
    """Two mentions of Morales and one of a namesake in one paragraph, and what was decided on them."""
    mentions = (
        Mention(start=0, end=11, text="Evo Morales", label="LEADER", score=0.9, entity_id="leader:BOL:evo-morales"),
        Mention(start=12, end=19, text="Morales", label="LEADER", score=0.9, entity_id="leader:BOL:evo-morales"),
        Mention(start=20, end=26, text="Correa", label="LEADER", score=0.9, entity_id="leader:ECU:rafael-correa"),
    )
    entities = (
        Entity(
            id="leader:BOL:evo-morales", label="LEADER", name="Evo Morales", aliases=("Evo Morales", "Morales"), count=2
        ),
        Entity(id="leader:ECU:rafael-correa", label="LEADER", name="Rafael Correa", aliases=("Correa",)),
    )
    merges = (
        Merge(kind="group", source="Morales", into="leader:BOL:evo-morales", rule="surname (Evo Morales)", score=0.95),
        Merge(kind="link", source="Correa", into="leader:ECU:rafael-correa", rule="surname", score=0.8),
        Merge(kind="link", source="Evo Morales", into="leader:BOL:evo-morales", rule="name", score=0.99),
    )
    stances = (Stance(holder="leader:ECU:rafael-correa", target="leader:BOL:evo-morales", label="favor", score=0.8),)
    return make_report(
        article_id, "Evo Morales Morales Correa", mentions=mentions, entities=entities, merges=merges, stances=stances
    )


def decide(path, **wanted):
    """Edit the decision of the row whose cells are as wanted, as a scholar would."""
    decision = wanted.pop("decision")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for cells in rows:
        if all(cells[name.rstrip("_")] == value for name, value in wanted.items()):
            cells["decision"] = decision
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return read_merges(path)


@pytest.fixture
def merges_csv(tmp_path):
    path = tmp_path / "merges.csv"
    write_merges(collect_merges([report_of("a"), report_of("b")]), path)
    return path


def test_a_spreadsheet_may_save_semicolons_and_another_encoding_is_named(merges_csv):
    text = merges_csv.read_text("utf-8")
    merges_csv.write_text("\ufeff" + text.replace(",", ";"), "utf-8")
    assert len(read_merges(merges_csv).rows) == len(text.splitlines()) - 1
    merges_csv.write_bytes("kind;from;into;decision\nlink;Chávez;leader:VEN:hugo-chavez;\n".encode("cp1252"))
    with pytest.raises(CorpusError, match='not UTF-8; save it as "CSV UTF-8"'):
        read_merges(merges_csv)


def test_a_distinct_decision_is_one_row_with_its_number_of_articles(merges_csv):
    rows = read_merges(merges_csv).rows
    assert [(r.kind, r.source, r.articles) for r in rows] == [
        ("group", "Morales", 2),
        ("link", "Correa", 2),
        ("link", "Evo Morales", 2),
    ]
    assert (
        merges_csv.read_text(encoding="utf-8").splitlines()[0]
        == "kind,from,into,rule,score,runner_up,articles,decision,note"
    )


def test_an_unedited_file_changes_nothing(merges_csv, kb):
    assert apply_decisions(report_of(), read_merges(merges_csv), kb) == report_of()


def test_accepting_changes_nothing(merges_csv, kb):
    decisions = decide(merges_csv, kind="link", from_="Correa", decision="accept")
    assert apply_decisions(report_of(), decisions, kb) == report_of()


def test_a_rejected_join_takes_that_form_out_and_nothing_else(merges_csv, kb):
    changed = apply_decisions(report_of(), decide(merges_csv, kind="group", from_="Morales", decision="reject"), kb)
    ids = [mention.entity_id for mention in changed.mentions]
    assert ids[0] == "leader:BOL:evo-morales" and ids[2] == "leader:ECU:rafael-correa"
    assert ids[1].startswith("nil:leader:morales:")
    held = {entity.id: entity for entity in changed.entities}
    assert (held[ids[0]].count, held[ids[0]].aliases) == (1, ("Evo Morales",))
    assert (held[ids[1]].count, held[ids[1]].aliases) == (1, ("Morales",))
    assert held[ids[2]] == report_of().entities[1]


def test_a_rejected_link_makes_an_entity_of_its_own_and_stances_follow(merges_csv, kb):
    changed = apply_decisions(report_of(), decide(merges_csv, kind="link", from_="Correa", decision="reject"), kb)
    assert changed.mentions[2].entity_id.startswith("nil:leader:correa:")
    assert changed.stances[0].holder == changed.mentions[2].entity_id
    assert changed.mentions[:2] == report_of().mentions[:2]
    assert changed.text == report_of().text and changed.paragraphs == report_of().paragraphs


def test_another_id_takes_the_place(merges_csv, kb):
    decisions = decide(merges_csv, kind="link", from_="Evo Morales", decision="leader:VEN:hugo-chavez")
    changed = apply_decisions(report_of(), decisions, kb)
    assert [mention.entity_id for mention in changed.mentions][:2] == ["leader:VEN:hugo-chavez"] * 2
    assert changed.entities[0].name == "Hugo Chávez" and changed.entities[0].count == 2
    assert changed.stances[0].target == "leader:VEN:hugo-chavez"


def test_carrying_out_twice_is_as_good_as_once(merges_csv, kb):
    decisions = decide(merges_csv, kind="group", from_="Morales", decision="reject")
    once = apply_decisions(report_of(), decisions, kb)
    assert apply_decisions(once, decisions, kb) == once


def test_rows_with_a_decision_survive_a_rerun_as_they_are(merges_csv):
    decide(merges_csv, kind="link", from_="Correa", decision="reject")
    before = [line for line in merges_csv.read_text(encoding="utf-8").splitlines() if "reject" in line]
    write_merges([row(score=0.3)], merges_csv)
    after = merges_csv.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if "reject" in line] == before
    assert len(after) == 3


def test_contradictions_name_both_rows(merges_csv):
    with merges_csv.open("a", encoding="utf-8") as file:
        file.write("link,Correa,leader:ECU:rafael-correa,name,0.9,,1,reject,\n")
        file.write("link,Correa,leader:ECU:rafael-correa,name,0.9,,1,accept,\n")
    with pytest.raises(CorpusError, match=r"lines 5 and 6 contradict each other.*reject.*accept"):
        read_merges(merges_csv)


def test_an_id_contradicts_another_and_the_message_shows_both_rows(merges_csv):
    with merges_csv.open("a", encoding="utf-8") as file:
        file.write("group,Morales,leader:BOL:evo-morales,surname,0.9,,1,leader:ECU:rafael-correa,\n")
        file.write("group,Morales,leader:BOL:evo-morales,surname,0.9,,1,leader:VEN:hugo-chavez,\n")
    with pytest.raises(CorpusError, match=r"'Morales'.*: leader:ECU:rafael-correa, but .*: leader:VEN:hugo-chavez"):
        read_merges(merges_csv)


def test_the_same_decision_twice_is_no_contradiction(merges_csv):
    with merges_csv.open("a", encoding="utf-8") as file:
        for decision in ("reject", "", "Reject"):
            file.write(f"link,Correa,leader:ECU:rafael-correa,name,0.9,,1,{decision},\n")
    assert read_merges(merges_csv).of("link", "Correa", "leader:ECU:rafael-correa") == "reject"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("link,A,b:c,r,0.5,,1,perhaps,", "line 2, column decision: 'perhaps'"),
        ("melt,A,b:c,r,0.5,,1,,", "line 2, column kind: 'melt'"),
        ("link,A,b:c,r,much,,1,,", "line 2, column score: 'much'"),
        ("link,A,b:c", "line 2: 3 cells"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, line, message):
    path = tmp_path / "merges.csv"
    path.write_text(f"kind,from,into,rule,score,runner_up,articles,decision,note\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        read_merges(path)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1, max_size=30),
    st.sampled_from(["", "=", "+", "-", "@", "'", "'="]),
)
def test_hostile_cells_are_no_formulas_and_come_back_unchanged(tmp_path_factory, text, start):
    path = tmp_path_factory.mktemp("m") / "merges.csv"
    wanted = row(source=start + text, note=start + text)
    write_merges([wanted], path)
    assert read_merges(path).rows == (wanted,)
    with path.open(newline="", encoding="utf-8") as file:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cells in csv.reader(file) for cell in cells)


def test_an_id_that_nobody_has_is_refused(kb, tmp_path):
    for decision in ("accept", "reject", "country:BOL", "nil:org:mine"):
        refuse_unknown_ids(tmp_path / "merges.csv", Decisions([row(decision=decision)]), kb)
    with pytest.raises(CorpusError, match=r"merges.csv: .*region:NOPE: no entity has this id; `polnlp kb search NAME`"):
        refuse_unknown_ids(tmp_path / "merges.csv", Decisions([row(decision="region:NOPE")]), kb)


def test_no_decisions_are_false():
    assert not Decisions([row()]) and Decisions([row(decision="reject")])
