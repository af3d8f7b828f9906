"""What has happened in a case, in days from the day of the case."""

from __future__ import annotations

from datetime import date

from enbloc.case.anatomy import Level
from enbloc.case.case import Case, ImageFile
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.case.finding import Entry
from enbloc.case.neurology import Ais, Neurology
from enbloc.case.origin import Modality
from enbloc.case.override import Override
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.present.past import timeline

RECORD = Case(
    id="one",
    as_of=date(2026, 11, 20),
    images={"ct": ImageFile(file="ct.nii.gz", modality=Modality.CT, date=date(2026, 11, 18), earlier=True)},
    neurology=Neurology(examined=date(2026, 11, 19), ais=Ais.D, since=date(2026, 11, 17)),
    treatments=(
        Treatment(
            kind=TreatmentKind.RADIOTHERAPY,
            what="30 Gy",
            levels=(Level.T8,),
            started=date(2026, 3, 2),
            ended=date(2026, 3, 13),
        ),
        Treatment(kind=TreatmentKind.SYSTEMIC, what="pazopanib", started=date(2026, 10, 1)),
        Treatment(kind=TreatmentKind.BIOPSY, what="needle"),
    ),
    findings=(
        Entry(fact="patient.ecog", about="patient", value=1, on=date(2026, 11, 19)),
        Entry(fact="patient.weight", about="patient", value=80.0, on=date(2026, 11, 19)),
    ),
    confirmations=(Confirmation(of=Confirmed.LEVEL, by="R. Example", on=date(2026, 11, 20), sha256="ab" * 32),),
    overrides=(
        Override(
            stop="STOP-05",
            about="patient",
            by="R. Example",
            on=date(2026, 11, 20),
            because="the level was counted twice by hand",
        ),
    ),
)


def test_events_stand_in_order_with_their_days() -> None:
    told = [(one.kind, one.words, one.first, one.last) for one in timeline(RECORD).events]

    assert told == [
        ("treatment", "radiotherapy: 30 Gy, T8", -263, -252),
        ("treatment", "systemic: pazopanib", -50, None),
        ("neurology", "deficit began", -3, -3),
        ("image", "CT, to compare with", -2, -2),
        ("neurology", "neurology examined: ASIA impairment scale D", -1, -1),
        ("statement", "2 entries", -1, -1),
        ("confirmation", "level confirmed by R. Example", 0, 0),
        ("override", "STOP-05 overridden by R. Example", 0, 0),
        ("treatment", "biopsy: needle", None, None),
    ]


def test_an_end_that_is_not_known_is_said() -> None:
    events = {one.words: one.when for one in timeline(RECORD).events}

    assert events["systemic: pazopanib"] == "2026-10-01 to date not known"
    assert events["radiotherapy: 30 Gy, T8"] == "2026-03-02 to 2026-03-13"
    assert events["biopsy: needle"] == "date not known"


def test_without_any_day_nothing_is_counted() -> None:
    told = timeline(Case(id="two", treatments=(Treatment(kind=TreatmentKind.OPERATION, what="fixation"),)))

    assert (told.as_of, [(one.first, one.last) for one in told.events]) == ("", [(None, None)])
