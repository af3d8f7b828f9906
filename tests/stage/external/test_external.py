"""Models that are not computed here (prognosis 1.13): the record, its source, and every refusal."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.external import INSTRUMENTS as ALL
from enbloc.stage.external.obtained import FRACTION, RECORDED, RISING
from enbloc.stage.external.of_metastases import BARTELS, LSMS, PATHFX, SORG_MLA, SORG_NOMOGRAM
from enbloc.stage.external.without_formula import CHONDROSARCOMA, CHORDOMA, GSTSG, SMII
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.score import Score

SOURCE = {"obtained_from": "site of the authors, version 3.1", "obtained_on": "2026-11-20"}
GIVEN: dict[str, dict[str, Any]] = {
    "sorg_nomogram_2016": {"alive_1_month": 99, "alive_3_months": 78, "alive_12_months": 50},
    "sorg_mla_2019": {"alive_90_days": 81, "alive_1_year": 44.5},
    "pathfx_3": {"months_1": 3, "alive_1": 80, "months_2": 12, "alive_2": 41},
    "bartels": {"months_1": 12, "alive_1": 41},
    "lsms_2023": {"points": 7, "group": "moderate"},
    "chordoma_nomogram": {"months_1": 60, "alive_1": 70},
    "chondrosarcoma_nomogram": {"months_1": 60, "alive_1": 70},
    "smii": {"points": 3},
    "gstsg": {"result": "entered in the registry"},
}
INSTRUMENTS = tuple(one for one in ALL if one.form.__module__.endswith("obtained"))
"""Those that only record; the others find a band, and are tested beside this."""

MODELS = (SORG_NOMOGRAM, SORG_MLA, PATHFX, BARTELS, LSMS, CHORDOMA, CHONDROSARCOMA, SMII, GSTSG)

every = pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: one.id)


def recorded(one: Instrument, **more: Any) -> Score:
    return judged(one, one.read(SOURCE | GIVEN[one.id] | more))


def told(score: Score) -> dict[str, tuple[str, ...]]:
    return {one.name: one.values for one in score.also}


def test_every_model_of_the_table_is_here() -> None:
    assert {one.id for one in MODELS} == {one.id for one in INSTRUMENTS} == set(GIVEN)


@every
def test_a_result_is_kept_with_its_source_and_never_computed(one: Instrument) -> None:
    score = recorded(one)
    assert score.categories == (RECORDED,)
    assert told(score)["obtained from"] == (SOURCE["obtained_from"],)
    assert told(score)["obtained on"] == (SOURCE["obtained_on"],)
    assert one.warnings
    assert all(category.survival == () for category in one.categories)


@every
@pytest.mark.parametrize("missing", ["obtained_from", "obtained_on"])
def test_without_its_source_there_is_no_result(one: Instrument, missing: str) -> None:
    score = recorded(one, **{missing: None})
    assert (score.totals, score.categories, len(score.missing)) == ((), (), 1)


@every
@pytest.mark.parametrize("day", ["2026-02-30", "20.11.2026", "20261120", "2026-W47-5", "today", "2026-11-2"])
def test_a_day_that_is_none_is_refused(one: Instrument, day: str) -> None:
    with pytest.raises(RecordError, match="obtained_on"):
        recorded(one, obtained_on=day)


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (SORG_NOMOGRAM, ("alive at 1 month, %", "alive at 3 months, %", "alive at 12 months, %")),
        (SORG_MLA, ("alive at 90 days, %", "alive at 1 year, %")),
        (PATHFX, ("alive at 3 months, %", "alive at 12 months, %")),
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_each_figure_stands_under_its_horizon(one: Instrument, names: tuple[str, ...]) -> None:
    figures = [figure for name, figure in GIVEN[one.id].items() if name.startswith("alive")]
    assert [told(recorded(one))[name] for name in names] == [(f"{figure:g}",) for figure in figures]
    assert recorded(one).totals == ()


def test_horizons_are_put_in_the_order_of_time() -> None:
    score = recorded(PATHFX, months_1=12, alive_1=41, months_2=1, alive_2=90)
    assert [name for name in told(score) if name.startswith("alive")] == [
        "alive at 1 month, %",
        "alive at 12 months, %",
    ]
    assert RISING not in score.flags


def test_six_horizons_are_kept() -> None:
    given = {f"months_{at}": 4 * at for at in range(1, 7)} | {f"alive_{at}": 100 - at for at in range(1, 7)}
    figures = [one.values for one in recorded(PATHFX, **given).also if one.name.startswith("alive")]
    assert figures == [("99",), ("98",), ("97",), ("96",), ("95",), ("94",)]


@pytest.mark.parametrize(
    ("later", "rising"), [(77.9, False), (78, False), (78.1, True)], ids=["falls", "stays", "rises"]
)
def test_more_alive_later_is_doubted_and_kept(later: float, *, rising: bool) -> None:
    score = recorded(SORG_NOMOGRAM, alive_12_months=later)
    assert (RISING in score.flags) is rising
    assert score.categories == (RECORDED,)


@pytest.mark.parametrize(("share", "doubted"), [(0, False), (0.5, True), (0.99, True), (1, False)])
def test_a_fraction_is_doubted(share: float, *, doubted: bool) -> None:
    assert (FRACTION in recorded(SORG_MLA, alive_1_year=share).flags) is doubted


@pytest.mark.parametrize(
    ("one", "more", "words"),
    [
        (SORG_NOMOGRAM, dict.fromkeys(GIVEN["sorg_nomogram_2016"]), "no figure to record"),
        (SORG_MLA, dict.fromkeys(GIVEN["sorg_mla_2019"]), "no figure to record"),
        (SORG_NOMOGRAM, {"alive_1_month": 101}, "alive_1_month"),
        (SORG_NOMOGRAM, {"alive_1_month": -1}, "alive_1_month"),
        (PATHFX, {"months_2": None}, "Horizon 2 is half given"),
        (PATHFX, {"alive_2": None}, "Horizon 2 is half given"),
        (PATHFX, {"months_2": 3}, "given twice"),
        (PATHFX, {"months_1": 0}, "months_1"),
        (LSMS, {"points": float("nan")}, "points"),
        (GSTSG, {"result": ""}, "result"),
    ],
)
def test_what_cannot_be_a_result_is_refused(one: Instrument, more: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        recorded(one, **more)


def test_one_horizon_of_a_nomogram_is_enough() -> None:
    score = recorded(SORG_NOMOGRAM, alive_1_month=None, alive_12_months=None)
    assert [name for name in told(score) if name.startswith("alive")] == ["alive at 3 months, %"]


def test_points_are_kept_as_they_are_with_their_group() -> None:
    assert recorded(LSMS).totals == (7,)
    assert told(recorded(LSMS))["group"] == ("moderate",)
    assert "group" not in told(recorded(SMII))


@pytest.mark.parametrize("one", [one for one in INSTRUMENTS if one.is_survival], ids=lambda one: one.id)
def test_a_model_of_survival_refuses_the_other_tumours(one: Instrument) -> None:
    wrong = "metastasis" if one in (CHORDOMA, CHONDROSARCOMA) else "primary"
    for tumour in (wrong, "intradural"):
        with pytest.raises(RecordError, match="is not for this tumour"):
            recorded(one, tumour=tumour)
    assert any("the kind of tumour is not known" in flag for flag in recorded(one).flags)
