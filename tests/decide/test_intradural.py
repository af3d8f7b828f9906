"""Intradural tumours: the compartment by name and by shares, grades, doses of adults, and which signal goes first."""

from __future__ import annotations

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide.histology import histologies
from enbloc.decide.of_intradural import grades, is_inside, is_within_cord
from tests.decide.rows.intradural import EPENDYMOMA, MENINGIOMA, TUMOUR, named
from tests.decide.rows.monitoring import LOST
from tests.decide.situations import CHORDOMA, said, seen

INSIDE = [one for one in histologies() if one.is_intradural]
OF_ONE_ENTITY = {
    "INTRA-01 INTRA-02 INTRA-03": ("meningioma_g1", "meningioma_g2", "meningioma_g3"),
    "INTRA-04": ("schwannoma",),
    "INTRA-05": ("neurofibroma",),
    "INTRA-06 INTRA-07": ("ependymoma_spinal",),
    "INTRA-08": ("ependymoma_mpe",),
    "INTRA-09": ("ependymoma_g3", "ependymoma_mycn"),
    "INTRA-10": ("astro_low", "astro_dmg", "astro_high"),
    "INTRA-11": ("pilocytic",),
    "INTRA-12": ("haemangioblastoma",),
    "INTRA-15": ("imm",),
    "INTRA-16": ("lepto_met",),
    "INTRA-17": ("cauda_nec",),
    "INTRA-18": ("subependymoma",),
    "INTRA-19": ("epidermoid",),
    "INTRA-20": ("lipoma",),
}


def test_every_entity_within_the_dura_has_a_rule_and_only_one_row() -> None:
    listed = [key for keys in OF_ONE_ENTITY.values() for key in keys]
    assert len(listed) == len(set(listed))
    assert set(listed) == {one.key for one in INSIDE}


@pytest.mark.parametrize("one", INSIDE, ids=lambda one: one.key)
def test_the_rules_of_one_entity_are_silent_about_every_other(one: object) -> None:
    key = one.key  # type: ignore[attr-defined]
    kind = "metastasis" if key in {"imm", "lepto_met"} else "primary"
    about = seen(TUMOUR | {f.HISTOLOGY: key, f.KIND: kind})
    for ids, keys in OF_ONE_ENTITY.items():
        if key not in keys:
            assert all(said(id, about) is None for id in ids.split()), ids


def test_the_compartment_by_shares_where_the_name_leaves_it_open() -> None:
    nameless = CHORDOMA | {f.HISTOLOGY: None, f.KIND: None}
    within = seen(nameless | {f.INTRAMEDULLARY_SHARE: 95.0})
    assert (is_inside(within), is_within_cord(within)) == (True, True)
    beside = seen(nameless | {f.EXTRAMEDULLARY_SHARE: 100.0})
    assert (is_inside(beside), is_within_cord(beside)) == (True, False)
    outside = seen(nameless | {f.EXTRADURAL_SHARE: 100.0})
    assert (is_inside(outside), is_within_cord(outside)) == (False, False)
    assert not isinstance(is_inside(seen(nameless)), bool)


def test_a_tumour_of_two_compartments_runs_both_branches() -> None:
    shares = {f.EXTRADURAL_SHARE: 60.0, f.EXTRAMEDULLARY_SHARE: 40.0, f.INTRAMEDULLARY_SHARE: 0.0}
    about = seen(CHORDOMA | shares)
    assert is_inside(about) is True
    assert about.is_intradural is False  # and the rules of a bone tumour go on speaking


def test_the_name_meningioma_alone_says_no_grade() -> None:
    assert grades(seen(MENINGIOMA)) == (1, 2, 3)
    assert grades(seen(named("Meningioma, CNS WHO grade 1"))) == (1,)
    assert grades(seen(named("Atypical meningioma") | {f.CNS_GRADE: 3})) == (3, 2)


def test_doses_of_adults_are_not_printed_for_a_child() -> None:
    adult, child = (said("INTRA-07", seen(EPENDYMOMA | {f.AGE: age})) for age in (55.0, 12.0))
    assert adult is not None
    assert child is not None
    assert "50 to 54 Gy" in adult.do
    assert "Gy" not in child.do
    young = said("INTRA-01", seen(MENINGIOMA | {f.GROWING: True, f.AGE: 12.0}))
    assert young is not None
    assert "78.9" not in young.do


def test_a_d_wave_at_half_stops_and_never_says_go_on() -> None:
    about = seen(LOST | {f.D_WAVE_FALL: 50.0, f.OTHER_CAUSES_EXCLUDED: True})
    assert said("STOP-21", about) is not None
    assert said("IONM-03", about) is not None
    assert said("IONM-04", about) is None


@pytest.mark.parametrize(("percent", "word"), [(60.0, "Warning"), (75.0, "Warning"), (75.1, "Alarm"), (80.1, "Alarm")])
def test_the_alarm_of_the_mep_begins_at_the_lower_of_two_printed_limits(percent: float, word: str) -> None:
    statement = said("IONM-05", seen(EPENDYMOMA | {f.MEP_FALL: percent, f.MEP_LOST: False}))
    assert statement is not None
    assert statement.do.startswith(word)


def test_the_cauda_equina_is_named_where_no_cord_runs() -> None:
    about = seen(MENINGIOMA | {f.RAPID_DECLINE: True, f.CAUDA_DEFICIT: True}, level=Level.L4)
    statement = said("INTRA-21", about)
    assert statement is not None
    assert "RED-04" in statement.do


@pytest.mark.parametrize(("layers", "inside"), [(("E",), True), (("D", "E"), None), (("B",), False), ((), None)])
def test_layer_e_alone_lies_within_the_dura(layers: tuple[str, ...], inside: bool | None) -> None:
    about = seen({f.KIND: "primary", f.HISTOLOGY: "schwannoma of some kind", f.WBB_LAYERS: layers or None})
    answer = about.is_intradural
    assert (answer if isinstance(answer, bool) else None) is inside
