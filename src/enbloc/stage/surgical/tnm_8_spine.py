"""TNM of a primary bone sarcoma of the spine, 8th edition: T by segments of the vertebra, N, M and grade; no stages.

Its T1 to T4 share letters, and no meaning, with the T1 and T2 of Enneking.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import Tumour
from enbloc.value import value


class Spread(Enum):
    """Distant metastases."""

    NONE = "M0"
    LUNG = "M1a: lung only"
    OTHER = "M1b: other"


class Grade(Enum):
    """The grade of pathology."""

    G1 = "G1: low"
    G2 = "G2: high"
    G3 = "G3: high"


class Extent(Enum):
    """The local extent, least first."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4A = "T4a"
    T4B = "T4b"


RING = ("right_pedicle", "right_body", "left_body", "left_pedicle", "posterior")
"""The five segments of a vertebra, each beside the next and the last beside the first: our reading of the table."""

DIFFERS = (
    "wording_differs: the UICC counts four adjacent segments as T3, the AJCC (from memory) four or more or any that are"
    " not adjacent"
)
BOTH = "canal (T4a) and great vessels (T4b) are both involved"


@value
class Tnm8Spine:
    """The segments, the canal, the great vessels, nodes, metastases and grade.

    Examples
    --------
    >>> none = dict.fromkeys(RING, False)
    >>> form = Tnm8Spine(
    ...     **(none | {"left_body": True, "left_pedicle": True}), vertebrae=1, canal=False, great_vessels=False,
    ...     nodes=False, metastases=Spread.NONE, grade=Grade.G2, surface=False,
    ... )
    >>> form.outcome.category
    'T1'
    """

    right_pedicle: Annotated[bool, Ask(words="right pedicle involved")]
    right_body: Annotated[bool, Ask(words="right half of the body involved")]
    left_body: Annotated[bool, Ask(words="left half of the body involved")]
    left_pedicle: Annotated[bool, Ask(words="left pedicle involved")]
    posterior: Annotated[bool, Ask(words="posterior element involved")]
    vertebrae: Annotated[int, Number(words="vertebrae involved", unit="", low=1, high=24, cuts=(2,))]
    canal: Annotated[bool, Ask(words="tumour in the spinal canal")]
    great_vessels: Annotated[bool, Ask(words="tumour in the great vessels, or tumour thrombus in them")]
    nodes: Annotated[bool, Ask(words="metastasis in regional lymph nodes")]
    metastases: Annotated[Spread, Ask(words="distant metastases")]
    grade: Annotated[Grade, Ask(words="grade by pathology")]
    surface: Annotated[bool, Ask(words="surface or juxtacortical osteosarcoma, or juxtacortical chondrosarcoma")]

    def __post_init__(self) -> None:
        """Raise RecordError for a tumour that the table is not for, or one in no segment."""
        if self.surface:
            raise RecordError(
                "The T of the spine is not for surface or juxtacortical tumours.", remedy="Stage it by its own table."
            )
        if not any(self._ring):
            raise RecordError("A tumour of bone lies in one segment at least.", remedy=f"Check {', '.join(RING)}.")

    @property
    def _ring(self) -> tuple[bool, ...]:
        return tuple(getattr(self, name) for name in RING)

    @property
    def are_adjacent(self) -> bool:
        """Whether the segments involved follow each other without a gap."""
        gaps = sum(here and not after for here, after in zip(self._ring, (*self._ring[1:], self._ring[0]), strict=True))
        return gaps <= 1

    @property
    def differs(self) -> bool:
        """Whether the two wordings of the table disagree on the segments."""
        return self.vertebrae > 1 or all(self._ring) or not self.are_adjacent

    @property
    def extent(self) -> Extent:
        """T: canal and great vessels come before the segments."""
        if self.great_vessels:
            return Extent.T4B
        if self.canal:
            return Extent.T4A
        if self.differs or sum(self._ring) > 3:
            return Extent.T3
        return Extent.T2 if sum(self._ring) == 3 else Extent.T1

    @property
    def outcome(self) -> Outcome:
        """T in words, with N, M and G beside it."""
        said = {
            DIFFERS: self.differs and self.extent is Extent.T3,
            BOTH: self.canal and self.great_vessels,
        }
        return Outcome(
            category=self.extent.value,
            flags=tuple(flag for flag, holds in said.items() if holds),
            readings=(
                ("N", "N1" if self.nodes else "N0"),
                ("M", self.metastases.value),
                ("G", self.grade.value),
            ),
        )


TNM_8_SPINE = Instrument(
    id="tnm_8_spine",
    name="TNM of the spine",
    version="8th edition (UICC and AJCC 2017), specification of 2026-11-20",
    form=Tnm8Spine,
    population="primary bone sarcoma of the spine; not lymphoma, not myeloma, no surface or juxtacortical tumour",
    better=Better.LOWER,
    categories=(
        Category(word=Extent.T1.value, published="one segment, or two adjacent"),
        Category(word=Extent.T2.value, published="three adjacent segments"),
        Category(word=Extent.T3.value, published="four adjacent segments (UICC)"),
        Category(word=Extent.T4A.value, published="into the spinal canal"),
        Category(word=Extent.T4B.value, published="into great vessels, or tumour thrombus in them"),
    ),
    tumours=(Tumour.PRIMARY,),
    warnings=(
        "no stage groups are defined for the spine (from memory): T, N, M and G stand alone",
        "T1 and T2 of Enneking share these letters, and no meaning",
        "which segments lie beside each other is our reading: pedicle, body, body, pedicle and posterior element in a"
        " ring",
    ),
    checked=Checked.READ,
    cites=(cite("tnm8_spine"),),
)
