"""Rows of the rules about primary tumours by their name."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.patient import Sex
from enbloc.case.table import TomitaSite
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, UNSTABLE

M, C = METASTASIS, CHORDOMA
R = f.EnnekingReported
W = f.MarginWord
EN_BLOC, ENTER = {"act": Act.EN_BLOC}, {"act": Act.INTRALESIONAL}
DRUG, RADIATION, WATCH = {"act": Act.SYSTEMIC}, {"act": Act.RADIOTHERAPY}, {"act": Act.OBSERVATION}
BIOPSY, HEAT, EMBOLISE = {"act": Act.BIOPSY}, {"act": Act.ABLATION}, {"act": Act.EMBOLISATION}
FIX, CEMENT = {"act": Act.STABILISATION}, {"act": Act.CEMENT}
PAIN, NO_PAIN = {f.PAIN: f.PainCharacter.NOT_MECHANICAL}, {f.PAIN: f.PainCharacter.NONE}
CLEAR = {f.MARGIN_POSITIVE_OR_CLOSE: False, f.FINAL_MARGIN: W.WIDE}
CLOSE = {f.MARGIN_POSITIVE_OR_CLOSE: True}


def of(name: str, **more: Any) -> dict[Any, Any]:
    """A proven, solitary, resectable primary tumour of this name without pain or deficit."""
    return C | NO_PAIN | {f.HISTOLOGY: name} | {getattr(f, key): value for key, value in more.items()}


_CHORDOMA: list[Row] = [
    ("PRIM-02", "close", C | CLOSE, RADIATION, YES),
    ("PRIM-02", "entered", C | {f.FINAL_MARGIN: W.INTRALESIONAL}, RADIATION, YES),
    ("PRIM-02", "clear", C | CLEAR, RADIATION, NO),
    ("PRIM-02", "unknown", C, RADIATION, OPEN),
    ("PRIM-02", "radiosurgery", C | CLOSE, {"act": Act.RADIOSURGERY}, YES),
    ("PRIM-02", "a rare subtype", of("chordoma_dediff") | CLOSE, RADIATION, YES),
    ("PRIM-03", "declines", C | {f.DECLINED: True}, {}, YES),
    ("PRIM-04", "recurs, resectable", C | {f.RECURRENT: True, f.SPREAD: False}, EN_BLOC, YES),
    ("PRIM-04", "recurs, not resectable", C | {
        f.RECURRENT: True, f.SPREAD: False, f.RESECTABLE: False}, RADIATION, YES),
    ("PRIM-04", "recurs, resectable, irradiated", C | {f.RECURRENT: True, f.SPREAD: False}, RADIATION, NO),
    ("PRIM-04", "spread as well", C | {f.RECURRENT: True, f.SPREAD: True}, EN_BLOC, NO),
    ("PRIM-04", "spread?", C | {f.RECURRENT: True}, EN_BLOC, OPEN),
    ("PRIM-05", "spread", C | {f.SPREAD: True}, DRUG, YES),
    ("PRIM-05", "recurs, not resectable", C | {f.RECURRENT: True, f.RESECTABLE: False}, DRUG, YES),
    ("PRIM-05", "local", C | {f.SPREAD: False, f.RECURRENT: False}, DRUG, NO),
    ("PRIM-05", "spread?", C | {f.RECURRENT: False}, DRUG, OPEN),
    ("PRIM-05", "poorly differentiated", of("chordoma_poorly", SPREAD=True), DRUG, YES),
    ("PRIM-07", "positive", of("chondrosarcoma") | CLOSE, RADIATION, YES),
    ("PRIM-07", "conventional gets no drug", of("chondrosarcoma") | CLOSE, DRUG, NO),
    ("PRIM-07", "mesenchymal", of("chondrosarcoma_mesen", WBB_LAYERS=("B",)) | CLOSE, DRUG, YES),
    ("PRIM-07", "dedifferentiated", of("chondrosarcoma_dediff") | CLOSE, DRUG, YES),
    ("PRIM-07", "clear", of("chondrosarcoma") | CLEAR, RADIATION, NO),
    ("PRIM-07", "unknown", of("chondrosarcoma"), RADIATION, OPEN),
    ("PRIM-30", "entered before", of("osteosarcoma", INTRALESIONAL_BEFORE=True), EN_BLOC, YES),
    ("PRIM-30", "never entered", of("osteosarcoma", INTRALESIONAL_BEFORE=False), EN_BLOC, NO),
    ("PRIM-30", "unknown", of("osteosarcoma"), EN_BLOC, OPEN),
    ("PRIM-30", "a benign tumour", of("abc", INTRALESIONAL_BEFORE=True), EN_BLOC, NO),
    ("PRIM-41", "biopsy and imaging disagree", C | {f.BIOPSY_DISAGREES: True}, {}, YES),
    ("PRIM-41", "do they?", C, {}, OPEN),
    ("PRIM-41", "a benign name at a malignant stage", of(
        "abc", ENNEKING_REPORTED=R.IIB, BIOPSY_DISAGREES=False), {}, YES),
    ("PRIM-41", "a malignant name at a benign stage", C | {f.ENNEKING_REPORTED: R.S2}, {}, YES),
]  # fmt: skip
_SARCOMA: list[Row] = [
    ("PRIM-08", "39 years", of("osteosarcoma", AGE=39.0), DRUG, YES),
    ("PRIM-08", "resectable", of("osteosarcoma"), EN_BLOC, YES),
    ("PRIM-08", "not resectable", of("osteosarcoma", RESECTABLE=False), RADIATION, YES),
    ("PRIM-08", "not resectable, en bloc", of("osteosarcoma", RESECTABLE=False), EN_BLOC, NO),
    ("PRIM-08", "age unknown", of("osteosarcoma"), DRUG, OPEN),
    ("PRIM-08", "chordoma", C, DRUG, NO),
    ("PRIM-09", "first", of("Ewing sarcoma"), DRUG, YES),
    ("PRIM-09", "en bloc before chemotherapy", of("Ewing sarcoma", CHEMOTHERAPY=False), EN_BLOC, NO),
    ("PRIM-09", "en bloc after it", of("Ewing sarcoma", CHEMOTHERAPY=True), EN_BLOC, YES),
    ("PRIM-09", "chemotherapy?", of("Ewing sarcoma"), EN_BLOC, OPEN),
    ("PRIM-09", "not resectable", of("Ewing sarcoma", CHEMOTHERAPY=True, RESECTABLE=False), RADIATION, YES),
    ("PRIM-27", "angiosarcoma", of("angiosarcoma"), EN_BLOC, YES),
    ("PRIM-27", "embolised", of("leiomyosarcoma"), EMBOLISE, YES),
    ("PRIM-27", "chordoma", C, EMBOLISE, NO),
    ("PRIM-27", "resectable?", of("ups", RESECTABLE=None), EN_BLOC, OPEN),
    ("PRIM-27", "solitary fibrous tumour, dura?", of("sft"), EN_BLOC, OPEN),
    ("PRIM-27", "solitary fibrous tumour in bone", of("sft", WBB_LAYERS=("C",)), EN_BLOC, YES),
    ("PRIM-36", "solitary", of("epith_haemangioendo"), EN_BLOC, YES),
    ("PRIM-36", "multifocal", of("epith_haemangioendo", SOLITARY=False), EN_BLOC, NO),
    ("PRIM-36", "multifocal, systemic", of("epith_haemangioendo", SOLITARY=False), DRUG, YES),
    ("PRIM-36", "multifocal, watched", of("epith_haemangioendo", SOLITARY=False), WATCH, YES),
    ("PRIM-36", "solitary?", of("epith_haemangioendo", SOLITARY=None), EN_BLOC, OPEN),
    ("PRIM-36", "not resectable", of("epith_haemangioendo", RESECTABLE=False), RADIATION, YES),
    ("PRIM-37", "resectable", of("mpnst"), EN_BLOC, YES),
    ("PRIM-37", "no tissue", of("mpnst", PROVEN=False), BIOPSY, YES),
    ("PRIM-37", "proven", of("mpnst"), BIOPSY, NO),
    ("PRIM-37", "grade?", of("mpnst"), DRUG, OPEN),
    ("PRIM-37", "high grade", of("mpnst", ENNEKING_REPORTED=R.IIA), DRUG, YES),
    ("PRIM-37", "low grade", of("mpnst", ENNEKING_REPORTED=R.IA), DRUG, NO),
    ("PRIM-38", "malignant", of("gct_malig"), DRUG, YES),
    ("PRIM-38", "giant cell tumour", of("gct"), DRUG, NO),
    ("PRIM-38", "resectable?", of("gct_malig", RESECTABLE=None), EN_BLOC, OPEN),
]  # fmt: skip
_STAGED: list[Row] = [
    ("PRIM-10", "S3", of("gct", ENNEKING_REPORTED=R.S3), EN_BLOC, YES),
    ("PRIM-10", "S2", of("gct", ENNEKING_REPORTED=R.S2), EN_BLOC, NO),
    ("PRIM-10", "S2, intralesional", of("gct", ENNEKING_REPORTED=R.S2), ENTER, YES),
    ("PRIM-10", "S3, intralesional", of("gct", ENNEKING_REPORTED=R.S3), ENTER, NO),
    ("PRIM-10", "stage unknown", of("gct"), EN_BLOC, OPEN),
    ("PRIM-10", "S3, not resectable", of("gct", ENNEKING_REPORTED=R.S3, RESECTABLE=False), EN_BLOC, NO),
    ("PRIM-10", "S3 of the sacrum", of("gct", ENNEKING_REPORTED=R.S3), EN_BLOC | {"level": Level.S2}, NO),
    ("PRIM-11", "not resectable, adult", of("gct", RESECTABLE=False, AGE=30.0), DRUG, YES),
    ("PRIM-11", "resectable", of("gct", AGE=30.0), DRUG, NO),
    ("PRIM-11", "child, growing", of("gct", RESECTABLE=False, AGE=12.0, SKELETALLY_MATURE=False), DRUG, NO),
    ("PRIM-11", "adolescent, mature", of("gct", RESECTABLE=False, AGE=16.0, SKELETALLY_MATURE=True), DRUG, YES),
    ("PRIM-11", "age unknown", of("gct", RESECTABLE=False), DRUG, OPEN),
    ("PRIM-12", "on the drug", of("gct", DENOSUMAB_RUNNING=True), ENTER, YES),
    ("PRIM-12", "never", of("gct", DENOSUMAB_RUNNING=False), ENTER, NO),
    ("PRIM-12", "unknown", of("gct"), EN_BLOC, OPEN),
    ("PRIM-12", "no surgery", of("gct", DENOSUMAB_RUNNING=True), DRUG, NO),
    ("PRIM-13", "sacrum", of("gct"), EMBOLISE | {"level": Level.S2}, YES),
    ("PRIM-13", "mobile spine", of("gct"), EMBOLISE, NO),
    ("PRIM-13", "roots spared", of("gct", UPPER_SACRAL_ROOTS_SPARED=True), EN_BLOC | {"level": Level.S3}, YES),
    ("PRIM-13", "roots cut", of("gct", UPPER_SACRAL_ROOTS_SPARED=False), EN_BLOC | {"level": Level.S3}, NO),
    ("PRIM-13", "roots?", of("gct"), EN_BLOC | {"level": Level.S3}, OPEN),
    ("PRIM-17", "S3", of("osteoblastoma", ENNEKING_REPORTED=R.S3), EN_BLOC, YES),
    ("PRIM-17", "S2", of("osteoblastoma", ENNEKING_REPORTED=R.S2), EN_BLOC, NO),
    ("PRIM-17", "stage unknown", of("osteoblastoma"), EN_BLOC, OPEN),
    ("PRIM-18", "S2", of("osteoblastoma", ENNEKING_REPORTED=R.S2), ENTER, YES),
    ("PRIM-18", "S3", of("osteoblastoma", ENNEKING_REPORTED=R.S3), ENTER, NO),
    ("PRIM-18", "stage unknown", of("osteoblastoma"), ENTER, OPEN),
    ("PRIM-18", "30 mm", of("osteoblastoma", ENNEKING_REPORTED=R.S2, DIAMETER=30.0), EMBOLISE, NO),
    ("PRIM-18", "29 mm", of("osteoblastoma", ENNEKING_REPORTED=R.S2, DIAMETER=29.0), EMBOLISE, NO),
    ("PRIM-18", "31 mm", of("osteoblastoma", ENNEKING_REPORTED=R.S2, DIAMETER=31.0), EMBOLISE, YES),
    ("DISAGREE-6", "S3", of("gct", ENNEKING_REPORTED=R.S3), {}, YES),
    ("DISAGREE-6", "S2", of("gct", ENNEKING_REPORTED=R.S2), {}, NO),
    ("DISAGREE-6", "stage unknown", of("osteoblastoma"), {}, OPEN),
    ("DISAGREE-6", "another tumour", of("abc", ENNEKING_REPORTED=R.S3), {}, NO),
]  # fmt: skip
NEAR = {"CORTEX_INTACT": True, "NIDUS_TO_NERVE": 4.9}
AT = {"CORTEX_INTACT": True, "NIDUS_TO_NERVE": 5.0}
FAR = {"CORTEX_INTACT": True, "NIDUS_TO_NERVE": 5.1}
_BENIGN: list[Row] = [
    ("PRIM-14", "excised", of("abc"), ENTER, YES),
    ("PRIM-14", "embolised", of("abc"), EMBOLISE, YES),
    ("PRIM-14", "another tumour", of("gct"), ENTER, NO),
    ("PRIM-15", "deficit", of("abc", DEFICIT=True), ENTER, YES),
    ("PRIM-15", "unstable fracture", of("abc", PATHOLOGICAL_FRACTURE=True) | UNSTABLE, FIX, YES),
    ("PRIM-15", "stable fracture", of("abc", PATHOLOGICAL_FRACTURE=True), FIX, NO),
    ("PRIM-15", "fracture?", of("abc") | UNSTABLE, FIX, OPEN),
    ("PRIM-16", "far", of("osteoid_osteoma", **FAR), HEAT, YES),
    ("PRIM-16", "at the limit", of("osteoid_osteoma", **AT), ENTER, NO),
    ("PRIM-16", "near, excised", of("osteoid_osteoma", **NEAR), ENTER, YES),
    ("PRIM-16", "near, heated with protection", of("osteoid_osteoma", **NEAR), HEAT, YES),
    ("PRIM-16", "cortex gone", of("osteoid_osteoma", CORTEX_INTACT=False, NIDUS_TO_NERVE=9.0), ENTER, YES),
    ("PRIM-16", "distance unknown", of("osteoid_osteoma", CORTEX_INTACT=True), ENTER, OPEN),
    ("PRIM-25", "growing", of("osteochondroma", GROWING=True, AGE=15.0, SKELETALLY_MATURE=False), EN_BLOC, YES),
    ("PRIM-25", "quiet", of("osteochondroma", GROWING=False, AGE=40.0, CARTILAGE_CAP=20.0), WATCH, YES),
    ("PRIM-25", "thin cap", of("osteochondroma", GROWING=False, AGE=40.0, CARTILAGE_CAP=19.9), BIOPSY, NO),
    ("PRIM-25", "cap of 20 mm", of("osteochondroma", GROWING=False, AGE=40.0, CARTILAGE_CAP=20.0), BIOPSY, NO),
    ("PRIM-25", "thicker cap", of("osteochondroma", GROWING=False, AGE=40.0, CARTILAGE_CAP=20.1), BIOPSY, YES),
    ("PRIM-25", "cap unknown", of("osteochondroma", GROWING=False, AGE=40.0), BIOPSY, OPEN),
    ("PRIM-28", "latent", of("abc", ENNEKING_REPORTED=R.S1), WATCH, YES),
    ("PRIM-28", "painful", of("abc", ENNEKING_REPORTED=R.S1) | PAIN, WATCH, NO),
    ("PRIM-28", "active", of("abc", ENNEKING_REPORTED=R.S2), WATCH, NO),
    ("PRIM-28", "stage unknown", of("abc"), WATCH, OPEN),
    ("PRIM-32", "typical", of("bnct", ATYPICAL_IMAGE=False), WATCH, YES),
    ("PRIM-32", "enhances", of("bnct", ATYPICAL_IMAGE=True), BIOPSY, YES),
    ("PRIM-32", "enhances, watched", of("bnct", ATYPICAL_IMAGE=True), WATCH, NO),
    ("PRIM-32", "image?", of("bnct"), WATCH, OPEN),
    ("PRIM-33", "typical", of("enostosis", GROWTH_IN_SIX_MONTHS=0.0, KNOWN_CANCER=False), WATCH, YES),
    ("PRIM-33", "grows by 24 %", of("enostosis", GROWTH_IN_SIX_MONTHS=24.0, KNOWN_CANCER=False), BIOPSY, NO),
    ("PRIM-33", "grows by 25 %", of("enostosis", GROWTH_IN_SIX_MONTHS=25.0, KNOWN_CANCER=False), BIOPSY, NO),
    ("PRIM-33", "grows by 26 %", of("enostosis", GROWTH_IN_SIX_MONTHS=26.0, KNOWN_CANCER=False), BIOPSY, YES),
    ("PRIM-33", "cancer, doubt", of("enostosis", KNOWN_CANCER=True, ATYPICAL_IMAGE=True), BIOPSY, YES),
    ("PRIM-33", "growth unknown", of("enostosis", KNOWN_CANCER=False), WATCH, OPEN),
    ("PRIM-34", "quiet", of("fibrous_dysplasia", ATYPICAL_IMAGE=False, PATHOLOGICAL_FRACTURE=False), WATCH, YES),
    ("PRIM-34", "fracture", of("fibrous_dysplasia", PATHOLOGICAL_FRACTURE=True), ENTER, YES),
    ("PRIM-34", "no fracture", of("fibrous_dysplasia", PATHOLOGICAL_FRACTURE=False), ENTER, NO),
    ("PRIM-34", "fracture?", of("fibrous_dysplasia"), FIX, OPEN),
    ("PRIM-34", "no radiotherapy", of("fibrous_dysplasia"), RADIATION, YES),
    ("PRIM-35", "excised", of("chondroblastoma"), ENTER, YES),
    ("PRIM-35", "another tumour", of("abc"), EN_BLOC, NO),
]  # fmt: skip
LYMPHOMA = {"KIND": "haematological"}
SINGLE = {"PLASMACYTOMA_CONFIRMED": True}
_MARROW: list[Row] = [
    ("PRIM-19", "incidental", of("haemangioma_typ", ATYPICAL_IMAGE=False), WATCH, YES),
    ("PRIM-19", "no biopsy", of("haemangioma_typ", ATYPICAL_IMAGE=False), BIOPSY, YES),
    ("PRIM-19", "painful", of("haemangioma_typ", ATYPICAL_IMAGE=False) | PAIN, WATCH, NO),
    ("PRIM-19", "image?", of("haemangioma_typ"), WATCH, OPEN),
    ("PRIM-20", "painful", of("haemangioma_typ") | PAIN, CEMENT, YES),
    ("PRIM-20", "deficit", of("haemangioma_typ", DEFICIT=True) | PAIN, CEMENT, NO),
    ("PRIM-20", "silent", of("haemangioma_typ"), RADIATION, NO),
    ("PRIM-20", "pain?", of("haemangioma_typ", PAIN=None), RADIATION, OPEN),
    ("PRIM-21", "deficit", of("haemangioma_agg", DEFICIT=True), EMBOLISE, YES),
    ("PRIM-21", "no deficit", of("haemangioma_agg"), ENTER, NO),
    ("PRIM-21", "deficit?", of("haemangioma_agg", DEFICIT=None), ENTER, OPEN),
    ("PRIM-21", "after subtotal", of("haemangioma_agg", DEFICIT=True) | CLOSE, RADIATION, YES),
    ("PRIM-21", "en bloc is not needed", of("haemangioma_agg", DEFICIT=True), EN_BLOC, YES),
    ("PRIM-22", "heals", of("lch", LCH_EXTENDED=False), WATCH, YES),
    ("PRIM-22", "no tissue", of("lch", PROVEN=False), BIOPSY, YES),
    ("PRIM-22", "extended", of("lch", LCH_EXTENDED=True), DRUG, YES),
    ("PRIM-22", "extended, child", of("lch", LCH_EXTENDED=True, AGE=8.0), RADIATION, NO),
    ("PRIM-22", "extended, adult", of("lch", LCH_EXTENDED=True, AGE=40.0), RADIATION, YES),
    ("PRIM-22", "extended?", of("lch"), WATCH, OPEN),
    ("PRIM-22", "curettage without deficit", of("lch"), ENTER, NO),
    ("PRIM-22", "curettage for a deficit", of("lch", DEFICIT=True), ENTER, YES),
    ("PRIM-23", "large", of("plasmacytoma", DIAMETER=51.0, **SINGLE), RADIATION, YES),
    ("PRIM-23", "single?", of("plasmacytoma", DIAMETER=51.0), RADIATION, OPEN),
    ("PRIM-23", "not single", of("plasmacytoma", PLASMACYTOMA_CONFIRMED=False), RADIATION, NO),
    ("PRIM-23", "stable, no deficit", of("plasmacytoma", **SINGLE), FIX, NO),
    ("PRIM-23", "deficit", of("plasmacytoma", DEFICIT=True, **SINGLE), FIX, YES),
    ("PRIM-23", "recorded as haematological", of("plasmacytoma", DIAMETER=20.0, **SINGLE, **LYMPHOMA), RADIATION, YES),
    ("PRIM-24", "systemic", of("myeloma", **LYMPHOMA), DRUG, YES),
    ("PRIM-24", "painful", of("myeloma", **LYMPHOMA) | PAIN, CEMENT, YES),
    ("PRIM-24", "silent", of("myeloma", **LYMPHOMA), CEMENT, NO),
    ("PRIM-24", "pain?", of("myeloma", PAIN=None, **LYMPHOMA), CEMENT, OPEN),
    ("PRIM-24", "fragment that presses", of("myeloma", DEFICIT=True, BONE_FRAGMENT=True, **LYMPHOMA), FIX, YES),
    ("PRIM-26", "no tissue", of("lymphoma", PROVEN=False, **LYMPHOMA), BIOPSY, YES),
    ("PRIM-26", "proven", of("lymphoma", **LYMPHOMA), DRUG, YES),
    ("PRIM-26", "stable", of("lymphoma", DEFICIT=True, **LYMPHOMA), FIX, NO),
    ("PRIM-26", "unstable with a deficit", of("lymphoma", DEFICIT=True, **LYMPHOMA) | UNSTABLE, FIX, YES),
    ("PRIM-26", "proven?", of("lymphoma", PROVEN=None, **LYMPHOMA), DRUG, OPEN),
]  # fmt: skip
SELECTED: dict[Any, Any] = M | {
    f.SOLITARY: True,
    f.STAGING_CLEAR: True,
    f.KARNOFSKY: 80,
    f.TOMITA_SITES: (TomitaSite.BODY,),
    f.TOMITA_SITES_OPEN: (),
    f.LEVELS: (Level.T8,),
    f.INDOLENT_PRIMARY: False,
}
OTHER = SELECTED | {f.HISTOLOGY: "colorectal carcinoma", f.INDOLENT_PRIMARY: True}
WITHIN = OTHER | {f.HISTOLOGY: "Leptomeningeal / intradural-extramedullary metastasis", f.MONTHS_TO_SPINE: 36.0}
_GENERAL: list[Row] = [
    ("PRIM-29", "renal cell", SELECTED, EN_BLOC, YES),
    ("PRIM-29", "Karnofsky 70", SELECTED | {f.KARNOFSKY: 70}, EN_BLOC, NO),
    ("PRIM-29", "Karnofsky 90", SELECTED | {f.KARNOFSKY: 90}, EN_BLOC, YES),
    ("PRIM-29", "Karnofsky 70, radiosurgery", SELECTED | {f.KARNOFSKY: 70}, {"act": Act.RADIOSURGERY}, YES),
    ("PRIM-29", "not the only one", SELECTED | {f.SOLITARY: False}, EN_BLOC, NO),
    ("PRIM-29", "staging not done", SELECTED | {f.STAGING_CLEAR: None}, EN_BLOC, OPEN),
    ("PRIM-29", "sites unknown", SELECTED | {f.TOMITA_SITES: None}, EN_BLOC, OPEN),
    ("PRIM-29", "two years free", OTHER | {f.MONTHS_TO_SPINE: 24.0}, EN_BLOC, NO),
    ("PRIM-29", "longer", OTHER | {f.MONTHS_TO_SPINE: 24.1}, EN_BLOC, YES),
    ("PRIM-29", "shorter", OTHER | {f.MONTHS_TO_SPINE: 23.9}, EN_BLOC, NO),
    ("PRIM-29", "a primary", C, EN_BLOC, NO),
    ("PRIM-29", "within the dura", WITHIN | {f.KARNOFSKY: 70}, {"act": Act.RADIOSURGERY}, NO),
    ("PRIM-31", "a primary", C, EN_BLOC, YES),
    ("PRIM-31", "a metastasis", M, EN_BLOC, NO),
    ("PRIM-31", "nobody knows what", {}, EN_BLOC, OPEN),
    ("PRIM-31", "another act", C, ENTER, NO),
    ("PRIM-39", "child", of("met_neuroblastoma", AGE=4.0), {}, YES),
    ("PRIM-39", "adult", of("met_neuroblastoma", AGE=40.0), {}, NO),
    ("PRIM-39", "age unknown", of("met_neuroblastoma"), {}, OPEN),
    ("PRIM-39", "another tumour", of("ewing", AGE=4.0), {}, NO),
    ("PRIM-42", "17 years", C | {f.AGE: 17.0, f.PREGNANT: False}, {}, YES),
    ("PRIM-42", "18 reached this year, birthday open", C | {f.AGE: 18.0, f.PREGNANT: False}, {}, OPEN),
    ("PRIM-42", "19 years", C | {f.AGE: 19.0, f.PREGNANT: False}, {}, NO),
    ("PRIM-42", "pregnant", C | {f.AGE: 30.0, f.PREGNANT: True}, {}, YES),
    ("PRIM-42", "a man", C | {f.AGE: 30.0, f.SEX: Sex.MALE}, {}, NO),
    ("PRIM-42", "a metastasis", M | {f.AGE: 12.0}, {}, NO),
]  # fmt: skip
ROWS: list[Row] = [*_CHORDOMA, *_SARCOMA, *_STAGED, *_BENIGN, *_MARROW, *_GENERAL]
NEVER_OPEN = {
    "PRIM-14": "the histology alone decides",
    "PRIM-35": "the histology alone decides",
}
