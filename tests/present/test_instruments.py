"""How an instrument and its result read as lines."""

from __future__ import annotations

from dataclasses import replace

from enbloc.present.instruments import told
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.pain import VAS


def test_a_measure_is_told_with_its_unit_and_points_without_one() -> None:
    known = VAS.read({"pain": 40})
    score = judged(VAS, known)
    assert told(VAS, score)[0] == "Visual analogue scale of pain: 40 of 100, a figure without bands"
    in_mm = replace(VAS, unit="mm")
    assert told(in_mm, score)[0] == "Visual analogue scale of pain: 40 of 100 mm, a figure without bands"
