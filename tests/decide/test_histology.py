"""The look-up of histologies: by name, synonym and code, and never a guess."""

from __future__ import annotations

import pytest

from enbloc.case.anatomy import Level
from enbloc.case.lesion import LesionKind
from enbloc.decide.histology import _SYNONYMS, Radiosensitivity, histologies, look_up

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
