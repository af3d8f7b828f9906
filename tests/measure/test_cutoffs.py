"""The right class or an open one, never the wrong one: swept in fine steps through the cut-offs."""

from __future__ import annotations

import pytest

from tests.measure.cutoffs import CASES, FAMILIES, judged
from tests.sampling import sampled


def test_there_are_two_thousand_cases_in_a_sweep() -> None:
    assert len(CASES) >= 2000


@pytest.mark.parametrize("name", FAMILIES)
def test_the_class_is_right_or_open(name: str) -> None:
    cases = [case for case in CASES if case[0] == name]
    faults = [fault for case in sampled(cases, 10) if (fault := judged(case))]
    assert not faults, f"{len(faults)}: {faults[:5]}"
