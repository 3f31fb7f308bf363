"""Samples with their weights, and what gold says: figures that can be counted by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from helpers import make_report
from polnlp.annotation import audit, format_audit, import_annotations, read_items, write_items
from polnlp.annotation.agreement import cohen_kappa, krippendorff_alpha
from polnlp.annotation.formats import FORMATS, write_format
from polnlp.annotation.items import Found, Item, Mark, Stratum
from polnlp.annotation.sampling import allocate, draw_sample
from polnlp.annotation.shares import correct_shares
from polnlp.errors import CorpusError, PolnlpError
from polnlp.evaluation import read_gold
from polnlp.reports import write_report
from polnlp.schema import Topic


@pytest.fixture
def run(tmp_path):
    """Eight articles of a sentence each, six on Health and two on Energy."""
    for number in range(8):
        topic = Topic(label="Health" if number < 6 else "Energy", score=0.8)
        write_report(make_report(f"a{number}", topics=(topic,)), tmp_path / "out" / "reports")
    return tmp_path / "out"


def test_a_sample_is_stratified_weighted_and_the_same_again(run):
    items = draw_sample(run, "paragraphs", 5, by=["topic"])
    assert sum(item.weight for item in items) == pytest.approx(8)
    by_topic = {item.choice: item.stratum for item in items}
    assert by_topic["Health"] == Stratum(name="topic=Health", size=6, found={"Health": 6})
    assert {item.choice for item in items} == {"Health", "Energy"}
    assert draw_sample(run, "paragraphs", 5, by=["topic"]) == items
    assert len(draw_sample(run, "paragraphs", 100)) == 8
    assert draw_sample(run, "paragraphs", 8, seed=1) != draw_sample(run, "paragraphs", 8, seed=2)


def test_every_kind_of_thing_can_be_drawn(run):
    [paragraph] = draw_sample(run, "paragraphs", 1)
    assert [(m.start, m.end, m.label) for m in paragraph.spans] == [(0, 6, "LEADER"), (11, 18, "LEADER")]
    [stance] = draw_sample(run, "stances", 1)
    assert (stance.choice, [m.label for m in stance.spans]) == ("neutral", ["TARGET"])
    assert "the author toward Rafael Correa" in stance.question
    entities = draw_sample(run, "entities", 10)
    assert sorted(item.question for item in entities) == [
        "Does the marked name mean Evo Morales (LEADER, leader:BOL:evo-morales)?",
        "Does the marked name mean Rafael Correa (LEADER, leader:ECU:rafael-correa)?",
    ]
    assert all(item.choice is None and item.found.choice == "right" for item in entities)
    [blind] = draw_sample(run, "paragraphs", 1, blind=True)
    assert (blind.spans, blind.choice, blind.found.choice) == ((), None, paragraph.choice)


def test_wrong_wishes_are_refused(run):
    with pytest.raises(PolnlpError, match="strata can be made by article, topic, year, zone"):
        draw_sample(run, "paragraphs", 5, by=["colour"])
    with pytest.raises(PolnlpError, match="8 strata are more than 5 items"):
        draw_sample(run, "paragraphs", 5, by=["article"])


def test_reports_without_texts_cannot_be_sampled(tmp_path):
    write_report(make_report("a", text="Correa met Morales.", paragraphs=()), tmp_path / "reports")
    assert draw_sample(tmp_path, "paragraphs", 1) == []
    write_report(replace(make_report("a"), text=None), tmp_path / "reports")
    with pytest.raises(CorpusError, match="no texts to annotate"):
        draw_sample(tmp_path, "paragraphs", 1)


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 500), min_size=1, max_size=8), st.integers(8, 100))
@settings(deadline=None)
def test_items_are_shared_out_whole(sizes, count):
    shares = allocate(sizes, count)
    assert sum(shares.values()) == min(count, sum(sizes.values()))
    assert all(1 <= shares[name] <= size for name, size in sizes.items())


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "label-studio"])
def test_gold_keeps_weights_and_what_the_run_found(run, tmp_path, form):
    items = draw_sample(run, "paragraphs", 4, by=["topic"])
    write_items(items, tmp_path / "sample.jsonl")
    file = tmp_path / "annotated"
    file.write_bytes(write_format(items[1:], form))
    imported = import_annotations(file, form=form)
    assert imported.items == items[1:]
    assert imported.missing == [items[0].id]
    write_items(imported.items, tmp_path / "gold.jsonl")
    assert read_items(tmp_path / "gold.jsonl") == items[1:]
    gold = list(read_gold(tmp_path / "gold.jsonl"))
    assert [(text.topic, len(text.names), text.dates) for text in gold] == [(item.choice, 2, ()) for item in items[1:]]


def test_a_changed_text_and_overlapping_marks_are_refused(run, tmp_path):
    [item] = draw_sample(run, "paragraphs", 1)
    write_items([item], tmp_path / "sample.jsonl")
    file = tmp_path / "a.csv"
    file.write_bytes(write_format([item], "csv").replace(b"met", b"beat"))
    with pytest.raises(CorpusError, match="its text was changed, 'beat"):
        import_annotations(file)
    rows = tmp_path / "a.jsonl"
    rows.write_text('{"text": "the MAS", "entities": [[0, 7, "ORG"], [4, 7, "PARTY"]]}')
    with pytest.raises(CorpusError, match=r"PARTY 'MAS' \(4-7\) overlaps another mark"):
        import_annotations(rows)


def make_item(number, found, choice, *, size=10, stratum="all", counts=None, what="stances", **more):
    return Item(
        id=f"a{number}#0",
        what=what,
        text="MAS won.",
        article=f"a{number}",
        choice=choice,
        found=Found(choice=found, spans=more.pop("found_spans", ())),
        stratum=Stratum(name=stratum, size=size, found=counts or {}),
        **more,
    )


def test_shares_are_corrected_by_what_people_found():
    counts = {"against": 8, "favor": 2}
    judged = ["against", "against", "favor", "favor"]  # half of what the machine called against
    items = [make_item(n, "against", choice, counts=counts) for n, choice in enumerate(judged)]
    shares = {share.label: share for share in correct_shares(items)}
    assert (shares["against"].machine, shares["against"].corrected) == (0.8, 0.3)
    assert (shares["favor"].machine, shares["favor"].corrected) == (0.2, 0.7)
    assert shares["favor"].low < 0.7 < shares["favor"].high


def test_corrected_shares_are_unbiased_and_their_intervals_hold():
    """A machine that errs one way, in 300 corpora: the mean is right, the machine's is not, 95 % hold the truth."""
    rng = np.random.default_rng(0)
    truth = np.array([True] * 60 + [False] * 140)
    estimates, held = [], 0
    for _ in range(300):
        says = truth | (rng.random(200) < 0.3)
        drawn = rng.choice(200, 50, replace=False)
        counts = {"favor": int(says.sum()), "against": int((~says).sum())}
        word = {True: "favor", False: "against"}
        items = [make_item(n, word[bool(says[n])], word[bool(truth[n])], size=200, counts=counts) for n in drawn]
        share = next(share for share in correct_shares(items) if share.label == "favor")
        estimates.append(share.corrected)
        held += share.low <= 0.3 <= share.high
        assert share.machine > 0.36
    assert np.mean(estimates) == pytest.approx(0.3, abs=0.01)
    assert held / 300 >= 0.93


def test_rare_strata_weigh_what_they_stand_for():
    items = [make_item(0, "favor", "favor", size=9, stratum="a"), make_item(1, "favor", "against", size=1, stratum="b")]
    accuracy = next(figure for figure in audit(items).figures if figure.name == "stance accuracy")
    assert accuracy.value == 0.9


def test_names_dates_and_topics_are_scored_apart():
    party, date = Mark(start=0, end=3, label="PARTY"), Mark(start=4, end=7, label="DATE")
    items = [
        make_item(0, "Labor", "Labor", what="paragraphs", spans=(party,), found_spans=(party, date)),
        make_item(1, "Labor", "Health", what="paragraphs", spans=(party,), found_spans=()),
    ]
    result = audit(items)
    figures = {figure.name: figure.value for figure in result.figures}
    assert (figures["names precision"], figures["names recall"]) == (1.0, 0.5)
    assert figures["dates precision"] == 0.0
    assert figures["topic accuracy"] == 0.5
    assert result.labels["names"]["PARTY"].gold == 2
    assert "Labor" in format_audit(result)


def test_agreement_measures_agree_with_the_textbooks():
    assert cohen_kappa(np.array([[20.0, 5.0], [10.0, 15.0]])) == pytest.approx(0.4)
    # Krippendorff (2011), "Computing Krippendorff's alpha-reliability", A: binary data, two observers, ten units
    assert krippendorff_alpha(np.array([[5.0, 3.0], [1.0, 1.0]])) == pytest.approx(0.095, abs=5e-4)
    assert math.isnan(krippendorff_alpha(np.array([[3.0]])))


def test_two_annotators_are_compared_on_what_both_judged():
    first = [make_item(n, "favor", choice) for n, choice in enumerate(["favor", "favor", "against", "against"])]
    second = [make_item(n, "favor", choice) for n, choice in enumerate(["favor", "favor", "against", "favor"])]
    agreement = {figure.name: figure.value for figure in audit(first, second[:4]).agreement}
    assert agreement["choice: agreement"] == 0.75
    assert agreement["choice: Cohen's kappa"] == 0.5
    assert agreement["choice: Krippendorff's alpha"] == pytest.approx(0.5333, abs=1e-4)
    alike = audit(first[:2], second[:2])
    assert {figure.value for figure in alike.agreement if "agreement" not in figure.name} == {None}
    assert "undefined" in format_audit(alike)
    with pytest.raises(CorpusError, match="share no item"):
        audit(first, [make_item(9, "favor", "favor")])
