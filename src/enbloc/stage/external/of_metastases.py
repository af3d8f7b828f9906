"""Models of survival with spinal metastases that must not be written down again: no points, no equation, no network."""

from __future__ import annotations

from enbloc.evidence import Checked, cite
from enbloc.stage.external.obtained import (
    CATEGORIES,
    SOURCE,
    At1And3And12Months,
    At90DaysAnd1Year,
    AtHorizons,
    Points,
)
from enbloc.stage.instrument import Better, Instrument
from enbloc.stage.population import SPREAD, Cohort

VERSION = "record only, specification of 2026-11-20"
_AT_A_HORIZON = (*SOURCE, "months_1", "alive_1")

SORG_NOMOGRAM = Instrument(
    id="sorg_nomogram_2016",
    name="SORG classic and nomogram",
    version=VERSION,
    form=At1And3And12Months,
    population="spinal metastasis before an operation",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=SOURCE,
    tumours=SPREAD,
    cohort=Cohort(published=2016, patients=649),
    is_survival=True,
    validations=(
        "100 other patients: area under the curve 0.65, 0.74 and 0.78 at 1, 3 and 12 months",
        "one report equates a mean of 222.4 points with 99, 78 and 50 % alive at 1, 3 and 12 months"
        " (doi 10.15417/issn.1852-7434.2021.86.1.1150)",
        "a systematic review ranks it first",
    ),
    warnings=(
        "not to be written down again: its scale of points and baseline survival were not obtained, and hazard ratios"
        " alone give no probability",
        "factors of the model: age (hazard ratio 1.01 a year), poor performance 1.54, type of primary 1.68, more than"
        " one spinal metastasis 1.32, lung or liver metastasis 1.35, brain metastasis 1.90, earlier systemic therapy,"
        " higher white cell count, lower haemoglobin",
    ),
    checked=Checked.READ,
    cites=(cite("pereira2016sorg"), cite("sorg_nomogram_external")),
)

SORG_MLA = Instrument(
    id="sorg_mla_2019",
    name="SORG machine learning",
    version=VERSION,
    form=At90DaysAnd1Year,
    population="spinal metastasis before an operation",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=SOURCE,
    tumours=SPREAD,
    cohort=Cohort(published=2019),
    is_survival=True,
    validations=(
        "200 other patients: c 0.81 at 90 days, 0.84 at a year",
        "427 patients in Taiwan: c 0.73 and 0.74",
        "patients without an operation after radiotherapy, complete cases: c 0.76 and 0.78",
    ),
    warnings=(
        "not to be written down again: boosted trees that are served as a web page, without a published equation",
        "inputs (from memory): primary, ECOG, ASIA or walking, body mass index, comorbidity, visceral and brain"
        " metastases, 3 or more levels, earlier systemic therapy, albumin, haemoglobin, white cells, platelets,"
        " neutrophil-lymphocyte ratio, alkaline phosphatase, creatinine, INR",
    ),
    checked=Checked.READ,
    cites=(cite("karhade2019sorg"),),
)

PATHFX = Instrument(
    id="pathfx_3",
    name="PATHFx 3.0",
    version=VERSION,
    form=AtHorizons,
    population="skeletal metastasis before an operation",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=_AT_A_HORIZON,
    tumours=SPREAD,
    cohort=Cohort(published=2020, patients=397),
    is_survival=True,
    validations=("first version in Italy: area under the curve 0.80 at 3 and 0.77 at 12 months",),
    warnings=(
        "not to be written down again: six Bayesian networks for 1 to 24 months whose tables are not public",
        "inputs (from memory): age, sex, group of diagnosis, ECOG, the surgeon's estimate, haemoglobin, absolute"
        " lymphocytes, number of bone metastases, visceral and nodal metastases, completed fracture",
    ),
    checked=Checked.READ,
    cites=(cite("pathfx3"),),
)

BARTELS = Instrument(
    id="bartels",
    name="Bartels model",
    version=VERSION,
    form=AtHorizons,
    population="spinal epidural metastasis",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=_AT_A_HORIZON,
    tumours=SPREAD,
    cohort=Cohort(published=2007),
    is_survival=True,
    warnings=(
        "not to be written down again: a Cox model (2007, 2011) whose coefficients were not obtained",
        "inputs (from memory): sex, site of the primary, curative treatment of the primary, cervical level, Karnofsky"
        " status",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("bartels_model"),),
)

LSMS = Instrument(
    id="lsms_2023",
    name="Limburg Spinal Metastasis Score",
    version=VERSION,
    form=Points,
    population="spinal metastasis",
    better=Better.NEITHER,
    categories=CATEGORIES,
    needs=(*SOURCE, "points"),
    tumours=SPREAD,
    cohort=Cohort(published=2023, patients=144),
    is_survival=True,
    validations=("c 0.75 corrected, against 0.69 of the Oswestry index in the same 144",),
    warnings=(
        "not to be written down again: its points were not obtained",
        "inputs: type of primary, Karnofsky status, visceral metastases, multiple spinal metastases",
    ),
    checked=Checked.READ,
    cites=(cite("lsms2023"),),
)
