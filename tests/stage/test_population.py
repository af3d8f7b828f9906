"""The patients behind the figures of an instrument."""

from __future__ import annotations

import pytest

from enbloc.stage.population import Cohort


@pytest.mark.parametrize(
    ("cohort", "said"),
    [
        (Cohort(published=2005), "published 2005, years of treatment not known here"),
        (Cohort(published=2005, first_year=1998), "published 2005, years of treatment not known here"),
        (Cohort(published=2005, last_year=2002), "published 2005, years of treatment not known here"),
        (Cohort(published=2005, first_year=1998, last_year=2002), "treated 1998 to 2002, published 2005"),
    ],
)
def test_the_years_of_a_cohort(cohort: Cohort, said: str) -> None:
    assert cohort.years == said
