"""Hand-made operations on the invented T8 metastasis: two that are feasible, with everything, and one that is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enbloc.case.anatomy import CORD, SAC, Level, Part, Side, Structure, StructureKind
from enbloc.case.answer import unknown
from enbloc.case.finding import Interval
from enbloc.case.geometry import Frame, Plane, Triple
from enbloc.case.sided import Root, SegmentalArtery
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.ways import ApproachKind
from enbloc.plan.approach import Approaches, Choice
from enbloc.plan.comparison import Comparison, compared
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.delivery.delivery import Delivery, Move, Outcome, Passing, Searched
from enbloc.plan.margin.classes import Face, FaceMargin, appropriateness
from enbloc.plan.margin.execution import PlaneRisk, SpecimenRisk
from enbloc.plan.margin.execution import Proof as Proven
from enbloc.plan.margin.map import BoundMargin, Near
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.plan.operation import Operation
from enbloc.plan.price.around import Arteries, ArteryTaken, DiscTaken, DuraContact, RibTaken
from enbloc.plan.price.bone import BodyLost, BoneTaken, JointTaken
from enbloc.plan.price.ligaments import Ligament, Ligaments, LigamentTaken
from enbloc.plan.price.price import Price
from enbloc.plan.price.roots import BY_LABEL, Roots, RootTaken
from enbloc.plan.price.stability import Stability
from enbloc.plan.proposal import Cut, Plan, Proof, Resected
from enbloc.stage.surgical.enneking import Stage
from tests.present.decided import DRAFT, FOR, STOP, said

CRANIAL, CAUDAL = "cranial cut", "caudal cut"
WIDE, MARGINAL, INSIDE = MarginClass.WIDE, MarginClass.MARGINAL, MarginClass.INTRALESIONAL
AORTA = Structure(kind=StructureKind.AORTA)
T8_LEFT = Root("T8 left")
HALF_LEFT = Plane(point_mm=(0.0, 0.0, 0.0), normal=(1.0, 0.0, 0.0))


def margin(mm: float, low: float, high: float, barrier: str, **more: Any) -> Margin:
    """A margin to a named barrier."""
    kinds = (INSIDE,) if mm <= 0 else (INSIDE, MARGINAL) if low <= 0 else (MARGINAL, WIDE)
    made = Margin(mm=mm, interval=Interval(low=low, high=high), at_mm=(12.0, 2.5, 0.0), barrier=barrier, classes=kinds)
    return replace(made, **more)


def cut(name: str, point: Triple, normal: Triple, mm: float = 3.8, **more: Any) -> Cut:
    """A cut with a blade of 1.5 mm; ``point`` lies in its middle, ``normal`` away from the tumour."""
    plane = Plane(point_mm=point, normal=normal)
    made = Cut(
        name=name,
        plane=plane,
        own=Plane(point_mm=point, normal=normal, frame=Frame(name="T8")),
        kerf_mm=1.5,
        margin=margin(mm, mm - 1.0, mm + 0.4, name, at_mm=(point[0], point[1], 0.0)),
        proof=f"{name}: removes 23.88 cc of healthy bone; proved within 0.05 cc",
        clearances=(
            Clearance(structure=CORD, at_least_mm=2.0, mm=8.04, is_labelled=True, is_shielded=False),
            Clearance(structure=SAC, at_least_mm=1.0, mm=0.8, is_labelled=True, is_shielded=True),
            Clearance(structure=AORTA, at_least_mm=2.0, mm=None, is_labelled=False, is_shielded=False),
        ),
    )
    return replace(made, **more)


CUTS = (
    cut(CRANIAL, (0.0, -14.0, 12.8), (0.0, 0.0, 1.0)),
    cut(CAUDAL, (0.0, -14.0, -12.8), (0.0, 0.0, -1.0)),
    cut("left pedicle cut", (12.0, 4.0, 0.0), (0.5, 0.866025, 0.0), 1.9, within=(HALF_LEFT,)),
)


def risk(method: str, each: float, low: float, high: float) -> SpecimenRisk:
    """How likely tumour is entered by one way of cutting, the same for each cut."""
    planes = tuple(
        PlaneRisk(
            name=one.name,
            margin_mm=one.margin.mm,
            interval=one.margin.interval,
            probability=each,
            sd_mm=3.0,
            toward_mm=0.0,
            tilt_sd_deg=0.0,
            pivot_mm=(0.0, 0.0, 0.0),
            proof=Proven.OPEN,
        )
        for one in CUTS
    )
    taken = ("the error of the segmentation is not recorded: 2 mm are taken",)
    return SpecimenRisk(planes=planes, low=low, high=high, as_if_independent=low, method=method, assumed=taken)


def face(named: Face, mm: float | None, barrier: str, *kinds: MarginClass) -> FaceMargin:
    """A face of the specimen; one without a number is bounded by nothing."""
    span = None if mm is None else Interval(low=mm - 1.5, high=mm + 1.0)
    at = None if mm is None else (12.0, 2.5, 0.0)
    return FaceMargin(face=named, mm=mm, interval=span, at_mm=at, barrier=barrier, classes=kinds)


FREE = Delivery(
    outcome=Outcome.FREE,
    way="to the left",
    moves=(Move(turn_deg=0.0, left_mm=0.0, back_mm=0.0), Move(turn_deg=-30.0, left_mm=12.0, back_mm=-6.0)),
    passings=(
        Passing(structure=SAC, clearance_mm=0.0, start_mm=0.8, way_mm=0.5),
        Passing(structure=AORTA, clearance_mm=0.0, start_mm=6.1, way_mm=4.0),
    ),
    searched=Searched(
        turn_step_deg=7.5, move_step_mm=3.0, reach_mm=126.0, sample_mm=1.0, voxels=900, poses=34, structures=(SAC,)
    ),
)
STUCK = Delivery(
    outcome=Outcome.BLOCKED,
    passings=FREE.passings,
    blockers=(Structure(kind=StructureKind.NERVE_ROOT, level=Level.T8, side=Side.LEFT),),
    freed_by=("cutting nerve root T8 left",),
)

DURAL = margin(1.74, 0.2, 3.1, "thecal sac")
RESECTED = Resected(
    asked_mm=4.0,
    cuts=CUTS,
    limits=(),
    proof=Proof(
        value_cc=23.88,
        interval=Interval(low=20.7, high=27.0),
        lower_cc=23.85,
        gap_cc=0.03,
        tolerance_cc=0.1,
        is_proved=True,
        planes=900,
        words="cranial cut, caudal cut, left pedicle cut: remove 23.88 cc of healthy bone; proved within 0.03 cc",
    ),
    margin=DURAL,
    bounds=(
        BoundMargin(
            name="thecal sac",
            margin=DURAL,
            fifth_mm=2.0,
            near=(Near(than_mm=2.0, area_mm2=120),),
            faces=(Face.DURAL,),
            is_cut=False,
        ),
    ),
    faces=(
        face(Face.POSTERIOR, 6.0, "cortex of T8", MARGINAL, WIDE),
        face(Face.ANTERIOR, None, "no cut and no labelled barrier", INSIDE, MARGINAL, WIDE),
        face(Face.LEFT, 0.9, "left pedicle cut", INSIDE, MARGINAL),
        replace(face(Face.DURAL, 1.74, "thecal sac", MARGINAL, WIDE), each=(DURAL, margin(2.2, 1.0, 3.0, "disc T8"))),
    ),
    classes=(MARGINAL, WIDE),
    fifth_mm=2.1,
    not_known=("no label names the pleura: the distance to it is not known",),
    judged=appropriateness((MARGINAL, WIDE), (Stage.S3,), about="A", adjuvant=False, contaminated=False),
    risks=(risk("navigation", 0.0836, 0.087, 0.2202), risk("free hand", 0.2577, 0.2617, 0.8733)),
    delivery=FREE,
)

JOINTS = tuple(
    JointTaken(
        above=Level.T7,
        below=Level.T8,
        side=side,
        percent_above=0.0,
        percent_below=100.0,
        interval=Interval(low=98.0, high=100.0),
    )
    for side in Side
)
DISC = DiscTaken(above=Level.T7, below=Level.T8, percent=56.9, basis=BY_LABEL)
LIGAMENTS = Ligaments(
    taken=(
        LigamentTaken(
            ligament=Ligament.ANTERIOR_LONGITUDINAL,
            above=Level.T8,
            below=Level.T8,
            side=None,
            basis="bone of the front wall of the body of T8 goes",
            is_certain=True,
        ),
        *(
            LigamentTaken(
                ligament=Ligament.FLAVUM, above=Level.T7, below=Level.T8, side=side, basis="bone goes", is_certain=True
            )
            for side in Side
        ),
    )
)


def bone(part: Part | None, side: Side | None, total: float, removed: float) -> BoneTaken:
    """What goes of T8, a fifth of it piecemeal."""
    percent = round(100.0 * removed / total, 1)
    return BoneTaken(
        level=Level.T8,
        part=part,
        side=side,
        total_cc=total,
        removed_cc=removed,
        blades_cc=0.36,
        opened_cc=round(removed / 5, 2),
        percent=percent,
        interval_cc=Interval(low=removed - 1.0, high=removed + 1.0),
        percent_interval=Interval(low=percent, high=percent),
    )


BONE = (bone(None, None, 45.0, 30.76), bone(Part.BODY, None, 30.2, 30.2), bone(Part.PEDICLE, Side.LEFT, 1.9, 0.01))
PRICE = Price(
    bone=BONE,
    bodies=(BodyLost(level=Level.T8, percent=100.0, interval=Interval(low=98.0, high=100.0)),),
    joints=JOINTS,
    discs=(DISC,),
    ligaments=LIGAMENTS,
    roots=Roots(
        taken=(RootTaken(root=T8_LEFT, is_whole=True, is_certain=True, basis=BY_LABEL),), spared=(Root("T8 right"),)
    ),
    arteries=Arteries(
        taken=tuple(ArteryTaken(artery=SegmentalArtery(f"T8 {side.value}"), is_certain=True) for side in Side)
    ),
    vertebral_arteries=(),
    ribs=(RibTaken(level=Level.T8, side=Side.LEFT, cc=1.2, basis=BY_LABEL),),
    dura=DuraContact(area_mm2=Interval(low=12.0, high=40.0)),
    pleura=unknown("label of the pleura or lung: whether the specimen touches it"),
    stability=Stability(
        cut_through=(Level.T8,), discs=(DISC,), joints=JOINTS, ligaments=LIGAMENTS, posterior=(BONE[2],)
    ),
)
ARTERIES_OF_FOUR = Arteries(
    taken=tuple(
        ArteryTaken(artery=SegmentalArtery(f"T{nth} {side.value}"), is_certain=True)
        for nth in range(6, 10)
        for side in Side
    )
)

WAY_RULE = said("APP-07", Degree.NOTE, "A posterior release first.", "Plan a posterior release.", "T8.")
APPROACH = Approaches(
    operation=Operation.VERTEBRECTOMY,
    about="A",
    choices=(
        Choice(
            kind=ApproachKind.STAGED,
            words="posterior release, then anterior",
            routes=(),
            count=2,
            is_whole=True,
            guards_vessels=False,
            rules=("APP-07",),
            statements=(WAY_RULE,),
            holds=Holds.YES,
        ),
        Choice(
            kind=ApproachKind.COMBINED,
            words="posterior and lateral, by the Eden type",
            routes=(),
            count=2,
            is_whole=False,
            guards_vessels=False,
            rules=("APP-12",),
            statements=(replace(DRAFT, rule="APP-12"),),
            holds=Holds.UNKNOWN,
            ask=("is it a dumbbell tumour?",),
        ),
    ),
    notes=("The surgeon chooses.",),
)

PLAN = Plan(
    id="en bloc vertebrectomy T8",
    operation=Operation.VERTEBRECTOMY,
    act=Act.EN_BLOC,
    about="A",
    levels=(Level.T8,),
    feasible=True,
    reasons=("Both discs are free of tumour.",),
    resected=RESECTED,
    price=PRICE,
    approach=APPROACH,
    tumour_left_cc=0.0,
    not_ready=("The labels are not confirmed by a named person.",),
    stops=(STOP,),
    supports=(FOR,),
    rules=(DRAFT,),
    not_computed=("the construct that replaces what is taken",),
)
"""The one that is drawn."""

SAGITTAL = replace(
    PLAN,
    id="sagittal resection T8 left",
    operation=Operation.SAGITTAL,
    side=Side.LEFT,
    is_draft=True,
    borderline=("half a voxel decides whether the sectors allow it",),
    reasons=("sectors within 3 to 5 (left)",),
    resected=replace(RESECTED, margin=margin(0.6, -0.4, 1.9, "thecal sac"), delivery=STUCK, classes=(INSIDE, MARGINAL)),
    price=replace(PRICE, bone=(bone(None, None, 45.0, 41.0),)),
)
"""Feasible as well, and worse in everything: a draft that hangs on half a voxel."""

ARCH = Plan(
    id="posterior arch resection T8",
    operation=Operation.POSTERIOR_ARCH,
    act=Act.EN_BLOC,
    about="A",
    levels=(Level.T8,),
    feasible=False,
    reasons=("not sectors within 10 to 3 through 12", "a second reason"),
    nearest=("feasible in one piece: en bloc vertebrectomy T8",),
)
OBSERVED = Plan(
    id="observation",
    operation=Operation.OBSERVATION,
    act=Act.OBSERVATION,
    about="A",
    levels=(Level.T8,),
    feasible=True,
    reasons=("nothing in the anatomy speaks against it",),
    tumour_left_cc=14.6,
)


def beside(*plans: Plan) -> tuple[Comparison, ...]:
    """The operations on each lesion beside each other, as a work-up holds them."""
    lesions = dict.fromkeys(plan.about for plan in plans)
    return tuple(compared(one, [plan for plan in plans if plan.about == one]) for one in lesions)


def with_margin(found: Margin, plan: Plan = PLAN, **more: Any) -> Plan:
    """A plan with another smallest margin; ``more`` replaces what it comes to."""
    assert plan.resected is not None
    return replace(plan, resected=replace(plan.resected, margin=found, **more))
