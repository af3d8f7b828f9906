"""A proposed operation: its cuts, its margin, its price, whether it can be done, and why it is not ready."""

from __future__ import annotations

from enbloc.case.anatomy import Level, Side
from enbloc.case.finding import Findings, Interval
from enbloc.case.geometry import Plane
from enbloc.decide.decision import Act, Statement
from enbloc.decide.recommendation import Overridden
from enbloc.plan.approach import Approaches
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.decompression.decompression import Decompression
from enbloc.plan.delivery.delivery import Delivery
from enbloc.plan.laminae.exposure import Exposure
from enbloc.plan.laminae.laminectomy import Laminectomy
from enbloc.plan.margin.classes import Appropriateness, FaceMargin
from enbloc.plan.margin.execution import SpecimenRisk
from enbloc.plan.margin.map import BoundMargin
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.plan.operation import Operation
from enbloc.plan.price.opening import Opening
from enbloc.plan.price.price import Price
from enbloc.plan.removal.told import Removal
from enbloc.plan.sacrum.rows import Sacrectomy
from enbloc.value import value


@value
class Cut:
    """A saw cut: ``plane`` is the middle of its blade, patient LPS, its normal away from the tumour; ``own`` the same.

    ``own`` is in the frame of the vertebra named there. The blade is ``kerf_mm`` wide and runs ``within`` these
    half-spaces alone, where it does not run through all. ``margin`` is that between the tumour and its near face,
    rounded down. ``is_placed`` says that a person placed it; otherwise it was searched, and ``proof`` is what is known
    of better ones while the others stay.
    """

    name: str  # "cranial cut"
    plane: Plane
    own: Plane
    kerf_mm: float
    within: tuple[Plane, ...] = ()
    margin: Margin
    is_placed: bool = False
    proof: str = ""
    clearances: tuple[Clearance, ...] = ()

    @property
    def margin_mm(self) -> float:
        """The smallest distance from the tumour's surface to the blade."""
        return self.margin.mm

    @property
    def placed(self) -> FixedCut:
        """The cut as the arrays below know it."""
        return FixedCut(name=self.name, plane=self.plane, kerf_mm=self.kerf_mm, within=self.within)


@value
class Proof:
    """What is known of better cuts: none of the directions allowed takes less healthy bone than ``lower_cc``.

    ``value_cc`` is what these cuts take. A gap above ``tolerance_cc`` is "not proved". ``planes`` were counted.
    """

    value_cc: float
    interval: Interval
    lower_cc: float
    gap_cc: float
    tolerance_cc: float
    is_proved: bool
    planes: int
    words: str


@value
class Resected:
    """What the cuts of a resection in one piece amount to.

    ``margin`` is the smallest to any cut or barrier, ``bounds`` hold each, ``faces`` what each face can amount to.
    ``judged`` sets the predicted class against the stage, under both policies; ``risks`` are those of each way of
    cutting. ``limits`` are natural borders of the specimen. ``asked_mm`` is the margin that was asked for,
    ``not_known`` what no distance was measured to.
    """

    asked_mm: float
    cuts: tuple[Cut, ...]
    limits: tuple[Plane, ...]
    proof: Proof | None
    margin: Margin
    bounds: tuple[BoundMargin, ...]
    faces: tuple[FaceMargin, ...]
    classes: tuple[MarginClass, ...]
    fifth_mm: float
    not_known: tuple[str, ...] = ()
    judged: tuple[Appropriateness, ...] = ()
    risks: tuple[SpecimenRisk, ...] = ()
    delivery: Delivery

    def piece(self, name: str) -> Piece:
        """The specimen between the cuts."""
        return Piece(name=name, cuts=tuple(cut.placed for cut in self.cuts), limits=self.limits)


@value
class Plan:
    """One operation on one lesion, with what it comes to and what keeps it from being ready.

    ``feasible`` is whether anatomy is known to allow it, with every reason; ``nearest`` says what could be done instead
    where it does not. What it comes to stands in ``resected``, ``decompression``, ``removal``, ``laminectomy``,
    ``exposure`` or ``sacrectomy``, and what it takes in ``price``. ``borderline`` is what half a voxel or an unknown
    decides, ``is_draft`` that the criterion that allows it is not yet source-checked. ``facts`` are those of the plan
    itself, which the rules read; ``conditions`` are what it asks of the surgeon, though nothing is open about it.
    """

    id: str  # "en bloc vertebrectomy T8"
    operation: Operation
    act: Act
    about: str  # the lesion's id
    levels: tuple[Level, ...]
    side: Side | None = None
    feasible: bool
    is_draft: bool = False
    reasons: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    borderline: tuple[str, ...] = ()
    resected: Resected | None = None
    decompression: Decompression | None = None
    removal: Removal | None = None
    laminectomy: Laminectomy | None = None
    exposure: Exposure | None = None
    sacrectomy: Sacrectomy | None = None
    openings: tuple[Opening, ...] = ()
    price: Price | None = None
    approach: Approaches | None = None
    tumour_left_cc: float | None = None  # on purpose; nothing where it is not known
    facts: Findings = Findings()
    conditions: tuple[str, ...] = ()
    not_ready: tuple[str, ...] = ()
    stops: tuple[Statement, ...] = ()
    overridden: tuple[Overridden, ...] = ()  # stops that a named person overrode: printed, and blocking no more
    supports: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    rules: tuple[Statement, ...] = ()  # what else speaks of it
    pending: tuple[Statement, ...] = ()  # what cannot be judged of it yet
    not_computed: tuple[str, ...] = ()  # what enbloc does not work out, in words

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of showing it as ready for the board."""
        return self.feasible and not (self.not_ready or self.stops or self.borderline)

    @property
    def bone_cc(self) -> float | None:
        """All the bone that goes, with the tumour in it: in the specimen, to the blades, on the way in."""
        if self.operation is Operation.OBSERVATION:
            return 0.0
        if self.removal is not None and self.removal.best is not None:
            return round(self.removal.best.bone_cc, 2)  # along lines: the least that a window needs
        if self.price is None or self.price.unopened:
            return None
        return round(sum(one.removed_cc for one in self.price.bone if one.part is None), 2)

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The cuts of a resection; other operations have none."""
        return self.resected.cuts if self.resected else ()

    @property
    def margin(self) -> Margin | None:
        """The smallest margin of a resection; other operations have none."""
        return self.resected.margin if self.resected else None
