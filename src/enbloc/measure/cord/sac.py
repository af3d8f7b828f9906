"""The thecal sac beside a tumour against the free sac above and below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.cord.drawing import outline, segment, where
from enbloc.measure.cord.parameters import PLANE_PIXEL
from enbloc.measure.cord.profile import MOST_RATIO, Profile, area_ratio, areas
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
OF_THE_SAC: tuple[Fact[float], ...] = (fact.SAC_INDENTATION, fact.SAC_AREA_RATIO)


def sac(profile: Profile, mass: Tumour) -> Iterator[Answer]:
    """Indentation of the sac and its area against the free one, or why not."""
    if profile.no_sac:
        yield from all_missing(OF_THE_SAC, mass.lesion, profile.no_sac)
        return
    yield _indentation(profile, mass)
    yield ratio(fact.SAC_AREA_RATIO, profile, mass, profile.rows, "sac")


def _indentation(profile: Profile, mass: Tumour) -> Answer:
    """The greatest depth to which the outline of the free sac is not sac, where tumour is near."""
    seen, depths = profile.seen, profile.indentation_mm
    row = int(profile.rows[int(np.argmax(depths[profile.rows]))])
    best, error = float(depths[row]), seen.error_mm + seen.depth_error_mm
    lost, usual = profile.lost_sac_mm[row], profile.usual_sac[row]
    spot = np.array(np.unravel_index(int(np.argmax(lost)), lost.shape), dtype=np.float64)
    marks = [*outline(seen, row, profile.sac[row], "sac"), *outline(seen, row, usual > 0, "sac as on the free planes")]
    marks += outline(seen, row, seen.in_canal[row], "tumour in the canal")
    if best > 0.0:
        marks.append(segment(seen, row, (spot, _outward(usual, spot, best)), "indentation"))
    return measured(
        fact.SAC_INDENTATION,
        mass.lesion,
        best,
        low=max(0.0, best - error),  # the outline of the sac and that of the free one
        high=best + (error if best > 0.0 else seen.error_mm if seen.in_canal.any() else 0.0),
        **where(
            seen,
            row,
            mass.labels.document,
            spot=spot if best > 0.0 else profile.of_sac[row, 1:3],
            method="deepest point within the outline of the free sac that is not sac, tumour within 2 mm",
            marks=marks,
        ),
    )


def _outward(usual: Floats, spot: Floats, depth_mm: float) -> Floats:
    """The point of the usual outline nearest to a pixel: down the slope of its signed distance."""
    p, q = (int(place) for place in spot)
    slope = np.array([usual[p + 1, q] - usual[p - 1, q], usual[p, q + 1] - usual[p, q - 1]])
    length = float(np.hypot(*slope))
    return spot - slope / max(length, 1e-9) * depth_mm / PLANE_PIXEL.number


def ratio(named: Fact[float], profile: Profile, mass: Tumour, rows: Rows, name: str) -> Answer:
    """The least area of sac or cord (``name``) against that of the free planes, over a short run along the canal."""
    seen = profile.seen
    structure, usual = (profile.sac, profile.usual_sac) if name == "sac" else (profile.cord, profile.usual_cord)
    there = profile.has_sac if name == "sac" else profile.has_cord
    area, edge = areas(seen, structure)
    ratios = [area_ratio(seen, area, sign * edge, there) for sign in (0.0, -1.0, 1.0)]
    row = int(rows[int(np.argmin(ratios[0][rows]))])
    value, *others = (float(one[row]) for one in ratios)
    others += [min(float(area[row]) / max(end, PLANE_PIXEL.number), MOST_RATIO) for end in seen.ends(area, there)]
    chance = seen.chance() * float(edge[row] / max(area[row], edge[row], 1e-9)) * value
    low, high = max(0.0, min(value, *others) - chance), min(MOST_RATIO, max(value, *others) + chance)
    marks = [*outline(seen, row, structure[row], name), *outline(seen, row, seen.in_canal[row], "tumour in the canal")]
    marks += () if usual is None else outline(seen, row, usual[row] > 0, f"{name} as on the free planes")
    spot = (profile.of_sac if name == "sac" else profile.of_cord)[row, 1:3]
    method = "area on planes within 2.5 mm against the mean of the free planes above and below, interpolated"
    here = where(seen, row, mass.labels.document, spot=spot, method=method, marks=marks)
    return measured(named, mass.lesion, value, low=low, high=high, **here)
