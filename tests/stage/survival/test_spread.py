"""Each score's own "visceral" and "multiple" out of the raw facts (prognosis 0.3.6)."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.survival.spread import BONE_NOT_COUNTED
from tests.stage.survival.cases import case, known, score

LUNG, LIVER, OTHER, BRAIN = "spread.lung", "spread.liver", "spread.other_organs", "spread.brain"
NONE = {LUNG: False, LIVER: False, OTHER: False}
SPARED = NONE | {BRAIN: False}
DISSEMINATED = "spread.disseminated"


def read(id: str, item: str, facts: dict[str, Any], **record: Any) -> tuple[object, ...]:
    found = known(INSTRUMENTS[id], case(facts, **record)).get(item, ())
    return tuple(getattr(one, "value", one) for one in found)


VISCERAL = (
    ("bauer_modified_2008", "visceral"),
    ("van_der_linden_2005", "visceral"),
    ("rades_2008", "visceral"),
    ("rades_2013_short", "visceral"),
    ("balagamwala_rpa_2018", "visceral"),
)
WITH_BRAIN = (("katagiri_2005", "visceral_or_cerebral"), ("bollen_2014", "visceral_or_brain"))


@pytest.mark.parametrize(("id", "item"), VISCERAL + WITH_BRAIN)
@pytest.mark.parametrize("organ", [LUNG, LIVER, OTHER])
def test_one_organ_is_enough_and_all_must_be_spared(id: str, item: str, organ: str) -> None:
    assert read(id, item, {organ: True}) == (True,)
    assert read(id, item, SPARED) == (False,)
    assert read(id, item, {name: spared for name, spared in SPARED.items() if name != organ}) == ()
    assert read(id, item, {}) == ()


@pytest.mark.parametrize(("id", "item"), VISCERAL)
def test_the_brain_is_no_organ_of_these(id: str, item: str) -> None:
    assert read(id, item, NONE | {BRAIN: True}) == (False,)
    assert read(id, item, NONE) == (False,)


@pytest.mark.parametrize(("id", "item"), WITH_BRAIN)
def test_the_brain_counts_in_these(id: str, item: str) -> None:
    assert read(id, item, NONE | {BRAIN: True}) == (True,)
    assert read(id, item, NONE) == ()


@pytest.mark.parametrize(("id", "item"), VISCERAL + WITH_BRAIN)
def test_no_organ_system_settles_it_and_dissemination_alone_leaves_it_open(id: str, item: str) -> None:
    assert read(id, item, {"spread.organ_systems": 0}) == (False,)
    assert read(id, item, SPARED | {DISSEMINATED: True}) == (False, True)
    assert read(id, item, {LUNG: True, DISSEMINATED: True}) == (True,)


@pytest.mark.parametrize(
    ("facts", "organs", "vital"),
    [
        ({"spread.organs_removability": "removable"}, ("removable",), ()),
        ({"spread.organs_treatability": "untreatable"}, (), ("untreatable",)),
        ({LUNG: True}, ("unremovable", "removable"), ("treatable", "untreatable")),
        ({OTHER: True}, (), ()),
        (NONE | {BRAIN: True}, (), ()),
        (SPARED, ("none",), ("none",)),
        (SPARED | {DISSEMINATED: True}, (), ()),
        (NONE, (), ()),
    ],
)
def test_removable_and_treatable_are_asked_apart(
    facts: dict[str, Any], organs: tuple[str, ...], vital: tuple[str, ...]
) -> None:
    assert read("tokuhashi_2005", "organs", facts) == organs
    assert read("tomita_2001", "vital_organs", facts) == vital


@pytest.mark.parametrize(
    ("facts", "spread"),
    [
        ({DISSEMINATED: True}, ("disseminated",)),
        ({DISSEMINATED: True, LUNG: True}, ("disseminated",)),
        ({LUNG: True, DISSEMINATED: False}, ("nodular",)),
        ({BRAIN: True, DISSEMINATED: False}, ("nodular",)),
        ({LUNG: True}, ("nodular", "disseminated")),
        (SPARED, ("none", "disseminated")),
        (SPARED | {DISSEMINATED: False}, ("none",)),
        ({DISSEMINATED: False}, ("none", "nodular")),
        ({}, ()),
    ],
)
def test_nodular_or_disseminated(facts: dict[str, Any], spread: tuple[str, ...]) -> None:
    assert read("katagiri_2014", "spread", facts) == spread


MULTIPLE = tuple(
    (id, "multiple_bone") for id in ("tomita_2001", "bauer_modified_2008", "katagiri_2005", "katagiri_2014")
)


@pytest.mark.parametrize(
    ("vertebrae", "foci", "solitary", "multiple", "other"),
    [
        (1, 0, None, (False,), (False,)),
        (2, 0, None, (True,), ()),
        (1, 2, None, (True,), (True,)),
        (None, 1, None, (True,), (True,)),
        (1, None, None, (), ()),
        (None, 0, None, (), ()),
        (None, None, None, (), ()),
        (None, None, True, (False,), (False,)),
        (None, None, False, (), ()),
        (3, None, True, (False, True), (False,)),
    ],
)
def test_several_bone_metastases(
    vertebrae: int | None, foci: int | None, solitary: bool | None, multiple: tuple[bool, ...], other: tuple[bool, ...]
) -> None:
    stated = {"spread.vertebrae": vertebrae, "spread.bone_foci": foci}
    facts = {id: number for id, number in stated.items() if number is not None}
    for id, item in MULTIPLE:
        assert read(id, item, facts, solitary=solitary) == multiple
    for id in ("rades_2008", "rades_2013_short"):
        assert read(id, "other_bone", facts, solitary=solitary) == other


@pytest.mark.parametrize(
    ("facts", "solitary", "only"),
    [
        ({}, True, (True,)),
        ({}, False, (False,)),
        ({}, None, ()),
        ({"spread.bone_foci": 1}, None, (False,)),
        ({"spread.organ_systems": 2}, None, (False,)),
        ({BRAIN: True}, None, (False,)),
        ({LUNG: True}, True, (False, True)),
    ],
)
def test_the_only_site(facts: dict[str, Any], solitary: bool | None, only: tuple[bool, ...]) -> None:
    assert read("prism", "only_site", facts, solitary=solitary) == only


@pytest.mark.parametrize(("systems", "is_said"), [(0, False), (1, True), (2, False)])
def test_organ_systems_are_taken_as_entered_and_bone_is_said_where_it_would_matter(systems: int, is_said: bool) -> None:
    facts = {"spread.organ_systems": systems}
    assert read("sbrt_os_2023", "organ_systems", facts) == (systems,)
    assert read("prism", "organs", facts) == (systems,)
    assert (BONE_NOT_COUNTED in score(INSTRUMENTS["sbrt_os_2023"], case(facts)).flags) is is_said
