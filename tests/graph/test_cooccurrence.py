"""Who meets whom: windows, thresholds, the ledger, and that the order of reports means nothing."""

from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reports_by_hand import make_report
from polnlp.config import GraphConfig
from polnlp.errors import CorpusError
from polnlp.graph import build_graph
from polnlp.graph.evidence import find_nearest
from polnlp.graph.export import stream_json

MEETING = "[LEADER Correa] met [ORG CONAIE]. [LEADER Correa] left.\n\n[COUNTRY Ecuador] heard of [ORG CONAIE]."


def edges_of(marked, **options):
    graph = build_graph([make_report(marked)], config=GraphConfig(**options))
    return {(a.removeprefix("nil:"), b.removeprefix("nil:")): count for a, b, count in graph.edges(data="count")}


def test_a_pair_counts_once_per_paragraph():
    assert edges_of("[LEADER Correa] met [ORG CONAIE]. [LEADER Correa] left [ORG CONAIE].") == {("CONAIE", "Correa"): 1}


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("sentence", {("CONAIE", "Correa"): 1, ("CONAIE", "Ecuador"): 1}),
        ("paragraph", {("CONAIE", "Correa"): 1, ("CONAIE", "Ecuador"): 1}),
        ("article", {("CONAIE", "Correa"): 1, ("CONAIE", "Ecuador"): 1, ("Correa", "Ecuador"): 1}),
    ],
)
def test_the_window_decides_who_meets(window, expected):
    assert edges_of(MEETING, window=window) == expected


def test_an_entity_does_not_meet_itself():
    assert edges_of("[LEADER Correa] and [LEADER Correa].") == {}


def test_rare_pairs_are_left_out_on_request():
    marked = MEETING + "\n\n[LEADER Correa] and [ORG CONAIE]."
    assert edges_of(marked, min_count=2) == {("CONAIE", "Correa"): 2}


def test_types_and_doubtful_mentions_that_are_left_out_are_counted():
    graph = build_graph(
        [make_report("[MISC Bolivarian] [LEADER Chavez]."), make_report("[LEADER Correa].", article="a2", score=0.3)]
    )
    assert list(graph) == ["nil:Chavez"]
    assert graph.graph["left_out"] == {
        "mention below min_score": 1,
        "mention of a type that is not asked for: MISC": 1,
    }


def test_a_window_with_too_many_names_is_left_out_and_counted():
    names = " ".join(f"[PERSON P{number}]" for number in range(6))
    graph = build_graph([make_report(names)], config=GraphConfig(max_entities=5))
    assert graph.number_of_edges() == 0
    assert graph.graph["left_out"] == {"paragraph with more than 5 entities": 1}


def test_the_evidence_names_both_mentions_and_their_place():
    report = make_report("A line.\n\nToday [LEADER Correa] met [ORG CONAIE].", date="2009-01-29")
    graph = build_graph([report])
    (entry,) = graph.edges["nil:CONAIE", "nil:Correa"]["evidence"]
    assert (entry["article"], entry["paragraph"], entry["sentence"], entry["distance"]) == ("a1", 1, 0, 5)
    assert entry["a"]["text"] == "CONAIE" == report.text[entry["a"]["start"] : entry["a"]["end"]]
    assert entry["b"]["text"] == "Correa" == report.text[entry["b"]["start"] : entry["b"]["end"]]
    assert graph.graph["sentences"] == {"a1": {"1.0": [9, len(report.text) - 2, "Today Correa met CONAIE."]}}


def test_reports_without_texts_give_the_same_edges_without_sentences():
    graph = build_graph([make_report(MEETING, with_text=False)])
    assert graph.number_of_edges() == 2
    assert graph.graph["sentences"] == {}


def test_two_articles_entities_become_one_by_their_corpus_wide_id():
    reports = [
        make_report("[LEADER=nil:1 Correa] met [ORG CONAIE]."),
        make_report("[LEADER=nil:7 Rafael Correa].", article="a2"),
    ]
    known = {("a1", "nil:1"): "leader:correa", ("a2", "nil:7"): "leader:correa"}
    graph = build_graph(reports, identity=lambda article, entity: known.get((article, entity.id), entity.id))
    assert sorted(graph) == ["leader:correa", "nil:CONAIE"]
    node = graph.nodes["leader:correa"]
    assert (node["count"], node["articles"], node["aliases"]) == (2, 2, ["Correa", "Rafael Correa"])


def test_two_reports_on_one_article_are_refused():
    with pytest.raises(CorpusError, match="'a1' has two reports"):
        build_graph([make_report(MEETING), make_report(MEETING)])


def test_an_empty_corpus_gives_an_empty_graph():
    graph = build_graph([])
    assert (len(graph), graph.number_of_edges()) == (0, 0)
    assert b"".join(stream_json(graph))


def test_dates_are_the_articles_or_those_that_the_paragraph_speaks_of():
    from polnlp.schema import DateMention

    said = DateMention(start=0, end=4, text="1998", type="DATE", value="1998", paragraph=0)
    lasting = DateMention(start=0, end=4, text="3 years", type="DURATION", value="P3Y", paragraph=0)
    report = make_report(MEETING, date="2009-01-29", dates=[said, lasting])
    written = build_graph([report]).edges["nil:CONAIE", "nil:Correa"]
    told = build_graph([report], config=GraphConfig(dates="text")).edges["nil:CONAIE", "nil:Correa"]
    assert (written["first_date"], written["last_date"]) == ("2009-01-29", "2009-01-29")
    assert (told["first_date"], told["last_date"]) == ("1998", "1998")


# -- windows of tokens -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (2, {("CONAIE", "Correa"): 1}),
        (3, {("CONAIE", "Correa"): 1, ("Correa", "Ecuador"): 1}),
        (5, {("CONAIE", "Correa"): 1, ("CONAIE", "Ecuador"): 1}),
        (50, {("CONAIE", "Correa"): 1, ("CONAIE", "Ecuador"): 1, ("Correa", "Ecuador"): 1}),
    ],
)
def test_windows_of_tokens_follow_each_other_over_the_borders_of_paragraphs(tokens, expected):
    # Correa met CONAIE. Correa left. | Ecuador heard of CONAIE.
    assert edges_of(MEETING, window="tokens", window_tokens=tokens) == expected


def test_a_pair_counts_once_per_window_of_tokens_and_each_has_its_entry():
    marked = "[LEADER Correa] met [ORG CONAIE] and [ORG CONAIE] met [LEADER Correa] again."
    graph = build_graph([make_report(marked)], config=GraphConfig(window="tokens", window_tokens=4))
    edge = graph.edges["nil:CONAIE", "nil:Correa"]
    assert [entry["window"] for entry in edge["evidence"]] == [0, 1]
    assert edge["count"] == 2
    assert graph.nodes["nil:Correa"]["windows"] == 2


@pytest.mark.parametrize("weight", ["count", "proximity"])
def test_the_weight_can_be_recomputed_from_the_entries(weight):
    marked = "[LEADER Correa] met [ORG CONAIE] and many others. " * 9
    config = GraphConfig(window="tokens", window_tokens=10, weight=weight, draws=5)
    edge = build_graph([make_report(marked)], config=config).edges["nil:CONAIE", "nil:Correa"]
    gaps = [max(e["a"]["start"] - e["b"]["end"], e["b"]["start"] - e["a"]["end"]) for e in edge["evidence"]]
    near = sum(2 ** (-gap / 100) for gap in gaps)
    assert edge["weight"] == {"count": len(gaps), "proximity": pytest.approx(near, abs=1e-4)}[weight]
    assert len(gaps) == 5  # the border behind the 50th word parts the last two
    assert edge["count_low"] <= edge["count"] <= edge["count_high"]


def test_only_what_is_analysed_counts_as_tokens():
    from polnlp.schema import Paragraph

    report = make_report("[LEADER Correa] met many old men.\n\nRead more here.\n\n[ORG CONAIE] left.")
    first, _, last = report.paragraphs
    shut = Paragraph(index=1, start=report.text.index("Read"), end=last.start - 2, zone="boilerplate")
    stubbed = msgspec.structs.replace(report, paragraphs=(first, shut, last))
    config = GraphConfig(window="tokens", window_tokens=7)
    assert build_graph([report], config=config).number_of_edges() == 0
    assert build_graph([stubbed], config=config).number_of_edges() == 1


def test_tokens_cannot_be_counted_without_texts():
    with pytest.raises(CorpusError, match=r"'a1': its report holds no text.*`--no-text`"):
        build_graph([make_report(MEETING, with_text=False)], config=GraphConfig(window="tokens"))


def test_a_window_of_tokens_with_too_many_names_is_called_by_its_length():
    names = " ".join(f"[PERSON P{number}]" for number in range(6))
    graph = build_graph([make_report(names)], config=GraphConfig(window="tokens", window_tokens=9, max_entities=5))
    assert graph.graph["left_out"] == {"9-token window with more than 5 entities": 1}


# -- laws ------------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["[LEADER A]", "[ORG B]", "[COUNTRY C]", "[PARTY D]", "[EVENT E]"])
SENTENCES = st.lists(NAMES, max_size=4).map(lambda names: " with ".join(names) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
ARTICLES = st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join)


WORDS = 4  # in a window of tokens


def reports_of(articles):
    return [
        make_report(
            marked,
            article=f"a{number}",
            date=f"20{number:02}-01-02",
            score=0.8,
            topics=[(0, "Labor")],
            stances=[(0, "author", "nil:A", "favor", 0.7), (0, "nil:B", "nil:A", "against", 0.6)],
        )
        for number, marked in enumerate(articles)
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(ARTICLES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(articles, random):
    reports = reports_of(articles)
    shuffled = random.sample(reports, len(reports))
    config = GraphConfig(draws=5)
    first, second = build_graph(reports, config=config), build_graph(shuffled, config=config)
    assert [*stream_json(first)] == [*stream_json(second)]


@settings(max_examples=40, deadline=None)
@given(st.lists(ARTICLES, min_size=1, max_size=4), st.sampled_from(["sentence", "paragraph", "article", "tokens"]))
def test_every_edge_can_be_recounted_from_the_reports(articles, window):
    reports = reports_of(articles)
    graph = build_graph(reports, config=GraphConfig(window=window, window_tokens=WORDS, draws=0))
    assert recount(reports, window) == {
        frozenset((a, b)): {key_of(entry, window) for entry in data["evidence"]}
        for a, b, data in graph.edges(data=True)
    }
    assert all(data["count"] == len(data["evidence"]) for _, _, data in graph.edges(data=True))


def recount(reports, window):
    """Count anew, in the plainest way there is: each pair of mentions, one by one."""
    found = {}
    for report in reports:
        for one, other in combinations(report.mentions, 2):
            places = [key_of(described(report, m), window) for m in (one, other)]
            if one.entity_id != other.entity_id and places[0] == places[1]:
                found.setdefault(frozenset((one.entity_id, other.entity_id)), set()).add(places[0])
    return found


def described(report, mention):
    """A mention as an entry of the ledger; the words before it counted by splitting the text at white space."""
    number = (len(report.text[: mention.end].split()) - len(mention.text.split())) // WORDS
    return {"article": report.article.id, "window": number, **msgspec.structs.asdict(mention)}


def key_of(entry, window):
    if window == "tokens":
        return entry["article"], entry["window"]
    return (
        entry["article"],
        *[entry[name] for name in ("paragraph", "sentence")][: {"article": 0, "paragraph": 1, "sentence": 2}[window]],
    )


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 3), st.booleans()), min_size=2, max_size=12))
def test_the_nearest_mentions_are_found_as_by_trying_all(spans):
    mentions, place = {True: [], False: []}, 0
    for gap, length, side in spans:
        text = "x" * length
        start = place + gap
        mentions[side] += make_mention(start, start + length, text)
        place = start + length
    if not mentions[True] or not mentions[False]:
        return
    gaps = [max(0, max(m.start, n.start) - min(m.end, n.end)) for m in mentions[True] for n in mentions[False]]
    one, other, distance = find_nearest(mentions[True], mentions[False])
    assert distance == min(gaps) == max(0, max(one.start, other.start) - min(one.end, other.end))
    assert one in mentions[True]
    assert other in mentions[False]


def make_mention(start, end, text):
    from polnlp.schema import Mention

    return [Mention(start=start, end=end, text=text, label="ORG", score=1.0)]
