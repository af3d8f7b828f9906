"""Survival scores side by side: who speaks, on which side, why the others do not, and what to ask for."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from enbloc.case.filled import FilledForm
from enbloc.case.lesion import LesionKind
from enbloc.case.neurology import Ambulation
from enbloc.errors import RecordError
from enbloc.exchange.document import to_json
from enbloc.stage.comparison import (
    NOT_RECORDED,
    NOTHING_KNOWN,
    NOTHING_RULED_OUT,
    SURVIVAL,
    Comparison,
    Horizon,
    Line,
    compared,
    side_by_side,
)
from enbloc.stage.every import NothingKnown, Refused
from enbloc.stage.instrument import judged
from enbloc.stage.narrowing import narrowings
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.survival.horizon import HORIZONS, Agreement, Voice
from tests.stage.survival import cases

TOKUHASHI = "Revised Tokuhashi"
BAUER = "Modified Bauer (Leithner)"
DUTCH = "Dutch Bone Metastasis Study score (van der Linden)"
KATAGIRI = "New Katagiri score of 2014"
CHAO = "Recursive partitioning for spine radiosurgery (Chao)"
BOLLEN = "Bollen flow chart"

GOOD: dict[str, Any] = {
    "patient.karnofsky": 90,
    "spread.vertebrae": 1,
    "spread.bone_foci": 0,
    "spread.lung": False,
    "spread.liver": False,
    "spread.other_organs": False,
    "spread.brain": False,
    "spread.disseminated": False,
    "neurology.frankel": "E",
    "tumour.primary_site": "breast",
}
BAD: dict[str, Any] = {
    "patient.karnofsky": 40,
    "spread.vertebrae": 3,
    "spread.bone_foci": 4,
    "spread.lung": True,
    "spread.organs_removability": "unremovable",
    "spread.organs_treatability": "untreatable",
    "neurology.frankel": "A",
    "tumour.primary_site": "lung",
    "tumour.targetable_driver": False,
    "patient.ecog": 3,
    "oncology.chemotherapy": True,
    "spread.disseminated": True,
}
CONFLICT: dict[str, Any] = {
    "patient.karnofsky": 60,
    "spread.vertebrae": 1,
    "spread.bone_foci": 0,
    "spread.lung": False,
    "spread.liver": False,
    "spread.other_organs": False,
    "tumour.primary_site": "kidney",
}
"""Bauer gives 4 of 4, the Dutch score 2 of 6."""


def laid(facts: dict[str, Any], **record: Any) -> Comparison:
    one = cases.case(facts, **record)
    return side_by_side(one, cases.findings(one), "A")


def line(one: Comparison, name: str) -> Line:
    return next(each for each in one.lines if each.name == name)


def at(one: Comparison, months: float) -> Horizon:
    return next(each for each in one.horizons if each.months == months)


def why(one: Comparison) -> dict[str, str]:
    return {each.instrument: each.why for each in one.absent}


@pytest.mark.parametrize("facts", [GOOD, BAD, CONFLICT, {}], ids=["good", "bad", "conflict", "empty"])
def test_every_survival_instrument_stands_once_with_a_line_or_a_reason(facts: dict[str, Any]) -> None:
    one = laid(facts)
    lines, absent = [each.instrument for each in one.lines], [each.instrument for each in one.absent]
    assert sorted(lines + absent) == sorted(each.id for each in SURVIVAL)
    assert all(each.why for each in one.absent)
    for horizon in one.horizons:
        sides = (*horizon.yes, *horizon.no, *horizon.open, *horizon.nothing, *(name for name, _ in horizon.drafts))
        assert sorted(sides) == sorted(each.name for each in one.lines)
    assert to_json(one) == to_json(laid(facts))


def test_a_line_holds_what_the_score_came_to_and_whose_figures_these_are() -> None:
    tokuhashi = line(laid(GOOD), TOKUHASHI)
    assert (tokuhashi.totals, tokuhashi.out_of, tokuhashi.is_draft) == ((15,), 15, False)
    (category,) = tokuhashi.categories
    assert category.words == ("predicted survival from 12 months on",)
    assert [said.voice for said in tokuhashi.says] == [Voice.YES, Voice.YES, Voice.YES, Voice.NOTHING]
    assert tokuhashi.years == "published 2005, years of treatment not known here"
    assert tokuhashi.is_dated is True
    assert tokuhashi.validations[0].startswith("Harrell")
    assert tokuhashi.missing == ()


def test_they_agree_where_all_that_speak_are_on_one_side() -> None:
    good, bad = laid(GOOD), laid(BAD)
    assert (at(good, 6).agreement, at(good, 6).no) == (Agreement.AGREE, ())
    assert {TOKUHASHI, BAUER, DUTCH} <= set(at(good, 6).yes)
    assert (at(bad, 6).agreement, at(bad, 6).yes) == (Agreement.AGREE, ())
    assert {TOKUHASHI, BAUER, DUTCH} <= set(at(bad, 12).no)


def test_they_disagree_where_some_say_yes_and_some_no() -> None:
    one = laid(CONFLICT)
    assert (at(one, 6).agreement, at(one, 6).yes, at(one, 6).no) == (Agreement.DISAGREE, (BAUER,), (DUTCH,))
    assert DUTCH in at(one, 3).nothing  # its median is exactly 3 months


def test_a_set_of_categories_is_open() -> None:
    facts = {**CONFLICT, "spread.vertebrae": 2, "spread.organs_removability": "removable"}
    assert line(laid({**facts, "neurology.frankel": "C"}), TOKUHASHI).totals == (9,)
    one = laid(facts)
    assert line(one, TOKUHASHI).totals == (8, 9, 10)
    assert TOKUHASHI in at(one, 3).open
    assert at(one, 3).agreement is Agreement.OPEN


def test_drafts_stand_apart_and_decide_nothing() -> None:
    one = laid({**GOOD, "oncology.months_since_diagnosis": 48.0})
    assert line(one, BOLLEN).is_draft
    assert not line(one, CHAO).is_draft  # the classes were read, its medians only remembered
    drafts = dict(at(one, 12).drafts)
    assert drafts[BOLLEN] is Voice.YES
    assert drafts[CHAO] is Voice.YES
    decided = {*at(one, 12).yes, *at(one, 12).no, *at(one, 12).open, *at(one, 12).nothing}
    assert not decided & drafts.keys()
    assert dict(at(one, 24).drafts)[BAUER] is Voice.YES  # its prediction ends at 12 months, its median is remembered


@pytest.mark.parametrize("kind", [LesionKind.PRIMARY])
def test_a_primary_tumour_is_refused_with_the_reason(kind: LesionKind) -> None:
    one = laid(GOOD, kind=kind)
    assert one.lines == ()
    refused = {each.instrument: each for each in one.absent}
    assert refused["tokuhashi_2005"].is_refused
    assert "not for this tumour (primary)" in refused["tokuhashi_2005"].why
    assert all(each.agreement is Agreement.NOTHING for each in one.horizons)
    assert (one.era, one.inputs) == ((), ())


def test_a_haematological_tumour_is_refused_by_bollen_alone_of_those_computed_here() -> None:
    one = laid({"tumour.primary_site": "myeloma"}, kind=LesionKind.HAEMATOLOGICAL)
    refused = {each.instrument for each in one.absent if each.is_refused}
    assert {id for id in refused if not INSTRUMENTS[id].needs} == {"bollen_2014"}


def test_too_little_known_is_said_apart_from_nothing_known() -> None:
    one = laid({"spread.lung": True})
    assert why(one)["bauer_modified_2008"] == NOTHING_RULED_OUT
    assert why(one)["chao_rpa_2012"] == NOTHING_KNOWN
    assert why(one)["pathfx_3"] == NOT_RECORDED
    (bauer,) = (each for each in one.absent if each.instrument == "bauer_modified_2008")
    assert bauer.missing
    assert not bauer.is_refused


def test_a_status_outside_a_cohort_is_refused_with_the_reason() -> None:
    assert "below 2" in why(laid({**GOOD, "patient.ecog": 1}))["rades_2013_short"]


def test_a_result_obtained_elsewhere_speaks_with_its_own_figures() -> None:
    source: dict[str, Any] = {"obtained_from": "site, version 1", "obtained_on": "2026-11-20"}
    forms = (
        FilledForm(
            instrument="sorg_nomogram_2016", about="A", answers=source | {"alive_3_months": 78, "alive_12_months": 40}
        ),
        FilledForm(instrument="sorg_mla_2019", about="A", answers=source | {"alive_90_days": 45}),
        FilledForm(instrument="pathfx_3", about="A", answers=source | {"months_1": 24, "alive_1": 61}),
    )
    one = replace(cases.case(GOOD), forms=forms)
    found = side_by_side(one, cases.findings(one), "A")
    said = {each.instrument: [said.voice.value for said in each.says] for each in found.lines}
    assert said["sorg_nomogram_2016"] == ["yes", "nothing", "no", "no"]
    assert said["sorg_mla_2019"] == ["no", "no", "no", "no"]
    assert said["pathfx_3"] == ["yes", "yes", "yes", "yes"]
    words = {each.instrument: each.categories[0].words for each in found.lines}
    assert words["sorg_mla_2019"] == ("45 % alive at 3 months (given for 90 days)",)


def test_years_are_warned_of_and_more_sharply_for_a_tumour_whose_survival_has_changed() -> None:
    renal = laid(CONFLICT)
    assert renal.concerned == (DUTCH, BAUER)
    assert renal.era[0].startswith("this tumour is a renal cancer")
    breast = laid(GOOD)
    assert breast.concerned == ()
    assert breast.era[-1].endswith("HER2 status of the tumour")


def test_what_to_ask_for_is_what_closes_most_over_all() -> None:
    one = laid({name: stated for name, stated in GOOD.items() if name != "patient.karnofsky"}, walks=Ambulation.AIDED)
    assert [each.closes for each in one.inputs] == sorted((each.closes for each in one.inputs), reverse=True)
    asked = {each.words: each for each in one.inputs}
    read = cases.case({name: stated for name, stated in GOOD.items() if name != "patient.karnofsky"})
    expected = 0.0
    names = []
    for instrument in SURVIVAL:
        if instrument.checked.is_draft or instrument.needs:
            continue
        known = cases.known(instrument, read) if instrument.id != "bollen_2014" else {}
        if len(judged(instrument, known).categories) < 2:
            continue
        for item in narrowings(instrument, known):
            if item.words == "Karnofsky performance status" and item.of > item.average:
                expected += item.of - item.average
                names.append(instrument.name)
    assert asked["Karnofsky performance status"].closes == pytest.approx(expected, abs=0.01)
    assert list(asked["Karnofsky performance status"].instruments) == names


def test_a_site_that_is_known_is_not_asked_for_again_where_its_class_is_open() -> None:
    words = {each.words: each.instruments for each in laid({**GOOD, "tumour.primary_site": "melanoma"}).inputs}
    assert words["melanoma: which class of this score it belongs to is not stated; ask the clinician"] == (
        "Tomita score",
    )
    assert "site of the primary tumour" not in words


def test_there_must_be_such_a_lesion() -> None:
    one = cases.case({})
    with pytest.raises(RecordError, match="no lesion 'B'"):
        side_by_side(one, cases.findings(one), "B")


def test_results_of_forms_are_laid_side_by_side_as_well() -> None:
    tokuhashi, bauer = INSTRUMENTS["tokuhashi_2005"], INSTRUMENTS["bauer_modified_2008"]
    form = {
        "karnofsky": 80,
        "extraspinal_bone": 0,
        "vertebrae": 1,
        "organs": "none",
        "primary": "breast",
        "frankel": "E",
    }
    one = compared(
        [
            judged(tokuhashi, tokuhashi.read(form | {"primary": "breast", "frankel": "E", "tumour": "metastasis"})),
            Refused(instrument=bauer.id, name=bauer.name, about="form", why="no"),
            NothingKnown(instrument="nesms", name="NESMS", about="form"),
        ]
    )
    assert [each.name for each in one.lines] == [TOKUHASHI]
    assert [(each.why, each.is_refused) for each in one.absent] == [("no", True), (NOTHING_KNOWN, False)]
    assert [each.agreement for each in one.horizons] == [Agreement.ALONE] * 3 + [Agreement.NOTHING]
    assert tuple(each.months for each in one.horizons) == HORIZONS


ANSWERS: dict[str, tuple[Any, ...]] = {
    "patient.karnofsky": (30, 60, 90),
    "patient.ecog": (2, 3),
    "spread.vertebrae": (1, 2, 3),
    "spread.bone_foci": (0, 2, 4),
    "spread.lung": (False, True),
    "spread.liver": (False, True),
    "spread.other_organs": (False, True),
    "spread.brain": (False, True),
    "spread.disseminated": (False, True),
    "spread.controlled": (False, True),
    "neurology.frankel": ("A", "D", "E"),
    "neurology.leg_strength": (2, 5),
    "tumour.primary_site": ("breast", "kidney", "lung", "prostate", "colon", "melanoma", "unidentified"),
    "tumour.targetable_driver": (False, True),
    "tumour.hormone_dependent": (False, True),
    "oncology.months_since_diagnosis": (6.0, 48.0),
    "oncology.months_to_compression": (6.0, 48.0),
    "oncology.chemotherapy": (False, True),
    "lab.albumin": (30.0, 40.0),
    "neurology.motor_deficit_days": (3, 20),
}
ASKED_APART = ("patient.karnofsky", "patient.ecog")
"""Where only one is known the other is taken from tables, which may not be what was observed."""


@pytest.mark.parametrize("seed", range(10))
def test_what_is_said_while_something_is_missing_is_still_said_when_it_is_known(seed: int) -> None:
    dice = random.Random(seed)
    facts = {id: dice.choice(answers) for id, answers in ANSWERS.items()}
    left_out = dice.sample(sorted(facts.keys() - ASKED_APART), 6)
    whole = {each.name: each for each in laid(facts).lines}
    partial = laid({id: stated for id, stated in facts.items() if id not in left_out})
    for one in partial.lines:
        if one.name not in whole:
            continue  # refused for the site that is known now
        assert {each.word for each in whole[one.name].categories} <= {each.word for each in one.categories}
        for before, after in zip(one.says, whole[one.name].says, strict=True):
            if before.voice in (Voice.YES, Voice.NO):
                assert after == before
