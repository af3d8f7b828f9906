"""Whether there is cord beside a lesion, and which epidural grades an honest reader may then give."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from enbloc.case.fact import EsccReported
from enbloc.phantom.canal import FADE_MM, station, undeformed
from enbloc.phantom.column import STEP_MM
from enbloc.phantom.model import Model
from enbloc.phantom.morphometry import size
from enbloc.phantom.recipe import Tumour

Floats = NDArray[np.float64]

ENDED_MM = 0.2  # half-width of a cord that has ended
# A cord thinner than its neighbours by nature would look compressed, one much thicker would hide that it is.
LIKE_ITS_NEIGHBOURS = (0.95, 1.2)

DEFORMED = (EsccReported.GRADE_1B, EsccReported.GRADE_1C, EsccReported.GRADE_2, EsccReported.GRADE_3)


class CordBeside(Enum):
    """What the sac holds beside a lesion, by nature and before any compression."""

    CORD = "cord"
    CONUS = "conus"  # so tapering, or ending, that its free neighbours are no reference
    CAUDA = "cauda equina"

    @property
    def adapted_below_conus(self) -> bool | None:
        """Whether the grades of the cord are used by analogy only; at the conus either reading may be given."""
        return {CordBeside.CORD: False, CordBeside.CONUS: None, CordBeside.CAUDA: True}[self]


def cord_beside(made: Model, tumour: Tumour) -> CordBeside:
    """What lies beside a tumour, over the stretch of the canal that it takes, or that its solids lie beside.

    There is cord if its natural cross-section in the middle of the stretch is between 0.95 and 1.2 times that of its
    neighbours above and below, half a body away; a cauda equina if the cord has ended above the whole stretch; and
    otherwise the conus.
    """
    tables = undeformed(made.recipe, made.column)
    cord = tables[2]
    first, last = _stretch(made, tumour)
    if cord[int(np.floor(first)) : int(np.ceil(last)) + 1, 0].max() <= ENDED_MM:
        return CordBeside.CAUDA
    away = size(tumour.levels[0]).posterior_height / 2.0 / STEP_MM
    area = np.pi * cord[:, 0] * cord[:, 1]
    below, here, above = np.interp([first - away, (first + last) / 2.0, last + away], np.arange(len(area)), area)
    if min(below, above) <= 0.0:
        return CordBeside.CONUS
    low, high = LIKE_ITS_NEIGHBOURS
    return CordBeside.CORD if low <= 2.0 * here / (below + above) <= high else CordBeside.CONUS


def escc_readings(grade: EsccReported, beside: CordBeside) -> tuple[EsccReported, ...]:
    """The grades that an honest reader may give: one beside cord; without a reference, all with a deformed sac.

    Examples
    --------
    >>> [one.value for one in escc_readings(EsccReported.GRADE_2, CordBeside.CAUDA)]
    ['1b', '1c', '2', '3']
    """
    return DEFORMED if beside is not CordBeside.CORD and grade in DEFORMED else (grade,)


def _stretch(made: Model, tumour: Tumour) -> tuple[float, float]:
    """The first and last station, foot to head, that a tumour reaches along the canal."""
    reach = [(growth.level, growth.length_mm / 2.0 + FADE_MM) for growth in tumour.epidural]
    reach = reach or [(solid.level, solid.radii_mm[2]) for solid in tumour.solids]
    spans = [(station(made.column, level), half / STEP_MM) for level, half in reach]
    return min(at - half for at, half in spans), max(at + half for at, half in spans)
