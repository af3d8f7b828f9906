"""The whole crosswalk of the specification (staging 9) and what is no status; its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.performance.crosswalk import (
    BUCCHERI,
    CONVENTIONAL,
    MA,
    MAPPINGS,
    PRASAD,
    any_of,
    ecog_by_mapping,
    in_words,
    karnofsky_by_mapping,
)
from enbloc.stage.performance.ecog import ECOG, Ecog
from enbloc.stage.performance.karnofsky import KARNOFSKY, Karnofsky

# as printed: KPS, Buccheri, Ma, Prasad, conventional
TABLE = [
    (100, (0, 1), 0, 0, 0),
    (90, (0, 1), 1, 1, 0),
    (80, (0, 1), 1, 1, 1),
    (70, (2,), 2, 2, 1),
    (60, (2,), 2, 3, 2),
    (50, (3, 4), 3, 3, 2),
    (40, (3, 4), 3, 4, 3),
    (30, (3, 4), 4, 4, 3),
    (20, (3, 4), 4, 4, 4),
    (10, (3, 4), 4, 4, 4),
]


def test_what_any_of_the_mappings_allows() -> None:
    assert any_of(ecog_by_mapping(20)) == (3, 4)
    assert any_of(ecog_by_mapping(40)) == (3, 4)
    assert any_of(karnofsky_by_mapping(2)) == (50, 60, 70)
    assert any_of(karnofsky_by_mapping(4)) == (10, 20, 30, 40, 50)


@pytest.mark.parametrize(("karnofsky", "buccheri", "ma", "prasad", "conventional"), TABLE)
def test_every_row_of_the_crosswalk(
    karnofsky: int, buccheri: tuple[int, ...], ma: int, prasad: int, conventional: int
) -> None:
    expected = {BUCCHERI: buccheri, MA: (ma,), PRASAD: (prasad,), CONVENTIONAL: (conventional,)}
    assert ecog_by_mapping(karnofsky) == expected


@pytest.mark.parametrize("name", MAPPINGS)
def test_both_directions_agree(name: str) -> None:
    pairs = {(karnofsky, ecog) for karnofsky, statuses in MAPPINGS[name].items() for ecog in statuses}
    back = {(karnofsky, ecog) for ecog in range(6) for karnofsky in karnofsky_by_mapping(ecog).get(name, ())}
    assert back == pairs


def test_death_stands_in_the_conventional_table_alone() -> None:
    assert ecog_by_mapping(0) == {CONVENTIONAL: (5,)}
    assert karnofsky_by_mapping(5) == {CONVENTIONAL: (0,)}


@pytest.mark.parametrize("wrong", [75, 110, -10, 5])
def test_what_is_no_karnofsky_status_is_refused_and_not_rounded(wrong: int) -> None:
    with pytest.raises(RecordError):
        ecog_by_mapping(wrong)
    with pytest.raises(RecordError, match="steps of 10"):
        read_form(Karnofsky, {"status": wrong})


@pytest.mark.parametrize("wrong", [6, -1, 1.5])
def test_what_is_no_ecog_status_is_refused(wrong: float) -> None:
    with pytest.raises(RecordError):
        karnofsky_by_mapping(wrong)  # type: ignore[arg-type]
    with pytest.raises(RecordError, match="status"):
        read_form(Ecog, {"status": wrong})


def test_a_status_names_the_other_scale_by_each_mapping() -> None:
    ecog = judged(ECOG, read_form(Ecog, {"status": 2}))
    assert (ecog.totals, ecog.categories) == ((2,), (ECOG.categories[2].word,))
    assert any(in_words(karnofsky_by_mapping(2)) in flag for flag in ecog.flags)
    karnofsky = judged(KARNOFSKY, read_form(Karnofsky, {"status": 40}))
    assert (karnofsky.totals, karnofsky.categories) == ((40,), ("Karnofsky 40",))
    assert any("3 or 4 (Buccheri 1996" in flag for flag in karnofsky.flags)
