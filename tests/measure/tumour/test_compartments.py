"""Shares of a tumour outside the dura, inside it and in the cord, and when they are not said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, Structure
from enbloc.case.finding import Findings
from enbloc.case.image import Images, LabelMap
from enbloc.measure.tumour.compartments import COMPARTMENTS, NO_CORD, NO_SAC
from tests.measure.solids import CANAL_BACK, Floats, Solid
from tests.measure.test_solids import ball
from tests.measure.tumour.seeing import empty, number, painted, seen, seen_of


def shares(findings: Findings) -> tuple[float, float, float]:
    outside, between, within = (number(findings, named).value for named in COMPARTMENTS)
    return outside, between, within


def without(images: Images, named: Structure, above_mm: float = -999.0) -> Images:
    """The images with the label of a structure taken away above a height; the sac takes the place of the cord."""
    anatomy = images.labels["anatomy"]
    (number_,) = anatomy.ids[named]
    heights = anatomy.grid.points_mm(np.indices(anatomy.grid.shape).reshape(3, -1).T)[:, 2].reshape(anatomy.grid.shape)
    instead = anatomy.ids[SAC][0] if named == CORD else 4
    labels = np.where((anatomy.labels == number_) & (heights > above_mm), instead, anatomy.labels).astype(np.uint8)
    return replace(images, labels={**images.labels, "anatomy": replace(anatomy, labels=labels)})


def drawn(mass: Solid) -> Images:
    images, _ = empty()
    return painted(images, mass)


def test_each_compartment_holds_its_own() -> None:
    assert shares(seen(ball(0.0, 0.0, 0.0, 8.0))) == (100.0, 0.0, 0.0)
    assert shares(seen(ball(0.0, CANAL_BACK, 0.0, 3.5))) == (0.0, 0.0, 100.0)
    meningioma = shares(seen(ball(0.0, CANAL_BACK - 6.0, 0.0, 1.9)))
    assert meningioma == (0.0, 100.0, 0.0)


def test_a_dumbbell_is_divided_at_the_dura() -> None:
    """A bar from the middle of the fluid to the side of the canal: 8 mm of it lie within the sac, 12 outside."""

    def bar(x: Floats, y: Floats, z: Floats) -> np.ndarray:
        return np.asarray((x > 0.0) & (x <= 20.0) & (np.abs(y - CANAL_BACK) <= 2.0) & (np.abs(z) <= 3.0))

    findings = seen(bar)
    outside = number(findings, fact.EXTRADURAL_SHARE)
    assert outside.value == pytest.approx(60.0, abs=2.0)
    assert outside.low <= 60.0 <= outside.high
    assert outside.high - outside.low < 12.0
    assert sum(shares(findings)) == pytest.approx(100.0, abs=0.02)


def test_without_a_sac_nothing_is_said() -> None:
    images = drawn(ball(0.0, 14.0, 0.0, 6.0))
    _, held = empty()
    bare, part = (seen_of(without(images, SAC, above), held) for above in (-999.0, 0.0))
    # The cord alone shows nothing of the dura; a sac that ends beside the tumour shows half of it.
    for named in COMPARTMENTS:
        assert bare.why_missing(named, "A") == "no label of the thecal sac"
        assert part.why_missing(named, "A") == NO_SAC


def test_without_a_cord_what_lies_within_the_sac_is_not_told_apart() -> None:
    _, held = empty()
    findings = seen_of(without(drawn(ball(0.0, 14.0, 0.0, 6.0)), CORD), held)
    assert number(findings, fact.EXTRADURAL_SHARE).value < 100.0
    assert findings.why_missing(fact.INTRAMEDULLARY_SHARE, "A") == NO_CORD
    assert findings.why_missing(fact.EXTRAMEDULLARY_SHARE, "A") == NO_CORD
    outside = seen_of(without(drawn(ball(0.0, 0.0, 0.0, 8.0)), CORD), held)
    assert shares(outside) == (100.0, 0.0, 0.0), "what does not reach the dura is not in the cord"


def test_a_cord_that_ends_above_the_tumour_has_ended_and_one_with_a_gap_has_not() -> None:
    """L1: the cord may end here. Its label is lost from the middle of the tumour down, or in the middle alone."""
    images, held = drawn(ball(0.0, 16.0, 0.0, 7.0)), empty()[1]
    anatomy = images.labels["anatomy"]
    z = anatomy.grid.points_mm(np.indices(anatomy.grid.shape).reshape(3, -1).T)[:, 2].reshape(anatomy.grid.shape)
    (cord,), (sac,) = anatomy.ids[CORD], anatomy.ids[SAC]
    for lost, ends in ((z < 1.0, True), (np.abs(z) < 2.0, False)):
        labels = np.where(lost & (anatomy.labels == cord), sac, anatomy.labels).astype(np.uint8)
        findings = seen_of(replace(images, labels={**images.labels, "anatomy": replace(anatomy, labels=labels)}), held)
        if ends:
            assert number(findings, fact.EXTRAMEDULLARY_SHARE).value > 10.0
        else:
            assert findings.why_missing(fact.EXTRAMEDULLARY_SHARE, "A") == NO_CORD


def test_one_map_of_tumour_and_sac_has_lost_what_the_tumour_took() -> None:
    images = drawn(ball(0.0, 14.0, 0.0, 6.0))
    whole, mass = images.labels["anatomy"], images.labels["tumour"]
    names = {**whole.names, 9: next(iter(mass.names.values()))}
    one = LabelMap(
        labels=np.where(mass.labels > 0, 9, whole.labels).astype(np.uint8), grid=whole.grid, names=names, on="ct"
    )
    findings = seen_of(replace(images, labels={"all": one}), empty()[1])
    for named in COMPARTMENTS:
        assert "one label map holds tumour and thecal sac" in findings.why_missing(named, "A")
