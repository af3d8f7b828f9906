"""The NOMS table is total, and no two of its rows overlap; what is unknown leaves every row open that it may be."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.decide.decision import Holds
from enbloc.decide.noms import CELLS
from tests.decide.situations import METASTASIS, MIDDLE, STABLE, UNSTABLE, said, seen

CELL_IDS = [cell.id for cell in CELLS] + ["NOMS-12", "NOMS-13", "NOMS-14"]

# The published table, written out: high grade, sensitive, unstable, able → row.
TABLE = {
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
    assert rows(patient(*axes)) == {TABLE[axes]: Holds.YES}


@pytest.mark.parametrize("axes", list(product([False, True], repeat=4)))
@pytest.mark.parametrize("hidden", [f.ESCC_REPORTED, f.ABLE, f.PAIN])
def test_a_hidden_axis_leaves_the_true_row_open(axes: tuple[bool, bool, bool, bool], hidden: Any) -> None:
    shown = rows(patient(*axes) | {hidden: None})
    assert TABLE[axes] in shown
    if hidden is f.ABLE and TABLE[axes] not in {"NOMS-01", "NOMS-03", "NOMS-05"}:
        other = TABLE[(*axes[:3], not axes[3])]
        assert shown == {TABLE[axes]: Holds.UNKNOWN, other: Holds.UNKNOWN}


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


@pytest.mark.parametrize("tumour", ["chordoma", "gct", "melanoma"])
def test_a_primary_tumour_never_gets_noms(tumour: str) -> None:
    assert rows(METASTASIS | {f.KIND: "primary", f.HISTOLOGY: tumour}) == {}


def test_low_grade_with_myelopathy_has_no_cell() -> None:
    known = METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1A, f.MYELOPATHY: True}
    assert rows(known) == {"NOMS-14": Holds.YES}
