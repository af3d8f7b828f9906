"""Names that circulate without a formula, and nomograms of primary tumours of which only figures were had."""

from __future__ import annotations

from enbloc.evidence import Checked, cite
from enbloc.stage.external.obtained import CATEGORIES, SOURCE, AtHorizons, Points, Words
from enbloc.stage.instrument import Better, Instrument
from enbloc.stage.population import SPREAD, Cohort, Tumour

VERSION = "record only, specification of 2026-11-20"

SMII = Instrument(
    id="smii",
    name="Spinal Metastasis Invasiveness Index",
    version=VERSION,
    form=Points,
    population="spinal metastasis",
    better=Better.NEITHER,
    categories=CATEGORIES,
    needs=(*SOURCE, "points"),
    tumours=SPREAD,
    warnings=("not to be written down: no source was found",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("smii_not_found"),),
)

GSTSG = Instrument(
    id="gstsg",
    name="Global Spine Tumour Study Group",
    version=VERSION,
    form=Words,
    population="spinal tumours, by consensus and registry",
    better=Better.NEITHER,
    categories=CATEGORIES,
    needs=(*SOURCE, "result"),
    warnings=("no score: a consensus and a registry, so that there is nothing to compute",),
    checked=Checked.READ,
    cites=(cite("gstsg2010"),),
)

_SERIES = "827 patients without metastases, spine and pelvis, SEER"
_NO_FORMULA = "not to be written down: no formula was obtained, only figures"


def _nomogram(tumour: str, figures: str) -> Instrument:
    return Instrument(
        id=f"{tumour}_nomogram",
        name=f"Nomogram of {tumour} (SEER)",
        version=VERSION,
        form=AtHorizons,
        population=f"{tumour} of spine or pelvis",
        better=Better.HIGHER,
        categories=CATEGORIES,
        needs=(*SOURCE, "months_1", "alive_1"),
        tumours=(Tumour.PRIMARY,),
        cohort=Cohort(published=2013, patients=827),
        is_survival=True,
        validations=(f"{figures} ({_SERIES})",),
        warnings=(_NO_FORMULA,),
        checked=Checked.READ,
        cites=(cite("mukherjee2013seer"),),
    )


CHORDOMA = _nomogram("chordoma", "median survival 96 months; hazard ratio of resection 0.62")
CHONDROSARCOMA = _nomogram("chondrosarcoma", "median survival 88 months; hazard ratio of resection 0.49")
