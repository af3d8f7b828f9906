"""Which resections the sectors and layers of Weinstein, Boriani and Biagini allow."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from enbloc.case.anatomy import Layer, Sector, sector
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation, cite
from enbloc.value import value

CITES = (cite("boriani1997wbb"),)
VERSION = "Boriani 1997 and 2018, specification of 2026-11-20"


class Resection(Enum):
    """A way to take the tumour out in one piece."""

    VERTEBRECTOMY = "en bloc vertebrectomy"
    SAGITTAL = "sagittal resection"
    POSTERIOR_ARCH = "posterior arch resection"
    ANTERIOR_ONLY = "anterior-only resection (type 1)"


@value
class Allowed:
    """A resection that the sectors allow; a subset is necessary, never sufficient."""

    resection: Resection
    because: str
    checked: Checked  # of the set of sectors


@value
class Resections:
    """Every resection that the extent allows, and what limits the margin at the dura.

    ``epidural_margin_risk`` is nothing when the layers are unknown; ``ask`` then says what is needed.
    """

    allowed: tuple[Allowed, ...]
    epidural_margin_risk: bool | None
    both_pedicles: bool
    notes: tuple[str, ...]
    ask: str = ""
    cites: tuple[Citation, ...] = CITES
    version: str = VERSION

    def allows(self, resection: Resection) -> bool:
        """Whether the sectors and layers allow it."""
        return any(one.resection is resection for one in self.allowed)


def _sectors(*numbers: int) -> frozenset[Sector]:
    return frozenset(sector(number) for number in numbers)


_PEDICLES = _sectors(4, 9)

_CRITERIA: tuple[tuple[Resection, tuple[frozenset[Sector], ...], str, Checked], ...] = (
    (
        Resection.VERTEBRECTOMY,
        (_sectors(4, 5, 6, 7, 8), _sectors(5, 6, 7, 8, 9)),
        "sectors within 4 to 8 or within 5 to 9: one pedicle is free",
        Checked.FROM_MEMORY,
    ),
    (
        Resection.SAGITTAL,
        (_sectors(3, 4, 5), _sectors(8, 9, 10)),
        "sectors within 3 to 5 (left) or within 8 to 10 (right)",
        Checked.FROM_MEMORY,
    ),
    (
        Resection.POSTERIOR_ARCH,
        (_sectors(10, 11, 12, 1, 2, 3),),
        "sectors within 10 to 3 through 12: both pedicles are free",
        Checked.READ,
    ),
)
_ANTERIOR = _sectors(5, 6, 7, 8)


def resections(sectors: Iterable[Sector], layers: Iterable[Layer] | None) -> Resections:
    """Every resection for these sectors; of several vertebrae give the union of their sectors.

    ``layers`` is nothing when they are unknown; the anterior-only resection then cannot be judged.

    Raises
    ------
    RecordError
        If there is no sector, or a list of layers without a layer.

    Examples
    --------
    >>> found = resections([sector(n) for n in (4, 5)], [Layer.B, Layer.C, Layer.D])
    >>> [one.resection.value for one in found.allowed], found.epidural_margin_risk
    (['en bloc vertebrectomy', 'sagittal resection'], True)
    """
    involved = frozenset(sectors)
    depth = None if layers is None else frozenset(layers)
    if not involved or depth == frozenset():
        what = "sector" if not involved else "layer"
        raise RecordError(f"A tumour without a {what} has no resection.", remedy=f"Give at least one {what}.")
    allowed = [
        Allowed(resection=kind, because=because, checked=checked)
        for kind, sets, because, checked in _CRITERIA
        if any(involved <= one for one in sets)
    ]
    if involved <= _ANTERIOR and depth is not None and depth <= {Layer.A, Layer.B}:
        allowed.append(
            Allowed(
                resection=Resection.ANTERIOR_ONLY,
                because="sectors within 5 to 8, layers A and B only: an osteotomy would not cut tumour",
                checked=Checked.READ,
            )
        )
    return Resections(
        allowed=tuple(allowed),
        epidural_margin_risk=None if depth is None else bool(depth & {Layer.D, Layer.E}),
        both_pedicles=involved >= _PEDICLES,
        notes=_notes(involved, depth),
        ask="" if depth is not None else "layers of the tumour (A to F)",
    )


def _notes(involved: frozenset[Sector], depth: frozenset[Layer] | None) -> tuple[str, ...]:
    notes = ["A subset of sectors is necessary, not sufficient: vessels, roots, dura and earlier surgery decide."]
    if involved >= _PEDICLES:
        notes.append("Both pedicles (4 left and 9 right) are involved: no standard margin-free vertebrectomy.")
    if depth is not None and depth & {Layer.D, Layer.E}:
        notes.append("Layer D or E: at the dura the margin is marginal or intralesional, unless dura is resected.")
    return tuple(notes)
