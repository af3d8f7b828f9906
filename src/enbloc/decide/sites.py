"""Which organ the name of a metastasis comes from, where that is certain; no name is guessed that the table lacks."""

from __future__ import annotations

import re

from enbloc.case.fact import PrimarySite
from enbloc.decide.histology import Histology

S = PrimarySite

ORGANS: tuple[PrimarySite, ...] = (
    S.LUNG,
    S.BREAST,
    S.PROSTATE,
    S.KIDNEY,
    S.BLADDER,
    S.UROTHELIAL,
    S.OTHER_UROLOGICAL,
    S.THYROID,
    S.COLON,
    S.RECTUM,
    S.STOMACH,
    S.OESOPHAGUS,
    S.PANCREAS,
    S.HEPATOCELLULAR,
    S.LIVER,
    S.GALLBLADDER,
    S.ENDOMETRIUM,
    S.CERVIX,
    S.UTERUS,
    S.OVARY,
    S.OTHER_GYNAECOLOGICAL,
    S.HEAD_AND_NECK,
)
"""Words of the site that name an organ; the others name a tumour that may begin in many places."""

OF_WOMEN = (S.ENDOMETRIUM, S.CERVIX, S.UTERUS, S.OVARY, S.OTHER_GYNAECOLOGICAL)
OF_MEN = (S.PROSTATE,)

_FITTING: dict[str, tuple[PrimarySite, ...]] = {
    "met_breast": (S.BREAST,),
    "met_prostate": (S.PROSTATE, S.OTHER_UROLOGICAL),
    "met_nsclc": (S.LUNG,),
    "met_sclc": (S.LUNG,),
    "met_rcc": (S.KIDNEY, S.OTHER_UROLOGICAL),
    "met_thyroid_f": (S.THYROID, S.HEAD_AND_NECK),
    "met_thyroid_p": (S.THYROID, S.HEAD_AND_NECK),
    "met_hcc": (S.HEPATOCELLULAR, S.LIVER),
    "met_colorectal": (S.COLON, S.RECTUM),
    "met_ovary": (S.OVARY, S.OTHER_GYNAECOLOGICAL),
}
_UNKNOWN = "met_unknown"


def excludes(histology: Histology | None, name: str, site: PrimarySite) -> bool:
    """Whether the name of a histology and a stated site cannot both be true.

    Of a name in the table its entity is read. Of any other, nothing but whether it names an organ although no primary
    tumour was found ("oligometastatic breast"): what it is stays unknown.

    Examples
    --------
    >>> excludes(None, "oligometastatic breast", PrimarySite.UNIDENTIFIED)
    True
    >>> excludes(None, "oligometastatic breast", PrimarySite.LUNG)
    False
    """
    if histology is None:
        return site is S.UNIDENTIFIED and bool(_WORDS & set(re.findall(r"\w+", name.casefold())))
    if histology.key == _UNKNOWN:
        return site in ORGANS
    fitting = _FITTING.get(histology.key)
    return fitting is not None and site not in fitting and (site in ORGANS or site is S.UNIDENTIFIED)


_WORDS = {site.value for site in ORGANS if site.value.isalpha()}
