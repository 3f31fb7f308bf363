"""Texts that were decoded wrongly are mended, and what is as it was written is left alone."""

import json

import pytest

from polnlp.articles import read_articles
from polnlp.articles.repair import repair_text
from polnlp.schema import Article

NAMES = [
    "García", "Benítez", "Río", "Martí", "María", "Rodríguez", "Frías", "Haití", "Potosí", "Solís", "Luís", "París",
    "Asís", "País", "Díaz", "Medellín", "Yasuní", "Ríos", "Sofía", "Lucía", "Raúl", "Bogotá", "Núñez", "Peña",
    "Muñoz", "Ñuflo", "Íñigo", "Óscar", "Ángel", "José", "Chávez", "Fernández", "Gutiérrez", "Güiraldes", "Belém",
    "Dinís", "Amadís", "Moís", "Valdés", "Cortés", "Andrés", "Inés", "Tomás", "Nicolás", "Lech-Wałęsa", "Zoë", "Noël",
    "Citroën", "Müller", "Þórdís", "Vigdís", "Çelik", "São-Tomé", "Côte", "Île", "Malmö", "Åland", "Øresund", "Łódź",
    "Erdoğan", "Milošević", "Ò", "Ó", "Õ", "Ñ", "Òmnium", "Ó-Cuív", "Õiglus",
]  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("The union wonâ€™t sign; JosÃ© MartÃ\xad would not.", "The union won’t sign; José Martí would not."),
        ("â€œNo,â€\x9d said the mayor.", "“No,” said the mayor."),
        ("â€œNo,â€ said the mayor.", "“No,” said the mayor."),
        ("Quito\x92s mayor said \x93no\x94.", "Quito’s mayor said “no”."),
        ("The mayor of BogotÃ¡ met Raúl and donâ€™t ask", "The mayor of Bogotá met Raúl and don’t ask"),
        (
            "Lebanon voted. It is Lebanonís right, and the assembly knows the assemblyís duty.",
            "Lebanon voted. It is Lebanon’s right, and the assembly knows the assembly’s duty.",
        ),
        ("They call it ìreformî in Quito ó we donít.", "They call it “reform” in Quito — we don’t."),
        ("The union doesnít and wonít sign; they didnít.", "The union doesn’t and won’t sign; they didn’t."),
        (
            "LebanonÕs army: Lebanon and its army, the armyÕs men.",
            "Lebanon’s army: Lebanon and its army, the army’s men.",
        ),
        ("Ghana has children. Childrenës rights, Ghanaës law.", "Ghana has children. Children’s rights, Ghana’s law."),
    ],
)
def test_broken_punctuation_is_mended(broken, mended):
    assert repair_text(broken)[0] == mended


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frame", ["{} spoke.", "The party’s {0} met “{0}” — and {0}'s men.", "{0}\n{0}, the city’s"])
def test_a_real_name_is_left_alone(name, frame):
    text = frame.format(name)
    assert repair_text(text) == (text, ())


def test_names_with_accents_in_one_english_text_are_left_alone():
    text = " met ".join(NAMES) + " and the sol of Sol, the lu of Lu, the par of Par, as it was: 10 ó 12."
    assert repair_text(text) == (text, ())


def test_a_text_that_uses_the_letter_for_itself_too_is_left_alone():
    text = "Lebanon and the council: Lebanonís right, the councilís duty, said García."
    assert repair_text(text) == (text, ())


def test_one_such_word_alone_proves_nothing():
    text = "The plan of Plan is Planís."
    assert repair_text(text) == (text, ())


@pytest.mark.parametrize("text", ["It'\x80\x99s late.", "Wales–\x80\x94not him.", "5 € or £3", "SÃO PAULO", ""])
def test_what_cannot_be_mended_whole_stays(text):
    assert repair_text(text) == (text, ())


def test_only_the_broken_lines_change_and_line_ends_stay():
    assert repair_text("GarcÃ\xada\r\nMartí’s\n\n")[0] == "García\r\nMartí’s\n\n"


def test_a_text_is_repaired_once():
    once, _ = repair_text("They call it ìreformî; donâ€™t.")
    assert repair_text(once) == (once, ())


def test_an_article_says_that_it_was_repaired(tmp_path):
    row = {"text": "MarÃ\xada said: â€œNo.â€\x9d\nOthers.", "title": "MarÃ\xada"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    (article,) = read_articles(tmp_path / "a.jsonl")
    assert isinstance(article, Article)
    assert article.text == "María said: “No.”\nOthers."
    assert article.title == "María"
    assert article.notes == ("1 line of wrongly decoded UTF-8 repaired; offsets count in the repaired text",)


def test_the_shipped_articles_are_as_they_were_written(corpus):
    articles = [article for article in read_articles(corpus) if isinstance(article, Article)]
    assert articles
    assert not [note for article in articles for note in article.notes if "repaired" in note or "restored" in note]


@pytest.mark.data
def test_of_real_speeches_only_the_broken_ones_change(data_folder):
    changed = set()
    for line in (data_folder / "corpus" / "articles.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if repair_text(row["text"])[1]:
            changed.add(row["id"])
    assert changed == {"ungd-AUT-59-2004", "ungd-GHA-57-2002", "ungd-LBN-59-2004"}
