"""The ways to a tumour that the rows of the approach (APP) name, as data: which routes, in which order, how many."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact import Approach as Route
from enbloc.stage.wbb import Resection
from enbloc.value import value


class ApproachKind(Enum):
    """What a row calls an approach; the routes that it is made of are those of the fact ``plan.approaches``."""

    POSTERIOR = "posterior"
    ANTERIOR = "anterior"
    COMBINED = "combined"
    LATERAL = "lateral"
    STAGED = "staged"


@value
class Way:
    """One way that a row prefers: its ``routes`` in the order in which the row names them.

    ``is_whole`` if the row names every route; ``least`` is how many there are at least. ``resection`` is the one that
    the row speaks of, nothing if it speaks of any. ``adds``: it comes beside another way. ``guards_vessels`` where the
    row has the vessels seen and freed before the resection.
    """

    kind: ApproachKind
    words: str
    routes: tuple[Route, ...]
    least: int
    is_whole: bool = True
    resection: Resection | None = None
    adds: bool = False
    guards_vessels: bool = False


_ALONE = {Route.POSTERIOR: ApproachKind.POSTERIOR, Route.ANTERIOR: ApproachKind.ANTERIOR}


def alone(route: Route, words: str, *, resection: Resection | None = None) -> Way:
    """A single approach."""
    kind = _ALONE.get(route, ApproachKind.LATERAL)
    return Way(kind=kind, words=words, routes=(route,), least=1, resection=resection)


def together(words: str, *routes: Route, staged: bool = False, guards_vessels: bool = False) -> Way:
    """Several approaches in one operation, or in stages."""
    kind = ApproachKind.STAGED if staged else ApproachKind.COMBINED
    return Way(kind=kind, words=words, routes=routes, least=len(routes), guards_vessels=guards_vessels)


_BACK, _FRONT, _SIDE = Route.POSTERIOR, Route.ANTERIOR, Route.LATERAL

OCCIPUT = (
    alone(_BACK, "posterior occipitocervical"),
    together("posterior occipitocervical with a transoral or endonasal one", _BACK, _FRONT),
    together("posterior occipitocervical with a far lateral one", _BACK, _SIDE),
)
JUNCTION_OF_THE_NECK = (
    alone(_BACK, "posterior costotransversectomy"),
    alone(_FRONT, "low cervical or trap-door"),
)
ROUND_THE_DURA = (alone(_BACK, "posterior transpedicular, all round the dura"),)
SPONDYLECTOMY = (alone(_BACK, "single posterior total en bloc spondylectomy", resection=Resection.VERTEBRECTOMY),)
VESSEL_AT_THE_JUNCTION = (
    together("anterior or thoracoscopic release, and posterior", _FRONT, _BACK, guards_vessels=True),
    alone(_SIDE, "lateral retropleural or retroperitoneal"),
)
LOIN = (together("posterior release, then anterior", _BACK, _FRONT, staged=True),)
LOWEST_LUMBAR = (
    Way(
        kind=ApproachKind.STAGED,
        words="two stages, the iliac vessels dissected first",
        routes=(_FRONT,),
        least=2,
        is_whole=False,  # the row does not say from where the second stage comes
        guards_vessels=True,
    ),
)
HIGH_SACRUM = (together("anterior dissection, then posterior", _FRONT, _BACK, guards_vessels=True),)
LOW_SACRUM = (alone(_BACK, "posterior alone"),)
THROUGH_A_FORAMEN = (together("posterior and lateral, by the Eden type", _BACK, _SIDE),)
BESIDE_A_VESSEL = (
    Way(
        kind=ApproachKind.COMBINED,
        words="an anterior approach added, with a vascular surgeon",
        routes=(_FRONT,),
        least=2,
        is_whole=False,
        adds=True,
        guards_vessels=True,
    ),
)
FRONT_ALONE = (alone(_FRONT, "single anterior resection", resection=Resection.ANTERIOR_ONLY),)

SAGITTAL = Way(
    kind=ApproachKind.COMBINED,
    words="combined lateral, for a sagittal resection",
    routes=(_SIDE,),
    least=2,
    is_whole=False,  # the row does not say what the lateral approach is combined with
    resection=Resection.SAGITTAL,
)
ARCH = alone(_BACK, "posterior, for a resection of the posterior arch", resection=Resection.POSTERIOR_ARCH)
NECK_EN_BLOC = together("combined anterior and posterior", _FRONT, _BACK)
NECK_IN_FRONT = alone(_FRONT, "anterior corpectomy")
NECK_FIXED_BEHIND = together("anterior corpectomy, and posterior", _FRONT, _BACK)
NECK_BEHIND = alone(_BACK, "posterior")
THROUGH_PEDICLE = alone(_BACK, "posterior through pedicle or facet, the roots L2 to S1 kept")
