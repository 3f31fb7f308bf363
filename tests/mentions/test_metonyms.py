"""Capitals: a government where they act or are dealt with, else a city. Brackets mark the names as a tagger would."""

import pytest

from helpers import read_marked
from polnlp.mentions.metonyms import CAPITALS, mark_metonyms

ABROAD = "[COUNTRY Bolivia] and [COUNTRY Ecuador] watched. "


def labels(marked):
    article, mentions = read_marked(marked)
    return [mention.label for mention in mark_metonyms(article.text, mentions)]


@pytest.mark.parametrize(
    "marked",
    [
        "[REGION Washington] warned the rebels.",
        "A future that is not contingent on [REGION Washington], but on voters.",
        "[REGION Moscow] has never recognised the vote.",
        "[REGION Tehran]'s nuclear plans alarm the neighbours.",
        "Relations with [REGION Havana] are cool.",
        "The rebels are backed by [REGION Tripoli].",
        "A [REGION Washington]-backed coup failed.",
        "The [REGION Kabul] government fell.",
        "The anti-[REGION Beijing] camp won.",
        "The party accused [REGION Madrid] of arrogance.",
        "The plan pleases nobody more than [REGION Moscow].",
        "The latest proposals from [REGION Brasília] were dull.",
        "The governor bowed to [REGION Washington].",
    ],
)
def test_a_capital_that_acts_or_is_dealt_with_is_a_country(marked):
    assert labels(ABROAD + marked)[2] == "COUNTRY"


def test_capitals_named_together_are_countries_together():
    talks = "Talks between [REGION Moscow] and [REGION Tehran] failed."
    assert labels(ABROAD + talks)[2:] == ["COUNTRY", "COUNTRY"]
    assert labels(ABROAD + "[REGION Moscow] and [REGION Ottawa] intend to talk.")[2:] == ["COUNTRY", "COUNTRY"]


@pytest.mark.parametrize(
    "marked",
    [
        "She flew to [COUNTRY Washington] on Monday.",
        "Ministers met in [COUNTRY Moscow] and refused to sign.",
        "He left [COUNTRY Tehran] in haste.",
        "The mayor of [COUNTRY Caracas] said no.",
        "A visit to [COUNTRY Berlin] is planned.",
    ],
)
def test_a_capital_that_one_is_in_or_goes_to_is_a_city(marked):
    assert labels(ABROAD + marked)[2] == "REGION"


@pytest.mark.parametrize(
    "dateline",
    ["[COUNTRY WASHINGTON] (Reuters) - Senators met.", "[COUNTRY QUITO], 12 March 2009 - Miners met."],
)
def test_a_dateline_is_a_city(dateline):
    assert labels(f"{ABROAD}\n\n{dateline}")[2] == "REGION"


@pytest.mark.parametrize(
    "marked",
    [
        "[REGION Moscow] has twelve million inhabitants.",
        "They signed the [REGION Minsk] agreements.",
        "A man from [REGION Moscow] proposed a tax.",
        "[REGION Paris] warned her mother, said [PERSON Valeska Paris].",
        "The attack on [REGION Baghdad] began.",
        "The state of [REGION Washington] has forests.",
        "[REGION Springfield] warned the rebels.",
        "[PERSON Washington] warned the rebels.",
    ],
)
def test_nothing_said_changes_nothing(marked):
    article, mentions = read_marked(ABROAD + marked)
    assert mark_metonyms(article.text, mentions) == mentions


def test_an_article_that_names_no_country_speaks_of_towns():
    assert (
        labels("[REGION Paris] accused [REGION Washington] of dumping its waste on the county line.") == ["REGION"] * 2
    )


def test_every_capital_stands_for_a_country_of_the_knowledge_base():
    from polnlp.kb import open_kb

    kb = open_kb()
    assert [code for codes in CAPITALS.values() for code in codes.split() if not kb.entry(f"country:{code}")] == []
