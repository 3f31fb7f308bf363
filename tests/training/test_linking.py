"""The linker's weights: a fit finds those that made the choices, stays near those set by hand, and keeps signs."""

import numpy as np
import pytest

from helpers import read_marked
from polnlp.entities.ranking import RIVALS, Features, Ranker, choose_probability
from polnlp.kb import open_kb
from polnlp.training.choices import choose
from polnlp.training.linking import Choice, answer, answer_held_out, choose_strength, fit_weights, list_weights

TRUE = np.array([-1.0, 2.0, -1.5])
HAND = np.array([-0.5, 0.5, -0.5])


def make_choices(count=3000, weights=TRUE, candidates=RIVALS):
    draw = np.random.default_rng(7)
    choices = []
    for number in range(count):
        rows = np.column_stack([np.ones(candidates), draw.normal(size=(candidates, len(weights) - 1))])
        powers = np.append(np.exp(rows @ weights), 1.0)
        right = int(draw.choice(candidates + 1, p=powers / powers.sum()))
        held = frozenset() if right == candidates else frozenset({right})
        choices.append(Choice(f"d{number % 50}", rows, held, tuple(range(candidates))))
    return choices


def test_a_fit_finds_the_weights_that_made_the_choices():
    assert fit_weights(make_choices(), HAND, 0.0) == pytest.approx(TRUE, abs=0.2)


def test_a_strong_pull_leaves_the_weights_set_by_hand():
    assert fit_weights(make_choices(200), HAND, 1e7) == pytest.approx(HAND, abs=1e-3)


def test_a_weight_keeps_its_sign():
    fitted = fit_weights(make_choices(), np.array([-0.5, -0.5, -0.5]), 0.0)
    assert fitted[1] == 0.0
    assert fitted[2] < 0


def test_answers_are_those_of_the_linker():
    choice = make_choices(1, candidates=6)[0]
    chances = choose_probability(list(choice.rows @ TRUE))
    best = int(np.argmax(chances))
    held = answer([choice._replace(right=frozenset({best}))], TRUE, threshold=0.0)
    assert held.scores[0] == pytest.approx(chances[best])
    assert held.likelihoods[0] == pytest.approx(chances[best])
    assert held.rights[0]


def test_the_strength_chosen_is_no_stronger_than_the_data_bear():
    choices = make_choices(1000)
    held = {strength: answer_held_out(choices, HAND, strength).likelihoods for strength in (0.1, 1e5)}
    assert choose_strength(choices, held) == 0.1


def test_a_choice_is_read_with_the_right_candidate_or_none():
    kb = open_kb()
    article, mentions = read_marked("In [REGION Guayaquil] it rained.")
    span = (mentions[0].start, mentions[0].end)
    [choice] = choose(article, mentions, {span: "Guayaquil"}, kb, 0.5)
    assert choice.right
    assert choice.rows.shape[1] == len(list_weights(Ranker())) == len(Features.__struct_fields__) + 1
    [other] = choose(article, mentions, {span: "Barcelona Sporting Club"}, kb, 0.5)
    assert other.right == frozenset()
    assert list(choose(article, mentions, {}, kb, 0.5)) == []
