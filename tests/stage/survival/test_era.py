"""Cohorts whose survival is too short for a tumour of today (prognosis 0.3.5)."""

from __future__ import annotations

import pytest

from enbloc.stage.population import Cohort
from enbloc.stage.survival.era import Changed, changed, concerned, is_before, warnings
from tests.stage.survival.cases import case, findings

OLD, NEW, BETWEEN = Cohort(published=2010), Cohort(published=2014, first_year=2010), Cohort(published=2011)


@pytest.mark.parametrize(
    ("cohort", "before"),
    [
        (OLD, True),
        (Cohort(published=2014, first_year=2005, last_year=2009), True),
        (Cohort(published=2014, first_year=2005, last_year=2010), None),
        (NEW, False),
        (BETWEEN, None),
        (None, None),
    ],
)
def test_before_2010(cohort: Cohort | None, before: bool | None) -> None:
    assert is_before(cohort) is before


@pytest.mark.parametrize(
    ("facts", "tumour"),
    [
        ({"tumour.primary_site": "kidney"}, ("renal cancer", True)),
        ({"tumour.primary_site": "melanoma"}, ("melanoma", True)),
        ({"tumour.primary_site": "lung"}, ("lung cancer with a treatable target", None)),
        (
            {"tumour.primary_site": "lung", "tumour.targetable_driver": True},
            ("lung cancer with a treatable target", True),
        ),
        (
            {"tumour.primary_site": "lung", "tumour.targetable_driver": False},
            ("lung cancer with a treatable target", False),
        ),
        (
            {"tumour.primary_site": "breast", "tumour.her2_positive": True},
            ("HER2-positive breast cancer", True),
        ),
        ({"tumour.primary_site": "prostate"}, None),
        ({}, None),
    ],
)
def test_the_tumours_whose_survival_has_changed(
    facts: dict[str, object], tumour: tuple[str, bool | None] | None
) -> None:
    found = changed(findings(case(facts)), "A")
    assert (None if found is None else (found.tumour, found.holds)) == tumour
    assert found is None or bool(found.ask) is (found.holds is None)


COHORTS = (("Old", OLD), ("New", NEW), ("Between", BETWEEN), ("None", None))
RENAL = Changed(tumour="renal cancer", holds=True)


def test_the_warning_names_the_scores_and_is_sharper_for_such_a_tumour() -> None:
    general, unknown = warnings(COHORTS, None)
    assert general.endswith("melanoma: Old")
    assert unknown.endswith("before it: Between")
    sharp, _ = warnings(COHORTS, RENAL)
    assert sharp.startswith("this tumour is a renal cancer")
    assert sharp.endswith(": Old")
    assert warnings([("New", NEW)], RENAL) == ()


def test_what_would_tell_is_asked_for() -> None:
    lung = Changed(tumour="lung cancer with a target", holds=None, ask="molecular report?")
    *_, last = warnings(COHORTS, lung)
    assert last.endswith("(lung cancer with a target?): molecular report?")
    assert warnings([("New", NEW)], lung) == ()


def test_whose_figures_are_too_short_for_this_tumour() -> None:
    assert concerned(COHORTS, RENAL) == ("Old",)
    assert concerned(COHORTS, None) == ()
    assert concerned(COHORTS, Changed(tumour="lung", holds=None, ask="?")) == ()
