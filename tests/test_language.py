"""The language of a text: told from forty words, or not at all; and what becomes of what is not read."""

import pytest

from polnlp.articles import read_articles
from polnlp.cli.run import describe
from polnlp.language import detect_language
from polnlp.runner import run_corpus
from polnlp.schema import Article

TEXTS = {
    "en": "The assembly passed the law last night with the votes of the government party, and the president said"
    " that he would sign it within the week. The opposition, which had asked for a referendum, left the hall"
    " before the vote.",
    "es": "La asamblea aprobó anoche la ley con los votos del partido de gobierno, y el presidente dijo que la"
    " firmaría en esta semana. La oposición, que había pedido una consulta popular, salió de la sala antes de"
    " la votación.",
    "fr": "L'assemblée a adopté la loi hier soir avec les voix du parti au pouvoir, et le président a dit qu'il la"
    " signerait dans la semaine. L'opposition, qui avait demandé un référendum, a quitté la salle avant le"
    " vote.",
    "de": "Das Parlament hat das Gesetz gestern Abend mit den Stimmen der Regierungspartei verabschiedet, und der"
    " Präsident sagte, dass er es noch in dieser Woche unterschreibt. Die Opposition verließ vor der"
    " Abstimmung den Saal.",
    "pt": "A assembleia aprovou ontem à noite a lei com os votos do partido do governo, e o presidente disse que"
    " vai assiná-la ainda nesta semana. A oposição, que tinha pedido um referendo, saiu da sala antes da"
    " votação, mas não em silêncio.",
    "it": "L'assemblea ha approvato ieri sera la legge con i voti del partito di governo, e il presidente ha detto"
    " che la firmerà nella settimana. L'opposizione, che aveva chiesto un referendum, è uscita dall'aula prima"
    " del voto.",
    "ru": "Парламент вчера вечером принял закон голосами правящей партии, и президент сказал, что он подпишет его"
    " на этой неделе. Оппозиция, которая требовала референдума, вышла из зала до голосования, но не все"
    " депутаты.",
    "el": "Η βουλή ψήφισε χθες τον νόμο.",
    "ja": "議会は昨夜、与党の賛成で法案を可決した。",
    "zh": "议会昨晚通过了这项法律。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_forty_words_tell_the_language(language):
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt", "it"])
def test_capitals_and_names_do_not_hide_it(language):
    assert detect_language(TEXTS[language].upper()) == language
    assert detect_language("Angela Merkel, CDU, Rafael Correa, Alianza PAIS\n" + TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Correa no.",
        "Angela Merkel, Rafael Correa, Michelle Bachelet, Gordon Brown, Luiz Inácio Lula da Silva, Evo Morales,"
        " Hugo Chávez, Cristina Fernández, Álvaro Uribe, Alan García, Fernando Lugo, Tabaré Vázquez",
        "PP 123, PSOE 122, CiU 10, ERC 3, PNV 6, IU 2, BNG 2, UPyD 1. " * 5,
        TEXTS["en"] + " " + TEXTS["es"],
        "1234 5678 " * 40,
    ],
)
def test_a_text_that_does_not_tell_its_language_is_unknown(text):
    assert detect_language(text) is None


def test_of_an_unknown_language_the_script_is_told():
    assert detect_language("Сайын чуве " * 30) == "und-Cyrl"
    assert detect_language("ភាសាខ្មែរ " * 30) == "und"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run over an English, a Spanish, a German and a short article; one of them says the wrong language."""
    folder, output = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("out")
    for language in ("en", "es", "de"):
        (folder / f"{language}.md").write_text(f"---\ndate: 2009-01-29\nlanguage: en\n---\n{TEXTS[language]}\n")
    (folder / "short.txt").write_text("Angela Merkel met Rafael Correa.")
    from polnlp.config import Config

    summary = run_corpus([folder], output, Config())
    from polnlp.reports import read_reports

    return summary, {report.article.id: report for report in read_reports(output)}, output


@pytest.mark.slow
def test_a_language_that_is_not_read_is_reported_and_not_mangled(run):
    _, reports, _ = run
    german = reports["de"]
    assert german.article.language == "de"
    assert german.article.notes == ("language given as 'en', but written in 'de': read as that",)
    assert not (german.mentions or german.dates or german.entities or german.topics or german.stances)
    assert (german.coverage.read, german.coverage.skipped["in German"]) == (0, len(TEXTS["de"]))
    assert [paragraph.zone for paragraph in german.paragraphs] == ["body"]


@pytest.mark.slow
def test_spanish_has_dates_by_its_own_grammar_but_no_topics_and_stances(run):
    _, reports, _ = run
    spanish = reports["es"]
    assert [(date.text, date.value) for date in spanish.dates] == [("esta semana", "2009-W05")]
    assert not (spanish.topics or spanish.stances)
    assert spanish.coverage.left_out == {"paragraphs in Spanish: no topic, no stance": 1}
    assert spanish.coverage.read == len(TEXTS["es"])


@pytest.mark.slow
def test_the_account_of_a_run_counts_the_languages(run):
    summary, reports, output = run
    assert summary.languages == {"de": 1, "en": 1, "es": 1, "unknown": 1}
    assert reports["short"].article.language is None
    assert {mention.text for mention in reports["short"].mentions} == {"Angela Merkel", "Rafael Correa"}
    lines = list(describe(summary, output))
    assert "1 article not read, for the language: German 1. Reports hold no names." in lines
    assert "1 article in Spanish: names and dates are read, topics and stances are not." in lines


@pytest.mark.slow
def test_the_articles_of_the_project_are_english(corpus):
    articles = [item for item in read_articles(corpus) if isinstance(item, Article)]
    words = [article.text.split() for article in articles]
    pieces = [" ".join(text[at : at + 40]) for text in words for at in range(0, len(text) - 40, 40)]
    assert {detect_language(piece) for piece in pieces} == {"en"}
