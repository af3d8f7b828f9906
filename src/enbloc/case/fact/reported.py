"""The words in which a reader reports: classes and grades of published scales, each a fact beside ours."""

from __future__ import annotations

from enum import Enum
from typing import Self


class PainCharacter(Enum):
    """Pain at the level of the lesion."""

    NONE = "none"
    NOT_MECHANICAL = "not mechanical"
    MECHANICAL = "mechanical"


class BoneQuality(Enum):
    """How the lesion changes the bone, as a reader reports it."""

    LYTIC = "lytic"
    MIXED = "mixed"
    BLASTIC = "blastic"


class AlignmentChange(Enum):
    """New change of alignment at the lesion, as a reader reports it."""

    NORMAL = "normal"
    DEFORMITY = "new deformity"
    SUBLUXATION = "subluxation"


class CollapseClass(Enum):
    """Collapse of the vertebral body, as a reader reports it."""

    NONE = "none"
    BODY_OVER_HALF_INVOLVED = "none, over half of the body involved"
    UNDER_HALF = "under half"
    OVER_HALF = "over half"


class PosterolateralClass(Enum):
    """Posterolateral elements replaced or fractured, as a reader reports it."""

    NONE = "none"
    UNILATERAL = "unilateral"
    BILATERAL = "bilateral"


class EsccReported(Enum):
    """A grade of epidural compression that a reader reported; shown beside ours."""

    GRADE_0 = "0"
    GRADE_1A = "1a"
    GRADE_1B = "1b"
    GRADE_1C = "1c"
    GRADE_2 = "2"
    GRADE_3 = "3"


class FrankelGrade(Enum):
    """Frankel's grade of a palsy; its letters are those of the impairment scale of ASIA, its rules are not."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class OrgansRemovability(Enum):
    """Metastases in major internal organs, by whether they can be removed."""

    NONE = "none"
    REMOVABLE = "removable"
    UNREMOVABLE = "unremovable"


class OrgansTreatability(Enum):
    """Metastases in vital organs, by whether they can be treated."""

    NONE = "none"
    TREATABLE = "treatable"
    UNTREATABLE = "untreatable"


_NUMERALS = ("I", "II", "III", "IV", "V", "VI")


class AsaClass(Enum):
    """The physical status that an anaesthetist recorded; ``3`` and ``3E`` are read as III and IIIE."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"
    VI = "VI"
    I_E = "IE"
    II_E = "IIE"
    III_E = "IIIE"
    IV_E = "IVE"
    V_E = "VE"
    VI_E = "VIE"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The class that is written as a figure."""
        written = str(value)
        digit, suffix = written[:1], written[1:]
        if digit in tuple("123456") and suffix in ("", "E"):
            return cls(_NUMERALS[int(digit) - 1] + suffix)
        return None


class PrimarySite(Enum):
    """Where the primary tumour lies, or what it is, as finely as any survival instrument tells sites apart.

    ``unidentified`` is an answer: the primary tumour was looked for and not found. ``other`` is a known site that
    none of these words covers. A part of an organ that nobody stated has a word of its own where the scores differ.
    """

    LUNG = "lung"
    BREAST = "breast"
    PROSTATE = "prostate"
    KIDNEY = "kidney"
    BLADDER = "bladder"
    UROTHELIAL = "urothelial, outside the bladder"
    OTHER_UROLOGICAL = "other urological"
    THYROID = "thyroid"
    COLON = "colon"
    RECTUM = "rectum"
    STOMACH = "stomach"
    OESOPHAGUS = "oesophagus"
    PANCREAS = "pancreas"
    HEPATOCELLULAR = "liver, hepatocellular"
    LIVER = "liver, other or not stated"
    GALLBLADDER = "gallbladder"
    CARCINOID = "carcinoid"
    ENDOMETRIUM = "endometrium"
    CERVIX = "cervix"
    UTERUS = "uterus, other or not stated"
    OVARY = "ovary"
    OTHER_GYNAECOLOGICAL = "other gynaecological"
    HEAD_AND_NECK = "head and neck"
    MELANOMA = "melanoma"
    MESOTHELIOMA = "mesothelioma"
    OSTEOSARCOMA = "osteosarcoma"
    SARCOMA = "other sarcoma"
    MYELOMA = "myeloma"
    LYMPHOMA = "lymphoma"
    LEUKAEMIA = "leukaemia"
    OTHER = "other"
    UNIDENTIFIED = "unidentified"
