"""Groups of acts that many rules concern, each in the order of the acts."""

from __future__ import annotations

from enbloc.decide.decision import Act

EVERY: tuple[Act, ...] = tuple(Act)


def all_but(*others: Act) -> tuple[Act, ...]:
    """Every act except these."""
    return tuple(act for act in EVERY if act not in others)


SURGERY: tuple[Act, ...] = tuple(act for act in EVERY if act.is_surgery)
"""A wound is made."""
BESIDE_BONE: tuple[Act, ...] = tuple(act for act in SURGERY if act is not Act.INTRADURAL)
"""Open surgery of a tumour outside the dura."""
RESECTIONS: tuple[Act, ...] = (Act.SEPARATION, Act.EN_BLOC, Act.INTRALESIONAL)
"""Resection, corpectomy or separation surgery; an intradural resection has rules of its own (INTRA)."""
EVERY_RESECTION: tuple[Act, ...] = (*RESECTIONS, Act.INTRADURAL)
"""Tumour is taken out through a wound, within the dura or outside it."""
PROCEDURES: tuple[Act, ...] = tuple(act for act in EVERY if act.is_surgery or act.is_percutaneous)
"""A wound is made, or a needle or catheter goes in."""
TAKING_ARTERIES: tuple[Act, ...] = (*SURGERY, Act.EMBOLISATION)
TAKING_TISSUE: tuple[Act, ...] = (*SURGERY, Act.BIOPSY)
MAY_CEMENT: tuple[Act, ...] = (*SURGERY, Act.CEMENT)
"""Cement augmentation, and an operation, which may say that it puts cement in."""

ENTERING: tuple[Act, ...] = tuple(act for act in EVERY if act.is_intralesional)
"""The tumour is entered on purpose."""
IRRADIATING: tuple[Act, ...] = tuple(act for act in EVERY if act.is_radiotherapy)
"""It irradiates, alone or after separation surgery."""
RADIOSURGERY: tuple[Act, ...] = tuple(act for act in EVERY if act.is_radiosurgery)
"""Radiosurgery, alone or after separation surgery."""
IRRADIATING_ALONE: tuple[Act, ...] = (Act.RADIOSURGERY, Act.RADIOTHERAPY)
