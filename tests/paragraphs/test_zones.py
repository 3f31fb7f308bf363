"""Zones: what came along with an article is named; a paragraph of it is never lost."""

import pytest

from polnlp.paragraphs import split_paragraphs
from polnlp.paragraphs.rules import RULES, Context
from polnlp.schema import Article

ONE = "The assembly of Ecuador met for eleven hours and passed the mining law in the small hours of the morning."
TWO = "President Correa thanked the deputies, and the mayor of Guayaquil said that he would go to the court."
THREE = "The court is bound by no deadline, and nobody in the building expects it to decide before the vote."

HEADINGS = [
    "One comment on this article so far ...",
    "3 Comments",
    "Comments",
    "Comments (2)",
    "Leave a Reply",
    "12 Responses to “The law”",
]


def zones(*parts, **fields):
    article = Article(id="a", text="\n\n".join(parts), **fields)
    return [paragraph.zone for paragraph in split_paragraphs(article) if paragraph.within is None]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_applies_to_its_example(rule):
    context = Context(title="assembly votes on the mining law", authors="", count=lambda word: 1)
    assert rule.applies(rule.example, context)
    assert not rule.applies(ONE, context)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.place == "any"], ids=lambda rule: rule.name)
def test_what_a_rule_names_has_its_zone_among_paragraphs_of_the_article(rule):
    assert zones(ONE, TWO, rule.example, THREE) == ["body", "body", rule.zone, "body"]


def test_title_byline_and_date_stand_at_the_top():
    assert zones("Assembly Passes Mining Law", "By Ana Lucero", "Thursday, 12 March 2009", ONE, TWO) == [
        "title",
        "byline",
        "byline",
        "body",
        "body",
    ]


def test_a_title_as_given_may_end_in_a_stop():
    assert zones("The law is passed.", ONE, TWO, title="The law is passed") == ["title", "body", "body"]


def test_a_dateline_is_part_of_its_paragraph():
    assert zones(f"QUITO, 12 March 2009 - {ONE}", TWO) == ["body", "body"]


@pytest.mark.parametrize(
    "heading",
    [
        "One comment on this article so far ...",
        "3 Comments",
        "Comments",
        "Comments (2)",
        "Leave a Reply",
        "12 Responses to “The law”",
    ],
)
def test_all_after_the_comments_heading_is_comment(heading):
    comment = ["1. Ron Horn said on January 29th, 2009 at 12:01pm #", ONE]
    assert zones("The Law", ONE, TWO, heading, *comment) == ["title", "body", "body", *["comment"] * 3]


@pytest.mark.parametrize("heading", ["3 comments", "Comments", "Discussion"])
def test_a_counter_at_the_top_or_a_heading_in_the_text_begins_no_comments(heading):
    assert zones("The Law", heading, ONE, TWO, THREE)[2:] == ["body"] * 3
    assert zones(ONE, heading, TWO, THREE, ONE, TWO)[2:] == ["body"] * 4


@pytest.mark.parametrize(
    "bio",
    [
        "Walter Holm is a student and supports the campaign. He encourages you to learn more about it.",
        "Ana Lucero is a journalist in Quito.",
        "Ana Lucero taught civics for thirty years. Her column appears on Fridays.",
        "*Ana Lucero reports on land and water from Cuenca.*",
        "Read other articles by Ana, or visit Ana's website.",
        "The author is a fellow of the Institute for Land.",
    ],
)
def test_the_authors_biography_stands_at_the_end(bio):
    assert zones("The Law", "By Ana Lucero", ONE, TWO, bio)[-1] == "bio"
    assert zones("The Law", "By Ana Lucero", ONE, TWO, bio, "Share this article")[-2:] == ["bio", "boilerplate"]


@pytest.mark.parametrize(
    "body",
    [
        "Rafael Correa is an economist who has been president since 2007. Correa won again in April.",
        "Comrades, share this burden with us and we shall win.",
        "Read more books, the minister told the pupils of Guayaquil.",
        "Subscribe to that view and you will believe anything.",
        "“We shall not sign,” said the mayor, “and we shall not be moved.”",
        "Related to this is the question of water.",
        "By Monday the Senate had voted.",
        "Copyright was the first matter on which the two governments agreed in 2003.",
        "Comments by the president were not welcome.",
        "He said on January 29th, 2009 that the vote would be held.",
        "Donate blood, the minister urged the people of Quito.",
        "Register to vote today, the council says.",
        "Rosa Gualán is a teacher in Saraguro, and Rosa Gualán lost her field.",
    ],
)
def test_a_paragraph_of_the_article_is_never_lost(body):
    for place in range(2, 5):
        parts = ["The Law", ONE, TWO, THREE]
        parts.insert(place, body)
        assert zones(*parts)[place] == "body"


def test_quotations_are_quotes():
    quoted = ["> We shall not sign,\n> said the mayor.", "“We shall not sign.”"]
    assert zones(ONE, *quoted, "“We shall not sign,” he said.") == ["body", "quote", "quote", "body"]
