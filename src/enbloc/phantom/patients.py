"""The patients of the demo: invented people with a history, some of whose facts are missing on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from enbloc.case.anatomy import Level, Side
from enbloc.case.case import Case
from enbloc.case.fact import BoneQuality, EsccReported
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Entry
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.neurology import Ais, Ambulation, Neurology
from enbloc.case.patient import Patient, Sex
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.phantom.morphometry import LEVELS
from enbloc.phantom.phantom import Phantom, build
from enbloc.phantom.recipe import Collapse, Epidural, Fracture, Recipe, Room, Solid, Tumour, in_body, in_pedicle

ON = date(2026, 11, 19)
SPACING_MM = (1.0, 0.8, 0.8)
FIELD_MM = (120.0, 120.0)


def metastasis() -> Phantom:
    """A man of 61 with a renal metastasis of T8 that has begun to collapse and presses on the cord.

    Missing: the character of his pain, MRI of the whole spine and with it the number of vertebrae with metastases,
    serum albumin, the last dose of pazopanib, and whether the weakness progresses.
    """
    level = Level.T8
    lesion = Tumour(
        bone=BoneQuality.LYTIC,
        solids=(
            in_body(level, radii_mm=(11.5, 12.5, 8.5), centre_mm=(2.5, 3.5, -0.3)),
            in_pedicle(level, Side.LEFT),
        ),
        epidural=(Epidural(level=level, grade=EsccReported.GRADE_2, towards=Side.LEFT, length_mm=13.0),),
    )
    recipe = Recipe(
        levels=(Level.T6, Level.T7, Level.T8, Level.T9, Level.T10),
        tumours=(lesion,),
        fractures={level: Fracture(kind=Collapse.WEDGE, percent=32.0)},
        spacing_mm=SPACING_MM,
        field_mm=FIELD_MM,
        with_mr=True,
        organs=True,
        seed=8,
    )
    phantom = build(recipe)
    return replace(phantom, case=_man_of_61(phantom.case))


def _man_of_61(made: Case) -> Case:
    return replace(
        made,
        id="demo-metastasis",
        story=(
            "Clear cell carcinoma of the left kidney, removed in 2023. On pazopanib for two lung metastases, stable. "
            "For six weeks pain between the shoulder blades; for five days his legs have felt heavy and he walks with "
            "a stick. CT and MRI of the thoracic spine show a lesion of T8."
        ),
        patient=Patient(birth_year=1965, sex=Sex.MALE),
        lesions=(
            Lesion(
                id="A",
                levels=(Level.T8,),
                histology="renal cell carcinoma",
                proven=True,
                kind=LesionKind.METASTASIS,
            ),
        ),
        neurology=Neurology(
            examined=ON,
            ais=Ais.D,
            ambulation=Ambulation.AIDED,
            deficit=True,
            myelopathy=True,
            since=date(2026, 11, 14),
        ),
        treatments=(
            Treatment(kind=TreatmentKind.OPERATION, what="left nephrectomy", started=date(2023, 2, 8)),
            Treatment(kind=TreatmentKind.SYSTEMIC, what="pazopanib", started=date(2025, 6, 3)),
        ),
        findings=(
            Entry(fact="patient.ecog", about="patient", value=1, on=ON),
            Entry(fact="imaging.mri_level", about="A", value=True, on=ON),
            Entry(fact="level.stabilised", about="A", value=False, on=ON),
            Entry(fact="patient.able", about="patient", value=True, on=ON),
            *_of_the_disease(),
        ),
    )


def _of_the_disease() -> Iterator[Entry]:
    """What survival scores ask about his state, the carcinoma of his kidney and its spread."""
    yield Entry(fact="tumour.primary_site", about="A", value="kidney", on=ON)
    about_him: dict[str, bool | int | float | str] = {
        "patient.karnofsky": 80,
        "patient.dependent": False,
        "neurology.frankel": "D",
        "neurology.leg_strength": 4,
        "neurology.motor_deficit_days": 5,
        "spread.bone_foci": 0,
        "spread.lung": True,
        "spread.liver": False,
        "spread.brain": False,
        "spread.other_organs": False,
        "spread.organs_removability": "removable",
        "spread.organs_treatability": "treatable",
        "spread.organ_systems": 1,
        "spread.controlled": True,
        "oncology.months_since_diagnosis": 45.0,
        "lab.crp": 18.0,
        "lab.ldh": 240.0,
        "lab.calcium": 2.4,
        "lab.bilirubin": 9.0,
        "lab.platelets": 310.0,
        "comorbidity.hypertension_on_drugs": True,
        "comorbidity.recent_heart_failure": False,
        "comorbidity.chronic_lung_disease": False,
    }
    yield from (Entry(fact=fact, about="patient", value=value, on=ON) for fact, value in about_him.items())


def chordoma() -> Phantom:
    """A woman of 54 with a solitary chordoma within the body of L3; the canal and both pedicles are free.

    Missing: the character of her pain, serum albumin, and a surgeon's opinion on resectability; the Enneking stage is
    filled in as far as pathology and staging of the body go.
    """
    level = Level.L3
    lesion = Tumour(
        bone=BoneQuality.LYTIC,
        solids=(
            in_body(level, radii_mm=(14.5, 11.5, 9.0), centre_mm=(-3.0, -2.0, 0.5)),
            in_body(level, radii_mm=(8.0, 7.0, 6.5), centre_mm=(7.0, -5.0, -2.0)),
        ),
    )
    recipe = Recipe(
        levels=(Level.L1, Level.L2, Level.L3, Level.L4, Level.L5),
        tumours=(lesion,),
        spacing_mm=SPACING_MM,
        field_mm=FIELD_MM,
        with_mr=True,
        organs=True,
        seed=3,
    )
    phantom = build(recipe)
    return replace(phantom, case=_woman_of_54(phantom.case))


def _woman_of_54(made: Case) -> Case:
    return replace(
        made,
        id="demo-chordoma",
        story=(
            "Back pain for a year. MRI showed a lesion of the body of L3, bright in T2. CT-guided biopsy through the "
            "right pedicle: conventional chordoma, brachyury positive. CT of chest and abdomen without other lesions. "
            "No neurological complaint."
        ),
        patient=Patient(birth_year=1972, sex=Sex.FEMALE),
        lesions=(
            Lesion(
                id="A",
                levels=(Level.L3,),
                histology="chordoma",
                proven=True,
                kind=LesionKind.PRIMARY,
                solitary=True,
            ),
        ),
        neurology=Neurology(examined=ON, ais=Ais.E, ambulation=Ambulation.INDEPENDENT, deficit=False, myelopathy=False),
        treatments=(
            Treatment(
                kind=TreatmentKind.BIOPSY,
                what="CT-guided core biopsy through the right pedicle",
                levels=(Level.L3,),
                started=date(2026, 10, 29),
                ended=date(2026, 10, 29),
            ),
        ),
        findings=(
            Entry(fact="patient.ecog", about="patient", value=0, on=ON),
            Entry(fact="imaging.mri_level", about="A", value=True, on=ON),
            Entry(fact="imaging.mri_whole_spine", about="patient", value=True, on=ON),
            Entry(fact="level.stabilised", about="A", value=False, on=ON),
            Entry(fact="patient.able", about="patient", value=True, on=ON),
            Entry(fact="patient.karnofsky", about="patient", value=90, on=ON),
        ),
        forms=(
            FilledForm(
                instrument="enneking",
                about="A",
                answers={"grade": "low grade", "metastasis": False},
                by="R. Example",
                on=ON,
            ),
        ),
    )


def chondrosarcoma() -> Phantom:
    """A man of 47 with a chondrosarcoma, grade 1, in the left pedicle and the left side of the body of T9.

    Two resections in one piece are open to him: of the left side, and of the vertebra. Missing: the character of his
    pain, an angiography, and who will operate.
    """
    level = Level.T9
    lesion = Tumour(
        bone=BoneQuality.MIXED,
        solids=(
            Solid(level=level, centre_mm=(14.5, 9.5, 0.5), radii_mm=(5.5, 6.5, 7.5)),
            Solid(level=level, centre_mm=(12.7, 16.5, 3.0), radii_mm=(3.2, 4.5, 5.0)),
            Solid(level=level, centre_mm=(19.0, 10.0, 1.0), radii_mm=(6.0, 7.0, 8.0), room=Room.SOFT_TISSUE),
        ),
    )
    recipe = Recipe(
        levels=(Level.T7, Level.T8, Level.T9, Level.T10, Level.T11),
        tumours=(lesion,),
        spacing_mm=SPACING_MM,
        field_mm=FIELD_MM,
        with_mr=True,
        organs=True,
        seed=9,
    )
    phantom = build(recipe)
    return replace(phantom, case=_man_of_47(phantom.case))


def _man_of_47(made: Case) -> Case:
    biopsied = date(2026, 11, 2)
    return replace(
        made,
        id="demo-chondrosarcoma",
        story=(
            "A dull ache beside the left shoulder blade for eight months. CT: a lesion of the left pedicle and body of "
            "T9 with calcifications, grown into the soft tissue beside it. CT-guided biopsy through the left pedicle: "
            "chondrosarcoma, grade 1. CT of the chest without other lesions. No neurological complaint."
        ),
        patient=Patient(birth_year=1979, sex=Sex.MALE),
        lesions=(
            Lesion(
                id="A",
                levels=(Level.T9,),
                histology="chondrosarcoma, grade 1",
                proven=True,
                kind=LesionKind.PRIMARY,
                solitary=True,
            ),
        ),
        neurology=Neurology(examined=ON, ais=Ais.E, ambulation=Ambulation.INDEPENDENT, deficit=False, myelopathy=False),
        treatments=(
            Treatment(
                kind=TreatmentKind.BIOPSY,
                what="CT-guided core biopsy through the left pedicle",
                levels=(Level.T9,),
                started=biopsied,
                ended=biopsied,
            ),
        ),
        findings=(
            Entry(fact="patient.ecog", about="patient", value=0, on=ON),
            Entry(fact="imaging.mri_level", about="A", value=True, on=ON),
            Entry(fact="imaging.mri_whole_spine", about="patient", value=True, on=ON),
            Entry(fact="level.stabilised", about="A", value=False, on=ON),
            Entry(fact="patient.able", about="patient", value=True, on=ON),
            Entry(fact="patient.karnofsky", about="patient", value=90, on=ON),
        ),
        forms=(
            FilledForm(
                instrument="enneking",
                about="A",
                answers={"grade": "low grade", "extent": "extracompartmental", "metastasis": False},
                by="R. Example",
                on=ON,
            ),
        ),
    )


PATIENTS: Mapping[str, Callable[[], Phantom]] = MappingProxyType(
    {"metastasis": metastasis, "chordoma": chordoma, "chondrosarcoma": chondrosarcoma}
)
"""The demo patients by name; the first is the default."""


def large_scan() -> Recipe:
    """The recipe of a large scan for measuring speed: 512 × 512 × 400 voxels, T1 to L5, one tumour of T8.

    A whole column is taller than 400 mm: the upper edge cuts T1 and the lower one L5.
    """
    tumour = Tumour(
        solids=(in_body(Level.T8), in_pedicle(Level.T8, Side.LEFT)),
        epidural=(Epidural(level=Level.T8, grade=EsccReported.GRADE_2),),
    )
    return Recipe(
        levels=tuple(level for level in LEVELS[LEVELS.index(Level.T1) :] if not level.is_transitional),
        tumours=(tumour,),
        kyphosis_deg=50.0,
        lordosis_deg=60.0,
        spacing_mm=(1.0, 0.8, 0.8),
        shape=(400, 512, 512),
    )
