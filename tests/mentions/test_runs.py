"""Names that run together are parted where a list, a caption or a headline explains it, and nowhere else."""

import pytest

from polnlp.config import MentionsConfig
from polnlp.kb import open_kb
from polnlp.mentions import find_mentions
from polnlp.mentions.engines import RawName
from polnlp.mentions.gazetteer import Gazetteer
from polnlp.mentions.runs import is_keyword_line
from polnlp.pipeline import as_paragraph
from polnlp.schema import Paragraph

KEYWORDS = (
    "TAGS: Plenary Debate Bolivia Ecuador Evo Morales Quito Rafael Correa Blue Hill Movement UNASUR Peru Andes Senate"
)


class MarkedNames:
    """A tagger that finds what it is told to, at each place in the order given."""

    source = "marked"

    def __init__(self, *names):
        self.names = names

    def tag(self, texts):
        return [[name for marked in self.names for name in self._find(text, *marked)] for text in texts]

    def _find(self, text, surface, label, score, place=0):
        at = [start for start in range(len(text)) if text.startswith(surface, start)]
        return [RawName(at[place], at[place] + len(surface), label, score)] if len(at) > place else []


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(open_kb())


def found(gazetteer, text, *names, title=None):
    paragraphs = as_paragraph(text)
    if title is not None:
        body = len(title) + 2
        paragraphs = (
            Paragraph(index=0, start=0, end=len(title), zone="title", sentences=((0, len(title)),)),
            Paragraph(index=1, start=body, end=len(text), zone="body", sentences=((body, len(text)),)),
        )
    mentions = find_mentions(text, paragraphs, MarkedNames(*names), gazetteer, MentionsConfig())
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return [(mention.text, mention.label) for mention in mentions]


def test_a_line_of_keywords_is_parted_into_names(gazetteer):
    run = "Evo Morales Quito Rafael Correa"
    assert is_keyword_line(KEYWORDS)
    parted = found(gazetteer, KEYWORDS, (run, "LEADER", 0.5))
    names = ["Evo Morales", "Quito", "Rafael Correa"]
    assert [name for name, _ in parted if name in run] == names
    assert dict(parted)["Quito"] == "REGION"


def test_a_sentence_is_no_line_of_keywords():
    assert not is_keyword_line(
        "President Evo Morales of Bolivia met Rafael Correa of Ecuador in Quito on Monday for talks."
    )
    assert not is_keyword_line("Evo Morales Quito")


@pytest.mark.parametrize(
    ("text", "run", "names"),
    [
        ("Photo: Evo Morales Rafael Correa", ("Evo Morales Rafael Correa", "LEADER"), ["Evo Morales", "Rafael Correa"]),
        ("They met in Astana Kazakhstan again.", ("Astana Kazakhstan", "REGION"), ["Astana", "Kazakhstan"]),
        ("The New Zealand Labour caucus met.", ("New Zealand Labour", "PARTY"), ["New Zealand Labour"]),
        ("They saw South Africa play.", ("South Africa", "COUNTRY"), ["South Africa"]),
        ("Then Paris Hilton sang.", ("Paris Hilton", "PERSON"), ["Paris Hilton"]),
        (
            "Then Franklin Delano Roosevelt spoke.",
            ("Franklin Delano Roosevelt", "LEADER"),
            ["Franklin Delano Roosevelt"],
        ),
        ("The Boston Tea Party began.", ("Boston Tea Party", "EVENT"), ["Boston Tea Party"]),
    ],
)
def test_in_prose_only_people_and_places_in_their_countries_are_parted(gazetteer, text, run, names):
    assert [name for name, _ in found(gazetteer, text, (*run, 0.9))] == names


def test_a_headlines_verb_is_no_part_of_a_name(gazetteer):
    title = "Zuvarin Gets Heckled"
    text = f"{title}\n\nMinister Pavel Zuvarin was heckled on Monday."
    names = ("Zuvarin Gets Heckled", "LEADER", 0.5), ("Pavel Zuvarin", "LEADER", 0.95)
    assert found(gazetteer, text, *names, title=title) == [("Zuvarin", "LEADER"), ("Pavel Zuvarin", "LEADER")]


def test_a_name_that_is_sure_at_one_place_is_not_broken_at_another(gazetteer):
    text = "The Upland Dialogue Congress began. Later the Upland Dialogue Congress ended."
    names = ("Upland Dialogue Congress", "EVENT", 0.95), ("Upland Dialogue", "EVENT", 0.4, 1)
    assert found(gazetteer, text, *names) == [("Upland Dialogue Congress", "EVENT")] * 2


@pytest.mark.parametrize(
    ("text", "name", "label", "expected"),
    [
        ("Posts of the KPA civil police fell.", "KPA civil police", "ORG", ["KPA"]),
        ("They fought neo-liberalism in all forms.", "neo-liberalism", "MISC", []),
    ],
)
def test_common_words_and_doctrines_are_no_names(gazetteer, text, name, label, expected):
    assert [found_name for found_name, _ in found(gazetteer, text, (name, label, 0.9))] == expected
