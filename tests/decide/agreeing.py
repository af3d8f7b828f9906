"""What keeps a drawn record from answering one question twice and differently, where no contradiction names it.

Where one of two answers is taken away the other still stands: that is no loss of knowledge, and no law is asked of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.case.finding import Entry

MEASURED: tuple[Fact[Any], ...] = (
    f.BODY_SHARE,
    f.LYTIC_SHARE,
    f.BLASTIC_SHARE,
    f.POSTEROLATERAL_LEFT,
    f.POSTEROLATERAL_LEFT_SHARE,
    f.POSTEROLATERAL_RIGHT,
    f.POSTEROLATERAL_RIGHT_SHARE,
    f.EPIDURAL_AREA,
    f.EPIDURAL_SLICES,
    f.SAC_INDENTATION,
    f.SAC_AREA_RATIO,
    f.CORD_DISTANCE,
    f.CORD_AREA_RATIO,
    f.CORD_FLATTENING,
    f.CORD_SHIFT,
    f.CSF_SHARE,
    f.OTHER_COMPRESSION,
)
"""What a grade or an item is worked out from."""
REPORTED: tuple[Fact[Any], ...] = (
    f.BONE_REPORTED,
    f.COLLAPSE_REPORTED,
    f.POSTEROLATERAL_REPORTED,
    f.ESCC_REPORTED,
)
"""The grade or the item as somebody reported it."""

ANSWERED: dict[Fact[Any], tuple[Fact[Any], ...]] = {
    f.PAIN: (f.SPINAL_PAIN,),
    f.STEROID_PLANNED: (f.STEROID_DAILY, f.STEROID_SINGLE),
    f.THROMBOEMBOLISM: (f.PROXIMAL_THROMBOSIS_ON,),
    f.BACTERAEMIA: (f.BACTERAEMIA_ON,),
    f.FORAMEN_TRANSVERSARIUM: (f.VERTEBRAL_IN_TUMOUR,),
    f.AGGRESSIVE_SURGERY_UNWANTED: (f.ADVANCE_DECISION,),
    f.NEW_DEFICIT: (f.MOTOR_FALL,),
    f.ESCC_REPORTED: (f.SAC_EFFACED, f.CAUDA_DEFICIT),
    f.DEFICIT: (f.LIMB_WEAKNESS, f.GAIT_CHANGE, f.SENSORY_LEVEL, f.SPHINCTER_CHANGE, f.CAUDA_SIGNS, f.CAUDA_DEFICIT),
}
"""An answer that is no, and what would then contradict it."""

SHARES = (f.EXTRADURAL_SHARE, f.EXTRAMEDULLARY_SHARE, f.INTRAMEDULLARY_SHARE)
"""Shares of one tumour: together they are the whole of it."""


def agreeing(entries: Iterable[Entry], dice: random.Random) -> Iterator[Entry]:
    """The lines without those that answer what another line has answered otherwise."""
    held = tuple(entries)
    apart = {one.id for one in (MEASURED if dice.random() < 0.5 else REPORTED)}
    stated = {one.fact: one for one in held}
    for named, those in ANSWERED.items():
        if named.id in stated and stated[named.id].value in _NO:
            apart |= {one.id for one in those}
    if f.WBB_SECTORS.id in stated or f.WBB_SECTORS_OPEN.id in stated:
        apart.add(f.VENTRAL.id)
    yield from (one for one in held if one.fact not in apart and one.fact not in _SHARES)
    if any(one.fact in _SHARES for one in held):
        yield from _of_one_tumour(dice)


_NO = (False, "none", "0", "1a", "1b", "1c", "2", "3")
_SHARES = frozenset(one.id for one in SHARES)


def _of_one_tumour(dice: random.Random) -> Iterator[Entry]:
    """Shares that make up one tumour: each compartment alone, or two of them."""
    parts = dice.choice([(100.0, 0.0, 0.0), (0.0, 100.0, 0.0), (0.0, 0.0, 100.0), (60.0, 40.0, 0.0), (0.0, 30.0, 70.0)])
    for named, share in zip(SHARES, parts, strict=True):
        yield Entry(fact=named.id, about="A", value=share)
