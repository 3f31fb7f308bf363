"""Descriptions by office: who held it in the article's year; where that is open, nobody is meant."""

import pytest

from helpers import read_marked
from polnlp.entities import find_references, resolve_entities
from polnlp.kb import open_kb
from polnlp.mentions.dates import find_dates
from polnlp.pipeline import as_paragraph
from polnlp.schema import Article, ArticleDate


@pytest.fixture(scope="module")
def kb():
    return open_kb()


def find(kb, marked, date):
    article, mentions = read_marked(marked, date=date)
    paragraphs = as_paragraph(article.text)
    dates = find_dates(article.text, reference=date, paragraphs=paragraphs)
    resolved = resolve_entities(article, paragraphs, mentions, kb).mentions
    found = find_references(article, paragraphs, resolved, dates, kb)
    assert all(article.text[reference.start : reference.end] == reference.text for reference in found)
    return found


@pytest.mark.parametrize(
    ("marked", "date", "text", "entity_id"),
    [
        ("The [MISC Bolivian] president spoke.", "2009-01-29", "Bolivian president", "leader:BOL:evo-morales"),
        ("He met the President of [COUNTRY Ecuador].", "2009", "President of Ecuador", "leader:ECU:rafael-correa"),
        ("The talks with [COUNTRY Russia]'s foreign minister failed.", "2009", "Russia's foreign minister",
         "leader:RUS:sergei-lavrov"),
        ("The [MISC Chinese] Premier's aides left.", "2010", "Chinese Premier", "leader:CHN:wen-jiabao"),
        ("The [MISC Russian] president left.", "2006", "Russian president", "leader:RUS:vladimir-putin"),
        ("The [COUNTRY US] president waited.", "2012-06", "US president", "leader:USA:barack-obama"),
        ("Said the Prime Minister of the [COUNTRY United Kingdom]: no.", "2008", "Prime Minister of the United Kingdom",
         "leader:GBR:gordon-brown"),
        ("The [MISC German] chancellor agreed.", "2011", "German chancellor", "leader:DEU:angela-merkel"),
        ("The [MISC German] Chancellor agreed.", "1975", "German Chancellor", "leader:DEU:helmut-schmidt"),
        ("The [COUNTRY U.S.] Secretary of State flew in.", "2011", "U.S. Secretary of State",
         "leader:USA:hillary-clinton"),
    ],
)  # fmt: skip
def test_the_holder_at_the_articles_date_is_meant(kb, marked, date, text, entity_id):
    (reference,) = find(kb, marked, date)
    assert (reference.text, reference.entity_id, reference.rule) == (text, entity_id, "office")
    assert reference.name == kb.entry(entity_id).name


@pytest.mark.parametrize(
    ("marked", "date"),
    [
        ("The former [MISC Bolivian] president spoke.", "2009"),
        ("A [MISC Bolivian] president spoke.", "2009"),
        ("The first [MISC Bolivian] president spoke.", "2009"),
        ("[MISC Bolivian] presidents spoke.", "2009"),
        ("The [MISC Bolivian] president-elect spoke.", "2009"),
        ("The [MISC Bolivian] president of the company spoke.", "2009"),
        ("The deputy prime minister of [COUNTRY Israel] spoke.", "2009"),
        ("She became the president of [COUNTRY Bolivia].", "2009"),
        ("[PERSON Ana Ruiz], the [MISC Bolivian] president, spoke.", "2009"),
        ("The [MISC Bolivian] president, [LEADER Evo Morales], spoke.", "2009"),
        ("[MISC Bolivian] President [LEADER Evo Morales] spoke.", "2009"),
        ("In 1990, the [MISC Bolivian] president resigned.", "2009"),
        ("It was 1990. There was unrest. The [MISC Bolivian] president resigned.", "2009"),
        ("The [MISC Bolivian] chancellor of the exchequer spoke.", "2009"),
        ("The [MISC Andean] president spoke.", "2009"),
        ("The [COUNTRY US] president waited.", "2009-01-10"),  # the year of a change, and nobody is named
        ("The [MISC Chilean] president waited.", "2015"),  # two came back to office, and nobody is named
    ],
)
def test_what_is_open_refers_to_nobody(kb, marked, date):
    assert find(kb, marked, date) == ()


@pytest.mark.parametrize(
    ("marked", "date", "entity_id"),
    [
        # the list has Putin in office from 2000 on, and Medvedev from 2008 to 2012
        ("The [MISC Russian] president left; [LEADER Dmitry Medvedev] smiled.", "2010", "leader:RUS:dmitry-medvedev"),
        # and the heads of the Cook Islands among New Zealand's
        ("[LEADER John Key] rose. The prime minister of [COUNTRY New Zealand] spoke.", "2013", "leader:NZL:john-key"),
    ],
)
def test_of_several_whom_the_list_has_the_one_who_is_named_is_meant(kb, marked, date, entity_id):
    (reference,) = find(kb, marked, date)
    assert (reference.entity_id, reference.rule) == (entity_id, "office-and-name")


def test_in_a_year_of_change_the_one_whom_the_article_names_is_meant(kb):
    marked = "[LEADER Barack Obama] won. The [COUNTRY US] president waited."
    (reference,) = find(kb, marked, "2009-10-01")
    assert (reference.entity_id, reference.rule) == ("leader:USA:barack-obama", "office-and-name")
    assert find(kb, marked.replace("won", "beat [LEADER George W. Bush]"), "2009-10-01") == ()


def test_without_a_date_of_its_own_an_article_has_no_references(kb):
    article, mentions = read_marked("The [MISC Bolivian] president spoke.")
    for date in (None, ArticleDate(value="2009-01-29", source="comment", upper_bound=True)):
        dated = Article(id="a", text=article.text, date=date)
        assert find_references(dated, as_paragraph(article.text), mentions, (), kb) == ()
