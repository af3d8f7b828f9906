"""What a terminal says of cuts: the low end is claimed, nothing is claimed of pathology, what is missing says why."""

from __future__ import annotations

from dataclasses import replace

from enbloc.case.anatomy import Level
from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane
from enbloc.follow.achieving import Achieving, Laid, ReadFrom
from enbloc.follow.provenance import Provenance
from enbloc.plan.margin.achieved import Achieved, Deviation, PlaneAchieved
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.present.achieved_lines import achieved_lines
from enbloc.present.words import THIN

PLANE = Plane(point_mm=(0.0, 0.0, 9.0), normal=(0.0, 0.0, 1.0))


def margin(mm: float, low: float, high: float, *classes: MarginClass) -> Margin:
    span = Interval(low=low, high=high)
    kinds = classes or (MarginClass.MARGINAL, MarginClass.WIDE)
    return Margin(mm=mm, interval=span, at_mm=(0.0, 0.0, 5.0), barrier="cranial cut", classes=kinds)


DEVIATION = Deviation(
    location_mm=2.3,
    interval=Interval(low=0.8, high=3.8),
    toward_mm=2.1,
    angle_deg=3.0,
    angle_interval=Interval(low=0.0, high=7.5),
)
CRANIAL = PlaneAchieved(
    name="cranial cut",
    planned=PLANE,
    planned_margin=margin(5.0, 3.8, 6.0),
    achieved=PLANE,
    achieved_margin=margin(3.2, 1.9, 4.4),
    deviation=DEVIATION,
)
CAUDAL = PlaneAchieved(name="caudal cut", planned=PLANE, planned_margin=margin(4.0, 2.7, 5.1), why="nobody measured it")
RESULT = Achieving(
    provenance=Provenance(enbloc="0", as_of=None, inputs=(), parameters=(), rules=()),
    case="2f41",
    plan="en bloc vertebrectomy T8",
    about="A",
    levels=(Level.T8,),
    read_from=ReadFrom.LABELS,
    after="after",
    registration_mm=0.4,
    registered="laid onto the images of the plan by each of T7",
    laid=(
        Laid(level=Level.T7, residual_mm=0.4),
        Laid(level=Level.T8, residual_mm=None, why="only 20 % of its surface is found again"),
    ),
    achieved=Achieved(
        planes=(CRANIAL, CAUDAL),
        planned_margin=margin(4.0, 2.7, 5.1),
        achieved_margin=None,
        why="not recovered: caudal cut",
    ),
    not_claimed=("Whether the operation was Enneking-appropriate: pathology finds that.",),
)


def said(result: Achieving = RESULT) -> str:
    return "\n".join(achieved_lines(result)).replace(THIN, " ")


def of_one(cut: PlaneAchieved) -> str:
    whole = Achieved(planes=(cut,), planned_margin=cut.planned_margin, achieved_margin=cut.achieved_margin)
    return said(replace(RESULT, achieved=whole))


def test_each_cut_stands_planned_beside_achieved_with_its_intervals() -> None:
    text = said()
    assert text.startswith("en bloc vertebrectomy T8, lesion A")
    assert "margin planned 5.0 mm (3.5–6.0 mm), achieved 3.0 mm (1.5–4.0 mm): claim no more than 1.5 mm" in text
    assert "off by up to 2.3 mm within bone (0.8 mm to 3.8 mm), turned by 3.0° (0.0 to 7.5°)" in text
    assert "up to 2.1 mm nearer to the tumour" in text


def test_what_is_not_known_says_why() -> None:
    text = said()
    assert "achieved not known: nobody measured it" in text
    assert (
        "Smallest margin to a cut: planned 4.0 mm (2.5–5.0 mm), achieved not known (not recovered: caudal cut)" in text
    )
    assert "Not read: the bone that is left of T8: only 20 % of its surface is found again" in text
    assert "bone that is left of T7" not in text


def test_what_is_not_claimed_is_said() -> None:
    assert "Not claimed: Whether the operation was Enneking-appropriate" in said()


def test_farther_and_nowhere_nearer_are_told_apart() -> None:
    farther, same = (of_one(replace(CRANIAL, deviation=replace(DEVIATION, toward_mm=toward))) for toward in (-1.2, 0.0))
    assert "at least 1.2 mm farther from the tumour" in farther
    assert "nowhere nearer to the tumour" in same
    assert "up to 1.2 mm nearer" not in farther


def test_no_more_is_claimed_than_the_low_end() -> None:
    inside, marginal, wide = MarginClass
    none = of_one(replace(CRANIAL, achieved_margin=margin(0.9, -0.4, 2.0, inside, marginal)))
    assert none.count("no margin can be claimed") == 2
    assert "It may turn out intralesional or marginal." in none
    little = of_one(replace(CRANIAL, achieved_margin=margin(0.9, 0.4, 2.0)))
    assert "no margin can be claimed" in little
    through = of_one(replace(CRANIAL, achieved_margin=margin(-0.5, -2.0, 0.4, inside)))
    assert "this cut ran through tumour as it was labelled" in through
    assert "claim no more" not in through
    assert f"It may turn out {marginal.value} or {wide.value}." in of_one(CRANIAL)


def test_measured_planes_are_told_with_their_error_and_no_interval_of_the_angle() -> None:
    cut = replace(CRANIAL, deviation=replace(DEVIATION, angle_interval=None))
    whole = Achieved(planes=(cut,), planned_margin=cut.planned_margin, achieved_margin=cut.achieved_margin)
    text = said(replace(RESULT, read_from=ReadFrom.PLANES, after="", error_mm=0.5, laid=(), achieved=whole))
    assert "Read from: measured planes, each within 0.5 mm" in text
    assert "turned by 3.0°; up to" in text
