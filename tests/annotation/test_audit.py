"""Samples with their weights, and what gold says: figures that can be counted by hand."""

import itertools
import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from helpers import make_report
from polnlp.annotation import audit, format_audit, import_annotations, read_items, write_items
from polnlp.annotation.agreement import cohen_kappa, coincidences, krippendorff_alpha
from polnlp.annotation.formats import FORMATS, write_format
from polnlp.annotation.items import Found, Item, Mark, Stratum
from polnlp.annotation.sampling import allocate, draw_sample
from polnlp.annotation.shares import correct_shares
from polnlp.cli.import_ import describe
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


def test_a_changed_text_is_refused(run, tmp_path):
    [item] = draw_sample(run, "paragraphs", 1)
    write_items([item], tmp_path / "sample.jsonl")
    file = tmp_path / "a.csv"
    file.write_bytes(write_format([item], "csv").replace(b"met", b"beat"))
    with pytest.raises(CorpusError, match="its text was changed, 'beat"):
        import_annotations(file)


def test_overlapping_marks_are_kept_and_told_empty_ones_left_out_and_told(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "the MAS", "entities": [[0, 7, "ORG"], [4, 7, "PARTY"], [4, 7, "PARTY"], [2, 2, "ORG"]]}')
    imported = import_annotations(file)
    assert [(m.start, m.end, m.label) for m in imported.items[0].spans] == [(0, 7, "ORG"), (4, 7, "PARTY")]
    assert (imported.overlapping, imported.empty) == (["a-1"], ["a-1"])
    said = "\n".join(describe(imported, file, tmp_path / "gold.jsonl"))
    assert "1 item has marks that overlap" in said and "Left out: 1 mark of no characters, in a-1" in said
    write_items(imported.items, tmp_path / "gold.jsonl")
    assert read_items(tmp_path / "gold.jsonl") == imported.items
    assert len(next(read_gold(tmp_path / "gold.jsonl")).names) == 2


def test_a_misspelt_label_or_topic_is_told_with_the_one_it_is_perhaps_meant_to_be(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(
        "text,choice\n[LEDAER Correa] won.,health\n[PARTY MAS] and [LEDAER Evo] won.,protest\n[DATE Today],Health\n"
    )
    imported = import_annotations(file)
    assert (imported.unknown_labels, imported.unknown_topics) == ({"LEDAER": 2}, {"health": 1, "protest": 1})
    said = "\n".join(describe(imported, file, tmp_path / "gold.jsonl"))
    assert "polnlp does not have: LEDAER 2 (LEADER?)." in said
    assert "none of polnlp's topics: health 1 (Health?), protest 1." in said


def test_marks_outside_the_text_or_without_a_label_are_refused(tmp_path):
    file = tmp_path / "a.jsonl"
    for marks, fault in (('[4, 9, "ORG"]', "ORG 4-9 lies outside"), ('[4, 7, ""]', "4-7, 'MAS', has no label")):
        file.write_text(f'{{"text": "the MAS", "entities": [{marks}]}}')
        with pytest.raises(CorpusError, match=fault):
            import_annotations(file)


def make_item(number, found, choice, *, size=10, stratum="all", counts=None, what="stances", **more):
    return Item(
        id=f"a{number}#0",
        what=what,
        text="MAS won.",
        article=more.pop("article", f"a{number}"),
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


def test_shares_and_intervals_are_those_of_the_pseudo_outcomes_written_out():
    """Two strata: 6 units of which 3 were judged, 4 of which 2; the machine's word and a person's for each."""
    strata = {"a": (6, "favor against favor favor against favor"), "b": (4, "against against favor against")}
    judged = {"a": ["favor", "favor", "against"], "b": ["against", "favor"]}
    items, pseudo = [], []
    for name, (size, said) in strata.items():
        words = said.split()
        counts = {label: words.count(label) for label in set(words)}
        for place, word in enumerate(words):
            correction = 0.0
            if place < len(judged[name]):
                answer = judged[name][place]
                items.append(make_item(len(items), word, answer, size=size, stratum=name, counts=counts))
                correction = size / len(judged[name]) * ((answer == "favor") - (word == "favor"))
            pseudo.append((word == "favor") + correction)
    [share] = [share for share in correct_shares(items) if share.label == "favor"]
    assert share.machine == 0.5
    assert share.corrected == pytest.approx(statistics.mean(pseudo), abs=1e-4)
    error = 1.959964 * statistics.stdev(pseudo) / len(pseudo) ** 0.5
    assert (share.low, share.high) == pytest.approx(
        (max(0, statistics.mean(pseudo) - error), min(1, statistics.mean(pseudo) + error)), abs=1e-4
    )


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


def disagreement(pairs):
    return sum(a != b for a, b in pairs) / len(pairs)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_agreement_measures_agree_with_their_definitions(pairs):
    """Without any table: disagreement seen, over that of answers put together by chance."""
    counts = coincidences(pairs, "abc")
    pooled = [answer for pair in pairs for answer in pair]
    by_chance = disagreement(list(itertools.permutations(pooled, 2)))  # alpha: any two of all answers
    across = disagreement([(a, b) for a, _ in pairs for _, b in pairs])  # kappa: one of each annotator's
    for measured, expected in ((krippendorff_alpha(counts), by_chance), (cohen_kappa(counts), across)):
        if expected:
            assert measured == pytest.approx(1 - disagreement(pairs) / expected, abs=1e-4)
        else:
            assert math.isnan(measured)


def test_intervals_are_drawn_over_articles():
    """All agree within one article, none within the other: drawing articles gives 0, 0.5 or 1, and nothing else."""
    first = [make_item(n, "favor", "favor", article=f"text-{n < 5}") for n in range(10)]
    second = [replace(item, choice="favor" if n < 5 else "against") for n, item in enumerate(first)]
    [agreement] = [f for f in audit(first, second).agreement if f.name == "choice: agreement"]
    assert (agreement.value, agreement.low, agreement.high) == (0.5, 0.0, 1.0)


def test_words_with_several_marks_agree_only_with_the_same_marks():
    outer, inner = Mark(start=0, end=3, label="ORG"), Mark(start=0, end=3, label="PARTY")
    first = [make_item(0, None, None, what="paragraphs", spans=(outer, inner))]
    second = [make_item(0, None, None, what="paragraphs", spans=(outer,))]
    agreement = {figure.name: figure.value for figure in audit(first, second).agreement}
    assert agreement["marks, word by word: agreement"] == 0.5
    assert agreement["marks: F1 of one against the other"] == 0.6667


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


def test_gold_without_items_is_refused():
    with pytest.raises(CorpusError, match="holds no items; audit"):
        audit([])
