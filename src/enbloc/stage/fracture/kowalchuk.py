"""Compression fracture after stereotactic body radiotherapy of the spine; not the survival score of that group."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import EPIDURAL, SINS_TOTAL, at_level
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD
from enbloc.value import value

LOW = "0 to 1: low risk"
INTERMEDIATE = "2: intermediate risk"
HIGH = "3 to 4: high risk"


_IS_LUMBAR = {level: level.value.startswith("L") for level in Level if not level.is_transitional}


@value
class VcfKowalchuk:
    """Four items of one point each; a volume of exactly 10 cc and a SINS of exactly 6 give none.

    Examples
    --------
    >>> form = VcfKowalchuk(epidural=True, lumbar=True, gross_tumour_volume_cc=9, sins=6)
    >>> form.outcome.total, form.outcome.category
    (2, '2: intermediate risk')
    """

    epidural: Annotated[bool, Ask(words="epidural extension of the tumour", answered_by=EPIDURAL)]
    lumbar: Annotated[bool, Ask(words="lumbar vertebra", answered_by=at_level(_IS_LUMBAR))]
    gross_tumour_volume_cc: Annotated[
        float,
        Number(
            words="gross tumour volume",
            unit="cc",
            low=0,
            high=5000,
            step=0.01,
            cuts=(10.01,),
            answered_by=vocabulary.VOLUME,
        ),
    ]
    sins: Annotated[int, Number(words="SINS", unit="", low=0, high=18, cuts=(7,), answered_by=SINS_TOTAL)]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and risk."""
        points = (
            ("epidural", 1 if self.epidural else 0),
            ("lumbar", 1 if self.lumbar else 0),
            ("gross_tumour_volume_cc", 1 if self.gross_tumour_volume_cc > 10 else 0),
            ("sins", 1 if self.sins > 6 else 0),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """The risk of a total."""
    if total <= 1:
        return LOW
    return INTERMEDIATE if total <= 2 else HIGH


_COHORT = "464 treatments of 331 patients"

VCF_KOWALCHUK = Instrument(
    id="vcf_kowalchuk_2022",
    name="Vertebral compression fracture after spine radiotherapy (Kowalchuk)",
    version="2022, specification of 2026-11-20",
    form=VcfKowalchuk,
    population="spinal metastasis, before stereotactic body radiotherapy; earlier surgery, cement and protons excluded",
    tumours=SPREAD,
    better=Better.LOWER,
    categories=(
        Category(word=LOW, published=f"92 % free of fracture at two years, crude rate 6.7 %, {_COHORT}"),
        Category(word=INTERMEDIATE, published=f"80 % free of fracture at two years, crude rate 17 %, {_COHORT}"),
        Category(word=HIGH, published=f"56 % free of fracture at two years, crude rate 35 %, {_COHORT}"),
    ),
    lowest=0,
    highest=4,
    band=band,
    validations=("concordance 0.76 at the same institution; median follow-up 21 months, 18 % fractures",),
    warnings=("freedom from fracture is counted without death as a competing event",),
    checked=Checked.READ,
    cites=(cite("kowalchuk2022vcf"),),
)
