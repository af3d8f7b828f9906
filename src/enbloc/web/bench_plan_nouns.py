"""What the routes of the workbench give of operations, cuts in the hand, and surfaces."""

from __future__ import annotations

from enbloc.case.geometry import Triple
from enbloc.value import value
from enbloc.web.bench_nouns import Shown


@value
class BenchMargin:
    """The smallest margin, rounded down, and what it may be; ``barrier`` is what bounds it, at ``at_mm``."""

    mm: float
    low: float
    high: float
    words: str
    barrier: str
    at_mm: Triple
    classes: tuple[str, ...]


@value
class BenchCut:
    """A cut: the middle plane of its blade, its normal away from the tumour; ``within`` are the borders of its run."""

    name: str
    point_mm: Triple
    normal: Triple
    kerf_mm: float
    within: tuple[Shown, ...]
    margin: BenchMargin
    is_placed: bool
    proof: str


@value
class PriceLine:
    """What goes, of one kind; ``degree`` is stop, urgent, caution, note or empty."""

    label: str
    said: str
    notes: tuple[str, ...]
    is_unknown: bool
    degree: str


@value
class BenchRisk:
    """How likely the tumour is entered with one way of cutting, from 0 to 1, outward."""

    method: str
    low: float
    high: float
    words: str


@value
class BenchClearance:
    """How near a cut comes to a structure that blades keep away from; ``mm`` is nothing where it is not labelled."""

    structure: str
    mm: float | None
    at_least_mm: float
    is_shielded: bool
    is_kept: bool | None
    words: str


@value
class BenchStop:
    """A rule that must be resolved or overridden by name before the plan is ready."""

    rule: str
    words: str
    do: str


@value
class BenchOperation:
    """One operation on one lesion. ``can_be_dragged`` is whether its cuts can be taken in hand."""

    id: str
    operation: str
    about: str
    levels: tuple[str, ...]
    feasible: bool
    is_ready: bool
    is_draft: bool
    reasons: tuple[str, ...]
    nearest: tuple[str, ...]
    borderline: tuple[str, ...]
    not_ready: tuple[str, ...]
    conditions: tuple[str, ...]
    stops: tuple[BenchStop, ...]
    cuts: tuple[BenchCut, ...]
    limits: tuple[Shown, ...]
    margin: BenchMargin | None
    classes: tuple[str, ...]
    judged: tuple[str, ...]
    price: tuple[PriceLine, ...]
    risks: tuple[BenchRisk, ...]
    clearances: tuple[BenchClearance, ...]
    bone_cc: float | None
    tumour_left: str
    not_computed: tuple[str, ...]
    can_be_dragged: bool


@value
class BenchOperations:
    """The operations on the labels as they were at edit ``of_seq``; while they are computed there may be none.

    ``is_current`` is whether nothing was edited since; ``unplanned`` says of which lesion there is none, and why.
    """

    seq: int
    of_seq: int
    is_computing: bool
    is_current: bool
    items: tuple[BenchOperation, ...]
    unplanned: tuple[str, ...]
    took_ms: int


@value
class HoldWish:
    """The cut to be moved."""

    cut: str


@value
class Held:
    """The cut in the hand; ``vertices`` is how many distances each map has."""

    cut: str
    mesh: str
    vertices: int
    took_ms: int


@value
class MoveWish:
    """Where the middle of the blade is now; of several moves that wait, only the one with the highest ``seq`` is done.

    ``is_last`` ends the drag: what is then not looked at anew while the hand moves, is.
    """

    cut: str
    point_mm: Triple
    normal: Triple
    seq: int
    is_last: bool = False


@value
class Moved:
    """What the cuts amount to with one of them moved. ``is_overtaken``: a newer move came first, and nothing was done.

    ``map`` holds a distance in mm for each vertex of the mesh of the tumour, as little-endian float32 in base64.
    ``against`` is what makes it no resection in one piece, ``not_ready`` what else keeps it from ready.
    """

    seq: int
    is_overtaken: bool
    cut: BenchCut | None = None
    margin: BenchMargin | None = None
    classes: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    price: tuple[PriceLine, ...] = ()
    risks: tuple[BenchRisk, ...] = ()
    clearances: tuple[BenchClearance, ...] = ()
    feasible: bool = False
    is_ready: bool = False
    against: tuple[str, ...] = ()
    not_ready: tuple[str, ...] = ()
    stops: tuple[BenchStop, ...] = ()
    not_looked_at: tuple[str, ...] = ()
    map: str = ""
    took_ms: int = 0


@value
class BenchMesh:
    """A surface to be fetched by its name; ``has_map`` is whether each vertex carries a distance to the cuts.

    ``asked_mm`` is the margin that was asked of them; nothing where no vertex carries one.
    """

    name: str
    words: str
    colour: str
    opacity: float
    has_map: bool
    asked_mm: float | None = None


@value
class BenchMeshes:
    """The surfaces that can be looked at at edit ``seq``; those of an operation only while it is of these labels."""

    items: tuple[BenchMesh, ...]
    seq: int = 0
