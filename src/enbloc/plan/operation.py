"""The classical operations, each with the act that the rules know it as."""

from __future__ import annotations

from enum import Enum

from enbloc.decide.decision import Act
from enbloc.stage.wbb import Resection


class Operation(Enum):
    """An operation that a board weighs, in the surgeon's words; the order is that of every table of operations."""

    OBSERVATION = "observation"
    CURETTAGE = "intralesional curettage"
    LAMINECTOMY = "laminectomy alone"
    SEPARATION = "separation surgery"
    POSTERIOR_ARCH = "posterior arch resection"
    SAGITTAL = "sagittal resection"
    ANTERIOR = "anterior resection"
    VERTEBRECTOMY = "en bloc vertebrectomy"
    SACRECTOMY = "en bloc sacrectomy"
    INTRADURAL = "intradural removal"

    @property
    def act(self) -> Act:
        """What the rules call it; a laminectomy alone enters the tumour's room without taking it out in one piece."""
        return _ACTS.get(self, Act.EN_BLOC)

    @property
    def is_en_bloc(self) -> bool:
        """Whether the tumour comes out in one piece that nobody opens."""
        return self not in _ACTS

    @property
    def resection(self) -> Resection | None:
        """The resection that sectors and layers are asked about; nothing where they say nothing of an operation."""
        return _RESECTIONS.get(self)


_ACTS: dict[Operation, Act] = {
    Operation.OBSERVATION: Act.OBSERVATION,
    Operation.CURETTAGE: Act.INTRALESIONAL,
    Operation.LAMINECTOMY: Act.INTRALESIONAL,
    Operation.SEPARATION: Act.SEPARATION,
    Operation.INTRADURAL: Act.INTRADURAL,
}
_RESECTIONS: dict[Operation, Resection] = {
    Operation.VERTEBRECTOMY: Resection.VERTEBRECTOMY,
    Operation.SAGITTAL: Resection.SAGITTAL,
    Operation.POSTERIOR_ARCH: Resection.POSTERIOR_ARCH,
    Operation.ANTERIOR: Resection.ANTERIOR_ONLY,
}
