"""Margins (staging 3.2 and 3.4): the worst place counts, and plan, surgeon, pathology and R are kept apart."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking_appropriate import NO_RADICAL
from enbloc.stage.surgical.margin import MARGIN, RESIDUAL_DIFFERS, SITES, SURGEON_DIFFERS

ORDER = ("intralesional", "marginal", "wide", "radical")
ABSENT = "not on the specimen"


def margin(*at: str, **more: Any) -> Score:
    return judged(MARGIN, MARGIN.read(dict(zip(SITES, at, strict=False)) | more))


def reading(score: Score, name: str) -> tuple[str, ...]:
    return next(one.values for one in score.also if one.name == name)


@pytest.mark.parametrize("at", [each for each in product((*ORDER, ABSENT), repeat=2) if each != (ABSENT, ABSENT)])
def test_the_worst_place_counts_and_is_named(at: tuple[str, str]) -> None:
    score = margin(*at, ABSENT, ABSENT)
    worst = min((each for each in at if each != ABSENT), key=ORDER.index)
    assert score.categories == (worst,)
    assert reading(score, "worst at") == (
        ", ".join(site for site, each in zip(SITES, at, strict=False) if each == worst),
    )


def test_a_place_nobody_looked_at_leaves_open_what_is_worse() -> None:
    assert margin("marginal", "wide", "wide").categories == ("marginal", "intralesional")
    assert margin("intralesional").categories == ("intralesional",)
    assert set(judged(MARGIN, {}).categories) == set(ORDER)


@pytest.mark.parametrize(
    ("planned", "found", "words"),
    [
        ("wide", "marginal", "falls short of the plan"),
        ("wide", "wide", "equals the plan"),
        ("marginal", "wide", "exceeds the plan"),
        (None, "wide", "no plan to compare with"),
    ],
)
def test_pathology_against_the_plan(planned: str | None, found: str, words: str) -> None:
    score = margin(found, ABSENT, ABSENT, ABSENT, planned=planned)
    assert reading(score, "pathology") == (words,)
    assert score.categories == (found,)


@pytest.mark.parametrize(("surgeon", "differs"), [("wide", True), ("marginal", False), (None, False)])
def test_the_surgeon_is_never_pathology(surgeon: str | None, *, differs: bool) -> None:
    score = margin("marginal", ABSENT, ABSENT, "wide", surgeon=surgeon)
    assert score.categories == ("marginal",)
    assert (SURGEON_DIFFERS in score.flags) is differs
    assert reading(score, "by the surgeon") == (surgeon or "not recorded",)


@pytest.mark.parametrize(
    ("residual", "found", "differs"),
    [
        ("R0", "wide", False),
        ("R0", "marginal", False),
        ("R0", "intralesional", True),
        ("R1", "intralesional", False),
        ("R2", "intralesional", False),
        ("R1", "marginal", True),
        ("R2", "wide", True),
        (None, "intralesional", False),
    ],
)
def test_r_is_kept_and_never_converted(residual: str | None, found: str, *, differs: bool) -> None:
    score = margin(found, ABSENT, ABSENT, ABSENT, residual=residual)
    assert score.categories == (found,)
    assert (RESIDUAL_DIFFERS in score.flags) is differs
    assert reading(score, "residual tumour (UICC)") == (residual or "not stated",)


@pytest.mark.parametrize("more", [{"planned": "radical"}, {"surgeon": "radical"}, {"dura": "radical"}])
def test_a_radical_margin_is_doubted(more: dict[str, str]) -> None:
    assert NO_RADICAL in margin(ABSENT if "dura" not in more else "radical", ABSENT, ABSENT, "radical", **more).flags


def test_without_radical_there_is_no_doubt() -> None:
    assert NO_RADICAL not in margin("wide", ABSENT, ABSENT, "radical").flags


def test_a_specimen_without_a_surface_is_refused() -> None:
    with pytest.raises(RecordError, match="has a surface"):
        margin(ABSENT, ABSENT, ABSENT, ABSENT)
