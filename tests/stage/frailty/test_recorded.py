"""Classes that are only recorded (prognosis 2.5): the anaesthetist's and the clinician's."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.frailty.clinical_frailty import CFS, CLASSES, TERMINAL, ClinicalFrailty
from enbloc.stage.frailty.physical_status import ASA, EMERGENCY, PhysicalStatus
from enbloc.stage.instrument import judged


@pytest.mark.parametrize(
    ("written", "word", "emergency"),
    [
        (3, "ASA III", False),
        ("IIIE", "ASA III", True),
        ("I", "ASA I", False),
        ("6", "ASA VI", False),
    ],
)
def test_a_physical_status_is_read_as_it_is_written(written: object, word: str, *, emergency: bool) -> None:
    score = judged(ASA, read_form(PhysicalStatus, {"physical_status": written}))
    assert score.categories == (word,)
    assert (EMERGENCY in score.flags) is emergency
    assert score.totals == ()


@pytest.mark.parametrize("wrong", ["0", 0, 7, "", "E", "3e", "33", 3.0, True])
def test_what_is_no_physical_status_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="physical_status"):
        read_form(PhysicalStatus, {"physical_status": wrong})


@pytest.mark.parametrize(("at", "word"), list(enumerate(CLASSES, 1)))
def test_a_clinical_frailty_is_recorded(at: int, word: str) -> None:
    score = judged(CFS, read_form(ClinicalFrailty, {"recorded": at}))
    assert score.categories == (word,)
    assert (TERMINAL in score.flags) is (at == 9)


def test_frail_from_five_on() -> None:
    assert [bool(category.published) for category in CFS.categories] == [False] * 4 + [True] * 5


@pytest.mark.parametrize("wrong", [0, 10, 4.5, "4"])
def test_what_is_no_clinical_frailty_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="recorded"):
        read_form(ClinicalFrailty, {"recorded": wrong})


def test_what_was_never_read_in_a_source_is_a_draft() -> None:
    assert CFS.checked.is_draft
    assert ASA.checked.is_draft


@pytest.mark.parametrize("edition", [None, "class 4 is called vulnerable (older)"])
def test_a_clinical_frailty_keeps_its_edition(edition: str | None) -> None:
    score = judged(CFS, read_form(ClinicalFrailty, {"recorded": 4, "edition": edition}))
    assert [(one.name, one.values) for one in score.also] == [("edition", (edition or "not stated",))]
    assert score.missing == ()
