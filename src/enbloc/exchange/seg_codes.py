"""How DICOM names our structures: SNOMED CT codes with a side, read in the older SRT numbering too.

Codes are those of pydicom's dictionary (generated from PS3.16), the vertebral bodies and T13 those of the value set
``RadiotherapyTreatmentLocation`` of mCODE 4.0.0. What has no code of its own (nerve roots by level, the thecal sac,
L6, a vertebra S1) is written with the code of its kind and named by its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from enbloc.case.anatomy import Level, Side, Structure, StructureKind, structure, vertebra
from enbloc.errors import RecordError

SIDES = {Side.LEFT: codes.SCT.Left, Side.RIGHT: codes.SCT.Right}
TUMOURS = (
    codes.SCT.Neoplasm,
    codes.SCT.NeoplasmPrimary,
    codes.SCT.NeoplasmSecondary,
    codes.SCT.Mass,
    codes.SCT.Lesion,
)
_KINDS: Mapping[StructureKind, Code] = {
    StructureKind.VERTEBRA: codes.SCT.Vertebra,
    StructureKind.BODY: Code("3572006", "SCT", "Vertebral body"),
    StructureKind.ARCH: codes.SCT.ArchOfVertebra,
    StructureKind.SPINOUS_PROCESS: codes.SCT.SpinousProcessOfVertebra,
    StructureKind.TRANSVERSE_PROCESS: codes.SCT.StructureOfTransverseProcessOfVertebra,
    StructureKind.UPPER_ARTICULAR_PROCESS: codes.SCT.SuperiorArticularProcessOfVertebra,
    StructureKind.LOWER_ARTICULAR_PROCESS: codes.SCT.InferiorArticularProcessOfVertebra,
    StructureKind.SACRUM: codes.SCT.Sacrum,
    StructureKind.CANAL: codes.SCT.VertebralCanal,
    StructureKind.CORD: codes.SCT.SpinalCord,
    StructureKind.RIB: codes.SCT.Rib,
    StructureKind.AORTA: codes.SCT.Aorta,
    StructureKind.VENA_CAVA: codes.SCT.InferiorVenaCava,
    StructureKind.VERTEBRAL_ARTERY: codes.SCT.VertebralArtery,
    StructureKind.LIVER: codes.SCT.Liver,
}
_ALONE = (
    StructureKind.SACRUM,
    StructureKind.CANAL,
    StructureKind.CORD,
    StructureKind.AORTA,
    StructureKind.VENA_CAVA,
    StructureKind.LIVER,
)
"""Kinds that a body has one of, so that a code alone names the structure."""
_BODIES = {
    "C3": "91116008", "C4": "14705001", "C5": "67479001", "C6": "88298007", "C7": "16126006",
    "T1": "56094003", "T2": "50060007", "T3": "73138009", "T4": "86197001", "T5": "6105006", "T6": "32430008",
    "T7": "71737002", "T8": "77435000", "T9": "33766003", "T10": "48405002", "T11": "52120002", "T12": "280849005",
    "L1": "61032001", "L2": "53983007", "L3": "55492004", "L4": "71996003", "L5": "21799000",
}  # fmt: skip
_COLUMN = [*(f"C{n}" for n in range(1, 8)), *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)), "S1"]
_SPOKEN = re.compile(r"(vertebrae?[ _])?([CTL]\d{1,2}|S1)([ _]vertebra)?", re.IGNORECASE)
"""How tools call a vertebra in a label: ``vertebrae_T8`` (TotalSegmentator), ``T8 vertebra`` (Slicer), ``T8``."""


@cache
def _table() -> tuple[tuple[Code, Structure], ...]:
    """Every code that names one of our structures without a side."""
    rows = [(_KINDS[kind], Structure(kind=kind)) for kind in _ALONE]
    for name, below in pairwise(_COLUMN):
        level = Level(name)
        rows.append((getattr(codes.SCT, f"{name}Vertebra"), vertebra(level)))
        if name != "C1":
            rows.append((getattr(codes.SCT, f"{name}{below}Disc"), Structure(kind=StructureKind.DISC, level=level)))
    rows += [
        (Code(number, "SCT", f"Body of {level} vertebra"), Structure(kind=StructureKind.BODY, level=Level(level)))
        for level, number in _BODIES.items()
    ]
    rows.append((Code("1186895000", "SCT", "T13 vertebra"), vertebra(Level.T13)))
    return tuple(rows)


def structure_of(label: str, kind: Code | None, sides: Iterable[Code]) -> Structure | None:
    """The structure that a segment stands for: by its label where that is in our words, else by its code and side.

    Nothing where label and code contradict each other, and for a bare ``T8`` or ``L1`` that no code calls a vertebra:
    it may as well be a tumour at T8, or lesion 1. A tumour needs the lesion that it belongs to, which no code says: it
    is named by its label only.

    Examples
    --------
    >>> str(structure_of("", Code("T-62000", "SRT", "Liver"), ()))
    'liver'
    >>> str(structure_of("", codes.SCT.VertebralArtery, [codes.SCT.Left]))
    'vertebral artery left'
    >>> structure_of("T8", codes.SCT.Neoplasm, ())
    """
    spoken = _spoken(label.strip(), is_vertebra=kind is not None and kind == codes.SCT.Vertebra)
    coded = _coded(kind, sides)
    if spoken is None:
        return coded
    if coded is not None and coded != spoken:
        return None
    return None if is_tumour(kind) and spoken.kind is not StructureKind.TUMOUR else spoken


def _spoken(label: str, *, is_vertebra: bool) -> Structure | None:
    level = _SPOKEN.fullmatch(label)
    if level and level[2].upper() in Level._value2member_map_:
        return vertebra(Level(level[2].upper())) if is_vertebra or level[1] or level[3] else None
    try:
        return structure(label)
    except RecordError:
        return None


def _coded(kind: Code | None, sides: Iterable[Code]) -> Structure | None:
    if kind is None:
        return None
    for code, named in _table():
        if code == kind:
            return named
    side = next((side for side, code in SIDES.items() for given in sides if given == code), None)
    if kind == codes.SCT.VertebralArtery and side is not None:
        return Structure(kind=StructureKind.VERTEBRAL_ARTERY, side=side)
    return None


def is_tumour(kind: Code | None) -> bool:
    """Whether a code says that a segment is a tumour of some kind."""
    return kind is not None and any(kind == code for code in TUMOURS)


def code_of(named: Structure) -> Code:
    """The code that a structure is written with; the nearest one of its kind where it has none of its own."""
    if named.kind is StructureKind.TUMOUR:
        tumour: Code = codes.SCT.Neoplasm
        return tumour
    for code, each in _table():
        if (each.kind, each.level) == (named.kind, named.level):
            return code
    other: Code = codes.SCT.Tissue
    return _KINDS.get(named.kind, other)


def code_in(sequence: Any) -> Code | None:
    """The first code of a DICOM code sequence, or nothing if it holds none."""
    for item in sequence or ():
        number = item.get("CodeValue") or item.get("LongCodeValue") or item.get("URNCodeValue")
        if number and item.get("CodingSchemeDesignator"):
            return Code(str(number), str(item.CodingSchemeDesignator), str(item.get("CodeMeaning") or ""))
    return None
