"""What a surgical plan must know of a metastasis by its primary tumour (MET); NOMS sets the choice.

The rows are data: every histology of the branch and every site of a primary tumour leads to its row, and to no other.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, unknown
from enbloc.case.fact import PrimarySite
from enbloc.case.lesion import LesionKind
from enbloc.decide.compression import is_branch
from enbloc.decide.decision import Act, Degree
from enbloc.decide.prognosis import for_adults
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.value import value

FRAMEWORK = ("laufer2013noms", "newman2023noms")
SURVEY = ("nair2013",)


@value
class Row:
    """One row of the table: the tumours it is about, the note as a statement, and one thing to do.

    ``histologies`` are keys of the table of histologies. ``dose`` is of radiosurgery, printed for adults alone.
    """

    id: str
    histologies: tuple[str, ...]
    statement: str
    do: str
    dose: str = ""
    cites: tuple[str, ...] = FRAMEWORK
    checked: Checked = Checked.FROM_MEMORY
    degree: Degree = Degree.NOTE
    favours: tuple[Act, ...] = ()
    against: tuple[Act, ...] = ()


ROWS: tuple[Row, ...] = (
    Row(
        id="MET-01",
        histologies=("met_rcc",),
        statement="Renal cell: resistant to conventional radiotherapy and hypervascular (44 % of embolised spine "
        "tumours, vascularity 2.0); radiosurgery; wash-out of a kinase inhibitor.",
        do="Ask about embolisation and the wash-out of kinase inhibitors (SYS) before an operation.",
        dose="24 Gy in 1 to 30 Gy in 3",
        cites=SURVEY,
        checked=Checked.READ,
    ),
    Row(
        id="MET-02",
        histologies=("met_thyroid_f", "met_thyroid_p"),
        statement="Thyroid, follicular or papillary: hypervascular, to be embolised; radioiodine for an avid tumour, "
        "which iodinated contrast delays by weeks (from memory); en bloc resection in selected patients.",
        do="Embolise before an operation; ask the thyroid team about radioiodine before any iodinated contrast.",
        cites=SURVEY,
        checked=Checked.READ,
    ),
    Row(
        id="MET-03",
        histologies=("met_hcc",),
        statement="Hepatocellular: hypervascular and resistant; coagulopathy; what chemoembolisation brings with it.",
        do="Check coagulation and ask about embolisation before an operation.",
    ),
    Row(
        id="MET-04",
        histologies=("met_melanoma",),
        statement="Melanoma: resistant, may bleed; immunotherapy or BRAF inhibition; radiosurgery.",
        do="Be ready for bleeding; ask for the BRAF state and about immunotherapy.",
    ),
    Row(
        id="MET-05",
        histologies=("met_nsclc",),
        statement="Non-small-cell lung: resistant; molecular panel (EGFR, ALK, ROS1) first; a deficit goes to surgery.",
        do="Ask for the molecular panel; do not wait for it in a deficit.",
    ),
    Row(
        id="MET-06",
        histologies=("met_sclc",),
        statement="Small-cell lung: sensitive; chemotherapy and radiotherapy.",
        do="Offer chemotherapy and radiotherapy.",
        favours=(Act.RADIOTHERAPY, Act.SYSTEMIC),
    ),
    Row(
        id="MET-07",
        histologies=("met_breast",),
        statement="Breast: moderately sensitive; the receptors are tested again.",
        do="Have the receptors of the metastasis tested again.",
    ),
    Row(
        id="MET-08",
        histologies=("met_prostate",),
        statement="Prostate: moderately sensitive, blastic; in hormone-naive compression androgen deprivation starts "
        "at once, with a GnRH antagonist or orchidectomy and not with an agonist alone, which flares.",
        do="If hormone-naive with compression, start androgen deprivation at once: GnRH antagonist or orchidectomy, "
        "never an agonist alone.",
        degree=Degree.CAUTION,
    ),
    Row(
        id="MET-09",
        histologies=("met_colorectal",),
        statement="Colorectal and other gastrointestinal: resistant; wash-out of bevacizumab.",
        do="Ask for the last dose of bevacizumab (SYS-01) before an operation.",
    ),
    Row(
        id="MET-10",
        histologies=("met_sarcoma",),
        statement="Sarcoma: resistant; en bloc resection only where metastases are few.",
        do="Discuss en bloc resection only if metastases are few.",
    ),
    Row(
        id="MET-11",
        histologies=("myeloma", "lymphoma", "met_germ"),
        statement="Myeloma, lymphoma and germ cell tumour: sensitive; no surgery first.",
        do="No surgery first: ask the haematologist or oncologist, and the radiation oncologist.",
        favours=(Act.RADIOTHERAPY, Act.SYSTEMIC),
        against=(Act.SEPARATION,),
    ),
    Row(
        id="MET-12",
        histologies=("met_unknown",),
        statement="Unknown primary: biopsy before or at decompression, and staging; an emergency is not delayed.",
        do="Take tissue before or at decompression, and stage; do not delay an emergency.",
        favours=(Act.BIOPSY,),
    ),
    Row(
        id="MET-13",
        histologies=("met_urothelial",),
        statement="Urothelial, oesophagogastric, pancreatic and cervical: resistant class; radiosurgery when the "
        "prognosis allows it.",
        do="Offer radiosurgery if the prognosis allows it.",
    ),
    Row(
        id="MET-14",
        histologies=("met_hnscc",),
        statement="Head and neck, squamous: the resistant row of NOMS (an intermediate class); airway plan with the "
        "ENT surgeon before prone surgery.",
        do="Make an airway plan with the ENT surgeon before prone surgery.",
        degree=Degree.CAUTION,
    ),
    Row(
        id="MET-15",
        histologies=("met_ovary",),
        statement="Ovary and endometrium: moderately sensitive (ovary); timing of platinum and PARP inhibitor.",
        do="Time an operation by the last platinum or PARP inhibitor (SYS-06).",
    ),
    Row(
        id="MET-16",
        histologies=("met_net",),
        statement="Neuroendocrine, paraganglioma and phaeochromocytoma: moderately sensitive, may be hypervascular; "
        "before biopsy, embolisation or surgery release of hormones is excluded: plasma metanephrines with "
        "alpha-blockade for paraganglioma, octreotide cover for carcinoid.",
        do="Exclude release of hormones before any needle, embolisation or operation.",
        degree=Degree.CAUTION,
    ),
    Row(
        id="MET-17",
        histologies=("myeloid_sarcoma",),
        statement="Leukaemia and myeloid sarcoma: sensitive; haematology, systemic therapy first; platelets before any "
        "needle.",
        do="Ask the haematologist for systemic therapy first; check platelets before any needle.",
        degree=Degree.CAUTION,
        favours=(Act.SYSTEMIC,),
        against=(Act.SEPARATION,),
    ),
    Row(
        id="MET-18",
        histologies=("met_other",),
        statement="Any other solid primary: the resistant row until the board says otherwise; biopsy if it is the "
        "first metastasis.",
        do="Count it in the resistant row; take tissue if it is the first metastasis (BX-09).",
    ),
)

ELSEWHERE = {
    "imm": "within the cord: INTRA-15",
    "lepto_met": "within the dura: INTRA-16",
    "plasmacytoma": "under the primary tumours: PRIM-24",
    "met_neuroblastoma": "a child's tumour, and chemosensitive: PRIM-39",
}
"""Entities of the branch without a row here, and where they are judged."""

S = PrimarySite
SITES: dict[PrimarySite, tuple[str, ...]] = {
    S.KIDNEY: ("MET-01",),
    S.THYROID: ("MET-02", "MET-18"),  # medullary and anaplastic tumours take up no iodine
    S.HEPATOCELLULAR: ("MET-03",),
    S.LIVER: ("MET-03", "MET-18"),
    S.MELANOMA: ("MET-04",),
    S.LUNG: ("MET-05", "MET-06"),
    S.BREAST: ("MET-07",),
    S.PROSTATE: ("MET-08",),
    S.COLON: ("MET-09",),
    S.RECTUM: ("MET-09",),
    S.GALLBLADDER: ("MET-18",),
    S.SARCOMA: ("MET-10",),
    S.OSTEOSARCOMA: ("MET-10",),
    S.MYELOMA: ("MET-11",),
    S.LYMPHOMA: ("MET-11",),
    S.OTHER_UROLOGICAL: ("MET-11", "MET-18"),  # a testicular tumour may be one of germ cells
    S.UNIDENTIFIED: ("MET-12",),
    S.BLADDER: ("MET-13",),
    S.UROTHELIAL: ("MET-13",),
    S.STOMACH: ("MET-13",),
    S.OESOPHAGUS: ("MET-13",),
    S.PANCREAS: ("MET-13", "MET-16"),  # exocrine or neuroendocrine
    S.CERVIX: ("MET-13",),
    S.HEAD_AND_NECK: ("MET-14", "MET-18"),  # squamous or not
    S.OVARY: ("MET-11", "MET-15"),  # of germ cells or not
    S.ENDOMETRIUM: ("MET-15",),
    S.UTERUS: ("MET-15", "MET-18"),
    S.OTHER_GYNAECOLOGICAL: ("MET-18",),
    S.CARCINOID: ("MET-16",),
    S.LEUKAEMIA: ("MET-17",),
    S.MESOTHELIOMA: ("MET-18",),
    S.OTHER: ("MET-18",),
}
"""The rows that a tumour may stand in whose name is not in the table of histologies, by the site of its primary."""

_BY_HISTOLOGY = {key: row.id for row in ROWS for key in row.histologies}
OTHER = "met_other"
UNLISTED = ("MET-18",)
_EVERY = tuple(row.id for row in ROWS)


def rows_of(about: Situation) -> tuple[str, ...]:
    """The rows that a lesion may stand in: one by its histology, otherwise by the site of its primary tumour.

    A name that is not in the table, of a tumour whose site nobody states, is a primary that is not listed; without a
    name and a site it may be any.
    """
    if is_branch(about) is not True:
        return ()
    listed = about.histology
    if listed is not None and listed.key != OTHER:
        row = _BY_HISTOLOGY.get(listed.key)
        return () if row is None else (row,)
    site = about.known(vocabulary.PRIMARY_SITE)
    if site is not None:
        return SITES[site]
    named = about.known(vocabulary.HISTOLOGY)
    if about.kind is LesionKind.HAEMATOLOGICAL:
        return ("MET-11", "MET-17")
    return UNLISTED if named else _EVERY


def _is_in(row: Row, about: Situation) -> Answer:
    may_be = rows_of(about)
    if row.id not in may_be:
        return False
    return True if len(may_be) == 1 else unknown(vocabulary.HISTOLOGY.ask)


def _rule(row: Row) -> Rule:
    def judge(about: Situation) -> Verdict:
        dose = f" Radiosurgery: {for_adults(about, row.dose)}." if row.dose else ""
        return when(_is_in(row, about), do=f"{row.do}{dose}", because=f"{_named(about)}.")

    judge.__doc__ = row.statement
    declare = rule(
        row.id,
        cites=row.cites,
        checked=row.checked,
        strength="Note for the surgical plan",
        degree=row.degree,
        favours=row.favours,
        against=row.against,
    )
    return declare(judge)


@once
def _named(about: Situation) -> str:
    site = about.known(vocabulary.PRIMARY_SITE)
    return f"{about.tumour_words}, primary tumour: {site.value}" if site is not None else about.tumour_words


CASE_RULES: tuple[Rule, ...] = tuple(_rule(row) for row in ROWS)
