"""The look-up of histologies: by name, synonym and code, and never a guess."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from enbloc.case.anatomy import Level
from enbloc.case.lesion import LesionKind
from enbloc.decide.histology import _SYNONYMS, Histology, Radiosensitivity, histologies, look_up
from enbloc.evidence import cite

M, P, H = LesionKind.METASTASIS, LesionKind.PRIMARY, LesionKind.HAEMATOLOGICAL


@pytest.mark.parametrize(
    ("name", "kind", "level", "key"),
    [
        ("renal cell carcinoma", M, None, "met_rcc"),
        ("  Renal  Cell Carcinoma ", None, None, "met_rcc"),
        ("8310/6", M, None, "met_rcc"),
        ("chordoma", P, Level.L3, "chordoma_conv"),
        ("Chordoma", None, Level.S3, "chordoma_sacral"),
        ("chordoma", P, None, None),
        ("9370/3", P, Level.L3, None),
        ("giant cell tumor", P, None, "gct"),
        ("Ewing sarcoma", P, None, "ewing"),
        ("myeloma", H, None, "myeloma"),
        ("plasmacytoma", H, None, "plasmacytoma"),
        ("plasmacytoma", P, None, "plasmacytoma"),
        ("renal cell carcinoma", P, None, None),
        ("chordoma", M, Level.L3, None),
        ("8140/6", M, None, None),
        ("carcinoma", M, None, None),
        ("", M, None, None),
        (None, M, None, None),
    ],
)
def test_look_up(name: str | None, kind: LesionKind | None, level: Level | None, key: str | None) -> None:
    found = look_up(name, kind=kind, levels=[level] if level else [])
    assert (found.key if found else None) == key


def test_every_entity_is_found_by_its_key_and_kind() -> None:
    assert len(histologies()) == 73
    for one in histologies():
        found = look_up(one.key, kind=one.kind, levels=[Level.T8])
        assert found == one


def test_every_synonym_names_an_entity() -> None:
    assert set(_SYNONYMS.values()) <= {one.key for one in histologies()}


def test_rows_of_noms() -> None:
    rows = {one.key: one.radiosensitivity for one in histologies()}
    assert rows["met_rcc"] is rows["met_hnscc"] is rows["met_unknown"] is Radiosensitivity.RESISTANT
    assert rows["met_breast"] is rows["lymphoma"] is Radiosensitivity.SENSITIVE
    assert rows["chordoma_conv"] is rows["ewing"] is rows["imm"] is Radiosensitivity.NOT_APPLICABLE


def test_which_tumours_want_en_bloc() -> None:
    wants = {one.key: one.wants_en_bloc for one in histologies()}
    assert wants["chordoma_conv"] is True
    assert wants["gct"] is wants["ewing"] is wants["osteoblastoma"] is None
    assert wants["abc"] is wants["met_rcc"] is wants["met_sarcoma"] is False


def _table() -> list[dict[str, str]]:
    text = files("enbloc.decide").joinpath("histologies.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


COLUMNS = {
    "key": "key",
    "name": "name",
    "who_name": "who_name",
    "icd_o_3": "icd_o",
    "snomed_ct": "snomed",
    "compartment": "compartment",
    "behaviour": "behaviour",
    "origin": "origin",
    "cebrt_radiosensitivity": "sensitivity",
    "embolise": "embolise",
    "preferred_margin": "preferred_margin",
    "lr_en_bloc_pct": "recurrence_en_bloc",
    "lr_intralesional_pct": "recurrence_intralesional",
    "lr_note": "recurrence_note",
    "systemic_options": "systemic",
    "surveillance": "surveillance",
    "citation_keys": "cites",
    "verification": "verification",
}


def test_every_row_and_column_of_the_table_is_carried() -> None:
    table = _table()
    assert [row["key"] for row in table] == [one.key for one in histologies()]
    assert set(table[0]) == set(COLUMNS)
    for row, one in zip(table, histologies(), strict=True):
        for column, name in COLUMNS.items():
            carried = getattr(one, name)
            assert (";".join(carried) if isinstance(carried, tuple) else carried) == row[column], (row["key"], column)


def test_every_entity_cites_what_the_bibliography_holds() -> None:
    for one in histologies():
        assert one.cites
        assert all(cite(key).where for key in one.cites)


@pytest.mark.parametrize("one", histologies(), ids=lambda one: one.key)
def test_every_entity_is_found_by_its_names_and_code_or_not_at_all(one: Histology) -> None:
    codes = [each.icd_o for each in histologies()]
    assert look_up(one.name, kind=one.kind, levels=[Level.T8]) == one
    by_code = look_up(one.icd_o, kind=one.kind, levels=[Level.T8])
    if one.icd_o and codes.count(one.icd_o) == 1:
        assert by_code == one
    else:
        assert by_code is None, "a code that several share names none of them"


def test_classes_of_enneking() -> None:
    classes = {one.key: one.is_benign for one in histologies()}
    assert classes["gct"] is classes["osteoblastoma"] is classes["abc"] is True
    assert classes["chondrosarcoma_act"] is classes["ewing"] is False
    assert [key for key, benign in classes.items() if benign is None] == ["sft"]
    assert {one.key for one in histologies() if one.is_marrow} == {
        "plasmacytoma",
        "lch",
        "myeloma",
        "lymphoma",
        "myeloid_sarcoma",
    }
    assert sum(one.is_cartilage for one in histologies()) == 7


def test_a_figure_that_was_read_does_not_check_its_row() -> None:
    assert all(one.checked.is_draft for one in histologies())
    assert {one.key for one in histologies() if one.is_figure_checked} >= {"gct", "chordoma_sacral", "met_rcc"}


@pytest.mark.parametrize("name", ["spinal ependymoma", "Spinal Ependymoma (SP-EPN)", "ependymoma_spinal"])
def test_a_name_is_found_without_what_stands_in_brackets(name: str) -> None:
    found = look_up(name)
    assert found is not None
    assert found.key == "ependymoma_spinal"
