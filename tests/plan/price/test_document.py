"""A price is written and read back unchanged, with numbers rounded where they are made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case.anatomy import CORD, SAC, Level, Part
from enbloc.case.answer import Unknown
from enbloc.exchange.document import from_json, plain, to_json
from enbloc.measure.spine.column import Column
from enbloc.plan.price.opening import ARCH, LAMINAE, Opening
from enbloc.plan.price.price import Price, price_of
from enbloc.plan.rounding import cc, cc_between, percent, percent_between
from tests.plan.price.phantoms import body_piece, left_piece, spine, without

T6, T8 = Level.T6, Level.T8
LAMINECTOMY = (Opening(level=T8, parts=LAMINAE), Opening(level=T6, parts=((Part.SPINOUS_PROCESS, None),)))


def bare() -> Column:
    return without(spine(), SAC.kind, CORD.kind, *{named.kind for named in spine().images.present(CORD.kind)})


def prices() -> Iterator[Price]:
    arch = (Opening(level=T8, parts=ARCH),)
    yield price_of((body_piece(spine(), T8),), spine(), "A", openings=arch)
    yield price_of((left_piece(spine()),), spine(), "A")
    yield price_of((), spine(), "A", openings=LAMINECTOMY)
    yield price_of((left_piece(bare()),), bare(), "B")


def numbers(held: Any) -> Iterator[float]:
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, list):
        for one in held:
            yield from numbers(one)
    elif isinstance(held, float):
        yield held


@pytest.mark.parametrize("at", range(4))
def test_a_price_survives_being_written_and_read(at: int) -> None:
    price = list(prices())[at]
    text = to_json(price)
    assert from_json(Price, text) == price
    assert to_json(list(prices())[at]) == text
    assert all(number == round(number, 2) for number in numbers(plain(price)))


def test_what_is_open_is_among_what_is_written() -> None:
    open_ended = list(prices())[3]
    assert isinstance(open_ended.bodies, Unknown)
    assert isinstance(open_ended.dura, Unknown)
    assert list(prices())[2].unopened


def test_kept_and_removed_add_up_as_printed() -> None:
    for price in prices():
        for one in price.bone:
            assert round(one.kept_cc + one.removed_cc, 2) == one.total_cc
            assert round(one.specimen_cc + one.blades_cc + one.opened_cc, 2) == one.removed_cc
            assert min(one.kept_cc, one.specimen_cc, one.blades_cc, one.opened_cc) >= 0.0
            assert one.interval_cc.low <= one.removed_cc <= one.interval_cc.high
            assert one.percent_interval.low <= one.percent <= one.percent_interval.high


@given(st.integers(1, 100_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_all_or_none_only_if_it_is(counts: tuple[int, int]) -> None:
    part, whole = counts
    told = percent(part, whole)
    assert (told == 100.0) == (part == whole)
    assert (told == 0.0) == (part == 0)
    assert abs(told - 100.0 * part / whole) <= 0.1
    around = percent_between(part, part, whole)
    assert around.low - 1e-9 <= 100.0 * part / whole <= around.high + 1e-9
    assert around.low <= told <= around.high
    assert around.high - around.low <= 0.1 + 1e-9


@given(st.floats(0.0, 500.0))
def test_a_volume_lies_within_its_interval(volume: float) -> None:
    between = cc_between(volume, volume)
    assert between.low - 1e-9 <= volume <= between.high + 1e-9
    assert between.low <= cc(volume) <= between.high
    assert math.isclose(cc(volume), volume, abs_tol=0.0051)
