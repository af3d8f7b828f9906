"""What compression is expected after a separation: as far as geometry tells, and no further."""

from __future__ import annotations

import pytest

from enbloc.case.anatomy import CANAL, SAC, Side
from enbloc.case.answer import Unknown
from enbloc.stage.escc import Escc
from tests.plan.decompression.phantoms import GRADE, grown, made, planned, without

LOW = {Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B, Escc.GRADE_1C}


@pytest.mark.parametrize("grade", [GRADE.GRADE_1B, GRADE.GRADE_1C, GRADE.GRADE_2, GRADE.GRADE_3])
@pytest.mark.parametrize("towards", [None, Side.LEFT])
def test_one_or_less_is_reached_and_no_more_is_claimed(grade: GRADE, towards: Side | None) -> None:
    for one in planned(grade, towards).targets:
        assert set(one.expected.grades) <= LOW
        assert one.meets is True
        if len(one.expected.grades) > 1:
            assert "whether the sac re-expands is not known" in one.expected.words


def test_a_deformed_sac_may_stay_so() -> None:
    found = planned(GRADE.GRADE_3)
    assert found.grades == (Escc.GRADE_3,)
    # Tumour stays in the canal beyond the target: the sac that was deformed and the cord that was met may be so still.
    assert found.targets[0].expected.grades == (Escc.GRADE_1A, Escc.GRADE_1B, Escc.GRADE_1C)
    assert found.targets[0].expected.words.startswith("1a to 1c")


def test_the_tumour_left_in_the_canal_is_measured_again() -> None:
    field, found = grown(GRADE.GRADE_3), planned(GRADE.GRADE_3)
    from enbloc.case import fact

    before = field.findings.value(fact.EPIDURAL_AREA, "A")
    areas = [one.expected.area_mm2 for one in found.targets]
    assert before is not None
    assert all(isinstance(area, float) for area in areas)
    assert before > areas[0] > areas[1]  # type: ignore[operator]


def test_without_a_sac_what_the_cord_shows_promises_nothing() -> None:
    found = made(without(grown(GRADE.GRADE_2), SAC, CANAL))
    for one in found.targets:
        assert isinstance(one.meets, Unknown)
        assert isinstance(one.to_sac, Unknown)
        assert set(one.expected.grades) - LOW  # tumour may lie on the dura still
        assert "not known" in one.expected.words
