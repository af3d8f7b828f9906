"""The NOMS table is total, and no two of its rows overlap; what is unknown leaves every row open that it may be."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide.decision import Holds
from enbloc.decide.noms import CELLS, TABLE
from enbloc.decide.noms import rows as answers
from tests.decide.situations import METASTASIS, MIDDLE, STABLE, UNSTABLE, said, seen

CELL_IDS = [cell.id for cell in CELLS] + ["NOMS-12", "NOMS-13", "NOMS-14"]

# The published table, written out: high grade, sensitive, unstable, able → row.
PUBLISHED = {
    (False, True, False, True): "NOMS-01",
    (False, True, False, False): "NOMS-01",
    (False, True, True, True): "NOMS-02",
    (False, True, True, False): "NOMS-13",
    (False, False, False, True): "NOMS-03",
    (False, False, False, False): "NOMS-03",
    (False, False, True, True): "NOMS-04",
    (False, False, True, False): "NOMS-13",
    (True, True, False, True): "NOMS-05",
    (True, True, False, False): "NOMS-05",
    (True, True, True, True): "NOMS-06",
    (True, True, True, False): "NOMS-13",
    (True, False, False, True): "NOMS-07",
    (True, False, False, False): "NOMS-08",
    (True, False, True, True): "NOMS-09",
    (True, False, True, False): "NOMS-10",
}


def rows(known: dict[Any, Any]) -> dict[str, Holds]:
    about = seen(known)
    statements = ((id, said(id, about)) for id in CELL_IDS)
    return {id: statement.holds for id, statement in statements if statement is not None}


def patient(high: bool, sensitive: bool, unstable: bool, able: bool) -> dict[Any, Any]:
    return METASTASIS | (UNSTABLE if unstable else STABLE) | {
        f.ESCC_REPORTED: f.EsccReported.GRADE_3 if high else f.EsccReported.GRADE_1B,
        f.HISTOLOGY: "breast carcinoma" if sensitive else "melanoma",
        f.ABLE: able,
    }  # fmt: skip


@pytest.mark.parametrize("axes", list(product([False, True], repeat=4)))
def test_every_patient_stands_in_exactly_one_row(axes: tuple[bool, bool, bool, bool]) -> None:
    assert rows(patient(*axes)) == {PUBLISHED[axes]: Holds.YES}


@pytest.mark.parametrize("axes", list(product([False, True], repeat=4)))
@pytest.mark.parametrize("hidden", [f.ESCC_REPORTED, f.ABLE, f.PAIN])
def test_a_hidden_axis_leaves_the_true_row_open(axes: tuple[bool, bool, bool, bool], hidden: Any) -> None:
    shown = rows(patient(*axes) | {hidden: None})
    assert PUBLISHED[axes] in shown
    if hidden is f.ABLE and PUBLISHED[axes] not in {"NOMS-01", "NOMS-03", "NOMS-05"}:
        other = PUBLISHED[(*axes[:3], not axes[3])]
        assert shown == {PUBLISHED[axes]: Holds.UNKNOWN, other: Holds.UNKNOWN}


def test_the_middle_of_sins_is_undecided_until_the_surgeon_speaks() -> None:
    middle = METASTASIS | MIDDLE
    assert rows(middle) == {"NOMS-07": Holds.UNKNOWN, "NOMS-09": Holds.UNKNOWN}
    assert rows(middle | {f.STABILITY_OPINION: True}) == {"NOMS-09": Holds.YES}
    assert rows(middle | {f.STABILITY_OPINION: False}) == {"NOMS-07": Holds.YES}


def test_1c_goes_to_the_board_only_if_resistant() -> None:
    at_1c = METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C}
    assert rows(at_1c) == {"NOMS-12": Holds.YES}
    assert rows(at_1c | {f.HISTOLOGY: "lymphoma", f.KIND: "haematological"}) == {"NOMS-01": Holds.YES}


def test_earlier_radiotherapy_makes_a_tumour_resistant_and_unknown_shows_both_rows() -> None:
    sensitive = METASTASIS | {f.HISTOLOGY: "breast carcinoma"}
    assert rows(sensitive) == {"NOMS-05": Holds.YES}
    assert rows(sensitive | {f.PRIOR_RADIOTHERAPY: True}) == {"NOMS-07": Holds.YES}
    assert rows(sensitive | {f.PRIOR_RADIOTHERAPY: None}) == {"NOMS-05": Holds.UNKNOWN, "NOMS-07": Holds.UNKNOWN}


def test_an_unlisted_metastasis_stands_in_the_resistant_row_and_says_so() -> None:
    about = seen(METASTASIS | {f.HISTOLOGY: "a tumour nobody listed"})
    statement = said("NOMS-07", about)
    assert statement is not None
    assert "not in the table: resistant row" in statement.because


@pytest.mark.parametrize("tumour", ["chordoma", "gct"])
def test_a_primary_tumour_never_gets_noms(tumour: str) -> None:
    assert rows(METASTASIS | {f.KIND: "primary", f.HISTOLOGY: tumour}) == {}


def test_a_kind_that_the_name_contradicts_leaves_the_row_open() -> None:
    contradicted = METASTASIS | {f.KIND: "primary", f.HISTOLOGY: "melanoma"}
    assert set(rows(contradicted).values()) == {Holds.UNKNOWN}


def test_low_grade_with_myelopathy_has_no_cell() -> None:
    known = METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1A, f.MYELOPATHY: True}
    assert rows(known) == {"NOMS-14": Holds.YES}


# --- every patient, by enumeration -----------------------------------------------------------------------------------
CLASSES = {
    "sensitive": "seminoma",
    "moderately sensitive": "breast carcinoma",
    "intermediate": "met_hnscc",
    "resistant": "melanoma",
    "unlisted": "some carcinoma",
    "unknown primary": "carcinoma of unknown primary",
}
STABILITY: dict[str, dict[Any, Any]] = {
    "stable": STABLE,
    "undecided, stable": MIDDLE | {f.STABILITY_OPINION: False},
    "undecided, unstable": MIDDLE | {f.STABILITY_OPINION: True},
    "unstable": UNSTABLE,
}
NEVER_SENSITIVE = {"intermediate", "resistant", "unlisted", "unknown primary"}


def expected(grade: str, oncology: str, stability: str, able: bool, irradiated: bool, myelopathy: bool) -> str:
    """The one row of a patient, written out from the published table and its mapping rows."""
    high = grade in {"2", "3"}
    sensitive = oncology not in NEVER_SENSITIVE and not irradiated  # NOMS-11, NOMS-15
    unstable = stability in {"undecided, unstable", "unstable"}  # NOMS-16
    if not high and myelopathy:
        return "NOMS-14"
    if unstable and not able and (sensitive or not high):
        return "NOMS-13"
    if grade == "1c" and not sensitive:
        return "NOMS-12"
    return PUBLISHED[high, sensitive, unstable, able]


@pytest.mark.parametrize("grade", list(f.EsccReported))
@pytest.mark.parametrize("oncology", CLASSES)
@pytest.mark.parametrize("stability", STABILITY)
def test_the_table_is_total_and_no_two_rows_overlap(grade: f.EsccReported, oncology: str, stability: str) -> None:
    for able, irradiated, myelopathy in product([False, True], repeat=3):
        known = METASTASIS | STABILITY[stability] | {
            f.ESCC_REPORTED: grade,
            f.HISTOLOGY: CLASSES[oncology],
            f.ABLE: able,
            f.PRIOR_RADIOTHERAPY: irradiated,
            f.MYELOPATHY: myelopathy,
        }  # fmt: skip
        row = expected(grade.value, oncology, stability, able, irradiated, myelopathy)
        held = {id for id, answer in answers(seen(known)).items() if answer is not False}
        assert held == {row}, (grade, oncology, stability, able, irradiated, myelopathy)


def test_every_row_is_somebodys() -> None:
    reached = {
        expected(grade.value, oncology, stability, *flags)
        for grade, oncology, stability in product(f.EsccReported, CLASSES, STABILITY)
        for flags in product([False, True], repeat=3)
    }
    assert reached == {row.id for row in TABLE}


HIDDEN = (f.ESCC_REPORTED, f.ABLE, f.PAIN, f.PRIOR_RADIOTHERAPY, f.MYELOPATHY, f.STABILITY_OPINION)


@pytest.mark.parametrize("hidden", list(product([False, True], repeat=len(HIDDEN))))
def test_whatever_is_hidden_the_true_row_stays_open_and_none_is_sure_beside_it(hidden: tuple[bool, ...]) -> None:
    gone: dict[Any, Any] = {named: None for named, is_hidden in zip(HIDDEN, hidden, strict=True) if is_hidden}
    for grade, tumour, able in product(("1b", "1c", "3"), ("seminoma", "melanoma"), (True, False)):
        known = METASTASIS | MIDDLE | {
            f.ESCC_REPORTED: f.EsccReported(grade),
            f.HISTOLOGY: tumour,
            f.ABLE: able,
            f.STABILITY_OPINION: True,
        }  # fmt: skip
        (true,) = (id for id, answer in answers(seen(known)).items() if answer is True)
        shown = answers(seen(known | gone))
        assert shown[true] is not False, (grade, tumour, able)
        assert all(id == true for id, answer in shown.items() if answer is True)


def test_the_cells_that_nobody_published_say_so() -> None:
    unfit = METASTASIS | UNSTABLE | {f.ABLE: False}
    for known in (
        unfit | {f.HISTOLOGY: "seminoma"},
        unfit | {f.ESCC_REPORTED: f.EsccReported.GRADE_1B},
        unfit | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C},
    ):
        statement = said("NOMS-13", seen(known))
        assert statement is not None
        assert "no published cell" in statement.do


def test_a_fragment_or_decline_under_radiotherapy_takes_the_row_of_radiotherapy_away() -> None:
    sensitive = METASTASIS | {f.HISTOLOGY: "seminoma"}
    for seen_by_somebody in (
        {f.BONE_FRAGMENT: True},
        {f.DECLINE_WITH_RADIOTHERAPY: f.DeclineWithRadiotherapy.DURING, f.PRIOR_RADIOTHERAPY: False},
    ):
        assert rows(sensitive | seen_by_somebody) == {}
        assert rows(sensitive | seen_by_somebody | {f.ABLE: False}) == {"NOMS-05": Holds.YES}
        assert rows(sensitive | seen_by_somebody | {f.ABLE: None}) == {"NOMS-05": Holds.UNKNOWN}
    assert said("DEC-04", seen(sensitive | {f.BONE_FRAGMENT: True})) is not None
    assert rows(sensitive | {f.DECLINE_WITH_RADIOTHERAPY: f.DeclineWithRadiotherapy.AFTER}) == {"NOMS-05": Holds.YES}


def test_the_row_of_radiotherapy_asks_for_a_fragment_that_nobody_looked_for() -> None:
    sensitive = METASTASIS | {f.HISTOLOGY: "seminoma"}
    for fragment, asked in ((None, True), (False, False)):
        statement = said("NOMS-05", seen(sensitive | {f.BONE_FRAGMENT: fragment}))
        assert statement is not None
        assert ("bone fragment" in statement.do) is asked


def test_below_the_conus_a_deficit_of_cauda_type_is_high_grade() -> None:
    low = METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1B, f.CORD_LEVEL: False, f.DEFICIT: True}

    def at_l3(known: dict[Any, Any]) -> set[str]:
        return {id for id, answer in answers(seen(known, level=Level.L3)).items() if answer is not False}

    no_effacement = low | {f.SAC_EFFACED: False}
    assert at_l3(low | {f.CAUDA_DEFICIT: True}) == {"NOMS-07"}
    assert at_l3(low | {f.CAUDA_DEFICIT: True, f.CORD_LEVEL: True}) == {"NOMS-03"}
    assert at_l3(low | {f.CAUDA_DEFICIT: False, f.SAC_EFFACED: True}) == {"NOMS-07"}
    assert at_l3(low | {f.CAUDA_DEFICIT: False}) == {"NOMS-03", "NOMS-07"}, "nobody says whether the sac is effaced"
    assert at_l3(no_effacement) == {"NOMS-03", "NOMS-07"}, "nobody says what deficit it is"
    assert at_l3(no_effacement | {f.CAUDA_DEFICIT: False}) == {"NOMS-03"}
    assert at_l3(no_effacement | {f.DEFICIT: False}) == {"NOMS-03"}
    not_deformed = low | {f.ESCC_REPORTED: f.EsccReported.GRADE_1A, f.DEFICIT: False}
    assert at_l3(not_deformed) == {"NOMS-03"}, "a sac that is not deformed is not effaced"
