"""Names in Spanish: where they begin and end, what their first word says, and what is no name."""

from pathlib import Path

import pytest

from helpers import read_marked
from polnlp.evaluation import evaluate
from polnlp.mentions.engines import RawName
from polnlp.mentions.spanish import SpanishTagger

GOLD = Path(__file__).parent.parent / "data" / "spanish"


class Nothing:
    """A tagger that sees nothing, or what it is told."""

    source = "encoder"

    def __init__(self, *seen):
        self.seen = list(seen)

    def tag(self, texts):
        return [self.seen for _ in texts]


@pytest.mark.parametrize(
    "marked",
    [
        "El [PARTY Partido Revolucionario Institucional] perdió.",
        "Lo aprobó el [ORG Congreso de los Diputados] y no el [ORG Consejo Nacional Electoral].",
        "La [ORG Federación de Estudiantes de la Universidad de Chile] marcha.",
        "Los de [PARTY Izquierda Unida] y la [PARTY Alianza Popular].",
        "El presidente [LEADER Juan Manuel Santos] y la ministra de Defensa, [LEADER Cecilia Chacón], callan.",
        "El expresidente [LEADER Humberto de la Calle] llegó.",
        "La [MISC Constitución] lo dice.",
        "La [ORG CONAIE] convoca.",
        "En las calles no pasó nada. Las calles estaban vacías.",
        "Piden agua y luz.",
        "",
    ],
)
def test_names_are_found_where_marked(marked):
    article, mentions = read_marked(marked)
    (found,) = SpanishTagger(Nothing()).tag([article.text])
    assert [(n.start, n.end, n.label) for n in found] == [(m.start, m.end, m.label) for m in mentions]


@pytest.mark.parametrize(
    ("text", "seen", "names"),
    [
        ("Ayer Felipe Calderón felicitó a todos.", (5, 29, "LEADER"), [("Felipe Calderón", "LEADER")]),
        ("Vive en Yucumo desde ayer.", (8, 14, "REGION"), [("Yucumo", "REGION")]),
        ("Vio a la gente.", (6, 8, "REGION"), []),
        ("Fue en la Noche Blanca de Quito.", (10, 22, "EVENT"), []),
    ],
)
def test_what_the_english_tagger_sees_is_taken_between_the_capitals(text, seen, names):
    (found,) = SpanishTagger(Nothing(RawName(*seen, 0.7))).tag([text])
    assert [(text[name.start : name.end], name.label) for name in found] == names


@pytest.mark.slow
@pytest.mark.parametrize(("part", "names", "dates"), [("seen", 0.77, 0.84), ("unseen", 0.80, 0.9)])
def test_the_scores_on_the_annotated_articles_do_not_fall(pipeline, part, names, dates):
    assert evaluate("names", GOLD / part, pipeline).values["F1"] >= names
    assert evaluate("dates", GOLD / part, pipeline).values["value F1"] >= dates
