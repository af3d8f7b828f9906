"""Pedicle involvement (staging 7.5): both sides are always printed."""

from __future__ import annotations

from itertools import product

import pytest

from enbloc.stage.instrument import judged
from enbloc.stage.surgical.pedicle import BOTH, PEDICLE

GRADES = ("none", "partial", "complete")


@pytest.mark.parametrize(("left", "right"), list(product(GRADES, GRADES)))
def test_both_sides_are_printed(left: str, right: str) -> None:
    score = judged(PEDICLE, PEDICLE.read({"left": left, "right": right}))
    assert score.categories == (f"left {left}, right {right}",)
    assert (BOTH in score.flags) is (left != "none" and right != "none")


def test_an_unknown_side_stays_open_and_keeps_the_other() -> None:
    score = judged(PEDICLE, PEDICLE.read({"left": "partial"}))
    assert score.categories == tuple(f"left partial, right {right}" for right in GRADES)
    assert score.missing == ("involvement of the right pedicle",)
