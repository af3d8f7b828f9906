"""Impending collapse of a lytic vertebra after Taneichi: how much of the body is tumour, by region.

The joint of the rib lowers the threshold of the thoracic spine alone, pedicle or posterior elements that of the lumbar
spine alone. T10 stands in both regions and is judged by both.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import LYTIC, at_level
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD
from enbloc.value import value


class Region(Enum):
    """Where the vertebra stands."""

    CERVICAL = "C1 to C7"
    THORACIC = "T1 to T9"
    T10 = "T10"
    LUMBAR = "T11 to L5"
    SACRAL = "sacrum"


_LEVELS: dict[Region, str] = {
    Region.CERVICAL: "C1 C2 C3 C4 C5 C6 C7",
    Region.THORACIC: "T1 T2 T3 T4 T5 T6 T7 T8 T9",
    Region.T10: "T10",
    Region.LUMBAR: "T11 T12 L1 L2 L3 L4 L5",
    Region.SACRAL: "S1 S2 S3 S4 S5",
}
_REGIONS = {Level(name): region for region, names in _LEVELS.items() for name in names.split()}


class Collapse(Enum):
    """The results."""

    NOT_IMPENDING = "not impending"
    IMPENDING = "impending"
    NOT_APPLICABLE = "not applicable"


THORACIC_BAND = {False: (50, 60), True: (25, 30)}
"""Tumour occupancy of the body in per cent, T1 to T10: from, and certain from; by loss of the costovertebral joint."""

LUMBAR_BAND = {False: (35, 40), True: (20, 25)}
"""The same, T10 to L5; by loss of pedicle or posterior elements."""

CERTAIN = "at or above the upper bound of the published band"
BOTH_REGIONS = "T10 stands in both regions: judged by both"
THORACIC_MET = "impending by the thoracic criterion (T1 to T10)"
LUMBAR_MET = "impending by the lumbar criterion (T10 to L5)"
OUTSIDE = "only for lytic lesions of T1 to L5"


@value
class Taneichi:
    """Region, occupancy of the body and what is destroyed beside it.

    Examples
    --------
    >>> form = Taneichi(region=Region.LUMBAR, lytic=True, occupancy=38, costovertebral=False, posterior=False)
    >>> form.outcome.category
    'impending'
    """

    region: Annotated[Region, Ask(words="region of the vertebra", answered_by=at_level(_REGIONS))]
    lytic: Annotated[bool, Ask(words="lesion is lytic", answered_by=LYTIC)]
    occupancy: Annotated[
        float,
        Number(
            words="tumour occupancy of the vertebral body",
            unit="%",
            low=0,
            high=100,
            step=0,
            cuts=(20, 25, 30, 35, 40, 50, 60),
            answered_by=vocabulary.BODY_SHARE,
        ),
    ]
    costovertebral: Annotated[bool, Ask(words="costovertebral joint destroyed")]
    posterior: Annotated[bool, Ask(words="pedicle or posterior elements destroyed")]

    @property
    def outcome(self) -> Outcome:
        """Impending if any criterion of the region is met from its lower bound on."""
        if not self.lytic or self.region in (Region.CERVICAL, Region.SACRAL):
            return Outcome(category=Collapse.NOT_APPLICABLE.value, flags=(OUTSIDE,))
        bands = {}
        if self.region is not Region.LUMBAR:
            bands[THORACIC_MET] = THORACIC_BAND[self.costovertebral]
        if self.region is not Region.THORACIC:
            bands[LUMBAR_MET] = LUMBAR_BAND[self.posterior]
        met = [flag for flag, (lower, _) in bands.items() if self.occupancy >= lower]
        flags = list(met)
        if any(self.occupancy >= upper for _, upper in bands.values()):
            flags.append(CERTAIN)
        if self.region is Region.T10:
            flags.append(BOTH_REGIONS)
        return Outcome(category=(Collapse.IMPENDING if met else Collapse.NOT_IMPENDING).value, flags=tuple(flags))


TANEICHI = Instrument(
    id="taneichi",
    name="Taneichi impending collapse",
    version="1997, specification of 2026-11-20",
    form=Taneichi,
    population="lytic metastasis of a vertebra from T1 to L5",
    tumours=SPREAD,
    better=Better.NEITHER,
    categories=(
        Category(word=Collapse.NOT_IMPENDING.value),
        Category(
            word=Collapse.IMPENDING.value,
            published="logistic model of 100 osteolytic vertebrae; T1 to T10: costovertebral joint odds ratio 10.17,"
            " each 10 % of occupancy 2.44",
        ),
        Category(word=Collapse.NOT_APPLICABLE.value),
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("taneichi1997"),),
)
