"""What excludes each other is refused in one line; what is not certain is kept."""

from __future__ import annotations

import pytest

from enbloc.case.case import Case
from enbloc.case.finding import Entry
from enbloc.case.lesion import Lesion
from enbloc.errors import RecordError

NO_ORGANS = {f"spread.{organ}": False for organ in ("lung", "liver", "brain", "other_organs", "disseminated")}


def recorded(said: dict[str, bool | int | str], *, solitary: bool | None = None) -> Case:
    findings = tuple(Entry(fact=id, about="patient", value=value) for id, value in said.items())
    return Case(id="x", lesions=(Lesion(id="A", solitary=solitary),), findings=findings)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"spread.organs_removability": "none", "spread.liver": True},
            "spread.organs_removability is none, and spread.liver is true.",
        ),
        (
            {"spread.organs_treatability": "none", "spread.lung": True},
            "spread.organs_treatability is none, and spread.lung is true.",
        ),
        (
            {**NO_ORGANS, "spread.organs_removability": "removable"},
            "spread.organs_removability is removable, and there are no metastases in any organ.",
        ),
        (
            {**NO_ORGANS, "spread.organs_treatability": "untreatable"},
            "spread.organs_treatability is untreatable, and there are no metastases in any organ.",
        ),
        (
            {"spread.organ_systems": 0, "spread.organs_removability": "unremovable"},
            "spread.organ_systems is 0, and spread.organs_removability is unremovable.",
        ),
        (
            {"spread.organ_systems": 2, "spread.lung": True, "spread.liver": True, "spread.brain": True},
            "spread.organ_systems is 2, and spread.lung and spread.liver and spread.brain are true.",
        ),
        (
            {"spread.organ_systems": 0, "spread.other_organs": True},
            "spread.organ_systems is 0, and spread.other_organs is true.",
        ),
        (
            {"comorbidity.recent_heart_failure": True, "comorbidity.heart_failure": False},
            "comorbidity.recent_heart_failure is true, and comorbidity.heart_failure is false.",
        ),
    ],
)
def test_statements_that_exclude_each_other_are_refused_in_one_line(
    said: dict[str, bool | int | str], words: str
) -> None:
    with pytest.raises(RecordError) as fault:
        recorded(said)
    assert fault.value.message == words
    assert "orrect" in fault.value.remedy
    for left_out in said:
        rest = {id: value for id, value in said.items() if id != left_out}
        assert len(recorded(rest).findings) == len(said) - 1, "each alone is no contradiction"


def test_a_solitary_lesion_has_no_other_bone_focus() -> None:
    with pytest.raises(RecordError, match=r"lesion\.solitary is true of lesion A, and spread\.bone_foci is 2\."):
        recorded({"spread.bone_foci": 2}, solitary=True)
    for foci, solitary in ((0, True), (2, False), (2, None)):
        assert recorded({"spread.bone_foci": foci}, solitary=solitary).lesion("A").solitary is solitary


@pytest.mark.parametrize(
    "said",
    [
        {"spread.organs_removability": "none", "spread.brain": True},
        {"spread.organs_removability": "none", "spread.other_organs": True},
        {"spread.organs_treatability": "none", "spread.brain": True},
        {"spread.organ_systems": 1, "spread.lung": True, "spread.other_organs": True},
        {"spread.organ_systems": 0, "spread.disseminated": True},
        {**NO_ORGANS, "spread.disseminated": True, "spread.organs_removability": "unremovable"},
        {"spread.organs_removability": "none", "spread.organs_treatability": "treatable"},
        {"comorbidity.recent_heart_failure": False, "comorbidity.heart_failure": True},
        {"spread.vertebrae": 3},
    ],
)
def test_what_another_reading_allows_is_kept(said: dict[str, bool | int | str]) -> None:
    assert len(recorded(said).findings) == len(said)


def test_three_vertebrae_may_belong_to_one_solitary_lesion() -> None:
    assert recorded({"spread.vertebrae": 3}, solitary=True).lesion("A").solitary
