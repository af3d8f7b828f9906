"""Records for the tests of what survival scores read of a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from enbloc.case.anatomy import Level
from enbloc.case.case import Case, entered, recorded
from enbloc.case.finding import Entry, Findings
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.neurology import Ambulation, Neurology
from enbloc.case.patient import Patient, Sex
from enbloc.stage.form import Known
from enbloc.stage.from_case import read_items, scored
from enbloc.stage.instrument import Instrument
from enbloc.stage.score import Score

ABOUT_THE_LESION = ("tumour.", "treatment.", "sins.", "lesion.")


def case(
    facts: dict[str, Any] | None = None,
    *,
    histology: str | None = None,
    kind: LesionKind | None = LesionKind.METASTASIS,
    walks: Ambulation | None = None,
    solitary: bool | None = None,
    birth_year: int | None = None,
    sex: Sex | None = None,
) -> Case:
    """A case with one lesion, A at T8, and what is stated about it or the patient."""
    entries = (
        Entry(fact=id, about="A" if id.startswith(ABOUT_THE_LESION) else "patient", value=stated)
        for id, stated in (facts or {}).items()
    )
    return Case(
        id="2f41",
        as_of=date(2026, 11, 20),
        patient=Patient(birth_year=birth_year, sex=sex),
        neurology=Neurology(ambulation=walks),
        lesions=(Lesion(id="A", levels=(Level.T8,), histology=histology, kind=kind, solitary=solitary),),
        findings=tuple(entries),
    )


def findings(one: Case) -> Findings:
    """What the record says."""
    return recorded(one) | entered(one)


def known(instrument: Instrument, one: Case) -> Known:
    """What a case answers of an instrument."""
    return {name: reading.values for name, reading in read_items(instrument, one, findings(one), "A").items()}


def score(instrument: Instrument, one: Case) -> Score:
    """What an instrument comes to in a case."""
    return scored(instrument, read_items(instrument, one, findings(one), "A"), about="A")
