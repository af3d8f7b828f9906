"""Each step of epidural growth realises its grade: the predicates are measured in the labels, slice by slice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, distance_transform_edt

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Side
from enbloc.case.fact import EsccReported
from enbloc.phantom import Epidural, Phantom, Recipe, Tumour, build, in_body

MM = 0.5
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Slice:
    """The canal in the middle slice of the growth: what is measured there, in mm."""

    tumour_mm2: float
    indentation_mm: float
    cord_distance_mm: float
    cord_area: float
    cord_shift_mm: float
    fluid_share: float


@cache
def _spine(level: Level, grade: EsccReported, towards: Side | None) -> Phantom:
    growth = Epidural(level=level, grade=grade, towards=towards)
    lesion = Tumour(solids=(in_body(level, radii_mm=(5.0, 5.0, 4.0)),), epidural=(growth,))
    return build(
        Recipe(
            levels=(level,),
            tumours=(lesion,),
            spacing_mm=(2.0, MM, MM),
            margin_mm=-10.0,
            noise_hu=0.0,
            ribs=False,
            with_mr=True,
        )
    )


def _masks(phantom: Phantom, at: int) -> tuple[Mask, Mask, Mask]:
    """Sac (with all that it holds), cord and epidural tumour in a slice."""
    anatomy, tumour = phantom.images.labels["anatomy"], phantom.images.labels["tumour"]
    canal, sac, cord = (anatomy.mask(named)[at] for named in (CANAL, SAC, CORD))
    return sac | cord, cord, (tumour.labels[at] == 1) & (canal | sac | cord)


def _measured(level: Level, grade: EsccReported, towards: Side | None = None) -> Slice:
    plain, grown = _spine(level, EsccReported.GRADE_0, None), _spine(level, grade, towards)
    origin = np.array([plain.truth.level(level).pose.origin_mm])
    at = int(np.rint(plain.images.volumes["ct"].grid.indices(origin)[0, 0]))
    sac_before, cord_before, _ = _masks(plain, at)
    sac, cord, tumour = _masks(grown, at)
    lost = sac_before & ~sac
    inward = distance_transform_edt(sac_before) * MM
    away = distance_transform_edt(~tumour) * MM if tumour.any() else np.full(cord.shape, 99.0)
    shift = np.argwhere(cord).mean(axis=0) - np.argwhere(cord_before).mean(axis=0)
    rim = binary_dilation(cord, iterations=1) & ~cord
    return Slice(
        tumour_mm2=float(tumour.sum() * MM**2),
        indentation_mm=float(inward[lost & tumour].max(initial=0.0)),
        cord_distance_mm=float(away[cord].min()) - MM,
        cord_area=float(cord.sum() / cord_before.sum()),
        cord_shift_mm=float(np.linalg.norm(shift) * MM),
        fluid_share=float((rim & sac).sum() / rim.sum()),
    )


@pytest.mark.parametrize(
    ("level", "towards"),
    [
        (Level.C3, None),
        (Level.C5, None),
        (Level.C5, Side.LEFT),
        (Level.T1, None),
        (Level.T1, Side.RIGHT),
        (Level.T3, None),
        (Level.T8, None),
        (Level.T12, Side.LEFT),
        (Level.T8, Side.LEFT),
        (Level.T8, Side.RIGHT),
        (Level.L1, None),
    ],
)
def test_every_grade_is_clearly_itself(level: Level, towards: Side | None) -> None:
    none, rim, dent, touch, pressed, shut = (_measured(level, grade, towards) for grade in EsccReported)

    assert none.tumour_mm2 == 0.0
    assert min(one.tumour_mm2 for one in (rim, dent, touch, pressed, shut)) >= 9.0
    assert rim.indentation_mm < 0.6
    assert dent.indentation_mm > 1.2
    assert dent.cord_distance_mm > 1.2
    assert touch.cord_distance_mm <= MM
    for spared in (rim, dent, touch):
        assert spared.cord_area > 0.98
        assert spared.cord_shift_mm < 0.2
    assert pressed.cord_area < 0.85
    assert pressed.fluid_share > 0.25
    assert shut.cord_area < 0.70
    assert shut.fluid_share < 0.05


def test_growth_is_seen_in_the_mr() -> None:
    grown, plain = (_spine(Level.T8, g, None) for g in (EsccReported.GRADE_1B, EsccReported.GRADE_0))
    at = (grown.images.labels["tumour"].labels == 1) & plain.images.labels["anatomy"].mask(SAC)
    before, after = (float(np.median(one.images.volumes["t2"].voxels[at])) for one in (plain, grown))

    assert before > 850.0, "fluid is bright"
    assert after < 700.0, "tumour is less so"


def test_a_growth_keeps_to_its_side() -> None:
    phantom = _spine(Level.T8, EsccReported.GRADE_1B, Side.RIGHT)
    labels = phantom.images.labels["tumour"]
    anatomy = phantom.images.labels["anatomy"].labels
    x = labels.grid.points_mm(np.argwhere((labels.labels == 1) & np.isin(anatomy, (242, 243))))[:, 0]

    assert x.mean() < -3.0


def test_below_the_cord_the_sac_is_pressed() -> None:
    phantom = _spine(Level.L3, EsccReported.GRADE_3, None)

    assert CORD not in phantom.images.labels["anatomy"].boxes
    assert phantom.truth.lesion().escc is EsccReported.GRADE_3
    areas = phantom.images.labels["anatomy"].mask(SAC).sum(axis=(1, 2))
    assert areas.min() < 0.4 * areas.max()
