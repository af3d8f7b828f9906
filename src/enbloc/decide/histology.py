"""The tumours of the spine as data: class, radiosensitivity, preferred margin. What is not listed is never guessed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from enum import Enum
from functools import cache
from importlib.resources import files

from enbloc.case.anatomy import Level
from enbloc.case.lesion import LesionKind
from enbloc.evidence import Checked
from enbloc.value import value


class Radiosensitivity(Enum):
    """Which row of NOMS a tumour stands in (NOMS-15)."""

    SENSITIVE = "sensitive"  # sensitive and moderately sensitive
    RESISTANT = "resistant"  # also intermediate, unlisted and unknown
    NOT_APPLICABLE = "not applicable"  # primary tumours go another way


@value
class Histology:
    """One entity of the table; texts as they stand there, empty where the table says nothing."""

    key: str
    name: str
    who_name: str
    icd_o: str
    snomed: str
    compartment: str
    behaviour: str
    origin: str
    sensitivity: str
    embolise: str
    preferred_margin: str
    recurrence_en_bloc: str  # local recurrence in per cent, as printed: "20-35"
    recurrence_intralesional: str
    recurrence_note: str
    systemic: str
    surveillance: str
    cites: tuple[str, ...]  # bibliography keys
    verification: str  # what was read of the row, in its own words
    checked: Checked  # of the row as a whole

    @property
    def is_figure_checked(self) -> bool:
        """Whether the figure of the note was read in its source; the other fields are from memory all the same."""
        return self.verification.startswith("V")

    @property
    def is_benign(self) -> bool | None:
        """Whether its Enneking stage is one of S1 to S3; nothing where the table leaves it open."""
        if self.behaviour == "intermediate":
            return None if self.key == "sft" else True
        return self.behaviour == "benign"

    @property
    def is_marrow(self) -> bool:
        """A tumour of the marrow or of histiocytes, for which Enneking staging was not made."""
        return self.origin == "primary_haem" or self.key in {"plasmacytoma", "lch"}

    @property
    def is_cartilage(self) -> bool:
        """A tumour of cartilage, of which a core may miss the highest grade (BX-07)."""
        return self.key.startswith("chondro") or self.key == "osteochondroma"

    @property
    def kind(self) -> LesionKind | None:
        """Where it comes from; a tumour that may be either says nothing."""
        return _KIND.get(self.origin)

    @property
    def kinds(self) -> tuple[LesionKind, ...]:
        """What a record may call it; a plasmacytoma stands under the primary tumours and is haematological too."""
        if self.kind is None:
            return tuple(LesionKind)
        return (self.kind, LesionKind.HAEMATOLOGICAL) if self.key == "plasmacytoma" else (self.kind,)

    @property
    def is_intradural(self) -> bool | None:
        """Whether it lies within the dura; nothing where the entity may lie on either side of it."""
        inside = any(word in self.compartment for word in ("intradural", "intramedullary", "filum"))
        return None if inside and "extradural" in self.compartment else inside

    @property
    def is_chordoma(self) -> bool:
        """Whether it is a chordoma of any kind."""
        return self.key.startswith("chordoma")

    @property
    def is_rare_subtype(self) -> bool:
        """A chordoma or chondrosarcoma whose course is another than the conventional one's (PRIM-40)."""
        rare = {"chordoma_poorly", "chordoma_dediff"}
        return self.key in rare | {"chondrosarcoma_dediff", "chondrosarcoma_mesen", "chondrosarcoma_clear"}

    @property
    def is_chondrosarcoma(self) -> bool:
        """Whether it is a conventional chondrosarcoma of any grade."""
        return self.key in {"chondrosarcoma_conv", "chondrosarcoma_act"}

    @property
    def wants_en_bloc(self) -> bool | None:
        """Whether the preferred margin is en bloc; nothing where that depends on a stage or on chemotherapy."""
        if self.kind is not LesionKind.PRIMARY or "en_bloc" not in self.preferred_margin:
            return False
        return None if self.key in {"gct", "osteoblastoma", "ewing"} else True

    @property
    def is_moderate(self) -> bool:
        """Moderately sensitive: in the sensitive row, and printed as such."""
        return self.sensitivity == "moderate_sensitive"

    @property
    def row(self) -> Radiosensitivity:
        """The row of NOMS by class alone, for a tumour that the record calls secondary or haematological."""
        return _ROW.get(self.sensitivity, Radiosensitivity.NOT_APPLICABLE)

    @property
    def radiosensitivity(self) -> Radiosensitivity:
        """The row of NOMS."""
        if self.kind is LesionKind.PRIMARY:
            return Radiosensitivity.NOT_APPLICABLE
        return self.row


_KIND = {
    "primary": LesionKind.PRIMARY,
    "metastatic": LesionKind.METASTASIS,
    "primary_haem": LesionKind.HAEMATOLOGICAL,
}
_ROW = {
    "sensitive": Radiosensitivity.SENSITIVE,
    "moderate_sensitive": Radiosensitivity.SENSITIVE,
    "resistant": Radiosensitivity.RESISTANT,
    "intermediate": Radiosensitivity.RESISTANT,
    "treat_as_resistant": Radiosensitivity.RESISTANT,
}

_SYNONYMS: dict[str, str] = {
    "chordoma": "chordoma_conv",
    "conventional chordoma": "chordoma_conv",
    "chondrosarcoma": "chondrosarcoma_conv",
    "osteogenic sarcoma": "osteosarcoma",
    "ewing's sarcoma": "ewing",
    "giant cell tumour": "gct",
    "gct": "gct",
    "abc": "abc",
    "hemangioma": "haemangioma_typ",
    "solitary plasmacytoma": "plasmacytoma",
    "plasmacytoma": "plasmacytoma",
    "myeloma": "myeloma",
    "multiple myeloma": "myeloma",
    "lymphoma": "lymphoma",
    "breast carcinoma": "met_breast",
    "breast cancer": "met_breast",
    "prostate carcinoma": "met_prostate",
    "prostate cancer": "met_prostate",
    "prostate adenocarcinoma": "met_prostate",
    "non-small-cell lung carcinoma": "met_nsclc",
    "non-small-cell lung cancer": "met_nsclc",
    "nsclc": "met_nsclc",
    "small-cell lung carcinoma": "met_sclc",
    "small-cell lung cancer": "met_sclc",
    "sclc": "met_sclc",
    "renal cell carcinoma": "met_rcc",
    "clear cell renal cell carcinoma": "met_rcc",
    "rcc": "met_rcc",
    "follicular thyroid carcinoma": "met_thyroid_f",
    "papillary thyroid carcinoma": "met_thyroid_p",
    "hepatocellular carcinoma": "met_hcc",
    "hcc": "met_hcc",
    "melanoma": "met_melanoma",
    "colorectal carcinoma": "met_colorectal",
    "colorectal cancer": "met_colorectal",
    "seminoma": "met_germ",
    "germ cell tumour": "met_germ",
    "ovarian carcinoma": "met_ovary",
    "neuroendocrine carcinoma": "met_net",
    "urothelial carcinoma": "met_urothelial",
    "neuroblastoma": "met_neuroblastoma",
    "carcinoma of unknown primary": "met_unknown",
    "cup": "met_unknown",
    "sacral chordoma": "chordoma_sacral",
    "poorly differentiated chordoma": "chordoma_poorly",
    "dedifferentiated chordoma": "chordoma_dediff",
    "chondrosarcoma grade 1": "chondrosarcoma_act",
    "chondrosarcoma grade 2": "chondrosarcoma_conv",
    "chondrosarcoma grade 3": "chondrosarcoma_conv",
    "malignant giant cell tumour": "gct_malig",
    "aneurysmal bone cyst": "abc",
    "vertebral haemangioma": "haemangioma_typ",
    "haemangioma": "haemangioma_typ",
    "aggressive haemangioma": "haemangioma_agg",
    "aggressive hemangioma": "haemangioma_agg",
    "eosinophilic granuloma": "lch",
    "diffuse large b-cell lymphoma": "lymphoma",
    "exostosis": "osteochondroma",
    "haemangiopericytoma": "sft",
    "hemangiopericytoma": "sft",
    "meningioma grade 2": "meningioma_g2",
    "meningioma grade 3": "meningioma_g3",
    "mpnst": "mpnst",
    "neurinoma": "schwannoma",
    "neurilemmoma": "schwannoma",
    "glioblastoma": "astro_high",
    "9440/3": "astro_high",
    "9445/3": "astro_high",
    "bone island": "enostosis",
    "bnct": "bnct",
    "leukaemia": "myeloid_sarcoma",
    "leukemia": "myeloid_sarcoma",
    "chloroma": "myeloid_sarcoma",
}
_SACRAL = {Level.S1, Level.S2, Level.S3, Level.S4, Level.S5, Level.CO}


def look_up(name: str | None, *, kind: LesionKind | None = None, levels: Iterable[Level] = ()) -> Histology | None:
    """The entity of this name, synonym or ICD-O code; nothing if it is not in the table or not one entity.

    A code that several entities share (9370/3: three chordomas) names none of them.

    ``kind`` keeps a metastasis from being read as a primary tumour and the other way round; the level tells a sacral
    chordoma from one of the mobile spine.

    Examples
    --------
    >>> look_up("renal cell carcinoma", kind=LesionKind.METASTASIS).key
    'met_rcc'
    >>> look_up("Chordoma", levels=[Level.S3]).key, look_up("Chordoma", levels=[Level.L3]).key
    ('chordoma_sacral', 'chordoma_conv')
    >>> look_up("some tumour") is None
    True
    """
    if name is None or not name.strip():
        return None
    found = _named(_plain(name))
    fitting = [one for one in found if kind is None or kind in one.kinds]
    if [one.key for one in fitting] == ["chordoma_conv"]:
        return _chordoma(tuple(levels))
    return fitting[0] if len(fitting) == 1 else None


def _chordoma(levels: tuple[Level, ...]) -> Histology | None:
    if not levels:
        return None
    key = "chordoma_sacral" if set(levels) <= _SACRAL else "chordoma_conv"
    return next(one for one in histologies() if one.key == key)


def _named(name: str) -> list[Histology]:
    table = histologies()
    if name in _SYNONYMS:
        return [one for one in table if one.key == _SYNONYMS[name]]
    for read in (_key, _own_name, _who_name, _plain_who_name, _icd_o):
        if found := [one for one in table if read(one) == name]:
            return found
    return []


def _key(one: Histology) -> str:
    return one.key


def _own_name(one: Histology) -> str:
    return _plain(one.name)


def _who_name(one: Histology) -> str:
    return _plain(one.who_name)


def _plain_who_name(one: Histology) -> str:
    """Without what stands in brackets."""
    return _plain(re.sub(r"\(.*?\)", "", one.who_name))


def _icd_o(one: Histology) -> str:
    return one.icd_o


def _plain(name: str) -> str:
    return re.sub(r"tumor\b", "tumour", " ".join(name.casefold().split()))


@cache
def histologies() -> tuple[Histology, ...]:
    """Every entity of the table, in its order."""
    text = files("enbloc.decide").joinpath("histologies.csv").read_text(encoding="utf-8")
    return tuple(_entity(row) for row in csv.DictReader(text.splitlines()))


def _entity(row: dict[str, str]) -> Histology:
    return Histology(
        key=row["key"],
        name=row["name"],
        who_name=row["who_name"],
        icd_o=row["icd_o_3"],
        snomed=row["snomed_ct"],
        compartment=row["compartment"],
        behaviour=row["behaviour"],
        origin=row["origin"],
        sensitivity=row["cebrt_radiosensitivity"],
        embolise=row["embolise"],
        preferred_margin=row["preferred_margin"],
        recurrence_en_bloc=row["lr_en_bloc_pct"],
        recurrence_intralesional=row["lr_intralesional_pct"],
        recurrence_note=row["lr_note"],
        systemic=row["systemic_options"],
        surveillance=row["surveillance"],
        cites=tuple(key for key in row["citation_keys"].split(";") if key),
        verification=row["verification"],
        # "V" marks one figure of a row only; its other fields are from memory.
        checked=Checked.FROM_MEMORY,
    )
