"""Records that contradict themselves, one for each pair: what is known and recorded, and which facts are doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case, ImageFile
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.lesion import Lesion
from enbloc.case.neurology import Ais, Neurology
from enbloc.case.origin import Modality
from enbloc.case.patient import Patient, Sex
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.value import value
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY, a_case, found

NOW = datetime(2026, 11, 18, 8, 0)
AHEAD = datetime(2026, 11, 25, 8, 0)
BREAST: dict[Fact[Any], Any] = METASTASIS | {f.HISTOLOGY: "breast carcinoma", f.SEX: Sex.FEMALE, f.AGE: 61.0}
MENINGIOMA: dict[Fact[Any], Any] = METASTASIS | {
    f.KIND: "primary",
    f.HISTOLOGY: "meningioma",
    f.SOLITARY: True,
    f.ESCC_REPORTED: None,
}
SACRAL: dict[Fact[Any], Any] = CHORDOMA | {f.ESCC_REPORTED: None}
BEAM = Treatment(
    kind=TreatmentKind.RADIOTHERAPY,
    what="10 x 3 Gy",
    levels=(Level.T8,),
    started=date(2026, 3, 2),
    ended=date(2026, 3, 13),
    dose_gy=30.0,
    fractions=10,
)
OPERATION = Treatment(
    kind=TreatmentKind.OPERATION,
    what="laminectomy",
    levels=(Level.T8,),
    started=date(2026, 6, 1),
    ended=date(2026, 6, 1),
)


@value
class Row:
    """One contradictory record. ``shown`` are both sides as printed, ``withheld`` the facts that are doubted."""

    name: str
    known: dict[Fact[Any], Any]
    shown: tuple[str, str]
    withheld: tuple[Fact[Any], ...]
    level: Level = Level.T8
    treatments: tuple[Treatment, ...] = ()
    dates: tuple[int, ...] = ()  # the treatments without their dates
    lesions: tuple[Lesion, ...] = ()
    neurology: Neurology = Neurology()
    patient: Patient = Patient()
    images: tuple[tuple[str, ImageFile], ...] = ()

    @property
    def case(self) -> Case:
        case = a_case(self.level)
        return replace(
            case,
            as_of=TODAY,
            lesions=(*case.lesions, *self.lesions),
            treatments=self.treatments,
            neurology=self.neurology,
            patient=self.patient,
            images=dict(self.images),
        )

    @property
    def findings(self) -> Findings:
        return found(self.known)


NAME = (f.HISTOLOGY, f.KIND)
DEFICIT = METASTASIS | {f.DEFICIT: False}
PARAPLEGIC = METASTASIS | {f.DEFICIT: True, f.PARAPLEGIC: True}
CLEAR = METASTASIS | {f.STAGING_CLEAR: True}
RESECTED = f.ResectionExtent


def row(name: str, known: dict[Fact[Any], Any], shown: tuple[str, str], *withheld: Fact[Any], **more: Any) -> Row:
    return Row(name=name, known=known, shown=shown, withheld=withheld, **more)


TUMOUR: tuple[Row, ...] = (
    row(
        "no primary, and yet breast",
        BREAST | {f.PRIMARY_SITE: f.PrimarySite.UNIDENTIFIED},
        ("histology breast carcinoma (A)", "site or kind of the primary tumour unidentified (A)"),
        *NAME,
        f.PRIMARY_SITE,
    ),
    row(
        "no primary, and yet oligometastatic breast",
        BREAST | {f.HISTOLOGY: "oligometastatic breast", f.PRIMARY_SITE: f.PrimarySite.UNIDENTIFIED},
        ("histology oligometastatic breast (A)", "site or kind of the primary tumour unidentified (A)"),
        *NAME,
        f.PRIMARY_SITE,
    ),
    row(
        "breast from the lung",
        BREAST | {f.PRIMARY_SITE: f.PrimarySite.LUNG},
        ("histology breast carcinoma (A)", "site or kind of the primary tumour lung (A)"),
        *NAME,
        f.PRIMARY_SITE,
    ),
    row(
        "unknown primary from the kidney",
        METASTASIS | {f.HISTOLOGY: "carcinoma of unknown primary", f.PRIMARY_SITE: f.PrimarySite.KIDNEY},
        ("histology carcinoma of unknown primary (A)", "site or kind of the primary tumour kidney (A)"),
        *NAME,
        f.PRIMARY_SITE,
    ),
    row(
        "no known cancer, and yet a site",
        METASTASIS | {f.KNOWN_CANCER: False, f.PRIMARY_SITE: f.PrimarySite.KIDNEY},
        ("known cancer no", "site or kind of the primary tumour kidney (A)"),
        f.KNOWN_CANCER,
        f.PRIMARY_SITE,
    ),
    row(
        "a primary tumour filed as a metastasis",
        CHORDOMA | {f.KIND: "metastasis"},
        ("kind of tumour metastasis (A)", "histology chordoma (A)"),
    ),
    row(
        "ESCC of a tumour within the dura",
        MENINGIOMA | {f.ESCC_REPORTED: f.EsccReported.GRADE_2, f.CORD_SHIFT: 3.0},
        ("histology meningioma (A)", "ESCC as reported 2 (A)"),
        *NAME,
        f.ESCC_REPORTED,
        f.CORD_SHIFT,
    ),
    row(
        "ESCC of a metastasis within the cord",
        METASTASIS | {f.HISTOLOGY: "intramedullary metastasis"},
        ("histology intramedullary metastasis (A)", "ESCC as reported 2 (A)"),
        *NAME,
        f.ESCC_REPORTED,
    ),
    row(
        "epidural numbers entered of a tumour within the dura",
        MENINGIOMA | {f.EPIDURAL_TURN: 0.5},
        ("histology meningioma (A)", "share of the way round the sac or cord that meets epidural tumour 0.5 (A)"),
        *NAME,
        f.EPIDURAL_TURN,
    ),
    row(
        "the cord compressed at S3",
        SACRAL | {f.ESCC_REPORTED: f.EsccReported.GRADE_3},
        ("involved levels S3 (A)", "ESCC as reported 3 (A)"),
        f.ESCC_REPORTED,
        *NAME,
        level=Level.S3,
    ),
    row(
        "the cord compressed by a metastasis of S3",
        METASTASIS | {f.CORD_LEVEL: True, f.CORD_AREA_RATIO: 0.6},
        ("involved levels S3 (A)", "ESCC as reported 2 (A)"),
        f.CORD_LEVEL,
        f.ESCC_REPORTED,
        f.CORD_AREA_RATIO,
        level=Level.S3,
    ),
    row(
        "a cord beside S3",
        SACRAL | {f.CORD_LEVEL: True},
        ("involved levels S3 (A)", "cord present beside the tumour yes (A)"),
        f.CORD_LEVEL,
        *NAME,
        level=Level.S3,
    ),
    row(
        "a solitary lesion beside another",
        CHORDOMA,
        ("solitary lesion yes (A)", "lesions of the record A, B"),
        f.SOLITARY,
        lesions=(Lesion(id="B", levels=(Level.L2,)),),
    ),
    row(
        "a solitary lesion and five vertebrae",
        METASTASIS | {f.SOLITARY: True, f.METASTATIC_VERTEBRAE: 5},
        ("solitary lesion yes (A)", "vertebrae with metastases 5"),
        f.SOLITARY,
        f.METASTATIC_VERTEBRAE,
    ),
    row(
        "a solitary lesion of many",
        METASTASIS | {f.SOLITARY: True, f.TYPICAL_METASTASES: True},
        ("solitary lesion yes (A)", "multifocal lesions with the typical image of metastases yes"),
        f.SOLITARY,
        f.TYPICAL_METASTASES,
    ),
    row(
        "ovarian carcinoma of a man",
        METASTASIS | {f.HISTOLOGY: "ovarian carcinoma", f.SEX: Sex.MALE},
        ("sex male", "histology ovarian carcinoma (A)"),
        f.SEX,
        *NAME,
    ),
    row(
        "prostate of a woman",
        METASTASIS | {f.HISTOLOGY: None, f.PRIMARY_SITE: f.PrimarySite.PROSTATE, f.SEX: Sex.FEMALE},
        ("sex female", "site or kind of the primary tumour prostate (A)"),
        f.SEX,
        f.PRIMARY_SITE,
    ),
)

STATE: tuple[Row, ...] = (
    row(
        "no deficit and AIS C",
        DEFICIT | {f.AIS: Ais.C},
        ("neurological deficit no", "ASIA impairment scale as reported C"),
        f.DEFICIT,
        f.AIS,
    ),
    row(
        "no deficit, and yet progressing",
        DEFICIT | {f.PROGRESSING: True},
        ("neurological deficit no", "deficit progressing yes"),
        f.DEFICIT,
        f.PROGRESSING,
    ),
    row(
        "a complete paraplegia that walks",
        PARAPLEGIC | {f.AMBULATION: "aided"},
        ("complete paraplegia yes", "walking aided"),
        f.PARAPLEGIC,
        f.AMBULATION,
    ),
    row(
        "a complete paraplegia with strength",
        PARAPLEGIC | {f.LEG_STRENGTH: 1},
        ("complete paraplegia yes", "strength of the weakest leg, 0 to 5 1"),
        f.PARAPLEGIC,
        f.LEG_STRENGTH,
    ),
    row(
        "a pregnant man",
        METASTASIS | {f.SEX: Sex.MALE, f.PREGNANT: True},
        ("sex male", "pregnancy yes"),
        f.SEX,
        f.PREGNANT,
    ),
    row(
        "no other disease, and yet in the liver",
        CLEAR | {f.LIVER_METASTASES: True},
        ("staging of the whole body shows no other disease yes", "metastases in the liver yes"),
        f.STAGING_CLEAR,
        f.LIVER_METASTASES,
    ),
    row(
        "never irradiated, and yet it failed",
        METASTASIS | {f.RADIOTHERAPY_FAILED: True},
        ("earlier radiotherapy at the level no (A)", "earlier radiotherapy at the level failed yes (A)"),
        f.PRIOR_RADIOTHERAPY,
        f.RADIOTHERAPY_FAILED,
    ),
    row(
        "never irradiated, and yet in the record",
        METASTASIS,
        ("earlier radiotherapy at the level no (A)", "radiotherapy at the level T8 (A)"),
        f.PRIOR_RADIOTHERAPY,
        treatments=(BEAM,),
    ),
    row(
        "never operated on, and yet in the record",
        METASTASIS | {f.OPERATED_AT_LEVEL: False},
        ("earlier operation at the level no (A)", "operation at the level T8 (A)"),
        f.OPERATED_AT_LEVEL,
        treatments=(OPERATION,),
    ),
    row(
        "never operated on, and yet resected",
        METASTASIS | {f.OPERATED_AT_LEVEL: False, f.RESECTION_EXTENT: RESECTED.SUBTOTAL},
        ("earlier operation at the level no (A)", "extent of the last resection subtotal (A)"),
        f.OPERATED_AT_LEVEL,
        f.RESECTION_EXTENT,
    ),
    row(
        "no antithrombotic drug and a last dose",
        METASTASIS | {f.ANTITHROMBOTICS: (f.Antithrombotic.NONE,), f.LAST_APIXABAN: NOW},
        ("antithrombotic drugs within the last ten days none", "last dose of apixaban 2026-11-18 08:00"),
        f.ANTITHROMBOTICS,
        f.LAST_APIXABAN,
    ),
)

TIME: tuple[Row, ...] = (
    row(
        "a last dose ahead",
        METASTASIS | {f.ANTITHROMBOTICS: (f.Antithrombotic.APIXABAN,), f.LAST_APIXABAN: AHEAD},
        ("last dose of apixaban 2026-11-25 08:00", "day of the case 2026-11-20"),
        f.LAST_APIXABAN,
    ),
    row(
        "a decision ahead",
        METASTASIS | {f.DEFICIT: True, f.PRESENTED: NOW, f.DECIDED: AHEAD},
        ("decision on the treatment of the compression 2026-11-25 08:00", "day of the case 2026-11-20"),
    ),
    row(
        "a fraction ahead",
        METASTASIS | {f.PRIOR_RADIOTHERAPY: True},
        ("last day of the radiotherapy 2026-12-24", "day of the case 2026-11-20"),
        treatments=(replace(BEAM, ended=date(2026, 12, 24)),),
        dates=(0,),
    ),
    row(
        "a treatment backwards",
        METASTASIS | {f.PRIOR_RADIOTHERAPY: True},
        ("first day of the radiotherapy 2026-03-02", "last day of the radiotherapy 2026-02-02"),
        treatments=(OPERATION, replace(BEAM, ended=date(2026, 2, 2))),
        dates=(1,),
    ),
    row(
        "a deficit that begins ahead",
        METASTASIS | {f.DEFICIT: True},
        ("beginning of the deficit 2026-12-01", "day of the case 2026-11-20"),
        neurology=Neurology(since=date(2026, 12, 1)),
    ),
    row(
        "an image of next month",
        METASTASIS,
        ("image t2 2026-12-01", "day of the case 2026-11-20"),
        images=(("t2", ImageFile(file="images/t2.nii.gz", modality=Modality.MR, date=date(2026, 12, 1))),),
    ),
    row(
        "operated on after death",
        METASTASIS | {f.DIED_ON: date(2026, 5, 1)},
        ("first day of the operation 2026-06-01", "day of death 2026-05-01"),
        f.DIED_ON,
        treatments=(replace(OPERATION, ended=None),),
        dates=(0,),
    ),
    row(
        "to be operated on after death",
        METASTASIS | {f.DIED_ON: date(2026, 11, 15), f.OPERATION_AT: AHEAD},
        ("planned day and hour of the operation 2026-11-25 08:00 (A)", "day of death 2026-11-15"),
        f.DIED_ON,
        f.OPERATION_AT,
    ),
    row(
        "examined after death",
        METASTASIS | {f.DIED_ON: date(2026, 11, 15)},
        ("neurological examination 2026-11-19", "day of death 2026-11-15"),
        f.DIED_ON,
        neurology=Neurology(examined=date(2026, 11, 19)),
    ),
    row(
        "death ahead",
        METASTASIS | {f.DIED_ON: date(2026, 11, 21)},
        ("day of death 2026-11-21", "day of the case 2026-11-20"),
        f.DIED_ON,
    ),
    row(
        "irradiated before birth",
        METASTASIS | {f.PRIOR_RADIOTHERAPY: True, f.AGE: 1.0},
        ("first day of the radiotherapy 2024-03-02", "year of birth 2025"),
        f.AGE,
        patient=Patient(birth_year=2025),
        treatments=(replace(BEAM, started=date(2024, 3, 2), ended=None),),
        dates=(0,),
    ),
)

ROWS = (*TUMOUR, *STATE, *TIME)
