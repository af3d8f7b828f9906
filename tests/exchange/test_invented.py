"""The invented patients: each record reads as any other, is dated, says that it is no patient's, and leaves gaps."""

from __future__ import annotations

import pytest

from enbloc.case.case import entered, recorded
from enbloc.case.origin import Origin
from enbloc.cli.options import Patient
from enbloc.cli.working import demo
from enbloc.decide.evaluation import missing_fields
from enbloc.errors import RecordError
from enbloc.exchange.invented import invented, invented_case
from enbloc.phantom import PATIENTS

ADULT = 18


@pytest.mark.parametrize("name", invented())
def test_a_record_is_dated_marked_and_tells_a_history(name: str) -> None:
    case = invented_case(name)
    assert case.id == f"demo-{name}"
    assert case.origin is Origin.INVENTED
    assert case.as_of is not None
    assert len(case.story) > 100
    assert not case.images
    assert not case.labels
    dates = [entry.on for entry in case.findings if entry.on] + [one.started for one in case.treatments if one.started]
    assert all(day <= case.as_of for day in dates)


def test_two_are_children() -> None:
    ages = {}
    for name in invented():
        case = invented_case(name)
        assert case.as_of is not None
        ages[name] = case.patient.age(case.as_of)
    assert {name for name, age in ages.items() if age is not None and age < ADULT} == {"ewing", "osteoid-osteoma"}


def test_some_records_hold_every_required_field_and_some_do_not() -> None:
    gaps = {}
    for name in invented():
        case = invented_case(name)
        gaps[name] = missing_fields(case, recorded(case) | entered(case))
    assert not gaps["compression"]
    assert gaps["haemangioma"], "nobody takes blood for it"


def test_a_patient_that_there_is_not_is_refused_with_the_names() -> None:
    with pytest.raises(RecordError, match="no demo patient 'nobody'") as refused:
        invented_case("nobody")
    assert "myeloma" in str(refused.value)


def test_every_demo_patient_can_be_named_and_is_told_in_the_help() -> None:
    names = {patient.value for patient in Patient}
    assert names == {*invented(), *PATIENTS}
    told = (demo.__doc__ or "").splitlines()
    for name in names:
        assert any(line.split()[:1] == [name] and len(line.split()) > 3 for line in told), name
