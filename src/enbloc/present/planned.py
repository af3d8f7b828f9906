"""What is told of planned operations, in words, before it is set: the same for page, paper and terminal."""

from __future__ import annotations

from enbloc.decide.decision import Degree
from enbloc.present.counsel import OverrideRow, Rule
from enbloc.present.gauge import Gauge
from enbloc.value import value


@value
class Line:
    """One thing that is told of an operation: what it is about, what is said of it, and what stands behind.

    An alarm has its ``degree`` and the ``word`` beside its shape. What nobody knows is said in words, and marked.
    """

    label: str
    said: str
    notes: tuple[str, ...] = ()
    degree: Degree | None = None
    word: str = ""
    is_draft: bool = False
    is_unknown: bool = False


@value
class Block:
    """Lines that belong together under a heading; what stands ``aside`` is folded on a page and small on paper."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    is_aside: bool = False


@value
class NearRow:
    """How near a cut comes to what is of a kind: ``8.0 mm``, ``0.5 mm T8 left, held away``; ``unseen`` has no label."""

    structure: str
    said: str
    degree: Degree | None = None
    unseen: str = ""


@value
class CutRow:
    """One cut of a planned operation; distances are rounded down, probabilities up."""

    name: str
    margin: str
    span: str
    degree: Degree | None  # how loudly the distance is drawn
    warning: str  # "THROUGH TUMOUR"
    kerf: str
    proof: str  # "proved within 0.01 cc"
    near: tuple[NearRow, ...]
    entries: tuple[str, ...]  # the probability of entry, one a way of cutting
    where: str
    faces: str


@value
class FaceRow:
    """The margin of one face of the specimen."""

    face: str
    margin: str
    span: str
    barrier: str
    classes: str
    degree: Degree | None
    gauge: Gauge | None
    also: str = ""  # what else bounds it, farther away


@value
class JudgedRow:
    """The predicted margin against the recommended one under one policy."""

    policy: str
    recommended: str
    said: str
    notes: tuple[str, ...]


@value
class PlanSheet:
    """One operation with everything that is told of it."""

    id: str
    about: str
    levels: str
    is_ready: bool
    is_foremost: bool  # the one whose cuts are drawn
    feasibility: str  # "feasible", with what it hangs on
    is_draft: bool
    reasons: tuple[str, ...]
    borderline: tuple[str, ...]
    methods: tuple[str, ...]  # the ways of cutting, as the columns of ``CutRow.entries``
    entries: tuple[str, ...]  # the probability that any cut enters, from and to, one a way of cutting
    assumed: tuple[str, ...]
    cuts: tuple[CutRow, ...]
    proof: str
    margin: str
    margin_note: str
    classes: str
    warning: str  # what a margin that reaches zero means; empty for one that does not
    degree: Degree | None  # how loudly that is drawn
    gauge: Gauge | None
    faces: tuple[FaceRow, ...]
    judged: tuple[JudgedRow, ...]
    blocks: tuple[Block, ...]  # price, way out, approach, and what else an operation has
    conditions: tuple[str, ...]
    not_ready: tuple[str, ...]
    stops: tuple[Rule, ...]
    overridden: tuple[OverrideRow, ...]
    supports: tuple[Rule, ...]
    against: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    pending: str  # rules that cannot be judged yet, counted by family
    not_computed: tuple[str, ...]


@value
class ComparedRow:
    """One feasible operation beside the others; what is not known says so."""

    number: int
    name: str
    standing: str  # "nothing beats it", "beaten by 2"
    is_foremost: bool  # its cuts are drawn
    is_draft: bool
    feasibility: str
    margin: str
    margin_note: str  # its interval, and to what
    classes: str
    degree: Degree | None
    entry: str
    entry_by: str
    tumour_left: str
    bone: str
    roots: str
    levels: str
    approaches: str
    supports: tuple[Rule, ...]
    against: tuple[Rule, ...]
    held: tuple[Rule, ...]  # stops that hold
    open: int  # stops that cannot be excluded
    readiness: str


@value
class Refusal:
    """An operation that is not feasible here, why, and what could be done instead."""

    name: str
    because: str
    instead: str
    is_draft: bool


@value
class Spot:
    """One operation in the figure of the front: where it stands, with its ends; nothing for what is not known."""

    number: int
    name: str
    bone_cc: float | None
    margin_mm: float | None
    margin: tuple[float, float] | None
    entry: tuple[float, float] | None  # per cent
    entry_said: str
    is_on_front: bool
    is_draft: bool
    is_borderline: bool


@value
class Front:
    """The figure of a lesion: operations by bone taken and smallest margin, and how likely tumour is entered."""

    about: str
    spots: tuple[Spot, ...]
    asked_mm: float | None  # the margin that was asked for, where all agree
    method: str  # the way of cutting that the probabilities hold for

    @property
    def placed(self) -> tuple[Spot, ...]:
        """Those of which the bone is known; what has no margin stands on a line of its own."""
        return tuple(one for one in self.spots if one.bone_cc is not None)

    @property
    def is_worth_drawing(self) -> bool:
        """Whether two or more can be set against each other, at least one of them with a margin."""
        return len(self.placed) > 1 and any(one.margin_mm is not None for one in self.placed)


@value
class ComparedTable:
    """The operations on one lesion beside each other."""

    about: str
    title: str
    rows: tuple[ComparedRow, ...]
    refused: tuple[Refusal, ...]
    instead: tuple[str, ...]  # what could be done instead of several of them
    front: Front | None
    without_front: str  # why no figure is drawn; empty where one is
    note: str = ""
