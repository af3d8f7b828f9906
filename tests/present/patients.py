"""A hand-made work-up and its images, small enough for every test: an invented T8 metastasis on the patient's left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import permutations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import CORD, SAC, Level, Structure, StructureKind, sector, tumour, vertebra
from enbloc.case.case import Case, ImageFile, LabelFile, entered, recorded
from enbloc.case.finding import Entry, Finding, Findings, Missing, Source, SourceKind, measured
from enbloc.case.geometry import Plane, Point
from enbloc.case.image import Grid, Images, LabelMap, Unused, Volume
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.mark import Mark, MarkKind
from enbloc.case.neurology import Ais, Ambulation, Neurology
from enbloc.case.origin import Modality, Origin
from enbloc.case.patient import Patient, Sex
from enbloc.evidence import Checked
from enbloc.follow.result import Input, NotUsed, Provenance, Setting, Workup
from enbloc.present.composition import report
from enbloc.present.content import Report
from enbloc.present.pictures import Pictures, pictures
from enbloc.stage import comparison
from enbloc.stage.every import Refused
from enbloc.stage.score import Also, Item, Score
from tests.present.decided import PAPER, decided
from tests.present.operated import ARCH, PLAN, beside

LEVELS = (Level.T7, Level.T8, Level.T9)
TUMOUR_AT = (12.0, -14.0, 0.0)
FINGERPRINT = "9c1f" * 16

_NAMES = {
    1: vertebra(Level.T7),
    2: vertebra(Level.T8),
    3: vertebra(Level.T9),
    4: SAC,
    5: CORD,
    6: Structure(kind=StructureKind.AORTA),
    7: Structure(kind=StructureKind.VENA_CAVA),
}


def axis_aligned_grids() -> list[str]:
    """The six ways to lay the array axes along the patient's (each with its directions flipped in some way)."""
    return ["".join(order) for order in permutations("ZYX")]


def images(
    order: str = "ZYX", *, flips: tuple[int, int, int] = (1, 1, 1), turn: float = 0.0, mm: float = 1.5
) -> Images:
    """A CT with labels, its array axes along patient axes in ``order``; ``turn`` (rad) makes it oblique."""
    grid = _grid(order, flips, turn, mm)
    x, y, z = np.moveaxis(grid.points_mm(np.indices(grid.shape).reshape(3, -1).T).reshape(*grid.shape, 3), -1, 0)
    anatomy = _anatomy(x, y, z)
    mass = ((x - TUMOUR_AT[0]) / 12) ** 2 + ((y - TUMOUR_AT[1]) / 17) ** 2 + (z / 9) ** 2 < 1
    hounsfield = np.select(
        [mass & (anatomy != 5), anatomy == 0, anatomy <= 3, anatomy == 5, anatomy == 4],
        [40, _tissue(x, y), 300, 45, 15],
        150,
    ).astype(np.int16)
    noise = np.random.default_rng(1).normal(0, 20, grid.shape)
    scan = Volume(
        voxels=(hounsfield + noise).astype(np.int16), grid=grid, modality=Modality.CT, taken=date(2026, 11, 18)
    )
    return Images(
        volumes={"ct": scan},
        labels={
            "vertebrae": LabelMap(labels=anatomy.astype(np.uint8), grid=grid, names=_NAMES, on="ct"),
            "tumour": LabelMap(
                labels=(mass & (anatomy != 5)).astype(np.uint8), grid=grid, names={1: tumour("A")}, on="ct"
            ),
        },
        said=("The tumour label lay on the grid of the CT.",),
        unused=(Unused(what="images/scout.dcm", why="a localiser, not a volume"),),
    )


def _grid(order: str, flips: tuple[int, int, int], turn: float, mm: float) -> Grid:
    half = {"X": 66.0, "Y": 66.0, "Z": 45.0}
    step = {"X": mm, "Y": mm, "Z": 2 * mm}
    unit = {"X": [1.0, 0, 0], "Y": [0, 1.0, 0], "Z": [0, 0, 1.0]}
    rotation = np.array([[1, 0, 0], [0, np.cos(turn), -np.sin(turn)], [0, np.sin(turn), np.cos(turn)]])
    shape = tuple(int(2 * half[a] / step[a]) + 1 for a in order)
    columns = np.array([np.array(unit[a]) * step[a] * f for a, f in zip(order, flips, strict=True)]).T
    affine = np.eye(4)
    affine[:3, :3] = rotation @ columns
    affine[:3, 3] = -affine[:3, :3] @ ((np.array(shape) - 1) / 2)
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def _anatomy(x: NDArray[np.float64], y: NDArray[np.float64], z: NDArray[np.float64]) -> NDArray[np.int64]:
    labels = np.zeros(x.shape, dtype=np.int64)
    level = np.where(z > 13, 1, np.where(z < -13, 3, 2))
    height = np.abs(z - np.select([level == 1, level == 3], [26.0, -26.0], 0.0))
    body = ((x / 18) ** 2 + ((y + 14) / 14) ** 2 < 1) & (height < 10.5)
    ring = (np.hypot(x / 13, (y - 9) / 12) < 1) & (np.hypot(x / 9, (y - 9) / 8.5) > 1) & (y > -2) & (height < 8)
    spine = (np.abs(x) < 3) & (y > 18) & (y < 42) & (np.abs(height - 0) < 7)
    wings = (np.abs(y - 12 - 0.25 * np.abs(x)) < 4) & (np.abs(x) > 10) & (np.abs(x) < 32) & (height < 5)
    labels[body | ring | spine | wings] = 1
    labels = labels * level
    labels[np.hypot(x / 9, (y - 9) / 8) < 0.95] = 4
    labels[np.hypot((x + 1) / 5, (y - 10) / 4) < 1] = 5
    labels[np.hypot(x - 14, y + 40) < 10] = 6
    labels[np.hypot(x + 16, y + 36) < 9] = 7
    return labels


def _tissue(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    lung = (np.hypot((np.abs(x) - 45) / 24, (y + 20) / 40) < 1) & (y < 24)
    return np.where(lung, -800.0, 40.0)


SINS = Score(
    instrument="sins",
    name="SINS",
    about="A",
    at="T8",
    items=(
        Item(name="location", values=("semirigid",), points=(1,), facts=("lesion.main_level",)),
        Item(
            name="pain",
            values=("none", "not mechanical", "mechanical"),
            points=(0, 1, 3),
            facts=("sins.pain",),
            ask="pain: relieved lying down or provoked by movement or loading?",
        ),
        Item(name="bone lesion", values=("lytic",), points=(2,), facts=("lesion.lytic_share",)),
        Item(name="alignment", values=("normal",), points=(0,), facts=("sins.alignment",)),
        Item(
            name="collapse",
            values=("under half", "over half"),
            points=(2, 3),
            facts=("body.collapse",),
            borderline=True,
            note="against T7 and T9: 42 %",
        ),
        Item(
            name="posterolateral involvement",
            values=("unilateral",),
            points=(1,),
            facts=("lesion.posterolateral_left",),
        ),
    ),
    totals=(6, 7, 8, 9, 10),
    out_of=18,
    categories=("stable", "potentially unstable"),
    missing=("pain: relieved lying down or provoked by movement or loading?",),
    checked=Checked.READ_IN_A_COPY,
    cites=(PAPER,),
    version="1",
)
ESCC = Score(
    instrument="escc",
    name="ESCC",
    about="A",
    at="T8",
    items=(
        Item(
            name="cord compressed or displaced",
            values=("2", "3"),
            points=(),
            facts=("epidural.cord_area_ratio",),
            borderline=True,
        ),
    ),
    totals=(),
    out_of=None,
    categories=("2", "3"),
    missing=(),
    flags=("graded on CT labels; T2 is the reference",),
    also=(Also(name="group by NOMS", values=("high",)),),
    reported="3",
    checked=Checked.READ_IN_A_COPY,
    cites=(PAPER,),
    version="1",
)

FRAILTY = Score(
    instrument="mfi5",
    name="Modified frailty index, five items",
    about="patient",
    at="",
    items=(Item(name="diabetes", values=("yes", "no"), points=(0, 1), ask="diabetes with any drug treatment"),),
    totals=(0, 1),
    out_of=5,
    categories=("not frail",),
    missing=("diabetes with any drug treatment",),
    also=(Also(name="index", values=("0", "0.2")),),
    checked=Checked.FROM_MEMORY,
    cites=(PAPER,),
    version="1",
)


def _findings() -> Findings:
    image = measured(vocabulary.COLLAPSE, "T8", 42.0, low=38.0, high=52.0, document="ct", place="T8")
    said = Source(
        kind=SourceKind.ENTERED,
        document="case.yaml",
        place="findings[0]",
        by="R. Example",
        on=date(2026, 11, 19),
        because="the endplate was misread",
    )
    overruling = Findings(found=(Finding(fact="body.collapse", about="T8", value=45.0, source=said),))
    rest = (
        measured(vocabulary.CENTRE, "A", Point(xyz_mm=TUMOUR_AT), document="tumour"),
        measured(vocabulary.EPIDURAL_AT, "A", Point(xyz_mm=(6.0, 6.0, 0.0)), document="tumour"),
        measured(vocabulary.VOLUME, "A", 14.62, low=13.9, high=15.4, document="tumour", at_mm=TUMOUR_AT),
        measured(vocabulary.MAIN_LEVEL, "A", Level.T8, document="tumour"),
        measured(vocabulary.LEVELS, "A", (Level.T8,), document="tumour"),
        measured(vocabulary.LYTIC_SHARE, "A", 88.0, low=80.0, high=94.0, document="ct"),
        measured(vocabulary.CORD_AREA_RATIO, "A", 0.614, low=0.55, high=0.68, document="ct"),
        measured(vocabulary.CSF_SHARE, "A", 0.04, low=0.0, high=0.12, document="ct"),
        measured(vocabulary.EPIDURAL_AREA, "A", 88.4, low=80.0, high=95.0, document="ct"),
        measured(vocabulary.WBB_SECTORS, "A", tuple(sector(n) for n in (3, 4, 5, 6)), document="tumour"),
        measured(vocabulary.WBB_LAYERS, "A", ("A", "B", "C", "D"), document="tumour"),
        measured(vocabulary.POSTEROLATERAL_LEFT, "A", 1.92, low=1.5, high=2.3, document="tumour"),
    )
    entry = Entry(fact="sins.alignment", about="A", value="normal", by="R. Example", on=date(2026, 11, 19))
    return (
        Findings(found=(image, *rest), missing=(Missing(fact="body.collapse", about="T7", why="no neighbour above"),))
        | overruling
        | Findings(found=(entry.answers(1),))
    )


def case(origin: Origin = Origin.PAINTED, **more: Any) -> Case:
    """The invented record."""
    made = Case(
        id="2f41",
        as_of=date(2026, 11, 20),
        origin=origin,
        story="Back pain for six weeks, unsteady since Tuesday.",
        patient=Patient(birth_year=1965, sex=Sex.MALE),
        images={"ct": ImageFile(file="images/ct.nii.gz", modality=Modality.CT, date=date(2026, 11, 18))},
        labels={
            "vertebrae": LabelFile(file="labels/vertebrae.nii.gz", on="ct", scheme="totalsegmentator-v2"),
            "tumour": LabelFile(file="labels/tumour.nii.gz", on="ct", structures={1: "tumour A"}),
        },
        lesions=(Lesion(id="A", levels=(Level.T8,), histology="renal cell carcinoma", kind=LesionKind.METASTASIS),),
        neurology=Neurology(
            examined=date(2026, 11, 19), ais=Ais.D, ambulation=Ambulation.AIDED, deficit=True, since=date(2026, 11, 17)
        ),
    )
    return replace(made, **more)


def workup(origin: Origin = Origin.PAINTED, **more: Any) -> Workup:
    """The invented work-up; ``more`` replaces its fields."""
    decision = decided()
    made = Workup(
        provenance=Provenance(
            enbloc="0.1.0",
            as_of=date(2026, 11, 20),
            inputs=(Input(file="images/ct.nii.gz", sha256="ab" * 32), Input(file="case.yaml", sha256="cd" * 32)),
            parameters=(Setting(name="sins.min_collapse", value="20 %"),),
            rules=(Setting(name="STOP-03", value="1"), Setting(name="DEC-07", value="1")),
        ),
        case=case(origin),
        findings=_findings(),
        scores=(SINS, ESCC, FRAILTY),
        decision=decision,
        plans=(PLAN, ARCH),
        compared=beside(PLAN, ARCH),
        said=("The tumour label lay on the grid of the CT.",),
        unused=(NotUsed(what="images/scout.dcm", why="a localiser, not a volume"),),
        survival=(survival(),),
        refused=(
            Refused(
                instrument="tnm_8_spine", name="TNM of the spine", about="A", why="TNM of the spine is for sarcoma."
            ),
        ),
    )
    if "plans" in more and "compared" not in more:
        more["compared"] = beside(*more["plans"])
    return replace(made, **more)


FLIPS = tuple(product((1, -1), repeat=3))


@cache
def drawn() -> Pictures:
    """The pictures of the invented patient, drawn once for all tests."""
    return pictures(workup(), images())


@cache
def content() -> Report:
    """What the report of the invented patient says."""
    return report(workup(), without=(), fingerprint=FINGERPRINT)


KNOWN: tuple[tuple[str, str, Any], ...] = (
    ("patient.ecog", "patient", 1),
    ("patient.karnofsky", "patient", 70),
    ("tumour.primary_site", "A", "kidney"),
    ("spread.vertebrae", "patient", 1),
    ("spread.bone_foci", "patient", 0),
    ("spread.lung", "patient", True),
    ("spread.liver", "patient", False),
    ("spread.brain", "patient", False),
    ("spread.other_organs", "patient", False),
    ("spread.organ_systems", "patient", 1),
    ("spread.controlled", "patient", True),
    ("neurology.frankel", "patient", "D"),
    ("oncology.months_since_diagnosis", "patient", 45),
    ("lab.albumin", "patient", 38.0),
)
"""What the survival scores ask for; the treatments, the laboratory and what the neurologist timed are left out."""


@cache
def survival(
    kind: LesionKind = LesionKind.METASTASIS, known: tuple[tuple[str, str, Any], ...] = KNOWN
) -> comparison.Comparison:
    """The survival scores of the invented patient side by side, with these facts."""
    lesion = Lesion(id="A", levels=(Level.T8,), histology="renal cell carcinoma", kind=kind)
    entries = tuple(Entry(fact=fact, about=about, value=held, on=date(2026, 11, 19)) for fact, about, held in known)
    made = case(lesions=(lesion,), findings=entries)
    return comparison.side_by_side(made, recorded(made) | entered(made), "A")


def read_off(level: str = "T8") -> Findings:
    """Measurements of the invented T8 with the marks that they were read from, each where its geometry says."""
    sagittal = Plane(point_mm=(0.0, -14.0, 0.0), normal=(1.0, 0.0, 0.0))
    axial = Plane(point_mm=(0.0, 0.0, 0.0), normal=(0.0, 0.0, -1.0))
    front = Mark(kind=MarkKind.SEGMENT, words="anterior height", points_mm=((0.0, -24.0, -10.5), (0.0, -24.0, 10.5)))
    back = Mark(kind=MarkKind.SEGMENT, words="posterior height", points_mm=((0.0, -4.0, -10.5), (0.0, -4.0, 10.5)))
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = tuple((round(-1 + 5 * np.cos(t), 1), round(10 + 4 * np.sin(t), 1), 0.0) for t in turns)
    gap = Mark(kind=MarkKind.SEGMENT, words="tumour to cord", points_mm=((12.0, 2.0, 0.0), (4.0, 10.0, 0.0)))
    how: dict[str, Any] = {"document": "ct", "method": "between the endplates along the axis of the body"}
    return Findings(
        found=(
            measured(
                vocabulary.HEIGHT_ANTERIOR, level, 21.0, low=20.2, high=21.8, shows=sagittal, marks=[front], **how
            ),
            measured(
                vocabulary.HEIGHT_POSTERIOR, level, 21.0, low=20.2, high=21.8, shows=sagittal, marks=[back], **how
            ),
            measured(vocabulary.COLLAPSE, level, 31.0, low=25.0, high=37.0, shows=sagittal, marks=[front], **how),
            measured(
                vocabulary.CORD_AREA_RATIO,
                "A",
                0.614,
                low=0.55,
                high=0.68,
                shows=axial,
                marks=[Mark(kind=MarkKind.OUTLINE, words="cord", points_mm=ring)],
                document="ct",
            ),
            measured(vocabulary.CORD_DISTANCE, "A", 11.3, low=9.8, high=12.8, shows=axial, marks=[gap], document="ct"),
        )
    )
