"""How likely a planned cut is to enter tumour when the saw does not run where it was planned.

The face of the blade on the tumour's side moves by a Gaussian amount along its normal and turns by Gaussian tangents
of tilt about two axes of its sheet. What follows is exact: the tumour is entered if its support function along the
turned normal reaches the moved face. Whatever errs is taken as independent of the rest, and each stated error as one
standard deviation. Published deviations of navigation hold its registration already; it is added again all the same,
and so the probability is rather too high than too low.

Errors that grow together never make it less likely. Nor does one that grows alone, but for one case: where tilt alone
enters the tumour more often than not, a larger error of place can by chance undo it, by a few hundredths.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from enbloc.case.finding import Interval
from enbloc.case.geometry import Triple, triple
from enbloc.decide.resection import TOUCHES, UNCERTAINTY
from enbloc.errors import RecordError
from enbloc.evidence import Threshold
from enbloc.kernels.planes import support
from enbloc.plan.cutting.bone import Outline
from enbloc.plan.cutting.cones import across
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.margin.parameters import (
    FREE_HAND,
    GUIDE_LOCATION,
    GUIDE_MARGIN,
    JIG,
    KNEE_GUIDE,
    NAVIGATION_MEAN,
    NAVIGATION_SPREAD,
    SMALL_SERIES_MEAN,
    SMALL_SERIES_SPREAD,
)
from enbloc.plan.voxels import half_diagonal_mm
from enbloc.value import value

Floats = NDArray[np.float64]

REACH = 7.0  # standard deviations of tilt that are gone through on either side: beyond lies less than 1e-11
STEPS = 71  # a fifth of a standard deviation apart
NO_TILT = "no figure for the tilt was found: the location holds its worst point, so none is added unless it is given"


@value
class Execution:
    """How far off a way of cutting lands: ``offset_sd_mm`` either way, ``toward_mm`` nearer to the tumour on average.

    ``tilt_sd_deg`` is the standard deviation of its tilt about each of two axes. ``figures`` are the published numbers
    behind, and ``reading`` says how they were read.
    """

    name: str
    offset_sd_mm: float
    toward_mm: float = 0.0
    tilt_sd_deg: float = 0.0
    figures: tuple[Threshold, ...] = ()
    reading: str = ""

    def __post_init__(self) -> None:
        numbers = (self.offset_sd_mm, self.toward_mm, self.tilt_sd_deg)
        if not all(math.isfinite(number) and number >= 0 for number in numbers):
            raise RecordError(f"The errors of {self.name} cannot be negative.", remedy="Give 0 or more.")


def _with_mean(name: str, mean: Threshold, spread: Threshold) -> Execution:
    return Execution(
        name=name,
        offset_sd_mm=math.hypot(mean.number, spread.number),
        figures=(mean, spread),
        reading=f"mean and spread together, for the mean may lie to either side; {NO_TILT}",
    )


def _within(name: str, largest: Threshold) -> Execution:
    return Execution(
        name=name,
        offset_sd_mm=largest.number,
        figures=(largest,),
        reading=f"its bound is taken as one standard deviation, which it exceeds; {NO_TILT}",
    )


NAVIGATION = _with_mean("navigation", NAVIGATION_MEAN, NAVIGATION_SPREAD)
NAVIGATION_SMALL_SERIES = _with_mean("navigation, small series", SMALL_SERIES_MEAN, SMALL_SERIES_SPREAD)
GUIDE = Execution(
    name="patient-specific guide",
    offset_sd_mm=GUIDE_LOCATION.number,
    toward_mm=-GUIDE_MARGIN.number,
    figures=(GUIDE_LOCATION, GUIDE_MARGIN),
    reading=f"the location is taken as one standard deviation, the lost margin as nearer on average; {NO_TILT}",
)
GUIDE_KNEE = _within("patient-specific guide, knee", KNEE_GUIDE)
GUIDE_JIG = _within("jig", JIG)
BY_HAND = _within("free hand", FREE_HAND)
METHODS: tuple[Execution, ...] = (NAVIGATION, GUIDE, BY_HAND, NAVIGATION_SMALL_SERIES, GUIDE_KNEE, GUIDE_JIG)
"""The published ways of cutting; none is of the spine except by chance, so each may be replaced by a site's own."""


@value
class Errors:
    """All that can move a cut against the tumour; for an error that nobody recorded (None) RES-02's 2 mm are taken."""

    execution: Execution
    segmentation_mm: float | None = None
    registration_mm: float | None = None

    def __post_init__(self) -> None:
        for mm in (self.segmentation_mm, self.registration_mm):
            if mm is not None and not (math.isfinite(mm) and mm >= 0):
                raise RecordError(f"An error of {mm:g} mm is not possible.", remedy="Give 0 or more.")

    @property
    def each_mm(self) -> tuple[float, float]:
        """Segmentation and registration, mm, with what is taken where nothing is recorded."""
        given = (self.segmentation_mm, self.registration_mm)
        segmentation, registration = (UNCERTAINTY.number if mm is None else mm for mm in given)
        return segmentation, registration

    @property
    def sd_mm(self) -> float:
        """The standard deviation of the face along its normal, mm."""
        return math.hypot(self.execution.offset_sd_mm, *self.each_mm)

    @property
    def band_mm(self) -> float:
        """The distance within which RES-02 calls a margin not proven, mm."""
        return sum(self.each_mm)

    @property
    def assumed(self) -> tuple[str, ...]:
        """Which errors were not recorded, in sentences."""
        named = (("segmentation", self.segmentation_mm), ("registration", self.registration_mm))
        took = f"{UNCERTAINTY.number:g} mm are taken"
        return tuple(f"the error of the {name} is not recorded: {took}" for name, mm in named if mm is None)


class Proof(Enum):
    """What RES-02 makes of a planned cut."""

    INTRALESIONAL = "intralesional: the cut touches or crosses the tumour"
    NOT_PROVEN = "margin not proven"
    OPEN = "margin not proven: half a voxel or an error that is not recorded decides"
    OUTSIDE = "outside the errors of segmentation and registration"


def proof_of(mm: float, interval: Interval, errors: Errors) -> Proof:
    """What RES-02 makes of the distance from a cut to the tumour; with an error not recorded it is never outside.

    Examples
    --------
    >>> errors = Errors(execution=NAVIGATION, segmentation_mm=1.0, registration_mm=1.0)
    >>> proof_of(2.5, Interval(low=2.1, high=2.9), errors).name, proof_of(1.0, Interval(low=0.6, high=1.4), errors).name
    ('OUTSIDE', 'NOT_PROVEN')
    """
    if TOUCHES.holds(mm):
        return Proof.INTRALESIONAL
    near = {end < errors.band_mm for end in (interval.low, interval.high)}
    if near == {True}:
        return Proof.NOT_PROVEN
    return Proof.OUTSIDE if near == {False} and errors.registration_mm is not None else Proof.OPEN


@value
class PlaneRisk:
    """How likely one cut is to enter tumour, and what went into it; ``margin_mm`` is as planned, voxels taken whole."""

    name: str
    margin_mm: float
    interval: Interval
    probability: float
    sd_mm: float
    toward_mm: float
    tilt_sd_deg: float
    pivot_mm: Triple
    proof: Proof


@value
class SpecimenRisk:
    """How likely any cut is to enter tumour: from ``low`` to ``high``, whatever the cuts have in common.

    Segmentation and registration err for all cuts alike, so they are not independent, and no single number is right.
    ``as_if_independent`` lies between and is told for comparison. ``assumed`` is what was taken for want of a record.
    """

    planes: tuple[PlaneRisk, ...]
    low: float
    high: float
    as_if_independent: float
    method: str
    assumed: tuple[str, ...]


def risk_of(cuts: Sequence[FixedCut], tumour: Outline, errors: Errors) -> SpecimenRisk:
    """How likely each cut, and any of them, is to enter tumour.

    Raises
    ------
    RecordError
        If there is no cut.
    """
    if not cuts:
        raise RecordError("Without a cut there is no risk to state.", remedy="Place one.")
    planes = tuple(plane_risk(cut, tumour, errors) for cut in cuts)
    each = [plane.probability for plane in planes]
    return SpecimenRisk(
        planes=planes,
        low=max(each),
        high=min(1.0, math.fsum(each)),
        as_if_independent=min(1.0, max(max(each), 1.0 - math.prod(1.0 - one for one in each))),
        method=errors.execution.name,
        assumed=errors.assumed,
    )


def plane_risk(cut: FixedCut, tumour: Outline, errors: Errors, *, pivot_mm: Triple | None = None) -> PlaneRisk:
    """How likely one cut is to enter tumour.

    It turns about ``pivot_mm``; without one, about the point of its face before the middle of the tumour. A cut that
    touches the tumour as planned, or on average, enters it: then the probability is 1, and larger errors do not lessen
    it.

    Examples
    --------
    >>> from enbloc.case.geometry import Plane
    >>> from enbloc.case.image import Grid
    >>> grid = Grid(shape=(1, 1, 1), affine=np.eye(4))
    >>> ill = Outline(vertices_mm=np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]), grid=grid)
    >>> above = FixedCut(name="cranial cut", plane=Plane(point_mm=(0, 0, 5.0), normal=(0, 0, 1)), kerf_mm=0.0)
    >>> exact = Errors(execution=Execution(name="own", offset_sd_mm=2.5), segmentation_mm=0.0, registration_mm=0.0)
    >>> round(plane_risk(above, ill, exact).probability, 4)
    0.0228
    """
    normal, pivot = _face(cut, tumour, pivot_mm)
    margin = float(normal @ pivot - tumour.reach_mm(normal[None])[0][0])
    half, execution = float(half_diagonal_mm(tumour.grid, normal)), errors.execution
    interval = Interval(low=margin - half, high=margin + tumour.half_voxel_mm(normal))
    return PlaneRisk(
        name=cut.name,
        margin_mm=margin,
        interval=interval,
        probability=_entered(tumour, normal, pivot, errors),
        sd_mm=errors.sd_mm,
        toward_mm=execution.toward_mm,
        tilt_sd_deg=execution.tilt_sd_deg,
        pivot_mm=triple(pivot),
        proof=proof_of(margin, interval, errors),
    )


def _face(cut: FixedCut, tumour: Outline, pivot_mm: Triple | None) -> tuple[Floats, Floats]:
    """The unit normal of a cut, and a point of its face on the tumour's side to turn about."""
    normal = cut.plane.unit
    about = tumour.vertices_mm.mean(axis=0) if pivot_mm is None else np.array(pivot_mm, dtype=np.float64)
    level = float(normal @ np.array(cut.plane.point_mm)) - cut.kerf_mm / 2
    return normal, about + (level - float(normal @ about)) * normal


def _entered(tumour: Outline, normal: Floats, pivot: Floats, errors: Errors) -> float:
    """The probability, summed over tilts: for each the tumour's support says how far the face may move."""
    toward = errors.execution.toward_mm
    beyond, weights = _beyond(tumour, normal, pivot, math.radians(errors.execution.tilt_sd_deg))
    untilted = float(tumour.reach_mm(normal[None])[0][0] - normal @ pivot)
    if untilted + toward >= 0:
        return 1.0
    return min(1.0, float(weights @ _normal_below((beyond + toward) / max(errors.sd_mm, 1e-9))))


def _beyond(tumour: Outline, normal: Floats, pivot: Floats, tilt_sd: float) -> tuple[Floats, Floats]:
    """How far the tumour reaches beyond the face, mm, for a grid of tilts, and the weight of each."""
    if tilt_sd <= 0:
        return tumour.reach_mm(normal[None])[0] - normal @ pivot, np.ones(1)
    line = np.linspace(-REACH, REACH, STEPS)
    bell = np.exp(-0.5 * line**2)
    first, second = across(normal)
    tilts = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2) * math.tan(tilt_sd)
    ways = normal + tilts[:, :1] * first + tilts[:, 1:] * second
    reach, _ = support(np.ascontiguousarray(tumour.vertices_mm - pivot), np.ascontiguousarray(ways))
    weights = np.outer(bell, bell).ravel()
    return reach, weights / weights.sum()


def _normal_below(at: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(at), dtype=np.float64)
