"""Which names of an article are one: bracketed names are mentions, equal numbers are one entity."""

import re

import pytest

from polnlp.entities.forms import read_form
from polnlp.entities.grouping import RULE_SCORES, group_mentions
from polnlp.schema import Mention

MARK = re.compile(r"\[(\d)([A-Z]+) ([^\]]+)\]")


def read_marked(marked):
    text, mentions, numbers, at = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        start, surface = len(text), match.group(3)
        text += surface
        paragraph = text.count("\n\n")
        mentions.append(
            Mention(
                start=start, end=len(text), text=surface, label=match.group(2), score=0.9, paragraph=paragraph
            )
        )  # fmt: skip
        numbers.append(match.group(1))
        at = match.end()
    return text + marked[at:], mentions, numbers


@pytest.mark.parametrize(
    "marked",
    [
        # an office stands for the one person who is called so before his name
        "[1LEADER President Luisa Vidal] met [2LEADER Vice President Otto Brandt]. The [1LEADER President] spoke, the "
        "[2LEADER Vice President] did not.",
        "[1LEADER Home Secretary Ruth Aske] resigned. The [1LEADER Secretary] had erred, said the [2LEADER Shadow Home "
        "Secretary].",
        "[1LEADER President Luisa Vidal] succeeded [2LEADER President Omar Rey]. The [3LEADER President] was absent.",
        # what somebody is stands before the name, where he is behind it
        "[1PERSON activist and writer Simon Lorca] wept. [1PERSON Simon Lorca] left. [1PERSON Lorca at Harvard] again.",
        "[1PERSON Ambassador to Chile Hamid Mohib] spoke. [1PERSON Ambassador Mohib] left.",
        "[1LEADER Olivier van der Maal] of the left met [2LEADER Jan Peeters]; [1LEADER van der Maal] smiled.",
        # several people are none of them; neither is a family
        "[1LEADER Mona Ruiz] came. [2PERSON Mario Paz and Mona Ruiz] sang. [1LEADER Ruiz] spoke.",
        "[1LEADER Bill Karlin] and [2LEADER Mrs Ada Karlin] dined. The [3PERSON Karlins] left. [2PERSON Mrs Karlin] "
        "paid; [2LEADER Ada Karlin] slept.",
        "[1LEADER Luisa Vidal] met [2LEADER Otto Brandt]. Photo: [3LEADER Luisa Vidal Lima Otto Brandt]",
        # one ruler is not the next
        "[1LEADER Shah Abbas I] built; [2LEADER Shah Abbas II] fought.",
        # a thing may bear a person's name
        "[1PERSON Edwin Hubble] was honoured; the [2MISC Hubble] broke.",
        # the text says that a name is another's
        "[1PERSON Jane Mourey], better known as [1PERSON Cleo Marbles], sang. [1PERSON Marbles] bowed.",
        "The [1ORG Free Army], formerly [1ORG Red Guard Front], fought the [2ORG Blue Corps].",
        # "known as" is said of what stands directly before it
        "[1ORG Al-Noor] let others, such as the militia known as the [2ORG Red Guard Front], grow.",
        # an arm of a body, or its house, is not the body
        "The [1ORG United Nations] sent the [2ORG United Nations Mission]; the [2ORG Mission] left.",
        "The [1ORG Security Council] heard the [2ORG Security Council Committee].",
        # of organisations there are many: one that is named later is not meant
        "The [1ORG Organization] must reform. The [2ORG Labour Organization] agrees.",
        "The [1ORG Labour Organization] met. The [1ORG Organization] must reform.",
        "The [1ORG Senate] voted. The [1ORG Senate of Ruritania] is old.",
        "The [1ORG Commonwealth of Free States] met; the [1ORG Commonwealth] is weak.",
        # short names of places and bodies
        "[1REGION New South Wales] voted; [1REGION NSW] counts slowly.",
        "[1ORG Pittsburgh Pirates] fans cheered the [1ORG Pirates].",
        "[1REGION Southeast] and [2REGION Southwest] were flooded.",
        "[1ORG Sonora] sold [2ORG Sonora Pictures].",
        "[1ORG Sonora Motor Company] closed; [1ORG Sonora] wept.",
        "[1REGION Ulvani National Park] burns; [1REGION Ulvani Park] is closed.",
        "The [1MISC Ulvani-Sur Initiative] failed; the [1MISC Ulvani Initiative] was poor.",
        "The [1PARTY Liberal Democratic Party] beat the [2PARTY Liberal Party].",
        "[1COUNTRY North Korea] and [2COUNTRY South Korea] talked; the [1COUNTRY North] gave in, the [2COUNTRY South] "
        "paid.",
        "[1COUNTRY North Korea] spoke; in [2REGION North Carolina] and the [3REGION North] it rained.",
        # a place that a tagger once took for a person, where nobody of the article bears the name
        "[1REGION Ulvani] is wet. [1LEADER Ulvani] floods. [1REGION Ulvani] burns. [2ORG Ulvani] again.",
        "[1REGION Vidal] is wet. [2LEADER Luisa Vidal] came; [2LEADER Vidal] left.",
        # of two bearers of a surname: who is named alone in the paragraph, else who came first
        "[1LEADER Nestor Vidal] ruled. His father [2PERSON Juan Vidal] was a clerk. [1LEADER Vidal] fell ill.",
        "[1LEADER Nestor Vidal] lost to [2LEADER Senator Ana Vidal]. [1LEADER Vidal] left; [2LEADER Senator Vidal] won",
        "[1LEADER Nestor Vidal] ruled.\n\n[2LEADER Cristina Vidal] followed. [2LEADER Vidal] won twice.",
    ],
)  # fmt: skip
def test_names_of_one_thing_are_grouped(marked):
    text, mentions, numbers = read_marked(marked)
    groups = group_mentions(text, mentions)
    found = {tuple(group.members) for group in groups}
    expected = {tuple(i for i, n in enumerate(numbers) if n == number) for number in set(numbers)}
    assert found == expected


def test_every_mention_is_in_one_group_and_every_join_has_a_rule():
    text, mentions, _ = read_marked(
        "[1LEADER President Luisa Vidal] of the [1PARTY Party for All] ([1PARTY PFA]) met [1ORG Vidal Group], "
        "[1MISC Vidal] and [1REGION Vidal]. The [1LEADER President] smiled; [1LEADER Vidal] left the [1PARTY PFA]."
    )
    groups = group_mentions(text, mentions)
    assert sorted(index for group in groups for index in group.members) == list(range(len(mentions)))
    assert {join.rule for group in groups for join in group.joins.values()} <= RULE_SCORES.keys()


def test_a_group_is_called_by_its_name_and_not_by_its_office():
    text, mentions, _ = read_marked("[1LEADER Vice President Joe Hart] left. The [1LEADER Vice President] was ill.")
    (group,) = group_mentions(text, mentions)
    assert group.full.name == "Joe Hart"


@pytest.mark.parametrize(
    ("surface", "name", "titles", "office"),
    [
        ("Senator Ann Lee", "Ann Lee", ("senator",), ()),
        ("Mr. Lee", "Lee", (), ()),
        ("Ohio Senator Ann Lee", "Ann Lee", ("ohio", "senator"), ()),
        ("the Prime Minister", "Prime Minister", (), ("prime", "minister")),
        ("2nd Earl of Clare", "2nd Earl of Clare", (), ("earl",)),
        ("the President of the Republic", "President of the Republic", (), ("president",)),
        ("Martin Luther King Jr.", "Martin Luther King Jr", (), ()),
        ("Joan of Arc", "Joan of Arc", (), ()),
    ],
)
def test_a_persons_form_is_taken_apart(surface, name, titles, office):
    form = read_form(surface, "LEADER")
    assert (form.name.rstrip("."), form.titles, form.office) == (name, titles, office)
