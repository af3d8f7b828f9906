"""What rules about biopsy, the board and the pathologist ask; a grade that somebody reported stands beside ours."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, Unit, number, word, yes_no


class EnnekingReported(Enum):
    """A stage of Enneking that a reader reported; shown beside the one of the form."""

    S1 = "S1 latent"
    S2 = "S2 active"
    S3 = "S3 aggressive"
    IA = "IA"
    IB = "IB"
    IIA = "IIA"
    IIB = "IIB"
    IIIA = "IIIA"
    IIIB = "IIIB"


class BiopsyRoute(Enum):
    """The way of a biopsy needle into the lesion."""

    POSTERIOR = "posterior"
    TRANSPEDICULAR = "transpedicular"
    TRANSFORAMINAL = "transforaminal"
    TRANSPLEURAL = "transpleural"
    TRANSRECTAL = "transrectal"
    TRANSVAGINAL = "transvaginal"
    OTHER = "other"


class MarginWord(Enum):
    """The margin of a resection in the words of Enneking, worst first."""

    INTRALESIONAL = "intralesional"
    MARGINAL = "marginal"
    WIDE = "wide"
    RADICAL = "radical"


ENNEKING_REPORTED = word(
    "enneking.reported",
    "Enneking stage as reported",
    EnnekingReported,
    Subject.LESION,
    "Enneking stage: grade, extent, metastasis, and for a benign tumour its behaviour",
)

# --- biopsy -----------------------------------------------------------------------------------------------------------
DO_NOT_TOUCH = yes_no(
    "board.do_not_touch",
    "image that the board agreed not to biopsy",
    Subject.LESION,
    "is the image typical, so that the board agrees not to touch it?",
)
BIOPSY_NON_DIAGNOSTIC = yes_no(
    "biopsy.non_diagnostic",
    "biopsy taken and not diagnostic",
    Subject.LESION,
    "did an earlier biopsy of the lesion fail to give a diagnosis?",
)
BIOPSY_DISAGREES = yes_no(
    "biopsy.disagrees_with_imaging",
    "biopsy and imaging disagree",
    Subject.LESION,
    "do biopsy and imaging agree on the diagnosis?",
)
LARGER_NEEDLE = yes_no(
    "plan.biopsy_larger_needle",
    "a larger biopsy needle is wanted",
    Subject.LESION,
    "is a needle larger than usual wanted for the biopsy?",
)
BIOPSY_ROUTE = word(
    "plan.biopsy_route", "route of the biopsy", BiopsyRoute, Subject.LESION, "route of the biopsy into the lesion"
)
TRACT_IN_RESECTION = yes_no(
    "plan.biopsy_tract_resected",
    "biopsy tract within the field of the later resection",
    Subject.LESION,
    "does the biopsy tract lie in tissue that the resection takes out?",
)
KNOWN_CANCER = yes_no("oncology.known_cancer", "known cancer", Subject.PATIENT, "known cancer, now or earlier?")
FIRST_METASTASIS = yes_no(
    "oncology.first_metastasis",
    "first presentation of a metastasis",
    Subject.PATIENT,
    "would this be the first metastasis of the known cancer?",
)
TISSUE_OF_METASTASIS = yes_no(
    "oncology.tissue_of_metastasis",
    "tissue from any metastatic site exists",
    Subject.PATIENT,
    "has tissue of any metastasis been examined?",
)
TISSUE_WOULD_CHANGE = yes_no(
    "oncology.tissue_would_change_treatment",
    "a receptor or molecular result would change treatment",
    Subject.PATIENT,
    "would a receptor or molecular result change the treatment?",
)
TYPICAL_METASTASES = yes_no(
    "oncology.typical_metastases",
    "multifocal lesions with the typical image of metastases",
    Subject.PATIENT,
    "are the lesions multifocal and typical of metastases?",
)
INTRALESIONAL_BEFORE = yes_no(
    "treatment.entered_before",
    "earlier operation or procedure that entered the tumour without a plan",
    Subject.LESION,
    "was the tumour entered by an earlier operation or procedure?",
)

# --- board ------------------------------------------------------------------------------------------------------------
BOARD_REASON = yes_no(
    "board.reason_to_enter",
    "reason of the board to enter a tumour that wants en bloc, recorded",
    Subject.LESION,
    "has the board recorded its reason to enter the tumour?",
)
BOARD_QUORUM_RADIOTHERAPY = yes_no(
    "board.emergency_radiotherapy",
    "emergency radiotherapy without tissue, agreed by the quorum of the board",
    Subject.LESION,
    "has the quorum of the board agreed to emergency radiotherapy because tissue cannot be had in time?",
)
OUT_OF_HOURS = yes_no(
    "board.out_of_hours",
    "emergency that presents out of hours",
    Subject.PATIENT,
    "is no regular board meeting within reach (out of hours)?",
)
ANDROGEN_DEPRIVATION = yes_no(
    "plan.androgen_deprivation",
    "systemic plan is androgen deprivation alone",
    Subject.LESION,
    "is the planned drug androgen deprivation alone?",
)
PSA = number(
    "lab.psa",
    "prostate-specific antigen in serum",
    Subject.PATIENT,
    Unit.UG_PER_LITRE,
    0,
    100000,
    "prostate-specific antigen, ng/mL (the same number as µg/L)",
)
TYPICAL_BLASTIC_EPIDURAL = yes_no(
    "oncology.typical_blastic_epidural",
    "typical blastic metastases with epidural disease",
    Subject.PATIENT,
    "typical blastic metastases with epidural disease?",
)

# --- pathology --------------------------------------------------------------------------------------------------------
PLANNED_MARGIN = word(
    "plan.margin", "margin as planned", MarginWord, Subject.LESION, "margin that the resection planned, in words"
)
FINAL_MARGIN = word(
    "pathology.margin",
    "margin by pathology, the worst place",
    MarginWord,
    Subject.LESION,
    "worst margin on the specimen by pathology, in words",
)
MARGIN_POSITIVE_OR_CLOSE = yes_no(
    "pathology.margin_positive_or_close",
    "margin positive or close by pathology",
    Subject.LESION,
    "is the margin of the specimen positive or close?",
)
