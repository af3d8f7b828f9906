"""One vertebra against its neighbours: what is expected of it, its losses, and its slips forward and aside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion
from enbloc.measure import measure
from tests.measure.spine.painted import DEPTH, Bone, Scan, painted, straight

L = Level
EXPECTED: tuple[Fact[float], ...] = (fact.EXPECTED_ANTERIOR, fact.EXPECTED_MIDDLE, fact.EXPECTED_POSTERIOR)
LOSSES: tuple[Fact[float], ...] = (fact.LOSS_ANTERIOR, fact.LOSS_MIDDLE, fact.LOSS_POSTERIOR)
SLIPS: tuple[Fact[float], ...] = (fact.TRANSLATION, fact.SLIP, fact.LATERAL_TRANSLATION)


def findings(images: Images, *affected: Level) -> Findings:
    lesions = (Lesion(id="A", levels=affected),) if affected else ()
    return measure(Case(id="neighbours", lesions=lesions), images)


def finding(found: Findings, named: Fact[float], about: object = L.L1) -> Finding[float]:
    one = found[named, about]
    assert isinstance(one, Finding), found.why_missing(named, about)
    return one


def slanting(**middle: float) -> list[Bone]:
    bones = [replace(bone, lean=lean) for bone, lean in zip(straight(L.T12, L.L1, L.L2), (9.0, 6.0, 3.0), strict=True)]
    return [replace(bones[0], height=22.0), replace(bones[1], **middle), replace(bones[2], height=26.0)]  # type: ignore[arg-type]  # fields of a bone


def test_heights_are_expected_halfway_between_the_neighbours() -> None:
    found = findings(painted(slanting(height=12.0)))
    for named, loss in zip(EXPECTED, LOSSES, strict=True):
        one = finding(found, named)
        assert one.value == pytest.approx(24.0, abs=0.3)
        assert one.low <= 22.4, "what either neighbour alone would say"
        assert one.high >= 25.6
        assert one.notes == ("against T12 and L2",)
        assert finding(found, loss).value == pytest.approx(50.0, abs=1.5)


def test_an_affected_neighbour_is_not_one() -> None:
    found = findings(painted(slanting(height=12.0)), L.L1, L.L2)
    one = finding(found, fact.EXPECTED_MIDDLE)
    assert one.value == pytest.approx(22.0, abs=0.3)
    assert "against T12 alone" in one.notes[0]


def test_collapse_is_the_greatest_loss_and_is_drawn_beside_what_was_expected() -> None:
    found = findings(painted(slanting(height=16.0, wedge=14.0)))
    losses = [finding(found, named).value for named in LOSSES]
    collapse = finding(found, fact.COLLAPSE)
    assert collapse.value == losses[0] == max(losses)
    assert collapse.source.place == "anterior third of the body of L1"
    expected, *own = collapse.source.marks
    assert "expected" in expected.words
    assert [mark.words for mark in own] == ["anterior height", "middle height", "posterior height"]
    long, short = (np.linalg.norm(np.subtract(mark.points_mm[0], mark.points_mm[1])) for mark in (expected, own[0]))
    assert 100.0 * (1.0 - short / long) == pytest.approx(collapse.value, abs=1.0)


def test_without_a_neighbour_nothing_is_expected() -> None:
    found = findings(painted(straight(L.L3)))
    for named in (*EXPECTED, *LOSSES, fact.COLLAPSE, fact.ANGULATION):
        assert found.why_missing(named, L.L3) == "no unaffected neighbour is whole in the scan"


@pytest.mark.parametrize("forward", [-5.0, 0.0, 3.6, 9.0])
@pytest.mark.parametrize("leftward", [0.0, 4.2])
def test_slips_are_as_far_as_they_were_made(forward: float, leftward: float) -> None:
    bones = [replace(bone, turn=4.0, lean=5.0) for bone in straight(L.L3, L.L4, L.L5)]
    bones[1] = replace(bones[1], forward=forward, leftward=leftward)
    found = findings(painted(bones, Scan(phase=(0.2, 0.4, 0.1))))

    for named, wanted in zip(SLIPS, (forward, 100.0 * forward / DEPTH, leftward), strict=True):
        one = finding(found, named, L.L4)
        assert one.low <= wanted <= one.high
        assert one.value == pytest.approx(wanted, abs=2.0 if named is fact.SLIP else 0.6)
        assert len(one.source.marks) == 2
        assert one.source.shows is not None
    assert abs(finding(found, fact.TRANSLATION, L.L3).value) < 0.6


def test_mirrored_the_shift_is_to_the_other_side() -> None:
    bones = [replace(straight(L.L3)[0], leftward=5.0), *straight(L.L4)]
    here, there = (findings(painted(bones, mirrored=mirrored)) for mirrored in (False, True))
    one, two = finding(here, fact.LATERAL_TRANSLATION, L.L3), finding(there, fact.LATERAL_TRANSLATION, L.L3)
    assert one.value == pytest.approx(5.0, abs=0.6)
    assert one.value == pytest.approx(-two.value, abs=0.3)


def test_a_tilted_disc_is_no_shift() -> None:
    bones = [replace(straight(L.L3)[0], list=14.0), *straight(L.L4)]
    assert abs(finding(findings(painted(bones)), fact.LATERAL_TRANSLATION, L.L3).value) < 1.0


def test_slips_that_are_not_seen_say_why() -> None:
    found = findings(painted(straight(L.T12, L.L1, L.L3)))
    for named in SLIPS:
        assert found.why_missing(named, L.L1) == "the vertebra below L1 is not labelled"  # L2 is missing
        assert found.why_missing(named, L.L3) == "the vertebra below L3 is not labelled"
    assert found.why_missing(fact.TRANSLATION, L.T11) == "T11 is not labelled"
    cut = findings(painted(straight(L.T12, L.L1), Scan(cut_above_mm=34.0)))
    base = findings(painted(straight(L.L5, L.S1)))
    for named in SLIPS:
        assert "cut by the upper edge" in cut.why_missing(named, L.T12)
        assert base.why_missing(named, L.S1) == "S1 is fused to the sacrum below"
