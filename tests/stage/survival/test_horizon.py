"""The one question at each horizon: what follows from a figure, a category, a set of them, and several scores."""

from __future__ import annotations

import pytest

from enbloc.evidence import Checked
from enbloc.stage.population import AliveAt, Median, Predicted, SurvivalFigure
from enbloc.stage.survival.horizon import Agreement, Voice, agreement, answer, answers, voice, voices

YES, NO = frozenset({True}), frozenset({False})


@pytest.mark.parametrize(
    ("figure", "at_3_6_12_24"),
    [
        (Median(months=9), (True, True, False, False)),
        (Median(months=6), (True, None, False, False)),
        (Median(months=None), (None, None, None, None)),
        (AliveAt(months=12, percent=50), (True, True, True, None)),
        (AliveAt(months=12, percent=49.9), (None, None, False, False)),
        (Predicted(to_months=6), (None, False, False, False)),
        (Predicted(from_months=6), (True, True, None, None)),
        (Predicted(from_months=6, to_months=12), (True, True, False, False)),
        (Predicted(), (None, None, None, None)),
    ],
)
def test_what_follows_from_one_figure(figure: SurvivalFigure, at_3_6_12_24: tuple[bool | None, ...]) -> None:
    assert tuple(answer(figure, months) for months in (3, 6, 12, 24)) == at_3_6_12_24


def test_figures_of_the_own_patients_go_before_those_of_others() -> None:
    own, others = AliveAt(months=6, percent=48), AliveAt(months=6, percent=56, elsewhere="elsewhere")
    assert answers((own, others), 6) == NO
    assert answers((Median(months=None), others), 6) == YES
    assert answers((), 6) == frozenset()


def test_parts_of_a_category_decide_only_if_each_does_and_may_contradict_each_other() -> None:
    low, high = AliveAt(months=6, percent=4, part="low"), AliveAt(months=6, percent=80, part="high")
    later = AliveAt(months=12, percent=80, part="high")
    silent = AliveAt(months=12, percent=40, part="high")
    assert answers((low, low), 6) == NO
    assert answers((low, high), 6) == {True, False}
    assert answers((low, later), 6) == {True, False}
    assert answers((low, silent), 6) == frozenset()
    assert voice([(low, high)], 6) is Voice.OPEN


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        ([(Median(months=9),)], Voice.YES),
        ([(Median(months=9),), (Median(months=12),)], Voice.YES),
        ([(Median(months=9),), (Median(months=3),)], Voice.OPEN),
        ([(Median(months=3),), (Median(months=4),)], Voice.NO),
        ([(Median(months=9),), ()], Voice.OPEN),
        ([(), ()], Voice.NOTHING),
        ([], Voice.NOTHING),
    ],
)
def test_a_set_of_categories_says_yes_or_no_only_if_each_does(
    categories: list[tuple[SurvivalFigure, ...]], said: Voice
) -> None:
    assert voice(categories, 6) is said


def test_a_figure_from_memory_speaks_only_where_no_checked_one_does_and_then_as_a_draft() -> None:
    def is_checked(figure: SurvivalFigure) -> bool:
        return figure.checked is not Checked.FROM_MEMORY

    bauer = [(Predicted(from_months=6), Median(months=18.2, checked=Checked.FROM_MEMORY))]
    assert voices(bauer, is_checked, 6) == (Voice.YES, False)
    assert voices(bauer, is_checked, 12) == (Voice.YES, True)
    assert voices(bauer, is_checked, 24) == (Voice.NO, True)
    assert voices([()], is_checked, 6) == (Voice.NOTHING, False)


@pytest.mark.parametrize(
    ("sides", "together"),
    [
        ((2, 0, 0), Agreement.AGREE),
        ((0, 3, 0), Agreement.AGREE),
        ((1, 1, 0), Agreement.DISAGREE),
        ((1, 1, 4), Agreement.DISAGREE),
        ((2, 0, 1), Agreement.OPEN),
        ((0, 0, 1), Agreement.OPEN),
        ((1, 0, 0), Agreement.ALONE),
        ((0, 1, 0), Agreement.ALONE),
        ((0, 0, 0), Agreement.NOTHING),
    ],
)
def test_agreement(sides: tuple[int, int, int], together: Agreement) -> None:
    assert agreement(*sides) is together
